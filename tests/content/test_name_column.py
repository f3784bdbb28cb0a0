"""What the places of a list are called: never people, nor what somebody wrote."""

from __future__ import annotations

from itertools import product

import pytest

from many_cases import in_one_test
from support import read_places
from wardblog.content.tables.column_names import may_name_people
from wardblog.content.tables.tables import PlaceTable
from wardblog.report import Report

AT = ",51.4665,-0.1600\n"


def table_of(text: str, name_column: str = "") -> PlaceTable:
    report = Report("data/list.csv")
    found = read_places(text, False, name_column, report)
    assert found is not None, report.problems
    return found


def names_of(text: str) -> list[str]:
    return [place.name for place in table_of(text).places]


@pytest.mark.parametrize(
    "column",
    [
        "Licence Holder Name", "licenceHolderName", "LICENCE_HOLDER", "Licensee", "Licencee",
        "Proprietor", "DPS", "Premises Supervisor", "Company Director", "Trustees", "Objector",
        "Applicant Name", "Agent Name", "applicant_nm", "Tenant", "Owner", "Landlord", "Contact",
        "Case Officer", "Park Manager", "Resident", "Complainant", "Reporter", "Requester",
        "Surname", "Forename", "Responsible person", "Named Individual", "Keyholder", "Lessee",
        "Full Name", "Registered Manager", "Nominated Person", "Checked by", "Occupant",
        "Name of applicant", "Secretary", "Householder", "Volunteer", "Petitioner",
        "Licence Holder Address", "Landlord Address",
    ],
)  # fmt: skip
def test_a_column_of_people_is_never_the_name(column: str) -> None:
    assert may_name_people(column)
    text = f"{column},Street,Latitude,Longitude\nJohn Smithson,Eland Road{AT}"
    assert names_of(text) == ["Eland Road"]


@pytest.mark.parametrize(
    "column",
    [
        "Agency", "Directorate", "Direction", "Ownership", "Residential units", "Contactless",
        "Date reported", "Nearby", "Layby", "Neighbourhood", "Authority", "Staffordshire",
        "Created on", "Reported location", "Site Name", "Venue", "Traders", "osgb_y",
    ],
)  # fmt: skip
def test_a_column_of_other_things_is_not_taken_for_people(column: str) -> None:
    assert not may_name_people(column)


@pytest.mark.parametrize(
    ("header", "cells", "name"),
    [
        ("CommonName,Street", "Abington Road,Marsland Road", "Abington Road"),
        ("Street,common_name", "Marsland Road,Post Office", "Post Office"),
        ("address,venuename", "1 North Parade,The Sample Hotel", "The Sample Hotel"),
        ("Notes,Street,Site Name", "By the gate,Elm Road,Elm Park", "Elm Park"),
        ("Licence Number,HMO Address", "H1,12 Eland Road", "12 Eland Road"),
        ("Reference,Proposal,Site Address", "26/1,Rear extension,12 Eland Road", "12 Eland Road"),
        ("Ward Name,Council Name,Road", "Shaftesbury,Wandsworth,Elm Road", "Elm Road"),
        ("Premises Address,Trading As", "4 Elm Road,The Crown", "The Crown"),
        ("Name of Premises,Address", "The Crown,4 Elm Road", "The Crown"),
        ("Description,Location", "A yellow bin,Elm Road", "Elm Road"),
        ("PlaygroundName,Locality", "Elm Road Play Area,Battersea", "Elm Road Play Area"),
        ("Asset ID,Description", "7,Elm Road at Oak Lane", "Elm Road at Oak Lane"),
        ("Title,Notes", "Heathbrook Park,Open daily", "Heathbrook Park"),
        ("street_nam,asset_nam", "Elm Road,The depot", "The depot"),
        ("Street,Establishment Name", "Elm Road,Elm Primary", "Elm Primary"),
        ("Street,Polling Place", "Elm Road,Elm Hall", "Elm Hall"),
        ("Road,Label", "Elm Road,Bin by the gate", "Bin by the gate"),
        ("Street,name_en", "Elm Road,Post Office", "Post Office"),
        ("What,Where", "Grit bin,Elm Road", "Elm Road"),
        ("Toilet,Street", "Yes,Elm Road", "Elm Road"),
        ("Street,Charging point location", "Elm Road,Elm car park", "Elm car park"),
    ],
)
def test_names_come_before_streets_and_streets_before_notes(
    header: str, cells: str, name: str
) -> None:
    assert names_of(f"{header},Latitude,Longitude\n{cells}{AT}") == [name]


@pytest.mark.parametrize(
    "words",
    [
        "Key with Mrs Smithson at number 12",
        "Dog of Mrs Smithson at number 12",
        "Woman at 14 shouts every night",
        "Neighbour at no 12 lets dog out",
        "My husband reported this twice",
        "Ring Sarah Brownlow first",
        "The gate is locked. Ask at the lodge",
        "Code from the old man in flat 3",
        "Keys held by the caretaker",
        "She keeps four dogs in the yard",
    ],
)
def test_free_text_is_no_name_wherever_it_stands(words: str) -> None:
    rows = "".join(f"Elm Road {n}{AT}" for n in range(900))
    for column in ("Description", "Notes", "Title"):
        found = table_of(f"{column},Latitude,Longitude\n{rows}{words}{AT}")
        assert {place.name for place in found.places} == {f"Place {n}" for n in range(1, 902)}
        assert f'"{column}" (line 902' in found.disclosure.not_used


NOTES = (
    "Key with Mrs Smithson at number 12", "Key with Sarah Brownlow", "S. Brownlow has the key",
    "Ask for Sarah Brownlow at number 4", "Contact: Sarah Brownlow", "See Dave at 12",
    "Margaret from no 4", "Adopted by Jane Doering", "Family of Jane Doering", "mrs doering no 4",
    "Outside Mrs Doering at no 4", "Disabled bay for Mr Doering", "Wheelchair user at 3",
    "Elderly couple need a bin", "Child with autism", "The Doering family",
)  # fmt: skip


@in_one_test(
    "column, words",
    product(["Name", "Site Name", "Location", "Premises", "Bin Name"], NOTES),
)
def test_a_note_about_somebody_is_no_name_even_where_names_are(column: str, words: str) -> None:
    rows = "".join(f"Elm Road {n},B{n}{AT}" for n in range(90))
    found = table_of(f"{column},Ref,Latitude,Longitude\n{rows}{words},B90{AT}")
    assert words not in {place.name for place in found.places}
    assert f'"{column}" (line 92' in found.disclosure.not_used


@pytest.mark.parametrize("words", ["Doering, Jane", "Jane Doering & Tom Doering"])
def test_people_are_no_places_however_they_are_written(words: str) -> None:
    rows = "".join(f"Elm Road {n},B{n}{AT}" for n in range(90))
    found = table_of(f'Location,Ref,Latitude,Longitude\n{rows}"{words}",B90{AT}')
    assert words not in {place.name for place in found.places}
    assert '"Location" (line 92 has a person\'s name)' in found.disclosure.not_used


def test_pubs_and_schools_may_all_be_called_after_people() -> None:
    for column in ("Pub name", "School"):
        found = table_of(
            f"{column},Latitude,Longitude\nRobert Burns{AT}John Snow{AT}Dick Turpin{AT}"
        )
        assert not found.disclosure.people
        assert [place.name for place in found.places] == [
            "Robert Burns",
            "John Snow",
            "Dick Turpin",
        ]


def test_a_column_of_figures_is_not_said_to_name_people() -> None:
    report = Report("data/list.csv")
    text = f"Address,Max occupants,Licence holder,Latitude,Longitude\nElm Road,5,Jane Doering{AT}"
    assert read_places(text, False, "", report)
    assert [p.message for p in report.problems] == [
        'the column "Licence holder" may hold people\'s names, and is not published'
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doering", "Mr J. Doering", "Ms Doering", "DOERING, Jane", "jane doering",
        "Mohammed Khan", "Doering Jane", "Mr & Mrs Brownlow",
    ],
)  # fmt: skip
def test_one_person_at_a_house_is_enough_in_any_row(name: str) -> None:
    rows = "".join(f"Hall {n},{n} Elm Road{AT}" for n in range(1, 900))
    found = table_of(f'Name,Address,Latitude,Longitude\n{rows}"{name}",3 Elm Road{AT}')
    assert found.places[-1].name == "3 Elm Road"
    assert found.places[0].name == "1 Elm Road"
    assert "line 901 has a person's name" in found.disclosure.not_used
    assert not found.disclosure.people


def test_people_among_companies_make_a_register_of_people() -> None:
    found = names_of(
        "Name,Premises Address,Latitude,Longitude\n"
        f"Sample Lettings Ltd,The Crown{AT}Jane Doering,The Anchor{AT}Acme Property Co,The Bell{AT}"
        f"Example Homes Limited,The Plough{AT}"
    )
    assert found == ["The Crown", "The Anchor", "The Bell", "The Plough"]


@pytest.mark.parametrize(
    "name",
    [
        "The Lord Nelson", "William Hill", "John Burns School", "St Mary's Church",
        "Our Lady of Victories", "Robert Street", "Dr Patel's Surgery", "Victoria Park",
        "Jack Straw's Castle", "Key House", "Will Adams Way", "My Dentist", "The Green Man",
        "Miss Millie's", "Alexandra Palace", "Beverley Minster", "Peter Pan Playground",
        "Leonard Cheshire Home", "Tenant Hall Community Centre", "St. George's Hall",
        "Woodlands No. 2 Allotments", "House of Fraser", "Salt bin for Rose Gardens",
        "Grit for Ruby Street", "The Simpson Family Centre", "Contact Theatre", "Ring Road",
        "Key Worker Housing", "Blind Veterans UK",
        "Elderly Persons Home", "School for pupils with autism", "Run by Friends of Percy Park",
        "Battersea, London", "Clapham Junction, Platform 1", "St George at 4 High Street",
        "Managed by Rose Trust",
    ],
)  # fmt: skip
def test_places_called_after_people_keep_their_names(name: str) -> None:
    found = table_of(f'Name,Address,Latitude,Longitude\n"{name}",12 Elm Road{AT}')
    assert [place.name for place in found.places] == [name]
    assert found.disclosure.not_used == ""


@pytest.mark.parametrize(
    "rows",
    [
        f"Elm Hall{AT}Jane Doering{AT}Oak Hall{AT}Ash Hall{AT}",
        f"Priya{AT}Tom{AT}The depot{AT}",
        f"DOERING JANE{AT}Elm Hall{AT}",
    ],
)
def test_a_plain_name_must_be_a_places_in_every_row(rows: str) -> None:
    for column in ("Name", "Label", "name_en"):
        found = table_of(f"{column},Latitude,Longitude\n{rows}")
        assert found.disclosure.people == column


@pytest.mark.parametrize("column", ["CommonName", "Venue Name", "School", "Site"])
def test_a_header_that_speaks_of_places_is_believed_of_one(column: str) -> None:
    rows = f"Lewis Carroll{AT}Elm Hall{AT}Oak Hall{AT}"
    found = table_of(f"{column},Latitude,Longitude\n{rows}")
    assert (found.disclosure.people, len(found.places)) == ("", 3)


@pytest.mark.parametrize(
    "cell",
    ["Outside the house of Mrs Smithson", "Opposite 12 Elm Road (Mr Jones)",
     "Mr J Smithson, 12 Elm Road"],
)  # fmt: skip
def test_an_address_with_somebody_in_it_is_passed_over(cell: str) -> None:
    found = table_of(f'Location,Ref,Lat,Lon\n"{cell}",7{AT}Elm Road,8{AT}')
    assert [place.name for place in found.places] == ["7", "8"]


def test_a_person_is_reported_where_no_other_column_has_names() -> None:
    rows = "".join(f"Hall {n}{AT}" for n in range(1, 900))
    found = table_of(f"Name,Latitude,Longitude\n{rows}Mrs Jane Doering{AT}")
    assert (found.disclosure.people, found.disclosure.line) == ("Name", 901)


@pytest.mark.parametrize(
    ("column", "cell", "people", "text"),
    [
        ("Agent Name", "SB Planning", "Agent Name", ""),
        ("Proposal", "A loft. The neighbours were told", "", "Proposal"),
        ("Comments", "My bin was never emptied", "", "Comments"),
        ("Reported location", "Elm Road", "", ""),
    ],
)
def test_a_column_that_is_asked_for_is_inspected_as_well(
    column: str, cell: str, people: str, text: str
) -> None:
    found = table_of(f"{column},Street,Latitude,Longitude\n{cell},Elm Road{AT}", column.upper())
    assert (found.disclosure.people, found.disclosure.text) == (people, text)


def test_a_category_and_a_number_name_what_has_no_name() -> None:
    text = f"Category,Owner,Latitude,Longitude\nSalt bin,J. Doe{AT}Salt bin,K. Roe{AT}"
    assert names_of(text) == ["Salt bin 1", "Salt bin 2"]


def test_an_identifier_that_names_somebody_is_left_out() -> None:
    found = table_of(f"Ref,Street,Latitude,Longitude\n1 Mrs Smithson,Elm Road{AT}2,Oak Lane{AT}")
    assert [place.identifier for place in found.places] == ["", ""]


def test_the_column_that_is_used_is_shown() -> None:
    found = table_of(f"Street,Latitude,Longitude\nElm Road{AT}")
    assert found.disclosure.named_by == 'the names of the places come from the column "Street"'
