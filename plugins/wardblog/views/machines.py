"""Files for search engines: the sitemap and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from html import escape

from wardblog.model import Site
from wardblog.model.outputs import OutputKind
from wardblog.views.output import EMPTY_SITE, File, Output, Page, small_file

SITEMAP = "sitemap.xml"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(site: Site, outputs: Iterable[Output]) -> File:
    """The pages that search engines should list (https://www.sitemaps.org/protocol.html)."""
    entries = "\n".join(
        f"{output.address} {output.changed or ''}"
        for output in outputs
        if isinstance(output, Page) and output.in_sitemap
    )
    return File(
        path=SITEMAP,
        kind=OutputKind.MACHINE,
        site=EMPTY_SITE,
        extra=(site.url, entries),
        content=partial(_sitemap, url=site.url, entries=entries),
    )


def _sitemap(part: Site, url: str, entries: str) -> bytes:
    """A line of `entries` is an address, a space, and the day of its last change if it has one."""
    del part
    urls = []
    for address, _, day in (line.partition(" ") for line in entries.split("\n")):
        changed = f"\n    <lastmod>{day}</lastmod>" if day else ""
        where = escape(f"{url}/{address}", quote=False)
        urls.append(f"  <url>\n    <loc>{where}</loc>{changed}\n  </url>\n")
    head = "<?xml version='1.0' encoding='utf-8'?>\n"
    return f'{head}<urlset xmlns="{_NAMESPACE}">\n{"".join(urls)}</urlset>\n'.encode()


def robots(site: Site) -> Iterator[File]:
    text = f"User-agent: *\nAllow: /\n\nSitemap: {site.absolute(SITEMAP)}\n"
    yield small_file("robots.txt", OutputKind.MACHINE, EMPTY_SITE, text.encode())
