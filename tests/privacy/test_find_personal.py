"""The finder: its kinds, its lines, and that no text can hold it up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growth import assert_grows_with_input
from support import examples, shown
from wardblog.model import PersonalKind
from wardblog.privacy import find_personal
from wardblog.privacy.names import is_person_name
from wardblog.privacy.shown import visible_text

E, P, A = PersonalKind.EMAIL, PersonalKind.PHONE, PersonalKind.ADDRESS


def found_in(text: str) -> list[tuple[PersonalKind, str, int]]:
    found = ((one.kind, one.value, one.line) for one in find_personal(shown(text)))
    return list(dict.fromkeys(found))  # a link has an address twice


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("jo [at] example.org", E, "jo@example.org"),
        ("jo at example dot org", E, "jo@example.org"),
        ("Jo.Malik@Example.ORG.", E, "jo.malik@example.org"),
        ("clerk.anyparish@gmail.com", E, "clerk.anyparish@gmail.com"),
        ("+44 (0)7700 900123", P, "+447700900123"),
        ("0044 7700 900123", P, "+447700900123"),
        ("[chat](https://wa.me/447700900123)", P, "+447700900123"),
        ("the landline 01632 960123", P, "+441632960123"),
        ("the council, and Ann Malik there, on 020 7946 0123", P, "+442079460123"),
        ("Mrs Khan  \n14 Heathwall Street", A, "14 Heathwall Street"),
        ("**Mrs Khan** of 14 Heathwall Street", A, "14 Heathwall Street"),
        ("Cllr Malik lives at 3 Eland Road", A, "3 Eland Road"),
        ("the Patel family, 15 Acanthus Road", A, "15 Acanthus Road"),
        ("ab123456c", PersonalKind.NI, "AB123456C"),
        ("999-000-0018 of the NHS", PersonalKind.NHS, "9990000018"),
        ("seen: LB19XKR", PersonalKind.PLATE, "LB19XKR"),
    ],
)
def test_every_spelling_is_normalised_to_the_same_value(
    text: str, kind: PersonalKind, value: str
) -> None:
    assert found_in(text) == [(kind, value, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "planning@wandsworth.gov.uk, customer.services@example.org.uk",
        "cllr.j.malik@wandsworth.gov.uk",
        "a picture, map@2x.png",
        "0800 123 4567, 0300 123 1234, 101 and 116 123",
        "the council's switchboard is 020 8871 6000",
        "-0.15602077001 and 51.46671, 0.0770090012",
        "DA 12 34 56 A, GB 12 34 56 A, AB 12 34 56 E",
        "on 10 12 26 a bus",
        "943 476 5918 of the NHS",
        "Dr Patel's surgery, 12 Lavender Hill",
        "Elsley School, 14 Elsley Road, SW11 5LB",
        "The Lord Nelson, 14 Battersea Rise",
        "Mrs Khan, 3 April",
        "ON 26 NOV, SW11 BUS",
        "https://example.org/07700900123/jo@example.org",
        "[the plan](../files/07700900123.pdf)",
        "<!-- Ring 07700 900123. -->",
        '<img src="07700900123.png" alt="A bin">',
    ],
)
def test_a_look_alike_is_ignored(text: str) -> None:
    assert found_in(text) == []


def test_a_match_has_its_line_number() -> None:
    text = "One\n\n\n\n- Mrs Khan of\n  14 Eland Road\n\n    07700 900123 in code"
    found = [(one.kind, one.value, one.line) for one in find_personal(text)]
    assert found == [(A, "14 Eland Road", 5), (P, "+447700900123", 8)]


def test_names_and_addresses_in_different_paragraphs_or_rows_are_not_linked() -> None:
    assert found_in("Thanks to Mrs Khan\n\n14 Eland Road is next.") == []
    assert found_in("| Who |\n|---|\n| Mrs Khan |\n| 14 Eland Road |") == []


@pytest.mark.parametrize("name", ["Priya Patel", "Mr D. Jones", "J. Smith", "Mary-Ann O’Leary"])
def test_a_persons_name_is_recognised(name: str) -> None:
    assert is_person_name(name)


@pytest.mark.parametrize(
    "name",
    ["Eland Road", "Victoria Park", "John Lewis", "St Mary's Church", "Robert Street", "Ann"],
)
def test_a_places_name_is_not_a_persons(name: str) -> None:
    assert not is_person_name(name)


PIECES = (
    *("Mrs Khan", " of ", "14", " Eland Road", ", SW11 5JX", "07700 900123", "@", "jo", ".org"),
    *(" at ", " dot ", "QQ 12 34 56 C", "\n", "\n\n", "<", "<!--", "-->", "](", "[", "*", "_", "|"),
    *("\\", "&#106;", "+44", "(0)", "LB19 XKR", "van", "NHS", "943 476 5919", "٣", "²", "’s"),
)


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
@settings(max_examples=examples(150), deadline=None)
def test_any_text_can_be_searched(text: str) -> None:
    words = shown(text)
    lines = text.count("\n") + 1
    assert all(1 <= one.line <= lines for one in find_personal(text))
    find_personal(words)


@pytest.mark.parametrize(
    "piece",
    ["a", "0", "0 ", "07 ", "a@", "a.", "a@a.", "@", " at a", "(at)", "a dot a ", "1 A", "1 Aa ",
     "Mr ", "J. ", "Jo ", "<!--", "<a ", "[", "](", "*", "_", "\n", "\n ", "\\", "&", "AB12 ",
     "AB12 ABC ", "SW11 5JX ", "1 A Road, ", "Mrs Khan, 14 Eland Road, ", "07700 900123 "],
)  # fmt: skip
def test_100_kilobytes_of_anything_take_time_that_grows_with_their_length(piece: str) -> None:
    def work(size: int) -> Callable[[], object]:
        return lambda: find_personal(visible_text(piece * (size // len(piece))))

    assert_grows_with_input(work, 8_000)
