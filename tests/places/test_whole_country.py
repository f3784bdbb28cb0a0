"""Positions from all over the country, in posts, lists and boundaries alike."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from support import DATASET, ISSUES, POST, WARD, read_all, read_places, write_site
from wardblog.content.tables.tables import ListOptions
from wardblog.places.boundary import read_outline
from wardblog.places.coordinates import likely_grid, parse_point
from wardblog.places.grids import Grid, to_degrees
from wardblog.places.united_kingdom import in_northern_ireland
from wardblog.problems import has_errors
from wardblog.report import ParseError, Report

EXTREMES = {
    "Bude": (50.8299, -4.5447),
    "Crediton": (50.790, -3.653),
    "Hirta, St Kilda": (57.813, -8.578),
    "Out Skerries": (60.425, -0.745),
    "St Agnes, Scilly": (49.892, -6.345),
    "Berwick": (55.770, -2.005),
    "Lowestoft Ness": (52.481, 1.763),
    "Enniskillen": (54.344, -7.632),
    "Belleek": (54.479, -8.090),
    "Tullyhommon": (54.548, -7.830),
    "Cullaville": (54.063, -6.650),
}
ABROAD = {
    "Calais": (50.951, 1.859),
    "Dublin": (53.350, -6.260),
    "Douglas": (54.150, -4.480),
    "St Helier": (49.186, -2.106),
}


def square(y: float, x: float, half: float = 0.001) -> list[list[list[float]]]:
    """The ring of a square around a position, in degrees or metres."""
    west, south, east, north = x - half, y - half, x + half, y + half
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def test_the_extremes_may_be_in_a_post_a_list_and_a_boundary(tmp_path: Path) -> None:
    shape = {"type": "MultiPolygon", "coordinates": [square(*p) for p in EXTREMES.values()]}
    ward = WARD.replace("[[councillor]]", 'boundary = "data/ward.geojson"\n\n[[councillor]]')
    places = [f"{name} | {n}, {e}" for name, (n, e) in EXTREMES.items()]
    rows = "".join(f'"{name}",{n},{e}\n' for name, (n, e) in EXTREMES.items())
    content = write_site(
        tmp_path,
        {
            "ward.toml": ward,
            "data/ward.geojson": json.dumps({"type": "Feature", "geometry": shape}),
            "issues.toml": ISSUES + DATASET,
            "data/bins.csv": f"Name,Latitude,Longitude\n{rows}",
            "posts/fine.md": POST.replace(
                "\n\n", "\nPlaces: " + "\n        ".join(places) + "\n\n", 1
            ),
        },
    )
    site, problems = read_all(content)
    assert not has_errors(problems)
    data_set = site.issues[0].datasets[0]
    assert [place.name for place in data_set.places] == list(EXTREMES)
    assert all(data_set.inside)
    assert len(site.posts[0].places) == len(EXTREMES)
    assert site.ward.boundary
    assert len(site.ward.boundary.rings) == len(EXTREMES)


@pytest.mark.parametrize("name", ABROAD)
def test_a_place_abroad_is_named_in_a_post_a_list_and_a_boundary(name: str, tmp_path: Path) -> None:
    latitude, longitude = ABROAD[name]
    written = f"{latitude:g}, {longitude:g}"
    content = write_site(
        tmp_path,
        {
            "issues.toml": ISSUES + DATASET,
            "data/bins.csv": f"Name,Lat,Lon\nElm Road,51.4665,-0.16\n{name},{written}\n",
            "posts/fine.md": POST.replace("\n\n", f"\nPlaces: {name} | {written}\n\n", 1),
        },
    )
    _, problems = read_all(content)
    assert [(problem.file, problem.line, problem.message) for problem in problems] == [
        ("data/bins.csv", 3, f"{written} is outside the United Kingdom"),
        ("posts/fine.md", 4, f"{written} is outside the United Kingdom"),
    ]
    shape = {"type": "Polygon", "coordinates": square(latitude, longitude)}
    with pytest.raises(ParseError, match="the boundary is outside the United Kingdom"):
        read_outline(json.dumps(shape), "")


NORTHERN_IRELAND = [
    (n / 10, e / 5)
    for n in range(540, 554)
    for e in range(-41, -26)
    if all(in_northern_ireland(n / 10 + a, e / 5 + b) for a in (-0.01, 0.01) for b in (-0.01, 0.01))
]


def on_grid(grid: Grid, latitude: float, longitude: float) -> tuple[float, float]:
    """Easting and northing, found by stepping towards the position."""
    easting, northing = (300_000.0, 350_000.0) if grid is Grid.IRISH else (700_000.0, 850_000.0)
    for _ in range(8):
        ((north, east),) = to_degrees(grid, [easting], [northing])
        northing += (latitude - north) * 111_200
        easting += (longitude - east) * 111_200 * math.cos(math.radians(latitude))
    return round(easting), round(northing)


def test_every_part_of_northern_ireland_is_recognised_on_both_grids_in_posts() -> None:
    is_british_too = 0
    for latitude, longitude in NORTHERN_IRELAND:
        here = pytest.approx((latitude, longitude), abs=2e-5)
        for grid in (Grid.IRISH, Grid.ITM):
            easting, northing = on_grid(grid, latitude, longitude)
            is_british_too += likely_grid([easting], [northing], None)[0] is Grid.BRITISH
            point = parse_point(f"{easting}, {northing}", in_ireland=True)
            assert (point.latitude, point.longitude) == here
    assert len(NORTHERN_IRELAND) > 50
    assert is_british_too > 25


def test_every_part_of_northern_ireland_has_a_grid_reference() -> None:
    for latitude, longitude in NORTHERN_IRELAND:
        easting, northing = on_grid(Grid.IRISH, latitude, longitude)
        across, up = int(easting // 100_000), int(northing // 100_000)
        letter = "ABCDEFGHJKLMNOPQRSTUVWXYZ"[(4 - up) * 5 + across]
        east, north = f"{easting % 100_000:05.0f}", f"{northing % 100_000:05.0f}"
        spaced, joined = f"{letter} {east} {north}", f"{letter}{east}{north}"
        for written in (spaced, joined, joined.lower(), f"{letter} {east}{north}", f"I{spaced}"):
            report = Report("data/list.csv")
            table = read_places(f"Name,Grid Ref\nX,{written}\n", False, "", report)
            assert table, report.problems
            for point in (parse_point(written), table.places[0].point):
                assert (point.latitude, point.longitude) == pytest.approx(
                    (latitude, longitude), abs=2e-5
                )


@pytest.mark.parametrize("grid", [Grid.IRISH, Grid.ITM])
def test_every_part_of_northern_ireland_is_recognised_in_lists_and_boundaries(grid: Grid) -> None:
    metres = [on_grid(grid, *position) for position in NORTHERN_IRELAND]
    rows = "".join(f"Place {n},{e},{north}\n" for n, (e, north) in enumerate(metres))
    options = ListOptions(in_ireland=lambda: True)
    report = Report("data/list.csv")
    table = read_places(f"Name,Easting,Northing\n{rows}", False, "", report, options)
    assert table
    assert report.problems == []
    for place, position in zip(table.places, NORTHERN_IRELAND, strict=True):
        assert (place.point.latitude, place.point.longitude) == pytest.approx(position, abs=2e-5)
        easting, northing = on_grid(grid, *position)
        shape = {"type": "Polygon", "coordinates": square(northing, easting, 50)}
        assert read_outline(json.dumps(shape), "", "", True).holds([place]) == (True,)
