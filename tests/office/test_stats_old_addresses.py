"""Reads at old addresses count once, for what is there now."""

from __future__ import annotations

from pathlib import Path

from office.logs import daily, in_order, line, result_of, visit
from support import POST, WARD, read_fine
from wardblog.office.statistics.subjects import Subjects, subjects_of

NEW, RSS = "/2026/11/a-fine-post/", "/feeds/all.rss.xml"
TABLE = """\
old,new
/feed/,/feeds/all.rss.xml
/feeds/posts/default,/feeds/all.atom.xml
/category/bins/,/issues/grit-bins/#posts
/tag/caf%C3%A9/,/
/?cat=4,/issues/grit-bins/
"""
FEEDLY = "Feedly/1.0; 12 subscribers"


def subjects(folder: Path, below: str = "") -> Subjects:
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace(
            "\n\n", "\nAliases: /2015/bins/\n  /caf%C3%A9\n  /?p=3\n\n", 1
        ),
        "redirects.csv": TABLE,
        "ward.toml": WARD.replace('ward.example.org"', f'ward.example.org{below}"'),
    }
    return subjects_of(read_fine(folder, files))


def test_a_redirect_is_no_read_and_what_it_leads_to_is_one(tmp_path: Path) -> None:
    lines = [line("/2015/bins/", status=301), *visit(NEW), line("/?p=3", 60, status=301)]
    found = result_of(tmp_path, lines)
    assert found["reads"] == {NEW: 1}
    assert subjects(tmp_path / "site").by_title(found["reads"]) == {"A fine post": 1}


def test_where_a_page_forwards_both_addresses_are_those_of_the_post(tmp_path: Path) -> None:
    about = subjects(tmp_path)
    reads = {"/2015/bins/": 2, "/caf%C3%A9": 3, NEW: 4, "/tag/caf%C3%A9/": 1, "/": 1}
    assert about.by_title(reads) == {"A fine post": 9, "Home": 2}
    assert about.by_issue({"/category/bins/": 1, "/2015/bins/": 2}) == {"Grit bins": 3}


def test_in_a_folder_of_a_host_too(tmp_path: Path) -> None:
    about = subjects(tmp_path, "/blog")
    assert about.by_title({"/blog/2015/bins/": 1, "/2015/bins/": 1}) == {
        "A fine post": 1,
        "/2015/bins/": 1,
    }


def test_those_who_still_fetch_the_old_feed_subscribe_to_the_same(tmp_path: Path) -> None:
    lines = in_order([
        *daily(range(7), "192.0.2.7", FEEDLY, feed="/feed/"),
        *daily(range(7), "192.0.2.8", FEEDLY, feed="/feeds/posts/default"),
    ])  # fmt: skip
    found = result_of(tmp_path, lines)
    assert found["reads"] == {}
    assert found["subscribers"] == {"/feed/": 12, "/feeds/posts/default": 12}
    names = subjects(tmp_path / "site").feeds
    assert {names[path] for path in (*found["subscribers"], RSS)} == {"Everything"}
