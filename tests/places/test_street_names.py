"""Street names as people write them."""

from __future__ import annotations

import pytest

from wardblog.model import Gazetteer, GazetteerEntry
from wardblog.places.street_names import StreetIndex, plain_street

NAMES = """\
Abbé Street
Broadway
Church Road
Church Walk
Dr Johnson Avenue
Eland Road
First Avenue
Fernlea Road
Ffordd yr Orsaf
Great North Road
Heol-y-Bryn
High Street
High Street North
King Street
King's Road
Kingsley Street
Lavender Hill
Lloyd Baker Street
Mount Pleasant
North Circular Road
Ravenslea Road
Rue de la Paix
Saint Mary's Crescent
St James's Street
St John's Hill Grove
St John's Road
Stryd Tŷ'r Ysgol
Sràid na h-Eaglaise
The Avenue
The Grange
Thirsk & Dorothy Mews
Upper Tooting Road
W Road
West Road
Wandsworth Common North Side
""".splitlines()

GAZETTEER = Gazetteer(
    streets=tuple(
        GazetteerEntry(name, 51.46, -0.16 + n / 1000, f"slug-{n}") for n, name in enumerate(NAMES)
    )
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Eland Road", "Eland Road"),
        ("eland rd", "Eland Road"),
        ("ELAND RD.", "Eland Road"),
        ("  Eland \t Rd ", "Eland Road"),
        ("Eland-Road", "Eland Road"),
        ("The Eland Road", "Eland Road"),
        ("St John's Road", "St John's Road"),
        ("St Johns Rd", "St John's Road"),
        ("St. John’s Rd.", "St John's Road"),
        ("St.John`s Road", "St John's Road"),
        ("Saint John's Road", "St John's Road"),
        ("saint johns road", "St John's Road"),
        ("St Mary's Cres", "Saint Mary's Crescent"),
        ("St Marys Cresc.", "Saint Mary's Crescent"),
        ("St James' St", "St James's Street"),
        ("St James St", "St James's Street"),
        ("Saint James's Street", "St James's Street"),
        ("St John's Hill Gro", "St John's Hill Grove"),
        ("High St", "High Street"),
        ("The High Street", "High Street"),
        ("High St N", "High Street North"),
        ("High St (North)", "High Street North"),
        ("Kings Rd", "King's Road"),
        ("King´s Road", "King's Road"),
        ("King St", "King Street"),
        ("Gt North Rd", "Great North Road"),
        ("N Circular Rd", "North Circular Road"),
        ("Nth. Circular Road", "North Circular Road"),
        ("Upr Tooting Rd", "Upper Tooting Road"),
        ("Mt Pleasant", "Mount Pleasant"),
        ("1st Ave", "First Avenue"),
        ("first av.", "First Avenue"),
        ("Doctor Johnson Ave", "Dr Johnson Avenue"),
        ("Dr. Johnson Av", "Dr Johnson Avenue"),
        ("Thirsk and Dorothy Mews", "Thirsk & Dorothy Mews"),
        ("Thirsk & Dorothy Mws", "Thirsk & Dorothy Mews"),
        ("Lloyd-Baker St", "Lloyd Baker Street"),
        ("Fern Lea Road", "Fernlea Road"),
        ("Broad Way", "Broadway"),
        ("the Broadway", "Broadway"),
        ("Heol y Bryn", "Heol-y-Bryn"),
        ("Stryd Ty'r Ysgol", "Stryd Tŷ'r Ysgol"),
        ("Stryd Ty\u0302r Ysgol", "Stryd Tŷ'r Ysgol"),
        ("Sraid na h-Eaglaise", "Sràid na h-Eaglaise"),
        ("Abbe St", "Abbé Street"),
        ("The Avenue", "The Avenue"),
        ("the ave", "The Avenue"),
        ("Wandsworth Common N Side", "Wandsworth Common North Side"),
        ("W Road", "W Road"),
        ("Ffordd Yr Orsaf", "Ffordd yr Orsaf"),
        ("Rue de la Paix", "Rue de la Paix"),
    ],
)
def test_a_name_as_people_write_it_finds_its_street(written: str, name: str) -> None:
    assert [street.name for street in StreetIndex(GAZETTEER).named(written)] == [name]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            " ",
            "...",
            "Road",
            "The",
            "St",
            "Eland",
            "Eland Street",
            "Eland Road East",
            "King's",
        ),
        *("Church", "Church Street", "High Road", "Avenue", "Grange", "Saint", "John's Road"),
        *("Lavender Hill Road", "Upper Lavender Hill", "Kings Street North", "12 Eland Road"),
    ],
)
def test_what_is_not_a_street_finds_none(written: str) -> None:
    assert StreetIndex(GAZETTEER).named(written) == ()


def test_a_spelling_of_the_gazetteer_means_only_that_street() -> None:
    streets = (GazetteerEntry("Street Lane", 1, 1), GazetteerEntry("Saint Lane", 1, 1))
    index = StreetIndex(Gazetteer(streets=streets))
    assert [s.name for s in index.named("street lane")] == ["Street Lane"]
    assert [s.name for s in index.named("St Lane")] == ["Street Lane", "Saint Lane"]


def test_streets_of_one_name_are_all_found() -> None:
    streets = tuple(GazetteerEntry("Church Road", 51 + n, 0, f"church-road-{n}") for n in range(2))
    assert StreetIndex(Gazetteer(streets=streets)).named("church rd") == streets


def test_a_key_is_its_own_key() -> None:
    for name in NAMES:
        assert plain_street(" ".join(plain_street(name))) == plain_street(name)
