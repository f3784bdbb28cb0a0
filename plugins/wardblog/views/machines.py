"""For machines: the sitemap, and what robots are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from wardblog.model import Site
from wardblog.model.addresses import has_map, months, ordinary_tags, placed_issues, shown_pages
from wardblog.views.output import NOTHING, File, bare, fixed

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
    yield File(path="sitemap.xml", site=bare(site), posts=site.published, content=_sitemap)


def _sitemap(part: Site) -> bytes:
    urls = []
    for address, changed in addresses(part):
        day = f"\n    <lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        where = escape(part.absolute(address), quote=False)
        urls.append(f"  <url>\n    <loc>{where}</loc>{day}\n  </url>\n")
    head = "<?xml version='1.0' encoding='utf-8'?>\n"
    return f'{head}<urlset xmlns="{_NAMESPACE}">\n{"".join(urls)}</urlset>\n'.encode()


def robots(site: Site) -> Iterator[File]:
    text = f"User-agent: *\nAllow: /\n\nSitemap: {site.absolute('sitemap.xml')}\n"
    yield fixed("robots.txt", NOTHING, text.encode())
