"""Links to our pages that say where their reader found them, so that visits can be counted by that.

The words are the same for everybody who reads an issue or a leaflet, and so tell nothing about a
person: `https://ward.example.org/2026/12/trees/?from=newsletter-2026-12#map`. `make stats` reads
them in the log of the web server.
"""

from __future__ import annotations

from datetime import date
from html import escape, unescape
from urllib.parse import parse_qs

from wardblog.model import Site
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import parts_of

# The parameter that says where a link was.
FROM = "from"
_HREF = late_regex(r'(<a\b[^<>]*?\bhref=")([^"]*)(")')


def newsletter_source(issue: str) -> str:
    """The source that links in an issue have, such as `newsletter-2026-12`."""
    return f"newsletter-{issue}"


def paper_source(kind: str, day: date) -> str:
    """The source that the codes on a "leaflet" or "poster" of a month have: `leaflet-2026-12`."""
    return f"{kind}-{day:%Y-%m}"


def with_source(site: Site, url: str, source: str) -> str:
    """The address with `from=` if it is one of the site's pages, else as it is.

    Other sites, e-mails, feeds, files to download, and an address that has a source stay the same.
    """
    rest, hash_sign, fragment = url.partition("#")
    address, _, query = rest.partition("?")
    if not source or not _is_page(site, address) or FROM in parse_qs(query, True):
        return url
    joined = f"{query}&" if query else ""
    return f"{address}?{joined}{FROM}={source}{hash_sign}{fragment}"


def without_source(url: str) -> str:
    """The address as `with_source` was given it, if that had no other parameters."""
    before, _, after = url.partition(f"?{FROM}=")
    return before + "".join(after.partition("#")[1:])


def html_with_sources(site: Site, html: str, source: str) -> str:
    """HTML with complete addresses, whose links to our pages have `from=`."""
    return _HREF.sub(
        lambda tag: f"{tag[1]}{escape(with_source(site, unescape(tag[2]), source))}{tag[3]}", html
    )


def _is_page(site: Site, address: str) -> bool:
    """Whether an address without parameters is below the site, and not that of a file."""
    home = site.url.rstrip("/")
    if address != home and not address.startswith(f"{home}/"):
        return False
    name = parts_of(address).path.rpartition("/")[2]
    return "." not in name or name.endswith(".html")
