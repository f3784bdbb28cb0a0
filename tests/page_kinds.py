"""One page of each kind, found in a built site: what its look, weight and validity are tried with.

The kinds are found by where pages are and what is on them, not by the titles of the sample, so that
another sample, and a new kind of page, need no change here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_POSTS = "[0-9]*/[0-9]*/*/index.html"
# Kinds, where they are, and what is on a page of that kind; the longest such page is taken.
_FOUND_BY = (
    ("home", "index.html", ""),
    ("post", _POSTS, r'<figure class="map'),
    ("picture-post", _POSTS, r"<main(?s:.)*<img(?s:.)*</main>"),
    ("plain-post", _POSTS, r"^(?!(?s:.)*<figure)"),
    ("settled-post", _POSTS, r'class="settled'),
    ("dated-post", _POSTS, r'class="coming'),
    ("cancelled-post", _POSTS, r"<(s|del)\b"),
    ("open-question", _POSTS, r'class="panel question is-open"'),
    ("closed-question", _POSTS, r'class="panel question"'),
    ("report-to-join", _POSTS, 'id="ward-me-too"'),
    ("foreign-post", _POSTS, r"<h1[^>]* lang="),
    ("right-to-left-post", _POSTS, r'<h1[^>]* dir="rtl"'),
    ("odd-post", "[0-9]*/[0-9]*/odd-*/index.html", ""),
    ("hub", "issues/*/index.html", r'<figure class="map'),
    ("plain-hub", "issues/*/index.html", r'^(?!(?s:.)*<figure class="map)'),
    ("places", "*/*/places/*/index.html", ""),
    ("issue-map", "map/*/index.html", ""),
    ("street", "streets/*/index.html", ""),
    ("tag", "tags/*/index.html", ""),
    ("month", "[0-9]*/[0-9]*/index.html", ""),
    ("year", "[0-9]*/index.html", ""),
    ("follow", "subscribe/*/index.html", ""),
    ("not-found", "404.html", ""),
)
# A page that leads on only where no script runs has not moved.
_MOVED = re.compile(r'(?<!<noscript>)<meta http-equiv="refresh"')


def kinds_of(output: Path) -> dict[str, str]:
    """The kinds of page that a built site has, each with the path of one page, such as `/map/`.

    A page of its own in the top folder, such as `/about/`, is a kind by its name.
    """
    kinds: dict[str, str] = {}
    for name, where, pattern in _FOUND_BY:
        pages = [page for page in _pages(output, where) if _has(page, pattern)]
        if pages:
            kinds[name] = _path(output, max(pages, key=lambda page: page.stat().st_size))
    for page in _pages(output, "*/index.html"):
        if not page.parent.name.isdecimal():
            kinds[page.parent.name] = _path(output, page)
    for page in sorted(output.rglob("*.html")):
        if _MOVED.search(page.read_text(encoding="utf-8")):
            kinds["moved"] = _path(output, page)
            break
    return kinds


def all_pages(output: Path) -> list[str]:
    """The paths of all pages, also of those that only redirect."""
    return [_path(output, page) for page in sorted(output.rglob("*.html"))]


def _pages(output: Path, where: str) -> Iterator[Path]:
    for page in sorted(output.glob(where)):
        if not _MOVED.search(page.read_text(encoding="utf-8")):
            yield page


def _has(page: Path, pattern: str) -> bool:
    return not pattern or bool(re.search(pattern, page.read_text(encoding="utf-8")))


def _path(output: Path, page: Path) -> str:
    return "/" + page.relative_to(output).as_posix().removesuffix("index.html")
