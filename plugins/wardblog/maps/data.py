"""Writes the data of an interactive map as JSON, so that no script or template contains content.

Positions are differences from the previous one in units of 0.00001 degrees (about a metre), and
columns with few different values are a table with indexes, so that 50,000 places take half a
megabyte when compressed.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Sequence

from wardblog.model import MapSettings, Point
from wardblog.model.addresses import PLACES_ON_A_PAGE
from wardblog.model.map_figure import MapFigure

# The script divides by the same number.
_UNITS_IN_A_DEGREE = 100_000


def map_data(figure: MapFigure, base_url: str = "") -> bytes:
    """Return the places column by column, in the order of the page's lists, in WGS84.

    `base_url` is the address of the base map, if the site has one.
    """
    dots = figure.dots
    issues = list(dict.fromkeys((d.issue, d.issue_name) for d in dots))
    numbers = {issue: n for n, issue in enumerate(issues)}
    places = [d.place for d in dots]
    latitudes, longitudes = _steps([p.point for p in places])
    moved = [(n, d.change.before) for n, d in enumerate(dots) if d.change and d.change.before]
    data = {
        "boundary": [
            _steps(ring.points) for ring in (figure.boundary.rings if figure.boundary else ())
        ],
        "issues": [{"slug": slug, "name": name} for slug, name in issues],
        "tiles": _tiles(figure.settings),
        "base": base_url,
        "list": {"url": figure.list_address, "size": PLACES_ON_A_PAGE},
        "places": {
            "name": [p.name for p in places],
            "lat": latitudes,
            "lon": longitudes,
            "radius": _column(p.precision.radius for p in places),
            "issue": _column(numbers[d.issue, d.issue_name] for d in dots),
            "mark": _column(d.mark.value for d in dots),
            "change": _column(f"{d.change.mark.sign} {d.change.words}" if d.change else ""
                              for d in dots),
            "progress": _column(f"{p.progress.sign} {p.progress.value}" if p.progress else ""
                                for p in places),
            "when": _column(d.when for d in dots),
            "url": _column(d.url for d in dots),
            "before": [[n, _units(p.latitude), _units(p.longitude)] for n, p in moved],
        },
    }  # fmt: skip
    return _json(data)


def _tiles(settings: MapSettings) -> dict[str, str] | None:
    if settings.tiles == "none":
        return None
    return {
        "when": settings.tiles,
        "url": settings.tile_url,
        "attribution": settings.tile_attribution,
    }


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def _units(degrees: float) -> int:
    return round(degrees * _UNITS_IN_A_DEGREE)


def _steps(points: Sequence[Point]) -> tuple[list[int], list[int]]:
    """Return latitudes and longitudes, each as the difference from the previous one."""
    latitudes = [_units(p.latitude) for p in points]
    longitudes = [_units(p.longitude) for p in points]
    return _differences(latitudes), _differences(longitudes)


def _differences(values: list[int]) -> list[int]:
    return [b - a for a, b in zip([0, *values], values, strict=False)]


def _column(values: Iterable[Hashable]) -> tuple[list[Hashable], list[int]]:
    """Return the different values and each place's index into them; no indexes if all are equal."""
    found: dict[Hashable, int] = {}
    numbers = [found.setdefault(value, len(found)) for value in values]
    return list(found), numbers if len(found) > 1 else []
