"""`[newsletter]` in ward.toml: what can be written, and what each mistake says."""

from __future__ import annotations

import pytest

from support import WARD
from wardblog.content.settings import read_settings
from wardblog.model import MailServer, NewsletterSettings
from wardblog.problems import Problem
from wardblog.report import Report

SMTP = 'via = "smtp"\naddress = "news@ward.example.org"\nhost = "smtp.example.org"\n'
PLAIN = "http://lists.example.org/stop"
NO_CLICK = "cannot stop a newsletter with one click, since it does not begin with https://"


def read(
    lines: str, heading: str = "[newsletter]\n"
) -> tuple[NewsletterSettings | None, list[Problem]]:
    report = Report("ward.toml")
    settings = read_settings(f"{WARD}\n{heading}{lines}\n", report)
    assert settings
    return settings.mailing, report.problems


def fine(lines: str) -> NewsletterSettings:
    settings, problems = read(lines)
    assert problems == []
    assert settings
    return settings


def stopped(lines: str) -> list[str]:
    return [problem.message for problem in read(lines)[1]]


def test_without_the_heading_there_is_no_newsletter() -> None:
    assert read("", heading="") == (None, [])
    assert read("") == (None, [])


def test_what_need_not_be_written() -> None:
    assert fine('address = "news@ward.example.org"') == NewsletterSettings(
        address="news@ward.example.org", every="month", via="file", per_minute=20, folder="INBOX",
        line=WARD.count("\n") + 2,
    )  # fmt: skip


def test_everything_that_can_be_written() -> None:
    settings = fine(
        SMTP + 'name = "Robin Sample"\nevery = "week"\nport = 587\ntls = "starttls"\n'
        'user = "robin"\nimap_host = "imap.example.org"\nimap_port = 993\nimap_tls = "tls"\n'
        'folder = "Newsletter"\nper_minute = 60\npictures = true\n'
        'unsubscribe = "https://lists.example.org/stop?t={token}"\n'
    )
    assert settings.outgoing == MailServer(
        host="smtp.example.org", port=587, tls="starttls", user="robin"
    )
    # The same account, unless another is named.
    assert settings.mailbox == MailServer(
        host="imap.example.org", port=993, tls="tls", user="robin"
    )
    assert (settings.every, settings.per_minute, settings.pictures) == ("week", 60, True)
    assert settings.unsubscribe == "https://lists.example.org/stop?t={token}"
    assert fine(SMTP + 'user = "a"\nimap_user = "b"\nimap_host = "h"').mailbox.user == "b"


@pytest.mark.parametrize(
    ("lines", "messages"),
    [
        ('via = "smtp"\naddress = "news@ward.example.org"',
         ['[newsletter] has no "host", which via = "smtp" needs']),
        ('via = "smtp"', ['[newsletter] has no "address", which via = "smtp" needs',
                          '[newsletter] has no "host", which via = "smtp" needs']),
        ('via = "listmonk"', ['[newsletter] has no "server", which via = "listmonk" needs',
                              '[newsletter] has no "audience", which via = "listmonk" needs']),
        ('via = "mailchimp"', ['[newsletter] has no "audience", which via = "mailchimp" needs']),
        ('via = "buttondown"', []),
        ('via = "file"', []),
        ('per_minute = 0', ['"per_minute" cannot be 0']),
        ('per_minute = 1001', ['"per_minute" cannot be 1001']),
        ('per_minute = 1000', []),
        ('port = 65536', ['"port" cannot be 65536']),
        ('imap_port = -1', ['"imap_port" cannot be -1']),
        (SMTP.replace("smtp.example.org", "https://smtp.example.org"),
         ['"host" cannot be "https://smtp.example.org"']),
        (SMTP + 'imap_host = "imap example"', ['"imap_host" cannot be "imap example"']),
        (f'unsubscribe = "{PLAIN}"', [f'"{PLAIN}" {NO_CLICK}']),
    ],
)  # fmt: skip
def test_what_cannot_work_is_reported(lines: str, messages: list[str]) -> None:
    assert stopped(lines) == messages


@pytest.mark.parametrize(
    ("lines", "start"),
    [
        ('via = "post"', '"via" cannot be "post"'),
        ('every = "year"', '"every" cannot be "year"'),
        ('tls = "ssl"', '"tls" cannot be "ssl"'),
        ('address = "news at ward"', '"news at ward" is not an e-mail address'),
        ('pictures = "yes"', '"pictures"'),
        ('port = "25"', '"port"'),
        ('hosst = "x"', 'there is no key called "hosst" in [newsletter]'),
    ],
)
def test_what_is_misspelt_is_reported(lines: str, start: str) -> None:
    messages = stopped(lines)
    assert len(messages) == 1, messages
    assert start in messages[0]


def test_each_message_names_its_line() -> None:
    (_, problems) = read(SMTP + "per_minute = 0\nport = 70000")
    first = WARD.count("\n") + 2
    assert {p.message: p.line for p in problems} == {
        '"per_minute" cannot be 0': first + 4, '"port" cannot be 70000': first + 5
    }  # fmt: skip


@pytest.mark.parametrize("key", ["password", "imap_password", "token"])
def test_a_password_is_left_to_the_rule_about_passwords(key: str) -> None:
    """That one says what to do; "there is no such key" would not."""
    assert stopped(f'{SMTP}{key} = "hunter2-and-more"') == []
