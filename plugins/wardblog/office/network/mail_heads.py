"""Reads the headers of a mailbox by IMAP, and nothing else; no message is marked as read."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from wardblog.model import MailServer
from wardblog.office.answers.mail_heads import FIELDS, MOST_BYTES, MailHead
from wardblog.office.network.open_folder import opened_folder
from wardblog.support.late_regex import late_regex
from wardblog.support.progress_bar import Watch

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

# So many numbers of messages are well within the length that servers accept for a line.
_AT_ONCE = 500
# In BODY.PEEK, "<0.n>" is for the first n bytes: a stranger's header may be of any length.
_WANTED = f"(INTERNALDATE BODY.PEEK[HEADER.FIELDS ({' '.join(sorted(FIELDS))})]<0.{MOST_BYTES}>)"
_RECEIVED = late_regex(rb'INTERNALDATE "([^"]*)"')
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def read_heads(
    server: MailServer, password: str, folder: str, since: date, watch: Watch
) -> Iterator[MailHead]:
    """The heads of the messages received since a day, in the order in which they arrived.

    Those that are marked as deleted are left out.

    Raises `CommandError`, also in the middle if the connection ends.
    """
    with opened_folder(server, password, folder) as box:
        day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        uids = sorted(box.uids(f"UNDELETED SINCE {day}", None), key=int)
        for at in range(0, len(uids), _AT_ONCE):
            yield from _heads(box, uids[at : at + _AT_ONCE])
            watch("Reading the mailbox", min(at + _AT_ONCE, len(uids)), len(uids))


def _heads(box: BaseMailBox, uids: list[str]) -> Iterator[MailHead]:
    """A message is a pair of what is before its header and the header, and then what is after."""
    status, found = box.client.uid("FETCH", ",".join(uids), _WANTED)
    if status != "OK":
        raise imaplib.IMAP4.error("the server refuses to show headers")
    for number, part in enumerate(found):
        if isinstance(part, tuple):
            yield MailHead(part[1], _received(part[0], found[number + 1 : number + 2]))


def _received(before: bytes, after: list[Any]) -> datetime | None:
    """When the server took the message, as it says beside the header."""
    for words in (before, *(part for part in after if isinstance(part, bytes))):
        if match := _RECEIVED.search(words):
            try:
                moment = parsedate_to_datetime(match[1].decode("ascii", "replace"))
            except (ValueError, TypeError):
                return None
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
