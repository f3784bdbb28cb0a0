"""Publishing to a folder: whole releases, a link that is switched, and nothing else touched."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from publish.driver import plan_of, publish
from support import files_of, write_files
from wardblog.model import PublishSettings
from wardblog.publish import CommandError, folder, publication, target_of
from wardblog.publish.folder import FolderTarget
from wardblog.publish.release_mark import MARK
from wardblog.publish.target import Hosting

LONG = "a text that is worth packing " * 50
FIRST = {"index.html": "one", "a/index.html": LONG, "old.html": "old", ".wardblog.json": "{}"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_files(tmp_path / "output", FIRST)


@pytest.fixture
def settings(tmp_path: Path) -> PublishSettings:
    return PublishSettings(path=str(tmp_path / "public"))


@pytest.fixture
def live(tmp_path: Path) -> Path:
    return tmp_path / "public"


def send(site: Path, settings: PublishSettings) -> None:
    publish(settings, site, site.with_name(".wardblog"))


def test_residents_get_the_built_files_without_our_own(
    site: Path, settings: PublishSettings, live: Path
) -> None:
    send(site, settings)
    assert sorted(set(files_of(live)) - {MARK}) == [
        "a/index.html", "a/index.html.br", "a/index.html.gz", "index.html", "old.html",
    ]  # fmt: skip
    assert oct(live.joinpath("a").stat().st_mode)[-3:] == "755"
    assert oct((live / "a/index.html.gz").stat().st_mode)[-3:] == "644"


def test_the_plan_lists_new_changed_and_removed_files(
    site: Path, settings: PublishSettings
) -> None:
    send(site, settings)
    (site / "old.html").unlink()
    write_files(site, {"index.html": "two", "new.html": "new"})
    plan = plan_of(target_of(settings), site)
    assert (plan.new, plan.changed, plan.gone) == (("new.html",), ("index.html",), ("old.html",))
    assert plan.sentence == "3 files: 1 new, 1 changed, 1 gone; 6 bytes to send"


def test_unchanged_files_are_shared_with_the_previous_release(
    site: Path, settings: PublishSettings, live: Path
) -> None:
    send(site, settings)
    before = [(live / f"a/index.html{ending}").stat() for ending in ("", ".gz", ".br")]
    write_files(site, {"index.html": "two", "a/index.html": LONG})
    os.utime(site / "a/index.html", (2e9, 2e9))  # as on another machine
    send(site, settings)
    after = [(live / f"a/index.html{ending}").stat() for ending in ("", ".gz", ".br")]
    assert [(s.st_ino, s.st_mtime_ns) for s in after] == [(s.st_ino, s.st_mtime_ns) for s in before]
    assert (live / "index.html").read_text() == "two"


def test_a_changed_file_has_a_later_time_even_within_the_same_second(
    site: Path, settings: PublishSettings, live: Path
) -> None:
    send(site, settings)
    before = (live / "index.html").stat().st_mtime
    write_files(site, {"index.html": "two"})
    os.utime(site / "index.html", (before, before))
    send(site, settings)
    assert (live / "index.html").stat().st_mtime == before + 1


def test_a_text_that_became_short_loses_its_compressed_copies(
    site: Path, settings: PublishSettings, live: Path
) -> None:
    send(site, settings)
    write_files(site, {"a/index.html": "short"})
    send(site, settings)
    assert [p.name for p in (live / "a").iterdir()] == ["index.html"]


def test_rollback_restores_the_previous_release(
    site: Path, settings: PublishSettings, live: Path
) -> None:
    send(site, settings)
    before = files_of(live)
    write_files(site, {"index.html": "two"})
    send(site, settings)
    assert target_of(settings).rollback() == "release 1"
    assert files_of(live) == before
    with pytest.raises(CommandError, match="no earlier release"):
        target_of(settings).rollback()


def test_a_release_that_was_rolled_back_does_not_return(
    site: Path, settings: PublishSettings, live: Path
) -> None:
    send(site, settings)
    for words in ("two", "bad"):
        write_files(site, {"index.html": words})
        send(site, settings)
    target_of(settings).rollback()
    write_files(site, {"index.html": "mended"})
    send(site, settings)
    target_of(settings).rollback()
    assert (live / "index.html").read_text() == "two"


@pytest.mark.parametrize(("keep", "left"), [(1, [4]), (3, [2, 3, 4]), (5, [1, 2, 3, 4])])
def test_the_settings_say_how_many_releases_are_kept(
    site: Path, tmp_path: Path, keep: int, left: list[int]
) -> None:
    settings = PublishSettings(path=str(tmp_path / "public"), keep=keep)
    for number in range(4):
        write_files(site, {"index.html": str(number)})
        send(site, settings)
    releases = tmp_path / "public.releases"
    assert sorted(int(p.name) for p in releases.iterdir() if p.name.isdecimal()) == left
    assert sorted(int(p.stem) for p in releases.glob("*.json")) == left


def test_a_folder_of_somebody_else_is_not_changed(
    site: Path, settings: PublishSettings, live: Path
) -> None:
    write_files(live, {"holiday.jpg": "beach"})
    with pytest.raises(CommandError, match="was not changed"):
        send(site, settings)
    with pytest.raises(CommandError):
        target_of(settings).rollback()
    assert files_of(live) == {"holiday.jpg": b"beach"}


def test_a_link_of_somebody_else_is_not_changed(
    site: Path, settings: PublishSettings, live: Path, tmp_path: Path
) -> None:
    write_files(tmp_path / "elsewhere", {"holiday.jpg": "beach"})
    live.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CommandError, match=r"is a link to .*elsewhere, and was not changed"):
        send(site, settings)
    assert files_of(tmp_path / "elsewhere") == {"holiday.jpg": b"beach"}


def test_an_empty_folder_may_be_replaced(site: Path, settings: PublishSettings, live: Path) -> None:
    live.mkdir()
    send(site, settings)
    assert (live / "index.html").read_text() == "one"


def test_a_file_that_somebody_changed_in_the_live_site_is_restored(
    site: Path, settings: PublishSettings, live: Path
) -> None:
    send(site, settings)
    (live / "index.html").write_text("graffiti")
    (live / "old.html").unlink()
    send(site, settings)
    assert (live / "index.html").read_text() == "one"
    assert (live / "old.html").read_text() == "old"


def test_a_release_without_a_manifest_is_read_from_its_files(
    site: Path, settings: PublishSettings, live: Path, tmp_path: Path
) -> None:
    """As earlier versions of this software left them, and as a torn one is."""
    send(site, settings)
    (tmp_path / "public.releases/1.json").write_text("{")
    plan = plan_of(target_of(settings), site)
    assert (plan.changed, plan.new, plan.same) == (
        ("a/index.html",),
        (),
        ("index.html", "old.html"),
    )
    send(site, settings)
    assert files_of(live)["a/index.html"] == LONG.encode()


def test_the_second_of_two_publishes_stops_with_a_message(
    site: Path, settings: PublishSettings, live: Path
) -> None:
    with target_of(settings).locked(), pytest.raises(CommandError) as refused:
        send(site, settings)
    assert str(refused.value) == f"Something else is publishing to the folder {live} just now"
    assert refused.value.hint == "Wait until it is done, and run the command again."
    assert not live.exists()


def test_locks_are_released_at_the_end_and_not_when_memory_is_tidied(
    tmp_path: Path, settings: PublishSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks: list[FileLock] = []

    def noted(*args: Any, **options: Any) -> FileLock:
        locks.append(FileLock(*args, **options))
        return locks[-1]

    monkeypatch.setattr(folder, "FileLock", noted)
    monkeypatch.setattr(publication, "FileLock", noted)
    with publication.project_lock(tmp_path / ".wardblog"), target_of(settings).locked():
        assert [lock.is_locked for lock in locks] == [True, True]
    assert [lock.is_locked for lock in locks] == [False, False]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_one_sentence(
    site: Path, settings: PublishSettings, tmp_path: Path
) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CommandError, match="Permission denied"):
        publish(settings, site, site / ".work")
    tmp_path.chmod(0o700)


def test_a_full_disk_leaves_the_old_site_and_no_partial_files(
    site: Path,
    settings: PublishSettings,
    live: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send(site, settings)
    write_files(site, {"index.html": "two"})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.move", full)
    with pytest.raises(CommandError) as refused:
        send(site, settings)
    assert str(refused.value) == f"Publishing to the folder {live} failed: No space left on device"
    assert refused.value.hint == "The live site was not changed."
    assert (live / "index.html").read_text() == "one"
    assert not list((tmp_path / "public.releases").glob("incoming-*"))


def test_web_server_settings_are_written_beside_the_site(site: Path, tmp_path: Path) -> None:
    settings = PublishSettings(path=str(tmp_path / "public"))
    target = FolderTarget(settings, Hosting(snippets={"nginx.conf": "index index.html;\n"}))
    plan = plan_of(target, site)
    staged = write_files(tmp_path / "parcel", {})
    staged.mkdir(exist_ok=True)
    for name in ("index.html", "old.html", "a/index.html", "a/index.html.gz", "a/index.html.br"):
        write_files(staged, {name: "x"})
    with target.locked():
        target.send(staged, plan, lambda _: None)
    assert (tmp_path / "public.nginx.conf").read_text() == "index index.html;\n"
    assert not [name for name in files_of(tmp_path / "public") if "conf" in name]


def test_an_interrupted_deletion_of_old_releases_leaves_no_partial_one(
    site: Path, settings: PublishSettings, live: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The release that was taken back must not come back, nor half of one."""
    for words in ("one", "two", "bad"):
        write_files(site, {"index.html": words})
        send(site, settings)
    target_of(settings).rollback()
    write_files(site, {"index.html": "mended"})

    class PowerCutError(Exception):
        pass

    def cut(*_: object, **__: object) -> None:
        raise PowerCutError

    with monkeypatch.context() as patched:
        patched.setattr(FolderTarget, "_switch", cut)
        with pytest.raises(PowerCutError):
            send(site, settings)
    assert (live / "index.html").read_text() == "two"
    send(site, settings)
    assert (live / "index.html").read_text() == "mended"
    target_of(settings).rollback()
    assert (live / "index.html").read_text() == "two"
    target_of(settings).rollback()
    assert (live / "index.html").read_text() == "one"


def test_a_partial_release_is_never_brought_back(
    site: Path, settings: PublishSettings, live: Path, tmp_path: Path
) -> None:
    for words in ("one", "two", "three"):
        write_files(site, {"index.html": words})
        send(site, settings)
    (tmp_path / "public.releases/2.json").unlink()
    (tmp_path / "public.releases/2/index.html").unlink()
    assert target_of(settings).rollback() == "release 1"
    assert (live / "index.html").read_text() == "one"


def test_a_web_server_can_read_files_despite_a_strict_umask(
    site: Path, settings: PublishSettings, live: Path, tmp_path: Path
) -> None:
    before = os.umask(0o077)
    try:
        send(site, settings)
    finally:
        os.umask(before)
    below = [live, *live.rglob("*"), tmp_path / "public.releases"]
    folders = [path for path in below if path.is_dir()]
    assert {oct(path.stat().st_mode)[-3:] for path in folders} == {"755"}
