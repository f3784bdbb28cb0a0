"""Lists of complaints: no door, nobody's words, and nothing by which two can be told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import DATASET, MARKDOWN, TODAY, files_in, pages_in, read_fine, read_places, write_site
from wardblog.content import read_site
from wardblog.content.tables.complaint_lists import street_in
from wardblog.content.tables.tables import ListOptions
from wardblog.model import Precision
from wardblog.problems import Severity
from wardblog.report import Report
from wardblog.views import outputs

ISSUES = '[[issue]]\nname = "Grit bins"\n\n[[issue]]\nname = "Dog fouling"\n'
LIST = DATASET.replace("Grit bins", "Dog fouling") + 'show = "all"\n'
REPORTS = (
    "Report ID,Title,Detail,Address,Category,Latitude,Longitude\n"
    '9017,Dog of Mrs Smithson,She never clears up,"12 Eland Road, SW11 5JX",Fouling,'
    "51.466512,-0.160034\n"
    "9018,My neighbour again,At number 14,14 Eland Road,Fouling,51.466498,-0.159991\n"
    "9019,x,y,Rose Cottage,Fouling,51.461234,-0.161234\n"
)
SECRETS = ("Smithson", "neighbour", "number 14", "Rose", "5JX", "12 Eland", "14 Eland", "901",
           "51.4665", "0.16003", "51.4612", "0.15999")  # fmt: skip


@pytest.mark.parametrize("second", ["", 'previous = "data/old.csv"\n'])
def test_no_output_has_a_door_or_anybodys_words(second: str, tmp_path: Path) -> None:
    old = REPORTS.replace("51.466498", "51.463333").replace("14 Eland", "15 Eland")
    files = {"issues.toml": ISSUES + LIST + second, "data/bins.csv": REPORTS, "data/old.csv": old}
    site = read_fine(tmp_path, files)
    places = site.issues[1].datasets[0].places
    assert [(p.name, p.point.latitude, p.point.longitude) for p in places] == [
        ("Eland Road", 51.466, -0.16),
        ("Eland Road", 51.467, -0.16),
        ("Fouling", 51.461, -0.161),
    ]
    assert {p.precision for p in places} == {Precision.STREET}
    made = {path: content.decode(errors="replace") for path, content in
            files_in(outputs(site)).items() if not path.endswith(".png")}  # fmt: skip
    assert "data/bins.csv" in made
    assert json.loads(made["data/bins.geojson"])["features"]
    shown = "\n".join([*made.values(), *map(repr, pages_in(site).values())])
    assert "Eland Road" in shown
    assert [secret for secret in SECRETS if secret in shown] == []


def test_reports_at_one_spot_cannot_be_told_apart(tmp_path: Path) -> None:
    header, *rows = REPORTS.splitlines(keepends=True)
    found = []
    for order in (rows, rows[::-1]):
        files = {"issues.toml": ISSUES + LIST, "data/bins.csv": header + "".join(order)}
        found.append(read_fine(tmp_path, files).issues[1].datasets[0].places)
    assert found[0] == found[1]


def notes_of(folder: Path, issues: str) -> list[str]:
    reading = read_site(
        write_site(folder, {"issues.toml": issues, "data/bins.csv": REPORTS}), TODAY, MARKDOWN
    )
    return [p.message for p in reading.problems if p.severity is Severity.NOTE]


def test_what_was_done_is_one_note(tmp_path: Path) -> None:
    assert notes_of(tmp_path, ISSUES + LIST) == [
        (
            '"Dog fouling" is about complaints, so this list shows positions to about 100 m, and '
            "streets or categories instead of what people wrote"
        )
    ]


def test_a_list_of_things_may_be_exact(tmp_path: Path) -> None:
    bins = "Name,Latitude,Longitude\nBin 7 by the gate,51.466512,-0.160034\n"
    files = {"issues.toml": f'{ISSUES}{LIST}precision = "exact"\n', "data/bins.csv": bins}
    place = read_fine(tmp_path, files).issues[1].datasets[0].places[0]
    assert (place.name, place.point.latitude) == ("Bin 7 by the gate", 51.466512)


def test_any_list_may_be_less_exact(tmp_path: Path) -> None:
    files = {"issues.toml": f'{ISSUES}{DATASET}precision = "area"\n', "data/bins.csv": REPORTS}
    places = read_fine(tmp_path, files).issues[0].datasets[0].places
    assert {(p.point.latitude, p.precision) for p in places} == {
        (51.465, Precision.AREA), (51.46, Precision.AREA)
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", ["Noise", "Anti-social behaviour", "Drug dealing", "Rough sleepers"]
)
def test_every_sensitive_issue_reduces_its_lists(name: str, tmp_path: Path) -> None:
    files = {
        "issues.toml": (ISSUES + LIST).replace("Dog fouling", name),
        "data/bins.csv": REPORTS,
        "posts/fine.md": "Title: A\nDate: 2026-11-20\nTags: grit bins\n\nText.\n",
    }
    places = read_fine(tmp_path, files).issues[1].datasets[0].places
    assert {p.precision for p in places} == {Precision.STREET}


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("12 Eland Road", "Eland Road"),
        ("Flat 3, 12 Eland Road, London, SW11 5JX", "Eland Road"),
        ("OUTSIDE 14 ELM ROAD", "Elm Road"),
        ("No. 5 St John's Hill", "St John's Hill"),
        ("12-14 The Parade", "The Parade"),
        ("3a Upper Tooting Road", "Upper Tooting Road"),
        ("7 Heol y Bont", "Heol y Bont"),
        ("Rose Cottage", ""),
        ("Elm Court, SW11 5JX", ""),
        ("The house of Mrs Smithson", ""),
        ("Jane Close", "Jane Close"),
        ("Mrs Jane Close", ""),
        ("my garden by the road", ""),
        ("", ""),
    ],
)
def test_of_an_address_the_street_remains(address: str, street: str) -> None:
    assert street_in(address) == street


def test_without_a_street_or_category_it_is_called_by_its_issue() -> None:
    options = ListOptions(precision=Precision.STREET, label="Noise")
    text = "Subject,Type,Lat,Lon\nThe man at 12,Shouting by Mr Smith,51.4665,-0.16\n"
    found = read_places(text, False, "", Report("x.csv"), options)
    assert found is not None
    assert [place.name for place in found.places] == ["Noise"]
