"""Every string that HTML shows or carries, as one text in which personal data can be looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wardblog.read.html_tree import tree_of
from wardblog.read.personal.links import with_addresses_read, words_of_address

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements that run on in the line around them; all others begin a paragraph of their own.
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del",
     "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "map", "mark", "output", "q", "rb",
     "rp", "rt", "rtc", "ruby", "s", "samp", "slot", "small", "span", "strike", "strong", "sub",
     "sup", "svg", "text", "time", "tspan", "tt", "u", "var", "wbr", "area")
)  # fmt: skip
_CELLS = frozenset(("td", "th"))
_UNSHOWN = frozenset(("script", "style"))
# Attributes that are read out or shown in the place of their element.
_SPOKEN = frozenset(("alt", "title", "aria-label", "label", "placeholder", "value", "datetime"))
_ADDRESSES = frozenset(
    ("href", "src", "cite", "poster", "data", "action", "formaction", "srcset", "xlink:href")
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAK = re.compile(r" *\n *")
_BREAKS = re.compile(r"\n{3,}")
# Whether anything can be given away by a value at all.
_MAY_SAY = re.compile(r"\d|@|[^\W\d_]\s+[^\W\d_]")
_PART = re.compile(r"[\w+()@. -]{1,16}")
_OF_A_NUMBER = re.compile(r"\(?0\d{2,5}\)?|\+\d{2,}|[A-Za-z]{2}")


def shown_in(html: str) -> str:
    """The words of HTML, with those of its attributes and addresses.

    Lines end as residents see it; paragraphs are separated by a blank line, cells by a bar.
    """
    if "<" not in html and "&" not in html:
        return html
    root, _ = tree_of(html.encode("utf-8", "replace"))
    return "" if root is None else words_of(root)


def words_of(root: _Element) -> str:
    """The same of an element and all that is in it."""
    apart: list[str] = []
    text = "".join(_pieces(root, apart))
    text = _BREAKS.sub("\n\n", _BREAK.sub("\n", text)).strip("\n ")
    return "\n\n".join((with_addresses_read(text), *apart, *_split_over_cells(root)))


def _pieces(root: _Element, apart: list[str]) -> Iterator[str]:
    """The text in its order; what the attributes carry unseen goes to `apart`."""
    from lxml.etree import iterwalk

    preformatted = 0
    for event, element in iterwalk(root, events=("start", "end")):
        name = element.tag.rsplit("}", 1)[-1]
        if event == "start":
            preformatted += name == "pre"
            yield _boundary(name)
            if element.attrib:
                yield from _attributes(element, apart)
            if element.text and name not in _UNSHOWN:
                yield element.text if preformatted else _SPACE.sub(" ", element.text)
            continue
        preformatted -= name == "pre"
        yield "" if name == "br" else _boundary(name)
        if element.tail and element is not root:
            yield element.tail if preformatted else _SPACE.sub(" ", element.tail)


def _boundary(name: str) -> str:
    if name in _INLINE:
        return ""
    if name == "br":
        return "\n"
    return " | " if name in _CELLS else "\n\n"


def _attributes(element: _Element, apart: list[str]) -> Iterator[str]:
    for key, value in element.attrib.items():
        name, value = str(key).rsplit("}", 1)[-1], str(value)
        if name in _ADDRESSES:
            yield from (f" {words} " for words in words_of_address(value))
        elif name in _SPOKEN:
            yield f" {value} "
        elif _MAY_SAY.search(value):
            apart.append(value)


def _split_over_cells(root: _Element) -> Iterator[str]:
    """Numbers and addresses of which each cell of a row has a part.

    Rows of ordinary figures are left alone: a first part that no figure begins with must be there.
    """
    for row in root.iter("tr"):
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
