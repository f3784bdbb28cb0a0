"""Writes RSS 2.0 and Atom with feedgen, and adds or corrects what feedgen leaves out or gets wrong.

https://www.rssboard.org/rss-specification and RFC 4287. The XML of an entry is made once and shared
by all feeds.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from wardblog.model import Site
from wardblog.model.addresses import ICON, FeedFormat, card_path
from wardblog.text.words import degrees
from wardblog.views.feeds.channels import ICON_SIZE, FeedDocument, feed_description, rights
from wardblog.views.feeds.entries import PostEntry

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
GEORSS = "http://www.georss.org/georss"
HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005


# Text that might be mistaken for HTML, and the lines that contain it: its special characters are
# written as numeric references (https://www.rssboard.org/rss-profile#data-types-characterdata).
_LIKE_HTML = re.compile(r"<[/a-zA-Z]|&[#\w]")
_SHORT_LINE = re.compile(
    rb"^ *<(title|category|subtitle|summary|copyright|rights)\b.*>$"
    rb"|^    <description>.*</description>$",
    re.MULTILINE,
)

# What Atom allows as an id (RFC 4287, 4.2.6; RFC 3987), as far as feed readers care.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s<>\"{}|\\^`%#]|%[0-9A-Fa-f]{2})+(?:#[^\s<>#]*)?")


class _FeedParts(BaseExtension):  # type: ignore[misc] # feedgen has no types
    """The links and the logo of a feed, which feedgen cannot make."""

    links: tuple[tuple[str, str, str], ...] = ()
    is_archive = False
    logo = ""

    def extend_ns(self) -> dict[str, str]:
        return {"dc": DUBLIN_CORE, "georss": GEORSS, "fh": HISTORY}

    def extend_rss(self, rss: Any) -> None:
        self._extend(rss[0], f"{{{ATOM}}}link")

    def extend_atom(self, feed: Any) -> None:
        # feedgen has one picture for both formats; a logo is twice as wide as high (RFC 4287).
        feed.find("logo").text = self.logo
        self._extend(feed, "link")

    def _extend(self, parent: Any, link: str) -> None:
        for rel, href, media_type in self.links:
            made = etree.SubElement(parent, link, rel=rel, href=href)
            if media_type:
                made.set("type", media_type)
        if self.is_archive:
            etree.SubElement(parent, f"{{{HISTORY}}}archive")


class _EntryParts(BaseEntryExtension):  # type: ignore[misc] # feedgen has no types
    """The author's name, points and language of an entry, and link attributes feedgen drops."""

    entry: PostEntry

    def extend_rss(self, item: Any) -> None:
        # Feed readers treat a description as HTML.
        item.find("description").text = escape(self.entry.summary, quote=False)
        etree.SubElement(item, f"{{{DUBLIN_CORE}}}creator").text = self.entry.author
        if self.entry.lang != "en":
            etree.SubElement(item, f"{{{DUBLIN_CORE}}}language").text = self.entry.lang
        self._points(item)

    def extend_atom(self, item: Any) -> None:
        if self.entry.lang != "en":
            item.set("{http://www.w3.org/XML/1998/namespace}lang", self.entry.lang)
        for name in ("title", "summary"):
            element = item.find(name)
            if _LIKE_HTML.search(element.text):
                element.text = escape(element.text, quote=False)
                element.set("type", "html")
        page, *pictures = item.findall("link")
        page.set("rel", "alternate")
        page.set("type", "text/html")
        for link in pictures:
            if picture := self.entry.picture:
                link.set("rel", "enclosure")
                link.set("type", picture.media_type)
                if picture.size:
                    link.set("length", str(picture.size))
        self._points(item)

    def _points(self, item: Any) -> None:
        """https://docs.ogc.org/cs/17-002r1/17-002r1.html: latitude, then longitude."""
        for point in self.entry.points:
            made = etree.SubElement(item, f"{{{GEORSS}}}point")
            made.text = f"{degrees(point.latitude)} {degrees(point.longitude)}"


class _CachedEntry(FeedEntry):  # type: ignore[misc] # feedgen has no types
    """An entry whose XML is made once, in one format."""

    xml: Any = None

    def atom_entry(self, extensions: bool = True) -> Any:
        if self.xml is None:
            self.xml = super().atom_entry(extensions)
        return self.xml

    def rss_entry(self, extensions: bool = True) -> Any:
        if self.xml is None:
            self.xml = super().rss_entry(extensions)
        return self.xml


class XmlFeeds:
    """Makes the feeds of one site as RSS or as Atom."""

    def __init__(self, site: Site, form: FeedFormat) -> None:
        self._site = site
        self._form = form
        self._entries: dict[str, _CachedEntry] = {}
        # The ids of entries whose title, summary or tags might be mistaken for HTML.
        self._like_html: set[str] = set()

    def document(self, document: FeedDocument, entries: Sequence[PostEntry]) -> bytes:
        feed = self._feed(document, entries)
        is_rss = self._form is FeedFormat.RSS
        xml = bytes(feed.rss_str(pretty=True) if is_rss else feed.atom_str(pretty=True))
        about = (document.channel.title, document.channel.about)
        is_plain = not any(map(_LIKE_HTML.search, about))
        if is_plain and self._like_html.isdisjoint(entry.id for entry in entries):
            return xml
        return _SHORT_LINE.sub(
            lambda m: m[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;"), xml
        )

    def _feed(self, document: FeedDocument, entries: Sequence[PostEntry]) -> FeedGenerator:
        site, channel = self._site, document.channel
        page = site.absolute(channel.page)
        feed = FeedGenerator()
        feed.id(site.absolute(document.path_of(self._form, 0)))
        feed.title(channel.title)
        feed.description(feed_description(site, channel))
        own = site.absolute(document.path_in(self._form))
        feed.link(href=own, rel="self", type=self._form.media_type)
        # feedgen makes the last link the channel's own, so the page comes after the feed.
        feed.link(href=page, rel="alternate", type="text/html")
        feed.language("en-GB")
        feed.author([{"name": councillor.name} for councillor in site.councillors])
        feed.rights(rights(site, document))
        feed.generator("Ward blog")
        feed.updated(document.updated)
        feed.lastBuildDate(document.updated)
        icon = site.absolute(ICON)
        size = str(ICON_SIZE)
        feed.icon(icon)
        feed.image(icon, title=channel.title, link=page, width=size, height=size)
        feed.register_extension("ward", _FeedParts)
        feed.ward.links = self._links(document)
        feed.ward.is_archive = document.archive > 0
        feed.ward.logo = site.absolute(card_path(channel.page if channel.issue else ""))
        for entry in entries:
            feed.add_entry(self._entry(entry), order="append")
        return feed

    def _links(self, document: FeedDocument) -> tuple[tuple[str, str, str], ...]:
        """The relation, address and media type of each link."""

        def to(rel: str, archive: int) -> tuple[str, str, str]:
            path = document.path_of(self._form, archive)
            return rel, self._site.absolute(path), self._form.media_type

        links = [to("prev-archive", document.before)] if document.before else []
        if document.after:
            links.append(to("next-archive", document.after))
        if document.archive:
            links.append(to("current", 0))
        if self._site.hub:
            links.append(("hub", self._site.hub, ""))
        return tuple(links)

    def _entry(self, entry: PostEntry) -> _CachedEntry:
        made = self._entries.get(entry.id)
        if made is None:
            made = self._entries[entry.id] = _made(entry, self._form)
            words = (entry.title, entry.summary, *entry.categories)
            if any(map(_LIKE_HTML.search, words)):
                self._like_html.add(entry.id)
        return made


def _distinct(entry: PostEntry) -> datetime:
    """When it was last changed, with a fraction of a second that differs between entries.

    Posts often have a date but no time, and feed readers that sort by this date, as Atom asks
    them to, need every entry to have a different one.
    """
    return entry.updated.replace(microsecond=zlib.crc32(entry.id.encode()) % 1_000_000)


def _made(entry: PostEntry, form: FeedFormat) -> _CachedEntry:
    made = _CachedEntry()
    made.title(entry.title)
    if form is FeedFormat.ATOM:
        made.id(entry.guid if _IRI.fullmatch(entry.guid) else entry.id)
    else:  # nobody knows whether the id of an earlier blog is an address that still answers
        made.guid(entry.guid, permalink=entry.guid in (entry.id, entry.url))
    made.link(href=entry.url)
    if picture := entry.picture:
        # RSS requires a length, and 0 means that it is unknown
        # (https://www.rssboard.org/rss-profile#element-channel-item-enclosure).
        made.enclosure(picture.url, str(picture.size), picture.media_type)
    made.published(entry.published)
    made.updated(_distinct(entry))
    made.author(name=entry.author)
    made.summary(entry.summary)
    made.content(entry.html, type="html")
    made.category([{"term": category} for category in entry.categories])
    made.register_extension("ward", _EntryParts)
    made.ward.entry = entry
    return made
