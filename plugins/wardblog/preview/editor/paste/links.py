"""Where the links of pasted texts lead: without what watches the reader, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote

from wardblog.scaffold.old_blog.conversion.old_addresses import without_tracking
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import (
    host_of,
    is_this_computer,
    is_web_address,
    join_url,
    parts_of,
    split_url,
)

_SPACES = late_regex(r"[\x00-\x20\x7f-\xa0]+")
# Addresses that only lead on to another: the end of the host, the path, and the parameter that
# has it. Mail programs and social networks put them in the place of links.
_FORWARDING: tuple[tuple[str, str, str], ...] = (
    ("safelinks.protection.outlook.com", "/", "url"),
    ("google.com", "/url", "q"),
    ("google.com", "/url", "url"),
    ("google.co.uk", "/url", "q"),
    ("google.co.uk", "/url", "url"),
    ("l.facebook.com", "/l.php", "u"),
    ("lm.facebook.com", "/l.php", "u"),
    ("l.instagram.com", "/", "u"),
    ("linkprotect.cudasvc.com", "/url", "a"),
    ("youtube.com", "/redirect", "q"),
    ("slack-redir.net", "/link", "url"),
    ("linkedin.com", "/redir/redirect", "url"),
    ("urldefense.proofpoint.com", "/v2/url", "u"),
)
_HOSTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    host: tuple((path, name) for other, path, name in _FORWARDING if other == host)
    for host, _, _ in _FORWARDING
}
_DEFENDED = late_regex(r"https://urldefense\.(?:com|us)/v3/__(.+?)__;[^!]*!.*")
_PROOFPOINT = str.maketrans({"-": "%", "_": "/"})
# How often one such address may be in another.
_MOST = 5
_WRITTEN = late_regex(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
# This computer, such as the preview: nobody else can follow such a link.
# The address at which many programs say that they answer.
_ANY_ADDRESS = "0.0.0.0"  # noqa: S104 - nothing is bound to it
_NOT_AT_END = ".,;:!?)]’”'"


def cleaned(address: str, source: str = "") -> str:
    """The address that a link is meant to lead to; "" if a post cannot have such a link.

    `source` is the URL of the page that was copied from, if it is known.
    """
    address = _SPACES.sub("", address) if "://" in address else _SPACES.sub(" ", address).strip()
    if not address or address.startswith("#"):
        return ""
    if not parts_of(address).scheme:
        address = join_url(source, address)
    if parts_of(address).scheme in ("mailto", "tel"):
        return address
    host = host_of(address)
    if not is_web_address(address) or is_this_computer(host) or host == _ANY_ADDRESS:
        return ""
    return without_tracking(_led_on(address))


def _led_on(address: str) -> str:
    """The address to which a chain of redirecting links leads."""
    for _ in range(_MOST):
        further = _next(address)
        if not is_web_address(further):
            return address
        address = further
    return address


def _next(address: str) -> str:
    if match := _DEFENDED.fullmatch(address):
        return match[1]
    parts, host = parts_of(address), host_of(address)
    if not parts.query:
        return ""
    for end, rows in _HOSTS.items():
        if host != end and not host.endswith(f".{end}"):
            continue
        values = dict(parse_qsl(parts.query))
        found = next((values[n] for path, n in rows if parts.path == path and values.get(n)), "")
        return unquote(found.translate(_PROOFPOINT)) if end.endswith("proofpoint.com") else found
    return ""


def with_links_cleaned(text: str) -> str:
    """Return words in which web addresses are written, with these as `cleaned` has them."""
    return _WRITTEN.sub(_written, text) if "://" in text else text


def _written(match: re.Match[str]) -> str:
    written = match[0]
    address = written.rstrip(_NOT_AT_END)
    rest = written[len(address) :]
    parts = split_url(address)
    if parts is None or not parts.query:
        return written
    return (cleaned(address) or address) + rest
