"""The ward's outline, and what lies inside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import SHAPE, SQUARE
from wardblog.model import Place, Point
from wardblog.read.boundary import UnknownCode, read_outline

HOLE = (
    '{"type": "Polygon", "coordinates": ['
    "[[-0.17, 51.46], [-0.15, 51.46], [-0.15, 51.48], [-0.17, 51.48], [-0.17, 51.46]],"
    "[[-0.165, 51.465], [-0.155, 51.465], [-0.155, 51.475], [-0.165, 51.475], [-0.165, 51.465]]]}"
)


def place(latitude: float, longitude: float) -> Place:
    return Place("A", Point(latitude, longitude))


def test_a_bare_polygon_is_the_ward() -> None:
    outline = read_outline(SQUARE, "")
    inside = outline.holds([place(51.465, -0.16), place(51.48, -0.16), place(51.46, -0.16)])
    assert inside == (True, False, True)


def test_a_hole_is_outside() -> None:
    outline = read_outline(HOLE, "")
    assert outline.holds([place(51.47, -0.16), place(51.462, -0.16)]) == (False, True)
    assert len(outline.boundary.rings) == 2


def test_a_multipolygon_has_several_parts() -> None:
    two = (
        SQUARE.replace('"Polygon"', '"MultiPolygon"')
        .replace("[[[", "[[[[-1.2, 51.4], [-1.1, 51.4], [-1.1, 51.5], [-1.2, 51.4]]], [[[")
        .replace("]]]}", "]]]]}")
    )
    outline = read_outline(two, "")
    assert outline.holds([place(51.42, -1.11), place(51.465, -0.16)]) == (True, True)


def test_metres_are_converted() -> None:
    metres = (
        '{"type": "Polygon", "coordinates": [[[527000, 175000], [529000, 175000], '
        "[529000, 177000], [527000, 177000], [527000, 175000]]]}"
    )
    assert read_outline(metres, "").holds([place(51.465872, -0.163003)]) == (True,)


def test_a_polygon_that_crosses_itself_is_mended() -> None:
    bow = (
        '{"type": "Polygon", "coordinates": [[[-0.17, 51.46], [-0.15, 51.47], '
        "[-0.15, 51.46], [-0.17, 51.47], [-0.17, 51.46]]]}"
    )
    assert read_outline(bow, "").holds([place(51.465, -0.168)]) == (True,)


@pytest.mark.parametrize("year", ["13", "25"])
def test_a_ward_is_chosen_by_its_code_whatever_the_year(year: str) -> None:
    wards = (
        '{"type": "FeatureCollection", "features": ['
        f'{{"type": "Feature", "properties": {{"WD{year}CD": "E1"}}, "geometry": {HOLE}}},'
        f'{{"type": "Feature", "properties": {{"WD{year}CD": "E2"}}, "geometry": {SHAPE}}}]}}'
    )
    outline = read_outline(wards, "E2")
    assert len(outline.boundary.rings) == 1
    assert f"right 20{year}." in outline.boundary.attribution
    with pytest.raises(UnknownCode):
        read_outline(wards, "E3")


def test_of_the_real_bins_five_lie_in_the_real_ward(real_data: Path) -> None:
    from wardblog.read.report import Report
    from wardblog.read.tables import read_places

    wards = (real_data / "wandsworth-wards-2013.geojson").read_text(encoding="utf-8")
    bins = (real_data / "wandsworth-grit-bins.geojson").read_text(encoding="utf-8")
    table = read_places(bins, True, "", Report("bins"))
    found = table.places if table else ()
    inside = read_outline(wards, "E05000623").holds(found)
    assert len(found) == 55
    assert [p.identifier for p, i in zip(found, inside, strict=True) if i] == [
        "8", "9", "10", "11", "12",
    ]  # fmt: skip
