"""Lines of TOML tables and keys, which the standard parser does not keep."""

from __future__ import annotations

from wardblog.read.report import Report
from wardblog.read.toml import TomlFile, find_lines

TEXT = """\
# A comment
[site]
title = "A"  # another

[[issue]]
name = "B"

[[issue]]
name = "C"
colour = "red"
"""


def test_each_table_and_key_has_its_line() -> None:
    lines = find_lines(TEXT)
    assert (lines["site", 0].header, lines["site", 0].keys) == (2, {"title": 3})
    assert (lines["issue", 1].header, lines["issue", 1].keys) == (8, {"name": 9, "colour": 10})


def test_a_mistake_in_the_second_table_is_told_on_its_line() -> None:
    report = Report("issues.toml")
    file = TomlFile.parse(TEXT, report)
    assert file is not None
    for table in file.tables("issue"):
        table.colour("colour", "#000000")
    assert [(p.line, p.message) for p in report.problems] == [(10, '"red" is not a colour')]


def test_words_without_quotation_marks_are_asked_for() -> None:
    report = Report("ward.toml")
    file = TomlFile.parse("[site]\ntitle = 5\n", report)
    assert file is not None
    file.table("site").text("title")
    assert report.problems[0].hint == 'Write it with quotation marks: title = "..."'


def test_a_short_colour_is_written_out() -> None:
    report = Report("ward.toml")
    file = TomlFile.parse('[site]\naccent = "#1D5"\n', report)
    assert file is not None
    assert file.table("site").colour("accent", "#000000") == "#11dd55"
    assert report.problems == []
