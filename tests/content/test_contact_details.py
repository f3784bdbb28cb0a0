"""An earlier address or number is replaced, and every other byte of the text stays."""

from __future__ import annotations

import pytest

from made_posts import ENCODINGS
from wardblog.content.contact_details import is_same, same_kind, with_replaced

OLD, NEW = "robin@old.example.org", "robin@new.example.org"
PHONE, NUMBER = "020 7946 0123", "020 7946 0999"


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Write to robin@old.example.org.", "Write to robin@new.example.org."),
        ("<Robin@Old.example.org>", "<robin@new.example.org>"),
        ("[me](mailto:robin@old.example.org?subject=A)",
         "[me](mailto:robin@new.example.org?subject=A)"),
        # As it is hidden from robots.
        ("Write to robin (at) old.example.org.", "Write to robin@new.example.org."),
        ("robin at old dot example dot org", "robin@new.example.org"),
        ("Robin [AT] old [dot] example [dot] org", "robin@new.example.org"),
        ("robin＠old.example.org", "robin@new.example.org"),
        # Other people's, and what could be a name and a website.
        ("Meet Robin at old.example.org", None),
        ("rob (at) old.example.org", None),
        ("mrs-robin@old.example.org", None),
        ("a.robin@old.example.org", None),
        ("robin@old.example.org.uk", None),
        ("robin@old.example.organic", None),
        ("robin@oldxexample.org", None),
    ],
)  # fmt: skip
def test_an_address_is_replaced_where_it_is_whole(text: str, new: str | None) -> None:
    assert with_replaced(text.encode(), OLD, NEW) == (new or text).encode()


@pytest.mark.parametrize("old", [PHONE, "+44 20 7946 0123", "(020) 79460123", "0044 2079460123"])
@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Ring 020 7946 0123.", "Ring 020 7946 0999."),
        ("Ring 020\u00a07946-0123!", "Ring 020 7946 0999!"),
        ("(020) 7946 0123", "020 7946 0999"),
        ("(020 7946 0123)", "(020 7946 0999)"),
        ("[call](tel:+442079460123)", "[call](tel:+442079460999)"),
        ("02079460123", "02079460999"),
        ("+44 (0)20 7946 0123", "+44 20 7946 0999"),
        ("0044 20 7946 0123", "+44 20 7946 0999"),
        ("०20 7946 ٠123", "020 7946 0999"),
        # Other numbers.
        ("020 7946 01234", None),
        ("1020 7946 0123", None),
        ("020 7946\n0123", None),
        ("Reference A0207946012", None),
    ],
)
def test_a_number_is_found_however_it_is_written(text: str, new: str | None, old: str) -> None:
    assert with_replaced(text.encode(), old, NUMBER) == (new or text).encode()


def test_a_number_of_another_country_is_replaced_as_well() -> None:
    data = b"Ring +353 1 555 0123 or 00353 15550123."
    assert with_replaced(data, "+353 1 555 0123", NUMBER) == (
        b"Ring +44 20 7946 0999 or +44 20 7946 0999."
    )


@pytest.mark.parametrize("codec", ENCODINGS)
def test_all_other_bytes_stay(codec: str) -> None:
    before = f"Title: Môn\r\n\r\n{OLD} –\r{PHONE}\n\n {OLD}"
    data = ENCODINGS[codec] + before.encode(codec)
    after = before.replace(OLD, NEW).encode(codec)
    assert with_replaced(data, OLD, NEW) == ENCODINGS[codec] + after


@pytest.mark.parametrize("odd", [b"\x81\x8d M\xf4n", b"\xed\xa0\x80 \xed\xb0\x80", b"\xef\xbf\xbe"])
def test_bytes_that_are_no_text_stay(odd: bytes) -> None:
    data = b"%b\r\n%b\r" % (odd, OLD.encode())
    assert with_replaced(data, OLD, NEW) == data.replace(OLD.encode(), NEW.encode())


def test_what_is_too_short_for_a_number_is_never_replaced() -> None:
    assert with_replaced(b"In 2026 and 0123.", "0123", NUMBER) == b"In 2026 and 0123."
    assert with_replaced(b"Nobody.", "Nobody", NUMBER) == b"Nobody."


def test_what_is_the_same_is_known() -> None:
    assert is_same(PHONE, "+44 20 79460123")
    assert is_same(OLD, OLD.upper())
    assert not is_same(PHONE, NUMBER)
    assert same_kind(OLD, NEW)
    assert not same_kind(OLD, PHONE)
    assert not same_kind("", "")
