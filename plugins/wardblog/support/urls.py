"""URLs as people, pages and services write them: each function answers for every text.

Python's `urlsplit` and `urljoin` raise `ValueError` for texts such as `https://[x`, and so does the
`port` of what they return. That is handled here, so no other module may use them.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

_NO_PARTS = SplitResult("", "", "", "", "")


def split_url(url: str) -> SplitResult | None:
    """Return the parts of a URL (RFC 3986), or None if it is invalid; the port can be read."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return None
    return parts


def parts_of(url: str) -> SplitResult:
    """Return the parts of a URL; all are empty if it is invalid."""
    return split_url(url) or _NO_PARTS


def host_of(url: str) -> str:
    """Return the host of a URL in small letters, without a name, a port or a final dot, or ""."""
    return (parts_of(url).hostname or "").rstrip(".")


def short_host(url: str) -> str:
    """Return the host of a URL for people to read and to compare: without `www.`."""
    return host_of(url).removeprefix("www.")


def is_web_address(url: str) -> bool:
    """Whether a URL has a host and begins with http or https."""
    return parts_of(url).scheme in ("http", "https") and host_of(url) != ""


def is_this_computer(host: str) -> bool:
    """Whether a host is the loopback (RFC 5735, RFC 4291)."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def join_url(base: str, url: str) -> str:
    """Return the URL that `url` stands for on the page `base`; itself, if one is invalid."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url
