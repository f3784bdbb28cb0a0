"""Check that every page, feed, entry and picture has the imprint."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape

from wardblog.check.built.file import BuiltFile, squeezed
from wardblog.model.outputs import OutputKind
from wardblog.problems import Problem

_HINT = (
    "Add {{ site.imprint.sentence }} to the template: the law requires it wherever this is shown."
)
_ITEMS = ("item", "{http://www.w3.org/2005/Atom}entry")
# The files of map pictures and sharing cards.
_PICTURES = ("map.svg", "card.png")


def missing_imprint(file: BuiltFile) -> Iterator[Problem]:
    sentence = squeezed(file.site.imprint.sentence)
    if not sentence:
        return
    if file.is_page:
        if sentence not in file.page.words:
            yield _problem(file, f"the page {file.address} has no imprint")
    elif file.kind is OutputKind.FEED:
        yield from _of_feed(file, sentence)
    elif file.path.rsplit("/", 1)[-1] in _PICTURES and _solid(sentence) not in drawn_words(file):
        yield _problem(file, f"the picture {file.address} has no imprint")


def _problem(file: BuiltFile, message: str) -> Problem:
    return Problem(file=file.about, line=None, message=message, hint=_HINT)


def _of_feed(file: BuiltFile, sentence: str) -> Iterator[Problem]:
    whole, items = _texts(file)
    if sentence not in squeezed(unescape(whole)):
        yield _problem(file, f"the feed {file.address} has no imprint")
    for name, text in items:
        if sentence not in squeezed(unescape(text)):
            yield _problem(file, f'the entry "{name}" of the feed {file.address} has no imprint')


def _texts(file: BuiltFile) -> tuple[str, list[tuple[str, str]]]:
    """The text of a feed without its entries, and the entries with their titles."""
    if file.path.endswith(".json"):
        feed = json.loads(file.content)
        items = [(str(i.get("title", "")), str(i.get("content_html", ""))) for i in feed["items"]]
        return json.dumps({**feed, "items": []}, ensure_ascii=False), items
    whole, items = list[str](), list[tuple[str, str]]()
    channel = next((e for e in file.xml if e.tag == "channel"), file.xml)
    for element in channel:
        text = "".join(element.itertext())
        if element.tag in _ITEMS:
            title = next((c.text for c in element if str(c.tag).endswith("title")), "")
            items.append((title or "", text))
        else:
            whole.append(text)
    return "".join(whole), items


def drawn_words(file: BuiltFile) -> str:
    """The words of a drawing without spaces, since line breaks can be anywhere."""
    return _solid("".join(file.xml.itertext()))


def _solid(text: str) -> str:
    return "".join(text.split())
