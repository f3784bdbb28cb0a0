"""The watch follows the content folder, also when another one takes its place.

What ends the watch or the server is raised in the main thread, so that the command can report it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
import watchfiles

from support import ROOT, picture, write_site
from wardblog.preview import Preview, make_server, polling, serve, server
from wardblog.preview.server import _follow
from wardblog.problems import CommandError

# What is noted when the watch has ended.
THE_END = {"the end"}


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


def until_all_is_read(preview: _Noting) -> None:
    while (found := preview.found.get()) is not None:
        assert found != THE_END


@contextmanager
def following(preview: _Noting, *paths: Path) -> Iterator[list[str]]:
    """Follow the paths; what is reported is in the list."""
    stop, reports = threading.Event(), list[str]()

    def follow() -> None:
        try:
            _follow(preview, paths, stop, reports.append)
        finally:
            preview.found.put(THE_END)  # so that nobody waits for news after it

    watcher = threading.Thread(target=follow)
    watcher.start()
    try:
        yield reports
    finally:
        stop.set()
        watcher.join()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def test_a_folder_that_takes_the_place_of_another_is_followed(content: Path) -> None:
    preview = _Noting()
    with following(preview, content):
        noticed(preview, content / "a")
        content.rename(content.with_name("content-sample"))
        content.mkdir()
        until_all_is_read(preview)
        noticed(preview, content / "b")


def test_a_folder_that_was_missing_for_a_while_is_followed_again(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[int] = []

    def noted(*paths: Path, rust_timeout: int, **options: Any) -> Any:
        waits.append(rust_timeout)
        return watchfiles.watch(*paths, rust_timeout=rust_timeout, **options)

    monkeypatch.setattr(server, "watch", noted)
    preview, other = _Noting(), content.with_name("theme")
    other.mkdir()
    with following(preview, content, other):
        noticed(preview, content / "a")
        content.rename(content.with_name("content-sample"))
        until_all_is_read(preview)  # without what is gone
        noticed(preview, other / "a")  # the rest is watched by now
        assert waits[-1] < 1000  # so that the folder is soon missed no more
        content.mkdir()
        until_all_is_read(preview)
        noticed(preview, content / "b")


def test_a_folder_that_vanishes_just_before_it_is_watched_is_followed(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vanished = [True, True]

    def watch_later(*paths: Path, **options: Any) -> Any:
        if vanished:
            vanished.pop()
            raise FileNotFoundError("No path was found.")
        return watchfiles.watch(*paths, **options)

    monkeypatch.setattr(server, "watch", watch_later)
    preview = _Noting()
    with following(preview, content):
        until_all_is_read(preview)
        until_all_is_read(preview)
        noticed(preview, content / "a")
    assert not vanished


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError('OS file watch limit reached. about ["/content"]'), "too many are watched"),
        (RuntimeError("Error creating: Too many open files (os error 24)"), "too many are watched"),
        (OSError("No space for events"), "No space for events"),
        (PermissionError('Permission denied about ["/content/x"]'), "Permission denied about"),
    ],
)
def test_a_watch_that_the_system_refuses_ends_the_server_with_a_remedy(
    content: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def refuse(*_: Path, **__: object) -> Any:
        raise error

    monkeypatch.setattr(server, "watch", refuse)
    preview = _Noting()
    with pytest.raises(CommandError) as raised:
        serve(make_server(preview, 0), preview, [content])
    assert str(raised.value).startswith("This computer does not let your files be watched")
    assert message in str(raised.value)
    is_limit = not isinstance(error, PermissionError)
    assert raised.value.hint.startswith("Close other programs" if is_limit else "Make that file")


def refusing(error: Exception, monkeypatch: pytest.MonkeyPatch, content: Path) -> None:
    """Any watch is refused but that of `content`, as for a folder that is new in it."""

    def watch(*paths: Path, **options: Any) -> Any:
        if paths != (content,):
            raise error
        return watchfiles.watch(*paths, **options)

    monkeypatch.setattr(server, "watch", watch)


def test_a_limit_that_is_reached_later_is_reported_and_the_files_are_looked_at(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "SECONDS", 0.02)
    refusing(OSError("OS file watch limit reached."), monkeypatch, content)
    preview = _Noting()
    with following(preview, content) as reports:
        noticed(preview, content / "a")
        (content / "new").mkdir()
        until_all_is_read(preview)
        noticed(preview, content / "new" / "b")
        noticed(preview, content / "a")
        (content / "another").mkdir()
        noticed(preview, content / "another" / "c")
    (report,) = reports
    said, remedy = report.split("\n")
    assert said == (
        "Too many files are watched on this computer already. From now on it takes two seconds "
        "until the preview shows what another program has saved."
    )
    assert remedy.startswith("  Close other programs that watch files")


def test_a_new_folder_that_cannot_be_read_is_reported_and_the_rest_is_followed(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(PermissionError("Permission denied"), monkeypatch, content)
    preview = _Noting()
    with following(preview, content) as reports:
        noticed(preview, content / "a")
        (content / "new").mkdir()
        while not reports:
            noticed(preview, content / "a")
    (report,) = reports
    assert report == (
        "This computer does not let your files be watched for changes (Permission denied).\n"
        "  Make that file or folder readable for you."
    )


def test_saves_right_after_each_other_are_found_by_looking(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "a"
    file.parent.mkdir()
    file.write_text("one")
    (tmp_path / "single").write_text("x")
    looks = polling.polled([file.parent, tmp_path / "single"], threading.Event(), 0.0)
    assert next(looks) is None
    assert next(looks) == set()
    for words in ("two", "ten"):
        file.write_text(words)
        os.utime(file, ns=(1, file.stat().st_mtime_ns + 1))
        assert next(looks) == {file}
    (tmp_path / "single").unlink()
    assert next(looks) == {tmp_path / "single"}


FOLDERS = 12


@contextmanager
def saving(path: Path) -> Iterator[None]:
    """Save a file again and again: a new watch needs a moment to begin."""
    noticed = threading.Event()

    def save() -> None:
        while not noticed.wait(0.1):
            path.write_text(f"{path.read_text()}More.\n")

    thread = threading.Thread(target=save)
    thread.start()
    try:
        yield
    finally:
        noticed.set()
        thread.join()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a limit of Linux")
def test_the_limit_of_the_system_is_reported(tmp_path: Path) -> None:
    limit = Path("/proc/sys/user/max_inotify_watches")
    alone = ["unshare", "--user", "--map-root-user", "sh", "-c"]
    possible = [*alone, f"echo 1 > {limit}"]
    if subprocess.run(possible, check=False, stderr=subprocess.DEVNULL).returncode:
        pytest.skip("no namespace with a limit of its own")
    content = write_site(tmp_path / "content", {})
    count = sum(1 for folder in (content, ROOT / "theme") for _ in os.walk(folder)) + 3
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = f"echo {count} > {limit} && exec {sys.executable} -m wardblog serve --port={port}"
    with subprocess.Popen(
        [*alone, command], cwd=tmp_path, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            lines = iter(process.stdout)
            assert any("Press Ctrl+C" in line for line in lines)
            with saving(content / "posts/fine.md"):
                assert any("Updated in" in line for line in lines)
            for number in range(FOLDERS):
                (content / f"images/{number}").mkdir(parents=True)
            assert any("Too many files are watched" in line for line in lines)
            assert any("Updated in" in line for line in lines)
            (content / f"images/{FOLDERS - 1}/a.png").write_bytes(picture())
            assert any("Updated in" in line for line in lines)
        finally:
            process.kill()


def test_what_ends_the_server_is_raised(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = _Noting()
    made = make_server(preview, 0)

    def refuse(_: float) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(made, "serve_forever", refuse)
    with pytest.raises(RuntimeError, match="new thread"):
        serve(made, preview, [content])
