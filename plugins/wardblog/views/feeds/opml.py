"""All feeds in one file, for readers that take a whole list (http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from wardblog.model import Site
from wardblog.model.addresses import EVERYTHING, feed_path
from wardblog.views.feeds.channels import Channel


def opml(site: Site, channels: Iterable[Channel]) -> bytes:
    """Each feed once, as RSS: a reader that takes the list would follow each format."""
    found = list(channels)
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = f"Feeds of {site.title}"
    ET.SubElement(head, "dateModified").text = format_datetime(found[0].updated)
    ET.SubElement(head, "ownerName").text = " and ".join(c.name for c in site.councillors)
    body = ET.SubElement(root, "body")
    for channel in found:
        outline = ET.SubElement(
            body,
            "outline",
            type="rss",
            text=channel.title,
            title=channel.title,
            description=channel.about,
            xmlUrl=site.absolute(feed_path(channel.slug)),
            htmlUrl=site.absolute(channel.page),
            language="en-gb",
            version="RSS2",
        )
        if channel.slug != EVERYTHING:
            outline.set("category", "/Issues" if channel.issue else "/Tags")
    ET.indent(root)
    made: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return made + b"\n"
