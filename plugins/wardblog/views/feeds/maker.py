"""Makes the documents of feeds; documents share the entries that they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardblog.model import Site
from wardblog.model.addresses import FeedFormat
from wardblog.views.feeds.channels import FeedDocument
from wardblog.views.feeds.entries import PostEntry, PostItem, entry_of
from wardblog.views.links import Links

if TYPE_CHECKING:
    from wardblog.views.feeds.json_feed import JsonFeeds
    from wardblog.views.feeds.xml import XmlFeeds

# The number of entries cached for the next documents: a few megabytes.
_MAX_CACHED = 2000


class FeedMaker:
    """Makes the feed documents of one site, fastest if those with similar dates are in succession.

    `draws` is whether a post with one place has a map, and whether one with several places has.
    """

    def __init__(self, site: Site, links: Links, draws: tuple[bool, bool]) -> None:
        self._site = site
        self._links = links
        self.draws = draws
        self._entries: dict[tuple[str, str], PostEntry] = {}
        self._makers: dict[FeedFormat, XmlFeeds | JsonFeeds] = {}

    def document(self, document: FeedDocument, form: FeedFormat) -> bytes:
        if len(self._entries) > _MAX_CACHED:
            self._entries.clear()
            self._makers.clear()
        return self._maker(form).document(document, [self._entry(t) for t in document.entries])

    def _entry(self, item: PostItem) -> PostEntry:
        key = (item.post.file, item.news.anchor if item.news else "")
        if key not in self._entries:
            draws = self.draws[len(item.post.places) > 1]
            urls = self._links.of(item.post)
            self._entries[key] = entry_of(self._site, item, urls, draws)
        return self._entries[key]

    def _maker(self, form: FeedFormat) -> XmlFeeds | JsonFeeds:
        if form not in self._makers:
            # late import: see docs/architecture.md
            from wardblog.views.feeds.json_feed import JsonFeeds
            from wardblog.views.feeds.xml import XmlFeeds

            is_json = form is FeedFormat.JSON
            self._makers[form] = JsonFeeds(self._site) if is_json else XmlFeeds(self._site, form)
        return self._makers[form]
