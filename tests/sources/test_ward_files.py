"""The base map and the gazetteer that a ward keeps."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from made_ward import made_ward
from wardblog.sources.map_rows import BEYOND, COASTLINE, KINDS, LocalMetres, MapRow, NamedPlace
from wardblog.sources.overpass import read_overpass
from wardblog.sources.same_street import name_key
from wardblog.sources.ward_files import base_map, gazetteer

PLANE = LocalMetres(shapely.Point(-0.16, 51.46))
# A ward of a kilometre, in metres from its middle.
WARD = shapely.box(-500, -500, 500, 500)
OUTLINE = PLANE.to_degrees(WARD)


def line(*pairs: tuple[float, float]) -> BaseGeometry:
    return shapely.LineString(pairs)


def made(kind: str, shape: BaseGeometry, name: str = "") -> MapRow:
    return MapRow(kind, name, PLANE.to_degrees(shape))


def drawn(rows: Iterable[MapRow]) -> list[tuple[str, str, BaseGeometry]]:
    """What the base map has: kind, name, and the shape in metres."""
    data = json.loads(base_map(rows, OUTLINE, "Made up"))
    return [
        (
            feature["properties"]["kind"],
            feature["properties"].get("name", ""),
            PLANE.from_degrees(shapely.geometry.shape(feature["geometry"])),
        )
        for feature in data["features"]
    ]


def streets(rows: Iterable[MapRow] = (), places: Iterable[NamedPlace] = ()) -> list[dict[str, Any]]:
    return list(csv.DictReader(StringIO(gazetteer(places, rows, OUTLINE).decode())))


def metres(row: dict[str, Any]) -> shapely.Point:
    return PLANE.from_degrees(shapely.Point(float(row["lon"]), float(row["lat"])))


def place(kind: Any, name: str, x: float, y: float) -> NamedPlace:
    point = PLANE.to_degrees(shapely.Point(x, y))
    return NamedPlace(kind, name, point.y, point.x)


def test_the_file_is_geojson_with_its_attribution_and_a_feature_a_line() -> None:
    text = base_map([made("road", line((0, 0), (50, 0)), "Café Road")], OUTLINE, "© Some").decode()
    data = json.loads(text)
    assert data["type"] == "FeatureCollection"
    assert data["attribution"] == "© Some"
    assert data["features"][0]["properties"] == {"kind": "road", "name": "Café Road"}
    assert len(text.splitlines()) == 1 + 1 + 1
    numbers = [n for pair in data["features"][0]["geometry"]["coordinates"] for n in pair]
    assert all(len(repr(n).partition(".")[2]) <= 6 for n in numbers)


def test_a_map_of_nothing_is_still_a_file() -> None:
    assert json.loads(base_map([], OUTLINE, "x"))["features"] == []


def test_what_is_more_than_200_metres_from_the_outline_is_cut_off() -> None:
    found = drawn(
        [
            made("road", line((0, 0), (2000, 0)), "Long Road"),
            made("green", shapely.box(400, 400, 3000, 3000)),
            made("road", line((800, 0), (900, 0)), "Far Road"),
        ]
    )
    assert [(kind, name) for kind, name, _ in found] == [("green", ""), ("road", "Long Road")]
    assert found[1][2].bounds[2] == pytest.approx(500 + BEYOND, abs=0.2)
    assert WARD.buffer(BEYOND + 0.5).contains(found[0][2])


def test_the_parts_of_a_road_are_joined_where_they_meet() -> None:
    parts = [
        made("road", line((0, 0), (100, 0)), "Eland Road"),
        made("road", line((200, 30), (100, 0)), "Eland Road"),
        made("road", line((100, 0), (100, 90)), "Other Road"),
        made("road", line((0, 0), (100, 0)), "Eland Road"),  # from another file
    ]
    found = drawn(parts)
    assert [(name, round(shape.length)) for _, name, shape in found] == [
        ("Eland Road", 204),
        ("Other Road", 90),
    ]


def test_a_road_of_two_kinds_stays_two() -> None:
    found = drawn(
        [
            made("road", line((0, 0), (100, 0)), "High Street"),
            made("road-major", line((100, 0), (200, 0)), "High Street"),
        ]
    )
    assert [kind for kind, _, _ in found] == ["road", "road-major"]


def test_lines_are_simplified_by_less_than_is_seen() -> None:
    wavy = line(*((x, 0.8 * (x % 20 == 0)) for x in range(0, 400, 10)))
    [(_, _, shape)] = drawn([made("road", wavy, "Wavy Road")])
    assert len(shape.coords) < 5
    assert shape.hausdorff_distance(wavy) < 1.1


def test_railway_tracks_side_by_side_are_one_line() -> None:
    tracks = [made("rail", line((-400, y), (400, y))) for y in (0, 4, 8, 12)]
    branch = made("rail", line((0, 0), (100, 3), (300, 200)))
    found = drawn([*tracks, branch])
    lengths = sorted(round(shape.length) for _, _, shape in found)
    assert lengths == [pytest.approx(260, abs=10), 800]  # the branch, once it has left the line


def test_buildings_that_touch_are_one_block_and_sheds_are_left_out() -> None:
    terrace = [made("building", shapely.box(x, 0, x + 6, 9)) for x in range(0, 60, 6)]
    found = drawn([*terrace, made("building", shapely.box(100, 0, 103, 3))])
    assert [kind for kind, _, _ in found] == ["building"]
    assert found[0][2].area == pytest.approx(540, rel=0.01)
    assert len(shapely.get_coordinates(found[0][2])) == 5


def test_an_area_with_a_name_keeps_its_own_and_is_not_drawn_twice() -> None:
    found = drawn(
        [
            made("green", shapely.box(0, 0, 200, 200), "Made Park"),
            made("green", shapely.box(20, 20, 60, 60)),
            made("green", shapely.box(150, 0, 300, 200)),
            made("green", shapely.box(250, 50, 350, 150)),
        ]
    )
    assert sorted((name, round(shape.area, -2)) for _, name, shape in found) == [
        ("", 25_000),
        ("Made Park", 40_000),
    ]


def test_the_yard_of_a_building_is_a_hole() -> None:
    yard = shapely.box(0, 0, 60, 60).difference(shapely.box(20, 20, 40, 40))
    [(_, _, shape)] = drawn([made("building", yard)])
    assert shape.area == pytest.approx(3200, rel=0.01)


def test_a_river_that_is_an_area_keeps_a_line_only_for_its_name() -> None:
    middle, stream = line((-600, 0), (600, 0)), line((0, 5), (0, 300))
    found = drawn(
        [
            made("water", middle.buffer(20)),
            made("water", middle, "Made River"),
            made("water", middle),
            made("water", stream),
        ]
    )
    shown = sorted((name, shape.geom_type, round(shape.length, -1)) for _, name, shape in found)
    assert [entry[:2] for entry in shown] == [
        ("", "LineString"),
        ("", "Polygon"),
        ("Made River", "LineString"),
    ]
    assert shown[0][2] == 280


def test_the_sea_is_on_the_right_of_the_coast() -> None:
    coast = [
        made(COASTLINE, line((0, -2000), (0, 0))),
        made(COASTLINE, line((0, 0), (100, 2000))),
        # An island in the sea; its coast goes round it with the land on the left.
        made(COASTLINE, shapely.LinearRing([(300, 0), (400, 0), (400, 100), (300, 100)])),
    ]
    [(kind, _, sea)] = drawn(coast)
    assert kind == "water"
    assert sea.contains(shapely.Point(250, -200))
    assert not sea.contains(shapely.Point(-100, 0))
    assert not sea.contains(shapely.Point(350, 50))


def test_the_sea_around_an_island_without_any_other_coast() -> None:
    ring = shapely.LinearRing([(-300, -300), (300, -300), (300, 300), (-300, 300)])
    [(_, _, sea)] = drawn([made(COASTLINE, ring)])
    assert not sea.contains(shapely.Point(0, 0))
    assert sea.contains(shapely.Point(450, 0))


def test_a_ward_inland_has_no_sea() -> None:
    assert drawn([made(COASTLINE, line((3000, -900), (3000, 900)))]) == []


def test_kinds_come_in_the_order_in_which_they_are_painted() -> None:
    area, road = shapely.box(0, 0, 50, 50), line((0, 0), (90, 0))
    rows = [made(k, area if k in ("green", "building") else road) for k in reversed(KINDS)]
    assert [kind for kind, _, _ in drawn(rows)] == list(KINDS)


def test_a_shape_that_crosses_itself_is_drawn() -> None:
    bow_tie = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    assert sum(shape.area for _, _, shape in drawn([made("green", bow_tie)])) == pytest.approx(
        5000, rel=0.01
    )


def test_the_position_of_a_street_is_on_it_in_the_middle_of_its_part_in_the_ward() -> None:
    # It leaves the ward to the east and ends 150 m beyond.
    bent = line((100, 0), (100, 200), (650, 200))
    [street] = streets([made("road", bent, "Eland Road")])
    assert (street["kind"], street["name"]) == ("street", "Eland Road")
    assert bent.distance(metres(street)) < 1
    assert metres(street).distance(shapely.Point(200, 200)) < 2  # the middle of 200 + 400 metres


def test_a_street_that_only_passes_near_the_ward_is_listed_there() -> None:
    [street] = streets([made("road", line((600, -300), (600, 300)), "Side Road")])
    assert metres(street).distance(shapely.Point(600, 0)) < 2


def test_a_dual_carriageway_and_a_street_with_a_gap_are_one_street() -> None:
    rows = [
        made("road-major", line((-300, 0), (300, 0)), "Queen Road"),
        made("road-major", line((300, 15), (-300, 15)), "Queen Road"),
        made("road", line((400, 0), (450, 0)), "Queen Road"),
    ]
    [street] = streets(rows)
    assert min(row_line.distance(metres(street)) for row_line in map(in_metres, rows)) < 1


def in_metres(row: MapRow) -> BaseGeometry:
    return PLANE.from_degrees(row.shape)


def test_two_streets_of_one_name_that_are_far_apart_stay_two() -> None:
    near = made("road", line((-450, -450), (-350, -450)), "Church Road")
    far = made("road", line((400, 450), (480, 450)), "Church Road")
    found = streets([near, far], [place("street", "Church Road", 440, 440)])
    assert [row["name"] for row in found] == ["Church Road"] * 2
    assert sorted(metres(row).y for row in found) == pytest.approx([-450, 450], abs=1)


def test_streets_of_two_sources_are_merged_by_name_and_nearness() -> None:
    road = line((-300, 0), (300, 0))
    found = streets(
        [made("road", road, "St. John's Road")],
        [
            place("street", "St Johns Road", 250, 0),  # as Ordnance Survey writes it
            place("street", "St John’s Road", 0, 30),
            place("street", "Heol Sant Ioan", 10, 5),
        ],
    )
    assert [row["name"] for row in found] == ["Heol Sant Ioan", "St. John's Road"]
    assert metres(found[1]).distance(shapely.Point(0, 0)) < 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("St. John's Road", "St Johns Road", True),
        ("ST JOHN’S ROAD", "St John's Road", True),
        ("Stoke-on-Trent Road", "Stoke on Trent Road", True),
        ("Heol-y-Frenhines", "Heol y Frenhines", True),
        ("Church Road", "Church Lane", False),
        ("Eland Road", "Eland Road North", False),
    ],
)
def test_spellings_of_one_name(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same


def test_places_without_a_street_on_the_map_keep_a_position_of_their_own() -> None:
    found = streets(
        (),
        [
            place("street", "Lane End", -100, 0),
            place("street", "Lane End", 0, 0),
            place("street", "Lane End", 120, 0),
            place("postcode", "SW11 5JY", 50, 50),
            place("postcode", "SW11 5JY", 50, 50),
            place("place", "Made Library", 60, 60),
            place("place", "Too Far", 2000, 0),
        ],
    )
    assert [(row["kind"], row["name"]) for row in found] == [
        ("place", "Made Library"),
        ("postcode", "SW11 5JY"),
        ("street", "Lane End"),
    ]
    assert metres(found[2]).distance(shapely.Point(0, 0)) < 1


def test_two_sources_that_differ_about_where_a_suburb_is() -> None:
    suburb = [place("place", "Made Town", -300, 0), place("place", "Made Town", 300, 200)]
    code = [place("postcode", "SW11 5JY", -600, 0), place("postcode", "SW11 5JY", 600, 0)]
    assert [row["name"] for row in streets((), suburb + code)] == ["Made Town", "SW11 5JY"]


def test_a_square_that_is_also_a_street_is_listed_once() -> None:
    road = made("road", line((0, 0), (80, 0)), "Made Square")
    assert [row["kind"] for row in streets([road], [place("place", "Made Square", 40, 20)])] == [
        "street"
    ]


def test_names_with_commas_and_quotation_marks_survive() -> None:
    odd = 'The "Old" Mill, North'
    assert [row["name"] for row in streets((), [place("place", odd, 0, 0)])] == [odd]


def test_an_empty_gazetteer_has_its_header() -> None:
    assert gazetteer([]) == b"kind,name,lat,lon\n"


def test_the_order_of_the_rows_does_not_matter() -> None:
    """The same bytes for the same rows, whoever sends them first."""
    chance = Random(3)  # noqa: S311 - the same in every run, not a secret

    def anywhere() -> tuple[float, float]:
        return chance.uniform(-600, 600), chance.uniform(-600, 600)

    rows = [
        made(kind, shapely.Point(anywhere()).buffer(40, 3))
        for kind in ("green", "building", "water") * 8
    ] + [
        made(kind, line(anywhere(), anywhere(), anywhere()), name)
        for kind in ("road", "path", "rail")
        for name in ("", "", "", "One Road", "One Road", "Two Road")
    ]
    places = [place("street", "One Road", i * 10, 0) for i in range(5)]
    first = base_map(rows, OUTLINE, "x"), gazetteer(places, rows, OUTLINE)
    for _ in range(5):
        chance.shuffle(rows)
        chance.shuffle(places)
        assert (base_map(rows, OUTLINE, "x"), gazetteer(places, rows, OUTLINE)) == first


def any_shape(chance: Random) -> BaseGeometry:
    """A shape as broken files have it: crossing itself, without length, empty, not a number."""

    def pair() -> tuple[float, float]:
        return 100.0 * chance.randint(-8, 8), 100.0 * chance.randint(-8, 8)

    pairs = [pair() for _ in range(chance.randint(3, 6))]
    return chance.choice(
        (
            shapely.LineString(pairs),
            shapely.LineString([pairs[0], pairs[0]]),
            shapely.LineString([*pairs, pairs[0]]),
            shapely.LineString([(float("inf"), 0), pairs[0]]),
            shapely.Polygon(pairs),
            shapely.MultiPolygon([shapely.Polygon(pairs), shapely.Polygon(pairs[:3])]),
            shapely.GeometryCollection([shapely.LineString(pairs), shapely.Point(pairs[0])]),
            shapely.Polygon(),
            shapely.Point(pairs[0]),
        )
    )


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
@pytest.mark.parametrize("seed", range(60))
def test_any_shape_of_any_kind_does_no_harm(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same in every run, not a secret
    rows = [
        made(
            chance.choice((*KINDS, COASTLINE)), any_shape(chance), chance.choice(("", "", "A", "B"))
        )
        for _ in range(12)
    ]
    first = base_map(rows, OUTLINE, "x"), gazetteer([], rows, OUTLINE)
    for _, _, shape in drawn(rows):
        assert shape.geom_type in ("LineString", "Polygon")
        assert not shape.is_empty
    chance.shuffle(rows)
    assert (base_map(rows, OUTLINE, "x"), gazetteer([], rows, OUTLINE)) == first


def test_where_a_line_or_ring_begins_does_not_matter() -> None:
    """Someone who turns a way round in OpenStreetMap changes nothing on the map."""
    circle = list(shapely.Point(0, 0).buffer(60, 16).exterior.coords)[:-1]
    turned = circle[20:] + circle[:20]
    wavy = [(x, 15 * (x % 30) / 30) for x in range(0, 300, 7)]
    first = [made("building", shapely.Polygon(circle)), made("road", line(*wavy), "Wavy Road")]
    second = [
        made("building", shapely.Polygon(turned[::-1])),
        made("road", line(*wavy[::-1]), "Wavy Road"),
    ]
    assert base_map(first, OUTLINE, "x") == base_map(second, OUTLINE, "x")


def test_the_made_up_ward_is_as_large_as_it_says() -> None:
    ward = made_ward(60, 300)
    features = [feature["properties"] for feature in json.loads(ward.base_map)["features"]]
    kinds = Counter(properties["kind"] for properties in features)
    named = {p["name"] for p in features if p["kind"] in ("road", "road-major") and "name" in p}
    assert (kinds["building"], len(named)) == (300, 60)
    assert set(kinds) == set(KINDS)
    rows = list(csv.DictReader(StringIO(ward.gazetteer)))
    assert {row["name"] for row in rows if row["kind"] == "street"} == named
    assert json.loads(ward.outline)["features"][0]["geometry"]["type"] == "Polygon"


def test_a_piece_of_leeds(real_data: Path) -> None:
    rows, places = read_overpass((real_data / "overpass-leeds.json").read_bytes())
    outline = shapely.box(-1.5605, 53.8055, -1.5465, 53.8105)
    data = json.loads(base_map(rows, outline, "© OpenStreetMap contributors"))
    kinds = Counter(feature["properties"]["kind"] for feature in data["features"])
    assert kinds["building"] > 60
    assert kinds["road"] > 50
    names = {feature["properties"].get("name") for feature in data["features"]}
    assert {"Woodhouse Lane", "Clarendon Road", "Brotherton Library"} <= names
    listed = list(csv.DictReader(StringIO(gazetteer(places, rows, outline).decode())))
    assert Counter(row["kind"] for row in listed)["street"] == 43  # and one that is a corridor
    assert len({(row["kind"], row["name"]) for row in listed}) == len(listed)
    plane = LocalMetres(outline)
    for row in listed:
        if row["kind"] == "street":
            point = plane.from_degrees(shapely.Point(float(row["lon"]), float(row["lat"])))
            lines = [plane.from_degrees(r.shape) for r in rows if r.name == row["name"]]
            # Three of them are squares.
            assert not lines or min(line.distance(point) for line in lines) < 1, row["name"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('=HYPERLINK("x")', 'HYPERLINK("x")'),
        ("+-@ Elm Road", "Elm Road"),
        ("Elm\ud800 Road", "Elm Road"),
        ("\u202eElm\u202c\nRoad\x9b", "Elm Road"),
        ("x" * 101, ""),
        ("=", ""),
    ],
)
def test_names_that_anybody_may_have_written(written: str, kept: str) -> None:
    line = shapely.LineString([(-0.165, 51.465), (-0.155, 51.465)])
    street = NamedPlace("street", written, 51.465, -0.16)
    rows = list(csv.DictReader(StringIO(gazetteer([street]).decode())))
    assert [row["name"] for row in rows] == ([kept] if kept else [])
    assert gazetteer([], [MapRow("road", written, line)]).count(b"\n") == (2 if kept else 1)
    drawn = json.loads(base_map([MapRow("road", written, line)], line.buffer(0.01), "x"))
    assert drawn["features"][0]["properties"].get("name", "") == kept
