"""Addresses of the old site: which URLs are its own, and what they are as paths."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, unquote

from wardblog.support.late_regex import late_regex
from wardblog.support.urls import parts_of, short_host

# The same blog answers at blogspot.com, blogspot.co.uk and so on.
_BLOGSPOT = late_regex(r"\.blogspot\.(?:com|co|[a-z]{2})(?:\.[a-z]{2})?$")


def base_of(url: str) -> str:
    """The path of a site, with a slash at both ends."""
    return _sound(f"{parts_of(url).path}/")


def site_of(url: str) -> str:
    """The host of a URL in a form to compare: small, without www. and without Blogger's country."""
    return _BLOGSPOT.sub(".blogspot", short_host(url))


def path_on(url: str, sites: Iterable[str]) -> str:
    """The path and query of a URL that is on one of the sites (see `site_of`); "" for others.

    A path stays as it is, without what follows a `#`.
    """
    url = url.strip()
    if url.startswith("//"):
        url = f"http:{url}"
    parts = parts_of(url)
    if parts.netloc or parts.scheme:
        if parts.scheme not in ("http", "https") or site_of(url) not in sites:
            return ""
    elif not url.startswith("/"):
        return ""
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def last_part(path: str) -> str:
    """The name in an address: `a-post` of `/2016/05/a-post.html` or `/2016/05/a-post/`."""
    name = unquote(parts_of(path).path).rstrip("/").rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    return stem if dot and ending in ("html", "htm", "php", "aspx") else name


def in_path(path: str) -> str:
    """A path as it is in an address; what is encoded already stays."""
    return quote(path, safe="%/!$&'()*+,;=:@-._~")


def each_once(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that are not empty, each once, in their order, from the top of the site."""
    return tuple(dict.fromkeys(_sound(path) for path in paths if path))


def _sound(path: str) -> str:
    """A path that begins with one slash, and leads to no folder above."""
    before, mark, query = path.partition("?")
    parts = [part for part in before.split("/") if part not in ("", ".", "..")]
    end = "/" if parts and before.endswith("/") else ""
    return f"/{'/'.join(parts)}{end}{mark}{query}"
