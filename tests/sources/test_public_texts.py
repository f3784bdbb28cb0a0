"""What sources write about people is not published: in addresses, descriptions, links, meetings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from support import SQUARE, TODAY, WARD, read_fine
from wardblog.model import Event
from wardblog.model.events import LONDON
from wardblog.sources.regular.applications import ApplicationRecord, fetched_applications
from wardblog.sources.regular.data_sets import csv_bytes
from wardblog.sources.regular.described import may_name_somebody, tells_of_health
from wardblog.sources.regular.meeting_events import Meetings, window
from wardblog.sources.regular.plain_addresses import NOT_SHOWN, plain_address
from wardblog.sources.regular.planning_data import _credit
from wardblog.sources.regular.public_words import naming_somebody, web_link
from wardblog.sources.regular.report_counts import _category
from wardblog.sources.regular.source import FetchedTable


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("12 Eland Road, London", "12 Eland Road, London"),
        ("Flat 2, St John's Court, 14 Victoria Road", "Flat 2, St John's Court, 14 Victoria Road"),
        ("LAND ADJACENT TO 3 HIGH STREET", "LAND ADJACENT TO 3 HIGH STREET"),
        ("The Old Depot, Culvert Road, London", "The Old Depot, Culvert Road, London"),
        ("12 Eland Road, owner John Smith", "12 Eland Road"),
        ("12 Eland Road, tenant: John Smith", "12 Eland Road"),
        ("12 Eland Road (keyholder John Smith)", "12 Eland Road"),
        ("JOHN SMITH 12 ELAND ROAD", "12 ELAND ROAD"),
        ("home of John Smith, Eland Road", "Eland Road"),
        ("The Smith Family, 12 Eland Road", "12 Eland Road"),
        ("At the home of John Smith", NOT_SHOWN),
        (NOT_SHOWN, NOT_SHOWN),
    ],
)
def test_only_what_looks_like_an_address_is_kept(written: str, kept: str, tmp_path: Path) -> None:
    assert plain_address(written, read_fine(tmp_path / "content", {"ward.toml": WARD})) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Applicant name Zebedee Quillfeather",
        "Owner Zebedee Quillfeather wants a porch",
        "Case officer Hortensia",
        "Ymgeisydd: Zebedee",
        "Non-material amendment. Agent Jane Doe Architects",
        "Extension for Mary-Jane O'Neill",
        "Extension for Li Wei",
        "Extension for Sarah",
        "EXTENSION FOR ZEBEDEE QUILLFEATHER",
        "Extension in Li Wei Eland Road",
    ],
)
def test_a_description_that_may_name_somebody_is_found(text: str) -> None:
    assert may_name_somebody(text)


@pytest.mark.parametrize(
    "text",
    ["Ramp for wheelchair user with dementia", "Level access shower for disabled resident"],
)
def test_a_description_of_somebodys_health_is_found(text: str) -> None:
    assert tells_of_health(text)


@pytest.mark.parametrize(
    "text",
    [
        "Variation of Condition 2 (Approved Drawings) of planning permission 2024/1111",
        "FORMATION OF VEHICULAR ACCESS AND DROPPED KERB ONTO LAVENDER HILL",
        "Erection of Hip To Gable Roof Extension And Rear Dormer",
        "Installation of solar panels on the roof of Battersea Arts Centre",
        "Change of use from estate agent to café",
        "Removal of a Horse Chestnut tree in the rear garden of Rose Cottage",
        "Estyniad deulawr i'r ochr a newidiadau",
        "Replacement of kiosk by BT Street Hub with digital screens",
    ],
)
def test_the_words_of_planning_are_no_names(text: str) -> None:
    assert not may_name_somebody(text)
    assert not tells_of_health(text)


@pytest.mark.parametrize(
    "link",
    [
        "https://x.example.org/a?tel=07700900123",
        "https://x.example.org/a?email=john%40smith.example",
        "https://x.example.org/a?officer=Zebedee",
        "https://x.example.org/a?by=Zebedee+Quillfeather",
        "https://x.example.org/mary%40jones.org",
        "https://x.example.org/javascript:alert(1)",
        "https://x.example.org/Applicant/John-Smith",
    ],
)
def test_a_link_that_leads_to_a_person_is_left_out(link: str) -> None:
    assert web_link(link) == ""


def test_a_link_to_an_application_is_kept() -> None:
    link = "https://x.example.org/applicationDetails.do?activeTab=summary&keyVal=QABCDEFGHI300"
    assert web_link(link) == link


@pytest.mark.parametrize(
    ("title", "where", "shown"),
    [
        ("Cabinet", "Hall (contact Mary Jones)", [("Cabinet", "Hall")]),
        ("Cabinet", "Home of Mary Jones", [("Cabinet", "")]),
        ("Cabinet", "Town hall (room 3)", [("Cabinet", "Town hall (room 3)")]),
        ("School Admission Appeal: Mohammed Iqbal", "", []),
        ("Employment appeal (Mary Jones)", "", []),
        ("Funeral of John Smith", "", []),
        ("LICENCE HEARING: JOHN SMITH", "", []),
    ],
)
def test_a_meeting_names_nobody(title: str, where: str, shown: list[tuple[str, str]]) -> None:
    meetings = Meetings(window(TODAY))
    meetings.add(title, datetime(2026, 12, 1, 19, tzinfo=LONDON), where=where)
    assert [(event.words, event.where) for event in meetings.events] == shown


def test_a_meeting_begins_at_a_whole_minute() -> None:
    meetings = Meetings(window(TODAY))
    meetings.add("Cabinet", datetime(2026, 12, 1, 19, 0, 30, tzinfo=LONDON))
    assert meetings.events == [
        Event(start=datetime(2026, 12, 1, 19, tzinfo=LONDON), end=None, words="Cabinet")
    ]


@pytest.mark.parametrize(
    ("reference", "is_kept"),
    [
        ("2026/1", True),
        ("P 2026 0123", True),
        ("23/01234/FUL", True),
        ("2026/1301 FUL", True),
        ("2026/1 John Smith", False),
        ("2026/1 JOHN SMITH", False),
        ("2026/1/Smith", False),
    ],
)
def test_a_reference_has_no_name_in_it(reference: str, is_kept: bool, tmp_path: Path) -> None:
    record = ApplicationRecord(
        reference=reference, address="1 Eland Road", description="", state="", lat=51.465, lon=-0.16
    )
    credit = FetchedTable(stem="", title="", columns=(), rows=(), source="", source_url="")
    ward = WARD.replace('"Wandsworth"\n', '"Wandsworth"\nboundary = "data/ward.geojson"\n', 1)
    files = {"ward.toml": ward, "data/ward.geojson": SQUARE}
    site = read_fine(tmp_path / "content", files)
    found = fetched_applications([record], site, TODAY, "x", credit)
    assert [one.reference for one in found.applications] == ([reference] if is_kept else [])


def test_what_planning_data_and_fixmystreet_write_names_nobody() -> None:
    assert _credit({"attribution-text": "Contact Mr John Smith 020 7946 0999 for this"}) == ""
    assert _credit({"attribution-text": "© Crown copyright"}) == "© Crown copyright."
    assert _category("Noise from John Smith") == "Other"
    assert naming_somebody(["Tree in garden of Mary Jones"]) == [True]
    assert naming_somebody(["Clapham Common (conservation area)"]) == [False]


@pytest.mark.parametrize("cell", ["＝1+1", "\ufeff=1+1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    table = FetchedTable(
        stem="x", title="", columns=("a",), rows=((cell,),), source="", source_url=""
    )
    assert csv_bytes(table) == b"a\n1+1\n"


def test_what_is_found_is_left_out_of_applications(tmp_path: Path) -> None:
    texts = ("Extension for Li Wei", "Ramp for wheelchair user", "Loft conversion")
    records = [
        ApplicationRecord(
            reference=f"2026/{n}", address="1 Eland Road, owner John Ox", description=text,
            state="", lat=51.465, lon=-0.16,
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip
    credit = FetchedTable(stem="", title="", columns=(), rows=(), source="", source_url="")
    ward = WARD.replace('"Wandsworth"\n', '"Wandsworth"\nboundary = "data/ward.geojson"\n', 1)
    site = read_fine(tmp_path / "content", {"ward.toml": ward, "data/ward.geojson": SQUARE})
    found = fetched_applications(records, site, TODAY, "x", credit)
    assert [one.description for one in found.applications] == ["", "", texts[2]]
    assert {one.address for one in found.applications} == {"1 Eland Road"}
