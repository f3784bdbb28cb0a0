"""The lines on top of a post: the same as Python-Markdown's, with line numbers."""

from __future__ import annotations

import pytest
from markdown import Markdown

from wardblog.content.header.front_matter import PostFile, split
from wardblog.report import Report


def document(text: str) -> tuple[PostFile, list[str]]:
    report = Report("posts/a.md")
    return split(text, report), [p.message for p in report.problems]


def test_keys_have_lines_and_the_text_begins_after_the_blank_one() -> None:
    found, problems = document("Title: A\ndate: 2026-11-20\n\nThe text.\n")
    assert [(e.key, e.value, e.line) for e in found.entries] == [
        ("Title", "A", 1),
        ("Date", "2026-11-20", 2),
    ]
    assert (found.body, found.body_line, problems) == ("\nThe text.\n", 3, [])


def test_indented_lines_go_on_with_the_key_above() -> None:
    text = "Places: A | 1\n        B | 2\nSummary: One\n  sentence.\n\nText"
    found, problems = document(text)
    assert [(e.key, e.value, e.line) for e in found.entries] == [
        ("Places", "A | 1", 1),
        ("Places", "B | 2", 2),
        ("Summary", "One sentence.", 3),
    ]
    assert problems == []


def test_a_repeatable_key_may_stand_several_times() -> None:
    found, problems = document("Deadline: a\nDeadline: b\n\nText")
    assert [e.value for e in found.all("Deadline")] == ["a", "b"]
    assert problems == []


def test_dashes_around_the_header_are_understood() -> None:
    found, problems = document("---\nTitle: A\n---\nText")
    assert [e.value for e in found.entries] == ["A"]
    assert (found.body, problems) == ("Text", [])


def test_a_text_may_begin_with_words_and_a_colon() -> None:
    found, _ = document("Title: A\n\nNote: this is text.\n")
    assert "Note: this is text." in found.body


def test_the_places_of_an_unknown_key_are_not_given_to_the_key_above() -> None:
    found, problems = document("Title: A\nPlacse: B | 1\n        C | 2\n\nText")
    assert [e.value for e in found.entries] == ["A"]
    assert problems == ['there is no line called "Placse"']


@pytest.mark.parametrize(
    "text",
    [
        "Title: A\nTags: b, c\n\nText\n",
        "title: A\nPlaces: one\n        two\nSummary:   s\n\nText\n\nmore",
        "---\nTitle: A\n---\n\nText",
    ],
)
def test_python_markdown_reads_the_same(text: str) -> None:
    markdown = Markdown(extensions=["markdown.extensions.meta"])
    markdown.convert(text)
    ours: dict[str, list[str]] = {}
    for entry in document(text)[0].entries:
        ours.setdefault(entry.key.lower(), []).append(entry.value)
    assert ours == markdown.Meta  # type: ignore[attr-defined]
