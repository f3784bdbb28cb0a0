"""Check every string of a published file for personal data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from wardblog.check.allowed import allowed_on, quoted
from wardblog.check.built.file import BuiltFile
from wardblog.check.built.plain_page import (
    html_may_say,
    may_say,
    solid_text,
    tags_may_say,
)
from wardblog.check.personal import known_personal
from wardblog.model.addresses import SEARCH
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from lxml.etree import _Element

# A number in a list; a telephone number begins with a second 0, or has spaces.
_FIGURE = late_regex(r"-?(?:\d+\.\d+|[1-9]\d*|0)?")
# Lines of a calendar without free text (RFC 5545).
_NO_WORDS = late_regex(r"(?:UID|DT\w+|SEQUENCE|RRULE|EXDATE|PRODID|VERSION|CREATED|GEO)\b")
_ESCAPED = late_regex(r"\\([nN,;\\])")
_JSON_STRING = late_regex(r'"[^"\\]*(?:\\.[^"\\]*)*"')
# Coordinates of lines and words, unless they could be a telephone number.
_SHAPE = late_regex(
    r"(?![\s(+]*0\d[\d\s()-]{8,}$)(?:[\s\d.,()#%+-]|(?<![^\W\d_])[^\W\d_]{1,2}(?![^\W\d_]))*"
)
_MARKUP = late_regex(r"<[a-zA-Z/!]|&[a-zA-Z#]")


def personal_data_in_output(file: BuiltFile) -> Iterator[Problem]:
    """Personal data that was not reported at its source: a last check before publishing."""
    # late import: see docs/architecture.md
    from wardblog.privacy import find_personal

    words = [p for p in _paragraphs(file) if _is_new(p, file.inspected) and may_say(p)]
    matches = find_personal("\n\n".join(words)) if words else ()
    if file.is_page and file.plain and not matches:
        file.pages.parts.update(file.plain.new)
    for match in matches:
        is_known = (match.kind, match.value) in known_personal(file.site)
        if not is_known and match not in allowed_on(file.site):
            yield Problem(
                file=file.about,
                line=None,
                message=f"{file.address} gives away {quoted(match)}",
                hint=(
                    "Look for it in your settings, lists and pictures, and in the theme, "
                    "and remove it there."
                ),
            )


def _paragraphs(file: BuiltFile) -> Iterator[str]:
    """The paragraphs of all strings."""
    if file.is_page:
        yield from _of_page(file)
        return
    for text in strings(file):
        if text in file.pages.known:
            continue
        if _is_new((text,), file.inspected) and _adds(text, file.checked, file.inspected):
            yield from _words(text).split("\n\n")


def _of_page(file: BuiltFile) -> Iterator[str]:
    if file.plain is None:
        own = solid_text(file.checked[0]) if file.post and file.checked else ""
        yield from file.page.strings(file.inspected, own)
        return
    yield from file.plain.strings
    if file.plain.nested:
        # late import: see docs/architecture.md
        from wardblog.check.built.page_strings import PageStrings
        from wardblog.text.html_tree import parse_html

        for part in file.plain.nested:
            root, _ = parse_html(part.encode())
            yield from () if root is None else PageStrings(set(), "").of(root)


def _adds(text: str, known: tuple[str, ...], inspected: set[int]) -> bool:
    """Whether a string says more than a known post, which was checked where it was written.

    Feeds add the imprint to each post, which is inspected with the first of them. What tags may
    say is not in the text, so then the string is read whatever its words are.
    """
    if not known or "<" not in text:
        return True
    if post := next((html for html in known if html and text.startswith(html)), ""):
        return text != post and _is_new((text[len(post) :],), inspected)
    if tags_may_say(text):
        return True
    solid = solid_text(text)
    post = next(filter(solid.startswith, _texts_of(known)), "")
    return not post or (solid != post and _is_new((solid[len(post) :],), inspected))


@lru_cache(maxsize=1)  # the files of a feed follow each other, and show the same posts
def _texts_of(posts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts of posts, given as HTML, without space; those that have one."""
    return tuple(filter(None, map(solid_text, posts)))


def _is_new(text: str | tuple[str], inspected: set[int]) -> bool:
    """Whether a text was not inspected before, since many files have the same texts."""
    mark = hash(text)
    if mark in inspected:
        return False
    inspected.add(mark)
    return True


def strings(file: BuiltFile) -> Iterator[str]:
    """All strings of a feed, list, calendar or drawing: text, attributes and addresses.

    Those of feeds may be HTML.
    """
    name = file.path
    if name.endswith((".svg", ".png")):  # for a card, its drawing is used
        yield _lines_in(file.xml)
        yield "\n".join(value for value in _values_in(file.xml) if not _SHAPE.fullmatch(value))
    elif name.endswith((".xml", ".opml")):
        yield from _texts_in(file.xml)
        yield from _values_in(file.xml)
    elif name.startswith(SEARCH) and name.endswith(".json"):
        yield from _in_index(name, file.text)
    elif name.endswith("json"):
        yield from _in_json(file.text)
    elif name.endswith(".csv"):
        # late import: see docs/architecture.md
        import csv

        for row in csv.reader(file.text.lstrip("\ufeff").splitlines()):
            yield from (cell for cell in row if not _FIGURE.fullmatch(cell))
    elif name.endswith(".ics"):
        for line in file.text.replace("\r\n ", "").splitlines():
            if not _NO_WORDS.match(line):
                yield _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], line)


def _texts_in(root: _Element) -> Iterator[str]:
    return (text for text in map(str, root.itertext()) if not text.isspace())


def _lines_in(drawing: _Element) -> str:
    """The text of a drawing: one sentence may be set in several lines, which then look the same.

    The number of a place and the name of a street beside it are not an address.
    """
    found, look = "", ""
    for element in drawing.iter():
        if element.text and not element.text.isspace():
            own = str(element.get("class", ""))
            found += ("\n" if own == look else "\n\n") + str(element.text)
            look = own
        if element.tail and not element.tail.isspace():
            found += f"\n{element.tail}"
    return found


def _values_in(root: _Element) -> Iterator[str]:
    """The values of attributes, each once."""
    from lxml import etree

    values = etree.XPath("//@*", smart_strings=False)(root)
    return (value for value in dict.fromkeys(values) if value)


def _in_json(text: str) -> Iterator[str]:
    """Keys and values (RFC 8259, 7), each once."""
    for written in dict.fromkeys(_JSON_STRING.findall(text)):
        yield json.loads(written) if "\\" in written else written[1:-1]


def _in_index(name: str, text: str) -> Iterator[str]:
    """What a file of the search says, except for the words of pages, which are read in those.

    Words are there one by one, in the order of the alphabet, each with numbers in letters.
    """
    if name.startswith((f"{SEARCH}words/", f"{SEARCH}spelling/")):
        return
    said = json.loads(text)
    said.pop("words", None)
    yield from _in_json(json.dumps(said, ensure_ascii=False))


def _words(text: str) -> str:
    """The words of a string, or the visible text of HTML, as in feeds."""
    # late import: see docs/architecture.md
    from wardblog.privacy.links import expand_links
    from wardblog.privacy.shown import visible_text

    if not _MARKUP.search(text):
        return expand_links(text)
    return visible_text(text) if html_may_say(text) else ""
