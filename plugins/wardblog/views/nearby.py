"""The files behind "What is near me?": where streets and postcodes are, and what is open.

Nothing about complaints is in them: an answer is about a street, like a street's page. A page
fetches them when a resident asks. What she types is looked up in them on her own device.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from wardblog.model import Gazetteer, GazetteerEntry, Post, Site
from wardblog.model.addresses import STREETS, cached_for_site, hashed_path
from wardblog.model.outputs import OutputKind
from wardblog.support.late_dataclass import dataclass
from wardblog.views.coming import date_rows
from wardblog.views.output import EMPTY_SITE, File, without_posts
from wardblog.views.street_items import is_private, street_items, street_names

# Positions are whole numbers of this many in a degree: about 10 m, as near as the middle of a
# street or of a postcode says anything.
_UNITS_IN_A_DEGREE = 10_000
_OPEN = f"{STREETS}open.json"


@dataclass(frozen=True, slots=True)
class NearbyFiles:
    """The URLs of the two files, for the pages that ask."""

    where: str
    open: str


@cached_for_site
def nearby_files(site: Site) -> NearbyFiles | None:
    """Where the two files are; None if there are no streets to find."""
    if not site.gazetteer.streets:
        return None
    return NearbyFiles(f"{site.base_path}/{_where_path(site)}", f"{site.base_path}/{_OPEN}")


def data(site: Site) -> Iterator[File]:
    yield File(
        path=_where_path(site),
        kind=OutputKind.ASSET,
        site=EMPTY_SITE,
        extra=_where_path(site),
        content=lambda _: where_data(site.gazetteer, tuple(street_names(site).values())),
    )
    pages = {items.name: slug for slug, items in street_items(site).items()}
    posts = tuple(post for post in site.published if post.places and not is_private(site, post))
    yield File(
        path=_OPEN,
        kind=OutputKind.ASSET,
        site=without_posts(site),
        posts=posts,
        extra=pages,
        content=partial(_open_data, pages=pages),
    )


@cached_for_site
def _where_path(site: Site) -> str:
    gazetteer = site.gazetteer
    source = (tuple(street_names(site).values()), gazetteer.streets, gazetteer.postcodes)
    return hashed_path(f"{STREETS}where.json", repr(source).encode())


def where_data(gazetteer: Gazetteer, names: Sequence[str]) -> bytes:
    """Return the streets by their `names`, and the postcodes without the part that they share.

    The column `code` has the ends of postcodes by their beginnings, as one text each. A position is
    the step from the one before, latitude and longitude in WGS84.
    """
    codes: dict[str, list[str]] = {}
    for postcode in gazetteer.postcodes:
        begin, _, end = postcode.name.partition(" ")
        codes.setdefault(begin, []).append(end)
    return _json(
        {
            "perDegree": _UNITS_IN_A_DEGREE,
            "streets": {"name": list(names), **_positions(gazetteer.streets)},
            "postcodes": {
                "code": {begin: "".join(ends) for begin, ends in codes.items()},
                **_positions(gazetteer.postcodes),
            },
        }
    )


def _open_data(part: Site, pages: dict[str, str]) -> bytes:
    """What is open and has a place, as published, and the pages of streets by their names."""
    return _json({"items": list(_items(part)), "streets": pages})


def _items(part: Site) -> Iterator[dict[str, object]]:
    for post in part.posts:
        words = _state(part, post)
        for place in post.places if words else ():
            if place.progress is None or place.progress.is_open:
                stage = place.progress if post.progress else None
                yield {
                    "title": post.title,
                    "lang": post.lang,
                    "url": f"{part.base_path}/{post.address}",
                    "words": f"{stage.sign} {stage.value}" if stage else words,
                    "place": place.name,
                    "lat": place.point.latitude,
                    "lon": place.point.longitude,
                    "radius": place.precision.radius,
                }


def _state(part: Site, post: Post) -> str:
    """Why a post is still of interest: an open report, a deadline or an event; else ""."""
    if post.progress:
        return f"{post.progress.sign} {post.progress.value}" if post.is_open else ""
    dates = [row for row in date_rows(part, post) if not row.is_over]
    if not dates:
        return ""
    first = min(dates, key=lambda row: row.is_cancelled)
    what = "Deadline: " if first.is_deadline else "Cancelled: " if first.is_cancelled else ""
    return f"{what}{first.when}"


def _positions(entries: Iterable[GazetteerEntry]) -> dict[str, list[int]]:
    found = [
        (round(e.latitude * _UNITS_IN_A_DEGREE), round(e.longitude * _UNITS_IN_A_DEGREE))
        for e in entries
    ]
    return {
        "lat": [b - a for a, b in pairwise([0, *(lat for lat, _ in found)])],
        "lon": [b - a for a, b in pairwise([0, *(lon for _, lon in found)])],
    }


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")
