"""What is compared, what is kept for visitors with an older page, and what is never believed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from support import write_files
from wardblog.model.addresses import hashed_path
from wardblog.model.outputs import OutputKind
from wardblog.publish.in_place import stages
from wardblog.publish.manifest import FileEntry, SiteManifest, build_manifest
from wardblog.publish.plan import GRACE, compare

NOW = 1_800_000_000
PAGE = FileEntry(digest="a", size=10, mtime=NOW - 9, media_type="text/html; charset=utf-8")
STYLE = "theme/style.0123456789ab.css"


def test_an_unused_stylesheet_stays_for_a_day() -> None:
    live = SiteManifest({"index.html": PAGE, STYLE: PAGE})
    site = SiteManifest({"index.html": replace(PAGE, digest="b")})
    plan = compare(site, live, NOW)
    assert (plan.kept, plan.gone, plan.removed) == ((STYLE,), (), ())
    pending_changes = SiteManifest({"index.html": replace(PAGE, digest="c")})
    assert compare(pending_changes, plan.manifest, NOW + GRACE - 1).kept == (STYLE,)
    over = compare(pending_changes, plan.manifest, NOW + GRACE)
    assert (over.kept, over.gone, over.removed) == ((), (STYLE,), (STYLE,))


def test_an_expired_unused_file_alone_is_no_change() -> None:
    live = SiteManifest({"index.html": PAGE, STYLE: PAGE}, {STYLE: NOW - 2 * GRACE})
    assert compare(SiteManifest({"index.html": PAGE}), live, NOW).is_empty


def test_a_stylesheet_that_is_used_again_is_not_retired() -> None:
    live = SiteManifest({"index.html": PAGE, STYLE: PAGE}, {STYLE: NOW - 5})
    plan = compare(SiteManifest({"index.html": PAGE, STYLE: PAGE}), live, NOW)
    assert (plan.is_empty, dict(plan.manifest.retired)) == (True, {})


def test_unchanged_files_keep_their_time_and_changed_ones_get_a_later_one() -> None:
    live = SiteManifest({"same": PAGE, "other": replace(PAGE, mtime=NOW + 5)})
    site = SiteManifest({"same": replace(PAGE, mtime=NOW), "other": replace(PAGE, digest="b")})
    files = compare(site, live, NOW).manifest.files
    assert files["same"].mtime == PAGE.mtime
    assert files["other"].mtime == NOW + 6


def test_a_manifest_survives_writing_and_reading() -> None:
    manifest = SiteManifest({"é/index.html": PAGE}, {"é/index.html": 3})
    assert SiteManifest.from_json(manifest.to_json()) == manifest


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/passwd", "a/../../b", "", "a\0b", "..", "a//../b"]
)
def test_a_manifest_with_paths_outside_the_site_is_rejected(path: str) -> None:
    said = json.loads(SiteManifest({"index.html": PAGE}).to_json())
    said["files"][path] = said["files"]["index.html"]
    assert SiteManifest.from_json(json.dumps(said).encode()) is None


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"\xff", b'{"version": 2}', b"null", b"7"])
def test_an_invalid_manifest_is_rejected(text: bytes) -> None:
    assert SiteManifest.from_json(text) is None


def test_a_manifest_says_what_each_file_is_and_an_older_one_need_not() -> None:
    site = SiteManifest({"tags/ice/index.html": replace(PAGE, kind=OutputKind.LIST)})
    again = SiteManifest.from_json(site.to_json())
    assert again
    assert again.files["tags/ice/index.html"].kind is OutputKind.LIST
    older = SiteManifest({"tags/ice/index.html": PAGE})
    assert (read := SiteManifest.from_json(older.to_json()))
    assert read.files["tags/ice/index.html"].kind is None
    assert compare(site, older, NOW).is_empty  # nothing is sent again for it
    unknown = site.to_json().replace(b'"list"', b'"a list"')
    assert SiteManifest.from_json(unknown) is None


def test_short_texts_and_pictures_are_not_compressed(tmp_path: Path) -> None:
    long = "x" * 1000
    write_files(tmp_path, {"a.html": long, "b.html": long[1:], "c.png": long, "d.svg": long})
    files = build_manifest(
        tmp_path, dict.fromkeys(("a.html", "b.html", "c.png", "d.svg")), compresses=True
    ).files
    assert [path for path, entry in files.items() if entry.is_compressed] == ["a.html", "d.svg"]
    assert not any(
        e.is_compressed
        for e in build_manifest(tmp_path, dict.fromkeys(files), compresses=False).files.values()
    )


def test_assets_are_sent_first_and_lists_last() -> None:
    kinds = {
        "index.html": OutputKind.INDEX,
        "2026/11/post/index.html": OutputKind.PAGE,
        "2026/11/index.html": OutputKind.LIST,
        "theme/a.css": OutputKind.ASSET,
        "data/a.csv": OutputKind.DATA,
        "feeds/all.json": OutputKind.FEED,
        "issues/grit-bins/index.html": OutputKind.INDEX,
        "about/index.html": OutputKind.PAGE,
        "old/page.html": OutputKind.MOVED,
        "images/bin.png": OutputKind.FILE,
        "sitemap.xml": OutputKind.MACHINE,
        "calendar.ics": OutputKind.CALENDAR,
        "404.html": OutputKind.NOT_FOUND,
        "tags/ice/index.html": OutputKind.LIST,
        "map.svg": OutputKind.PICTURE,
        "others/index.html": None,
    }
    files = {path: replace(PAGE, kind=kind) for path, kind in kinds.items()}
    plan = compare(SiteManifest(files), SiteManifest(), NOW)
    assert list(stages(plan)) == [
        ["data/a.csv", "images/bin.png", "map.svg", "theme/a.css"],
        ["2026/11/post/index.html", "404.html", "about/index.html", "old/page.html",
         "others/index.html"],
        ["2026/11/index.html", "calendar.ics", "feeds/all.json", "index.html",
         "issues/grit-bins/index.html", "sitemap.xml", "tags/ice/index.html"],
    ]  # fmt: skip


def test_a_name_changes_with_the_bytes() -> None:
    one, other = hashed_path("theme/a.css", b"1"), hashed_path("theme/a.css", b"2")
    assert one == "theme/a.6b86b273ff34.css"
    assert one != other
