"""`make ward FROM=`: everything from files that were downloaded, and nobody is asked."""

from __future__ import annotations

import csv
import json
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sources.services import centre, code_point_zip, overpass_answer, square, wards
from support import WARD, files_of, run, write_files, write_site
from wardblog.problems import CommandError, UsageError
from wardblog.sources.given_files import given_files
from wardblog.sources.given_ward import read_ward
from wardblog.sources.ward_data import WardData, WardRequest

NOWHERE = "http://127.0.0.1:9"


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return write_files(
        tmp_path / "downloads",
        {
            "wards.geojson": collection(*wards()),
            "map of my ward.json": overpass_answer(),
            "codepo_gb.zip": code_point_zip(),
        },
    )


def read(*files: Path, **asked: str) -> WardData:
    return read_ward(WardRequest(year=2026, **asked), [str(file) for file in files])


def test_a_folder_of_downloads_is_all_that_is_needed(
    downloads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ONS", "OS", "OVERPASS"):
        monkeypatch.setenv(f"WARD_{name}", NOWHERE)
    content = write_site(tmp_path / "content")
    done = run(
        "ward", "--content", str(content), "--from", str(downloads), "--postcode", "sw115jy",
        "--force", cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "This asks" not in done.stdout
    settings = tomllib.loads((content / "ward.toml").read_text(encoding="utf-8"))
    assert settings["ward"]["code"] == "E05014020"
    assert settings["map"]["base_attribution"] == "© OpenStreetMap contributors"
    with (content / "data/gazetteer.csv").open(encoding="utf-8") as file:
        names = {row[1] for row in csv.reader(file)}
    assert {"Eland Road", "SW11 5JY"} <= names


def test_an_outline_alone_changes_only_the_outline(downloads: Path, tmp_path: Path) -> None:
    content = write_site(tmp_path / "content")
    done = run(
        "ward", "--content", str(content), "--name", "Lavender", "--force",
        "--from", str(downloads / "wards.geojson"), cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert 'For streets and names, run "make ward" without FROM=.' in done.stdout
    assert set(files_of(content)) == {
        "ward.toml", "issues.toml", "posts/fine.md", "data/ward.geojson"
    }  # fmt: skip


def test_what_the_files_do_not_have_stays(downloads: Path, tmp_path: Path) -> None:
    content = write_site(tmp_path / "content")

    def take(*files: str) -> dict[str, Any]:
        source = " ".join(f"'{downloads / file}'" for file in files)
        words = ("--from", source, "--code", "E05014020", "--force")
        done = run("ward", "--content", str(content), *words, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        settings = tomllib.loads((content / "ward.toml").read_text(encoding="utf-8"))
        return dict(settings["map"])

    def names() -> set[str]:
        with (content / "data/gazetteer.csv").open(encoding="utf-8") as file:
            return {row[1] for row in csv.reader(file)} - {"name"}

    streets = {"Eland Road", "Heathwall Street", "Lavender Hill"}
    take("wards.geojson", "map of my ward.json")
    assert names() == streets
    with (content / "data/gazetteer.csv").open("a", encoding="utf-8") as file:
        file.write("place,The depot,51.46400,-0.16200\n")
    streets.add("The depot")
    settings = take("wards.geojson", "codepo_gb.zip")
    assert names() == streets | {"SW11 5AA", "SW11 5JY"}
    assert settings["gazetteer_attribution"].startswith("© OpenStreetMap contributors. Contains OS")
    assert take("wards.geojson", "map of my ward.json", "codepo_gb.zip") == settings
    assert take("wards.geojson", "map of my ward.json") == {
        **settings, "gazetteer_attribution": settings["gazetteer_attribution"]
    }  # fmt: skip
    assert names() == streets | {"SW11 5AA", "SW11 5JY"}


@pytest.mark.parametrize(
    "asked",
    [{"code": "E05014021"}, {"name": "Lavender"}, {"name": "lavender ward, Wandsworth"},
     {"postcode": "SW11 6ZZ"}, {"name": "Lavender", "council": "Wandsworth"}],
)  # fmt: skip
def test_the_ward_is_chosen_in_the_file(asked: dict[str, str], downloads: Path) -> None:
    found = read(downloads / "wards.geojson", downloads / "codepo_gb.zip", **asked)
    assert (found.outline.code, found.outline.name) == ("E05014021", "Lavender")


def test_wards_of_one_name_are_told_apart_by_their_council(downloads: Path) -> None:
    codes = [
        read(downloads / "wards.geojson", name=f"Abbey, {council}").outline.code
        for council in ("Merton", "Barking and Dagenham")
    ]
    assert codes == ["E05014022", "E05014023"]


def test_a_parish_ward_needs_neither_code_nor_name(tmp_path: Path) -> None:
    feature = {"type": "Feature", "geometry": square(), "properties": {
        "PARNCP25CD": "E04000001", "PARNCP25NM": "Little Snoring", "Editor": "a.clerk",
    }}  # fmt: skip
    write_files(tmp_path, {"parish.geojson": collection(feature)})
    outline = read(tmp_path / "parish.geojson").outline
    assert (outline.code, outline.name, outline.year) == ("E04000001", "Little Snoring", 2025)
    assert "a.clerk" not in outline.to_geojson().decode()


def test_an_outline_on_the_national_grid_is_converted(tmp_path: Path) -> None:
    ring = [[527200, 174900], [528200, 174900], [528200, 175900], [527200, 174900]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    feature = {"type": "Feature", "geometry": shape, "properties": {"WD25CD": "E05014020"}}
    text = json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]})
    write_files(tmp_path, {"a.geojson": text})
    [written] = json.loads(read(tmp_path / "a.geojson").outline.to_geojson())["features"]
    longitude, latitude = written["geometry"]["coordinates"][0][0]
    assert abs(latitude - centre()[0]) < 0.01
    assert abs(longitude - centre()[1]) < 0.01


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"code": "E05000001"}, 'no ward has the code "E05000001"'),
        ({}, "the boundary file has 10 wards"),
        ({"postcode": "SW11 9XX"}, "There is no postcode SW11 9XX"),
    ],
)
def test_a_ward_that_is_not_in_the_file_is_a_sentence(
    asked: dict[str, str], said: str, downloads: Path
) -> None:
    with pytest.raises(CommandError, match=said):
        read(downloads / "wards.geojson", downloads / "codepo_gb.zip", **asked)


def test_a_postcode_needs_the_postcodes(downloads: Path) -> None:
    with pytest.raises(UsageError, match="FROM= needs Code-Point Open as well"):
        read(downloads / "wards.geojson", postcode="SW11 5JY")


def test_a_map_needs_an_outline(downloads: Path) -> None:
    with pytest.raises(UsageError, match="None of these files has the outline"):
        read(downloads / "map of my ward.json")


def test_a_map_of_another_place_is_a_sentence(downloads: Path) -> None:
    with pytest.raises(CommandError, match="nothing near the ward"):
        read(downloads / "wards.geojson", downloads / "map of my ward.json", code="N08000301")


def test_files_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    building = {"type": "Feature", "geometry": square(), "properties": {"building": "yes"}}
    open_names = ",".join(["x"] * 34) + "\n"
    write_files(
        tmp_path,
        {
            "a/wards.json": collection(*wards()),
            "a/buildings.geojson": collection(building),
            "a/answer.json": overpass_answer(),
            "a/HY20.csv": b"\xef\xbb\xbf" + open_names.encode(),
            "a/sw.csv": '"SW115JY",10,527700,175400,"E92000001","","","","E09000032","E05"\n',
            "a/roads.gpkg": b"SQLite",
            "a/readme.txt": "Licence",
            "a/table.csv": "name,notes\n",
        },
    )
    with zipfile.ZipFile(tmp_path / "a/opname_csv_gb.zip", "w") as archive:
        archive.writestr("Doc/OS_Open_Names_Header.csv", "ID\n")
        archive.writestr("Data/HY20.csv", open_names)
    with zipfile.ZipFile(tmp_path / "a/roads.zip", "w") as archive:
        archive.writestr("data/oproad_gb.gpkg", "SQLite")
    given = given_files([str(tmp_path / "a")])
    assert [path.name for path in given.outlines] == ["wards.json"]
    assert [path.name for path in given.maps] == [
        "answer.json", "buildings.geojson", "roads.gpkg", "roads.zip"
    ]  # fmt: skip
    assert [path.name for path in given.names] == ["HY20.csv", "opname_csv_gb.zip"]
    assert [path.name for path in given.postcodes] == ["sw.csv"]
    with pytest.raises(CommandError, match="neither an outline, a map"):
        given_files([str(tmp_path / "a/readme.txt")])


def test_names_of_another_place_are_no_names_of_the_ward(downloads: Path) -> None:
    orkney = ["osgb4", "", "Kirk Road", *[""] * 3, "transportNetwork", "Named Road", "344000",
              "1010000", *[""] * 24]  # fmt: skip
    names = downloads.parent / "HY20.csv"
    names.write_text(",".join(orkney) + "\n", encoding="utf-8")
    found = read(downloads / "wards.geojson", names, code="E05014020")
    assert found.notes == [
        f"{names} has nothing in or near the ward. Download what covers your area."
    ]
    assert (found.kinds, found.name_credits) == (set(), ())


def test_an_outline_somewhere_else_is_pointed_out(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content")
    for east in (0.0, 1.0):
        ring = [[-1.57 + east, 53.80], [-1.55 + east, 53.80], [-1.55 + east, 53.81],
                [-1.57 + east, 53.80]]  # fmt: skip
        shape = {"type": "Polygon", "coordinates": [ring]}
        feature = {"type": "Feature", "geometry": shape, "properties": {"WD26CD": "E05011389"}}
        write_files(tmp_path, {"outline.geojson": collection(feature)})
        source = str(tmp_path / "outline.geojson")
        done = run("ward", "--content", str(content), "--from", source, "--force", cwd=tmp_path)
        assert done.returncode == 0
        assert ("The new outline is somewhere else" in done.stdout) is bool(east)


def test_a_zip_that_is_cut_off_is_a_sentence(downloads: Path) -> None:
    path = downloads / "codepo_gb.zip"
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(CommandError, match="not a complete zip file"):
        given_files([str(path)])


@pytest.mark.long
def test_a_real_ward_from_real_files(real_data: Path, tmp_path: Path) -> None:
    text = WARD.replace("[ward]", '[ward]\ncode = "E05000623"')
    content = write_site(tmp_path / "content", {"ward.toml": text})
    source = str(real_data / "wandsworth-wards-2013.geojson")
    done = run("ward", "--content", str(content), "--from", source, "--force", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Shaftesbury (E05000623)\nThe ward covers 94 hectares." in done.stdout
    assert "This outline is from 2013, and wards may have changed since." in done.stdout
    checked = run("check", "--content", str(content), cwd=tmp_path)
    assert "warning: this outline of the ward is from 2013" in checked.stderr


def test_a_real_map_from_real_files(real_data: Path, tmp_path: Path) -> None:
    ring = [[-1.57, 53.803], [-1.55, 53.803], [-1.55, 53.812], [-1.57, 53.812], [-1.57, 53.803]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "geometry": shape, "properties": {"WD26CD": "E05011389"}}
    write_files(tmp_path, {"outline.geojson": collection(feature)})
    found = read(tmp_path / "outline.geojson", real_data / "overpass-leeds.json")
    assert len({row.name for row in found.rows if row.kind == "road"}) > 20
    assert found.map_credits == ("© OpenStreetMap contributors",)
