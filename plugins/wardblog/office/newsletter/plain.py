"""The text part of a message: wrapped lines, with the address of each link written out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wardblog.text.html_tree import parse_html
from wardblog.text.plain_text import plain
from wardblog.views.source_links import without_source

if TYPE_CHECKING:
    from lxml.etree import _Element

WIDTH = 72
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt",
     "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
     "ol", "p", "pre", "section", "summary", "table", "tbody", "thead", "tfoot", "tr", "ul")
)  # fmt: skip


def wrapped(words: str, first: str = "", rest: str | None = None) -> str:
    """A paragraph in lines of at most 72 characters; an address is never broken.

    `first` is put before the first line, and `rest` before the others.
    """
    return textwrap.fill(
        " ".join(words.split()),
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def underlined(heading: str, sign: str) -> str:
    lines = wrapped(heading).split("\n")
    return "\n".join((*lines, sign * min(max(map(len, lines)), WIDTH)))


def text_of_html(html: str) -> str:
    """HTML as plain text: a paragraph for each block, and after each link its address."""
    root, _ = parse_html(html.encode())
    if root is None:
        return ""
    return "\n\n".join(filter(None, _paragraphs(root, "", "")))


def _paragraphs(element: _Element, first: str, rest: str) -> Iterator[str]:
    """The blocks in an element; words between them are blocks as well."""
    loose = element.text or ""
    for child in element:
        name = str(child.tag)
        if name not in _BLOCKS and not any(str(d.tag) in _BLOCKS for d in child.iterdescendants()):
            loose += _inline(child) + (child.tail or "")
            continue
        if loose.strip():
            yield _lines(loose, first, rest)
            first = rest
        yield from _block(child, name, first, rest)
        first = rest
        loose = child.tail or ""
    if loose.strip():
        yield _lines(loose, first, rest)


def _block(element: _Element, name: str, first: str, rest: str) -> Iterator[str]:
    if name == "hr":
        yield f"{first}* * *"
    elif name == "pre":
        words = "".join(element.itertext()).strip("\n")
        yield "\n".join(f"{rest}    {line}" for line in words.split("\n"))
    elif name in ("h1", "h2", "h3", "h4", "h5", "h6"):
        yield underlined(" ".join(_words(element).split()), "-")
    elif name in ("ul", "ol"):
        yield "\n".join(_items(element, name, first, rest))
    elif name == "tr":
        cells = (" ".join(_words(cell).split()) for cell in element)
        yield wrapped(" | ".join(cells), first, rest)
    elif name == "table":
        yield "\n".join(p for child in element for p in _block(child, str(child.tag), first, rest))
    elif name in ("tbody", "thead", "tfoot"):
        yield from (p for row in element for p in _block(row, str(row.tag), first, rest))
    elif name == "blockquote":
        yield from _paragraphs(element, f"{first}> ", f"{rest}> ")
    else:
        yield from _paragraphs(element, first, rest)


def _items(element: _Element, name: str, first: str, rest: str) -> Iterator[str]:
    start = element.get("start", "1")
    number = int(start) if start.isdecimal() else 1
    for item in element:
        mark = f"{number}. " if name == "ol" else "- "
        number += 1
        yield "\n".join(_paragraphs(item, f"{first}{mark}", f"{rest}{' ' * len(mark)}"))
        first = rest


def _words(element: _Element) -> str:
    return (element.text or "") + "".join(_inline(c) + (c.tail or "") for c in element)


def _inline(element: _Element) -> str:
    """An element within a line; line breaks are kept as such."""
    name, words = str(element.tag), _words(element)
    if name == "br":
        return "\v"
    if name == "img":
        return f"[{plain(element.get('alt', ''))}]" if element.get("alt") else ""
    if name in ("del", "s"):
        return ""
    if name != "a":
        return words
    address = element.get("href", "")
    is_mail = address.startswith("mailto:")
    shown = address.removeprefix("mailto:").partition("?")[0] if is_mail else address
    return words if not shown or _same(words, shown) else f"{words} <{shown}>"


def _same(words: str, address: str) -> bool:
    """Whether the words of a link are its address already."""
    short = [w.strip().removeprefix("https://").removeprefix("http://").rstrip("/")
             for w in (words, without_source(address))]  # fmt: skip
    return short[0].casefold() == short[1].casefold()


def _lines(words: str, first: str, rest: str) -> str:
    """A paragraph with the line breaks of its author."""
    made = []
    for line in words.split("\v"):
        made.append(wrapped(line, first, rest))
        first = rest
    return "\n".join(filter(None, made))
