"""Streets of the councillor's own file: near the ward, joined by name, credited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import SQUARE, WARD, read_all, read_fine, write_site
from wardblog.model import Site, Streets
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


def streets_of(site: Site) -> Streets:
    assert site.map.streets is not None
    return site.map.streets


def test_lines_of_one_name_are_joined_where_they_meet(tmp_path: Path) -> None:
    parts = [feature("Elm Road", ELM[:2]), feature("Elm  Road", ELM[1:])]
    found = streets_of(read_fine(tmp_path, files(list(parts), CREDITED)))
    assert [(s.name, len(s.lines)) for s in found.streets] == [("Elm Road", 1)]
    assert found.attribution == "Streets: mine."


def test_streets_are_cut_some_way_beyond_the_ward(tmp_path: Path) -> None:
    far = [
        feature("Long Road", [[-0.5, 51.465], [0.2, 51.465]]),
        feature("Far", [[-1, 52], [-1, 53]]),
    ]
    found = streets_of(read_fine(tmp_path, files(list(far), CREDITED)))
    assert [s.name for s in found.streets] == ["Long Road"]
    longitudes = [p.longitude for p in found.streets[0].lines[0]]
    assert min(longitudes) == pytest.approx(-0.1727, abs=0.0002)
    assert max(longitudes) == pytest.approx(-0.1473, abs=0.0002)


def test_without_a_boundary_all_streets_are_taken(tmp_path: Path) -> None:
    far = [feature("Elm Road", ELM), feature("Far", [[-1, 52], [-1, 53]])]
    found = streets_of(read_fine(tmp_path, files(list(far), CREDITED, boundary=False)))
    assert [s.name for s in found.streets] == ["Elm Road", "Far"]


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
    found = streets_of(read_fine(tmp_path, files([one], CREDITED)))
    assert [s.name for s in found.streets] == [name]


def test_lines_in_metres_and_in_several_parts(tmp_path: Path) -> None:
    both = (
        [[528000, 175700], [528100, 175710]],
        [[528200, 175720], [528300, 175730]],
    )
    found = streets_of(read_fine(tmp_path, files([feature("Elm Road", both)], CREDITED)))
    assert len(found.streets[0].lines) == 2
    assert found.streets[0].lines[0][0].latitude == pytest.approx(51.4658, abs=0.0002)


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
    assert streets_of(site).attribution == credit


def test_a_file_without_a_source_gets_a_warning(tmp_path: Path) -> None:
    site, problems = read_all(write_site(tmp_path, files([feature("Elm Road", ELM)])))
    assert [(p.file, p.severity, p.message) for p in problems] == [
        ("data/streets.geojson", Severity.WARN, "the source of these streets is missing")
    ]
    assert streets_of(site).streets[0].name == "Elm Road"


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
    assert [s.name for s in streets_of(site).streets] == ["Elm Road"]
