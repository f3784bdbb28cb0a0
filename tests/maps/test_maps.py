"""Maps: they are small, do not change between builds, and run no code from imported text."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from support import ROOT
from wardblog.maps import DrawnMap, draw
from wardblog.maps.picture import picture
from wardblog.maps.projection import MapSheet, bounds_of
from wardblog.model import (
    BaseMap,
    Boundary,
    MapSettings,
    Place,
    Point,
    Precision,
    Progress,
    Ring,
)
from wardblog.model.base_map import BaseKind, BaseLayer, BaseLine, encode
from wardblog.model.map_figure import Dot, DotShape, MapFigure, PlaceChange

LEAFLET = "cxOPjt7s7Iz04uaHJceBmS+qpjv2JkIHNVcuOrM+YHwZOmJGBXI00mdUXEq65HTH"
SQUARE = Boundary(
    (
        Ring(
            tuple(
                Point(lat, lon)
                for lat, lon in ((51.46, -0.17), (51.46, -0.15), (51.47, -0.15), (51.46, -0.17))
            )
        ),
    )
)


def dot(name: str, latitude: float = 51.465, precision: Precision = Precision.EXACT) -> Dot:
    place = Place(
        name=name, point=Point(latitude, -0.16), precision=precision, progress=Progress.REPORTED
    )
    return Dot(
        place=place,
        issue="grit-bins",
        issue_name="Grit bins",
        url="/post/",
        when="20 November 2026",
    )


# What a dot has beside its place.
REST: dict[str, Any] = {
    "issue": "grit-bins",
    "issue_name": "Grit bins",
    "url": "/post/",
    "when": "20 November 2026",
}


def figure(*dots: Dot, boundary: Boundary | None = SQUARE) -> MapFigure:
    return MapFigure(
        address="issues/grit-bins/",
        label="Map: Grit bins",
        dots=dots,
        boundary=boundary,
        settings=MapSettings(),
    )


def drawn_of(shown: MapFigure) -> DrawnMap:
    return draw(shown, {"grit-bins": "#8a5a00"})


def test_leaflet_is_the_unmodified_release() -> None:
    code = (ROOT / "theme/static/leaflet/leaflet.js").read_bytes()
    assert base64.b64encode(hashlib.sha384(code).digest()).decode() == LEAFLET


def test_a_map_loads_nothing_and_is_the_same_each_time() -> None:
    drawn = drawn_of(figure(dot("A")))
    assert drawn == drawn_of(figure(dot("A")))
    text = drawn.html + drawn.script.decode() + drawn.data.decode()
    assert "http" not in text
    assert "<script" not in text
    assert "style=" not in text
    assert re.fullmatch(r"issues/grit-bins/map\.[0-9a-f]{12}\.js", drawn.script_path)


def test_the_data_has_every_place_in_order() -> None:
    data = json.loads(drawn_of(figure(dot("A"), dot("B"))).data)
    assert data["places"]["name"] == ["A", "B"]
    # A column of one value is that value; positions are steps of a hundred-thousandth of a degree.
    assert data["places"]["progress"] == [["○ reported"], []]
    assert data["places"]["lat"] == [5146500, 0]
    assert data["boundary"][0] == [[5146000, 0, 1000, -1000], [-17000, 2000, 0, -2000]]


@pytest.mark.long
def test_fifty_thousand_places_are_half_a_megabyte() -> None:
    many = [
        Dot(
            place=Place(
                name=f"{n % 700} Elm Road",
                point=Point(51.46 + n % 997 / 1e5, -0.16 + n % 991 / 1e5),
            ),
            **REST,
        )
        for n in range(50_000)
    ]
    drawn = drawn_of(figure(*many))
    assert len(gzip.compress(drawn.data, 9)) < 500_000
    assert len(gzip.compress(drawn.html.encode(), 9)) < 50_000


def test_changes_are_in_the_data() -> None:
    moved = PlaceChange(DotShape.MOVED, 110, Point(51.464, -0.16))
    data = json.loads(drawn_of(figure(replace(dot("A"), change=moved), dot("B"))).data)
    assert data["places"]["mark"] == [["moved", "open"], [0, 1]]
    assert data["places"]["change"] == [["▲ moved 110 m", ""], [0, 1]]
    assert data["places"]["before"] == [[0, 5146400, -16000]]


def test_no_text_of_content_reaches_a_template() -> None:
    """branca renders what was rendered once more, as a template."""
    attack = "{{ 7*7 }}{% for %}{#"
    road = BaseLine(attack, ((51.465, -0.169), (51.465, -0.151)))
    roads = BaseLayer(kind=BaseKind.ROAD, is_area=False, lines=(road,))
    settings = MapSettings(
        "ask",
        f"https://t.example.org/{attack}",
        attack,
        BaseMap(encode([roads]), attack),
    )
    drawn = draw(
        replace(figure(dot(attack)), label=attack, settings=settings, credits=(attack,)),
        {},
        attack,
        f"/{attack}",
    )
    assert f'aria-label="{attack}"' in drawn.html
    assert f">{attack}</text>" in drawn.html
    assert json.loads(drawn.data)["tiles"]["attribution"] == attack
    assert "{" not in drawn.script.decode()
    assert attack in drawn.picture.decode()


@pytest.mark.parametrize(
    "hostile",
    ["</script><script>x()", "${x()}", "`+x()+`", "'\"><img onerror=x()>", "{{ 7*7 }}", "\u2028"],
)
def test_a_name_reaches_the_data_and_the_picture_as_text_alone(hostile: str) -> None:
    drawn = drawn_of(figure(dot(hostile), boundary=None))
    assert json.loads(drawn.data)["places"]["name"] == [hostile]
    assert hostile not in drawn.script.decode()
    assert "49" not in drawn.script.decode()
    root = ET.fromstring(f"<x>{drawn.html}</x>")  # noqa: S314 - of our own making
    known = {"x", "svg", "g", "path", "circle", "text", "tspan", "div"}
    assert {e.tag for e in root.iter()} <= known
    named = ["".join(t.itertext()) for t in root.iter("text") if t.get("class") == "map-label"]
    assert named == [hostile]


def svg(shown: MapFigure) -> ET.Element:
    return ET.fromstring(picture(shown).inline())  # noqa: S314 - of our own making


def test_the_picture_numbers_its_places_as_the_list_does() -> None:
    root = svg(figure(dot("A"), dot("B", 51.466), dot("C", 51.464, Precision.STREET)))
    numbers = [t.text for t in root.iter("text") if "map-number" in t.get("class", "")]
    assert numbers == ["3", "2", "1"]
    assert root.get("aria-label") == "Map: Grit bins"


def test_an_approximate_place_is_a_circle_of_its_radius() -> None:
    shown = figure(dot("A", precision=Precision.AREA))
    circle = next(c for c in svg(shown).iter("circle"))
    sheet = MapSheet.fit(bounds_of(shown), 800, 360, 640)
    assert float(circle.get("r", "0")) == pytest.approx(500 * sheet.scale, abs=0.1)


def test_many_places_are_one_path() -> None:
    spread = (
        Dot(
            place=replace(d.place, point=Point(51.461 + n // 20 / 2000, -0.169 + n % 20 / 1200)),
            **REST,
        )
        for n, d in enumerate([dot("A")] * 400)
    )
    root = svg(figure(*spread))
    assert not list(root.iter("circle"))
    path = next(p for p in root.iter("path") if "map-dots" in p.get("class", ""))
    assert path.get("d", "").count("M") == 400


def test_the_picture_keeps_the_proportions_of_the_ward() -> None:
    """North is up, and a metre is as long in both directions."""
    sheet = MapSheet.fit(bounds_of(figure(dot("A"))), 800, 360, 640)
    west, north = sheet.place(Point(51.466, -0.161))
    east, south = sheet.place(Point(51.465, -0.159))
    assert west < east
    assert north < south
    # 0.002 degrees of longitude at this latitude are 138.7 m, 0.001 of latitude 111.3 m.
    assert (east - west) / (south - north) == pytest.approx(138.7 / 111.3, rel=0.01)


def test_folium_itself_stays_usable_for_developers() -> None:
    import folium

    from wardblog.maps.ward_map import WardMap

    shown = figure(dot("A"))
    ward_map = WardMap(bounds_of(shown))
    folium.PolyLine([(51.46, -0.16), (51.47, -0.15)]).add_to(ward_map)
    ward_map.render()
    assert "L.polyline(" in ward_map.get_root().script.render()
