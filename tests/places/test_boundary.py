"""The ward's outline, and what lies inside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from support import SHAPE, SQUARE
from wardblog.model import Place, Point
from wardblog.places.boundary import UnknownWardError, read_outline
from wardblog.places.united_kingdom import in_united_kingdom
from wardblog.report import ParseError

HOLE = (
    '{"type": "Polygon", "coordinates": ['
    "[[-0.17, 51.46], [-0.15, 51.46], [-0.15, 51.48], [-0.17, 51.48], [-0.17, 51.46]],"
    "[[-0.165, 51.465], [-0.155, 51.465], [-0.155, 51.475], [-0.165, 51.475], [-0.165, 51.465]]]}"
)


def place(latitude: float, longitude: float) -> Place:
    return Place(name="A", point=Point(latitude, longitude))


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


def test_a_polygon_that_crosses_itself_is_repaired() -> None:
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
    with pytest.raises(UnknownWardError):
        read_outline(wards, "E3")


def test_five_of_the_real_bins_are_in_the_real_ward(real_data: Path) -> None:
    from support import read_places
    from wardblog.report import Report

    wards = (real_data / "wandsworth-wards-2013.geojson").read_text(encoding="utf-8")
    bins = (real_data / "wandsworth-grit-bins.geojson").read_text(encoding="utf-8")
    table = read_places(bins, True, "", Report("bins"))
    found = table.places if table else ()
    inside = read_outline(wards, "E05000623").holds(found)
    assert len(found) == 55
    assert [p.identifier for p, i in zip(found, inside, strict=True) if i] == [
        "8", "9", "10", "11", "12",
    ]  # fmt: skip


def wards(*features: tuple[Mapping[str, object], str], crs: str = "") -> str:
    """A collection of wards with these properties and coordinates."""
    listed = ", ".join(
        f'{{"type": "Feature", "properties": {json.dumps(properties)}, "geometry": '
        f'{{"type": "Polygon", "coordinates": {coordinates}}}}}'
        for properties, coordinates in features
    )
    declared = f'"crs": {{"properties": {{"name": "{crs}"}}}}, ' if crs else ""
    return f'{{"type": "FeatureCollection", {declared}"features": [{listed}]}}'


def square(west: float, south: float, size: float = 0.02) -> str:
    east, north = round(west + size, 6), round(south + size, 6)
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps([corners])


OURS, THEIRS = square(-0.17, 51.46), square(-0.15, 51.46)
HERE, THERE = place(51.47, -0.16), place(51.47, -0.14)


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({"area_code": "E05015239", "area_name": "Sample"}, "E05015239"),
        ({"DEACODE": "N10000303", "DEANAME": "SAMPLE"}, "N10000303"),
        ({"CED23CD": "E58000123", "CED23NM": "Sample"}, "E58000123"),
        ({"gss": "E05000623"}, "e05000623"),
        ({"WD24CD": "S13003000"}, "S13003000"),
        ({"OBJECTID": 4, "id": 17}, "17"),
        ({"Ward_Ref": " W05000986 "}, "W05000986"),
    ],
)
def test_the_code_may_be_in_any_property(properties: dict[str, object], code: str) -> None:
    other = dict.fromkeys(properties, "X")
    outline = read_outline(wards((other, THEIRS), (properties, OURS)), code)
    assert outline.holds([HERE, THERE]) == (True, False)


@pytest.mark.parametrize("name", ["Sample", "SAMPLE", "Sample Ward", "sample"])
@pytest.mark.parametrize("key", ["WD25NM", "DEANAME", "area_name", "Ward", "label"])
def test_without_a_code_the_ward_is_chosen_by_its_name(key: str, name: str) -> None:
    text = wards(({key: "Balham"}, THEIRS), ({key: name}, OURS))
    assert read_outline(text, "", "Sample").holds([HERE, THERE]) == (True, False)


def test_a_name_may_be_written_with_and_or_its_sign() -> None:
    text = wards(({"name": "St. Mary's & Elm"}, OURS), ({"name": "Balham"}, THEIRS))
    assert read_outline(text, "", "St Marys and Elm").holds([HERE]) == (True,)


def test_a_name_shared_by_two_wards_is_refused() -> None:
    text = wards(
        ({"WD25CD": "E05000001", "WD25NM": "Sample"}, OURS),
        ({"WD25CD": "E05000002", "WD25NM": "Sample"}, THEIRS),
    )
    with pytest.raises(UnknownWardError) as unknown:
        read_outline(text, "", "Sample")
    assert "E05000001 Sample, E05000002 Sample" in unknown.value.hint


ABBEY = wards(
    ({"WD25CD": "E05000001", "WD25NM": "Abbey", "LAD25NM": "Merton"}, THEIRS),
    ({"WD25CD": "E05000002", "WD25NM": "Abbey", "LAD25NM": "Barking and Dagenham"}, OURS),
    ({"WD25CD": "E05000003", "WD25NM": "Alibon", "LAD25NM": "Barking and Dagenham"}, THEIRS),
)


@pytest.mark.parametrize(
    "council",
    ["Barking and Dagenham", "London Borough of Barking & Dagenham", "Barking & Dagenham Council"],
)
def test_of_wards_with_one_name_the_councils_is_chosen(council: str) -> None:
    outline = read_outline(ABBEY, "", "Abbey", None, council)
    assert outline.holds([HERE, THERE]) == (True, False)


def test_wards_with_one_name_are_listed_with_their_councils() -> None:
    with pytest.raises(UnknownWardError) as unknown:
        read_outline(ABBEY, "", "Abbey", None, "Reading")
    assert unknown.value.message == 'the boundary file has several wards called "Abbey"'
    assert unknown.value.hint == (
        'Add a line with the code of yours, such as: code = "E05000623". They are: '
        "E05000001 Abbey (Merton), E05000002 Abbey (Barking and Dagenham)."
    )


def test_a_name_that_is_nowhere_gets_the_nearest_and_the_wards_of_the_council() -> None:
    with pytest.raises(UnknownWardError) as unknown:
        read_outline(ABBEY, "", "Alibn", None, "Barking and Dagenham")
    assert unknown.value.hint == (
        'Did you mean "Alibon"? Add a line such as: code = "E05000623". In Barking and Dagenham '
        "the file has: E05000002 Abbey, E05000003 Alibon."
    )


def test_a_code_of_another_year_gets_the_one_in_the_file() -> None:
    with pytest.raises(UnknownWardError) as unknown:
        read_outline(ABBEY, "E05999999", "Alibon", None, "")
    assert unknown.value.hint == (
        'In this file, the ward called "Alibon" has the code "E05000003". If it is yours, use that.'
    )


def test_a_ward_on_a_border_may_have_corners_a_little_beyond_our_outline() -> None:
    assert not in_united_kingdom(54.04, -6.70)
    corners = [[-6.70, 54.04], [-6.60, 54.06], [-6.60, 54.12], [-6.68, 54.12], [-6.70, 54.04]]
    text = wards(({"DEACODE": "N10000306"}, json.dumps([corners])))
    assert read_outline(text, "N10000306").holds([place(54.09, -6.64)]) == (True,)


def test_the_councils_code_is_not_a_wards() -> None:
    text = wards(
        ({"WD25CD": "E05000001", "LAD25CD": "E09000032"}, OURS),
        ({"WD25CD": "E05000002", "LAD25CD": "E09000032"}, THEIRS),
    )
    with pytest.raises(UnknownWardError) as unknown:
        read_outline(text, "E09000032")
    assert unknown.value.message == '2 wards have the code "E09000032"'


@pytest.mark.parametrize(("code", "name"), [("E05000001", ""), ("", "Sample")])
def test_a_ward_in_several_features_is_whole(code: str, name: str) -> None:
    ours = {"WD25CD": "E05000001", "WD25NM": "Sample"}
    text = wards(
        (ours, OURS),
        ({"WD25CD": "E05000002", "WD25NM": "Balham"}, THEIRS),
        (ours, square(-0.19, 51.46)),
        (ours, square(-0.30, 51.46)),
    )
    outline = read_outline(text, code, name)
    inside = outline.holds([HERE, THERE, place(51.47, -0.18), place(51.47, -0.29)])
    assert inside == (True, False, True, True)
    assert len(outline.boundary.rings) == 2


def test_a_file_of_one_ward_in_two_parts_needs_no_code() -> None:
    ours = {"WD25CD": "E05000001"}
    outline = read_outline(wards((ours, OURS), (ours, THEIRS)), "")
    assert outline.holds([HERE, THERE]) == (True, True)


def test_a_collection_of_geometries_is_whole() -> None:
    text = (
        '{"type": "GeometryCollection", "geometries": ['
        f'{{"type": "Polygon", "coordinates": {OURS}}}, '
        f'{{"type": "MultiPolygon", "coordinates": [{THEIRS}]}}]}}'
    )
    assert read_outline(text, "").holds([HERE, THERE]) == (True, True)


BELFAST = place(54.580442, -5.936034)


@pytest.mark.parametrize(
    ("crs", "west", "south"),
    [
        ("EPSG:29902", 333000, 372000),
        ("urn:ogc:def:crs:EPSG::2157", 733000, 872000),
        ("EPSG:3857", -661300, 7280000),
        ("", 733000, 872000),
        ("", -661300, 7280000),
    ],
)
def test_metres_on_other_grids_are_converted(crs: str, west: float, south: float) -> None:
    text = wards(({"name": "Sample"}, square(west, south, 2000)), crs=crs)
    assert read_outline(text, "").holds([BELFAST]) == (True,)


@pytest.mark.parametrize(
    ("properties", "in_ireland"), [({"DEACODE": "N10000303"}, None), ({"name": "Sample"}, True)]
)
def test_metres_are_irish_where_the_ward_is(
    properties: dict[str, object], in_ireland: bool | None
) -> None:
    text = wards((properties, square(333000, 372000, 2000)))
    assert read_outline(text, "", "", in_ireland).holds([BELFAST]) == (True,)


def test_a_coordinate_system_that_is_not_known_is_refused_by_name() -> None:
    with pytest.raises(ParseError, match="EPSG:32630"):
        read_outline(wards(({"name": "Sample"}, OURS), crs="EPSG:32630"), "")


def test_islands_may_have_open_sea_between_them() -> None:
    """Corners of the box around them, which nobody drew, may be outside the United Kingdom."""

    def island(longitude: float, latitude: float) -> list[list[list[float]]]:
        east, north = longitude + 0.03, latitude + 0.03
        ring = [[longitude, latitude], [east, latitude], [east, north], [longitude, north]]
        return [[*ring, ring[0]]]

    # Parts of St Kilda and of Barra.
    parts = [island(-8.6, 57.8), island(-7.5, 56.95)]
    shape = {"type": "MultiPolygon", "coordinates": parts}
    feature = {"type": "Feature", "properties": {"WD24CD": "S13002608"}, "geometry": shape}
    outline = read_outline(json.dumps(feature), "S13002608", "", False)
    assert len(outline.boundary.rings) == 2
    parts.append(island(-20.0, 57.0))
    with pytest.raises(ParseError, match="outside the United Kingdom"):
        read_outline(json.dumps(feature), "S13002608", "", False)
