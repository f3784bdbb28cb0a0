"""The paragraphs of an old text, out of any HTML: what is in a line, and where lines end.

The result is a flat list of simple elements (p, h1 to h6, ul, ol, blockquote, pre, table, figure,
dl, hr) with nothing in their paragraphs but words, links, pictures and emphasis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement, PreformattedString

from wardblog.scaffold.old_blog.conversion.embeds import embed_of, is_known
from wardblog.scaffold.old_blog.conversion.leftovers import Leftovers
from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses
from wardblog.scaffold.old_blog.conversion.tags import (
    Mark,
    marks_of,
    plain_spaces,
    text_of,
    value_of,
)
from wardblog.support.late_dataclass import dataclass

# Of what is nested more deeply than anybody writes it, only the words are read.
_DEEPEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OldHtml:
    """What is known of a text while it is read.

    `targets` are the names of places in it to which it links; `handlers` read the elements that are
    more than emphasis. `is_old` is whether it is of an old blog, whose programs show more than the
    text says.
    """

    soup: BeautifulSoup
    addresses: OldAddresses
    leftovers: Leftovers
    targets: frozenset[str]
    handlers: Mapping[str, Callable[[Flow, Tag], None]]
    is_old: bool = True


class Flow:
    """Reads the children of an element, and collects its blocks."""

    def __init__(self, html: OldHtml, marks: tuple[Mark, ...] = (), depth: int = 0) -> None:
        self.html = html
        self.blocks: list[Tag] = []
        self._marks = list(marks)
        self._line: list[PageElement] = []
        # The elements at the end of the line that words with the same marks go on in.
        self._open: list[tuple[Mark, Tag]] = []
        self._depth = depth

    def read(self, element: Tag) -> list[Tag]:
        """Return the blocks in an element."""
        self.children(element)
        self.flush()
        return self.blocks

    def inside(self, element: Tag, *, keep_links: bool = False) -> list[Tag]:
        """Return the blocks in an element, by themselves."""
        marks = tuple(mark for mark in self._marks if keep_links and mark.name == "a")
        return Flow(self.html, marks, self._depth).read(element)

    def new(self, name: str, children: Iterable[PageElement] = (), **attributes: str) -> Tag:
        """Return a new element."""
        tag = self.html.soup.new_tag(name, attrs=dict(attributes))
        for child in children:
            tag.append(child)
        return tag

    def add(self, *blocks: Tag) -> None:
        """Add blocks below what was read so far."""
        self.flush()
        self.blocks += blocks

    def add_link(self, words: str, address: str) -> None:
        """Add a paragraph that is a link."""
        self.add(self.new("p", (self.new("a", (NavigableString(words),), href=address),)))

    def children(self, element: Tag, *marks: Mark) -> None:
        """Read what is in an element, with more marks."""
        if self._depth > _DEEPEST:
            self.add_text(element.get_text())
            return
        self._depth += 1
        self._marks += marks
        for child in element.children:
            if isinstance(child, Tag):
                handler = self.html.handlers.get(child.name.lower(), inline)
                handler(self, child)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self.add_text(str(child))
        if marks:
            del self._marks[-len(marks) :]
        self._depth -= 1

    @property
    def link_around(self) -> str:
        """The address of the link that is open, or ""."""
        return next((mark.value for mark in self._marks if mark.name == "a"), "")

    def add_text(self, words: str) -> None:
        words = plain_spaces(words)
        if not words:
            return
        marks = self._wanted_marks()
        shared = 0
        for (mark, _), wanted in zip(self._open, marks, strict=False):
            if mark != wanted:
                break
            shared += 1
        del self._open[shared:]
        if words != " ":
            for mark in marks[shared:]:
                tag = self.new(mark.name, (), **mark.attributes)
                self._append(tag)
                self._open.append((mark, tag))
        self._append(NavigableString(words))

    def _append(self, element: PageElement) -> None:
        if self._open:
            self._open[-1][1].append(element)
        else:
            self._line.append(element)

    def _wanted_marks(self) -> list[Mark]:
        """The marks of words, each once; nothing is emphasised inside code."""
        result: list[Mark] = []
        for mark in self._marks:
            if mark.name not in {one.name for one in result}:
                result.append(mark)
            if mark.name == "code":
                break
        return result

    def add_loose(self, element: Tag, *, is_linked: bool = False) -> None:
        """Add to the line something that is not words, without the emphasis around it."""
        self._open.clear()
        if is_linked and (address := self.link_around):
            element = self.new("a", (element,), href=address)
        self._line.append(element)

    def trim(self) -> None:
        """Take away the space at the end of the line."""
        if self._line and isinstance(last := self._line[-1], NavigableString):
            self._line[-1] = NavigableString(last.rstrip())

    def anchor(self, tag: Tag) -> None:
        """Keep a place that this text links to."""
        if not self.html.targets or not tag.attrs:
            return
        for name in ("id", "name"):
            if (value := value_of(tag, name)) in self.html.targets:
                self.add_loose(self.new("a", id=value))
                return

    def flush(self) -> None:
        """End the paragraph that is open."""
        line, self._line = self._line, []
        self._open.clear()
        for part in _parts(line):
            self.blocks += self._paragraphs(part)

    def _paragraphs(self, part: list[PageElement]) -> list[Tag]:
        """A paragraph, with pictures at its edges as paragraphs of their own."""
        before: list[Tag] = []
        after: list[Tag] = []
        while part and (_is_space(part[0]) or _is_picture(part[0])):
            first = part.pop(0)
            if isinstance(first, Tag) and first.name != "br":
                before.append(self.new("figure", (first,)))
        while part and (_is_space(part[-1]) or _is_picture(part[-1])):
            last = part.pop()
            if isinstance(last, Tag) and last.name != "br":
                after.insert(0, self.new("figure", (last,)))
        middle = [self.new("p", self._shown_elsewhere(part) or part)] if part else []
        return [*before, *middle, *after]

    def _shown_elsewhere(self, part: list[PageElement]) -> list[PageElement]:
        """A link, if a paragraph is only an address that WordPress shows something for."""
        address = text_of(part[0]) if len(part) == 1 and self.html.is_old else ""
        if not address.startswith("http") or " " in address or not is_known(address):
            return []
        words = part[0]
        is_plain = not isinstance(words, Tag) or value_of(words, "href") in ("", address)
        embed = embed_of(address) if is_plain else None
        if embed is None:
            return []
        return [self.new("a", (NavigableString(embed.words),), href=embed.address)]


def inline(flow: Flow, tag: Tag) -> None:
    """Read an element that is in a line, and gives at most emphasis to its words."""
    flow.anchor(tag)
    flow.children(tag, *marks_of(tag, tag.name.lower()))


def _is_space(element: PageElement) -> bool:
    if isinstance(element, Tag):
        return element.name == "br"
    return not str(element).strip()


def _is_picture(element: PageElement) -> bool:
    if not isinstance(element, Tag):
        return False
    inner = element.contents[0] if element.name == "a" and len(element.contents) == 1 else element
    return isinstance(inner, Tag) and inner.name == "img"


def _parts(line: list[PageElement]) -> Iterator[list[PageElement]]:
    """The line, divided where it has two or more <br> in a row."""
    part: list[PageElement] = []
    breaks = 0
    for element in line:
        if isinstance(element, Tag) and element.name == "br":
            breaks += 1
            if breaks == 2:
                if part:
                    yield part
                part = []
            elif breaks == 1:
                part.append(element)
            continue
        if not _is_space(element):
            breaks = 0
        elif breaks:
            continue
        part.append(element)
    if part:
        yield part
