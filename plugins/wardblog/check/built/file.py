"""A file as it would be published, parsed once for all rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from wardblog.check.built.plain_page import ADDRESSES, NotPlainError, PlainPage, PlainPages
from wardblog.model import Post, Site
from wardblog.model.addresses import index_of
from wardblog.model.outputs import OutputKind
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import join_url, split_url
from wardblog.text.html_tree import parse_html, text_in, xpath

if TYPE_CHECKING:
    from lxml.etree import _Element

_BELOW = "descendant-or-self::*/"
_ADDRESSES = " | ".join(
    f"{_BELOW}@{name}" for name in (*ADDRESSES, "content[starts-with(., $url)]")
)
# The same in feeds and lists of addresses.
_LINKS = frozenset(("link", "url", "loc", "docs", "logo", "icon"))
_XML = frozenset(("href", "url", "xmlUrl", "htmlUrl"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# A path without anything that has to be decoded or joined, as the theme writes nearly all.
_ORDINARY = late_regex(r"(?:/[A-Za-z0-9_-]+)+/")
# Where the post's own text is.
_OWN_TEXTS = "//*[@class='text'][not(ancestor::*[@class='text'])]"
_ALL_HEADINGS = " | ".join(f"//{name}" for name in _HEADINGS)


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """A link of a page, or a file that it loads: `written` in the page, `path` of the file meant.

    `path` is from the output folder on, and `is_own` whether the words of the post have it, rather
    than the theme.
    """

    written: str
    path: str
    fragment: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """`is_own` is whether it is in the post's own text."""

    level: int
    words: str
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class BuiltFile:
    """A file as it would be published.

    `path` is from the output folder on, `about` the full path of what it is made by, such as a
    template. `checked` is the HTML of the posts that it shows, as far as it was checked where it
    was written. `inspected` are the marks of strings that gave nothing away in other files, and
    `pages` knows the parts of plain pages that were read.
    """

    path: str
    content: bytes
    about: str
    site: Site
    resolver: Resolver
    exists: Callable[[str], bool]
    kind: OutputKind = OutputKind.PAGE
    post: Post | None = None
    checked: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    inspected: set[int] = field(default_factory=set)
    pages: PlainPages = field(default_factory=PlainPages)

    @property
    def address(self) -> str:
        """As residents see it."""
        return "/" + self.path.removesuffix("index.html")

    @property
    def is_page(self) -> bool:
        # A feed that was at such an address on an earlier site is there still.
        return self.path.endswith(".html") and self.kind is not OutputKind.FEED

    @cached_property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    @cached_property
    def xml(self) -> _Element:
        # late import: see docs/architecture.md
        from lxml import etree

        return etree.fromstring(self.content, etree.XMLParser(huge_tree=True))

    @cached_property
    def page(self) -> ParsedPage:
        return ParsedPage(self)

    @cached_property
    def plain(self) -> PlainPage | None:
        """What the new parts of a page say; None if it has to be parsed."""
        own, known = "", [self.site.url + self.address]
        if self.post and self.checked:
            own = self.checked[0]
            known += [w for w in (self.post.title, self.post.summary) if w in self.pages.known]
        try:
            return PlainPage(
                self.text, own, known, self.site.url, self.pages, self.resolver.is_settled
            )
        except NotPlainError:
            return None

    @property
    def reading(self) -> PlainPage | ParsedPage:
        """What a page says, parsed only if it has to be."""
        return self.plain or self.page

    @cached_property
    def targets(self) -> tuple[LinkTarget, ...]:
        """The files of the site that it links to or loads, each once.

        Left out are those that every page may link to, as it was seen on another one.
        """
        if self.is_page:
            written: Iterable[tuple[str, bool]] = self.reading.addresses
        elif self.path.endswith((".xml", ".json", ".opml", ".ics")):
            is_new = not self.resolver.are_settled(self.text, self.exists)
            written = ((address, False) for address in _addresses_in(self)) if is_new else ()
        else:
            written = ()
        found = []
        for address, is_own in dict.fromkeys(written):
            if address in self.resolver.settled:
                continue
            target = self.resolver.path(self.address, address)
            if target:
                found.append(LinkTarget(address, *target, is_own))
                self.resolver.settle(address, *target, self.exists)
        return tuple(found)


class ParsedPage:
    """The parts of a page that the rules need: its words, ids, headings and links."""

    def __init__(self, file: BuiltFile) -> None:
        self._root, self.faults = parse_html(file.content)
        self._url = file.site.url
        self.lang = "" if self._root is None else self._root.get("lang", "")

    def _found(self, path: str) -> list[Any]:
        return [] if self._root is None else xpath(path)(self._root)

    @cached_property
    def text(self) -> str:
        """Its text as it is in the source."""
        return "" if self._root is None else text_in(self._root)

    @cached_property
    def words(self) -> str:
        return squeezed(self.text)

    def says(self, sentence: str) -> bool:
        """Whether a sentence is in its text, also where lines end within it."""
        return sentence in self.text or sentence in self.words

    @cached_property
    def title(self) -> str:
        titles = ((title.text or "").strip() for title in self._found("//head/title"))
        return next(filter(None, titles), "")

    @cached_property
    def ids(self) -> Counter[str]:
        return Counter(filter(None, self._found("//@id")))

    @cached_property
    def _own_texts(self) -> list[_Element]:
        """The elements that have the post's own text."""
        return self._found(_OWN_TEXTS)

    @cached_property
    def headings(self) -> list[Heading]:
        own = {heading for text in self._own_texts for heading in text.iter(*_HEADINGS)}
        return [
            Heading(_HEADINGS[one.tag], squeezed(text_in(one)), one in own)
            for one in self._found(_ALL_HEADINGS)
        ]

    @cached_property
    def addresses(self) -> list[tuple[str, bool]]:
        """What it links to or loads, and whether the post's own text does: each pair once."""
        own = Counter(one for text in self._own_texts for one in self._addresses_in(text))
        every = Counter(() if self._root is None else self._addresses_in(self._root))
        return [*((one, False) for one in every - own), *((one, True) for one in own)]

    def _addresses_in(self, element: _Element) -> Iterator[str]:
        yield from xpath(_ADDRESSES)(element, url=self._url)
        for pictures in xpath(f"{_BELOW}@srcset")(element):
            yield from (one.split()[0] for one in pictures.split(","))

    def strings(self, inspected: set[int], known: str) -> list[str]:
        """Every visible or hidden string of the page, paragraph by paragraph.

        Passed over are parts that are the same on a page before, by their marks in `inspected`,
        and a post's text where it is the `known` one.
        """
        if self._root is None:
            return []
        # late import: see docs/architecture.md
        from wardblog.check.built.page_strings import PageStrings

        return PageStrings(inspected, known).of(self._root)


class Resolver:
    """Finds the file that an address means; cached, since the theme repeats them on every page."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[str, tuple[str, str] | None] = {}
        # Addresses that mean the same on each page: the top of a file that is there.
        self.settled = set[str]()
        self._full = re.compile(rf"""{re.escape(site.url)}/[^"\\\s<&]*""")

    def are_settled(self, text: str, exists: Callable[[str], bool]) -> bool:
        """Look up the full addresses of the site in a text; whether all are such ones now."""
        for written in set(self._full.findall(text)) - self.settled:
            if target := self.path("/", written):
                self.settle(written, *target, exists)
            if written not in self.settled:
                return False
        return True

    def is_settled(self, written: str) -> bool:
        """Whether an address leads elsewhere, or to a file that is there, from any page."""
        return (
            written in self.settled
            or self._known.get(written, ()) is None
            or self._names_scheme(written)
        )

    def settle(self, written: str, path: str, fragment: str, exists: Callable[[str], bool]) -> None:
        """Remember an address that no page has to ask for again."""
        if written in self._known and not fragment and not is_drawn(path) and exists(path):
            self.settled.add(written)

    def path(self, page: str, written: str) -> tuple[str, str] | None:
        """The file, and the id in it, that an address on the page `page` means.

        None for an address that leads elsewhere.
        """
        if written.startswith("#"):
            return index_of(page.lstrip("/")), unquote(written[1:])
        if not written.startswith(("/", self._site.url)):
            return None if self._names_scheme(written) else self._found(page, written)
        if written not in self._known:
            self._known[written] = self._found("/", written)
        return self._known[written]

    def _names_scheme(self, written: str) -> bool:
        """Whether an address is elsewhere because it names another scheme before any slash."""
        return ":" in written.partition("/")[0] and not written.startswith(self._site.url)

    def _found(self, page: str, written: str) -> tuple[str, str] | None:
        site = self._site
        if _ORDINARY.fullmatch(written) and written.startswith(f"{site.base_path}/"):
            return index_of(written[len(site.base_path) + 1 :]), ""
        # What begins with a slash is below the host; the site may be in a folder there.
        host = site.url.removesuffix(site.base_path) if site.base_path else site.url
        base = f"{host}/" if written.startswith("/") else f"{site.url}{page}"
        whole = join_url(base, written.strip())
        if whole != site.url and not whole.startswith(f"{site.url}/"):
            return None
        parts = split_url(whole.removeprefix(site.url))
        if parts is None:
            return None
        return index_of(unquote(parts.path).lstrip("/")), unquote(parts.fragment)


def is_drawn(path: str) -> bool:
    """Whether it is a file of a map, which is made together with its page."""
    return path.rsplit("/", 1)[-1].startswith("map.")


def squeezed(text: str) -> str:
    """The text with each run of white space as one space."""
    return " ".join(text.split())


def _addresses_in(file: BuiltFile) -> Iterator[str]:
    """The full addresses in a file that is not a page.

    The texts of posts within it, in which all marks are escaped, were looked at on their pages.
    """
    url = f"{file.site.url}/"
    if file.path.endswith((".xml", ".opml")):
        for element in file.xml.iter():
            if str(element.tag).rsplit("}", 1)[-1] in _LINKS and (element.text or "").startswith(
                url
            ):
                yield str(element.text)
            yield from (v for k, v in element.attrib.items() if k in _XML and v.startswith(url))
        return
    text = file.text.replace("\r\n ", "") if file.path.endswith(".ics") else file.text
    before = '"' if file.path.endswith(".json") else ":"
    for match in re.finditer(rf"""{re.escape(url)}[^"\\\s]*""", text):
        at = match.start()
        if text[at - 1] == before and text[at - 2] != "\\":
            yield match[0]


def ids_in(content: bytes) -> frozenset[str]:
    """The ids of a page."""
    # late import: see docs/architecture.md
    from lxml import etree

    root = etree.fromstring(content, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    return frozenset(xpath("//@id")(root)) if root is not None else frozenset()
