"""Reads any HTML into few simple elements: paragraphs, headings, lists, tables, quotations, links.

Only elements of the tables below mean something; of all others the words are read, and nothing
else. No attribute is taken over except those that are set here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement, PreformattedString

from wardblog.preview.editor.paste.links import cleaned, with_links_cleaned
from wardblog.preview.editor.paste.look import (
    PastedLook,
    Style,
    is_hidden,
    is_tight,
    slant,
    stands_apart,
    weight,
)
from wardblog.scaffold.old_blog.conversion.tags import classes_of, plain_spaces, text_of, value_of
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# Of what is nested more deeply, only the words are read.
_DEEPEST = 90
_RAISED = late_regex(r"(?:st|nd|rd|th)\b")
_UNITS = late_regex(r"(?<![^\W\d_])(?:m|km|cm|mm|ft|in)$")
_CITED, _NUMBERED = late_regex(r".#cite_note"), late_regex(r"\[[^\]]{1,20}\]")
_POWERS = {"2": "²", "3": "³"}


@dataclass(slots=True)
class LeftOutOfPaste:
    """How much of each kind a text had that Markdown cannot hold, or that nobody meant to paste."""

    pictures: int = 0
    frames: int = 0
    comments: int = 0
    deletions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WordManner:
    """How words look where the reader is."""

    is_bold: bool = False
    is_italic: bool = False
    is_struck: bool = False
    raised: str = ""
    is_code: bool = False
    href: str = ""

    def tags(self) -> list[tuple[str, str]]:
        """The elements around words that look so, and the address of a link."""
        given = (
            ("a", self.href),
            ("strong", self.is_bold),
            ("em", self.is_italic),
            ("del", self.is_struck),
            (self.raised, self.raised),
            ("code", self.is_code),
        )
        return [(name, str(value)) for name, value in given if value]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedHtml:
    """One text while it is read.

    `address` is the URL of the page that it is from, or ""; `is_sheet` is whether it is a part of a
    spreadsheet.
    Of an element without a handler, only what is in it is read.
    """

    soup: BeautifulSoup
    look: PastedLook
    address: str
    is_sheet: bool
    handlers: Mapping[str, Handler]
    left_out: LeftOutOfPaste = field(default_factory=LeftOutOfPaste)

    def new(self, kind: str, children: Iterable[PageElement] = (), /, **attributes: str) -> Tag:
        tag = self.soup.new_tag(kind, attrs=dict(attributes))
        tag.extend(list(children))
        return tag


class PasteReader:
    """Reads the children of an element into blocks, one below the other.

    A paragraph has the attribute `blank` if it only makes space, and `tight` if there is no space
    below it; one of a list has `level`, `kind` ("ul" or "ol"), and perhaps `start` and `type`.
    """

    def __init__(
        self, source: PastedHtml, manner: WordManner | None = None, depth: int = 0
    ) -> None:
        self.source = source
        self.blocks: list[Tag] = []
        self.manner = manner or WordManner()
        self.depth = depth
        self._line: list[PageElement] = []
        # What the paragraph that is open is: set by the block element around it.
        self.attributes: dict[str, str] = {"tight": "1"}

    def read(self, element: Tag) -> list[Tag]:
        """The blocks in an element."""
        self.children(element)
        self.flush()
        return self.blocks

    def inside(self, element: Tag) -> list[Tag]:
        """The blocks in an element, by themselves."""
        return PasteReader(self.source, self.manner, self.depth).read(element)

    def children(self, element: Tag) -> None:
        if self.depth > _DEEPEST:
            self.add_text(element.get_text())
            return
        self.depth += 1
        for child in list(element.children):
            if isinstance(child, Tag):
                self.element(child)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self.add_text(str(child))
        self.depth -= 1

    def element(self, tag: Tag) -> None:
        style = self.source.look.of(tag)
        if not is_hidden(tag, style):
            read = self.source.handlers.get(tag.name.lower(), PasteReader.styled)
            read(self, tag, style)

    def styled(self, tag: Tag, style: Style, **given: object) -> None:
        """Read what is in an element that changes how its words look."""
        before, is_apart = self.manner, stands_apart(style)
        self.manner = _changed(replace(before, **given), style)  # type: ignore[arg-type]
        self._gap(is_apart)
        self.children(tag)
        self._gap(is_apart)
        self.manner = before

    def _gap(self, is_apart: bool) -> None:
        if is_apart and self._end_of_line().strip():
            self._line.append(NavigableString(" "))

    # Words.

    def add_text(self, words: str) -> None:
        words = plain_spaces(with_links_cleaned(words))
        if not words:
            return
        manner = self.manner
        if manner.raised == "sup":
            words, manner = self._lowered(words, manner)
        if self._line and isinstance(last := self._line[-1], Tag) and last.name == "br":
            words = words.lstrip()
        element: PageElement = NavigableString(words)
        if words.strip():
            for name, value in reversed(manner.tags()):
                attributes = {"href": value} if name == "a" else {}
                element = self.source.new(name, (element,), **attributes)
        self._line.append(element)

    def _lowered(self, words: str, manner: WordManner) -> tuple[str, WordManner]:
        """Endings such as "1st" and squares such as "m²" as they are typed."""
        before = self._end_of_line()
        if before[-1:].isdigit() and _RAISED.match(words.strip()):
            return words, replace(manner, raised="")
        if words.strip() in _POWERS and _UNITS.search(before):
            return _POWERS[words.strip()], replace(manner, raised="")
        return words, manner

    def _end_of_line(self) -> str:
        last = self._line[-1] if self._line else ""
        return (last.get_text() if isinstance(last, Tag) else str(last))[-4:]

    def add(self, element: Tag) -> None:
        """Add an element to the line."""
        self._line.append(element)

    # Blocks.

    def flush(self) -> None:
        """End the paragraph that is open."""
        line, self._line = self._line, []
        if not line:
            return
        has_break = any(isinstance(one, Tag) and one.name == "br" for one in line)
        if any(_says_something(one) for one in line):
            self.blocks.append(self.source.new("p", line, **self.attributes))
        elif has_break:
            self.blank()

    def blank(self) -> None:
        """Remember that there is space here."""
        self.blocks.append(self.source.new("p", blank="1"))

    def block(self, tag: Tag, style: Style, **attributes: str) -> None:
        """Read an element that begins and ends a paragraph, or has blocks itself."""
        self.flush()
        count, before = len(self.blocks), (self.manner, self.attributes)
        tight = is_tight(style, is_by_itself=tag.name == "div")
        self.attributes = {**attributes, **({"tight": "1"} if tight else {})}
        # What a whole paragraph looks like says nothing about its words.
        base = weight(style)
        self.manner = replace(self.manner, is_bold=self.manner.is_bold and base is None)
        self.children(tag)
        self.flush()
        self.manner, self.attributes = before
        if len(self.blocks) == count and (tag.name == "p" or "\xa0" in tag.get_text()):
            self.blank()

    def put(self, *blocks: Tag) -> None:
        """Add blocks below what was read so far."""
        self.flush()
        self.blocks += blocks

    def link(self, tag: Tag, style: Style) -> None:
        """Read a link; one within the text is kept only where a footnote may need it."""
        address = value_of(tag, "href")
        names = {name: value_of(tag, name) for name in ("id", "name") if value_of(tag, name)}
        if _CITED.search(address) and _NUMBERED.fullmatch(text_of(tag)):
            return  # the number of a note that is at the end of a page elsewhere
        if address.startswith("#") and len(address) > 1 and text_of(tag):
            note = self.source.new("a", (NavigableString(text_of(tag)),), href=address, **names)
            self._line.append(note)
            return
        target = cleaned(address, self.source.address)
        # Many pages show all links in bold, which says nothing about the words.
        style = {name: value for name, value in style.items() if name != "font-weight"}
        self.styled(tag, style, href=target or self.manner.href)


def _changed(manner: WordManner, style: Style) -> WordManner:
    bold, italic = weight(style), slant(style)
    if bold is not None:
        manner = replace(manner, is_bold=bold)
    if italic is not None:
        manner = replace(manner, is_italic=italic)
    if "line-through" in style.get("text-decoration", style.get("text-decoration-line", "")):
        manner = replace(manner, is_struck=True)
    height = style.get("vertical-align", "")
    return replace(manner, raised=_HEIGHTS.get(height, manner.raised))


_HEIGHTS: Mapping[str, str] = {"super": "sup", "sub": "sub", "baseline": ""}


def _says_something(element: PageElement) -> bool:
    if isinstance(element, Tag):
        return element.name != "br" and bool(element.get_text().strip())
    return bool(str(element).strip())


Handler = Callable[[PasteReader, Tag, Style], None]


def words_of_class(tag: Tag) -> frozenset[str]:
    """The classes of an element, without the prefix that mail programs give to foreign ones."""
    return frozenset(name.removeprefix("x_") for name in classes_of(tag).split())
