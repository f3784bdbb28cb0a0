"""Makes the documents of feeds, and each of their entries once for all that tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardblog.addresses import FeedFormat
from wardblog.model import Site
from wardblog.views.feeds.channels import Document
from wardblog.views.feeds.entries import Entry, Told, entry_of
from wardblog.views.links import Links

if TYPE_CHECKING:
    from wardblog.views.feeds.json_feed import JsonFeeds
    from wardblog.views.feeds.xml import XmlFeeds

# How many entries are kept for the next documents; more would need memory for little.
_KEPT = 1500


class FeedMaker:
    """Makes documents of one site; those of one format had better come one after the other.

    `draws` says whether a map of one place, and one of more, shows anything.
    """

    def __init__(self, site: Site, links: Links, draws: tuple[bool, bool]) -> None:
        self._site = site
        self._links = links
        self.draws = draws
        self._entries: dict[tuple[str, str], Entry] = {}
        self._form: FeedFormat | None = None
        self._xml: XmlFeeds | None = None
        self._json: JsonFeeds | None = None

    def document(self, document: Document) -> bytes:
        entries = tuple(map(self._entry, document.entries))
        if document.form is FeedFormat.JSON:
            return self._json_feeds().document(document, entries)
        return self._xml_feeds(document.form).document(document, entries)

    def _entry(self, told: Told) -> Entry:
        key = (told.post.file, told.news.anchor if told.news else "")
        if key not in self._entries:
            if len(self._entries) >= _KEPT:
                self._entries.clear()
                self._xml = self._json = None
            draws = self.draws[len(told.post.places) > 1]
            urls = self._links.of(told.post)
            self._entries[key] = entry_of(self._site, told, urls, draws)
        return self._entries[key]

    def _json_feeds(self) -> JsonFeeds:
        if self._json is None:
            from wardblog.views.feeds.json_feed import JsonFeeds

            self._json = JsonFeeds(self._site)
        return self._json

    def _xml_feeds(self, form: FeedFormat) -> XmlFeeds:
        """An entry's XML is of one format."""
        if self._xml is None or self._form is not form:
            # Here, since feedgen takes a tenth of a second that most builds can save.
            from wardblog.views.feeds.xml import XmlFeeds

            self._form, self._xml = form, XmlFeeds(self._site)
        return self._xml
