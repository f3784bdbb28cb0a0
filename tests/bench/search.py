"""What the search costs, beside Pagefind on the same pages: bytes, seconds, memory and files.

Both are asked in Chromium. What a first search loads is counted with Brotli, after the page
itself: for ours with the posts whose sentences are shown, for Pagefind with what it needs to show
as much. Pagefind reads the pages that our search finds, as its documentation advises.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli
from playwright.sync_api import Browser, sync_playwright

from bench.builds import ISSUES, ROOT, write_settings
from browser.conftest import launched
from search.asking import ASK_OURS, pagefind_command, served, served_for_pagefind
from search.ward_corpus import write_corpus

OURS = "import wardblog.__main__"
# The build without the index, to see what that costs.
WITHOUT = f"from wardblog.build.plan import BuildPlan; BuildPlan._searched = {{}}; {OURS}"
QUERIES = ("grit bins", "planning application", "library opening hours", "pothole", "greet bins")
SYLLABLES = (
    "ba", "be", "bel", "bra", "bro", "chi", "cor", "da", "del", "din", "dor", "ed", "el", "fen",
    "fer", "gar", "gil", "han", "har", "hol", "ing", "kel", "lan", "lin", "lo", "mar", "mel",
    "min", "mon", "nor", "ol", "pen", "quin", "ran", "ros", "sal", "san", "ster", "tan", "ter",
    "thor", "ton", "ul", "val", "wen", "wick", "win", "yar",
)  # fmt: skip
_WORDS_IN_A_POST = 350
_TO_REACH = {1000: 60, 10_000: 120}
_ASK_PAGEFIND = """async (words) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const {results} = await pagefind.search(words);
  await Promise.all(results.slice(0, 5).map((result) => result.data()));
}"""


@dataclass
class Spent:
    """Seconds of wall and of processor time, and the memory of the largest process in MB."""

    wall: float
    processor: float
    memory: float


def spent(command: list[str], folder: Path) -> Spent:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} failed")
    wall = time.perf_counter() - start
    return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


class Blog:
    """A blog of ten years in a folder. Its sentences are those of the ward of the tests."""

    def __init__(self, folder: Path, posts: int) -> None:
        self.folder, self.posts = folder, posts
        self._chance = random.Random(1)  # noqa: S311 - the same posts in every run
        self._sentences = _sentences()
        self._names: list[str] = []
        (folder / "content" / "posts").mkdir(parents=True)
        write_settings(folder / "content", ISSUES)
        for number in range(posts):
            self.write(number)

    def path(self, number: int) -> Path:
        return self.folder / "content" / "posts" / f"{number}.md"

    def write(self, number: int) -> None:
        """A post with names of its own, as each new post of a blog has some."""
        chance = self._chance
        day = date(2016, 1, 1) + timedelta(number * 3650 // self.posts)
        self._names += ("".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(3))
        street = chance.choice(self._names[-3:])
        paragraphs: list[str] = []
        while sum(len(text.split()) for text in paragraphs) < _WORDS_IN_A_POST:
            said = chance.sample(self._sentences, 4)
            said.append(f"{chance.choice(self._names)} Road is near {street} Street.")
            paragraphs.append(" ".join(said))
        title = " ".join(chance.choice(self._sentences).rstrip(".?!").split()[:6])
        self.path(number).write_text(
            f"Title: {street} Road: {title}\nDate: {day} {number % 24:02}:00\nSlug: post-{number}\n"
            f"Tags: {ISSUES[number % len(ISSUES)]}\nReference: {day.year}/{number:05}\n\n"
            + "\n\n".join(paragraphs) + "\n",
            encoding="utf-8",
        )  # fmt: skip

    def change(self, number: int, old: str, new: str) -> None:
        text = self.path(number).read_text(encoding="utf-8")
        head, _, body = text.partition("\n\n")
        self.path(number).write_text(f"{head}\n\n{body.replace(old, new, 1)}", encoding="utf-8")

    def build(self, program: str = OURS, output: str = "output") -> Spent:
        command = [sys.executable, "-c", f"import sys; {program}", "html", "--output", output]
        return spent(command, self.folder)

    def index(self) -> Spent:
        """Let Pagefind read the pages again."""
        shutil.rmtree(self.folder / "output" / "pagefind", ignore_errors=True)
        return spent(pagefind_command(Path("output")), self.folder)

    def files(self, name: str) -> dict[str, bytes]:
        folder = self.folder / "output" / name
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.name != "index.html"
        }


def _sentences() -> list[str]:
    """The sentences of the ward's posts that can be anywhere: without dates and numbers."""
    with tempfile.TemporaryDirectory() as name:
        write_corpus(Path(name))
        texts = [p.read_text(encoding="utf-8") for p in sorted(Path(name).glob("posts/*.md"))]
    english = [text.partition("\n\n")[2] for text in texts if "\nLang: " not in text]
    found = {
        " ".join(sentence.split())
        for text in english
        for sentence in re.split(r"(?<=[.?!])\s+", text)
        if re.fullmatch(r"[A-Z][A-Za-z ,'’\s-]{30,160}[.?!]", sentence)
    }
    return sorted(found)


def main(pairs: int, posts: int, largest: int) -> None:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        for count in sorted({posts, min(largest, 10_000)}):
            with tempfile.TemporaryDirectory() as name:
                _measure(Blog(Path(name), count), browser, pairs if count == posts else 1)
        browser.close()


def _measure(blog: Blog, browser: Browser, pairs: int) -> None:
    print(f"The search of {blog.posts:,} posts ({_WORDS_IN_A_POST} words each):")
    _print_builds(blog)
    _print_first_query(blog, browser)
    _print_changes(blog)
    _print_edits(blog, pairs)


def _print_builds(blog: Blog) -> None:
    without = blog.build(WITHOUT, "without")
    shutil.rmtree(blog.folder / ".wardblog")
    ours = blog.build()
    peer = blog.index()
    print(
        f"  from nothing   ours {ours.wall - without.wall:5.1f} s more than without "
        f"({ours.processor - without.processor:.1f} s of the processor), "
        f"{ours.memory - without.memory:.0f} MB more, {len(blog.files('search'))} files\n"
        f"                 Pagefind {peer.wall:.1f} s ({peer.processor:.1f} s), "
        f"{peer.memory:.0f} MB, {len(blog.files('pagefind')):,} files"
    )


def _print_first_query(blog: Blog, browser: Browser) -> None:
    output = blog.folder / "output"
    with served(output, {}) as address:
        page, scripts = f"{address}/search/", set(_scripts(output))
        ours = [_size(output, _loaded(browser, page, ASK_OURS, q) | scripts) for q in QUERIES]
    with served_for_pagefind(output) as page:
        peer = [_size(output, _loaded(browser, page, _ASK_PAGEFIND, q)) for q in QUERIES]
    for name, sizes in (("ours", ours), ("Pagefind", peer)):
        pairs = zip(QUERIES, sizes, strict=True)
        each = ", ".join(f"{words} {size / 1000:.0f}" for words, size in pairs)
        print(f"  first query    {name} {statistics.median(sizes) / 1000:.0f} kB ({each})")
    if limit := _TO_REACH.get(blog.posts):
        print(f"                 to reach: {limit} kB")


def _loaded(browser: Browser, address: str, ask: str, words: str) -> set[str]:
    """The paths of all files that a first search loads, after its page."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        asked: set[str] = set()
        page.on("request", lambda request: asked.add(urlsplit(request.url).path))
        page.evaluate(ask, words)
        page.wait_for_load_state("networkidle")
    return asked


def _scripts(output: Path) -> Iterator[str]:
    """The script of the search page, which is loaded with it, and the newest file."""
    yield from (f"/{p.relative_to(output).as_posix()}" for p in output.glob("theme/search.*.js"))
    yield "/search/newest.json"


def _size(output: Path, paths: Iterable[str]) -> int:
    """The bytes of files, each compressed with Brotli."""
    files = (output / unquote(path).lstrip("/") for path in paths)
    pages = (file / "index.html" if file.is_dir() else file for file in files)
    return sum(len(brotli.compress(page.read_bytes())) for page in pages)


def _print_changes(blog: Blog) -> None:
    middle, last = blog.posts // 2, blog.posts - 1
    blog.change(middle, "the ", "an old ")
    edits: dict[str, Callable[[], None]] = {
        "a word of an old post": lambda: blog.change(middle, "an old ", "a lovely "),
        "a sentence in an old post": lambda: blog.change(
            middle, "a lovely ", "The roses are red and the violets are blue this year. A lovely "
        ),
        "a sentence in the newest": lambda: blog.change(last, ".", ". The roses are red."),
        "a new post": lambda: blog.write(blog.posts),
    }
    blog.build()
    blog.index()
    for what, edit in edits.items():
        before = blog.files("search"), blog.files("pagefind")
        edit()
        blog.build()
        blog.index()
        ours, peer = (
            sum(old.get(path) != new.get(path) for path in old.keys() | new.keys())
            for old, new in zip(before, (blog.files("search"), blog.files("pagefind")), strict=True)
        )
        print(f"  files changed  by {what}: ours {ours}, Pagefind {peer}")


def _print_edits(blog: Blog, pairs: int) -> None:
    """Seconds of the processor after an edit, with the index and without, in turns."""
    blog.build(WITHOUT, "without")
    more: list[float] = []
    for turn in range(pairs + 1):
        used: list[float] = []
        for program, output in ((OURS, "output"), (WITHOUT, "without")):
            blog.change(blog.posts // 3, ".", f". It was turn {turn} of {output}.")
            used.append(blog.build(program, output).processor)
        if turn:
            more.append(used[0] - used[1])
    print(
        f"  one edit       {statistics.median(more):.3f} s of the processor more (to reach: 0.05)"
    )
