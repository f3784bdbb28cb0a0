"""OpenStreetMap through Overpass: the question, and what its answer is on a map."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from wardblog.report import ParseError
from wardblog.sources.map_rows import COASTLINE, MapRow, NamedPlace
from wardblog.sources.overpass import query, read_overpass

Pairs = list[tuple[float, float]]

LINE: Pairs = [(-0.16, 51.46), (-0.159, 51.461), (-0.158, 51.461)]
SQUARE: Pairs = [(-0.16, 51.46), (-0.16, 51.47), (-0.15, 51.47), (-0.15, 51.46), (-0.16, 51.46)]


def geometry(pairs: Pairs) -> list[dict[str, float]]:
    return [{"lat": lat, "lon": lon} for lon, lat in pairs]


def way(tags: dict[str, str], pairs: Pairs = LINE, number: int = 1) -> dict[str, Any]:
    return {"type": "way", "id": number, "geometry": geometry(pairs), "tags": tags}


def ring(west: float, south: float, size: float) -> Pairs:
    east, north = west + size, south + size
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def answer(*elements: object, **more: object) -> bytes:
    whole = {"version": 0.6, "generator": "Overpass API", "elements": elements, **more}
    return json.dumps(whole).encode()


def read(*elements: object) -> tuple[list[MapRow], list[NamedPlace]]:
    return read_overpass(answer(*elements))


def kinds(tags: dict[str, str], pairs: Pairs = LINE) -> list[str]:
    return [row.kind for row in read(way(tags, pairs))[0]]


def test_the_question_asks_for_the_box_with_limits_and_with_positions() -> None:
    asked = query((51.455, -0.165, 51.475, -0.145))
    assert asked.startswith(
        "[out:json][timeout:90][maxsize:268435456][bbox:51.455000,-0.165000,51.475000,-0.145000];"
    )
    assert asked.rstrip().endswith("out geom qt;")
    for part in (
        'way["highway"',
        'way["railway"',
        'way["natural"~"^(coastline)$"',
        'way["building"',
    ):
        assert part in asked
    assert asked.count("(") == asked.count(")")


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "primary"}, ["road-major"]),
        ({"highway": "trunk_link"}, ["road-major"]),
        ({"highway": "tertiary"}, ["road"]),
        ({"highway": "residential"}, ["road"]),
        ({"highway": "pedestrian"}, ["road"]),
        ({"highway": "footway"}, ["path"]),
        ({"highway": "steps"}, ["path"]),
        ({"highway": "service"}, ["road"]),
        ({"highway": "service", "service": "alley"}, ["road"]),
        ({"highway": "service", "service": "driveway"}, []),
        ({"highway": "service", "service": "parking_aisle"}, []),
        ({"highway": "service", "access": "private"}, []),
        ({"highway": "service", "access": "private", "name": "Mill Yard"}, ["road"]),
        ({"highway": "track", "access": "no"}, []),
        ({"highway": "residential", "access": "private"}, ["road"]),
        ({"highway": "footway", "footway": "sidewalk"}, []),
        ({"highway": "footway", "footway": "crossing"}, []),
        ({"highway": "corridor"}, []),
        ({"highway": "footway", "indoor": "yes"}, []),
        ({"highway": "proposed"}, []),
        ({"highway": "construction", "construction": "primary"}, []),
        ({"highway": "residential", "railway": "tram"}, ["road", "rail"]),
        ({"railway": "rail"}, ["rail"]),
        ({"railway": "rail", "service": "siding"}, []),
        ({"railway": "abandoned"}, []),
        ({"railway": "disused"}, []),
        ({"railway": "platform"}, []),
        ({"waterway": "river"}, ["water"]),
        ({"waterway": "ditch"}, []),
        ({"waterway": "ditch", "name": "Falcon Brook"}, ["water"]),
        ({"natural": "coastline"}, [COASTLINE]),
        ({"natural": "tree_row"}, []),
        ({"barrier": "fence"}, []),
    ],
)
def test_what_a_line_is_on_the_map(tags: dict[str, str], expected: list[str]) -> None:
    assert kinds(tags) == expected


@pytest.mark.parametrize(
    ("tags", "kind", "form"),
    [
        ({"building": "yes"}, "building", "Polygon"),
        ({"building": "no", "leisure": "park"}, "green", "Polygon"),
        ({"leisure": "park"}, "green", "Polygon"),
        ({"leisure": "park", "barrier": "fence"}, "green", "Polygon"),
        ({"landuse": "allotments"}, "green", "Polygon"),
        ({"natural": "wood"}, "green", "Polygon"),
        ({"natural": "water"}, "water", "Polygon"),
        ({"landuse": "reservoir"}, "water", "Polygon"),
        # A closed line that leads back to where it began.
        ({"highway": "residential", "junction": "roundabout"}, "road", "LineString"),
        ({"waterway": "river"}, "water", "LineString"),
    ],
)
def test_a_closed_line_is_an_area_if_it_surrounds_something(
    tags: dict[str, str], kind: str, form: str
) -> None:
    rows, _ = read(way(tags, SQUARE))
    assert [(row.kind, row.shape.geom_type) for row in rows] == [(kind, form)]


@pytest.mark.parametrize(
    "tags",
    [
        {"leisure": "garden", "access": "private"},
        {"leisure": "garden", "garden:type": "residential"},
        {"leisure": "park", "area": "no"},
        {"highway": "service", "area": "yes"},
        {"building": "yes", "location": "underground"},
        {"landuse": "residential"},
    ],
)
def test_some_areas_are_not_drawn(tags: dict[str, str]) -> None:
    assert kinds(tags, SQUARE) == []


def test_an_open_line_is_never_an_area() -> None:
    assert kinds({"leisure": "park"}) == []
    assert kinds({"building": "yes"}) == []


def test_a_short_tunnel_is_drawn_and_a_long_one_is_not() -> None:
    short: Pairs = [(-0.16, 51.46), (-0.16, 51.4604)]
    for tags in ({"highway": "residential"}, {"railway": "rail"}, {"waterway": "stream"}):
        assert len(kinds({**tags, "tunnel": "yes"}, short)) == 1
        assert kinds({**tags, "tunnel": "yes"}, [(-0.16, 51.46), (-0.16, 51.462)]) == []
    under_a_house = {"highway": "residential", "tunnel": "building_passage"}
    assert kinds(under_a_house, [(-0.16, 51.46), (-0.16, 51.462)]) == ["road"]


def multipolygon(*members: tuple[str, Pairs], **tags: str) -> dict[str, Any]:
    return {
        "type": "relation",
        "id": 7,
        "tags": {"type": "multipolygon", **tags},
        "members": [
            {"type": "way", "ref": number, "role": role, "geometry": geometry(pairs)}
            for number, (role, pairs) in enumerate(members)
        ],
    }


def test_a_relation_is_put_together_from_parts_of_rings() -> None:
    whole = ring(0, 0, 10)
    rows, _ = read(
        multipolygon(
            ("outer", whole[:3]),
            ("outer", list(reversed(whole[2:]))),  # the other half, the other way round
            ("inner", ring(2, 2, 4)),
            ("outer", ring(3, 3, 1)),  # an island in the hole
            ("outer", ring(20, 0, 1)),
            natural="water",
            name="Mere",
        )
    )
    assert [(row.kind, row.name, row.shape.area) for row in rows] == [
        ("water", "Mere", 100 - 16 + 1 + 1)
    ]
    assert not rows[0].shape.contains(shapely.Point(2.5, 2.5))
    assert rows[0].shape.contains(shapely.Point(3.5, 3.5))


def test_a_relation_of_which_a_part_is_missing_is_left_out() -> None:
    assert read(
        multipolygon(("outer", ring(0, 0, 10)[:3]), ("inner", ring(2, 2, 4)), natural="wood"),
        way({"highway": "path"}),
    )[0] == [MapRow("path", "", shapely.LineString(LINE))]


def test_positions_that_were_not_sent_divide_a_way() -> None:
    holed = way({"highway": "path"}, [(0, 50), (0.1, 50), (0.2, 50), (0.3, 50), (0.4, 50)])
    holed["geometry"][2] = None
    rows, _ = read(holed)
    assert [list(row.shape.coords) for row in rows] == [
        [(0, 50), (0.1, 50)],
        [(0.3, 50), (0.4, 50)],
    ]


def test_nodes_may_be_apart_from_the_ways() -> None:
    """As `out body; >; out skel qt;` has it, which Overpass Turbo writes by itself."""
    corners = ring(0, 50, 0.01)
    nodes = [
        {"type": "node", "id": i, "lat": lat, "lon": lon}
        for i, (lon, lat) in enumerate(corners[:4])
    ]
    rows, _ = read(
        {"type": "way", "id": 9, "nodes": [0, 1, 2, 3, 0], "tags": {"building": "yes"}},
        {"type": "way", "id": 10, "nodes": [0, 1, 2, 3, 0]},
        {
            "type": "relation",
            "id": 11,
            "members": [{"type": "way", "ref": 10, "role": "outer"}],
            "tags": {"type": "multipolygon", "leisure": "park"},
        },
        *nodes,
    )
    assert [(row.kind, row.shape.equals(shapely.Polygon(corners))) for row in rows] == [
        ("building", True),
        ("green", True),
    ]


def test_an_element_that_is_there_twice_counts_once() -> None:
    assert len(read(way({"highway": "path"}), way({"highway": "path"}))[0]) == 1


def test_names_of_streets_in_two_languages_and_of_landmarks() -> None:
    node = {"type": "node", "id": 1, "lat": 51.4, "lon": -0.1}
    _, places = read(
        way({"highway": "residential", "name": "Heol y  Frenhines", "name:en": "Queen Street"}),
        way({"highway": "primary", "ref": "A3205;A3"}, number=2),
        way({"amenity": "school", "building": "yes", "name": "Made School"}, SQUARE, 3),
        way({"building": "house", "name": "Rose Cottage"}, SQUARE, 4),
        {**node, "tags": {"place": "suburb", "name": "Battersea"}},
        {**node, "id": 2, "tags": {"amenity": "bench", "name": "In memory of a person"}},
    )
    assert [(place.kind, place.name) for place in places] == [
        ("street", "Heol y Frenhines"),
        ("street", "Queen Street"),
        ("street", "A3205"),
        ("place", "Made School"),
        ("place", "Battersea"),
    ]
    assert (places[3].latitude, places[3].longitude) == pytest.approx((51.465, -0.155))


def test_the_name_of_a_home_is_on_no_map() -> None:
    rows, _ = read(
        way({"building": "house", "name": "Rose Cottage"}, SQUARE),
        way({"building": "yes", "amenity": "library", "name": "Made Library"}, SQUARE, 2),
    )
    assert [row.name for row in rows] == ["", "Made Library"]


BUSY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "xhtml1-strict.dtd">
<html><head><title>OSM3S Response</title><style>p { color: red }</style></head><body>
<p><strong style="color:#FF0000">Error</strong>: runtime error: open64: 0 Success
/osm3s_osm_base Dispatcher_Client::request_read_and_idx::timeout. The server is probably too busy
to handle your request. </p></body></html>"""
PAGE = "<!DOCTYPE html><html><head><script>x</script></head><body><h1>Sign in</h1></body></html>"
CUT = answer(way({"highway": "path"}))


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (b"", "the map service sent an empty answer"),
        (b" \n", "the map service sent an empty answer"),
        (BUSY.encode(), "the map service is busy"),
        (b"<html><body>429 Too Many Requests</body></html>", "the map service is busy"),
        (PAGE.encode(), 'the map service sent a web page instead of a map: "Sign in"'),
        (CUT[:-20], "the answer of the map service is cut off"),
        (CUT[: len(CUT) // 2], "the answer of the map service is cut off"),
        (b"rate_limited", "this is not an answer from Overpass"),
        (b"[]", "this is not an answer from Overpass: it has no elements"),
        (
            b'{"type": "FeatureCollection"}',
            "this is not an answer from Overpass: it has no elements",
        ),
        (answer(), "the map service has nothing in this area"),
        (
            answer(
                way({"highway": "path"}),
                remark='runtime error: Query timed out in "query" at line 3 after 91 seconds.',
            ),
            "the map service ran out of time, so its answer is incomplete",
        ),
        (
            answer(remark="runtime error: Query run out of memory using about 2048 MB of RAM."),
            "the map service ran out of memory, so its answer is incomplete",
        ),
        (
            answer(remark="runtime error: something else"),
            'the map service stopped with an error: "runtime error: something else"',
        ),
        (
            answer({"type": "way", "id": 1, "nodes": [1, 2], "tags": {"highway": "path"}}),
            "this answer from Overpass has no positions",
        ),
    ],
)
def test_any_other_answer_is_refused_in_plain_words(sent: bytes, message: str) -> None:
    with pytest.raises(ParseError) as error:
        read_overpass(sent)
    assert error.value.message == message
    assert error.value.hint


def test_broken_elements_do_no_harm() -> None:
    rows, places = read(
        None,
        {"type": "way"},
        {"type": "way", "id": 1, "geometry": "x", "tags": {"highway": "path"}},
        {"type": "way", "id": 2, "geometry": [{"lat": "x"}], "tags": {"highway": "path"}},
        {"type": "node", "id": 3, "tags": {"place": "town", "name": "Nowhere"}},
        {"type": "relation", "id": 4, "tags": {"type": "multipolygon"}, "members": [None]},
        {"type": "node", "id": [], "tags": {"place": "town"}},
        {"type": "way", "id": {}, "tags": {"highway": "path"}},
        {"type": {}, "id": 6, "tags": {"highway": "path"}},
        {"type": "way", "id": 7, "nodes": [[], {}], "tags": {"highway": "path"}},
        {
            "type": "relation",
            "id": 8,
            "tags": {"type": "multipolygon"},
            "members": [{"type": "way", "ref": []}],
        },
        *(
            {
                "type": "node",
                "id": 9,
                "lat": far,
                "lon": far,
                "tags": {"place": "town", "name": "X"},
            }
            for far in (10**400, 1e308, float("nan"))
        ),
        way({"highway": "path", "name": "Only One"}, number=5),
    )
    assert [row.name for row in rows] == ["Only One"]
    assert [place.name for place in places] == ["Only One"]


def test_a_piece_of_leeds(real_data: Path) -> None:
    rows, places = read_overpass((real_data / "overpass-leeds.json").read_bytes())
    by_kind = {kind: [row for row in rows if row.kind == kind] for kind in {r.kind for r in rows}}
    assert {kind: len(of_kind) for kind, of_kind in by_kind.items()} == {
        "road-major": 11,
        "road": 80,
        "path": 86,
        "green": 13,
        "building": 81,
    }
    # The one relation: a building with a yard.
    buildings = [row.shape for row in by_kind["building"]]
    assert {shape.geom_type for shape in buildings} == {"Polygon"}
    assert max(map(shapely.get_num_interior_rings, buildings)) == 1
    names = {place.name for place in places}
    assert {"Woodhouse Lane", "Cavendish Road", "Brotherton Library"} <= names
