"""Issues with their data sets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from support import DATASET, ISSUES, SQUARE, WARD, read_all, read_fine, write_site
from wardblog.views.places import dataset_note

BINS = "Name,Latitude,Longitude\nInside,51.465,-0.16\nOutside,51.48,-0.16\n"
WITH_BOUNDARY = WARD.replace("[[councillor]]", 'boundary = "data/ward.geojson"\n\n[[councillor]]')


def test_a_data_set_shows_what_lies_in_the_ward(tmp_path: Path) -> None:
    files = {
        "ward.toml": WITH_BOUNDARY,
        "issues.toml": ISSUES + DATASET + "as_of = 2026-11-01\n",
        "data/bins.csv": BINS,
        "data/ward.geojson": SQUARE,
    }
    dataset = read_fine(tmp_path, files).issues[0].datasets[0]
    assert [p.name for p in dataset.shown] == ["Inside"]
    assert (len(dataset.places), dataset.slug, dataset.as_of) == (2, "bins", date(2026, 11, 1))


def test_a_data_set_may_show_all(tmp_path: Path) -> None:
    files = {
        "ward.toml": WITH_BOUNDARY,
        "issues.toml": ISSUES + DATASET + 'show = "all"\n',
        "data/bins.csv": BINS,
        "data/ward.geojson": SQUARE,
    }
    assert len(read_fine(tmp_path, files).issues[0].datasets[0].shown) == 2


def test_without_a_boundary_every_place_is_shown(tmp_path: Path) -> None:
    files = {"issues.toml": ISSUES + DATASET, "data/bins.csv": BINS}
    assert len(read_fine(tmp_path, files).issues[0].datasets[0].shown) == 2


def test_issues_without_a_colour_get_one_each(tmp_path: Path) -> None:
    issues = "".join(f'[[issue]]\nname = "{n}"\n' for n in ("Grit bins", "B", "C"))
    site = read_fine(tmp_path, {"issues.toml": issues})
    assert len({issue.colour for issue in site.issues}) == 3


def test_rows_without_a_position_are_counted(tmp_path: Path) -> None:
    files = {"issues.toml": ISSUES + DATASET, "data/bins.csv": BINS + "Nowhere,,\n"}
    site, problems = read_all(write_site(tmp_path, files))
    assert [p.message for p in problems] == ["this row has no position, so it was left out"]
    dataset = site.issues[0].datasets[0]
    assert (
        dataset_note(site, dataset) == "2 places. 1 entry has no location, so it is not on the map."
    )
