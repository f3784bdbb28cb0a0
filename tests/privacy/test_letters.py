"""A letter is one find, where it begins; and whose letter it is can be told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from growth import assert_grows_with_input
from support import shown
from wardblog.model import PersonalData, PersonalKind, unpublished
from wardblog.privacy import find_personal

LETTER, PRIVATE = PersonalKind.LETTER, PersonalKind.PRIVATE
ADDRESS, EMAIL = PersonalKind.ADDRESS, PersonalKind.EMAIL

PASTED = """\
This came in today.

> From: Jane Doe <jane.doe@example.org>
> Sent: 12 November 2026 10:31
> To: Robin Sample
> Subject: The lift
>
> Dear Robin,
>
> I live at 41 Alma Road, SW18 1AB. My husband has COPD.
>
> Kind regards,
> Jane Doe
> 07700 900123

We have asked the council for a date.
"""


def kinds(text: str) -> set[PersonalKind]:
    return {one.kind for one in find_personal(shown(text))}


def letters(text: str) -> list[PersonalData]:
    return [one for one in find_personal(shown(text)) if one.kind is LETTER]


def test_a_pasted_e_mail_is_reported_once_on_the_line_where_it_begins() -> None:
    found = find_personal(PASTED, 6)
    assert {one.kind for one in found} == {LETTER, PRIVATE, ADDRESS, EMAIL, PersonalKind.PHONE}
    (letter,) = unpublished(found, ())
    assert (letter.kind, letter.value, letter.line) == (LETTER, "Jane Doe", 8)


def test_personal_data_inside_a_public_letter_is_still_reported() -> None:
    found = find_personal("Dear Mr Jones,\n\nMrs Patel has dementia.\n\nYours,\nRobin Sample")
    public = [one for one in found if one.is_signed_by(["Robin Sample"])]
    assert [one.kind for one in unpublished(found, public)] == [PRIVATE]


def test_personal_data_outside_a_letter_is_reported_too() -> None:
    letter = "Dear Councillor,\n\nthe bins!\n\nRegards,\nJane Doe"
    text = f"Ring 07700 900123.\n\n{letter}\n\nHer son is deaf."
    found = unpublished(find_personal(text), ())
    assert [(one.kind, one.line) for one in found] == [
        (PersonalKind.PHONE, 1),
        (LETTER, 3),
        (PRIVATE, 10),
    ]


def test_a_home_and_an_illness_together_are_a_letter() -> None:
    (letter,) = unpublished(find_personal("41 Alma Road, SW18 1AB. My husband has COPD."), ())
    assert letter.kind is LETTER


def test_html_in_blocks_is_read_like_markdown() -> None:
    blocks = "Dear Councillor,\nI have lived here for years.\nKind regards,\nJane Doe"
    assert [(one.line, one.last) for one in letters(blocks)] == [(1, 4)]


@pytest.mark.parametrize("greeting", ["Dear Councillor,", "Dear Councillor", "Dear councillors,"])
def test_a_letter_to_a_councillor_without_a_name_is_never_the_councillors_own(
    greeting: str,
) -> None:
    text = f"{greeting}\n\nMy road floods.\n\nBest wishes,\nRobin Sample"
    assert not letters(text)[0].is_signed_by(["Robin Sample"])


@pytest.mark.parametrize(
    "signed", ["Robin Sample", "Robin", "R. Sample", "Robin and Asha", "Asha Specimen"]
)
def test_a_letter_signed_by_a_councillor_is_recognised_as_their_own(signed: str) -> None:
    text = f"Dear Mr Jones,\n\nplease keep the bus.\n\nYours sincerely,\n{signed}"
    (letter,) = letters(text)
    assert letter.is_signed_by(["Robin Sample", "Asha Specimen"])


@pytest.mark.parametrize("signed", ["Jane Doe", "Robin Hill", "Robin and Jane", "S. Sample"])
def test_a_letter_signed_by_somebody_else_is_not_the_councillors(signed: str) -> None:
    (letter,) = letters(f"Dear Mr Jones,\n\nplease keep the bus.\n\nYours sincerely,\n{signed}")
    assert not letter.is_signed_by(["Robin Sample", "Asha Specimen"])


def test_a_letter_to_a_councillor_who_signs_the_post_is_still_a_residents() -> None:
    (letter,) = letters(
        "Dear Robin,\n\nmy bin is full. Can you help?\n\nBest wishes,\nRobin Sample"
    )
    assert not letter.is_signed_by(["Robin Sample"])


def test_two_letters_are_reported_separately() -> None:
    one = "Dear Councillor,\n\nthe bins!\n\nRegards,\nJane Doe"
    assert [found.line for found in letters(f"{one}\n\nAnd:\n\n{one}")] == [1, 10]


@pytest.mark.parametrize(
    "text",
    [
        "Dear Councillor,\n\nI object to the plan.\n\nYours,\n[your name]",
        "Dear residents,\n\nhere is the news.\n\nBest wishes,\nRobin Sample",
        "Yours sincerely,\n\nHelen Marsh\nHead of Highways",
        "On 12 November 2026, the council wrote:\n\n> The work is done.",
        "On 3 May 2026, Transport for London wrote:\n\n> The bus stays.",
        "From: 2 December\nTo: 5 December",
        "Subject: bins. From: Monday.",
    ],
)
def test_text_that_only_looks_like_a_letter_is_accepted(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "piece",
    ["Dear ", "Dear A,\n", "Regards,\n", "regards ", "From: a\n", "From: ", "On 1 2026 ",
     "wrote:\n", "my son has ", "has has ", "is a ", "his ", "my my ", "he is very ",
     "has severe ", "\n\n> ", "1 A Road, SW1 1AA ", "flat 1, ", "lives at 1 ",
     "On 1 2026 a wrote ", "sent from ", "Sent: ", "lost a to ",
     "has                                 ", "Yours\n\n\n", "Jane Doe\n", "his a a a cancer ",
     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1 A Road, SW1 1AA. ", "ly ly "],
)  # fmt: skip
def test_any_text_is_read_in_time_that_grows_with_its_length(piece: str) -> None:
    def work(size: int) -> Callable[[], object]:
        beginning = "Dear councillor, my son is ill at home from wrote: "
        return partial(find_personal, beginning + piece * (size // len(piece)))

    assert_grows_with_input(work, 8_000)
