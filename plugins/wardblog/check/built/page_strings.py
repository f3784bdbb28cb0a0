"""Read the strings of a page part by part, so that parts that many pages share are read once."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from wardblog.support.late_regex import late_regex
from wardblog.text.html_tree import text_in, xpath
from wardblog.text.words import MONTHS

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements that contain other elements, and no text of their own.
_HOLDERS = frozenset(
    ("html", "body", "main", "div", "section", "article", "header", "footer", "nav",
     "aside", "ul", "ol", "dl", "details", "form", "figure", "fieldset")
)  # fmt: skip
# No two pages have the same ones of these.
_ALWAYS_NEW = frozenset(("html", "body", "main", "article"))
# Up to this many elements are read at once rather than part by part.
_FEW = 6
_DIGIT = late_regex(r"\d")
# An e-mail address with its punctuation written as words.
_WRITTEN_OUT = late_regex(r"\bdot\b|[\[({<] ?(?:at|dot)\b", re.IGNORECASE)
_BRACKETS = ("(", "[", "{", "<")
_TAG = late_regex(r"<[^<>]*>")
_DATE = late_regex(
    rf"\b\d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?\b(?![-\d])"
    rf"|\b\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}\b"
)
# What in a tag may be a number or an address; the addresses of posts have fewer figures.
_IN_TAG = late_regex(r"""="[^"]*?(?:[@%]|(?:\d[ ().+/-]?){7})""")


def may_say(text: str) -> bool:
    """Whether a text has digits other than those of dates, or an e-mail address."""
    if "@" in text:
        return True
    at = 0
    while digit := _DIGIT.search(text, at):
        date = _DATE.match(text, digit.start())
        if date is None:
            return True
        at = date.end()
    if "dot" not in text.lower() and not any(bracket in text for bracket in _BRACKETS):
        return False
    return bool(_WRITTEN_OUT.search(_DATE.sub("", text) if at else text))


def html_may_say(html: str) -> bool:
    """The same for HTML, in its text or in its tags, without parsing it."""
    return may_say(unescape(_TAG.sub(" ", html))) or tags_may_say(html)


def tags_may_say(html: str) -> bool:
    """The same for the attributes of its tags alone."""
    # Few tags have so many figures, and dates take longer to find.
    return bool(_IN_TAG.search(html)) and bool(_IN_TAG.search(_DATE.sub("", html)))


class PageStrings:
    """Reads pages. `inspected` has the marks of parts that need not be read again.

    `known` is the text of a post that was inspected where it was written.
    """

    def __init__(self, inspected: set[int], known: str) -> None:
        # late import: see docs/architecture.md
        from wardblog.privacy.links import expand_links
        from wardblog.privacy.shown import as_xml, visible_text_in

        self._inspected, self._known = inspected, known
        self._as_xml, self._visible_text, self._read = as_xml, visible_text_in, expand_links
        self._found: list[str] = []

    def of(self, page: _Element) -> list[str]:
        """The strings of a page that may contain personal data."""
        self._look(page)
        return self._found

    def _look(self, element: _Element) -> None:
        if self._known and element.get("class") == "text" and self._is_known(element):
            return
        if element.tag in _ALWAYS_NEW and self._holds_others(element):
            self._look_within(element)
            return
        xml = self._as_xml(element)
        mark = hash(xml)
        if mark in self._inspected:
            return
        self._inspected.add(mark)
        if element.tag == "head":
            lines = "\n".join(xpath(".//@*|.//text()")(element)).split("\n")
            # Addresses are there several times.
            self._found += (self._read(one) for one in dict.fromkeys(lines) if may_say(one))
        elif self._holds_others(element):
            self._look_within(element)
        elif may_say(text_in(element)) or tags_may_say(xml):
            self._found += self._visible_text(xml, element).split("\n\n")

    def _look_within(self, element: _Element) -> None:
        """Look at an element that has no words of its own."""
        self._found += map(str, element.attrib.values())
        for child in element:
            self._look(child)

    def _is_known(self, element: _Element) -> bool:
        return "".join(text_in(element).split()) == self._known

    @staticmethod
    def _holds_others(element: _Element) -> bool:
        """Whether all text is in child elements, and they are worth reading separately."""
        if element.tag not in _HOLDERS or len(element) == 0 or _is_short(element):
            return False
        if element.text and not element.text.isspace():
            return False
        return all(child.tail is None or child.tail.isspace() for child in element)


def _is_short(element: _Element) -> bool:
    if element.tag in ("html", "body", "main"):
        return False
    return next(islice(element.iter(), _FEW, None), None) is None


def solid_text(html: str) -> str:
    """The text of a post's HTML, whose tags are all complete, without any space."""
    return "".join(unescape(_TAG.sub("", html)).split())
