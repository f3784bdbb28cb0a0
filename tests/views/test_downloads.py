"""Downloads as residents open them: Welsh letters in Excel, and no formulas in cells."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from support import DATASET, ISSUES, files_in, read_fine
from wardblog.views import outputs


def downloads_of(folder: Path, name: str) -> dict[str, bytes]:
    text = f'Ref,Name,Lat,Lon\n-5,"{name}",51.4665,-0.16\n'
    site = read_fine(folder, {"issues.toml": ISSUES + DATASET, "data/bins.csv": text})
    return {path: data for path, data in files_in(outputs(site)).items() if "data/bins" in path}


def row_of(folder: Path, name: str) -> dict[str, str]:
    table = downloads_of(folder, name)["data/bins.csv"].decode("utf-8-sig")
    return next(csv.DictReader(io.StringIO(table)))


def test_a_csv_file_has_a_byte_order_mark_and_json_does_not(tmp_path: Path) -> None:
    made = downloads_of(tmp_path, "Ffordd y Môr")
    assert made["data/bins.csv"].startswith(b"\xef\xbb\xbfidentifier,name,")
    assert made["data/bins.csv"].count(b"\xef\xbb\xbf") == 1
    assert "Ffordd y Môr".encode() in made["data/bins.csv"]
    for path in ("data/bins.geojson", "data/bins.csv-metadata.json"):
        assert made[path].startswith(b"{")
        json.loads(made[path])


@pytest.mark.parametrize(
    "start",
    ["=", "+", "-", "@", "\u200b=", "\u2060@", "\u00ad+", "\ufe0f=", "\u00a0=", "\u202e=", "\uff1d",
     "\uff0b", "\uff0d", "\uff20", "\u2212", "\ufe63", "\ufe62", "\ufe66", "\ufe6b", "\u207a",
     "\u208b",
     "\u207c", "\u2013", "\u2014", "\u2010", "\u2011", "\u00b1", "\u2795", "\u200b\u200c\u200d=",
     "|",
     "\u180e=", "\u061c-"],
)  # fmt: skip
def test_no_cell_begins_a_formula_even_behind_invisible_characters(
    start: str, tmp_path: Path
) -> None:
    name = row_of(tmp_path, f"{start}1+1")["name"]
    assert name.startswith("'")
    assert name.endswith("1+1")


@pytest.mark.parametrize(
    "name",
    ["Eland Road", "12 Eland Road", "Ysgol y Môr", "\u0645\u062f\u0631\u0633\u0629",
     "#7 by the shop", "(old) bin",
     "\u201cThe Crown\u201d", "'s Court", "£5 shop", "A=B", "\u00e9cole", "-0.16", "+44",
     "\u2116 5", "\u00bd mile"],
)  # fmt: skip
def test_words_and_numbers_stay_as_they_are(name: str, tmp_path: Path) -> None:
    row = row_of(tmp_path, name)
    assert row["name"] == name
    assert (row["identifier"], row["latitude"], row["longitude"]) == ("-5", "51.4665", "-0.16")
