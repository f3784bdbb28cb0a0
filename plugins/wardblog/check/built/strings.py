"""Every string of a file as it would be published, and what none of them may give away."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wardblog.check.allowed import allowed_on
from wardblog.check.built.file import BuiltFile
from wardblog.check.personal import known_personal, quoted
from wardblog.problems import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

# A measure or a number in a list; a telephone number begins with another 0, or has spaces.
_FIGURE = re.compile(r"-?(?:\d+\.\d+|[1-9]\d*|0)?")
# Lines of a calendar that are names and moments, and no words (RFC 5545).
_NO_WORDS = re.compile(r"(?:UID|DT\w+|SEQUENCE|RRULE|EXDATE|PRODID|VERSION|CREATED|GEO)\b")
_ESCAPED = re.compile(r"\\([nN,;\\])")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]")


def personal_data_in_output(file: BuiltFile) -> Iterator[Problem]:
    """What nothing reported where it was written: a last look at what residents would get."""
    fresh = list[str]()
    for text in strings(file):
        # The same titles, summaries and texts are in many files: each is inspected once.
        if (mark := hash(text)) not in file.inspected:
            file.inspected.add(mark)
            fresh.append(_words(text))
    if not fresh:
        return
    # late import: most runs make no file anew
    from wardblog.read.personal import find_personal

    for found in find_personal("\n\n".join(fresh)):
        is_known = (found.kind, found.value) in known_personal(file.site)
        if not is_known and found not in allowed_on(file.site):
            yield Problem(
                file.about,
                None,
                f"{file.address} gives away {quoted(found)}",
                "Look for it in your settings, lists and pictures, and in the theme, and take it "
                "out there.",
            )


def strings(file: BuiltFile) -> Iterator[str]:
    """All strings of a page, feed, list, calendar or drawing: text, attributes and addresses.

    Those of feeds may be HTML.
    """
    name = file.path
    if file.is_page:
        yield from file.page.strings
    elif name.endswith((".svg", ".png")):  # of a card, its drawing is at hand
        yield "\n".join(_in_xml(file.xml))  # a sentence is set in lines, wherever these end
    elif name.endswith((".xml", ".opml")):
        yield from _in_xml(file.xml)
    elif name.endswith("json"):
        yield from _in_json(json.loads(file.content))
    elif name.endswith(".csv"):
        for row in csv.reader(file.text.lstrip("\ufeff").splitlines()):
            yield from (cell for cell in row if not _FIGURE.fullmatch(cell))
    elif name.endswith(".ics"):
        for line in file.text.replace("\r\n ", "").splitlines():
            if not _NO_WORDS.match(line):
                yield _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], line)


def _in_xml(root: _Element) -> Iterator[str]:
    for element in root.iter():
        for value in (element.text, element.tail, *element.attrib.values()):
            if value and not value.isspace():
                yield str(value)


def _in_json(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _in_json(item)
    elif isinstance(value, list):
        for item in value:
            yield from _in_json(item)


def _words(text: str) -> str:
    """The words of a string, and where it is HTML, as in feeds, what that shows."""
    # late import: most runs make no file anew
    from wardblog.read.personal.links import with_addresses_read
    from wardblog.read.personal.shown import shown_in

    return shown_in(text) if _MARKUP.search(text) else with_addresses_read(text)
