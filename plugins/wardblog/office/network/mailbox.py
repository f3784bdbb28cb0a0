"""Reads a mailbox by IMAP; nothing in it is moved, deleted or marked as read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import getaddresses, parseaddr
from typing import TYPE_CHECKING

from wardblog.model import MailServer
from wardblog.office.mail_headers import received_time
from wardblog.office.network.open_folder import opened_folder
from wardblog.office.subscribers.mail import ReceivedMail, clean_message_id
from wardblog.office.subscribers.mail_text import text_of_html
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Watch

if TYPE_CHECKING:
    from imap_tools import BaseMailBox, MailMessage

# Longer messages have attachments; only their headers are read.
_LONGEST = 1_000_000
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The messages of a folder from some UID on, oldest first; `last` is the highest UID seen."""

    validity: int
    last: int
    messages: Sequence[ReceivedMail]


def read_mailbox(
    server: MailServer, password: str, folder: str, validity: int, last: int, watch: Watch
) -> Mailbox:
    """Read what arrived after the message `last`, or all if the folder was recreated.

    Raises `CommandError`.
    """
    with opened_folder(server, password, folder) as box:
        current = box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"]
        after = last if current == validity else 0
        messages = list(_messages(box, after, watch))
    highest = max([after, *(mail.uid for mail in messages)])
    return Mailbox(current, highest, messages)


def _messages(box: BaseMailBox, after: int, watch: Watch) -> Iterator[ReceivedMail]:
    """Read the headers of all messages, then the text of those that are short enough."""
    heads = [
        head
        for head in box.fetch(
            f"UID {after + 1}:*", None, mark_seen=False, headers_only=True, bulk=_AT_ONCE
        )
        if int(head.uid or 0) > after  # "5:*" has the last message even if its UID is lower
    ]
    heads.sort(key=lambda head: int(head.uid or 0))
    done = 0
    for part in _parts(heads):
        short = [head.uid for head in part if head.uid and head.size_rfc822 <= _LONGEST]
        whole = _whole(box, short)
        for head in part:
            yield _readable(whole.get(head.uid, head), is_whole=head.uid in whole)
        done += len(part)
        watch("Reading the mailbox", done, len(heads))


def _parts(heads: Sequence[MailMessage]) -> Iterable[Sequence[MailMessage]]:
    return (heads[i : i + _AT_ONCE] for i in range(0, len(heads), _AT_ONCE))


def _whole(box: BaseMailBox, uids: Sequence[str]) -> dict[str | None, MailMessage]:
    """The messages with their texts; those that Python cannot take apart are left out."""
    if not uids:
        return {}
    try:
        found = list(box.fetch(uid_list=uids, mark_seen=False, bulk=_AT_ONCE))
    except (RecursionError, ValueError, LookupError):
        if len(uids) == 1:
            return {}
        half = len(uids) // 2
        return {**_whole(box, uids[:half]), **_whole(box, uids[half:])}
    return {message.uid: message for message in found}


def _readable(message: MailMessage, *, is_whole: bool) -> ReceivedMail:
    """A message, or as much of it as can be read: strangers write anything."""
    try:
        mail = _received(message)
    except Exception:  # noqa: BLE001 - no stranger's message may keep others from being read
        return _by_its_headers(message)
    return mail if is_whole else replace(mail, is_in_part=True)


def _by_its_headers(message: MailMessage) -> ReceivedMail:
    """A message of which nothing is decoded."""
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in message.obj.raw_items():
        key = name.casefold()
        headers[key] = (*headers.get(key, ()), _sound(str(value)))
    _, sender = parseaddr(next(iter(headers.get("from", ())), ""))
    return ReceivedMail(
        uid=int(message.uid or 0),
        sender=sender,
        subject=" ".join(next(iter(headers.get("subject", ())), "").split()),
        text="",
        message_id=clean_message_id(" ".join(headers.get("message-id", ()))),
        received=_time(headers),
        headers=headers,
        is_in_part=True,
    )


def _sound(words: str) -> str:
    """Words without half characters, which could not be written."""
    return words.encode("utf-8", "replace").decode()


def _received(message: MailMessage) -> ReceivedMail:
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in message.obj.items():
        key = name.casefold()
        headers[key] = (*headers.get(key, ()), _sound(str(value)))
    senders = [address for _, address in getaddresses(list(headers.get("from", ())))]
    return ReceivedMail(
        uid=int(message.uid or 0),
        sender=senders[0] if len(senders) == 1 else "",
        subject=" ".join(_sound(message.subject).split()),
        text=_sound(message.text or text_of_html(message.html)),
        message_id=clean_message_id(" ".join(headers.get("message-id", ()))),
        received=_time(headers),
        headers=headers,
    )


def _time(headers: Mapping[str, Sequence[str]]) -> datetime:
    received, dates = headers.get("received", ()), headers.get("date", ())
    return received_time(received, dates[:1]) or datetime.now(UTC)
