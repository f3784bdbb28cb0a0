"""Writes feeds in the format JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from wardblog.model import Site
from wardblog.model.addresses import ICON, FeedFormat
from wardblog.views.feeds.channels import FeedDocument, feed_description, rights
from wardblog.views.feeds.entries import PostEntry

VERSION = "https://jsonfeed.org/version/1.1"


class JsonFeeds:
    """Makes the JSON feeds of one site; each entry is made once and shared by all feeds."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._items: dict[str, bytes] = {}

    def document(self, document: FeedDocument, entries: Sequence[PostEntry]) -> bytes:
        site, channel = self._site, document.channel
        head: dict[str, Any] = {
            "version": VERSION,
            "title": channel.title,
            "home_page_url": site.absolute(channel.page),
            "feed_url": site.absolute(document.path_in(FeedFormat.JSON)),
            "description": feed_description(site, channel),
            "language": "en-GB",
            "icon": site.absolute(ICON),
            "favicon": site.absolute(ICON),
            "authors": [{"name": councillor.name} for councillor in site.councillors],
            "_copyright": {"rights": rights(site, document)},
        }
        if document.before:
            head["next_url"] = site.absolute(document.path_of(FeedFormat.JSON, document.before))
        if site.hub:
            head["hubs"] = [{"type": "WebSub", "url": site.hub}]
        # One line for each item, so that the file can be read and compared with `diff`.
        items = b",\n".join([self._item(entry) for entry in entries])
        members = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
        return b"".join((members.encode(), b',\n "items": [\n', items, b"\n]}\n"))

    def _item(self, entry: PostEntry) -> bytes:
        made = self._items.get(entry.id)
        if made is None:
            made = json.dumps(_values(entry), ensure_ascii=False).encode()
            self._items[entry.id] = made
        return made


def _values(entry: PostEntry) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": entry.guid,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": entry.author}],
        "language": "en-GB" if entry.lang == "en" else entry.lang,
    }
    if entry.categories:
        found["tags"] = list(entry.categories)
    if picture := entry.picture:
        found["image"] = picture.url
        size = {"size_in_bytes": picture.size} if picture.size else {}
        found["attachments"] = [{"url": picture.url, "mime_type": picture.media_type, **size}]
    if entry.points:
        found["_geo"] = {
            "about": "https://www.georss.org/",
            "points": [[point.latitude, point.longitude] for point in entry.points],
        }
    return found
