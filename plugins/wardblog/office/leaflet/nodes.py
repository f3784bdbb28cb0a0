"""Turns HTML from Markdown into plain lists and values, which go into the PDF as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Text, or an element with its kind `t`, what it contains as `c`, and the address `u` of a link.
Node = str | dict[str, Any]
_INLINE = {"strong": "b", "b": "b", "em": "i", "i": "i", "cite": "i"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = {"ul": "ul", "ol": "ol"}
_LINKED = ("http://", "https://", "mailto:", "tel:")
# What a leaflet cannot show, and what to do instead.
NOT_SHOWN = {
    "img": ("a picture in the text", "The picture of the post is printed beside its text."),
    "table": ("a table", "Write it as a list."),
    "video": ("a video", "Readers can open its post with the QR code."),
    "audio": ("a recording", "Readers can open its post with the QR code."),
}
_CONTROLS = late_regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_LONG_WORD = late_regex(r"[^\s\u200b]{23,}")
_MAY_BREAK = late_regex(r"([/.@_?&=-]+)(?=.)")
_LONGEST_PART = 11
# Scripts that our fonts do not have, or only as in a typewriter.
_OTHER_SCRIPTS = late_regex(
    "[\u0530-\u1dff\u2e80-\ufaff\U00010000-\U0001efff\U00020000-\U0003ffff]"
)
# A place where a line may be broken, without a hyphen.
_BREAK = "\u200b"


def printable(words: str) -> str:
    """Words without control characters, in which lines can be broken inside of long words."""
    return _LONG_WORD.sub(lambda word: _breakable(word[0]), _CONTROLS.sub("", words))


def short_address(url: str) -> str:
    """The address as people type it: without https://, and without the last stroke."""
    short = url.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return short.rstrip("/") if short.count("/") == 1 else short


def has_other_scripts(words: str) -> bool:
    """Whether words need fonts that are not ours."""
    return bool(_OTHER_SCRIPTS.search(words))


def _breakable(word: str) -> str:
    parts = _MAY_BREAK.sub(rf"\1{_BREAK}", word).split(_BREAK)
    return _BREAK.join(piece for part in parts for piece in _pieces(part))


def _pieces(part: str) -> Iterator[str]:
    """The part in pieces that are not too long; a letter and its accent stay together."""
    # late import: see docs/architecture.md
    import regex  # type: ignore[import-untyped]

    if len(part) <= 2 * _LONGEST_PART:
        yield part
        return
    signs = regex.findall(r"\X", part)
    for start in range(0, len(signs), _LONGEST_PART):
        yield "".join(signs[start : start + _LONGEST_PART])


def nodes_of(html: str) -> list[Node]:
    """The paragraphs, lists and headings of cleaned HTML."""
    if not html.strip():
        return []
    # late import: see docs/architecture.md
    from lxml import html as parser

    root = parser.fragment_fromstring(html, create_parent="div")
    return list(_blocks(root))


def with_headings(nodes: list[Node], level: int) -> list[Node]:
    """The same blocks with headings of this level, so that no level is left out."""
    return [_with_heading(node, level) for node in nodes]


def _with_heading(node: Node, level: int) -> Node:
    if isinstance(node, str):
        return node
    if node["t"] == "h":
        return {**node, "n": level}
    if node["t"] in ("ul", "ol"):
        return {**node, "c": [with_headings(item, level) for item in node["c"]]}
    return node


def left_out_of(html: str) -> list[str]:
    """The names of the elements in HTML that a leaflet cannot show."""
    return [name for name in NOT_SHOWN if re.search(rf"<{name}\b", html, re.IGNORECASE)]


def _blocks(element: HtmlElement) -> Iterator[Node]:
    """The blocks in an element; words that are in none make a paragraph."""
    loose: list[Node] = [_spaced(element.text or "")]
    for child in element:
        if not isinstance(child.tag, str):
            loose.append(_spaced(child.tail or ""))
            continue
        if (block := _block(child)) is None:
            loose += _inline(child)
        else:
            yield from _paragraph(loose)
            loose = []
            yield from block
        loose.append(_spaced(child.tail or ""))
    yield from _paragraph(loose)


def _block(element: HtmlElement) -> list[Node] | None:
    """An element that is a block, or None."""
    name = element.tag
    if name in _LISTS:
        items = [list(_blocks(item)) for item in element if item.tag == "li"]
        return [{"t": _LISTS[name], "c": items}] if items else []
    if name in _HEADINGS:
        return [{**one, "t": "h"} for one in _paragraph(_within(element)) if isinstance(one, dict)]
    if name == "p":
        return list(_paragraph(_within(element)))
    if name in ("div", "section", "blockquote", "pre", "dl", "dd", "dt", "figure", "details"):
        return list(_blocks(element))
    return [] if name in NOT_SHOWN or name == "hr" else None


def _paragraph(nodes: list[Node]) -> Iterator[Node]:
    found = _trimmed(nodes)
    if found:
        yield {"t": "p", "c": found}


def _within(element: HtmlElement) -> list[Node]:
    found: list[Node] = [_spaced(element.text or "")]
    for child in element:
        if isinstance(child.tag, str):
            found += _inline(child)
        found.append(_spaced(child.tail or ""))
    return [node for node in found if node]


def _inline(element: HtmlElement) -> list[Node]:
    name = element.tag
    if name == "br":
        return [{"t": "br"}]
    if name in NOT_SHOWN:
        return []
    inner = _within(element)
    if name in _INLINE:
        return [{"t": _INLINE[name], "c": inner}] if inner else []
    address = element.get("href", "") if name == "a" else ""
    if address.lower().startswith(_LINKED) and inner:
        return [{"t": "a", "c": inner, "u": _CONTROLS.sub("", address)}]
    return inner


def _spaced(words: str) -> str:
    return printable(re.sub(r"[ \t\r\n\f]+", " ", words))


def _trimmed(nodes: list[Node]) -> list[Node]:
    """The nodes of a paragraph without space at its ends; [] if it has no words."""
    found = [node for node in nodes if node]
    if found and isinstance(found[0], str):
        found[0] = found[0].lstrip(" ")
    if found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip(" ")
    found = [node for node in found if node]
    return found if any(map(_has_words, found)) else []


def _has_words(node: Node) -> bool:
    if isinstance(node, str):
        return bool(node.strip())
    return any(map(_has_words, node.get("c", ())))
