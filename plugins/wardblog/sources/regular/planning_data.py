"""planning.data.gov.uk: conservation areas and other areas with rules of their own.

https://www.planning.data.gov.uk/docs
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.content.tables.fetched_lists import AREAS
from wardblog.model import DataSource, Site
from wardblog.report import ParseError
from wardblog.sources.ask import UPDATE, Ask, FetchError, read_json
from wardblog.sources.fetch import Fetcher
from wardblog.sources.regular.public_words import day_of, naming_somebody, plain_words
from wardblog.sources.regular.source import Fetched, FetchedTable
from wardblog.sources.regular.ward_area import ward_area
from wardblog.sources.services import service
from wardblog.text.words import counted, degrees

_HOST = "www.planning.data.gov.uk"
# The areas that are asked for, and what residents call one.
_DATASETS: Mapping[str, str] = {
    "conservation-area": "Conservation area",
    "article-4-direction-area": "Article 4 direction",
    "tree-preservation-zone": "Tree preservation zone",
}
# The most that one answer has.
_PAGE_SIZE, _MOST_PAGES = 500, 20
# Less of an area in the ward is a line drawn a little differently; in square degrees, some 100 m².
_SLIVER = 1e-8
_OGL = "Contains public sector information licensed under the Open Government Licence v3.0."
_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def fetch(
    source: DataSource,  # noqa: ARG001 - as all sources have it
    site: Site,
    today: date,  # noqa: ARG001
    fetcher: Fetcher,
) -> tuple[bytes, ...]:
    """For each data set what it asks to be said about it, and its areas; see `SourceModule`."""
    return tuple(answer for name in _DATASETS for answer in _fetch_one(name, site, fetcher))


def _fetch_one(dataset: str, site: Site, fetcher: Fetcher) -> Iterator[bytes]:
    words = f"{_DATASETS[dataset]}s"
    place = service("planning-data")
    about = Ask(
        service=place, path=f"dataset/{dataset}.json", words=words, read=_checked_about, fields={}
    )
    yield fetcher.fetch(about)
    box = shapely.box(*ward_area(site).bounds)
    for page in range(_MOST_PAGES):
        ask = Ask(
            service=place,
            path="entity.json",
            words=words,
            read=_checked,
            fields={
                "dataset": dataset,
                "entries": "current",
                "geometry": shapely.to_wkt(box, rounding_precision=5),
                "geometry_relation": "intersects",
                "limit": str(_PAGE_SIZE),
                "offset": str(page * _PAGE_SIZE),
            },
        )
        answer, count = fetcher.fetch(ask)
        yield answer
        if count < _PAGE_SIZE:
            return
    raise FetchError(
        f"{_HOST} has more than {_MOST_PAGES * _PAGE_SIZE:,} areas around the ward",
        "Check that the outline in ward.toml is that of your ward.",
    )


def _checked_about(answer: bytes) -> bytes:
    if _about(read_json(answer, _HOST)) is None:
        raise ParseError("the answer does not say whom to credit", UPDATE)
    return answer


def _about(read: object) -> dict[str, Any] | None:
    """The description of a data set, or None for anything else."""
    is_one = isinstance(read, dict) and read.get("dataset") in _DATASETS and "entities" not in read
    return read if is_one and isinstance(read, dict) else None


def _checked(answer: bytes) -> tuple[bytes, int]:
    return answer, len(_entities(read_json(answer, _HOST)))


def _entities(read: object) -> list[Any]:
    entities = read.get("entities") if isinstance(read, dict) else None
    if not isinstance(entities, list):
        raise ParseError("the answer has no areas in it", UPDATE)
    return entities


def read(answers: Sequence[bytes], source: DataSource, site: Site, today: date) -> Fetched:
    """A table of the areas, each with a point in its part of the ward; see `SourceModule`."""
    area = ward_area(site)
    credits_of: dict[str, str] = {}
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    unreadable = 0
    for answer in answers:
        value = read_json(answer, _HOST)
        if (about := _about(value)) is not None:
            credits_of[str(about["dataset"])] = _credit(about)
            continue
        for entity in _entities(value):
            row = _row(entity, area, today) if isinstance(entity, dict) else None
            unreadable += row is None
            if row:
                rows[row[1], row[2]] = row
    kept = _without_people(sorted(rows.values()))
    notes = [_left_out(unreadable, "cannot be read")] if unreadable else []
    if left := len(rows) - len(kept):
        notes.append(_left_out(left, "may name a person"))
    table = FetchedTable(
        stem=f"{source.issue}-areas",
        title="Areas with planning rules of their own",
        columns=AREAS,
        rows=tuple(kept),
        source="Ministry of Housing, Communities and Local Government",
        source_url="https://www.planning.data.gov.uk/",
        licence="Open Government Licence v3.0",
        attribution=" ".join(dict.fromkeys((_OGL, *filter(None, credits_of.values())))),
        has_places=True,
    )
    return Fetched(tables=(table,), left_out=tuple(notes))


def _left_out(count: int, why: str) -> str:
    were, they = ("was", "it") if count == 1 else ("were", "they")
    return f"{counted(count, 'area')} {were} left out, since {they} {why}."


def _credit(about: Mapping[str, Any]) -> str:
    """What a data set asks to be said, as a sentence without links."""
    for key in ("attribution-text", "attribution_text"):
        words = plain_words(_MARKDOWN_LINK.sub(r"\1", str(about.get(key) or "")))
        if words and not naming_somebody([words])[0]:
            return words if words.endswith(".") else f"{words}."
    return ""


def _row(entity: Mapping[str, Any], area: BaseGeometry, today: date) -> tuple[str, ...] | None:
    """The row of an area; () if it is not in the ward or no longer in force, None if unreadable."""
    kind = _DATASETS.get(str(entity.get("dataset")), "")
    if not kind:
        return ()
    ended = day_of(_value(entity, "end-date"))
    if ended and ended <= today:
        return ()
    shape = _shape(entity)
    if shape is None:
        return None
    inside = shapely.intersection(shape, area)
    if inside.is_empty or (shape.area and inside.area < _SLIVER):
        return ()
    point = inside.representative_point()
    number = _value(entity, "entity")
    since = day_of(_value(entity, "start-date"))
    name = plain_words(entity.get("name")) or plain_words(_value(entity, "reference"))
    return (
        f"{name} ({kind[0].lower()}{kind[1:]})" if name else kind,
        kind,
        plain_words(_value(entity, "reference"), 40),
        since.isoformat() if since else "",
        f"https://{_HOST}/entity/{number}" if isinstance(number, int) else "",
        degrees(point.y),
        degrees(point.x),
    )


def _value(entity: Mapping[str, Any], key: str) -> Any:
    """A value whose name may be written with hyphens or underscores."""
    return entity.get(key, entity.get(key.replace("-", "_")))


def _shape(entity: Mapping[str, Any]) -> BaseGeometry | None:
    for key in ("geometry", "point"):
        written = entity.get(key)
        if not isinstance(written, str) or not written:
            continue
        try:
            shape = shapely.make_valid(shapely.from_wkt(written))
        except (shapely.errors.ShapelyError, ValueError):
            continue
        if not shape.is_empty:
            return shape
    return None


def _without_people(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    are_named = naming_somebody([row[0] for row in rows])
    return [row for row, is_named in zip(rows, are_named, strict=True) if not is_named]
