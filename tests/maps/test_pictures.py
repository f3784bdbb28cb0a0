"""Pictures for use outside the page: the SVG file for feeds and e-mail, and the social card."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from wardblog.maps import card as cards
from wardblog.maps import draw
from wardblog.maps.card import card_png, card_svg
from wardblog.maps.picture import picture
from wardblog.maps.projection import MapSheet, bounds_of
from wardblog.model import BaseMap, Boundary, MapSettings, Place, Point, Progress, Ring
from wardblog.model.base_map import BaseKind, BaseLayer, BaseLine, encode
from wardblog.model.map_figure import Card, Dot, DotShape, MapFigure, PlaceChange

OGL = "Contains public sector information licensed under the Open Government Licence v3.0."
COLOURS = {"grit-bins": "#8a5a00"}
CORNERS = ((51.46, -0.17), (51.46, -0.15), (51.47, -0.15), (51.47, -0.17), (51.46, -0.17))
OUTLINE = Boundary((Ring(tuple(Point(lat, lon) for lat, lon in CORNERS)),), "Ward: ONS.")


def base_map(*roads: BaseLine) -> BaseMap:
    return BaseMap(encode([BaseLayer(kind=BaseKind.ROAD, is_area=False, lines=roads)]), "Mine.")


STREETS = base_map(
    BaseLine("Long & Winding Road", ((51.462, -0.169), (51.462, -0.151))),
    BaseLine("Up", ((51.461, -0.16), (51.4612, -0.16))),
    BaseLine("", ((51.468, -0.169), (51.468, -0.151))),
)


def dot(change: PlaceChange | None = None, progress: Progress | None = None) -> Dot:
    place = Place(name="A & B", point=Point(51.465, -0.16), progress=progress)
    return Dot(
        place=place, issue="grit-bins", issue_name="Grit bins", url="", when="", change=change
    )


def shown(*dots: Dot, base: BaseMap | None = None) -> MapFigure:
    settings = MapSettings(base=base)
    return MapFigure(
        address="x/",
        label="Map: <A & B>",
        dots=dots,
        boundary=OUTLINE,
        settings=settings,
        credits=("Ward: ONS.", OGL),
    )


def elements(text: str | bytes, kind: str) -> list[ET.Element]:
    root = ET.fromstring(text)  # noqa: S314 - of our own making
    return [e for e in root.iter() if e.tag.rsplit("}", 1)[-1] == kind]


def words(svg: str | bytes) -> str:
    return " ".join("".join(e.itertext()) for e in elements(svg, "text"))


def test_the_svg_file_is_complete_without_the_style_sheet() -> None:
    file = draw(shown(dot()), COLOURS, "Promoted by A.").picture
    assert elements(file, "title")[0].text == "Map: <A & B>"
    assert OGL in words(file)
    assert "Promoted by A." in words(file)
    text = file.decode()
    assert ".map-dot.issue-grit-bins{fill:#8a5a00}" in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "var(" not in text


@pytest.mark.parametrize(
    ("mark", "kind", "classes"),
    [
        (dot(), "circle", "map-dot issue-grit-bins"),
        (dot(progress=Progress.FIXED), "rect", "map-dot issue-grit-bins map-closed"),
        (dot(PlaceChange(DotShape.NEW)), "path", "map-dot issue-grit-bins"),
        (dot(PlaceChange(DotShape.GONE)), "circle", "map-dot issue-grit-bins map-gone"),
    ],
)
def test_marks_differ_in_shape_and_not_in_colour_alone(mark: Dot, kind: str, classes: str) -> None:
    figure = shown(mark)
    svg = picture(figure).inline()
    assert classes in [e.get("class") for e in elements(svg, kind)]


def test_a_moved_place_is_linked_to_where_it_was() -> None:
    figure = shown(dot(PlaceChange(DotShape.MOVED, 110, Point(51.464, -0.16))))
    ways = [e for e in elements(picture(figure).inline(), "path")
            if "map-way" in e.get("class", "")]  # fmt: skip
    assert len(ways) == 1


def test_streets_are_drawn_and_named_where_there_is_room() -> None:
    figure = shown(dot(), base=STREETS)
    svg = picture(figure).inline()
    lines = [e for e in elements(svg, "path") if e.get("stroke") == "var(--map-road)"]
    # Ways without a name are narrower than streets.
    assert [line.get("d", "").count("M") for line in lines] == [1, 2]
    widths = [float(line.get("stroke-width", "0")) for line in lines]
    assert widths[0] < widths[1]
    names = [e.text for e in elements(svg, "text") if "map-name" in e.get("class", "")]
    assert names == ["Long & Winding Road"]


def a_card(title: str = "Grit bins", figure: MapFigure | None = None) -> Card:
    return Card(
        path="card.png",
        site_title="A ward blog",
        title=title,
        colour="#8a5a00",
        figure=figure,
        imprint="Promoted by A of B.",
    )


def test_a_card_has_title_map_imprint_and_credits() -> None:
    svg = card_svg(a_card(figure=shown(dot())), COLOURS)
    for part in ("Grit bins", "Promoted by A of B.", OGL, "Ward: ONS.", "A ward blog"):
        assert part in words(svg)
    image = Image.open(io.BytesIO(card_png(svg)))
    assert image.size == (1200, 630)
    assert image.getpixel((5, 300))[:3] == (0x8A, 0x5A, 0x00)  # type: ignore[index]
    colours = {c[:3] for _, c in image.getcolors(1_000_000) or []}  # type: ignore[index]
    assert (0xE9, 0xEF, 0xE9) in colours  # the land of the map


def test_a_card_is_the_same_each_time_and_loads_nothing() -> None:
    svg = card_svg(a_card(figure=shown(dot())), COLOURS)
    assert svg == card_svg(a_card(figure=shown(dot())), COLOURS)
    assert card_png(svg) == card_png(svg)
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(
    "title", ["A" * 300, "word " * 200, "Ŵyau ŷd – Łódź", "<b>&amp;</b>", "", "সেতু", "\u202eabc"]
)
def test_any_title_makes_a_card(title: str) -> None:
    svg = card_svg(a_card(title, shown(dot())), COLOURS)
    assert Image.open(io.BytesIO(card_png(svg))).size == (1200, 630)


def test_a_long_title_is_set_smaller_and_stays_on_the_card() -> None:
    svg = card_svg(a_card("Two grit bins moved on the estate and " * 4, shown(dot())), COLOURS)
    bold = [e for e in elements(svg, "text") if e.get("font-weight") == "700"]
    assert 4 <= len(bold) <= 10
    assert float(bold[-1].get("y", "0")) <= 460


def test_a_card_without_a_map_has_its_words() -> None:
    assert "Grit bins" in words(card_svg(a_card(), COLOURS))


def test_text_on_a_card_does_not_run_into_the_map() -> None:
    svg = card_svg(replace(a_card(figure=shown(dot())), title="word " * 2000), COLOURS)
    bold = [e for e in elements(svg, "text") if e.get("font-weight") == "700"]
    assert (bold[-1].text or "").endswith("…")


def test_the_fonts_are_the_unmodified_ones() -> None:
    folder = Path(cards.__file__).parent / "fonts"
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}
    assert found == {
        "LICENSE": "fbbbcfef55318de350562559b671360de6d597112ecc5c73881b05092db89602",
        "OpenSans_400Regular.ttf": (
            "33e93bec67d91c396876db50694213802a39e43a911bb5c22322f0dbdf4d5e43"
        ),
        "OpenSans_700Bold.ttf": "5f4c6f0c6beae94863a099a7a538059c480f91587f1abffc06552e9fa3a44f40",
    }


def test_a_picture_has_north_and_a_correct_scale() -> None:
    figure = shown(dot())
    sheet = MapSheet.fit(bounds_of(figure), 800, 360, 640)
    svg = picture(figure).inline()
    told = [e.text or "" for e in elements(svg, "text") if e.get("class") == "map-words"]
    assert [e for e in elements(svg, "path") if e.get("class") == "map-ink"]
    bar = [e for e in elements(svg, "path") if e.get("class") == "map-bar"][-1].get("d", "")
    length = float(bar.split("H")[1].split("V")[0]) - 16
    assert length == pytest.approx(float(told[0].removesuffix(" m")) * sheet.scale, abs=0.1)
