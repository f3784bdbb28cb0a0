"""How a list is compared with the previous one."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import DATASET, ISSUES, SQUARE, WARD, read_fine
from wardblog.model import Site
from wardblog.model.map_figure import DotShape
from wardblog.views.changes import Comparison, compare
from wardblog.views.hubs import hub_page

HEAD = "Ref,Name,Lat,Lon\n"
# 0.001 degrees of latitude are 111 m.
BEFORE = f"{HEAD}1,Elm Road,51.461,-0.16\n2,Oak Road,51.463,-0.16\n3,Ash Road,51.465,-0.16\n"


def site_with(folder: Path, before: str, now: str, more: str = "") -> Site:
    return read_fine(
        folder,
        {
            "issues.toml": f'{ISSUES}{DATASET}previous = "data/old.csv"\n{more}',
            "data/old.csv": before,
            "data/bins.csv": now,
            "data/ward.geojson": SQUARE,
            "ward.toml": WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun'),
        },
    )


def compared(folder: Path, before: str, now: str, more: str = "") -> Comparison:
    found = compare(site_with(folder, before, now, more).issues[0].datasets[0])
    assert found is not None
    return found


def test_an_unchanged_list_has_no_changes(tmp_path: Path) -> None:
    assert compared(tmp_path, BEFORE, BEFORE).sentence == "3 the same"


def test_changes_are_counted_in_words(tmp_path: Path) -> None:
    now = BEFORE.replace("51.461", "51.462").replace("2,Oak Road,51.463", "9,Fir Road,51.468")
    comparison = compared(tmp_path, BEFORE, now)
    assert comparison.sentence == "1 the same, 1 moved, 1 new, 1 gone"
    moved = comparison.changes[0]
    assert moved is not None
    assert moved.words == "moved 110 m"
    assert [place.name for place, _ in comparison.gone] == ["Oak Road"]


@pytest.mark.parametrize(("north", "words"), [("51.46115", "3 the same"), ("51.4613", "1 moved")])
def test_a_difference_of_a_few_metres_is_not_a_move(tmp_path: Path, north: str, words: str) -> None:
    assert words in compared(tmp_path, BEFORE, BEFORE.replace("51.461", north)).sentence


def test_an_identifier_outweighs_name_and_distance(tmp_path: Path) -> None:
    now = BEFORE.replace("1,Elm Road,51.461", "1,Fir Road,51.4695")
    assert compared(tmp_path, BEFORE, now).sentence == "2 the same, 1 moved"


def test_without_identifiers_name_and_distance_count(tmp_path: Path) -> None:
    def plain(text: str) -> str:
        return "\n".join(line.split(",", 1)[1] for line in text.splitlines()) + "\n"

    now = plain(BEFORE).replace("Elm Road,51.461", "elm  road,51.464").replace("Oak", "Oak (N)")
    assert compared(tmp_path, plain(BEFORE), now).sentence == "2 the same, 1 moved"


def test_a_repeated_identifier_is_ignored(tmp_path: Path) -> None:
    twice = BEFORE.replace("2,Oak", "1,Oak")
    assert compared(tmp_path, twice, twice).sentence == "3 the same"


ROWS = [f"Street {n},{51.4605 + n * 0.0004:.5f},-0.16" for n in range(20)]


def numbered(rows: list[str]) -> str:
    return HEAD + "".join(f"{n},{row}\n" for n, row in enumerate(rows, start=1))


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (list(reversed(ROWS)), "20 the same"),
        ([*ROWS[:10], "New Road,51.4699,-0.155", *ROWS[10:]], "20 the same, 1 new"),
        (ROWS[1:], "19 the same, 1 gone"),
    ],
)
def test_a_list_with_renumbered_rows_is_compared_by_names(
    now: list[str], words: str, tmp_path: Path
) -> None:
    assert compared(tmp_path, numbered(ROWS), numbered(now)).sentence == words


@pytest.mark.parametrize("written", ["001", "1.0", " 1 "])
def test_a_number_is_the_same_however_a_spreadsheet_writes_it(written: str, tmp_path: Path) -> None:
    now = BEFORE.replace("1,Elm Road,51.461", f"{written},Fir Road,51.4622")
    assert compared(tmp_path, BEFORE, now).sentence == "2 the same, 1 moved"


def test_a_place_surveyed_again_just_outside_the_ward_is_not_gone(tmp_path: Path) -> None:
    before = f"{HEAD}1,Elm Road,51.465,-0.15003\n2,Oak Road,51.463,-0.16\n"
    now = before.replace("-0.15003", "-0.14997")
    assert compared(tmp_path, before, now).sentence == "1 the same"


def test_a_place_that_moved_out_of_the_ward_is_shown_as_such(tmp_path: Path) -> None:
    comparison = compared(tmp_path, BEFORE, BEFORE.replace("51.465,-0.16", "51.4715,-0.16"))
    assert comparison.sentence == "2 the same, 1 gone"
    assert [change.words for _, change in comparison.gone] == ["moved 720 m, out of the ward"]


def test_a_hundred_places_of_one_name_close_together_are_the_same(tmp_path: Path) -> None:
    rows = "".join(f"Common lime,51.465{n % 10:03},-0.160{n // 10:03}\n" for n in range(100))
    text = "Name,Lat,Lon\n" + rows
    assert compared(tmp_path, text, text).sentence == "100 the same"


def test_two_places_of_one_name_are_distinguished_by_position(tmp_path: Path) -> None:
    before = "Name,Lat,Lon\nGrit bin,51.461,-0.16\nGrit bin,51.469,-0.16\n"
    now = "Name,Lat,Lon\nGrit bin,51.469,-0.16\nGrit bin,51.461,-0.16\nGrit bin,51.465,-0.16\n"
    assert compared(tmp_path, before, now).sentence == "2 the same, 1 new"


def test_only_the_ward_is_counted_unless_all_is_shown(tmp_path: Path) -> None:
    now = BEFORE.replace("3,Ash Road,51.465", "3,Ash Road,51.48") + "4,Yew Road,51.49,-0.16\n"
    assert compared(tmp_path / "a", BEFORE, now).sentence == "2 the same, 1 gone"
    everywhere = compared(tmp_path / "b", BEFORE, now, 'show = "all"\n')
    assert everywhere.sentence == "2 the same, 1 moved, 1 new"


@pytest.mark.long
def test_fifty_thousand_places_of_one_name_are_compared_quickly(tmp_path: Path) -> None:
    rows = "".join(
        f"Lamp,{51.4605 + n % 250 * 3.7e-5:.6f},{-0.1695 + n // 250 * 9e-5:.6f}\n"
        for n in range(50_000)
    )
    found = compared(tmp_path, "Name,Lat,Lon\n" + rows, "Name,Lat,Lon\n" + rows)
    assert found.sentence == "50,000 the same"


def test_the_hub_shows_changes_on_map_and_list(tmp_path: Path) -> None:
    now = BEFORE.replace("51.461", "51.462").replace("2,Oak Road,51.463", "9,Fir Road,51.468")
    site = site_with(tmp_path, BEFORE, now)
    hub = hub_page(site, site.issues[0])
    assert hub.figure is not None
    assert [dot.mark for dot in hub.figure.dots] == [
        DotShape.MOVED,
        DotShape.NEW,
        DotShape.OPEN,
        DotShape.GONE,
    ]
    assert [places.title for places in hub.pages[0].lists] == [
        "Bins",
        "Bins: gone since the previous list",
    ]
    assert [places.changed for places in hub.compared] == ["1 the same, 1 moved, 1 new, 1 gone"]
