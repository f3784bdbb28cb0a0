"""The list of all feeds as OPML, which feed readers import (http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from wardblog.model import Site
from wardblog.model.addresses import EVERYTHING, OPML, feed_path
from wardblog.model.outputs import OutputKind
from wardblog.views.feeds.channels import FeedChannel
from wardblog.views.output import File


class FeedOutline(NamedTuple):
    """One feed in the list; `category` is empty for the feed of the whole blog."""

    title: str
    about: str
    path: str
    page: str
    category: str


def feed_list(own: Site, channels: Sequence[FeedChannel]) -> File:
    """Each feed once, as RSS: a reader that imports the list would subscribe to every format."""
    outlines, updated = [_outline(channel) for channel in channels], channels[0].updated
    return File(
        path=OPML,
        kind=OutputKind.MACHINE,
        site=own,
        extra=(outlines, updated),
        content=lambda site: _document(site, outlines, updated),
    )


def _outline(channel: FeedChannel) -> FeedOutline:
    category = "/Issues" if channel.issue else "/Tags"
    return FeedOutline(
        title=channel.title,
        about=channel.about,
        path=feed_path(channel.slug),
        page=channel.page,
        category="" if channel.slug == EVERYTHING else category,
    )


def _document(site: Site, outlines: Sequence[FeedOutline], updated: datetime) -> bytes:
    entries = [_attributes(site, feed) for feed in outlines]
    return opml(site, f"Feeds of {site.title}", entries, updated)


def _attributes(site: Site, feed: FeedOutline) -> dict[str, str]:
    category = {"category": feed.category} if feed.category else {}
    return {
        "type": "rss",
        "text": feed.title,
        "title": feed.title,
        "description": feed.about,
        "xmlUrl": site.absolute(feed.path),
        "htmlUrl": site.absolute(feed.page),
        "language": "en-gb",
        "version": "RSS2",
        **category,
    }


def opml(
    site: Site,
    title: str,
    outlines: Iterable[Mapping[str, str]],
    updated: datetime | None = None,
) -> bytes:
    """An OPML 2.0 file of the councillors', with the attributes of each outline."""
    # late import: see docs/architecture.md
    from email.utils import format_datetime
    from xml.etree import ElementTree as ET

    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = title
    if updated:
        ET.SubElement(head, "dateModified").text = format_datetime(updated)
    ET.SubElement(head, "ownerName").text = " and ".join(c.name for c in site.councillors)
    body = ET.SubElement(root, "body")
    for attributes in outlines:
        ET.SubElement(body, "outline", dict(attributes))
    ET.indent(root)
    made: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return made + b"\n"
