"""A disk that is full: one clear sentence, and the file and the recovery copy as they were."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from editor.running import RunningEditor, running_editor
from editor.test_documents import FINE, opened, typed
from support import POST, picture, write_site

FULL = "The disk is full."


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of its own with little room, which root can make on Linux."""
    mount = shutil.which("mount")
    if not mount or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    folder.mkdir()
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=512k,mode=700", "tmpfs", str(folder)],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("no small disk can be made here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, leave: int = 0) -> None:
    """Take all the room of a disk but a few pages."""
    pages = []
    try:
        for number in range(1000):
            pages.append(folder / f"page{number}")
            pages[-1].write_bytes(b"x" * 4096)
    except OSError:
        pages.pop().unlink()
    for page in pages[:leave]:
        page.unlink()


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("page")
    }


def test_a_full_disk_is_reported_in_one_sentence_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with small_disk(tmp_path / "disk") as disk:
        content = write_site(disk / "content", {"images/x.png": picture()})
        with running_editor(content, disk / "private", tmp_path / "output") as editor:
            _lose_nothing(editor, disk)


def _lose_nothing(editor: RunningEditor, disk: Path) -> None:
    document = opened(editor)
    words = "The words that matter. " * 200
    sent = typed(document, text=words)
    assert editor.post("post/draft", sent).status == 200
    before = files_of(disk)
    fill(disk)
    longer = typed(document, text=words * 3)
    for action, outcome in (
        ("draft", "What you typed is only in this page, not on the disk."),
        ("save", "The post was not saved, and its file was not changed."),
    ):
        answer = editor.post(f"post/{action}", longer)
        assert answer.status == 507
        assert answer.data["message"] == f"{FULL} {outcome}"
        assert answer.data["hint"].startswith("Leave this page open.")
        assert files_of(disk) == before
    assert editor.post("post/new", {"title": "One more", "tags": ""}).status == 507
    assert files_of(disk) == before
    assert (editor.content / FINE).read_text() == POST
    assert opened(editor)["recovered"][0]["text"] == words
    for page in disk.glob("page*"):
        page.unlink()
    assert editor.post("post/save", longer).status == 200
    assert (editor.content / FINE).read_text().endswith(words * 3)
    assert opened(editor)["recovered"] == []


def test_a_file_too_large_for_its_disk_is_reported_and_nothing_is_lost(
    editor: RunningEditor,
) -> None:
    resource = pytest.importorskip("resource")
    document = opened(editor)
    sent = typed(document, text="The words that matter.\n" * 5000)
    before = files_of(editor.content)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        answers = [editor.post(f"post/{action}", sent) for action in ("draft", "save")]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [answer.status for answer in answers] == [400, 400]
    assert {answer.data["message"].partition(".")[0] for answer in answers} == {
        "The file is too large for this disk"
    }
    assert files_of(editor.content) == before
    assert not list((editor.private / "editor" / "recovery").iterdir())


def test_a_folder_that_cannot_be_written_to_is_reported_in_one_sentence(
    editor: RunningEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = opened(editor)

    def refuse(*_: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        answer = editor.post("post/save", typed(document, text="New.\n"))
    assert answer.status == 400
    assert answer.data["message"] == (
        "A file or folder may not be read or changed by the editor. "
        "The post was not saved, and its file was not changed."
    )
    assert [one for one in files_of(editor.content) if one.endswith(".tmp")] == []
