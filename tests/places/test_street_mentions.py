"""Streets that running text names, against texts as councillors write them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from wardblog.model import Gazetteer, GazetteerEntry
from wardblog.places.street_mentions import StreetMentions

DATA = Path(__file__).parent / "mentions"
# Of two hundred texts so many name all of their streets.
SHARE_FOUND = 0.98


def lines(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").splitlines()


@cache
def gazetteer() -> Gazetteer:
    names = lines("streets.txt")
    return Gazetteer(
        streets=tuple(GazetteerEntry(name, 51.46, -0.16, name) for name in names),
        postcodes=(GazetteerEntry("SW11 5JY", 51.46, -0.16), GazetteerEntry("SW11 5JZ", 51, 0)),
    )


@cache
def mentions() -> StreetMentions:
    return StreetMentions(gazetteer(), ("Shaftesbury", "Wandsworth"))


def named() -> list[tuple[str, frozenset[str]]]:
    rows = (line.split("\t") for line in lines("named.tsv"))
    return [(text, frozenset(names.split("|")) - {""}) for text, names in rows]


def test_nearly_all_names_find_their_street_and_none_a_wrong_one() -> None:
    results = [(text, names, frozenset(mentions().found_in(text))) for text, names in named()]
    wrong = [(text, found - names) for text, names, found in results if found - names]
    missed = [(text, names - found) for text, names, found in results if names - found]
    assert wrong == []
    assert len(results) >= 200
    assert len(missed) <= (1 - SHARE_FOUND) * len(results), missed


def test_what_only_looks_like_a_street_is_none() -> None:
    texts = lines("others.txt")
    assert len(texts) >= 100
    found = {text: names for text in texts if (names := mentions().found_in(text))}
    assert found == {}


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("HEATHWALL STREET J/W ELAND ROAD", ["Heathwall Street", "Eland Road"]),
        ("church walk, by the steps", ["Church Walk"]),
        ("CHURCH ROAD", ["Church Road"]),
        ("broadway", ["Broadway"]),
        ("The Green", ["The Green"]),
        ("O/S 12 NEW ROAD", ["New Road"]),
        ("Grit bin Latchmere Road", ["Latchmere Road"]),
        ("Lavender Hill Road", []),
        ("TOOTING BEC ROAD", []),
        ("Grit bin 12", []),
    ],
)
def test_the_name_of_a_place_may_be_written_in_any_case(label: str, names: list[str]) -> None:
    assert list(mentions().found_in(label, is_label=True)) == names


def test_a_name_does_not_go_on_in_the_next_line() -> None:
    assert mentions().found_in("Eland\nRoad") == ()
    assert mentions().found_in("Eland  Road\nNorth of here") == ("Eland Road",)


def test_two_streets_of_one_name_are_both_found() -> None:
    twins = tuple(GazetteerEntry("Church Road", 51, 0, f"church-road-{n}") for n in (1, 2))
    found = StreetMentions(Gazetteer(streets=twins)).found_in("Church Road is closed.")
    assert found == ("church-road-1", "church-road-2")


def test_the_wards_own_town_is_not_another_one() -> None:
    text = "The works in Church Road, Leeds, are done."
    assert StreetMentions(gazetteer(), ("Leeds City Council",)).found_in(text) == ("Church Road",)


def test_without_a_gazetteer_nothing_is_found() -> None:
    assert StreetMentions(Gazetteer()).found_in("Eland Road") == ()
