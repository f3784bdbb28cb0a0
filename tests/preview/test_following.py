"""The watch follows the content folder, also when another one takes its place."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from queue import SimpleQueue

from wardblog.preview import Preview
from wardblog.preview.server import _follow


class _Noting(Preview):
    """Notes the names of the files that changed; None for all of them."""

    def __init__(self) -> None:
        self.found: SimpleQueue[set[str] | None] = SimpleQueue()

    def update(self, changed: Iterable[Path] | None = None, **_: object) -> None:  # type: ignore[override]
        self.found.put(None if changed is None else {path.name for path in changed})

    def update_if_outdated(self) -> None:
        pass


def noticed(preview: _Noting, path: Path) -> None:
    """Write a file until that is noticed: a new watch needs a moment to begin."""
    for number in range(600):
        path.write_text(str(number), "utf-8")
        waited = threading.Event()
        waited.wait(0.05)
        while not preview.found.empty():
            found = preview.found.get()
            if found is not None and path.name in found:
                return
    raise AssertionError("a change was not noticed")


def test_a_folder_that_takes_the_place_of_another_is_followed(tmp_path: Path) -> None:
    content, stop, preview = tmp_path / "content", threading.Event(), _Noting()
    content.mkdir()
    watcher = threading.Thread(target=_follow, args=(preview, [content], stop))
    watcher.start()
    try:
        noticed(preview, content / "a")
        content.rename(tmp_path / "content-sample")
        content.mkdir()
        while preview.found.get() is not None:
            pass  # what was there before is looked at as a whole
        noticed(preview, content / "b")
    finally:
        stop.set()
        watcher.join()
