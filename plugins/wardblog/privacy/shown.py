"""Turns HTML into plain text that can be searched for personal data, attributes included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING

from wardblog.privacy.links import expand_links, words_of_address
from wardblog.support.late_regex import late_regex
from wardblog.text.html_tree import is_plain_html, parse_html

if TYPE_CHECKING:
    from lxml.etree import _Element

# Inline elements; all others start a new paragraph.
_INLINE = frozenset(
    ("a", "abbr", "acronym", "area", "b", "bdi", "bdo", "big", "button", "cite", "code", "data",
     "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "map", "mark", "output", "q",
     "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "slot", "small", "span", "strike", "strong",
     "sub", "sup", "svg", "text", "time", "tspan", "tt", "u", "var", "wbr")
)  # fmt: skip
_CELLS = frozenset(("td", "th"))
_UNSHOWN = late_regex(r"<(script|style)\b[^<>]*>[^<]*</\1>")
_PREFORMATTED = late_regex(r"(<pre\b.*?</pre>)", re.DOTALL)
_TAG = late_regex(r"(<[^<>]*>)")
_NAME = late_regex(r"</?(?:[\w.-]+:)?([\w.-]+)")
_ATTRIBUTE = late_regex(r"""\s([\w:.-]+)="([^"]*)\"""")
# Attributes that browsers show or read out in the place of their element.
_SPOKEN = frozenset(("alt", "title", "aria-label", "label", "placeholder", "value", "datetime"))
_ADDRESSES = frozenset(
    ("href", "src", "cite", "poster", "data", "action", "formaction", "srcset", "xlink:href")
)
_MAY_SAY = late_regex(r"[\d@]|[^\W\d_]\s+[^\W\d_]")
# The steps of a drawn line (SVG 2, 9.3), which nobody reads as figures.
_STEPS = late_regex(r"M-?[\d.]+ -?[\d.]+[MmLlHhVvCcSsQqTtAaZz][\d\s.,MmLlHhVvCcSsQqTtAaZz-]*")
# A placeholder for <br>, told apart from line ends in the source.
_BR = "\x1f"
_LINE_END = late_regex(f" *{_BR} *\n?")
_BREAK = late_regex(r" *\n[ \n]*")
# The same where no space is before a line end, which is found much more quickly.
_PLAIN_BREAK = late_regex(r"\n[ \n]*")
_PART = late_regex(r"[\w+()@. -]{1,16}")
# The cells of a row belong on one line, however the source is broken.
_BEFORE_CELL = late_regex(r"\s*\n\s*(?=<t[dh]\b)")
_OF_A_NUMBER = late_regex(r"\(?0\d{2,5}\)?|\+\d{2,}|[A-Za-z]{2}")


def visible_text(html: str) -> str:
    """Return the text of HTML, with that of its attributes and links.

    Line ends are kept; a blank line separates paragraphs, and a bar separates table cells.
    """
    if "<" not in html and "&" not in html:
        return html
    if is_plain_html(html):
        return visible_text_in(html)
    root, _ = parse_html(html.encode("utf-8", "replace"))
    return "" if root is None else visible_text_of(root)


def visible_text_without_quotations(html: str) -> str:
    """Return the text of HTML without `blockquote` and `q`."""
    root, _ = parse_html(html.encode("utf-8", "replace"))
    if root is None:
        return ""
    from lxml import etree

    etree.strip_elements(root, "blockquote", "q", with_tail=False)
    return visible_text_of(root)


def visible_text_of(root: _Element) -> str:
    """Return the text of an element and its descendants, as `visible_text` does."""
    return visible_text_in(as_xml(root), root)


def as_xml(root: _Element) -> str:
    """Return an element as XML: tags and entities have one form only, so patterns are reliable."""
    from lxml import etree

    xml: str = etree.tostring(root, encoding="unicode", with_tail=False)
    return xml


def visible_text_in(xml: str, root: _Element | None = None) -> str:
    """The same for an element `root` whose `xml` is known; without tables it need not be."""
    if "<script" in xml or "<style" in xml:
        xml = _UNSHOWN.sub("", xml)
    if "<td" in xml or "<th" in xml:
        xml = _BEFORE_CELL.sub("", xml)
    apart: list[str] = []
    pieces = _PREFORMATTED.split(xml) if "<pre" in xml else [xml]
    text = "".join(
        _text(piece if piece.startswith("<pre") else _squeezed(piece), apart) for piece in pieces
    )
    text = unescape(text)
    if _BR in text:
        text = _LINE_END.sub("\n", text)
    text = (_BREAK if " \n" in text else _PLAIN_BREAK).sub(_as_ended, text).strip("\n ")
    return "\n\n".join((expand_links(text), *apart, *_split_over_cells(root, xml)))


def _squeezed(xml: str) -> str:
    """Collapse spaces. Line ends stay: letters are recognised by their lines."""
    # Of all kinds of space, only the usual one is printable.
    if "  " not in xml and xml.replace("\n", "").isprintable():
        return xml
    lines = (" ".join(f"x{line}x".split())[1:-1] for line in xml.split("\n"))
    return "\n".join(lines)


def _text(xml: str, apart: list[str]) -> str:
    """Return the text in order; hidden attribute values are added to `apart`."""
    pieces = _TAG.split(xml)
    for at in range(1, len(pieces), 2):
        pieces[at], carried = _of_tag(pieces[at])
        if carried:
            apart += carried
    return "".join(pieces)


@lru_cache(maxsize=8192)
def _of_tag(tag: str) -> tuple[str, tuple[str, ...]]:
    """Return the text that replaces a tag, still with entities, and its hidden attribute values."""
    found = _NAME.match(tag)
    name = found[1] if found else ""
    shown, carried = list[str](), list[str]()
    for key, written in _ATTRIBUTE.findall(tag) if "=" in tag else ():
        if key in _ADDRESSES:
            shown += (f" {escape(words)} " for words in words_of_address(unescape(written)))
        elif key in _SPOKEN:
            shown.append(f" {written} ")
        elif _MAY_SAY.search(written) and not (key == "d" and _STEPS.fullmatch(written)):
            carried.append(unescape(written))
    return _boundary(name, tag.startswith("</")) + "".join(shown), tuple(carried)


def _boundary(name: str, is_end: bool) -> str:
    if name in _INLINE:
        return ""
    if name == "br":
        return _BR
    if name in _CELLS:
        return " " if is_end else " | "
    return "\n\n"


def _as_ended(found: re.Match[str]) -> str:
    return "\n\n" if found[0].count("\n") > 1 else "\n"


def _split_over_cells(root: _Element | None, xml: str) -> Iterator[str]:
    """Numbers and e-mail addresses that are split over the cells of a table row.

    Rows of ordinary figures are left alone: the first cell must look like the start of a number.
    """
    for row in root.iter("tr") if root is not None and "<tr" in xml else ():
        cells = [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in _CELLS]
        for at, cell in enumerate(cells[:-1]):
            if "@" in cell or cells[at + 1].startswith("@"):
                yield f"{cell}{cells[at + 1]}"
            if _OF_A_NUMBER.fullmatch(cell):
                rest = []
                for part in cells[at + 1 : at + 6]:
                    if not _PART.fullmatch(part):
                        break
                    rest.append(part)
                if rest:
                    yield " ".join((cell, *rest))
