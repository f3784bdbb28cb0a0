"""Check that finished files have what they must have: structure, imprint, and sources of data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import unescape

from wardblog.check.built.file import BuiltFile, squeezed
from wardblog.model import Dataset, Site
from wardblog.model.addresses import downloads_of
from wardblog.model.outputs import OutputKind
from wardblog.problems import Problem
from wardblog.text.attribution import attribution

_IMPRINT_HINT = (
    "Add {{ site.imprint.sentence }} to the template: the law requires it wherever this is shown."
)
_SOURCE_HINT = (
    "Its licence requires these words wherever the data is shown. Put them back into the template."
)
_ITEMS = ("item", "{http://www.w3.org/2005/Atom}entry")
# The files of map pictures and sharing cards.
_PICTURES = ("map.svg", "card.png")


def missing_imprint(file: BuiltFile) -> Iterator[Problem]:
    sentence = squeezed(file.site.imprint.sentence)
    if not sentence:
        return
    if file.is_page:
        if not (file.reading.says(sentence) or file.page.says(sentence)):
            yield _problem(file, f"the page {file.address} has no imprint")
    elif file.kind is OutputKind.FEED:
        yield from _of_feed(file, sentence)
    elif file.path.rsplit("/", 1)[-1] in _PICTURES and _solid(sentence) not in drawn_words(file):
        yield _problem(file, f"the picture {file.address} has no imprint")


def _problem(file: BuiltFile, message: str) -> Problem:
    return Problem(file=file.about, line=None, message=message, hint=_IMPRINT_HINT)


def _of_feed(file: BuiltFile, sentence: str) -> Iterator[Problem]:
    whole, items = _texts(file)
    if not _says(whole, sentence):
        yield _problem(file, f"the feed {file.address} has no imprint")
    for name, text in items:
        if not _says(text, sentence):
            yield _problem(file, f'the entry "{name}" of the feed {file.address} has no imprint')


def _says(html: str, sentence: str) -> bool:
    return sentence in html or sentence in squeezed(unescape(html))


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


def missing_attribution(file: BuiltFile) -> Iterator[Problem]:
    due = dict.fromkeys((*file.credits, *_due(file.site, file.path)))
    # A page whose text has the words in one piece need not be parsed.
    rest = [one for one in due if not (file.is_page and file.reading.says(squeezed(one)))]
    words = _words(file) if rest else ""
    for credit in rest:
        if "".join(credit.split()) not in words:
            yield Problem(
                file=file.about,
                line=None,
                message=f'{file.address} shows data without saying "{credit}"',
                hint=_SOURCE_HINT,
            )


def _due(site: Site, path: str) -> Iterable[str]:
    """The attributions that the lists on a page, or a downloaded list, require."""
    for issue in site.issues:
        is_about = path.endswith("index.html") and path.startswith(
            (f"issues/{issue.slug}/", f"map/{issue.slug}/", "map/index.html")
        )
        for dataset in issue.datasets:
            is_shown = is_about
            if dataset.table:  # it is on the issue's own page, and on no map
                is_shown = path == f"issues/{issue.slug}/index.html"
            if is_shown or path in _downloads(dataset):
                yield attribution(dataset)


def _downloads(dataset: Dataset) -> tuple[str, ...]:
    return tuple(path for path in downloads_of(dataset) if not path.endswith("-metadata.json"))


def _words(file: BuiltFile) -> str:
    """The text of a file without spaces."""
    if file.is_page:
        return "".join(file.page.words.split())
    if file.path.endswith((".svg", ".png")):
        return drawn_words(file)
    if file.path.endswith("json"):
        return "".join(" ".join(_strings(json.loads(file.content))).split())
    # A table doubles the quotation marks in its cells (RFC 4180).
    return "".join(file.text.replace('""', '"').split())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def page_structure(file: BuiltFile) -> Iterator[Problem]:
    """What browsers and screen readers rely on, whatever the theme."""
    if file.is_page:
        for message, hint in _faults_of(file):
            yield Problem(
                file=file.about, line=None, message=f"the page {file.address} {message}", hint=hint
            )


def _faults_of(file: BuiltFile) -> Iterator[tuple[str, str]]:
    page = file.reading
    if not page.title:
        yield "has no title", "Give it one in the template: <title>...</title>"
    if not page.lang:
        yield "does not say which language it is in", 'Begin it with <html lang="en-GB">.'
    for name in (name for name, count in page.ids.items() if count > 1):
        yield f'has two elements with the id "{name}"', "Give one of them another id."
    if file.plain and file.plain.outline in file.pages.valid:
        return
    faults = list(_of_headings(file))
    faults += (
        (f"is not valid HTML ({fault})", "Fix the template that it is made from.")
        for fault in dict.fromkeys(file.page.faults)
    )
    if file.plain and not faults:
        file.pages.valid.add(file.plain.outline)
    yield from faults


def _of_headings(file: BuiltFile) -> Iterator[tuple[str, str]]:
    """One main heading, and no skipped level; headings in a post's text have their own rule."""
    headings = file.page.headings
    main = [heading for heading in headings if heading.level == 1 and not heading.is_own]
    if len(main) != 1:
        how_many = "no main heading" if not main else f"{len(main)} main headings"
        yield f"has {how_many}", "A page has one <h1>: its title."
    previous = 0
    for heading in headings:
        if heading.level > previous + 1 and not heading.is_own:
            levels = f"of level {heading.level} below one of level {previous}"
            hint = "Do not skip a level: <h3> comes below <h2>."
            yield f'has the heading "{heading.words}" {levels}', hint
        previous = heading.level
