"""Makes the documents of feeds, and each of their entries once for all that tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardblog.model import Site
from wardblog.model.addresses import FeedFormat
from wardblog.views.feeds.channels import FeedDocument
from wardblog.views.feeds.entries import PostEntry, Told, entry_of
from wardblog.views.links import Links

if TYPE_CHECKING:
    from wardblog.views.feeds.json_feed import JsonFeeds
    from wardblog.views.feeds.xml import XmlFeeds

# How many entries are kept for the next documents: a few megabytes.
_KEPT = 2000


class FeedMaker:
    """Makes documents of one site; those of one time had better come one after the other.

    `draws` says whether a map of one place, and one of more, shows anything.
    """

    def __init__(self, site: Site, links: Links, draws: tuple[bool, bool]) -> None:
        self._site = site
        self._links = links
        self.draws = draws
        self._entries: dict[tuple[str, str], PostEntry] = {}
        self._makers: dict[FeedFormat, XmlFeeds | JsonFeeds] = {}

    def document(self, document: FeedDocument, form: FeedFormat) -> bytes:
        if len(self._entries) > _KEPT:
            self._entries.clear()
            self._makers.clear()
        return self._maker(form).document(document, [self._entry(t) for t in document.entries])

    def _entry(self, told: Told) -> PostEntry:
        key = (told.post.file, told.news.anchor if told.news else "")
        if key not in self._entries:
            draws = self.draws[len(told.post.places) > 1]
            urls = self._links.of(told.post)
            self._entries[key] = entry_of(self._site, told, urls, draws)
        return self._entries[key]

    def _maker(self, form: FeedFormat) -> XmlFeeds | JsonFeeds:
        if form not in self._makers:
            # late import: see docs/architecture.md
            from wardblog.views.feeds.json_feed import JsonFeeds
            from wardblog.views.feeds.xml import XmlFeeds

            is_json = form is FeedFormat.JSON
            self._makers[form] = JsonFeeds(self._site) if is_json else XmlFeeds(self._site, form)
        return self._makers[form]
