"""Lines of TOML tables and keys, which the standard parser does not keep."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from growth import assert_grows_with_input
from wardblog.content.toml.toml_file import TomlFile
from wardblog.content.toml.toml_lines import find_lines
from wardblog.report import Report

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


def test_a_mistake_in_the_second_table_is_reported_on_its_line() -> None:
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


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("name = “Grit bins”", "Grit bins"),
        ("name = ”Grit bins”", "Grit bins"),
        ("name = ‘Robin’s bins’", "Robin’s bins"),
        ("name = „Bins“", "Bins"),
        ("name = «Bins» # “new”", "Bins"),
        ('name = “Bins"', "Bins"),
        ('name = "Bins”', "Bins"),
        ('name = “the "new" bins”', 'the "new" bins'),
        ("name = “the “new” bins”", "the “new” bins"),
        ('name = "the “new” bins"', "the “new” bins"),
        ("name = 'it’s “new”'", "it’s “new”"),
        ('name = """\nthe\n“new” = “x”\nbins"""', "the\n“new” = “x”\nbins"),
    ],
)
def test_curly_quotation_marks_around_a_value_are_read_as_straight_ones(
    line: str, value: str
) -> None:
    report = Report("issues.toml")
    file = TomlFile.parse(f"[[issue]]\n{line}\n", report)
    assert file is not None
    assert report.problems == []
    assert file.tables("issue")[0].values == {"name": value}


def test_a_list_between_curly_marks_is_read() -> None:
    file = TomlFile.parse("[guard]\nallow = [“a”, 'b', ‘c’]\n", Report("ward.toml"))
    assert file is not None
    assert file.table("guard").words("allow") == ("a", "b", "c")


def test_a_curly_mark_without_its_end_is_a_mistake_on_its_line() -> None:
    report = Report("ward.toml")
    assert TomlFile.parse("[site]\ntitle = “Ward”\nurl = “https://x\n", report) is None
    assert [(p.line, p.message) for p in report.problems] == [
        (3, 'cannot read this line: "url = “https://x"')
    ]


def curly_lines(number: int) -> str:
    return "[site]\n" + "".join(f"k{n} = “{n}”\n" for n in range(number))


def one_curly_line(number: int) -> str:
    return "x = " + "“" * 20 * number


@pytest.mark.parametrize("text", [curly_lines, one_curly_line])
def test_many_curly_marks_take_time_that_grows_with_their_number(
    text: Callable[[int], str],
) -> None:
    def work(number: int) -> Callable[[], object]:
        return partial(TomlFile.parse, text(number), Report("ward.toml"))

    assert_grows_with_input(work, 2_500)


def test_a_misspelt_key_is_read_and_reported_once() -> None:
    report = Report("ward.toml")
    file = TomlFile.parse('[sit]\ntitel = "A"\n', report)
    assert file is not None
    table = file.table("site")
    assert table.text("title", "", True) == "A"
    table.finish()
    file.finish()
    assert [p.message for p in report.problems] == [
        'there is no key called "titel" in [site]',
        "there is no table called [sit]",
    ]
