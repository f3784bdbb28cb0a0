"""The text of a post, written back: lines that stay the same keep every byte."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from made_posts import ENCODINGS, PARTS, difference, lines_of, made_file
from wardblog.content.header.recognise import is_blank
from wardblog.content.write import values_in
from wardblog.content.write_text import file_text_of, text_of, with_file_text, with_text
from wardblog.problems import CommandError

FILES = 1_000
HEADER = b"Title: A\nDate: 2026-11-20\n\n"
# What editors cannot show, or write in another way, beside ordinary words.
ODD = (
    "\r",
    "\n",
    "\r\n",
    "\0",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\ufeff",
    " ",
    "\t",
    "a",
    "Elm",
    "é",
    "–",
    "\U0001f600",
    "---",
    "Title: B",
    "# C",
    "\ud800",
    "\udcff",
)
TEXTS = st.lists(st.sampled_from(ODD) | st.text(max_size=3), max_size=12).map("".join)
HEADERS = st.sampled_from(
    (
        b"",
        b"Title: A\n",
        b"Title: A\r\n\r\n",
        b"---\ntitle: 'A: b'\n---\n",
        b"---\nTitle: A\n---",
        b"Title: A",
        b"\n\nTitle: A\n  b\n \n",
    )
)


def in_an_editor(text: str) -> str:
    """A text as a browser's text field or CodeMirror gives it back: with its own line ends."""
    return re.sub("\r\n?", "\n", text)


@pytest.mark.parametrize("part", PARTS)
def test_a_thousand_posts_opened_and_saved_untouched_keep_every_byte(part: int) -> None:
    for seed in range(part, FILES, 10):
        data = made_file(seed).data
        assert with_text(data, in_an_editor(text_of(data))) == data, seed
        assert with_file_text(data, in_an_editor(file_text_of(data))) == data, seed


@pytest.mark.parametrize("part", PARTS)
def test_one_line_more_in_the_text_changes_no_byte_of_the_others(part: int) -> None:
    for seed in range(part, FILES, 10):
        made, r = made_file(seed), random.Random(-seed)  # noqa: S311 - the same each time
        lines = text_of(made.data).split("\n")
        at = r.randint(0, len(lines)) if any(lines) else 0
        new = with_text(made.data, "\n".join([*lines[:at], "One café more.", *lines[at:]]))
        assert values_in(new) == values_in(made.data), seed
        assert text_of(new).split("\n")[at] == "One café more.", seed
        gone, come = difference(lines_of(made, made.data), lines_of(made, new))
        # The last line of a file gets an ending, and a text that begins has a blank line above.
        others = [line for line in come if "One café more." not in line]
        assert len(come) == len(others) + 1, seed
        assert len(gone) <= 1, seed
        assert "".join(others).strip("\r\n") == "".join(gone).strip("\r\n"), seed
        assert len(others) <= len(gone) + 1, seed


@given(header=HEADERS, text=TEXTS)
@example(header=b"Title: A\n\n", text="a\x0c\r\u2028\0b")
@example(header=b"", text="\ufeff")
def test_any_text_opened_and_saved_untouched_keeps_every_byte(header: bytes, text: str) -> None:
    data = header + text.encode("utf-8", "surrogatepass")
    assert with_file_text(data, in_an_editor(file_text_of(data))) == data
    try:
        opened = text_of(data)
    except CommandError:
        return  # a header that cannot be read; then the whole file is shown
    assert with_text(data, in_an_editor(opened)) == data


@given(data=st.binary(max_size=60))
def test_any_bytes_opened_and_saved_untouched_stay_the_same(data: bytes) -> None:
    try:
        text = file_text_of(data)
    except CommandError:
        return  # no text at all, which is never opened
    assert with_file_text(data, text) == data


@given(before=TEXTS, after=TEXTS)
@example(before="a\r\nb\nc\rd", after="a\nc\nd")
@example(before="", after="a")
@example(before="a", after="")
@example(before="", after="\ufeff")  # which nobody sees
@example(before="a\rb\nc\n\nd", after="a\n\nd")  # two endings must not become one
def test_any_new_text_is_read_back_and_keeps_the_header_lines(before: str, after: str) -> None:
    data = HEADER + before.encode("utf-8", "surrogatepass")
    new = with_text(data, after)
    assert new.startswith(HEADER.rstrip(b"\n"))
    normal = re.sub("\r\n|[\r\u2028\u2029]", "\n", after)
    if not is_blank(normal.split("\n")[0]):  # blank lines may be part of the header
        assert text_of(new) == normal


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("Title: A\n\nOne.\n", "Two.\n", "Title: A\n\nTwo.\n"),
        ("Title: A\r\n\r\nOne.\r\n", "One.\nTwo.\n", "Title: A\r\n\r\nOne.\r\nTwo.\r\n"),
        ("Title: A\n\nOne.", "One.\nTwo.", "Title: A\n\nOne.\nTwo."),
        ("Title: A\n\n\n\nOne.\n", "Two.\n", "Title: A\n\n\n\nTwo.\n"),
        ("Title: A\n\na\rb\r\nc\nd\u2028e", "a\nb\nc\nx\nd\ne",
         "Title: A\n\na\rb\r\nc\nx\nd\u2028e"),
        ("Title: A\n\na\u2028b", "a\nx\nb", "Title: A\n\na\u2028x\nb"),
        # A text that begins anew leaves the blank line that parts it from the header lines.
        ("Title: A", "One.", "Title: A\n\nOne."),
        ("Title: A\n", "One.", "Title: A\n\nOne."),
        ("Title: A\n\n", "One.", "Title: A\n\nOne."),
        ("Title: A\r\n", "One.\n", "Title: A\r\n\r\nOne.\r\n"),
        ("Title: A\n\n\n", "One.", "Title: A\n\n\nOne."),
        ("Title: A\nOne.", "Two.", "Title: A\n\nTwo."),
        ("---\nTitle: A\n---", "One.", "---\nTitle: A\n---\nOne."),
        ("---\nTitle: A\n---\n", "One.", "---\nTitle: A\n---\nOne."),
        ("---\nTitle: A\n---\nOne.", "Two.", "---\nTitle: A\n---\nTwo."),
        ("", "One.", "One."),
        ("Only text.", "Other text.", "Other text."),
        ("Title: A\n\nOne.\n", "", "Title: A\n\n"),
    ],
)  # fmt: skip
def test_a_new_text_is_written_as_its_author_would(before: str, text: str, after: str) -> None:
    assert with_text(before.encode(), text).decode() == after


@pytest.mark.parametrize("codec", [c for c in ENCODINGS if c != "utf-8"])
def test_the_encoding_stays(codec: str) -> None:
    data = ENCODINGS[codec] + "Title: Café\n\nOne.".encode(codec)
    expected = ENCODINGS[codec] + "Title: Café\n\nTwo – £5.".encode(codec)
    assert with_text(data, "Two – £5.") == expected
    whole = ENCODINGS[codec] + "Title: Cafés\n\nOne.".encode(codec)
    assert with_file_text(data, "Title: Cafés\n\nOne.") == whole


@pytest.mark.parametrize("words", ["A heart ♥.", "MÃ©l"])
def test_a_character_that_the_encoding_lacks_makes_the_file_utf_8(words: str) -> None:
    data = "Title: Cafe\r\n\r\nOne é.\r\n".encode("cp1252")
    if words == "MÃ©l":  # in Windows-1252, these bytes would be taken for UTF-8
        assert with_text(data, words) == f"Title: Cafe\r\n\r\n{words}".encode()
    else:
        assert with_text(data, f"One é.\n{words}\n").decode() == (
            f"Title: Cafe\r\n\r\nOne é.\r\n{words}\r\n"
        )


def test_what_is_no_text_is_refused_in_one_sentence() -> None:
    with pytest.raises(CommandError) as refused:
        file_text_of(b"%PDF-1.7\0\x81\xff")
    assert str(refused.value) == "This file is not text, so it cannot be changed here"
    assert refused.value.hint.startswith("Open it in the program that made it")
