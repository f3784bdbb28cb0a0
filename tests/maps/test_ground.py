"""The ground of a map picture: what is drawn of the base map, and how large it may become."""

from __future__ import annotations

import io
import json
import math
import random
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
import resvg_py
from PIL import Image

from made_ward import made_ward
from support import ROOT, map_feature
from wardblog.maps import draw, shared_ground
from wardblog.maps.ground import ground
from wardblog.maps.names import names_on
from wardblog.maps.picture import picture, sheet_of
from wardblog.maps.projection import bounds_of
from wardblog.maps.standalone import LIGHT
from wardblog.model import BaseMap, Boundary, MapSettings, Place, Point, Ring
from wardblog.model.base_map import BaseKind, BaseLayer, BaseLine, encode
from wardblog.model.map_figure import Dot, MapFigure
from wardblog.places.base_map import read_base_map
from wardblog.report import Report

SOUTH, WEST, NORTH, EAST = 51.46, -0.17, 51.47, -0.154
CORNERS = ((SOUTH, WEST), (SOUTH, EAST), (NORTH, EAST), (NORTH, WEST), (SOUTH, WEST))
SQUARE = Boundary((Ring(tuple(Point(*corner) for corner in CORNERS)),), "Ward: mine.")


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def read(*features: object) -> BaseMap:
    text = json.dumps({"type": "FeatureCollection", "attribution": "x", "features": features})
    return read_base_map(text, None, "", Report("base.geojson"))


def shown(
    base: BaseMap | None, boundary: Boundary | None = SQUARE, *points: tuple[float, float]
) -> MapFigure:
    dots = tuple(
        Dot(place=Place(name="A", point=Point(*p)), issue="", issue_name="", url="", when="")
        for p in points or ((51.465, -0.162),)
    )
    return MapFigure(
        address="x/", label="x", dots=dots, boundary=boundary, settings=MapSettings(base=base)
    )


def colour_at(figure: MapFigure, latitude: float, longitude: float) -> str:
    """The colour of a point in the picture's own file, as a program of another kind draws it."""
    svg = draw(figure, {}).picture.decode()
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))
    image = Image.open(io.BytesIO(png)).convert("RGB")
    x, y = sheet_of(bounds_of(figure)).place_degrees(latitude, longitude)
    red, green, blue = image.getpixel((round(x), round(y)))  # type: ignore[misc]
    return f"#{red:02x}{green:02x}{blue:02x}"


def test_each_kind_is_drawn_in_its_colour_and_holes_stay_open() -> None:
    park = [box(-0.168, 51.461, -0.163, 51.464), box(-0.167, 51.462, -0.164, 51.463)]
    figure = shown(
        read(
            map_feature("green", "Polygon", park, "Elm Park"),
            map_feature("water", "Polygon", [box(-0.16, 51.461, -0.157, 51.462)]),
            map_feature("building", "Polygon", [box(-0.16, 51.466, -0.159, 51.467)]),
            map_feature("road-major", "LineString", [[-0.17, 51.469], [-0.154, 51.469]]),
            map_feature("road", "LineString", [[-0.17, 51.468], [-0.154, 51.468]]),
        )
    )
    assert colour_at(figure, 51.4615, -0.1655) == LIGHT["map-green"]
    assert colour_at(figure, 51.4625, -0.1675) == LIGHT["map-green"]
    assert colour_at(figure, 51.4622, -0.1642) == LIGHT["map-land"]
    assert colour_at(figure, 51.4615, -0.1585) == LIGHT["map-water"]
    assert colour_at(figure, 51.4665, -0.1595) == LIGHT["map-building"]
    assert colour_at(figure, 51.469, -0.1605) == LIGHT["map-major"]
    assert colour_at(figure, 51.468, -0.1605) == LIGHT["map-road"]


def test_what_is_outside_the_ward_is_dimmed() -> None:
    figure = shown(read(map_feature("green", "Polygon", [box(-0.18, 51.45, -0.15, 51.48)])))
    sheet = sheet_of(bounds_of(figure))
    assert sheet.place_degrees(51.465, -0.171)[0] > 0
    assert colour_at(figure, 51.465, -0.1705) not in (LIGHT["map-green"], LIGHT["map-land"])
    assert colour_at(figure, 51.461, -0.169) == LIGHT["map-green"]


@pytest.mark.parametrize("boundary", [SQUARE, None])
def test_a_base_map_with_only_roads_or_without_a_boundary(boundary: Boundary | None) -> None:
    road = map_feature("road", "LineString", [[-0.17, 51.465], [-0.154, 51.465]], "Elm Road")
    drawn = draw(shown(read(road), boundary), {}, ground_url="/map/ground.svg")
    assert ("<use" in drawn.html) is (boundary is not None)
    assert "Elm Road" in drawn.html
    assert "var(" not in drawn.picture.decode()


def test_maps_of_the_whole_ward_share_their_ground_and_others_have_their_own() -> None:
    base = read(map_feature("road", "LineString", [[-0.17, 51.465], [-0.154, 51.465]]))
    file = shared_ground(base, SQUARE).decode()
    inside = draw(shown(base), {}, ground_url="/map/ground.svg")
    assert '<use href="/map/ground.svg#ground"/>' in inside.html
    assert '<g id="ground">' in file
    assert "var(--map-road)" in file
    assert LIGHT["map-road-edge"] in inside.picture.decode()  # it is used without the page
    outside = draw(shown(base, SQUARE, (51.465, -0.162), (51.48, -0.162)), {}, ground_url="/x")
    assert "<use" not in outside.html
    assert "var(--map-road)" in outside.html


def test_a_ground_is_drawn_once_for_all_maps_that_share_it() -> None:
    base = read(map_feature("road", "LineString", [[-0.17, 51.465], [-0.154, 51.465]]))
    ground.cache_clear()
    names_on.cache_clear()
    before = ground.cache_info().misses, names_on.cache_info().misses
    for step in range(20):
        picture(shown(base, SQUARE, (51.461 + step / 5000, -0.162)))
    after = ground.cache_info().misses, names_on.cache_info().misses
    assert (after[0] - before[0], after[1] - before[1]) == (1, 1)


@pytest.mark.long
def test_a_picture_of_very_many_buildings_is_bounded() -> None:
    across = 145
    side = (EAST - WEST) / across
    corners = [(v * 0.6 * side, u * side) for u, v in ((0, 0), (0.95, 0), (0.95, 0.95), (0, 0.95))]
    houses = tuple(
        BaseLine("", tuple((SOUTH + row * 0.6 * side + v, WEST + n * side + u) for v, u in corners))
        for row in range(across)
        for n in range(across)
    )
    assert len(houses) > 20_000
    base = BaseMap(encode([BaseLayer(kind=BaseKind.BUILDING, is_area=True, lines=houses)]))
    assert 20_000 < len(shared_ground(base, SQUARE)) < 60_000


@pytest.mark.parametrize("seed", range(12))
def test_odd_base_maps_are_drawn(seed: int) -> None:
    """Points that coincide, shapes far larger or smaller than the sheet, odd names."""
    chance = random.Random(seed)  # noqa: S311 - the same in every run, not a secret
    names = ("", "Elm Road", "\u202eRTL", "সেতু " * 4, "x" * 80, "<&>'\"")

    def line() -> BaseLine:
        size = chance.choice((0.0, 1e-7, 1e-4, 1e-2, 0.5))
        count = chance.randrange(3, 9)
        points = ((51.465 + chance.uniform(-size, size), -0.162 + chance.uniform(-size, size))
                  for _ in range(count))  # fmt: skip
        return BaseLine(chance.choice(names), tuple(points))

    layers = [
        BaseLayer(kind=kind, is_area=is_area, lines=tuple(line() for _ in range(4)))
        for kind in BaseKind
        for is_area in (True, False)
    ]
    base = BaseMap(encode(layers))
    for boundary in (SQUARE, None):
        drawn = draw(shown(base, boundary), {})
        ET.fromstring(f"<x>{drawn.html}</x>")  # noqa: S314 - of our own making
        text = "".join(ET.fromstring(drawn.picture).itertext())  # noqa: S314 - the same
        assert "nan" not in drawn.picture.decode().replace(text, "")


def test_the_same_ward_gives_the_same_bytes() -> None:
    base = read_base_map(made_ward(60, 200).base_map, None, "", Report("base.geojson"))
    first = draw(shown(base), {}), shared_ground(base, SQUARE)
    ground.cache_clear()
    names_on.cache_clear()
    again = read_base_map(made_ward(60, 200).base_map, None, "", Report("base.geojson"))
    assert (draw(shown(again), {}), shared_ground(again, SQUARE)) == first


def test_houses_stay_rectangular_and_share_their_walls() -> None:
    turn = math.radians(33)
    corners = [(x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn))
               for x, y in ((0, 0), (6, 0), (6, 9), (0, 9), (0, 0))]  # fmt: skip
    up, across = 1 / 111_320, 1 / (111_320 * math.cos(math.radians(51.465)))

    def house(move: float) -> object:
        moved = [(x + move * math.cos(turn), y + move * math.sin(turn)) for x, y in corners]
        positions = [[-0.16 + x * across, 51.465 + y * up] for x, y in moved]
        return map_feature("building", "Polygon", [positions])

    (layer,) = read(house(0), house(6)).layers
    (terrace,) = layer.lines
    assert len(terrace.points) == 4  # two houses with a wall between them are one block
    metres = [(lon / across, lat / up) for lat, lon in (*terrace.points, *terrace.points[:2])]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(metres)]
    for (a, b), (c, d) in pairwise(steps):
        assert abs(a * c + b * d) / (math.hypot(a, b) * math.hypot(c, d)) < 0.05


def test_the_colours_on_paper_are_those_of_the_style_sheet() -> None:
    css = (ROOT / "theme/source/style.css").read_text()
    light = css[: css.index("@media")]
    written = dict(re.findall(r"--([\w-]+): (#\w+)", light))
    for name, value in LIGHT.items():
        short = written[name]
        assert value == (short if len(short) == 7 else "#" + "".join(c * 2 for c in short[1:]))
