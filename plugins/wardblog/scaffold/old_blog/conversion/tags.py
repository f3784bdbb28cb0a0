"""Reads values and words of elements, and knows how old texts say bold, italic and struck out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from bs4 import Tag
from bs4.element import PageElement

from wardblog.support.late_regex import late_regex

# Emphasis, by the element that an old text has it in.
_MARKS: Mapping[str, str] = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em",
    "s": "del", "strike": "del", "del": "del", "sub": "sub", "sup": "sup", "mark": "mark",
    "code": "code", "tt": "code", "kbd": "code", "samp": "code", "abbr": "abbr", "acronym": "abbr",
}  # fmt: skip
_BOLD = late_regex(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = late_regex(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = late_regex(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_STRUCK = late_regex(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_SPACES = late_regex(r"[ \t\r\n\f\v\xa0\u2000-\u200a\u202f\u3000]+")
_MOST_DIGITS = 9
_UNSEEN = late_regex("[\u200b\u00ad\u2060\ufeff\u0000-\u0008\u000e-\u001f\u007f-\u009f]")


class Mark(NamedTuple):
    """Emphasis or a link around words; `value` is the address or the explanation."""

    name: str
    value: str = ""

    @property
    def attributes(self) -> dict[str, str]:
        """Return what the element of this mark has."""
        return {"href" if self.name == "a" else "title": self.value} if self.value else {}


def plain_spaces(words: str) -> str:
    """Return words with single spaces, without characters that nobody sees."""
    return _SPACES.sub(" ", words if words.isascii() else _UNSEEN.sub("", words))


def text_of(element: PageElement) -> str:
    """Return the words in an element, with single spaces."""
    words = element.get_text() if isinstance(element, Tag) else str(element)
    return plain_spaces(words).strip()


def classes_of(tag: Tag) -> str:
    value = tag.get("class")
    return value if isinstance(value, str) else " ".join(value or ())


def value_of(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return value.strip() if isinstance(value, str) else ""


def number_of(tag: Tag, name: str) -> int | None:
    """Return the value of an attribute that is a number, or None."""
    value = value_of(tag, name)
    return int(value) if value.isdecimal() and len(value) <= _MOST_DIGITS else None


def marks_of(tag: Tag, name: str) -> list[Mark]:
    """Return the emphasis that an element gives to its words, by its name and its style."""
    style = value_of(tag, "style")
    mark = _MARKS.get(name)
    if mark == "strong" and style and _NOT_BOLD.search(style):
        mark = None
    if mark == "abbr":
        title = value_of(tag, "title")
        return [Mark("abbr", title)] if title else []
    marks = [Mark(mark)] if mark else []
    if style and name not in ("a", "code"):
        marks += [Mark("strong")] if _BOLD.search(style) else []
        marks += [Mark("em")] if _ITALIC.search(style) else []
        marks += [Mark("del")] if _STRUCK.search(style) else []
    return marks


def without_emphasis(tag: Tag) -> list[PageElement]:
    """Return what is in a tag, on one line and without bold words, as a heading has it."""
    for bold in tag.find_all("strong"):
        bold.unwrap()
    for line in tag.find_all("br"):
        line.replace_with(" ")
    for marked in tag.find_all(["em", "del", "code"]):
        while isinstance(after := marked.next_sibling, Tag) and after.name == marked.name:
            marked.extend(list(after.contents))
            after.decompose()
    return list(tag.contents)
