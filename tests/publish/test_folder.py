"""Publishing to a folder: whole releases, a link that is switched, and nothing else touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import files_of, write_files
from wardblog.model import PublishSettings
from wardblog.publish import Refused, target_of
from wardblog.publish.folder import KEEP, FolderTarget

FIRST = {"index.html": "one", "a/index.html": "a", "old.html": "old", ".wardblog.json": "{}"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_files(tmp_path / "output", FIRST)


def publish(site: Path, tmp_path: Path) -> FolderTarget:
    target = FolderTarget(str(tmp_path / "public"))
    target.publish(site, target.plan(site))
    return target


def test_residents_get_what_was_built_without_our_own_files(site: Path, tmp_path: Path) -> None:
    publish(site, tmp_path)
    assert sorted(files_of(tmp_path / "public")) == ["a/index.html", "index.html", "old.html"]


def test_the_plan_says_what_is_new_changed_and_gone(site: Path, tmp_path: Path) -> None:
    target = publish(site, tmp_path)
    (site / "old.html").unlink()
    write_files(site, {"index.html": "two", "new.html": "new"})
    plan = target.plan(site)
    assert (plan.new, plan.changed, plan.gone) == (("new.html",), ("index.html",), ("old.html",))
    assert plan.sentence == "3 files: 1 new, 1 changed, 1 gone"


def test_files_that_did_not_change_are_shared_with_the_release_before(
    site: Path, tmp_path: Path
) -> None:
    target = publish(site, tmp_path)
    before = (tmp_path / "public/a/index.html").stat()
    write_files(site, {"index.html": "two", "a/index.html": "a"})
    target.publish(site, target.plan(site))
    after = (tmp_path / "public/a/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (tmp_path / "public/index.html").read_text() == "two"


def test_rollback_brings_back_the_bytes_of_the_release_before(site: Path, tmp_path: Path) -> None:
    target = publish(site, tmp_path)
    before = files_of(tmp_path / "public")
    write_files(site, {"index.html": "two"})
    target.publish(site, target.plan(site))
    assert target.rollback() == "1"
    assert files_of(tmp_path / "public") == before
    with pytest.raises(Refused, match="no earlier release"):
        target.rollback()


def test_a_release_that_was_taken_back_does_not_come_back(site: Path, tmp_path: Path) -> None:
    target = publish(site, tmp_path)
    for words in ("two", "bad"):
        write_files(site, {"index.html": words})
        target.publish(site, target.plan(site))
    target.rollback()
    write_files(site, {"index.html": "mended"})
    target.publish(site, target.plan(site))
    target.rollback()
    assert (tmp_path / "public/index.html").read_text() == "two"


def test_only_the_last_releases_are_kept(site: Path, tmp_path: Path) -> None:
    for number in range(KEEP + 3):
        write_files(site, {"index.html": str(number)})
        publish(site, tmp_path)
    kept = sorted(int(p.name) for p in (tmp_path / "public.releases").iterdir())
    assert kept == list(range(4, 4 + KEEP))


def test_a_folder_of_somebody_elses_is_left_as_it_is(site: Path, tmp_path: Path) -> None:
    write_files(tmp_path / "public", {"holiday.jpg": "beach"})
    target = FolderTarget(str(tmp_path / "public"))
    with pytest.raises(Refused, match="was left as it is"):
        target.plan(site)
    with pytest.raises(Refused):
        target.rollback()
    assert files_of(tmp_path / "public") == {"holiday.jpg": b"beach"}


def test_an_empty_folder_may_be_replaced(site: Path, tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    publish(site, tmp_path)
    assert (tmp_path / "public/index.html").read_text() == "one"


def test_an_interrupted_publish_leaves_the_old_site_and_the_next_completes_it(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = publish(site, tmp_path)
    write_files(site, {"index.html": "two"})
    plan = target.plan(site)

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(FolderTarget, "_switch", power_cut)
        with pytest.raises(KeyboardInterrupt):
            target.publish(site, plan)
    assert (tmp_path / "public/index.html").read_text() == "one"
    target.publish(site, target.plan(site))
    assert (tmp_path / "public/index.html").read_text() == "two"


def test_a_target_that_is_not_built_yet_is_refused_in_plain_words() -> None:
    with pytest.raises(Refused, match='Publishing to "s3" is not possible yet'):
        target_of(PublishSettings("s3", "bucket"))


def test_the_headers_for_the_web_server_lie_beside_the_site(site: Path, tmp_path: Path) -> None:
    headers = {"Content-Security-Policy": "default-src 'self'", "X-Other": "1"}
    target = FolderTarget(str(tmp_path / "public"), headers)
    target.publish(site, target.plan(site))
    written = (tmp_path / "public.headers.txt").read_text(encoding="utf-8")
    assert written == "Content-Security-Policy: default-src 'self'\nX-Other: 1\n"
    assert "headers.txt" not in " ".join(files_of(tmp_path / "public"))
