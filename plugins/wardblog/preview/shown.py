"""What the browser is shown: the site's files, or what is wrong; and when to ask again."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from wardblog.model.addresses import hashed_path, index_of, is_hashed
from wardblog.model.media_types import media_type

# How many pages are remembered that browsers showed, beside those that they wait for.
MOST_PAGES = 64
# The preview's own files, below the site's path. They are no part of any site.
OWN = "_preview/"
EVENTS = f"{OWN}events"
_HTML = "text/html; charset=utf-8"

_RELOAD = """\
// Shows the page again when what is on it was saved. It is never part of a published site.
"use strict";
const here = document.currentScript.dataset;
const events = new EventSource(here.events);
events.onmessage = () => {
  events.close();
  location.reload();
};
"""
_LOOKS = """\
:root { color-scheme: light dark; }
.waits, .preview-problems { background: #1b1e20; color: #fff; border: 1px solid #fff; }
.waits { padding: 0 0.4rem; font-size: 0.875rem; font-weight: 700; white-space: nowrap; }
.preview-waits { margin-top: 1rem; }
.preview h1 { line-height: 1.2; }
.preview { max-width: 46rem; margin: 0 auto; padding: 1rem;
  font: 1.125rem/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
.preview-problems { padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 1rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
"""
SCRIPT = hashed_path(f"{OWN}reload.js", _RELOAD.encode())
STYLE = hashed_path(f"{OWN}preview.css", _LOOKS.encode())
_PROBLEMS = """\
<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<title>{title}</title>
</head>
<body>
<main class="preview">
<h1>{title}</h1>
<p>{about}</p>
<p class="preview-problems">{problems}</p>
<p>This page comes back by itself when it is mended.</p>
</main>
</body>
</html>
"""


class LiveSource(Protocol):
    """A site that is kept up to date; `problems` says in plain words what is wrong with it."""

    problems: str
    warnings: str

    @property
    def base_path(self) -> str:
        """The path below which residents find the site, without a slash at its end."""

    def update(self, changed: Iterable[Path] | None = None) -> None:
        """Takes up what was saved; without `changed`, whatever that may be."""

    def is_of_today(self) -> bool:
        """Whether it still shows what residents would see today."""

    def get(self, path: str) -> bytes | None:
        """The file at a path, if there is one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`is_for_good` is whether a browser may keep it, since its name says what is in it."""

    status: int
    media_type: str
    content: bytes
    is_immutable: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands for a page's bytes; since which version it has been so, and when it was made."""

    digest: bytes
    since: int
    seen: int


class Preview:
    """One site for several browsers. Each is told when the page that it shows has changed."""

    def __init__(self, site: LiveSource, tell: Callable[[str], None]) -> None:
        self._site, self._tell = site, tell
        self._lock = threading.RLock()
        self._news = threading.Condition()
        # The pages of the site that browsers showed last, and how many wait for a change of each.
        self._shown: OrderedDict[str, Shown] = OrderedDict()
        self._watched: Counter[str] = Counter()
        self._version = 0
        # Since when the site has been wrong in this way, or right.
        self._wrong, self._wrong_since = "", 0

    @property
    def base_path(self) -> str:
        return self._site.base_path

    def update(self, changed: Iterable[Path] | None = None) -> None:
        """Takes up what was saved, makes the pages that are looked at, and tells the browsers."""
        begun = time.perf_counter()
        with self._lock:
            try:
                self._site.update(changed)
            except Exception as error:  # noqa: BLE001 - the next save may well mend it
                self._site.problems = f"The site could not be made. ({error!r})"
            with self._news:
                self._version += 1
                if self._site.problems != self._wrong:
                    self._wrong, self._wrong_since = self._site.problems, self._version
                watched = list(self._watched)
            # Only what a browser waits for is made now: the rest, when somebody asks.
            for path in watched:
                if path in self._shown:
                    self._look_again(path)
        with self._news:
            self._news.notify_all()
        self._say(begun)

    def _say(self, begun: float) -> None:
        if self._site.problems:
            self._tell(self._site.problems)
            return
        if self._site.warnings:
            self._tell(self._site.warnings)
        self._tell(f"Shown as saved, after {time.perf_counter() - begun:.2f} s.")

    def update_if_outdated(self) -> None:
        """Takes up what is due today, once it is another day."""
        if not self._site.is_of_today():
            self.update()

    def answer(self, path: str) -> Answer:
        """What a browser gets for a path below the site's own; pages tell it when to come back."""
        if path == SCRIPT:
            return Answer(200, "text/javascript; charset=utf-8", _RELOAD.encode(), True)
        if path == STYLE:
            return Answer(200, "text/css; charset=utf-8", _LOOKS.encode(), True)
        if path == "favicon.ico":  # what browsers ask for that find no icon named
            return Answer(200, "image/x-icon", b"")
        file = index_of(path)
        with self._lock:
            found = self._page(file) if _is_page(file) else self._file(file)
            if not found.media_type.startswith("text/html"):
                return found
            version = self._version
            if self._exists(file):
                self._keep(file, _digest(found.content))
        return Answer(found.status, found.media_type, self._connected(found.content, file, version))

    def _file(self, path: str) -> Answer:
        try:
            content = self._site.get(path)
        except Exception as error:  # noqa: BLE001 - the next save may well mend it
            words = f"This file could not be made. ({error!r})\n"
            return Answer(500, "text/plain; charset=utf-8", words.encode())
        if content is None:
            return self._lost()
        return Answer(200, media_type(path), content, is_hashed(path))

    def _page(self, path: str) -> Answer:
        if self._site.problems:
            return Answer(200, _HTML, self._problems(self._site.problems))
        try:
            content = self._site.get(path)
            return self._lost() if content is None else Answer(200, media_type(path), content)
        except Exception as error:  # noqa: BLE001 - the next save may well mend it
            return Answer(500, _HTML, self._problems(f"This page could not be made. ({error!r})"))

    def _lost(self) -> Answer:
        content = self._site.get("404.html")
        return Answer(404, _HTML, content or b"<!doctype html><title>Not here</title>Not here")

    @staticmethod
    def _problems(words: str) -> bytes:
        title = "Something must be mended first"
        about = "Residents still see the site as it was published last. What is wrong:"
        words = words.removesuffix(" Nothing was written.")
        return _PROBLEMS.format(title=title, about=about, problems=escape(words)).encode()

    def _connected(self, page: bytes, file: str, version: int) -> bytes:
        """The page with the preview's own script and looks, which no published page has."""
        base = f"{self._site.base_path}/"
        events = escape(f"{base}{EVENTS}?version={version}&page={quote(file)}")
        script = f'<script defer src="{base}{SCRIPT}" data-events="{events}"></script>'
        own = f'<link rel="stylesheet" href="{base}{STYLE}">\n{script}\n</head>'
        return page.replace(b"</head>", own.encode(), 1)

    @contextmanager
    def keeping_open(self, file: str) -> Iterator[None]:
        """Says that a browser waits for a change of a page."""
        with self._news:
            self._watched[file] += 1
        try:
            yield
        finally:
            with self._news:
                self._watched[file] -= 1
                if self._watched[file] <= 0:
                    del self._watched[file]

    def wait(self, file: str, version: int, seconds: float) -> bool:
        """Waits until the page changed since this version; false if it did not meanwhile."""
        end = time.monotonic() + seconds
        while not self._is_newer(file, version):
            before = self._version
            with self._news:
                rest = end - time.monotonic()
                if not self._news.wait_for(lambda: self._version != before, max(rest, 0)):  # noqa: B023
                    return False
        return True

    def _is_newer(self, file: str, version: int) -> bool:
        with self._lock:
            if version > self._version:
                return True  # that of another run
            if file in self._shown:
                return self._look_again(file).since > version
            # One that is not on the site: what was wrong is right, or somebody has written it.
            return self._wrong_since > version or self._exists(file)

    def _exists(self, file: str) -> bool:
        """Whether the site has such a page: of invented addresses nothing is kept."""
        try:
            return self._site.get(file) is not None
        except Exception:  # noqa: BLE001 - it cannot be made, so it is there
            return True

    def _look_again(self, file: str) -> Shown:
        """What a page is now, and since when."""
        known = self._shown[file]
        if known.seen == self._version:
            return known
        return self._keep(file, _digest(self._page(file).content))

    def _keep(self, file: str, digest: bytes) -> Shown:
        known = self._shown.pop(file, None)
        since = known.since if known and known.digest == digest else self._version
        self._shown[file] = Shown(digest, since, self._version)
        for old in list(self._shown)[: max(len(self._shown) - MOST_PAGES, 0)]:
            if old not in self._watched:
                del self._shown[old]
        return self._shown[file]


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
