"""Several files are replaced together: all of them, or none, whatever happens in between."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support import files_of, write_files
from wardblog.content.replace_files import NewFile, read_bytes, replace_files
from wardblog.problems import CommandError
from wardblog.support.held_folder import HeldFolder

OLD = {"ward.toml": "old settings", "data/gazetteer.csv": "old names", "posts/a.md": "a"}
NEW = {"data/ward.geojson": b"new outline", "data/gazetteer.csv": b"names", "ward.toml": b"new"}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_files(tmp_path / "content", OLD)


def replace(content: Path) -> None:
    files = {file: NewFile(data, read_bytes(content, file)) for file, data in NEW.items()}
    replace_files(content, files, content.parent / ".wardblog")


def test_all_files_are_replaced_and_nothing_is_left_over(content: Path) -> None:
    (content / "ward.toml").chmod(0o640)
    replace(content)
    assert files_of(content) == {**{k: v.encode() for k, v in OLD.items()}, **NEW}
    assert (content / "ward.toml").stat().st_mode & 0o777 == 0o640
    assert list((content.parent / ".wardblog").iterdir()) == []


def test_a_folder_that_is_missing_is_made(content: Path) -> None:
    (content / "data/gazetteer.csv").unlink()
    (content / "data").rmdir()
    replace(content)
    assert (content / "data/ward.geojson").read_bytes() == b"new outline"


def fail_at(monkeypatch: pytest.MonkeyPatch, step: int, happens: Callable[[], object]) -> None:
    """Something happens at one of the writes and renames, counted from 1."""
    count = 0
    fsync, rename = os.fsync, Path.replace

    def counted() -> None:
        nonlocal count
        count += 1
        if count == step:
            happens()

    def counted_fsync(number: int) -> None:
        counted()
        fsync(number)

    def counted_rename(path: Path, target: Path) -> Path:
        counted()
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", counted_fsync)
    monkeypatch.setattr(Path, "replace", counted_rename)


def full_disk() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


# Four files are written (three new ones, and the old one that may be put back), three renamed.
@pytest.mark.parametrize("step", range(1, 8))
def test_a_full_disk_at_any_moment_changes_nothing(
    content: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(content)
    fail_at(monkeypatch, step, full_disk)
    with pytest.raises(OSError, match="No space left"):
        replace(content)
    assert files_of(content) == before
    assert list((content.parent / ".wardblog").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.parametrize("step", range(1, 8))
def test_kill_at_any_moment_leaves_whole_files_and_the_settings_last(
    content: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(content)
    process = os.fork()
    if not process:
        fail_at(monkeypatch, step, lambda: os.kill(os.getpid(), signal.SIGKILL))
        replace(content)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL
    after = files_of(content)
    if step <= 5:  # before the first rename
        assert after == before
    else:
        assert after["ward.toml"] == before["ward.toml"]
        assert all(after[file] in (before.get(file), NEW.get(file)) for file in after)
    monkeypatch.undo()
    replace(content)  # tidies up what the other left
    assert list((content.parent / ".wardblog").iterdir()) == []


def test_ctrl_c_waits_until_all_files_are_renamed(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, 6, lambda: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        replace(content)
    assert files_of(content) == {**{k: v.encode() for k, v in OLD.items()}, **NEW}


def test_ctrl_c_before_that_changes_nothing(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(content)
    fail_at(monkeypatch, 3, lambda: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        replace(content)
    assert files_of(content) == before


def test_a_file_that_changed_in_the_meantime_is_left_as_it_is(content: Path) -> None:
    files = {"ward.toml": NewFile(b"new", b"what was there before")}
    with pytest.raises(CommandError, match="was changed by another program"):
        replace_files(content, files, content.parent / ".wardblog")
    assert (content / "ward.toml").read_text() == "old settings"


def test_a_link_out_of_the_folder_is_refused_and_one_inside_stays(
    content: Path, tmp_path: Path
) -> None:
    outside = write_files(tmp_path / "outside", {"ward.geojson": "theirs"})
    (content / "data/ward.geojson").symlink_to(outside / "ward.geojson")
    with pytest.raises(CommandError, match="outside"):
        replace(content)
    assert files_of(outside) == {"ward.geojson": b"theirs"}
    (content / "data/ward.geojson").unlink()
    (content / "ward.toml").rename(content / "settings.toml")
    (content / "ward.toml").symlink_to("settings.toml")
    replace(content)
    assert (content / "ward.toml").is_symlink()
    assert (content / "settings.toml").read_bytes() == b"new"


def test_the_new_files_of_another_process_stay_while_it_works(tmp_path: Path) -> None:
    content, work = tmp_path / "content", tmp_path / "work"
    content.mkdir()
    work.mkdir()
    held = HeldFolder(work / ".ward-0123456789ab.new")
    (held.path / "new").write_bytes(b"theirs")
    replace_files(content, {"a.txt": NewFile(b"ours", None)}, work)
    assert (held.path / "new").read_bytes() == b"theirs"
    held.remove()
    assert list(work.iterdir()) == []
    assert (content / "a.txt").read_bytes() == b"ours"
