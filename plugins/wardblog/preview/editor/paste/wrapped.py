"""Lines that end only because the paper or the window did, as in PDF files and old e-mails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bs4 import NavigableString, Tag
from bs4.element import PageElement

from wardblog.privacy.words import word_set
from wardblog.scaffold.old_blog.conversion.tags import plain_spaces
from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from wardblog.preview.editor.paste.reader import PastedHtml

Line = list[PageElement]
# What an item of a typed list begins with.
MARK = late_regex(
    r"\s*(?:[•●▪◦‣∙·⁃\uf0b7\uf0a7]|[-*–—+](?=\s)|\(?\d{1,3}[.)](?=\s)|[a-z][.)](?=\s))"
)
# What a paragraph of a report begins with.
_SECTION = late_regex(r"\s*\d{1,3}(?:\.\d{1,3})+\.?\s")
# The longest line of a wrapped text has so many characters; its others are almost as long.
_NARROWEST, _ALMOST = 40, 0.78
# So many of the lines go on in small letters, as sentences do.
_SMALL = 0.5
_BROKEN = late_regex(r"([^\W\d_]+)[-\u2010\u00ad]$")
_WORD = late_regex(r"[^\W\d_]+")
# Words before a hyphen that stays when the line after it is joined: "three-" and "storey".
_COMPOUND = word_set("""
    one two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty
    ninety hundred half quarter well ill long short high low self non ex anti multi cross north
    south east west part full first second third door year day week month hour fly car bus user
    face decision fast slow large small so vice
    """)


def lines_of(block: Tag) -> list[Line]:
    """The lines of a paragraph; there is at least one."""
    lines: list[Line] = [[]]
    for child in block.contents:
        if isinstance(child, Tag) and child.name == "br":
            lines.append([])
        else:
            lines[-1].append(child)
    return lines


def text_of_line(line: Line) -> str:
    words = "".join(one.get_text() if isinstance(one, Tag) else str(one) for one in line)
    return plain_spaces(words).strip()


def unwrapped(source: PastedHtml, block: Tag) -> list[Tag]:
    """A paragraph, or those that it has if its lines are wrapped."""
    lines = lines_of(block)
    texts = [text_of_line(line) for line in lines]
    width = max(map(len, texts))
    if len(lines) < 2 or not is_wrapped_text(texts, width):
        return [block]
    words = words_of("\n".join(texts))
    parts: list[Tag] = []
    group: list[Line] = []
    for line, text in [*zip(lines, texts, strict=True), ([], "")]:
        if text:
            group.append(line)
        elif group:
            parts += paragraphs(source, group, width, words)
            group = []
    return parts


def words_of(text: str) -> frozenset[str]:
    return frozenset(word.strip(".,;:()“”\"'").lower() for word in text.split())


def is_wrapped_text(texts: Sequence[str], width: int) -> bool:
    """Whether lines end because there was no more room, and not because somebody ended them."""
    below = [after for before, after in pairwise(texts) if _is_full(before, after, width)]
    small = sum(after[:1].islower() for after in below)
    return bool(below) and small >= _SMALL * len(below)


def _is_full(above: str, below: str, width: int) -> bool:
    """Whether the first word of a line had no room on the line above it."""
    if width < _NARROWEST or not above or not below:
        return False
    if MARK.match(below) or _SECTION.match(below):
        return False
    first = below.split(" ", 1)[0]
    return len(above) + 1 + len(first) > _ALMOST * width or bool(_BROKEN.search(above))


def paragraphs(
    source: PastedHtml, lines: Sequence[Line], width: int, words: frozenset[str]
) -> Iterator[Tag]:
    """Wrapped lines without a blank one between them, as one paragraph or several."""
    parts: list[list[Line]] = [[list(lines[0])]]
    texts = [text_of_line(line) for line in lines]
    was_full = False
    for number, (above, below) in enumerate(pairwise(texts), start=1):
        if _is_full(above, below, width):
            _append(parts[-1][-1], lines[number], words)
            was_full = True
            continue
        is_item = MARK.match(below)
        is_next_full = number + 1 < len(texts) and _is_full(below, texts[number + 1], width)
        if not is_item and (was_full or is_next_full or _SECTION.match(below)):
            parts.append([list(lines[number])])
        else:
            parts[-1].append(list(lines[number]))
        was_full = False
    for part in parts:
        yield source.new("p", with_breaks(source, part))


def with_breaks(source: PastedHtml, lines: Sequence[Line]) -> Line:
    result: Line = []
    for number, line in enumerate(lines):
        result += [source.new("br")] if number else []
        result += line
    return result


def _append(line: Line, below: Line, words: frozenset[str]) -> None:
    """Add the next line to one, and put a word together that was divided between them."""
    last, first = line[-1], below[0]
    ends, begins = _BROKEN.search(str(last).rstrip()), _WORD.match(str(first).lstrip())
    is_broken = (
        ends is not None
        and begins is not None
        and not isinstance(last, Tag)
        and begins[0][0].islower()
    )
    if not is_broken or ends is None or begins is None:
        line += [NavigableString(" "), *below]
        return
    word, rest = ends[1].lower(), begins[0]
    is_known = f"{word}{rest}" in words
    stays = f"{word}-{rest}" in words or (word in _COMPOUND and not is_known)
    line[-1] = NavigableString(str(last).rstrip()[:-1] + ("-" if stays else ""))
    line += [NavigableString(str(first).lstrip()), *below[1:]]
