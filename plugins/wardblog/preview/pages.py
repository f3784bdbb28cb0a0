"""What the preview answers for each path, and when a page that a browser shows has changed."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wardblog.model.addresses import index_of, is_hashed
from wardblog.model.media_types import SANDBOX, is_sandboxed, media_type
from wardblog.preview.assets import (
    RELOAD_SCRIPT,
    SCRIPT_PATH,
    STYLES,
    STYLES_PATH,
    empty_page,
    problem_page,
    with_preview_assets,
)
from wardblog.preview.listen_pages import is_listen_page, listen_page
from wardblog.preview.live_source import LiveSource
from wardblog.preview.share_pages import COPY_PATH, COPY_SCRIPT, is_share_page, share_page
from wardblog.preview.stats_pages import is_stats_page, stats_page
from wardblog.support.late_dataclass import dataclass

# How many of the pages that browsers have opened are remembered, besides those still open.
MOST_PAGES = 64
_HTML = "text/html; charset=utf-8"
# The editor shows files that are not pages as well, in its frame.
_NO_PAGE = (("Content-Security-Policy", f"{SANDBOX}; frame-ancestors 'self'"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An HTTP response; `is_immutable` is whether browsers may cache it for good.

    `headers` take the place of those that the server sends with every response.
    """

    status: int
    media_type: str
    content: bytes
    is_immutable: bool = False
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PageState:
    """The digest of a page, the version that last changed it, and the version last checked."""

    digest: bytes
    changed: int
    checked: int


class Preview:
    """One site for several browsers; each hears when the page that it shows has changed."""

    def __init__(
        self, site: LiveSource, report: Callable[[str], None] | None, private: Path | None = None
    ) -> None:
        """`report` is given what each update found.

        `private` is the folder whose digest of local sites and figures are shown.
        """
        self._site, self._report, self._private = site, report, private
        self._lock, self._updating = threading.RLock(), threading.RLock()
        self._updated = threading.Condition()
        # Pages that browsers opened, the latest last, and how many browsers have each one open.
        self._pages: OrderedDict[str, PageState] = OrderedDict()
        self._open: Counter[str] = Counter()
        # Counts the updates.
        self._version = 0
        # The problems after the last update, and the version in which they last changed.
        self._problems, self._problems_changed = "", 0

    @property
    def base_path(self) -> str:
        return self._site.base_path

    @property
    def version(self) -> int:
        """How many updates there were."""
        return self._version

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Let no other thread update the site while this one saves a file and updates it.

        The watcher notices the save as well, and then finds that all is known.
        """
        with self._updating:
            yield

    def update(
        self, changed: Iterable[Path] | None = None, draft: tuple[str, bytes | None] | None = None
    ) -> None:
        """Update the site, render the pages that are open, and notify the browsers.

        `changed` and `draft` are as for `LiveSource.update`. Pages are served meanwhile.
        """
        paths = None if changed is None else set(changed)
        with self._updating:
            self._update_all(paths, draft)

    def _update_all(
        self, changed: set[Path] | None, draft: tuple[str, bytes | None] | None
    ) -> None:
        start = time.perf_counter()
        try:
            if changed is not None and draft is None and self._site.has_read(changed):
                return  # by the editor, when it saved them
            self._site.update(changed, draft)
        except Exception as error:  # noqa: BLE001 - the next save may fix it
            self._site.problems = f"The site could not be built. ({error!r})"
        with self._lock:
            with self._updated:
                self._version += 1
                if self._site.problems != self._problems:
                    self._problems, self._problems_changed = self._site.problems, self._version
                open_pages = list(self._open)
            # Only the pages that a browser has open are rendered now; the rest on request.
            for path in open_pages:
                if path in self._pages:
                    self._check(path)
        with self._updated:
            self._updated.notify_all()
        self._report_update(time.perf_counter() - start)

    def _report_update(self, seconds: float) -> None:
        if self._report is None:
            return
        if self._site.problems:
            self._report(self._site.problems)
            return
        if warnings := self._site.warnings:
            self._report(warnings)
        self._report(f"Updated in {seconds:.2f} s.")

    def update_if_outdated(self) -> None:
        """Update the site if a new day, or a post that is due, changes what residents see."""
        if not self._site.is_of_today():
            self.update()

    def respond(self, path: str) -> Response:
        """The response for a path below the site's own; pages get the script that reloads them."""
        if path == SCRIPT_PATH:
            return Response(
                status=200,
                media_type="text/javascript; charset=utf-8",
                content=RELOAD_SCRIPT.encode(),
                is_immutable=True,
            )
        if path == COPY_PATH:
            return Response(
                status=200,
                media_type="text/javascript; charset=utf-8",
                content=COPY_SCRIPT.encode(),
                is_immutable=True,
            )
        if path == STYLES_PATH:
            return Response(
                status=200,
                media_type="text/css; charset=utf-8",
                content=STYLES.encode(),
                is_immutable=True,
            )
        if path == "favicon.ico":  # browsers ask for it where a page names no icon
            return Response(status=200, media_type="image/x-icon", content=b"")
        file = index_of(path)
        with self._lock:
            response = self._page(file) if _is_page(file) else self._file(file)
            if not response.media_type.startswith("text/html"):
                return response
            version = self._version
            if self._exists(file):
                self._remember(file, _digest(response.content))
        content = with_preview_assets(response.content, self._site.base_path, file, version)
        return Response(status=response.status, media_type=response.media_type, content=content)

    def _file(self, path: str) -> Response:
        try:
            content = self._site.get(path)
        except Exception as error:  # noqa: BLE001 - the next save may fix it
            message = f"This file could not be built. ({error!r})\n"
            return Response(
                status=500, media_type="text/plain; charset=utf-8", content=message.encode()
            )
        if content is None:
            return self._not_found()
        return Response(
            status=200,
            media_type=media_type(path),
            content=content,
            is_immutable=is_hashed(path),
            headers=_NO_PAGE if is_sandboxed(path) else (),
        )

    def _page(self, path: str) -> Response:
        if self._site.problems:
            return Response(status=200, media_type=_HTML, content=problem_page(self._site.problems))
        try:
            content = self._content(path)
        except Exception as error:  # noqa: BLE001 - the next save may fix it
            return Response(
                status=500,
                media_type=_HTML,
                content=problem_page(f"This page could not be built. ({error!r})"),
            )
        return (
            self._not_found()
            if content is None
            else Response(status=200, media_type=media_type(path), content=content)
        )

    def _content(self, path: str) -> bytes | None:
        """A page of the site, or of the preview's own about sharing, listening and figures."""
        if self._private and is_listen_page(path):
            return listen_page(self._private)
        is_stats = is_stats_page(path)
        if not is_stats and not is_share_page(path):
            return self._site.get(path)
        site = self._site.shown_site()
        if site and is_stats:
            return stats_page(self._private, site) if self._private else None
        return share_page(site, path) if site else None

    def _not_found(self) -> Response:
        return Response(
            status=404, media_type=_HTML, content=self._site.get("404.html") or empty_page()
        )

    @contextmanager
    def keeping_open(self, file: str) -> Iterator[None]:
        """While this lasts, a browser has the page open and waits for it to change."""
        with self._updated:
            self._open[file] += 1
        try:
            yield
        finally:
            with self._updated:
                self._open[file] -= 1
                if self._open[file] <= 0:
                    del self._open[file]

    def wait(self, file: str, version: int, seconds: float) -> bool:
        """Wait until the page is newer than `version`; false if `seconds` pass before that."""
        end = time.monotonic() + seconds
        while not self._is_newer(file, version):
            before = self._version
            with self._updated:
                rest = end - time.monotonic()
                if not self._updated.wait_for(lambda: self._version != before, max(rest, 0)):  # noqa: B023
                    return False
        return True

    def _is_newer(self, file: str, version: int) -> bool:
        with self._lock:
            if version > self._version:
                return True  # the browser's page comes from an earlier run
            if file in self._pages:
                return self._check(file).changed > version
            # A page that the site did not have: the problems changed, or the page exists now.
            return self._problems_changed > version or self._exists(file)

    def _exists(self, file: str) -> bool:
        """Whether the site has this page; nothing is remembered for invented addresses."""
        try:
            return self._content(file) is not None
        except Exception:  # noqa: BLE001 - it cannot be rendered, so it exists
            return True

    def _check(self, file: str) -> PageState:
        """The state of a remembered page in the current version."""
        state = self._pages[file]
        if state.checked == self._version:
            return state
        return self._remember(file, _digest(self._page(file).content))

    def _remember(self, file: str, digest: bytes) -> PageState:
        old = self._pages.pop(file, None)
        changed = old.changed if old and old.digest == digest else self._version
        self._pages[file] = PageState(digest, changed, self._version)
        for oldest in list(self._pages)[: max(len(self._pages) - MOST_PAGES, 0)]:
            if oldest not in self._open:
                del self._pages[oldest]
        return self._pages[file]


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
