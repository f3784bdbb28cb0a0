"""Finds the position in a link to a map. Nothing is fetched: all is in the link, or it is not.

The forms are those of the sites' own "share" buttons and address bars; some are documented:
https://developers.google.com/maps/documentation/urls/get-started (Google),
https://developer.apple.com/documentation/mapkit/unified-map-urls (Apple),
https://learn.microsoft.com/bingmaps/articles/create-a-custom-map-url (Bing), RFC 5870 (`geo:`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, unquote_plus

from wardblog.places.short_links import short_link_middle
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import host_of, parts_of

_NUMBER = r"[-+−]?\d{1,3}(?:\.\d+)?"
# Without a decimal point it may be "12, 14 High Street".
_EXACT = r"[-+−]?\d{1,3}\.\d+"
_PAIR = late_regex(rf"^(?:loc:|point\.)?\s*({_EXACT})\s*[,~_]\s*({_EXACT})(?![\d.])")
_FIGURES = r"[-+−]?\d+(?:\.\d+)?"
_PIN = late_regex(rf"!3d({_NUMBER})!4d({_NUMBER})")
_EMBEDDED = late_regex(rf"!2d({_NUMBER})!3d({_NUMBER})")
_VIEW = late_regex(rf"@({_NUMBER}),({_NUMBER})(?:,(\d+(?:\.\d+)?)([a-z]))?")
_ON_MAP = late_regex(rf"(?:map=)?(\d+(?:\.\d+)?)/({_NUMBER})/({_NUMBER})")
_MINUTES = late_regex(r"\d\s*°")
# A view of more than some 10 km is of no use: what is in its middle is chance.
_LEAST_ZOOM, _MOST_METRES = 13.0, 10_000.0
_LONGEST = 5000
_DEPTH = 3

COPY_ANOTHER = (
    "On the map, select the place itself, or move it to the middle and zoom in; "
    "then copy the whole address."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A link in parts, with percent escapes decoded; the names in its query are in small letters.

    `whole` is all of it after the host.
    """

    site: str
    path: str
    query: Mapping[str, str]
    fragment: str
    whole: str

    def pair(self, *names: str) -> str:
        """The first of these values of the query that is a position, else ""."""
        return next((pair for name in names if (pair := _pair(self.query.get(name, "")))), "")

    def both(self, north: str, east: str) -> tuple[str, str] | None:
        """The values of these two names, if both are figures."""
        values = self.query.get(north, ""), self.query.get(east, "")
        return values if all(re.fullmatch(_FIGURES, value) for value in values) else None


class _MapSite(NamedTuple):
    """A site of maps: its name, a pattern of its hosts, and what reads its links."""

    name: str
    hosts: str
    read: Callable[[_Link], str]


def _pair(text: str) -> str:
    if match := _PAIR.match(text.strip()):
        return f"{match[1]}, {match[2]}"
    return text.strip() if _MINUTES.search(text) else ""


def _view(link: _Link, latitude: str, longitude: str, zoom: str, unit: str = "z") -> str:
    """The middle of what the link shows; raises `ParseError` if it shows a whole town."""
    far = float(zoom) if re.fullmatch(_FIGURES, zoom or "") else _LEAST_ZOOM
    if (unit == "z" and far < _LEAST_ZOOM) or (unit == "m" and far > _MOST_METRES):
        raise ParseError(
            f"this link to {link.site} shows a whole area, not one place", COPY_ANOTHER
        )
    return f"{latitude}, {longitude}"


def _google(link: _Link) -> str:
    if "/dir/" in link.whole or "daddr" in link.query or "destination" in link.query:
        raise _directions(link)
    if pins := _PIN.findall(link.whole):
        return ", ".join(pins[-1])
    if pair := link.pair("q", "query"):
        return pair
    segments = link.path.split("/")
    for word in ("place", "search"):
        if word in segments[:-1] and (pair := _pair(segments[segments.index(word) + 1])):
            return pair
    if pair := link.pair("ll", "viewpoint", "cbll"):
        return pair
    if match := _VIEW.search(link.path):
        return _view(link, match[1], match[2], match[3], match[4] or "z")
    if pair := link.pair("center"):
        return pair
    if embedded := _EMBEDDED.search(link.whole):
        return f"{embedded[2]}, {embedded[1]}"
    return ""


def _openstreetmap(link: _Link) -> str:
    if link.path.startswith("/directions"):
        raise _directions(link)
    if marked := link.both("mlat", "mlon"):
        return ", ".join(marked)
    if pair := link.pair("marker"):
        return pair
    if link.path.startswith("/go/") and (middle := short_link_middle(link.path[4:])):
        return _view(link, *middle)
    if shown := _ON_MAP.search(link.fragment):
        return _view(link, shown[2], shown[3], shown[1])
    if given := link.both("lat", "lon"):
        return _view(link, *given, link.query.get("zoom", ""))
    if re.match(r"/(?:node|way|relation)/\d", link.path):
        raise ParseError(
            f"this link to {link.site} has the number of an object, but no position",
            'Click on "Share" at the side of the map, and copy the link that has "#map=" in it.',
        )
    return link.pair("query")


def _bing(link: _Link) -> str:
    if "rtp" in link.query or "/directions" in link.path:
        raise _directions(link)
    if pair := link.pair("sp", "where1", "q"):
        return pair
    if middle := _PAIR.match(link.query.get("cp", "")):
        return _view(link, middle[1], middle[2], link.query.get("lvl", ""))
    return ""


def _apple(link: _Link) -> str:
    if "daddr" in link.query or "destination" in link.query or "/directions" in link.path:
        raise _directions(link)
    return link.pair("coordinate", "ll", "q", "address", "center", "sll")


def _by_figures(link: _Link) -> str:
    """Sites whose links have two figures: degrees, or for Streetmap easting and northing."""
    for north, east in (("lat", "lon"), ("lat", "lng"), ("latitude", "longitude")):
        if figures := link.both(north, east):
            return ", ".join(figures)
    metres = link.both("x", "y")
    return ", ".join(metres) if metres else ""


def _geo(link: _Link) -> str:
    return link.pair("q") or _pair(link.path)


_SITES = (
    _MapSite("Google Maps", r"(?:[\w-]+\.)*google(?:\.[a-z]{2,3}){1,2}", _google),
    _MapSite(
        "OpenStreetMap",
        r"(?:[\w-]+\.)*(?:openstreetmap\.(?:org|de|fr|org\.uk)|osm\.org|opentopomap\.org)",
        _openstreetmap,
    ),
    _MapSite("Bing Maps", r"(?:www\.)?bing\.com", _bing),
    _MapSite("Apple Maps", r"maps\.apple\.com", _apple),
    _MapSite(
        "OS Maps", r"(?:(?:explore\.)?osmaps\.com|osmaps\.ordnancesurvey\.co\.uk)", _by_figures
    ),
    _MapSite("Streetmap", r"(?:www\.)?streetmap\.co\.uk", _by_figures),
    _MapSite("FixMyStreet", r"(?:www\.)?fixmystreet\.com", _by_figures),
)  # fmt: skip
# Their links lead somewhere, but only their own server knows where.
_SHORT = (
    r"(?:maps\.app\.goo\.gl|goo\.gl|g\.co|share\.google|maps\.apple|binged\.it|bit\.ly|tinyurl\.com"
    r"|t\.co|ow\.ly|is\.gd|rb\.gy|shorturl\.at|tiny\.cc|lnkd\.in|buff\.ly|cutt\.ly|fb\.me|osmaps\.page)"
)
_WORDS = r"(?:(?:www\.|map\.)?what3words\.com|w3w\.co)"
_KNOWN = "|".join([*(site.hosts for site in _SITES), _SHORT, _WORDS])
# With its scheme, or without one if the host is known.
_ANY_LINK = late_regex(
    rf"(?:\bhttps?://|\bgeo:|\bwww\.)[^\s<>|]+|(?<![\w.@/-])(?:{_KNOWN})(?=[/?#])[^\s<>|]*",
    re.IGNORECASE,
)


def link_in(text: str) -> str:
    """Return the first link in a text, without what surrounds it; "" if there is none."""
    match = _ANY_LINK.search(text)
    if match is None:
        return ""
    link = match[0].rstrip(".,;:!'\"”’*")
    while link.endswith((")", "]")) and link.count(link[-1]) > link.count("(["[link[-1] == "]"]):
        link = link[:-1].rstrip(".,;:!'\"”’*")
    return link


def position_in_link(link: str) -> str:
    """Return the position in a link, as two figures or in degrees and minutes, in WGS84.

    A pin is preferred to the middle of what the link shows. Raises `ParseError` with what to do
    instead, such as for short links.
    """
    if len(link) > _LONGEST:
        raise ParseError("this link is too long", COPY_ANOTHER)
    return _position(link, _DEPTH)


def _position(link: str, depth: int) -> str:
    if link.casefold().startswith("geo:"):
        return _of_site(_MapSite("a phone", "", _geo), "", link)
    address = link if "://" in link[:10] else f"https://{link}"
    host = host_of(address)
    if not host:
        raise ParseError("cannot read this link", COPY_ANOTHER)
    if depth and (inner := _link_inside(address)):
        return _position(inner, depth - 1)
    if re.fullmatch(_WORDS, host):
        raise three_words()
    if re.fullmatch(_SHORT, host):
        raise ParseError(
            f"this is a short link, and only {host} knows where it leads",
            "Open it in a browser, wait for the map, and copy the long address that is then at "
            "the top. On a phone, hold a finger on the spot in the map, and copy the two figures.",
        )
    for site in _SITES:
        if re.fullmatch(site.hosts, host):
            return _of_site(site, host, address)
    raise ParseError(
        f"cannot find a position in a link to {host}" if host else "cannot read this link",
        "Copy a link from Google Maps, OpenStreetMap, Bing Maps or Apple Maps, or write latitude "
        "and longitude.",
    )


def _link_inside(address: str) -> str:
    """The link that a link only passes on, such as those of e-mail programs and consent pages."""
    query = dict(_query_of(parts_of(address).query))
    found = (query.get(name, "") for name in ("url", "q", "continue", "u", "link", "target"))
    return next((value for value in found if value.startswith(("http://", "https://"))), "")


def _query_of(query: str) -> Iterable[tuple[str, str]]:
    # Semicolons end a value in "geo:" links only; "&amp;" is in links copied from a page's source.
    pairs = parse_qsl(query.replace("&amp;", "&"), keep_blank_values=True)
    return ((name.casefold(), value) for name, value in reversed(pairs))


def _of_site(site: _MapSite, host: str, address: str) -> str:
    parts = parts_of(address)
    link = _Link(
        site=site.name,
        path=unquote_plus(parts.path),
        query=dict(_query_of(parts.query)),
        fragment=unquote(parts.fragment),
        whole=unquote_plus(address.split(host, 1)[-1] if host else address),
    )
    position = site.read(link)
    if position:
        return position
    name = link.query.get("q") or link.query.get("query") or link.query.get("address") or ""
    name = name.strip() or (re.findall(r"/place/([^/@]+)", link.path) or [""])[0].strip()
    raise ParseError(
        f"this link to {site.name} has no position in it",
        (f'Write what it names instead: "{name[:60]}". Or: ' if name else "") + COPY_ANOTHER,
    )


def three_words() -> ParseError:
    """What to say about a place in what3words."""
    return ParseError(
        "what3words is not open: only its owner's service can tell where three words are",
        "In the what3words app, look for latitude and longitude, or find the spot on another map: "
        "write those figures, or copy its link.",
    )


def _directions(link: _Link) -> ParseError:
    return ParseError(
        f"this link to {link.site} is a route, which has more than one place", COPY_ANOTHER
    )
