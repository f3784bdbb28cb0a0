"""Settings of `ward.toml` whose values are read in a way of their own."""

from __future__ import annotations

import pytest

from support import WARD
from wardblog.content.settings import read_settings
from wardblog.problems import Severity
from wardblog.report import Report

CHANNEL = "https://whatsapp.com/channel/0029VaEx_am-ple"


def channel(written: str) -> tuple[str, list[str]]:
    """The channel as it is read, and the messages about it."""
    report = Report("ward.toml")
    settings = read_settings(WARD.replace("[ward]", f'whatsapp = "{written}"\n[ward]'), report)
    assert settings is not None
    return settings.whatsapp, [problem.message for problem in report.problems]


@pytest.mark.parametrize(
    "written",
    [
        CHANNEL,
        f"{CHANNEL}/",
        f"{CHANNEL}?utm_source=qr",
        CHANNEL.replace("https://", "https://www."),
        CHANNEL.replace("https://whatsapp", "HTTP://WhatsApp"),
    ],
)
def test_a_channel_has_one_address_however_it_was_copied(written: str) -> None:
    assert channel(written) == (CHANNEL, [])


@pytest.mark.parametrize(
    "written",
    [
        "https://chat.whatsapp.com/ABCDEFGHIJKLMNOPQRSTUV",
        "https://wa.me/447700900111",
        "https://whatsapp.com/channel/",
        "https://whatsapp.com/channel/a/b",
        "https://whatsapp.com.example.org/channel/0029VaExample",
        "https://example.org/?https://whatsapp.com/channel/0029VaExample",
    ],
)
def test_a_group_or_another_address_is_one_message(written: str) -> None:
    assert channel(written) == ("", [f'"{written}" is not the address of a WhatsApp channel'])


def test_a_site_needs_no_channel() -> None:
    assert channel("") == ("", [])


def phone(written: str) -> tuple[str, list[tuple[Severity, str]]]:
    """The number as it is published, and the messages about it."""
    report = Report("ward.toml")
    text = WARD.replace("[[councillor]]", f'[[councillor]]\nphone = "{written}"', 1)
    settings = read_settings(text, report)
    assert settings is not None
    said = [(problem.severity, problem.message) for problem in report.problems]
    return settings.councillors[0].phone, said


@pytest.mark.parametrize(
    "written",
    ["020 7946 0123", "(020) 7946 0123", "020-7946-0123", "+44 20 7946 0123", "07700 900123",
     "+44 (0)20 7946 0123", "0300 123 4567", "020 7946 0123 ext 12", "020 7946 0123, ext. 12",
     "020 7946 0123 x12", "020 7946 0123 extension 12", "+353 1 498 0123", ""],
)  # fmt: skip
def test_a_telephone_number_is_taken_as_people_write_it(written: str) -> None:
    assert phone(written) == (written, [])


@pytest.mark.parametrize(
    "written",
    ["phone me", "ask me", "robin@example.org", "020 79", "020 7946 0123 0124 0125",
     "020 7946 0123 or 07700 900123", "Office: 020 7946 0123", "020 7946 0123 after six"],
)  # fmt: skip
def test_what_is_no_telephone_number_is_doubted(written: str) -> None:
    message = f'"{written}" does not look like a telephone number'
    assert phone(written) == (written, [(Severity.WARN, message)])
