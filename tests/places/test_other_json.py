"""TopoJSON and Esri JSON, which are read like GeoJSON: boundaries and lists."""

from __future__ import annotations

import json

import pytest

from support import read_places
from wardblog.model import Place, Point, Precision
from wardblog.places.boundary import Outline, read_outline
from wardblog.report import ParseError, Report


def place(latitude: float, longitude: float) -> Place:
    return Place(name="X", point=Point(latitude, longitude), precision=Precision.EXACT)


HERE, THERE, HOLE = place(51.475, -0.165), place(51.47, -0.14), place(51.465, -0.155)
# Two squares side by side share their middle line, an arc of its own with a corner to the east; the
# first has a hole. Whole numbers are thousandths of a degree from -0.17, 51.46, each from the one
# before.
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.001, 0.001], "translate": [-0.17, 51.46]},
    "arcs": [
        [[20, 0], [3, 10], [-3, 10]],
        [[20, 20], [-20, 0], [0, -20], [20, 0]],
        [[20, 0], [20, 0], [0, 20], [-20, 0]],
        [[13, 3], [4, 0], [0, 4], [-4, 0], [0, -4]],
    ],
    "objects": {
        "wards": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "E05000001", "arcs": [[0, 1], [3]],
                 "properties": {"name": "Sample"}},
                {"type": "MultiPolygon", "id": "E05000002", "arcs": [[[2, -1]]],
                 "properties": {"name": "Balham"}},
                {"type": None, "id": "E05000003"},
            ],
        }
    },
}  # fmt: skip
BINS = {
    "type": "Topology",
    "arcs": [],
    "objects": {
        "bins": {"type": "Point", "coordinates": [-0.16, 51.4665], "properties": {"Name": "One"}}
    },
}


def ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """A square, clockwise from its south-west."""
    return [[west, south], [west, north], [east, north], [east, south], [west, south]]


def esri(rings: list[list[list[float]]], wkid: int | None = None) -> str:
    reference = {"spatialReference": {"wkid": 1, "latestWkid": wkid}} if wkid else {}
    ours = {"attributes": {"WD25CD": "E05000001"}, "geometry": {"rings": rings}}
    theirs = {"attributes": {"WD25CD": "E05000002"},
              "geometry": {"rings": [ring(-0.15, 51.46, -0.13, 51.48)]}}  # fmt: skip
    others = [] if wkid else [theirs]
    data = {"geometryType": "esriGeometryPolygon", **reference, "features": [ours, *others]}
    return json.dumps(data)


def inside(outline: Outline) -> tuple[bool, ...]:
    return outline.holds([HERE, THERE, HOLE])


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("E05000001", "", (True, False, False)),
        ("", "Sample", (True, False, False)),
        ("E05000002", "", (False, True, False)),
    ],
)
def test_a_ward_is_read_from_topojson(
    code: str, name: str, expected: tuple[bool, bool, bool]
) -> None:
    outline = read_outline(json.dumps(TOPOLOGY), code, name)
    assert inside(outline) == expected
    # In the corner of the middle line, whichever way the ward's ring runs along it.
    assert outline.holds([place(51.47, -0.1485)]) == (expected[0],)


@pytest.mark.parametrize("arcs", ['"x"', "[[[1]]]", "[]", "null"])
def test_damaged_topojson_is_refused(arcs: str) -> None:
    text = json.dumps(TOPOLOGY | {"arcs": json.loads(arcs)})
    with pytest.raises(ParseError, match="this TopoJSON is damaged"):
        read_outline(text, "E05000001")


def test_topojson_that_repeats_a_line_very_often_is_refused() -> None:
    long = {"type": "LineString", "arcs": [0] * 2_000}
    text = json.dumps({"type": "Topology", "arcs": [[[0, 0]] * 3_000], "objects": {"lines": long}})
    with pytest.raises(ParseError, match="too long"):
        read_outline(text, "")


def test_a_ward_with_a_hole_is_read_from_esri_json() -> None:
    hole = ring(-0.157, 51.463, -0.153, 51.467)[::-1]
    text = esri([hole, ring(-0.17, 51.46, -0.15, 51.48)])
    assert inside(read_outline(text, "E05000001")) == (True, False, False)


def test_rings_that_all_run_the_wrong_way_are_parts() -> None:
    parts = [ring(-0.17, 51.46, -0.15, 51.48)[::-1], ring(-0.19, 51.46, -0.18, 51.48)[::-1]]
    outline = read_outline(esri(parts), "E05000001")
    assert outline.holds([HERE, place(51.47, -0.185)]) == (True, True)


@pytest.mark.parametrize(
    ("wkid", "square"),
    [
        (27700, ring(526900, 175000, 528200, 177200)),
        (3857, ring(-18930, 6704000, -16690, 6707600)),
    ],
)
def test_esri_json_says_which_grid_it_is_on(wkid: int, square: list[list[float]]) -> None:
    assert read_outline(esri([square], wkid), "").holds([HERE]) == (True,)


def test_an_unknown_spatial_reference_is_refused_by_its_number() -> None:
    with pytest.raises(ParseError, match='"32630"'):
        read_outline(esri([ring(1, 2, 3, 4)], 32630), "")


@pytest.mark.parametrize(
    "data",
    [
        BINS,
        {"features": [{"attributes": {"Name": "One"}, "geometry": {"x": -0.16, "y": 51.4665}}]},
        {
            "geometryType": "esriGeometryPoint",
            "spatialReference": {"wkid": 102100, "latestWkid": 3857},
            "features": [
                {"attributes": {"Name": "One"}, "geometry": {"x": -17811.12, "y": 6704230.3}},
                {"attributes": {"Name": "Two"}, "geometry": {"x": "NaN", "y": "NaN"}},
                {"attributes": {"Name": "Three"}},
            ],
        },
    ],
)
def test_lists_are_read_from_them_too(data: object) -> None:
    report = Report("data/list.json")
    found = read_places(json.dumps(data), True, "", report)
    assert found is not None, report.problems
    assert [place.name for place in found.places] == ["One"]
    point = found.places[0].point
    assert (point.latitude, point.longitude) == pytest.approx((51.4665, -0.16), abs=1e-4)


def test_a_mistake_in_esri_json_has_its_line() -> None:
    features = [{"attributes": {"Name": n}, "geometry": {"x": x, "y": 51.4665}}
                for n, x in (("One", -0.16), ("Two", 10.5))]  # fmt: skip
    text = json.dumps({"features": features}, indent=1)
    report = Report("data/list.json")
    read_places(text, True, "", report)
    assert text.split("\n")[report.problems[0].line or 0].strip() == '"Name": "Two"'
