"""Finding a ward at the Office for National Statistics, in the forms of ArcGIS REST."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sources.services import BROKEN_QUERY, Services, as_json, centre, running, square, ward
from wardblog.problems import CommandError, UsageError
from wardblog.sources.answers import Answers
from wardblog.sources.ask import BusyError
from wardblog.sources.fetch import Fetcher
from wardblog.sources.ons import OpenGeography
from wardblog.sources.ward_choice import checked_postcode, chosen_ward, split_name

LOOKUP = "WD24_LGD24_DEA24_NI_LU"


@pytest.fixture(autouse=True)
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    with running() as found:
        for name, address in found.addresses.items():
            monkeypatch.setenv(name, address)
        yield found


@pytest.fixture
def ons(tmp_path: Path) -> OpenGeography:
    return OpenGeography(Fetcher(Answers(tmp_path), sleep=lambda _: None))


def codes(features: list[dict[str, object]]) -> list[str]:
    return [str(f["properties"]["WD26CD"]) for f in features]  # type: ignore[index]


@pytest.mark.parametrize(
    ("names", "newest"),
    [
        (["WD_MAY_2025_UK_BFC", "WD_DEC_2025_UK_BFC", "WD_MAY_2026_UK_BFC"], "WD_MAY_2026_UK_BFC"),
        (["WD_MAY_2027_UK_BFC_V2", "WD_MAY_2027_UK_BFC"], "WD_MAY_2027_UK_BFC_V2"),
        (["Wards_December_2027_Boundaries_UK_BFC", "WD_MAY_2027_UK_BFC"],
         "Wards_December_2027_Boundaries_UK_BFC"),
        (["WD_DEC_2027_UK_BGC", "WD_DEC_2027_UK_BSC", "WD27_LAD27_UK_LU"], "WD_MAY_2026_UK_BFC"),
        (["Wards_December_2019_Boundaries_UK_BFC_2022", "WD_MAY_2019_UK_BFC"],
         "Wards_December_2019_Boundaries_UK_BFC_2022"),
        ([], "WD_MAY_2026_UK_BFC"),
    ],
    ids=["month", "version", "long-name", "other-kinds", "old", "empty-list"],
)  # fmt: skip
def test_the_newest_outlines_are_used(
    names: list[str], newest: str, services: Services, ons: OpenGeography
) -> None:
    services.names = names
    assert ons.layers.newest["WD"].name == newest


def test_a_ward_is_found_by_its_code_or_a_position(services: Services, ons: OpenGeography) -> None:
    assert codes(ons.by_code("E05014021")) == ["E05014021"]
    assert codes(ons.at(*centre(), in_ireland=False)) == ["E05014020"]
    assert ons.at(57.0, -3.0, in_ireland=False) == []
    asked = [one.fields for one in services.asked if "where" in one.fields]
    assert asked[0]["outSR"] == "4326"


@pytest.mark.parametrize(
    ("code", "said", "hint"),
    [
        ("E05000623", "There is no ward with the code E05000623 in the newest outlines, of 2026",
         "Find yours with"),
        ("E04000001", "is not the code of a ward", "parish"),
        ("E09000032", "is not the code of a ward", "begin with E05, W05, S13"),
        ("E05'--", "is not the code of a ward", "begin with"),
    ],
)  # fmt: skip
def test_a_code_that_is_not_there_is_explained(
    code: str, said: str, hint: str, ons: OpenGeography
) -> None:
    with pytest.raises(UsageError) as failed:
        ons.by_code(code)
    assert said in str(failed.value)
    assert hint in failed.value.hint


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Shaftesbury and Queenstown, Wandsworth", "E05014020"),
        ("shaftesbury, London Borough of Wandsworth", "E05014020"),
        ("Shaftesbury", "E05014020"),
        ("Abbey, Barking and Dagenham Council", "E05014023"),
        ("St Mary’s Ward, King’s Lynn & West Norfolk", "E05014024"),
        ("Canford Heath, Bournemouth, Christchurch and Poole", "E05014025"),
        ("st marys, king's lynn and west norfolk", "E05014024"),
        ("Dartford East, Kent", "E58000657"),
        ("St Mary’s", "E05014024"),
        ("st marys", "E05014024"),
        ("Byker, City of Newcastle-upon-Tyne", "E05014027"),
    ],
)
def test_a_ward_is_found_by_its_name(
    written: str, code: str, services: Services, ons: OpenGeography
) -> None:
    division = {"CED26CD": "E58000657", "CED26NM": "Dartford East"}
    services.divisions = [{"properties": division, "geometry": square(9000)}]
    name, council = split_name(written)
    assert chosen_ward(name, council, ons.named(name, council)).code == code


@pytest.mark.parametrize(
    ("written", "said", "hint"),
    [
        ("Abbey", '2 wards are called "Abbey"', "E05014022 Abbey, Merton"),
        ("Shaftsbury, Wandsworth", 'called "Shaftsbury" in Wandsworth', 'mean "Shaftesbury"?'),
        ("Balham, Wandsworth", 'No ward is called "Balham" in Wandsworth', "E05014021 Lavender"),
        ("Nowhere, Nowhere", 'No ward is called "Nowhere" in Nowhere', "Write the ward and its"),
    ],
)
def test_choices_are_listed(written: str, said: str, hint: str, ons: OpenGeography) -> None:
    name, council = split_name(written)
    with pytest.raises(UsageError) as failed:
        chosen_ward(name, council, ons.named(name, council))
    assert said in str(failed.value)
    assert hint in failed.value.hint


def test_a_long_list_comes_in_pages(services: Services, ons: OpenGeography) -> None:
    services.wards = [ward(f"E0501402{n}", f"Ward {n}", "Wandsworth", n) for n in range(5)]
    assert len(ons.named("Ward 1", "Wandsworth")) == 5
    offsets = [one.fields["resultOffset"] for one in services.asked if "resultOffset" in one.fields]
    assert offsets == ["0", "2", "4", "0"]


def test_an_error_with_status_200_is_tried_again_and_then_reported(
    services: Services, ons: OpenGeography
) -> None:
    assert ons.layers
    services.replies["ons"] = [as_json(BROKEN_QUERY)]
    assert codes(ons.by_code("E05014020")) == ["E05014020"]
    services.replies["ons"] = [as_json(BROKEN_QUERY)] * 3
    with pytest.raises(BusyError, match='answered with an error: "Cannot perform query') as failed:
        ons.by_code("E05014021")
    assert "(400)" in str(failed.value)


def test_a_postcode_of_northern_ireland_leads_to_its_electoral_area(
    services: Services, ons: OpenGeography
) -> None:
    services.tables = {
        LOOKUP: [
            {"WD24CD": f"N0800030{n}", "WD24NM": name, "LGD24NM": "Belfast",
             "DEA24CD": "N10000105", "DEA24NM": "Botanic"}
            for n, name in ((1, "Blackstaff"), (2, "Windsor"))
        ]
    }  # fmt: skip
    middle = square(7500)["coordinates"][0]
    longitude, latitude = ((middle[0][n] + middle[2][n]) / 2 for n in (0, 1))
    for found in (ons.at(latitude, longitude, in_ireland=True), ons.by_code("N10000105")):
        assert [f["properties"] for f in found] == [
            {"LGD24NM": "Belfast", "DEA24CD": "N10000105", "DEA24NM": "Botanic"}
        ] * 2


def test_without_that_table_a_file_is_asked_for(ons: OpenGeography) -> None:
    with pytest.raises(CommandError, match="no outlines of district electoral areas") as failed:
        ons.by_code("N10000105")
    assert "OpenDataNI" in failed.value.hint


def test_the_position_of_a_postcode(services: Services, ons: OpenGeography) -> None:
    services.tables = {
        "ONSPD_Online_latest_Postcode_Centroids": [
            {"PCDS": "BT7 1NN", "LAT": 54.5844, "LONG": -5.934},
            {"PCDS": "ZZ99 3VZ", "LAT": 99.999999, "LONG": 0.0},
        ]
    }
    assert ons.position("BT7 1NN") == (54.5844, -5.934)
    assert ons.position("ZZ99 3VZ") is None
    assert ons.position("BT7 1XX") is None


def test_a_postcode_is_written_properly_or_refused() -> None:
    assert checked_postcode(" sw115jy") == "SW11 5JY"
    for wrong in ("SW11", "SW11 5J", "Eland Road", "SW11 5JY'"):
        with pytest.raises(UsageError, match="is not a full postcode"):
            checked_postcode(wrong)
