"""Reads [answers] in ward.toml: where residents send answers to questions."""

from __future__ import annotations

from wardblog.content.newsletter import check_host, mailbox_of
from wardblog.content.toml.table import Table
from wardblog.model import AnswerSettings, NewsletterSettings
from wardblog.privacy.secrets import is_called_secret

_DEFAULTS = AnswerSettings()
_MOST_DAYS = 366


def read_answering(
    table: Table, mailing: NewsletterSettings | None, councillor: str
) -> AnswerSettings:
    """The settings; what is missing is that of the newsletter, else `councillor`, an address."""
    usual = mailing or NewsletterSettings()
    address = table.email("address")
    mailbox = mailbox_of(table)
    check_host(table, "imap_host", mailbox)
    if not address and not mailbox.host:
        mailbox = usual.mailbox
    settings = AnswerSettings(
        address=address or usual.address or councillor,
        mailbox=mailbox,
        folder=table.text("folder", usual.folder),
        keep_days=_keep_days(table),
        me_too=table.yes_or_no("me_too") is not False,
    )
    table.leave(*filter(is_called_secret, table.values))  # they are reported as secrets
    table.finish()
    return settings


def _keep_days(table: Table) -> int:
    days = table.number("keep_days", _DEFAULTS.keep_days)
    if 1 <= days <= _MOST_DAYS:
        return days
    table.report.stop(
        table.line("keep_days"),
        f'"keep_days" cannot be {days}',
        f"Write for how many days answers are kept after a question has closed, from 1 to "
        f"{_MOST_DAYS}: keep_days = 30",
    )
    return _DEFAULTS.keep_days
