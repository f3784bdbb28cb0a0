"""The table of old addresses, after a councillor has saved it with another program."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from scaffold.old_blogs import Desk, desk_in, old_blog, old_post
from wardblog.scaffold.old_blog.redirect_rows import can_be_added_to, merged
from wardblog.scaffold.old_blog.remembered import read_memory

FIRST = {"/feed/": "/feeds/all.rss.xml", "/tag/ice/": "/tags/ice/"}
SECOND = FIRST | {"/tag/snow/": "/tags/snow/"}


@pytest.mark.parametrize(
    ("before", "added"),
    [
        (
            "old;new;note\r\n/feed/;/feeds/all.rss.xml;\r\n/tag/ice/;/tags/ice/;\r\n"
            '/mine/;/;"caf\xe9; at the\r\ncorner"\r\n'.encode("cp1252"),
            b"/tag/snow/;/tags/snow/;\r\n",
        ),
        (
            b"\xef\xbb\xbfnew,note,Old\n/feeds/all.rss.xml,,/feed/\n\n/tags/ice/,,/tag/ice/\n",
            b"/tags/snow/,,/tag/snow/\n",
        ),
        (
            b"\xff\xfe" + "old\tnew\r\n/feed/\t/feeds/all.rss.xml\r\n".encode("utf-16-le"),
            "/tag/snow/\t/tags/snow/\r\n".encode("utf-16-le"),
        ),
        (b"old,new\n/mine/,/\x00", b"\n/tag/snow/,/tags/snow/\n"),
    ],
    ids=("semicolons in Windows-1252", "other order", "UTF-16", "no end of the last line"),
)
def test_lines_of_other_programs_stay_byte_for_byte(before: bytes, added: bytes) -> None:
    assert merged(before, FIRST, FIRST) == before
    assert merged(before, SECOND, FIRST) == before + added


def test_a_row_that_leads_elsewhere_now_keeps_its_place() -> None:
    table = b"old;new\n/mine/;/\n/tag/ice/;/tags/ice/\n/theirs/;/\n"
    rows = {"/tag/ice/": "/issues/winter/"}
    expected = b"old;new\n/mine/;/\n/tag/ice/;/issues/winter/\n/theirs/;/\n"
    assert merged(table, rows, FIRST) == expected
    assert merged(table, {}, FIRST) == b"old;new\n/mine/;/\n/theirs/;/\n"


@pytest.mark.parametrize("table", [b"from,to\n/a/,/b/\n", b"old,old,new\n", b"\xff\xfe\x00"])
def test_a_table_without_the_two_columns_is_left_to_the_checks(
    table: bytes, tmp_path: Path
) -> None:
    assert not can_be_added_to(table)
    assert merged(table, FIRST, {}) == table
    desk = desk_in(tmp_path, {"redirects.csv": table})
    blog = old_blog(old_post(), feeds=("/feed/",))
    desk.move(blog)
    assert (desk.content / "redirects.csv").read_bytes() == table
    # Once it is correct, the rows come: nobody has deleted them.
    assert read_memory(desk.private).redirects == {}
    (desk.content / "redirects.csv").write_text("old,new\n")
    assert "/feed/" in olds(move(desk))


def move(desk: Desk) -> str:
    desk.move(old_blog(old_post(), feeds=("/feed/",)))
    return (desk.content / "redirects.csv").read_text()


def olds(table: str) -> list[str]:
    return [row["old"] for row in csv.DictReader(StringIO(table))]


def test_a_table_without_rows_gets_a_heading_and_those_that_were_deleted_stay_away() -> None:
    assert merged(None, FIRST, {}).startswith(b"old,new\n/feed/,")
    assert merged(None, FIRST, FIRST) == b""
    assert merged(b"\n", SECOND, FIRST) == b"old,new\n/tag/snow/,/tags/snow/\n"
