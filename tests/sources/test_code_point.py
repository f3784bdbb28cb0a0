"""OS Code-Point Open: postcodes by area, without a header, on the British National Grid."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import shapely

from wardblog.places.grids import Grid, to_degrees
from wardblog.report import ParseError
from wardblog.sources.code_point import CodePointRow, find_postcode, read_code_point

SW = (
    '"SW115JY",10,528000,175000,"E92000001","E19000003","E18000007","","E09000032","E05014013"\r\n'
    '"SW115JZ",10,528100,175050,"E92000001","E19000003","E18000007","","E09000032","E05014013"\r\n'
    '"SW119ZZ",90,0,0,"E92000001","E19000003","E18000007","","E09000032","E05014013"\r\n'
    '"SW1A1AA",10,529090,179645,"E92000001","E19000003","E18000007","","E09000033","E05013806"\r\n'
)
S = '"S1  1AA",10,435500,387500,"E92000001","E19000001","","","E08000019","E05010863"\r\n'
HEADERS = (
    "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\r\n"
    "Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,"
    "NHS_regional_HA_code,NHS_HA_code,Admin_county_code,Admin_district_code,Admin_ward_code\r\n"
)
[(LATITUDE, LONGITUDE)] = to_degrees(Grid.BRITISH, [528_000], [175_000])
WARD = shapely.Point(LONGITUDE, LATITUDE).buffer(0.001)


@pytest.fixture
def download(tmp_path: Path) -> Path:
    path = tmp_path / "codepo_gb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Data/CSV/s.csv", S)
        archive.writestr("Data/CSV/sw.csv", SW)
        archive.writestr("Doc/Code-Point_Open_Column_Headers.csv", HEADERS)
        archive.writestr("Doc/metadata.txt", "made up")
    return path


def test_postcodes_in_and_near_the_ward(download: Path) -> None:
    found = read_code_point(download, WARD)
    assert [(place.kind, place.name) for place in found] == [
        ("postcode", "SW11 5JY"),
        ("postcode", "SW11 5JZ"),
    ]
    assert (found[0].latitude, found[0].longitude) == pytest.approx((LATITUDE, LONGITUDE))


def test_a_postcode_in_the_corner_of_the_box_is_not_near(tmp_path: Path) -> None:
    corner = SW.replace("528100,175050", "528240,175280")
    (tmp_path / "sw.csv").write_text(corner, encoding="utf-8")
    assert [place.name for place in read_code_point(tmp_path, WARD)] == ["SW11 5JY"]


def test_a_folder_or_one_file_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "CSV"
    folder.mkdir()
    (folder / "sw.csv").write_text(SW, encoding="utf-8")
    assert len(read_code_point(folder, WARD)) == 2
    assert len(read_code_point(folder / "sw.csv", WARD)) == 2
    renamed = (folder / "sw.csv").rename(tmp_path / "my postcodes.csv")
    assert len(read_code_point(renamed, WARD)) == 2


@pytest.mark.parametrize("written", ["SW11 5JY", "sw115jy", " Sw11  5jY "])
def test_a_postcode_is_found_however_it_is_written(download: Path, written: str) -> None:
    assert find_postcode(download, written) == CodePointRow(
        postcode="SW11 5JY",
        latitude=LATITUDE,
        longitude=LONGITUDE,
        country="E92000001",
        district="E09000032",
        ward="E05014013",
    )


def test_a_short_postcode_is_not_mistaken_for_a_longer_one(download: Path) -> None:
    found = find_postcode(download, "S1 1AA")
    assert found is not None
    assert (found.postcode, found.ward) == ("S1 1AA", "E05010863")


def test_a_postcode_without_a_position_has_a_ward_nevertheless(download: Path) -> None:
    found = find_postcode(download, "SW11 9ZZ")
    assert found is not None
    assert (found.latitude, found.longitude, found.ward) == (None, None, "E05014013")


@pytest.mark.parametrize("unknown", ["SW11 1AA", "BT1 5GS", "S1 1AB"])
def test_an_unknown_postcode_is_none(download: Path, unknown: str) -> None:
    assert find_postcode(download, unknown) is None


@pytest.mark.parametrize("wrong", ["SW11", "Eland Road", "", "SW11 5JY and more"])
def test_what_is_not_a_postcode_is_refused(download: Path, wrong: str) -> None:
    with pytest.raises(ParseError, match="is not a full postcode"):
        find_postcode(download, wrong)


def test_another_file_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text(SW + "Name,Street\r\nA,B\r\n", encoding="utf-8")
    with pytest.raises(ParseError, match="not a table of Code-Point Open") as error:
        read_code_point(table, WARD)
    assert error.value.line == 5
    other = tmp_path / "opname_csv_gb.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("Data/TQ26.csv", "x")
    for read in (lambda: read_code_point(other, WARD), lambda: find_postcode(other, "SW11 5JY")):
        with pytest.raises(ParseError, match="this is not Code-Point Open"):
            read()


def test_the_headers_and_empty_lines_are_no_postcodes(tmp_path: Path) -> None:
    table = tmp_path / "sw.csv"
    table.write_text("\ufeff" + HEADERS.splitlines()[1] + "\n\n" + SW, encoding="utf-8")
    assert len(read_code_point(table, WARD)) == 2
