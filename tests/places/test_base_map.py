"""The base map of the councillor's own file: near the ward, joined by name, credited."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from support import SQUARE, WARD, read_all, read_fine, write_site
from wardblog.model import BaseMap, Site
from wardblog.model.base_map import BaseKind, BaseLine
from wardblog.problems import Severity

ELM = [[-0.165, 51.465], [-0.16, 51.4651], [-0.155, 51.4653]]


def feature(name: str, line: object, **more: object) -> dict[str, object]:
    kind = "MultiLineString" if isinstance(line, tuple) else "LineString"
    properties = {"name": name, **more}
    geometry = {"type": kind, "coordinates": line}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def files(features: list[object], settings: str = "", boundary: bool = True) -> dict[str, str]:
    ward = WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun') if boundary else WARD
    return {
        "ward.toml": f'{ward}[map]\nstreets = "data/streets.geojson"\n{settings}',
        "data/ward.geojson": SQUARE,
        "data/streets.geojson": json.dumps({"type": "FeatureCollection", "features": features}),
    }


CREDITED = 'streets_attribution = "Streets: mine."\n'


def base_of(site: Site) -> BaseMap:
    assert site.map.base is not None
    return site.map.base


def roads_of(site: Site) -> tuple[BaseLine, ...]:
    (layer,) = base_of(site).layers
    assert layer.kind is BaseKind.ROAD
    return layer.lines


def test_lines_of_one_name_are_joined_where_they_meet(tmp_path: Path) -> None:
    parts = [feature("Elm Road", ELM[:2]), feature("Elm  Road", ELM[1:])]
    site = read_fine(tmp_path, files(list(parts), CREDITED))
    assert [s.name for s in roads_of(site)] == ["Elm Road"]
    assert base_of(site).attribution == "Streets: mine."


def test_streets_are_cut_some_way_beyond_the_ward(tmp_path: Path) -> None:
    far = [
        feature("Long Road", [[-0.5, 51.465], [0.2, 51.465]]),
        feature("Far", [[-1, 52], [-1, 53]]),
    ]
    found = roads_of(read_fine(tmp_path, files(list(far), CREDITED)))
    assert [s.name for s in found] == ["Long Road"]
    longitudes = [longitude for _, longitude in found[0].points]
    assert min(longitudes) == pytest.approx(-0.1727, abs=0.0002)
    assert max(longitudes) == pytest.approx(-0.1473, abs=0.0002)


def test_without_a_boundary_all_streets_are_taken(tmp_path: Path) -> None:
    far = [feature("Elm Road", ELM), feature("Far", [[-1, 52], [-1, 53]])]
    found = roads_of(read_fine(tmp_path, files(list(far), CREDITED, boundary=False)))
    assert [s.name for s in found] == ["Elm Road", "Far"]


@pytest.mark.parametrize(
    ("properties", "name"),
    [
        ({"name": None, "NAME_1": "Elm Road"}, "Elm Road"),
        ({"name": "", "Street Name": "Elm Road"}, "Elm Road"),
        ({"name": 5}, ""),
    ],
)
def test_a_name_is_found_in_the_columns_that_files_have(
    properties: dict[str, object], name: str, tmp_path: Path
) -> None:
    one = feature("x", ELM)
    one["properties"] = properties
    found = roads_of(read_fine(tmp_path, files([one], CREDITED)))
    assert [s.name for s in found] == [name]


def test_lines_in_metres_and_in_several_parts(tmp_path: Path) -> None:
    both = (
        [[528000, 175700], [528100, 175710]],
        [[528200, 175720], [528300, 175730]],
    )
    found = roads_of(read_fine(tmp_path, files([feature("Elm Road", both)], CREDITED)))
    assert len(found) == 2
    assert found[0].points[0][0] == pytest.approx(51.4658, abs=0.0002)


@pytest.mark.parametrize(
    ("more", "credit"),
    [
        ({"attribution": "Streets: the council."}, "Streets: the council."),
        ({"@id": "way/123"}, "Streets: © OpenStreetMap contributors."),
        ({"osm_id": 123}, "Streets: © OpenStreetMap contributors."),
    ],
)
def test_the_source_may_be_in_the_file_itself(
    more: dict[str, object], credit: str, tmp_path: Path
) -> None:
    site = read_fine(tmp_path, files([feature("Elm Road", ELM, **more)]))
    assert base_of(site).attribution == credit


def test_a_file_without_a_source_gets_a_warning(tmp_path: Path) -> None:
    site, problems = read_all(write_site(tmp_path, files([feature("Elm Road", ELM)])))
    assert [(p.file, p.severity, p.message) for p in problems] == [
        ("data/streets.geojson", Severity.WARN, "the source of these streets is missing")
    ]
    assert roads_of(site)[0].name == "Elm Road"


def test_lines_that_cannot_be_drawn_are_left_out_with_a_warning(tmp_path: Path) -> None:
    odd: list[object] = [
        feature("Abroad", [[1.85, 50.96], [1.9, 50.96]]),
        feature("One point", [[-0.16, 51.465]]),
        feature("Nothing", [[None, None], [1, 1]]),
        feature("Elm Road", ELM),
    ]
    site, problems = read_all(write_site(tmp_path, files(odd, CREDITED)))
    assert [(p.severity, p.message, p.hint) for p in problems] == [
        (
            Severity.WARN,
            "3 streets cannot be drawn, so they were left out",
            "The problem with the first one: this street is outside the United Kingdom.",
        )
    ]
    assert [s.name for s in roads_of(site)] == ["Elm Road"]


AREA = {"type": "Polygon", "coordinates": [
    [[-0.162, 51.464], [-0.158, 51.464], [-0.158, 51.466], [-0.162, 51.466], [-0.162, 51.464]],
    [[-0.161, 51.4645], [-0.161, 51.4655], [-0.159, 51.4655], [-0.159, 51.4645], [-0.161, 51.4645]],
]}  # fmt: skip


def of_kind(kind: str, geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": {"kind": kind, **properties}, "geometry": geometry}


def test_kinds_are_layers_from_the_bottom_to_the_top(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": ELM}
    kinds = ["road-major", "water", "building", "green", "path", "rail", "road"]
    geometry = {"water": AREA, "green": AREA, "building": AREA}
    drawn: list[object] = [of_kind(kind, geometry.get(kind, line)) for kind in kinds]
    drawn += [of_kind("water", line, name="Falcon Brook"), of_kind("unknown", AREA)]
    layers = base_of(read_fine(tmp_path, files(drawn, CREDITED))).layers
    assert [(layer.kind.value, layer.is_area) for layer in layers] == [
        ("green", True), ("water", True), ("water", False), ("building", True), ("rail", False),
        ("path", False), ("road", False), ("road-major", False),
    ]  # fmt: skip
    assert layers[2].lines[0].name == "Falcon Brook"


def test_holes_run_the_other_way_round(tmp_path: Path) -> None:
    site = read_fine(tmp_path, files([of_kind("green", AREA, name="The Green")], CREDITED))
    outer, hole = base_of(site).layers[0].lines
    assert (outer.name, hole.name) == ("The Green", "")
    assert (_turn(outer), _turn(hole)) == (1, -1)
    assert len(outer.points) == len(hole.points) == 4


def _turn(ring: BaseLine) -> int:
    around = [*ring.points, ring.points[0]]
    area = sum((b[1] - a[1]) * (b[0] + a[0]) for a, b in pairwise(around))
    return 1 if area < 0 else -1


def test_the_base_map_comes_before_an_older_file_of_streets(tmp_path: Path) -> None:
    of_site = files([feature("Elm Road", ELM)])
    of_site["ward.toml"] += 'base = "data/base.geojson"\nstreets_attribution = "Old."\n'
    new = {"type": "FeatureCollection", "attribution": "New.", "features": [feature("Oak", ELM)]}
    site = read_fine(tmp_path, {**of_site, "data/base.geojson": json.dumps(new)})
    assert [road.name for road in roads_of(site)] == ["Oak"]
    assert base_of(site).attribution == "New."


def test_a_position_that_is_no_number_is_left_out_with_a_warning(tmp_path: Path) -> None:
    odd = feature("Odd", [[-0.16, float("nan")], ELM[0]])
    site, problems = read_all(
        write_site(tmp_path, files([feature("Elm Road", ELM), odd], CREDITED))
    )
    assert [p.message for p in problems] == ["1 street cannot be drawn, so it was left out"]
    assert [road.name for road in roads_of(site)] == ["Elm Road"]
