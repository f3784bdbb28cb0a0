"""Tables with people's e-mail addresses that lie about in the content folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import BASE, MARKDOWN, TODAY, read_all, write_files, write_site
from wardblog.content import read_site
from wardblog.problems import Problem, Severity

EXPORT = "time,email,answer\n2026-11-20,jane.doe@gmail.com,A\n2026-11-20,jo.b7@hotmail.com,B\n"
BINS = "Location,Latitude,Longitude,Contact\n"
LISTED = (
    BASE["issues.toml"]
    + '\n[[dataset]]\nissue = "Grit bins"\nfile = "data/form.csv"\ntitle = "Grit bins"\n'
)


def told(folder: Path, files: dict[str, str | bytes]) -> list[Problem]:
    return read_all(write_files(write_site(folder), files))[1]


@pytest.mark.parametrize("file", ["form.csv", "data/form.csv", "files/Form.CSV", "data/form.tsv"])
def test_an_export_of_a_form_warns(file: str, tmp_path: Path) -> None:
    [problem] = [p for p in told(tmp_path, {file: EXPORT}) if "addresses of people" in p.message]
    assert (problem.file, problem.severity) == (file, Severity.WARN)
    assert "jane" not in problem.message + problem.hint


@pytest.mark.parametrize(
    "text",
    [
        EXPORT.splitlines()[0] + "\n2026-11-20,jane.doe@gmail.com,A\n",
        "club,email\nChoir,info@choir.example.org\nScouts,enquiries@scouts.example.org\n",
        "team,email\nParks,parks@wandsworth.gov.uk\nRoads,highways@wandsworth.gov.uk\n",
    ],
)
def test_addresses_of_organisations_do_not(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, {"data/form.csv": text}) == []


def test_a_list_whose_columns_are_chosen_does_not(tmp_path: Path) -> None:
    rows = "Eland Road,51.4665,-0.16,jane.doe@gmail.com\nHill,51.4666,-0.16,jo.b7@hotmail.com\n"
    content = write_files(write_site(tmp_path), {"data/form.csv": BINS + rows})
    reading = read_site(content, TODAY, MARKDOWN)
    assert [p.severity for p in reading.problems] == [Severity.WARN]
    write_files(content, {"issues.toml": LISTED})
    again = read_site(content, TODAY, MARKDOWN, reading.cache)
    assert not [p for p in again.problems if "addresses of people" in p.message]
