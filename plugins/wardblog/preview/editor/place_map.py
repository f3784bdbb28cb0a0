"""What the editor's map is drawn from: the kit's own base map and scripts, and no tiles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from wardblog.model import Point, Site

_THEME = Path(__file__).resolve().parents[4] / "theme"
# The theme's own scripts of the map that the editor's map uses, in the order in which they run.
_SCRIPTS = ("elements", "view", "tools", "ground", "names", "places")
# What of them the editor's script imports.
_EXPORTED = (
    "WardGround", "WardPath", "WardRoom", "wardColour", "wardGround", "wardLine", "wardOutline",
    "wardRedraws", "wardStyles", "wardTools",
)  # fmt: skip
_LEAFLET = ("leaflet.js", "leaflet.css")
# The script divides by the same number.
_UNITS_IN_A_DEGREE = 100_000
# The United Kingdom: south, west, north and east, in WGS84 degrees.
_KINGDOM = ((49.9, -8.2), (60.9, 1.8))
_NO_MAP = (
    "There is no map of your ward yet. Place the pin with a link to a map, coordinates or a grid "
    "reference, or run make ward first: it fetches the outline, the streets and their names."
)
_ONLY_OUTLINE = "The streets of your ward are not here yet: make ward fetches them."


def map_values(site: Site) -> dict[str, Any]:
    """What the script draws besides the base map.

    `boundary` has latitudes and longitudes of each ring as steps from one position to the next,
    `bounds` the south-west and north-east corners of what is shown at first, and `words` say what
    is missing.
    """
    rings = site.ward.boundary.rings if site.ward.boundary else ()
    outline = [point for ring in rings for point in ring.points]
    has_base = site.map.base is not None
    return {
        "boundary": [_steps(ring.points) for ring in rings],
        "bounds": _bounds(outline or list(_elsewhere(site))),
        "base": has_base,
        "words": "" if has_base else _ONLY_OUTLINE if outline else _NO_MAP,
        "credit": site.map.base.attribution if site.map.base else "",
    }


def _elsewhere(site: Site) -> Iterable[Point]:
    """Where the ward is, if its outline is not known."""
    for layer in site.map.base.layers if site.map.base else ():
        for line in layer.lines:
            yield from (Point(*position) for position in line.points)
    for entry in (*site.gazetteer.streets, *site.gazetteer.postcodes):
        yield entry.point


def _bounds(points: Sequence[Point]) -> tuple[tuple[float, float], tuple[float, float]]:
    if not points:
        return _KINGDOM
    north, east = [p.latitude for p in points], [p.longitude for p in points]
    return (min(north), min(east)), (max(north), max(east))


def _steps(points: Sequence[Point]) -> tuple[list[int], list[int]]:
    return (
        _differences([round(p.latitude * _UNITS_IN_A_DEGREE) for p in points]),
        _differences([round(p.longitude * _UNITS_IN_A_DEGREE) for p in points]),
    )


def _differences(values: list[int]) -> list[int]:
    return [other - one for one, other in pairwise([0, *values])]


def base_map(site: Site) -> bytes:
    """The base map as the theme's script reads it; without one, an empty one."""
    empty = json.dumps({"perDegree": 1, "layers": []}).encode()
    return site.map.base.coded if site.map.base else empty


@cache
def map_script() -> bytes:
    """The theme's scripts of the map as one module, minified; they need Leaflet to have run."""
    # late import: see docs/architecture.md
    import rjsmin

    folder = _THEME / "source" / "map"
    parts = [(folder / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS]
    joined = "\n".join((*parts, f"export {{ {', '.join(_EXPORTED)} }};"))
    return f"{rjsmin.jsmin(joined)}\n".encode()


@cache
def leaflet_file(name: str) -> bytes | None:
    """The library's own script or style sheet, byte for byte; None for any other name."""
    return (_THEME / "static" / "leaflet" / name).read_bytes() if name in _LEAFLET else None
