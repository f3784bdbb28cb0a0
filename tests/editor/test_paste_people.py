"""Who is named in what was pasted, and whether it is an e-mail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.test_pastes import PROGRAMS, clipboard
from support import ROOT, read_all
from wardblog.model import Councillor
from wardblog.preview.editor.paste.people import PastedPeople, people_in
from wardblog.preview.editor.paste.result import markdown_of

# The examples that are e-mails, with who is named in each.
MAILS = {
    "applemail-list": [],
    "applemail-quote": ["Jane Doe", "jane.doe@example.org", "Jane"],
    "gmail-divs": ["Jane"],
    "gmail-forwarded": ["Jane Doe", "jane.doe@example.org", "robin@example.gov.uk"],
    "gmail-mobile-signature": ["Jane", "Robin Sample", "robin@example.gov.uk"],
    "gmail-quote": ["Robin Sample", "robin@example.gov.uk"],
    "gmail-signature": ["Jane Doe"],
    "outlook-forwarded": ["Robin Sample", "robin@example.gov.uk", "1234_56"],
    "outlook-header-block": [
        "Jane Doe", "jane.doe@example.org", "Robin Sample", "robin.sample@example.gov.uk",
    ],
    "outlook-mac-reply": [
        "Jane Doe", "jane.doe@example.org", "Robin Sample", "robin@example.gov.uk",
    ],
    "outlook-plain-reply": ["Jane Doe"],
    "outlook-plain-text-mail": ["Jane"],
    "outlookweb-divs": ["Jane"],
    "outlookweb-reply": [
        "Jane Doe", "jane.doe@example.org", "Robin Sample", "robin@example.gov.uk",
    ],
    "plain-mail-quoted": [],
    "plain-mail-wrapped": ["Jane Doe"],
    "thunderbird-reply": ["Jane Doe", "Robin Sample"],
    "welsh-mail": ["Siân"],
    "yahoo-quote": ["Robin Sample", "robin@example.gov.uk"],
}  # fmt: skip


def people_of(name: str) -> PastedPeople:
    result = markdown_of(*clipboard(name))
    return people_in(result.markdown, None, result.is_mail)


@pytest.mark.parametrize("name", MAILS)
def test_an_email_is_recognised_and_its_people_are_found(name: str) -> None:
    people = people_of(name)
    assert people.is_mail
    assert [mark.words for mark in people.marks] == MAILS[name]


def test_other_texts_are_no_emails() -> None:
    assert {name for name in PROGRAMS if people_of(name).is_mail} == set(MAILS)


def test_each_mark_is_where_its_words_are() -> None:
    text = "😀 Write to jane.doe@example.org or\nring 07700 900123.\n\n> I live at 12 Eland Road.\n"
    found = [
        (mark.line, mark.column, mark.length, mark.words) for mark in people_in(text, None).marks
    ]
    assert found == [
        (1, 12, 20, "jane.doe@example.org"),
        (2, 5, 12, "07700 900123"),
        (4, 12, 13, "12 Eland Road"),
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Our ref: ABC/12345, case number 4455667.", ["ABC/12345", "4455667"]),
        ("Crime ref no: CAD1234/03NOV26", ["CAD1234/03NOV26"]),
        ("Planning application ref 2026/1234", []),
        ("The reference library opens in 2026. In this case 12 people came.", []),
    ],
)
def test_numbers_of_cases_are_pointed_out(text: str, numbers: list[str]) -> None:
    assert [mark.words for mark in people_in(text, None).marks] == numbers


def test_councillors_are_public() -> None:
    site = replace(
        read_all(ROOT / "content")[0],
        councillors=(Councillor(name="Robin Sample", email="robin@example.org"),),
    )
    text = "Robin Sample asked, and Jane Doe answered robin@example.org. Robin agreed."
    assert [mark.words for mark in people_in(text, site).marks] == ["Jane Doe"]
