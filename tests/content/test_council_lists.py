"""Lists of a whole site: what one says of another, and what `make check` says of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import DATASET, ISSUES, SQUARE, WARD, read_all, read_fine, run, write_site
from wardblog.model import Place

IRISH = "Name,Easting,Northing\nStranmillis Road,333500,372200\n"
GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::29902"}},
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "Botanic Avenue"},
                "geometry": {"type": "Point", "coordinates": [333700, 373300]},
            }
        ],
    }
)
SECOND = DATASET.replace("data/bins.csv", "data/irish.geojson")
BELFAST = pytest.approx((54.580442, -5.936034), abs=2e-6)
POSTED = (
    "Title: A fine post\nDate: 2026-11-20 09:00\nTags: grit bins\n"
    "Places: Stranmillis Road | 333500, 372200\n\nSome text.\n"
)


def position(place: Place) -> tuple[float, float]:
    return place.point.latitude, place.point.longitude


@pytest.mark.parametrize("order", [(DATASET, SECOND), (SECOND, DATASET)])
def test_a_list_is_read_on_the_grid_of_its_neighbour(
    order: tuple[str, str], tmp_path: Path
) -> None:
    files = {"issues.toml": ISSUES + "".join(order), "data/bins.csv": IRISH,
             "data/irish.geojson": GEOJSON}  # fmt: skip
    site = read_fine(tmp_path, files)
    tables = {dataset.file: dataset for dataset in site.issues[0].datasets}
    assert position(tables["data/bins.csv"].places[0]) == BELFAST
    assert position(tables["data/irish.geojson"].places[0]) == pytest.approx(
        (54.590264, -5.932443), abs=2e-6
    )


@pytest.mark.parametrize(
    "ward",
    [
        WARD.replace('council = "Wandsworth"', 'council = "Belfast City Council"'),
        WARD.replace('council = "Wandsworth"', 'council = "Wandsworth"\ncode = "N10000303"'),
    ],
)
def test_the_ward_says_which_grid_its_lists_and_posts_use(ward: str, tmp_path: Path) -> None:
    files = {"ward.toml": ward, "issues.toml": ISSUES + DATASET, "data/bins.csv": IRISH,
             "posts/fine.md": POSTED}  # fmt: skip
    site = read_fine(tmp_path, files)
    assert position(site.issues[0].datasets[0].places[0]) == BELFAST
    assert position(site.posts[0].places[0]) == BELFAST


def test_a_boundary_says_so_as_well(tmp_path: Path) -> None:
    there = SQUARE.replace("-0.17", "-5.95").replace("-0.15", "-5.92")
    there = there.replace("51.46", "54.57").replace("51.47", "54.59")
    ward = WARD.replace("[[councillor]]", 'boundary = "data/ward.geojson"\n\n[[councillor]]')
    files = {"ward.toml": ward, "data/ward.geojson": there, "issues.toml": ISSUES + DATASET,
             "data/bins.csv": IRISH, "posts/fine.md": POSTED}  # fmt: skip
    site = read_fine(tmp_path, files)
    assert position(site.issues[0].datasets[0].places[0]) == BELFAST
    assert position(site.posts[0].places[0]) == BELFAST


@pytest.mark.parametrize(("grid", "is_irish"), [("irish", True), ("british", False)])
def test_the_settings_say_which_grid_a_list_uses(grid: str, is_irish: bool, tmp_path: Path) -> None:
    files = {"issues.toml": f'{ISSUES}{DATASET}grid = "{grid}"\n', "data/bins.csv": IRISH}
    place = read_fine(tmp_path, files).issues[0].datasets[0].places[0]
    assert (position(place) == BELFAST) is is_irish


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ('grid = "irsh"', '"grid" cannot be "irsh"'),
        ('precision = "house"', '"precision" cannot be "house"'),
    ],
)
def test_a_word_that_no_setting_has_is_reported(key: str, message: str, tmp_path: Path) -> None:
    files = {"issues.toml": f"{ISSUES}{DATASET}{key}\n", "data/bins.csv": IRISH.replace("3", "4")}
    _, problems = read_all(write_site(tmp_path, files))
    assert message in [problem.message for problem in problems]


def test_check_says_of_each_list_which_column_names_its_places(tmp_path: Path) -> None:
    register = (
        "Licence Holder Name,HMO Address,Easting,Northing\n"
        "Mr John Smithson,12 Eland Road,527960,175700\n"
        "Sample Lettings Ltd,14 Elsley Road,528000,175720\n"
    )
    old = "Name,Address,Lat,Lon\nJane Doering,12 Eland Road,51.4665,-0.16\n"
    write_site(
        tmp_path / "content",
        {"issues.toml": f'{ISSUES}{DATASET}previous = "data/old.csv"\n',
         "data/bins.csv": register, "data/old.csv": old},
    )  # fmt: skip
    done = run("check", "--content", "content", cwd=tmp_path)
    assert done.stderr == ""
    assert done.stdout == (
        'content/data/bins.csv:1: note: the column "Licence Holder Name" may hold people\'s names, '
        "and is not published\n"
        "content/data/bins.csv:1: note: the names of the places come from the column "
        '"HMO Address"\n'
        "content/data/old.csv:1: note: the names of the places come from the column "
        '"Address"\n'
        '  Not used: "Name" (line 2 has a person\'s name).\n'
        "No problems.\n"
    )
    assert run("html", "--content", "content", "--output", "output", cwd=tmp_path).returncode == 0
    for path in (tmp_path / "output").rglob("*"):
        if path.is_file():
            text = path.read_bytes()
            assert b"Smithson" not in text
            assert b"Lettings" not in text
            assert b"Doering" not in text
