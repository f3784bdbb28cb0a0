"""How long the editor takes to find and name places in a ward of 10,000 streets."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from made_ward import made_ward
from support import WARD, write_site
from wardblog.content.base_site import read_base_site
from wardblog.content.files import scan
from wardblog.model import Point, Site
from wardblog.preview.editor.place_find import PlaceFinder
from wardblog.preview.editor.place_lines import PlacePin
from wardblog.preview.editor.place_map import map_values
from wardblog.preview.editor.place_reader import PostLines

STREETS, BUILDINGS = 10_000, 4_000
POST = PostLines(tags="potholes")
MAPS = """boundary = "data/ward.geojson"

[map]
base = "data/basemap.geojson"
gazetteer = "data/gazetteer.csv"

[[councillor]]"""


def main(times: int) -> None:
    site = _site()
    first = site.gazetteer.streets[0]
    middle = site.gazetteer.streets[STREETS // 2]
    print(f"Places in a ward of {len(site.gazetteer.streets):,} streets, in milliseconds:")
    print(f"  the first answer, when the tables are made: {_first(site, middle.point):.0f}")
    finder = PlaceFinder(site)
    pin = PlacePin(point=middle.point, name=middle.name)
    for words in (first.name[:2], first.name, f"12 {middle.name}", "Akron Raod", "no such street"):
        _show(f'find "{words}"', lambda words=words: finder.find(words, POST), times)  # type: ignore[misc]
    _show("find a position", lambda: finder.find("51.46, -0.16", POST), times)
    _show("name a pin, with the guard", lambda: finder.lines.ways(pin, POST), times)
    _show("the outline for the map", lambda: map_values(site), times)


def _site() -> Site:
    made = made_ward(STREETS, BUILDINGS)
    with tempfile.TemporaryDirectory() as folder:
        content = write_site(
            Path(folder),
            {
                "ward.toml": WARD.replace("[[councillor]]", MAPS, 1),
                "data/ward.geojson": made.outline,
                "data/basemap.geojson": made.base_map,
                "data/gazetteer.csv": made.gazetteer,
            },
        )
        return read_base_site(content, scan(content)).site


def _first(site: Site, point: Point) -> float:
    begin = time.perf_counter()
    finder = PlaceFinder(site)
    finder.lines.ways(PlacePin(point=point, name="The dip"), POST)
    return 1000 * (time.perf_counter() - begin)


def _show(what: str, act: Callable[[], object], times: int) -> None:
    act()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - begin))
    print(f"  {what}: {statistics.median(taken):.1f}")
