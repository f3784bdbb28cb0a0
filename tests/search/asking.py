"""Questions and pairs of words as data, and both searches asked in Chromium.

Ours is asked on its own page under the site's own policy. Pagefind's index of the same pages is
asked through its JavaScript, under a policy that allows it WebAssembly, which the site's does not.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from search.ward_corpus import WARD
from static_server import static_server

SHOWN = 5
# The first 60 were there before the search; the others when it had been improved for those.
QUESTIONS = ("questions.csv", "questions_later.csv")
# What can be the right answer: posts, hubs of issues, streets and pages, and no list of posts.
ANSWERS = "{20*/*/*,issues/*,streets/*,about,surgeries,who-does-what,comment-on-planning,"
ANSWERS += "accessibility,privacy,cymraeg}/index.html"
_DATA = Path(__file__).parent
_PEER = "peer.html"
# The site's own policy allows no WebAssembly.
_POLICY_FOR_PEER = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
Ask = Callable[[str], list[str]]  # the addresses of all answers that are shown, best first


class Question(NamedTuple):
    """What somebody types, of which kind it is, and patterns of the addresses that answer it."""

    ask: str
    kind: str
    right: tuple[str, ...]

    def is_answered(self, found: list[str]) -> bool:
        return any(fnmatchcase(path, one) for path in found[:SHOWN] for one in self.right)


class Pair(NamedTuple):
    """A word that is searched for, alone and with others, and the sentence to find.

    Of words that are apart the sentence must not be found, and `other` must.
    """

    kind: str
    query: str
    asked: str
    lang: str
    text: str
    other: str = ""

    @property
    def group(self) -> str:
        return "apart" if self.other else self.lang

    def is_as_it_should(self, ask: Ask, addresses: dict[str, str]) -> bool:
        """Whether the word finds what it should, and nothing that it should not."""
        found = ask(self.query)
        if self.other:
            return addresses[self.other] in found and addresses[self.text] not in found
        return addresses[self.text] in found and addresses[self.text] in ask(self.asked)


def rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def questions(name: str = "questions.csv") -> list[Question]:
    return [Question(row["ask"], row["kind"], tuple(row["right"].split())) for row in rows(name)]


def pairs() -> list[Pair]:
    found = [
        Pair(row["kind"], row["query"], row["asked"], lang, row["text"])
        for lang, name in (("cy", "pairs_welsh.csv"), ("en", "pairs_english.csv"))
        for row in rows(name)
    ]
    apart = [
        Pair("apart", row["query"], row["query"], row["lang"], row["text"], row["other"])
        for row in rows("pairs_apart.csv")
    ]
    return found + apart


def write_pairs(content: Path) -> dict[str, str]:
    """Writes a content folder with a post for each sentence; returns their addresses."""
    for name in ("ward.toml", "issues.toml"):
        _write(content / name, (WARD / name).read_text(encoding="utf-8").partition("[map]")[0])
    sentences = [(pair.lang, text) for pair in pairs() for text in (pair.text, pair.other) if text]
    for number, (lang, text) in enumerate(sentences):
        header = f"Title: No. {number}\nSlug: no-{number}\nDate: 2026-03-02\nTags: general\n"
        header += f"Summary: No. {number}\n"  # other posts show it, and not the sentence
        header += f"Lang: {lang}\n" if lang != "en" else ""
        _write(content / f"posts/no-{number}.md", f"{header}\n{text}\n")
    return {text: f"/2026/03/no-{number}/" for number, (_, text) in enumerate(sentences)}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@contextmanager
def served(folder: Path, headers: dict[str, str]) -> Iterator[str]:
    """The address of a folder that is served on the loopback with these headers."""
    server = static_server(folder)

    class Handler(server.RequestHandlerClass):  # type: ignore[name-defined, misc]
        def end_headers(self) -> None:
            for name, value in headers.items():
                self.send_header(name, value)
            super().end_headers()

        def handle_one_request(self) -> None:
            with suppress(ConnectionError):  # the browser no longer wants an answer
                super().handle_one_request()

    server.RequestHandlerClass = Handler
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def pagefind_command(output: Path) -> list[str]:
    """What writes Pagefind's index into a built folder.

    It answers best when it has no lists of posts, and the whole of `<main>` of every other page.
    """
    command = [sys.executable, "-m", "pagefind", "--site", str(output), "--root-selector", "main"]
    return [*command, "--glob", ANSWERS, "--silent"]


@contextmanager
def served_for_pagefind(output: Path) -> Iterator[str]:
    """The address of an empty page on which Pagefind can be asked, in English as all pages are."""
    _write(output / _PEER, '<!doctype html><html lang="en-GB"><title>Peer</title>')
    with served(output, {"Content-Security-Policy": _POLICY_FOR_PEER}) as address:
        yield f"{address}/{_PEER}"


@contextmanager
def pagefind(browser: Browser, output: Path) -> Iterator[Ask]:
    """Writes Pagefind's index into the built folder, and asks it."""
    subprocess.run(pagefind_command(output), check=True)
    with served_for_pagefind(output) as address:
        page = browser.new_page()
        page.goto(address)

        def ask(words: str) -> list[str]:
            found: list[str] = page.evaluate(_ASK_PAGEFIND, words)
            return [urlsplit(url).path for url in found]

        yield ask
        page.close()


# The first ten are more than the first five that are looked at, and quick to fetch.
_ASK_PAGEFIND = """async (words) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const {results} = await pagefind.search(words);
  const data = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return data.map(({url}) => url);
}"""


@contextmanager
def ours(browser: Browser, output: Path) -> Iterator[Ask]:
    """Asks on the page for searching, with the words in its field."""
    with served(output, {}) as address:
        page = browser.new_page()
        page.goto(f"{address}/search/")

        def ask(words: str) -> list[str]:
            found: list[str] = page.evaluate(ASK_OURS, words)
            return found

        yield ask
        page.close()


# The page announces that it has finished, and then shows the first ten.
ASK_OURS = r"""async (words) => {
  const status = document.querySelector("main [role=status]");
  const field = document.querySelector("main input[type=search]");
  status.textContent = "";
  field.value = words;
  const finished = new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (/\d results?\b|Nothing was found|of them\.|could not be/.test(status.textContent)) {
        observer.disconnect();
        setTimeout(resolve);
      }
    }).observe(status, {childList: true, characterData: true, subtree: true});
  });
  field.form.requestSubmit();
  await finished;
  const links = [...document.querySelectorAll("main ol h2 a")];
  return links.filter((link) => link.checkVisibility()).map((link) => link.pathname);
}"""
