"""Names on a map picture: they never touch, leave the sheet, stand on their heads or cover pins.

Where a name stands is worked out from the SVG, with the measures of a real font, at each of the
sizes that the style sheet sets.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import shapely
from PIL import ImageFont
from shapely import affinity
from shapely.geometry import LineString, box
from shapely.geometry import Point as Spot
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from support import map_feature
from wardblog.maps import card
from wardblog.maps.labels import TIERS
from wardblog.maps.marks import MarkName, runs
from wardblog.maps.picture import WIDTH, picture
from wardblog.model import Boundary, MapSettings, Place, Point, Precision, Ring
from wardblog.model.map_figure import Dot, MapFigure
from wardblog.places.base_map import read_base_map
from wardblog.report import Report

FONTS = Path(card.__file__).parent / "fonts"
REGULAR = ImageFont.truetype(str(FONTS / "OpenSans_400Regular.ttf"), 100)
BOLD = ImageFont.truetype(str(FONTS / "OpenSans_700Bold.ttf"), 100)
CORNERS = ((51.456, -0.172), (51.456, -0.152), (51.468, -0.15), (51.47, -0.17), (51.456, -0.172))
WARD = Boundary((Ring(tuple(Point(*corner) for corner in CORNERS)),))


def random_figure(seed: int, dots: int) -> MapFigure:
    """Streets, straight or bent, long or short, at random; and places, some at one spot."""
    chance = random.Random(seed)  # noqa: S311 - the same in every run, not a secret
    words = ("Elm", "St", "Wimbledon", "Mill", "Ill", "Upper", "Queen's", "Road", "Way", "& Sons")
    features: list[object] = []
    for _ in range(80):
        name = " ".join(chance.sample(words, chance.choice((1, 2, 2, 3))))
        lon, lat = chance.uniform(-0.173, -0.15), chance.uniform(51.455, 51.471)
        line, east, north = [[lon, lat]], chance.uniform(-1, 1), chance.uniform(-1, 1)
        for _ in range(chance.randrange(1, 9)):
            east, north = east + chance.uniform(-0.3, 0.3), north + chance.uniform(-0.3, 0.3)
            lon, lat = lon + east / 1500, lat + north / 2500
            line.append([lon, lat])
        kind = chance.choice(("road", "road", "road", "road-major", "water", "path"))
        features.append(map_feature(kind, "LineString", line, name))
    text = json.dumps({"type": "FeatureCollection", "attribution": "x", "features": features})
    spots = [Point(chance.uniform(51.457, 51.469), chance.uniform(-0.17, -0.153))
             for _ in range(max(dots * 3 // 4, 1))]  # fmt: skip
    found = tuple(
        Dot(
            place=Place(
                name=" ".join(chance.sample(words, 3)),
                point=chance.choice(spots),
                precision=chance.choice((Precision.EXACT, Precision.EXACT, Precision.STREET)),
            ),
            issue="x", issue_name="X", url="", when="",
        )
        for _ in range(dots)
    )  # fmt: skip
    base = read_base_map(text, None, "", Report("base.geojson"))
    return MapFigure(
        address="x/", label="x", dots=found, boundary=WARD, settings=MapSettings(base=base)
    )


def is_shown(element: ET.Element, tier: int) -> bool:
    found = re.search(r"\bn(\d)", element.get("class", ""))
    return found is None or int(found[1]) <= tier


def name_shape(text: ET.Element, root: ET.Element, factor: float) -> tuple[BaseGeometry, float]:
    """The area of a street's name, and how far it goes to the right from first letter to last."""
    words, size = "".join(text.itertext()), 16 * factor
    half = REGULAR.getlength(words) / 100 * size / 2
    if (on_path := text.find("textPath")) is not None:
        identifier = on_path.get("href", "")[1:]
        path = next(e for e in root.iter("path") if e.get("id") == identifier)
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", path.get("d", ""))]
        line = LineString(list(zip(numbers[::2], numbers[1::2], strict=True)))
        assert line.length >= half * 2, "letters beyond the end of a line are not drawn"
        part = substring(line, line.length / 2 - half, line.length / 2 + half)
        (x, _), *_, (a, _) = part.coords
        return part.buffer(size * 0.36, cap_style="flat"), a - x
    found = re.fullmatch(
        r"translate\((-?\d+) (-?\d+)\)(?:rotate\((-?\d+)\))?", text.get("transform", "")
    )
    assert found
    x, y, angle = (float(n or 0) for n in found.groups())
    flat = LineString([(x - half, y), (x + half, y)])
    turned = affinity.rotate(flat, angle, origin=(x, y))
    (x, _), (a, _) = turned.coords
    return turned.buffer(size * 0.36, cap_style="flat"), a - x


def label_shape(line: ET.Element, anchor: str, x: float, y: float, factor: float) -> BaseGeometry:
    width = BOLD.getlength(line.text or "") / 100 * 16
    across, down = float(line.get("x", "0")), float(line.get("y", "0"))
    start = across - {"end": width, "middle": width / 2}.get(anchor, 0.0)
    high, low = down - 11, down
    return box(
        x + start * factor, y + high * factor, x + (start + width) * factor, y + low * factor
    )


def shapes(root: ET.Element, tier: int) -> list[tuple[str, BaseGeometry]]:
    """All words of a picture that show at a factor, and its marks, as areas."""
    factor = TIERS[tier]
    found: list[tuple[str, BaseGeometry]] = []
    for text in root.iter("text"):
        if "map-name" in text.get("class", "") and is_shown(text, tier):
            shape, right = name_shape(text, root, factor)
            assert right >= -0.45 * shape.length / 2, "upside down"
            found.append(("".join(text.itertext()), shape))
    for group in root.iter("g"):
        inner = group.find("g")
        if inner is None or inner.get("class") != "map-mark":
            continue
        x, y = (float(n) for n in re.findall(r"-?[\d.]+", group.get("transform", ""))[:2])
        found += (
            (
                f"label {line.text}",
                label_shape(line, text.get("text-anchor", ""), x, y, factor),
            )
            for text in inner.iter("text")
            if "map-label" in text.get("class", "") and is_shown(text, tier)
            for line in list(text) or [text]
        )
        radii = (float(circle.get("r", "0")) * factor for circle in inner.iter("circle"))
        found += (("mark", Spot(x, y).buffer(radius)) for radius in radii)
    return found


@pytest.mark.parametrize("tier", range(len(TIERS)))
@pytest.mark.parametrize(("seed", "dots"), [(1, 1), (2, 12), (3, 25), (4, 90)])
def test_names_touch_nothing(seed: int, dots: int, tier: int) -> None:
    drawn = picture(random_figure(seed, dots))
    root = ET.fromstring(drawn.inline())  # noqa: S314 - of our own making
    sheet = box(0, 0, WIDTH, drawn.height)
    found = shapes(root, tier)
    words = [(name, shape) for name, shape in found if name != "mark"]
    assert len(words) >= 3
    tree = shapely.STRtree([shape for _, shape in found])
    for name, shape in words:
        assert sheet.contains(shape), name
        touched = {
            found[n][0]
            for n in tree.query(shape, predicate="intersects")
            if found[n][1] is not shape and found[n][1].intersection(shape).area > 0.5
        }
        assert not touched, f"{name} touches {touched}"  # fmt: skip


def test_a_name_stands_once_and_only_if_it_fits() -> None:
    streets = [
        map_feature(
            "road", "LineString", [[-0.17, 51.46], [-0.155, 51.46]], "Elm <Road> & {{ 7*7 }}"
        ),
        map_feature("road", "LineString", [[-0.17, 51.4601], [-0.155, 51.4601]], "Oak Road"),
        map_feature(
            "road", "LineString", [[-0.17, 51.465], [-0.1695, 51.465]], "A far too long name"
        ),
    ]
    text = json.dumps({"type": "FeatureCollection", "attribution": "x", "features": streets})
    base = read_base_map(text, None, "", Report("base.geojson"))
    figure = MapFigure(
        address="x/", label="x", dots=(), boundary=WARD, settings=MapSettings(base=base)
    )
    svg = picture(figure).inline()
    assert svg.count("Elm &lt;Road&gt; &amp; {{ 7*7 }}") == 1
    assert "Oak Road" not in svg or "<Road>" not in svg
    assert "far too long" not in svg


def spots(*points: tuple[float, float, str]) -> list[str]:
    dots = tuple(
        Dot(place=Place(name=name, point=Point(lat, lon)), issue="", issue_name="", url="", when="")
        for lat, lon, name in points
    )
    figure = MapFigure(address="x/", label="x", dots=dots, boundary=WARD, settings=MapSettings())
    root = ET.fromstring(picture(figure).inline())  # noqa: S314 - of our own making
    marks = [g for g in root.iter("g") if g.get("class") == "map-mark"]
    return [" ".join("".join(t.itertext()) for t in g.iter("text")) for g in marks if g.find("text")
            is not None]  # fmt: skip


def test_several_places_at_one_spot_are_one_mark_with_a_count() -> None:
    found = spots(
        (51.462, -0.16, "Elm Road"),
        (51.465, -0.165, "Oak Road"),
        (51.462, -0.16, "Elm Road"),
        (51.46200001, -0.16, "Elm Road"),
    )
    assert found == ["2 Oak Road", "×3 Elm Road (1, 3, 4)"]
    assert spots((51.462, -0.16, "A"), (51.462, -0.16, "B")) == ["×2 1, 2"]


def test_a_long_name_is_cut_at_a_word() -> None:
    assert spots((51.462, -0.16, "Acanthus Road at Lavender Hill, by the library")) == [
        "1 Acanthus Road at Lavender Hill, by…"
    ]


def test_a_name_is_set_in_two_lines_that_touch_nothing() -> None:
    figure = MapFigure(
        address="x/",
        label="x",
        dots=(
            Dot(
                place=Place(name="Acanthus Road at Lavender Hill", point=Point(51.462, -0.16)),
                issue="", issue_name="", url="", when="",
            ),
        ),
        boundary=WARD,
        settings=MapSettings(),
    )  # fmt: skip
    root = ET.fromstring(picture(figure).inline())  # noqa: S314 - of our own making
    lines = [(one.text, one.get("x"), float(one.get("y", ""))) for one in root.iter("tspan")]
    assert [(words, left) for words, left, _ in lines] == [
        ("Acanthus Road at", "20"),
        ("Lavender Hill", "20"),
    ]
    assert lines[1][2] - lines[0][2] == 17  # the letters are 16 high
    name = MarkName(x=400, y=300, radius=14, lines=("One", "Two"), side="above")
    assert {round(y, 2) for _, y, _ in name.circles(2.0)} == {300 - 2 * 44, 300 - 2 * 27}


def test_marks_of_which_one_would_cover_the_others_number_are_one() -> None:
    near = ((51.462, -0.16, "Elm Road"), (51.46205, -0.16, "Oak Road"))
    assert spots(*near) == ["×2 1, 2"]
    assert spots(near[0], (51.4632, -0.16, "Oak Road")) == ["2 Oak Road", "1 Elm Road"]


def test_what_a_name_has_in_brackets_is_not_on_the_map() -> None:
    road = map_feature(
        "road", "LineString", [[-0.17, 51.46], [-0.155, 51.46]], "Elm Road (private)"
    )
    text = json.dumps({"type": "FeatureCollection", "features": [road]})
    base = read_base_map(text, None, "", Report("base.geojson"))
    figure = MapFigure(
        address="x/", label="x", dots=(), boundary=WARD, settings=MapSettings(base=base)
    )
    assert ">Elm Road</text>" in picture(figure).inline()


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([1], "1"), ([1, 2], "1, 2"), ([1, 2, 3], "1–3"), ([1, 3, 4, 5, 9], "1, 3–5, 9")],
)
def test_numbers_are_written_in_runs(numbers: list[int], words: str) -> None:
    assert runs(numbers) == words
