"""Summaries and other plain words, as a person would read a text out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import MARKDOWN, POST, read_fine
from wardblog.content.markdown.cleaning import cleaned
from wardblog.content.markdown.markup import Markup
from wardblog.text.plain_text import plain, shortened, summary_of
from wardblog.views.feeds import feeds
from wardblog.views.output import Files

SUMMARIES = {
    "footnotes": (
        "The bins cost £500[^1] and we have 5[^2] of them.\n\n[^1]: Budget.\n\n[^2]: Plan.",
        "The bins cost £500 and we have 5 of them.",
    ),
    "a note by hand": ('It cost £500<sup><a href="#n">1</a></sup> in all.', "It cost £500 in all."),
    "a note in brackets": ("It cost £500[\\[1\\]](#n) in all.", "It cost £500 in all."),
    "a break": ("One<br>two  \nthree", "One two three"),
    "a picture first": ("![A yellow bin](bin.png)\n\nThe words.", "The words."),
    "a picture with its caption first": (
        "<figure><img src='a.png' alt='A'><figcaption>A bin</figcaption></figure>\n\nThe words.",
        "The words.",
    ),
    "a picture in the words": ("![A bin](bin.png) The words.", "The words."),
    "a table first": ("| a | b |\n|---|---|\n| 1 | 2 |\n\nThe words.", "The words."),
    "code first": ("```\ncode\n```\n\nThe words.", "The words."),
    "the title again": ("# A Title!\n\nThe words.", "The words."),
    "the title in bold": ("**A title**\n\nThe words.", "The words."),
    "a bold line first": ("**Eland Road**\n\nThe words.", "The words."),
    "a bold line above the words": ("**Eland Road**<br>\nThe words.", "The words."),
    "nothing but a bold line": ("**Eland Road**", "Eland Road"),
    "a note behind a space": ("It costs £500 [^1].\n\n[^1]: Budget.", "It costs £500."),
    "another heading": ("## Where\n\nThe words.", "The words."),
    "a list": ("- salt\n- a lid\n\nThe words.", "salt a lid"),
    "a list that was announced": ("Asked:\n\n- salt\n- a lid\n\nThe words.", "Asked: salt a lid"),
    "what was taken back": ("It is <del>not</del><ins>now</ins> open.", "It is now open."),
    "figures above and below": (
        "5 m<sup>2</sup>, CO<sub>2</sub>, the 1<sup>st</sup>",
        "5 m², CO₂, the 1st",
    ),
    "entities": ("Fish &amp; chips &lt;3 &pound;5&nbsp;each", "Fish & chips <3 £5 each"),
    "soft hyphens": ("neigh&shy;bour\u200bhood", "neighbourhood"),
    "an abbreviation": ("The TRO is out.\n\n*[TRO]: Traffic order", "The TRO is out."),
    "a quotation": ("<q>No</q>, she said.", "“No”, she said."),
    "a note to oneself": ("One <!-- two --> three", "One three"),
    "nothing but a picture": ("![A yellow bin](bin.png)", "A yellow bin"),
    "nothing but the title": ("# A title", ""),
    "right to left": ("نص **عربي** مع 12[^1]\n\n[^1]: x", "نص عربي مع 12"),
    "an address": ("1 Sample Street\nLondon\nSW11 0XX", "1 Sample Street London SW11 0XX"),
}


@pytest.mark.parametrize("case", SUMMARIES)
def test_a_summary_is_what_a_person_would_read_out(case: str) -> None:
    text, summary = SUMMARIES[case]
    assert summary_of(cleaned(Markup(MARKDOWN).html(text)), "A title") == summary


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("word " * 40, ("word " * 40).strip()),
        ("word " * 41, "word " * 39 + "word…"),
        ("word, " * 41, "word, " * 39 + "word…"),
        ("One sentence of five words. " * 9, ("One sentence of five words. " * 8) + "…"),
        ("字" * 400, "字" * 300 + "…"),
        ("e\u0301" * 200 + "x", "e\u0301" * 150 + "…"),
        ("x" + "e\u0301" * 200, "x" + "e\u0301" * 149 + "…"),
        ("👨‍👩‍👧" * 90, "👨‍👩‍👧" * 60 + "…"),
        ("x" + "👨‍👩‍👧" * 90, "x" + "👨‍👩‍👧" * 59 + "…"),
        ("\u2067" + "كلمة " * 50, "\u2067" + "كلمة " * 39 + "كلمة\u2069…"),
    ],
)
def test_a_long_summary_is_cut_at_a_sentence_a_word_or_a_whole_character(
    text: str, short: str
) -> None:
    assert shortened(" ".join(text.split())) == short


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>a</p><p>b</p>", "a b"),
        ("<td>a</td><td>b</td>", "a b"),
        ("<li>a<ul><li>b</li></ul></li>", "a b"),
        ('<a title="a > b" href="#x">word</a>', "word"),
        ("a < b", "a < b"),
        ("un<b>believ</b>able", "unbelievable"),
        ('<a href="#map">the map</a>', "the map"),
    ],
)
def test_words_in_different_blocks_are_separated(html: str, words: str) -> None:
    assert plain(html) == words


def test_lists_feeds_and_pages_have_the_same_summary(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "It cost £500[^1]<br>in all.\n\n[^1]: Budget.")
    site = read_fine(tmp_path, {"posts/fine.md": text})
    assert site.posts[0].summary == "It cost £500 in all."
    made = next(f for f in feeds(site) if isinstance(f, Files) and "feeds/all.json" in f.paths)
    content = dict(zip(made.paths, made.contents(site), strict=True))["feeds/all.json"]
    assert json.loads(content)["items"][0]["summary"] == "It cost £500 in all."


def test_a_summary_of_its_own_has_its_marks_taken_out_and_is_not_cut(tmp_path: Path) -> None:
    summary = "All of *this* costs £5[^1] " + "word " * 60
    text = POST.replace("\n\n", f"\nSummary: {summary}\n\n", 1) + "\n[^1]: Budget."
    site = read_fine(tmp_path, {"posts/fine.md": text})
    assert site.posts[0].summary == "All of this costs £5 " + ("word " * 60).strip()
