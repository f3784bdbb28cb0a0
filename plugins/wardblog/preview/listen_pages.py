"""The private page with the digest of other sites: only in the preview, never part of a site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path

from wardblog.model.addresses import index_of
from wardblog.model.events import LONDON
from wardblog.office.listening.digest import Digest, DigestItem, DigestSection
from wardblog.office.listening.digest_files import load_digest
from wardblog.office.listening.markdown import (
    digest_summary,
    digest_title,
    other_matters,
    quoted_text,
    when,
)
from wardblog.preview.assets import OWN, own_page
from wardblog.problems import CommandError
from wardblog.text.words import counted

LISTEN = f"{OWN}listen/"
_TITLE = "What is said about the ward"


def is_listen_page(path: str) -> bool:
    return path == index_of(LISTEN)


def listen_page(private: Path) -> bytes:
    """The digest in the private folder as it is now."""
    how = " To write a post about number 7:</p>\n<p><code>make new FROM=listen:7</code>"
    return own_page(*listen_parts(private, how, "There is no digest yet: run make listen."))


def listen_parts(private: Path, how: str, none: str) -> tuple[str, str]:
    """The title and the HTML of the digest, as it is now.

    `how` says in HTML how a post about an item is written, and `none` what to do for a digest.
    """
    try:
        digest = load_digest(private)
    except CommandError as error:
        return _TITLE, f"<p>{escape(f'{error}. {error.hint}')}</p>"
    if digest is None:
        return _TITLE, f"<p>{escape(none)}</p>"
    return digest_title(digest), "\n".join(_content(digest, how))


def _content(digest: Digest, how: str) -> Iterator[str]:
    yield f"<p>{escape(digest_summary(digest))}{how}</p>"
    yield '<nav aria-label="Issues and streets"><ul class="jump">'
    for number, section in enumerate(digest.sections, 1):
        count = sum(map(len, section.stories))
        yield f'<li><a href="#s{number}">{escape(section.heading)}</a> {count:,}</li>'
    yield "</ul></nav>"
    today = digest.made.astimezone(LONDON).date()
    for number, section in enumerate(digest.sections, 1):
        yield from _section(section, number, today)
    if digest.notes:
        yield '<section aria-labelledby="notes">\n<h2 id="notes">Could not be read</h2>\n<ul>'
        yield from (f"<li><p>{escape(note)}</p></li>" for note in digest.notes)
        yield "</ul>\n</section>"


def _section(section: DigestSection, number: int, today: date) -> Iterator[str]:
    yield f'<section aria-labelledby="s{number}">'
    yield f'<h2 id="s{number}">{escape(section.heading)}</h2>\n<ul class="heard">'
    for story in section.stories:
        yield "<li>"
        yield from _item(story[0], section.heading, today)
        if story[1:]:
            more = counted(len(story) - 1, "more item tells", "more items tell")
            yield f"<p>{more} this story:</p><ul>"
            for entry in story[1:]:
                yield "<li>"
                yield from _item(entry, section.heading, today)
                yield "</li>"
            yield "</ul>"
        yield "</li>"
    yield "</ul>\n</section>"


def _item(entry: DigestItem, heading: str, today: date) -> Iterator[str]:
    item = entry.item
    title = escape(item.title or "(no title)")
    yield (
        f'<p class="what"><span class="number">{entry.number}</span> '
        f"<bdi>{_linked(item.link, title)}</bdi></p>"
    )
    if text := quoted_text(entry):
        yield f'<p dir="auto">{escape(text)}</p>'
    about = other_matters(entry, heading)
    also = ", ".join(_linked(place.link, escape(place.site)) for place in entry.also)
    parts = [
        f"<bdi>{escape(item.site)}</bdi>",
        escape(when(entry, today)),
        f"also about {escape(about)}" if about else "",
        f"also at {also}" if also else "",
    ]
    yield f'<p class="note">{" · ".join(filter(None, parts))}</p>'


def _linked(link: str, words: str) -> str:
    """Words with a link; only addresses of web pages were kept, and nothing else is linked."""
    if not link.startswith(("https://", "http://")):
        return words
    return f'<a href="{escape(link)}" target="_blank" rel="noopener noreferrer">{words}</a>'
