"""Plain text as paragraphs, quotations and lines: e-mails, notes, and what PDF files give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bs4 import NavigableString, Tag

from wardblog.preview.editor.paste.lines import SIGNATURE, with_number
from wardblog.preview.editor.paste.links import with_links_cleaned
from wardblog.preview.editor.paste.wrapped import (
    Line,
    is_wrapped_text,
    paragraphs,
    with_breaks,
    words_of,
)
from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from wardblog.preview.editor.paste.reader import PastedHtml

_QUOTED = late_regex(r"\s*>")
# Word's bullets of further levels, below those that are sure to be bullets.
_OF_WORD = late_regex(r"^[o§▪](?=\s)")
_MOST_QUOTED = 30


def plain_blocks(source: PastedHtml, text: str) -> list[Tag]:
    """The blocks of a text without any mark-up."""
    text = with_links_cleaned(text).replace("\xa0", " ").expandtabs(4)
    return list(map(with_number, _blocks(source, text.split("\n"), words_of(text), 0)))


def _blocks(
    source: PastedHtml, lines: Sequence[str], words: frozenset[str], depth: int
) -> Iterator[Tag]:
    lines = [line.strip() for line in lines]
    if any(line.startswith("•") for line in lines):
        lines = [_OF_WORD.sub("• ", line) for line in lines]
    width = max((len(line) for line in lines if not line.startswith(">")), default=0)
    is_wrapped = is_wrapped_text(lines, width)
    for kind, group in _groups(lines):
        if kind == "quoted" and depth < _MOST_QUOTED:
            inner = [line.removeprefix(">") for line in group]
            yield source.new("blockquote", list(_blocks(source, inner, words, depth + 1)))
        elif is_wrapped:
            yield from paragraphs(source, _elements(group), width, words)
        else:
            yield source.new("p", with_breaks(source, _elements(group)))


def _groups(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Lines without a blank one between them, with what they are: quoted or not."""
    group: list[str] = []
    kind = ""
    for line in [*lines, ""]:
        now = "quoted" if _QUOTED.match(line) else "words" if line else ""
        if SIGNATURE.fullmatch(line):
            now = ""
        if now != kind and group:
            yield kind, group
            group = []
        kind = now
        if now:
            group.append(line)


def _elements(lines: Sequence[str]) -> list[Line]:
    return [[NavigableString(line)] for line in lines]
