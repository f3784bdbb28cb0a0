"""The councillor's own files: lines with keys, notes, and a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from wardblog.office.private_text import PrivateText, read_private_text
from wardblog.problems import Problem
from wardblog.report import Report

KEYS = {"Title": False, "Greeting": False, "Order": True, "Leave out": True}


def read(tmp_path: Path, text: str | bytes) -> tuple[PrivateText | None, list[Problem]]:
    path = tmp_path / "2026-12.md"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    report = Report("newsletters/2026-12.md")
    return read_private_text(path, report.file, KEYS, report), report.problems


def fine(tmp_path: Path, text: str | bytes) -> PrivateText:
    found, problems = read(tmp_path, text)
    assert problems == []
    assert found is not None
    return found


def test_lines_notes_and_text_are_told_apart(tmp_path: Path) -> None:
    found = fine(
        tmp_path,
        "# A note\nTitle: Winter: all of it\n# Another\nOrder: New posts\n       Coming up\n"
        "# A third, between\n       A post\nGreeting:\nLeave out:\n\n# A heading\n\nText: here\n",
    )
    assert found.first("Title") == "Winter: all of it"
    assert [(e.value, e.line) for e in found.all("Order")] == [
        ("New posts", 4), ("Coming up", 5), ("A post", 7)
    ]  # fmt: skip
    assert found.first("Greeting") == ""
    assert found.all("Leave out") == ()
    assert found.body == "# A heading\n\nText: here\n"
    assert found.body_line == 11


@pytest.mark.parametrize(
    "text",
    [
        "Title: One\r\nGreeting: Two\r\n\r\nText\r\n",
        b"\xef\xbb\xbfTitle: One\nGreeting: Two\n\nText\n",
        "Title: One\nGreeting: Two\n\nText\n".encode("utf-16"),
        "\n\n# Note\nTITLE : One\ngreeting: Two\n\nText\n",
        "Title: One\nGreeting: Two\n   \nText\n",
    ],
)
def test_what_editors_make_of_a_file_changes_nothing(tmp_path: Path, text: str | bytes) -> None:
    report = Report("x.md")
    path = tmp_path / "x.md"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    found = read_private_text(path, "x.md", KEYS, report)
    assert found is not None
    assert [p for p in report.problems if p.severity.value == "stop"] == []
    assert (found.first("Title"), found.first("Greeting")) == ("One", "Two")
    assert found.body.strip() == "Text"


@pytest.mark.parametrize("written", ["Leave out", "leave-out", "LEAVE  OUT", "Leave Out"])
def test_a_key_may_be_written_in_several_ways(tmp_path: Path, written: str) -> None:
    assert fine(tmp_path, f"{written}: A post\n\nText").all("Leave out")[0].value == "A post"


def test_a_long_value_may_go_on_in_the_next_line(tmp_path: Path) -> None:
    found = fine(tmp_path, "Title: One\n  and two\n\tand three\n\nText")
    assert found.first("Title") == "One and two and three"
    assert found.all("Title")[0].line == 1


def test_a_text_needs_no_lines_above_it(tmp_path: Path) -> None:
    found = fine(tmp_path, "Hello, everybody.\n\nMore.\n")
    assert (found.entries, found.body, found.body_line) == ((), "Hello, everybody.\n\nMore.\n", 1)


def test_a_file_may_have_no_text_or_nothing_at_all(tmp_path: Path) -> None:
    assert fine(tmp_path, "Title: One").body == ""
    assert fine(tmp_path, "Title: One\n").body == ""
    assert fine(tmp_path, "") == PrivateText(file="newsletters/2026-12.md", body_line=2)


def test_a_text_without_a_blank_line_above_it_is_a_text(tmp_path: Path) -> None:
    found = fine(tmp_path, "Title: One\nHello, everybody.\n")
    assert (found.body, found.body_line) == ("Hello, everybody.\n", 2)


def test_an_unknown_line_is_named_with_the_nearest(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "Title: One\nGreting: Two\n\nText")
    assert [(p.file, p.line, p.message) for p in problems] == [
        ("newsletters/2026-12.md", 2, 'there is no line called "Greting"')
    ]
    assert 'Did you mean "Greeting"?' in problems[0].hint


def test_words_with_a_colon_that_begin_the_text_are_explained(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "Title: One\nDear all: hello\n")
    assert "leave an empty line above it" in problems[0].hint


def test_a_continued_line_below_an_unknown_one_belongs_to_nothing_else(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "Greeting: Hello\nTitel: One\n  and two\n\nText")
    assert found is not None
    assert found.first("Greeting") == "Hello"
    assert len(problems) == 1


def test_a_line_that_is_there_twice_is_reported(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "Title: One\nTitle: Two\n\nText")
    assert [(p.line, p.message) for p in problems] == [(2, '"Title" appears twice')]
    assert found is not None
    assert found.first("Title") == "One"


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"PK\x03\x04", b"\x00" * 50])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    found, problems = read(tmp_path, data)
    assert found is None
    assert len(problems) == 1


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    report = Report("newsletters/none.md")
    assert read_private_text(tmp_path / "none.md", report.file, KEYS, report) is None
    assert "cannot be read" in report.problems[0].message
