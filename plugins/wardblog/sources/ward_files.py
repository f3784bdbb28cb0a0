"""Writes what a ward keeps of a map: the base map and the gazetteer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.sources.map_rows import (
    BEYOND,
    COASTLINE,
    KINDS,
    LocalMetres,
    MapRow,
    NamedPlace,
    usable_rows,
)
from wardblog.sources.same_street import merged_places
from wardblog.sources.tidy_shapes import Named, sea_within, tidy
from wardblog.text.decoding import clean_name

# A hundred-thousandth of a degree is a metre: enough for a name, not for the corner of a house.
_DECIMALS, _PLACE_DECIMALS = 6, 5
# As the gazetteer is read.
_LONGEST_NAME = 100


def base_map(rows: Iterable[MapRow], outline: BaseGeometry, attribution: str) -> bytes:
    """Return the base map as GeoJSON, a feature a line: a LineString or a Polygon with `kind`.

    A feature that has a name has `name` too. The map is cut to the outline (in degrees, longitude
    first) and 200 m around it. The parts of a road are joined where they meet, railway tracks side
    by side become one, and so do areas of one kind that touch, unless they have a name. The same
    rows in any order give the same bytes.
    """
    plane = LocalMetres(outline)
    frame = plane.from_degrees(outline).buffer(BEYOND, quad_segs=4)
    shapely.prepare(frame)
    by_kind: dict[str, list[Named]] = {kind: [] for kind in (*KINDS, COASTLINE)}
    for row in usable_rows(rows):
        by_kind[row.kind].append((_fetched_name(row.name), plane.from_degrees(row.shape)))
    sea = sea_within([line for _, line in by_kind[COASTLINE]], frame)
    by_kind["water"] += [("", part) for part in sea]
    features = (
        feature
        for kind in KINDS
        for feature in sorted(
            {
                _feature(kind, name, plane.to_degrees(shape))
                for name, shape in tidy(kind, _cut(by_kind[kind], frame))
            }
        )
    )
    head = f'{{"type":"FeatureCollection","attribution":{_json(attribution)},"features":[\n'
    return (head + ",\n".join(features) + "\n]}\n").encode()


def _fetched_name(name: str) -> str:
    """A name that anybody may have written, for the councillor's files; "" if it is not one.

    A spreadsheet program would read one with such a character before it as a formula.
    """
    plain = clean_name(name).lstrip("=+-@").lstrip()
    return plain if len(plain) <= _LONGEST_NAME else ""


def _cut(shapes: Iterable[Named], frame: BaseGeometry) -> Iterable[Named]:
    for name, shape in shapes:
        if not frame.intersects(shape):
            continue
        yield name, shape if frame.contains(shape) else shapely.intersection(shape, frame)


def _feature(kind: str, name: str, shape: BaseGeometry) -> str:
    # Normalised, so that neither the direction nor the first corner is left to chance.
    geometry = shapely.geometry.mapping(shapely.normalize(shape))
    return _json(
        {
            "type": "Feature",
            "properties": {"kind": kind, "name": name} if name else {"kind": kind},
            "geometry": {
                "type": geometry["type"],
                "coordinates": _rounded(geometry["coordinates"]),
            },
        }
    )


def _rounded(coordinates: object) -> object:
    if isinstance(coordinates, tuple):
        return [_rounded(part) for part in coordinates]
    return round(coordinates, _DECIMALS) if isinstance(coordinates, float) else coordinates


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def gazetteer(
    places: Iterable[NamedPlace], rows: Iterable[MapRow] = (), outline: BaseGeometry | None = None
) -> bytes:
    """Return the gazetteer as CSV: kind, name, lat, lon; sorted.

    A street of the rows and one of the places that have the same name and are near each other are
    one. Its position is on the street, near the middle of its part inside the outline. Two streets
    of one name that are far apart stay two.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("kind", "name", "lat", "lon"))
    named = (replace(place, name=_fetched_name(place.name)) for place in places)
    known = [place for place in named if place.name]
    streets = [replace(row, name=_fetched_name(row.name)) for row in rows]
    for place in merged_places(known, streets, outline):
        writer.writerow(
            (
                place.kind,
                place.name,
                f"{place.latitude:.{_PLACE_DECIMALS}f}",
                f"{place.longitude:.{_PLACE_DECIMALS}f}",
            )
        )
    return text.getvalue().encode()
