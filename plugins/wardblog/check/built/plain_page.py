"""Reads plain HTML without parsing it: a page part by part.

Most of a page is also on other pages. It is cut before each line that begins with an element that
starts a paragraph, and only those parts are read that were not on a page before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cached_property
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import quote, unquote

from wardblog.support.late_regex import late_regex
from wardblog.text.words import MONTHS

# Attributes by which an element may name what it leads to or loads, besides `srcset`.
ADDRESSES = (
    "href", "src", "poster", "data", "action", "data-leaflet", "data-sheet", "data-tools",
    "data-map", "data-places",
)  # fmt: skip
_PARTS = late_regex(
    r"\n(?=</?(?:address|article|aside|blockquote|body|dd|details|div|dl|dt|fieldset|figcaption|"
    r"figure|footer|form|h[1-6]|head|header|hr|html|li|link|main|meta|nav|ol|p|script|section|"
    r"summary|title|ul)[\s>])"
)
# What our theme writes: these elements, their values in double quotation marks, and the entities
# of signs that have to be escaped. A page with anything else is parsed.
_ELEMENTS = (
    "script(?![^<>]*>[^<])|a|abbr|address|article|aside|b|bdi|blockquote|body|br|button|cite|code|"
    "dd|del|details|div|dl|dt|em|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|"
    "i|img|input|ins|kbd|label|legend|li|link|main|mark|meta|nav|noscript|ol|option|p|picture|q|s|"
    "section|select|small|source|span|strong|sub|summary|sup|time|title|ul|wbr"
)
# These say something by the way they are nested, so a part that has them is parsed.
_NESTED = (
    "caption|table|tbody|td|tfoot|th|thead|tr|"
    "circle|defs|desc|g|line|path|pattern|polygon|polyline|rect|svg|text|textPath|tspan|use"
)
_ENTITY = "&(?:amp|lt|gt|quot|nbsp|#34|#39);"
_SIGNS = r"<>&\0-\x08\x0b-\x1f\x7f\ufffd-\uffff"


def _written_with(elements: str) -> str:
    """The pattern of HTML with these elements."""
    name = (
        "(?:viewBox|startOffset|pattern(?:Units|Transform)|preserveAspectRatio|[a-z][a-z0-9:-]*+)"
    )
    value = rf'"(?:[^"{_SIGNS}]++|{_ENTITY})*+"'
    tag = rf"</?(?:{elements})(?:\s++{name}(?:={value})?+)*+\s*+/?>"
    return rf"(?:[^{_SIGNS}]++|{_ENTITY}|{tag})*+"


_PLAIN = late_regex(_written_with(_ELEMENTS))
_WITH_NESTED = late_regex(_written_with(f"{_ELEMENTS}|{_NESTED}"))
_BEGINNING = late_regex(r'<!doctype html>\n<html lang="([a-zA-Z-]+)">\n<head>\n')
_TITLE = late_regex(r"<title>([^<>]*)</title>")
_ATTRIBUTE = late_regex(r'\s([a-z][a-zA-Z0-9:-]*)(?:="([^"]*)")?')
_OUTLINE = late_regex(r"</?[a-z0-9]+|/>")
_OWN = 'class="text"'
# What is added to a post's own tables.
_FOR_KEYBOARDS = " tabindex=0"
# Signs without a meaning of their own, which stand for the address of the page, then other words.
_SIGNS_FOR_WORDS = "\ue000\ue001\ue002\ue003\ue004\ue005"
_STAND_INS = late_regex(f"[{_SIGNS_FOR_WORDS}]")
_ITSELF = _SIGNS_FOR_WORDS[0]
_BEFORE_OWN = late_regex(rf"<[a-z]+ {_OWN}[^<>]*>\s*\Z")
# Attributes that nobody reads as words.
_ADDRESSES = frozenset(ADDRESSES)
_WORDLESS = frozenset((*ADDRESSES, "srcset", "sizes", "class", "id", "for", "width", "height"))
_DIGIT = late_regex(r"\d")
# An e-mail address with its punctuation written as words.
_WRITTEN_OUT = late_regex(r"\bdot\b|[\[({<] ?(?:at|dot)\b", re.IGNORECASE)
_BRACKETS = ("(", "[", "{", "<")
_TAG = late_regex(r"<[^<>]*>")
_TIME = r"\d\d:\d\d(?::\d\d(?:\.\d{6})?)?(?:Z|[+-]\d\d:\d\d)?"
_DATE = late_regex(
    rf"\b\d{{4}}-\d\d-\d\d(?:[T ]{_TIME})?\b(?![-\d])"
    rf"|\b\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}\b"
    # As in RSS (RFC 822, 5).
    rf"|\b\d\d (?:{'|'.join(month[:3] for month in MONTHS)}) \d{{4}} \d\d:\d\d:\d\d [+-]\d{{4}}\b"
)
# What in a value may be a number or an address; the addresses of posts have fewer figures.
_NUMBER = r"(?:[@%]|(?:\d[ ().+/-]?){7})"
_IN_VALUE = late_regex(_NUMBER)
_IN_TAG = late_regex(rf"""="[^"]*?{_NUMBER}""")


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
    return bool(_WRITTEN_OUT.search(_dateless(text) if at else text))


def _dateless(text: str) -> str:
    """The text without its dates."""
    return _DATE.sub("", text)


def html_may_say(html: str) -> bool:
    """The same for HTML, in its text or in its tags, without parsing it."""
    return may_say(unescape(_TAG.sub(" ", html))) or tags_may_say(html)


def tags_may_say(html: str) -> bool:
    """The same for the attributes of its tags alone."""
    # Few tags have so many figures, and dates take longer to find.
    return bool(_IN_TAG.search(html)) and bool(_IN_TAG.search(_dateless(html)))


def solid_text(html: str) -> str:
    """The text of a post's HTML, whose tags are all complete, without any space."""
    return "".join(unescape(_TAG.sub("", html)).split())


class NotPlainError(ValueError):
    """The page has to be parsed."""


class PagePart(NamedTuple):
    """A part of a page: a mark of its elements in their order, their ids, and its addresses.

    Left out are addresses that mean the same on any page, of something that is there or elsewhere.
    """

    outline: int
    ids: tuple[str, ...]
    addresses: tuple[str, ...]


class PlainPages:
    """The parts of plain pages that need not be read again on another page.

    Their strings gave nothing away. `known` are titles and summaries of posts, which were inspected
    where they were written.
    """

    def __init__(self, known: Set[str] = frozenset()) -> None:
        self.known = known
        self.parts: dict[int, PagePart] = {}
        # The outlines of pages without a fault.
        self.valid = set[int]()


class PlainPage:
    """What is on a page, and what its new parts say; raises `NotPlainError`.

    `addresses` are what it links to or loads, as far as it has to be looked up, and whether the
    post's own text does. `strings` are those of the new parts that may be personal data, besides
    those of the `nested` ones, which have to be parsed. If nothing there is personal, the parts in
    `new` need not be read again. Pages with the same `outline` have the same elements in the same
    order, so they are valid or have the same faults.
    """

    def __init__(
        self,
        html: str,
        own: str,
        known: Sequence[str],
        url: str,
        pages: PlainPages,
        is_settled: Callable[[str], bool],
    ) -> None:
        """Read a page of the site with this URL.

        `own` is the HTML of the post that it shows, and `known` are the full address of the page
        and other words that were inspected. `is_settled` says of an address whether any page may
        have it.
        """
        html = html.replace(_FOR_KEYBOARDS, "")
        self._html, self._url, self._pages, self._is_settled = html, url, pages, is_settled
        self._stand_ins = dict(_stand_ins(known))
        begins = _BEGINNING.match(html)
        head, body_begins, body = html.partition("\n<body")
        before, _, after = body.partition(own) if own else (body, "", "")
        if not begins or not body_begins or html.count(_OWN) != bool(own):
            raise NotPlainError
        if any(sign in html for sign in _SIGNS_FOR_WORDS):
            raise NotPlainError
        if own and not (_WITH_NESTED.fullmatch(own) and _BEFORE_OWN.search(before)):
            raise NotPlainError
        self.lang = begins[1]
        self.addresses: list[tuple[str, bool]] = []
        self.strings: list[str] = []
        self.nested: list[str] = []
        self.new: dict[int, PagePart] = {}
        parts = [*self._parts_in(head[begins.end() :], is_head=True)]
        parts += (*self._parts_in(f"<body{before}"), self._own_part(own), *self._parts_in(after))
        self.outline = hash(tuple(part.outline for part in parts))
        self.ids = Counter(one for part in parts for one in part.ids)

    @cached_property
    def title(self) -> str:
        title = _TITLE.search(self._html.partition("\n<body")[0])
        return unescape(title[1]).strip() if title else ""

    def says(self, sentence: str) -> bool:
        """Whether a sentence is in its text, in one piece."""
        at = self._html.rfind(_escaped(sentence))
        return self._html.rfind("<", 0, at) < self._html.rfind(">", 0, at) if at > 0 else False

    def _own_part(self, own: str) -> PagePart:
        part = self._part(own, _values_in(own))
        self.addresses += ((one, True) for one in part.addresses)
        return part

    def _parts_in(self, region: str, is_head: bool = False) -> Iterator[PagePart]:
        for words, sign in self._stand_ins.items():
            region = region.replace(words, sign)
        known = self._pages.parts
        for html in _PARTS.split(region):
            mark = hash(html) + is_head
            part = known.get(mark) or self._read(html, mark, is_head)
            if part.addresses:
                self.addresses += ((self._restored(one), False) for one in part.addresses)
            yield part

    def _read(self, html: str, mark: int, is_head: bool) -> PagePart:
        """Read a part that was not on a page before."""
        if is_head and _TAG.sub("", _TITLE.sub("", html)).strip():
            raise NotPlainError  # browsers begin the body there
        is_nested = not _PLAIN.fullmatch(html)
        if is_nested and not (_WITH_NESTED.fullmatch(html) and _has_whole_tables(html)):
            raise NotPlainError
        values = _values_in(html)
        part = self._part(html, values)
        self.new[mark] = part
        if is_nested or self._may_say(html, values):
            if _STAND_INS.search(html):
                del self.new[mark]  # with other words for them, it has to be read again
                html = self._restored(html)
            if is_nested:
                self.nested.append(html)
            else:
                self.strings += _strings_in(html)
        return part

    def _part(self, html: str, values: Sequence[tuple[str, str]]) -> PagePart:
        ids = tuple(value for name, value in values if name == "id" and value)
        addresses = tuple(
            one
            for one in _addresses_in(values, self._url)
            if one != _ITSELF and not self._is_settled(one)
        )
        return PagePart(hash(tuple(_OUTLINE.findall(html))), ids, addresses)

    def _restored(self, text: str) -> str:
        if _STAND_INS.search(text):
            for words, sign in self._stand_ins.items():
                text = text.replace(sign, words)
        return text

    def _may_say(self, html: str, values: Iterable[tuple[str, str]]) -> bool:
        """Whether the text or a value may be personal data, besides words that are known."""
        text = unescape(_TAG.sub("", html)).strip()
        if text and text not in self._pages.known and may_say(text):
            return True
        return any(
            bool(_IN_VALUE.search(value)) and bool(_IN_VALUE.search(_dateless(unquote(value))))
            if name in _WORDLESS
            else may_say(value)
            for name, value in values
        )


def _stand_ins(known: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What known words are in HTML and in addresses, with a sign that stands for each."""
    signs = iter(_SIGNS_FOR_WORDS)
    for words, in_text, in_address in zip(known, signs, signs, strict=False):
        # Shorter words could be those of a tag.
        if in_text == _ITSELF or (len(words) > 9 and " " in words):
            yield _escaped(words), in_text
            yield quote(words, safe=""), in_address


def _has_whole_tables(html: str) -> bool:
    return html.count("<table") == html.count("</table")


def _escaped(text: str) -> str:
    """The text as Jinja escapes it."""
    return escape(text).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")


def _values_in(html: str) -> list[tuple[str, str]]:
    """The values of attributes by their names; raises `NotPlainError` if an element has two."""
    values: list[tuple[str, str]] = []
    for tag in _TAG.findall(html):
        pairs = _ATTRIBUTE.findall(tag)
        if len(dict(pairs)) != len(pairs):
            raise NotPlainError
        values += pairs
    return [(name, unescape(value)) for name, value in values] if "&" in html else values


def _addresses_in(values: Iterable[tuple[str, str]], url: str) -> Iterator[str]:
    for name, value in values:
        if name in _ADDRESSES or (name == "content" and value.startswith((url, _ITSELF))):
            yield value
        elif name == "srcset":
            yield from (one.split()[0] for one in value.split(","))


def _strings_in(html: str) -> list[str]:
    """The strings of a part, paragraph by paragraph."""
    # late import: see docs/architecture.md
    from wardblog.privacy.links import expand_links
    from wardblog.privacy.shown import visible_text_in

    if not html.startswith(("<meta", "<link", "<title", "<script")):
        return visible_text_in(html).split("\n\n")
    values = (value for _, value in _values_in(html))
    lines = "\n".join((unescape(_TAG.sub("", html)), *values)).split("\n")
    return [expand_links(line) for line in lines]
