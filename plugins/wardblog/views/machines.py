"""For machines: the sitemap, and what robots are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree as ET

from wardblog.addresses import has_map, months, ordinary_tags, placed_issues, shown_pages
from wardblog.model import Site
from wardblog.views.output import File

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def addresses(site: Site) -> Iterator[tuple[str, date | None]]:
    """Every page that residents may look for, with the day of its last change where known."""
    posts = site.published
    newest = posts[0].date.date() if posts else None
    yield "", newest
    yield "issues/", None
    for issue in site.issues:
        about = site.posts_on(issue)
        yield f"issues/{issue.slug}/", about[0].date.date() if about else None
    if has_map(site):
        yield "map/", None
        for issue in placed_issues(site):
            yield f"map/{issue.slug}/", None
    for post in posts:
        yield post.address, max(post.modified or post.date, post.date).date()
    for page in shown_pages(site):
        yield page.address, None
    yield "subscribe/", None
    for slug in ordinary_tags(site):
        yield f"tags/{slug}/", None
    for month in months(site):
        yield month, None


def sitemap(site: Site) -> Iterator[File]:
    """https://www.sitemaps.org/protocol.html"""
    root = ET.Element("urlset", xmlns=_NAMESPACE)
    for address, changed in addresses(site):
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = site.absolute(address)
        if changed:
            ET.SubElement(url, "lastmod").text = changed.isoformat()
    ET.indent(root)
    yield File("sitemap.xml", ET.tostring(root, "utf-8", xml_declaration=True) + b"\n")


def robots(site: Site) -> Iterator[File]:
    text = f"User-agent: *\nAllow: /\n\nSitemap: {site.absolute('sitemap.xml')}\n"
    yield File("robots.txt", text.encode())
