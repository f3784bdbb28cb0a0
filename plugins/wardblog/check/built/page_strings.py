"""Read the strings of a page part by part, so that parts that many pages share are read once."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from wardblog.check.built.plain_page import may_say, tags_may_say
from wardblog.text.html_tree import text_in, xpath

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
