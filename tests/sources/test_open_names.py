"""OS Open Names: tiles without a header, on the British National Grid."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
import shapely

from wardblog.places.grids import Grid, to_degrees
from wardblog.report import ParseError
from wardblog.sources.open_names import read_open_names

# A ward of two kilometres around TQ 280 750, in metres on the grid.
WEST, SOUTH = 527_000, 174_000


def degrees(easting: float, northing: float) -> tuple[float, float]:
    [(latitude, longitude)] = to_degrees(Grid.BRITISH, [easting], [northing])
    return longitude, latitude


WARD = shapely.Polygon(
    [degrees(WEST + x, SOUTH + y) for x, y in ((0, 0), (2000, 0), (2000, 2000), (0, 2000))]
)


def row(
    name: str,
    local_type: str,
    x: float = 1000,
    y: float = 1000,
    *,
    kind: str = "transportNetwork",
    size: float = 100,
    second: str = "",
    languages: tuple[str, str] = ("", ""),
) -> list[str]:
    east, north = WEST + x, SOUTH + y
    box = (east - size, north - size, east + size, north + size)
    names = [name, languages[0], second, languages[1]]
    values = ["osgb4000000012345678", "http://data.ordnancesurvey.co.uk/id/1", *names, kind]
    values += [local_type, f"{east:.3f}", f"{north:.3f}", "3000", "25000"]
    values += [f"{side:.3f}" for side in box]
    return values + [""] * (34 - len(values))


def table(rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


@pytest.fixture
def tile(tmp_path: Path) -> Path:
    return tmp_path / "TQ26.csv"


def read(tile: Path, *rows: list[str]) -> list[tuple[str, str]]:
    tile.write_bytes(table(rows))
    return [(place.kind, place.name) for place in read_open_names(tile, WARD)]


def test_the_first_row_is_a_row_and_positions_are_exact(tile: Path) -> None:
    tile.write_bytes(table([row("Eland Road", "Named Road")]))
    [place] = read_open_names(tile, WARD)
    assert (place.kind, place.name) == ("street", "Eland Road")
    assert (place.longitude, place.latitude) == pytest.approx(degrees(528_000, 175_000), abs=1e-8)


@pytest.mark.parametrize(
    ("kind", "local_type", "expected"),
    [
        ("transportNetwork", "Named Road", "street"),
        ("transportNetwork", "Section Of Named Road", "street"),
        ("transportNetwork", "Numbered Road", "street"),
        ("transportNetwork", "Railway Station", "place"),
        ("other", "Postcode", "postcode"),
        ("other", "Primary Education", "place"),
        ("populatedPlace", "Suburban Area", "place"),
        ("landform", "Hill Or Mountain", "place"),
        ("landcover", "Woodland Or Forest", "place"),
        ("hydrography", "Bay", "place"),
    ],
)
def test_what_is_useful_to_say_where_something_is(
    tile: Path, kind: str, local_type: str, expected: str
) -> None:
    assert read(tile, row("Some Name 1", local_type, kind=kind)) == [(expected, "Some Name 1")]


def test_lines_through_several_wards_and_mere_figures_are_left_out(tile: Path) -> None:
    assert (
        read(
            tile,
            row("Made Main Line", "Railway"),
            row("123", "Spot Height", kind="landform"),
            row("", "Named Road"),
            row("Whatever", "New Sort", kind="newType"),
        )
        == []
    )


def test_what_is_more_than_200_metres_from_the_ward_is_left_out(tile: Path) -> None:
    assert read(
        tile, row("Near Road", "Named Road", x=2150), row("Far Road", "Named Road", x=2300)
    ) == [("street", "Near Road")]


def test_a_street_with_several_rows_comes_once(tile: Path) -> None:
    """The row for all of it if that is in the ward, or else the part nearest to the middle."""
    whole = row("Long Road", "Named Road", 900, size=900)
    parts = [row("Long Road", "Section Of Named Road", x, size=100) for x in (300, 1050, 1700)]
    assert read(tile, *parts, whole) == [("street", "Long Road")]
    [place] = read_open_names(tile, WARD)
    assert place.longitude == pytest.approx(degrees(WEST + 900, SOUTH + 1000)[0], abs=1e-6)
    outside = row("Long Road", "Named Road", 2500, size=2400)
    assert read(tile, *parts, outside) == [("street", "Long Road")]
    [place] = read_open_names(tile, WARD)
    assert place.longitude == pytest.approx(degrees(WEST + 1050, SOUTH + 1000)[0], abs=1e-6)


def test_two_streets_of_one_name_stay_two(tile: Path) -> None:
    assert (
        read(tile, row("Church Road", "Named Road", 200), row("Church Road", "Named Road", 1800))
        == [("street", "Church Road")] * 2
    )


def test_names_in_two_languages_are_entries_of_their_own(tile: Path) -> None:
    welsh = row("Heol y Frenhines", "Named Road", second="Queen Street", languages=("cym", "eng"))
    gaelic = row(
        "Taobh a' Chaolais", "Other Settlement", kind="populatedPlace", second="East Kilbride",
        languages=("gla", "eng"),
    )  # fmt: skip
    assert read(tile, welsh, gaelic) == [
        ("place", "East Kilbride"),
        ("place", "Taobh a' Chaolais"),
        ("street", "Heol y Frenhines"),
        ("street", "Queen Street"),
    ]


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_the_zip_as_downloaded_is_read_by_the_names_of_its_tiles(tmp_path: Path) -> None:
    broken = table([["not", "a", "tile", "of", "ours"]])
    download = zipped(
        tmp_path / "opname_csv_gb.zip",
        {
            "Data/HY20.csv": broken,  # 800 km away: not opened
            "Data/TQ26.csv": table([row("Eland Road", "Named Road")]),
            "Data/TQ46.csv": broken,
            "Doc/OS_Open_Names_Header.csv": table([[f"NAME{i}" for i in range(34)]]),
            "readme.txt": b"hello",
        },
    )
    assert [place.name for place in read_open_names(download, WARD)] == ["Eland Road"]
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(download) as archive:
        archive.extractall(folder)
    assert [place.name for place in read_open_names(folder, WARD)] == ["Eland Road"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("list.csv", b"a,b,c\n1,2,3\n", "this is not a table of OS Open Names"),
        ("list.csv", b"", "this is not a table of OS Open Names"),
        ("names.zip", b"PK\x03\x04 cut off", "this zip is damaged or cut off"),
        ("names.zip", b"<html>", "this zip is damaged or cut off"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ParseError, match=message) as error:
        read_open_names(path, WARD)
    assert error.value.hint


def test_a_zip_that_is_damaged_in_the_middle_is_refused(tmp_path: Path) -> None:
    rows = [row(f"Made Road {number}", "Named Road") for number in range(500)]
    path = zipped(tmp_path / "names.zip", {"Data/TQ26.csv": table(rows)})
    data = bytearray(path.read_bytes())
    data[300:340] = b"x" * 40
    path.write_bytes(data)
    with pytest.raises(ParseError, match="this zip is damaged or cut off"):
        read_open_names(path, WARD)


def test_a_zip_or_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=r"no \.csv file in this folder"):
        read_open_names(tmp_path, WARD)
    with pytest.raises(ParseError, match=r"no \.csv file in this zip"):
        read_open_names(zipped(tmp_path / "x.zip", {"a.gml": b""}), WARD)


def test_a_tile_of_orkney(real_data: Path) -> None:
    tile = real_data / "os-open-names-HY20-part.csv"
    stromness = shapely.box(-3.33, 58.94, -3.27, 58.98)
    found = read_open_names(tile, stromness)
    streets = [place for place in found if place.kind == "street"]
    assert len({place.name for place in streets}) == len(streets) == 42
    named = {place.name: place for place in found}
    assert {"Christie's Brae", "Hellihole Road", "Stromness", "KW16 3AA"} <= set(named)
    # Outside the box are all of Hoy, and East Kilbride.
    assert "B9049" not in named
    everywhere = read_open_names(tile, shapely.box(-7.4, 57.1, -2.9, 59.1))
    assert {"Taobh a' Chaolais", "East Kilbride"} <= {place.name for place in everywhere}
    # Four rows, one street.
    assert [place.name for place in everywhere].count("Germiston Road") == 1
