"""Settings of `ward.toml` whose values are read in a way of their own."""

from __future__ import annotations

import pytest

from support import WARD
from wardblog.content.settings import read_settings
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
