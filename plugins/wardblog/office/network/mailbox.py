"""Reads a mailbox by IMAP; nothing in it is moved, deleted or marked as read."""

from __future__ import annotations

import imaplib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from wardblog.model import MailServer
from wardblog.office.network.connections import (
    IMAP_PORTS,
    PATIENCE,
    check_encryption,
    login_refused,
    port_of,
    tls_context,
    unreachable,
)
from wardblog.office.subscribers.mail import ReceivedMail, clean_message_id
from wardblog.office.subscribers.mail_text import text_of_html
from wardblog.problems import CommandError
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
    """Read what arrived after the message `last`, or all if the folder was made anew.

    Raises `CommandError`.
    """
    # late import: see docs/architecture.md
    from imap_tools import ImapToolsError
    from imap_tools.errors import MailboxFolderStatusError, MailboxLoginError

    check_encryption(server)
    try:
        with _opened(server) as box:
            box.login(server.user, password, initial_folder=None)
            box.folder.set(folder, readonly=True)
            current = box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"]
            after = last if current == validity else 0
            messages = list(_messages(box, after, watch))
    except MailboxLoginError:
        raise login_refused(server) from None
    except MailboxFolderStatusError:
        raise _no_folder(server, folder) from None
    except ImapToolsError:
        raise _no_folder(server, folder) from None
    except (OSError, imaplib.IMAP4.error) as error:
        raise unreachable(server, error) from None
    highest = max([after, *(mail.uid for mail in messages)])
    return Mailbox(current, highest, messages)


def _no_folder(server: MailServer, folder: str) -> CommandError:
    return CommandError(
        f'The folder "{folder}" cannot be read at {server.host}',
        'Check "folder" in [newsletter] in ward.toml. The usual one is "INBOX".',
    )


def _opened(server: MailServer) -> BaseMailBox:
    # late import: see docs/architecture.md
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    port = port_of(server, IMAP_PORTS)
    if server.tls == "none":
        return MailBoxUnencrypted(server.host, port, timeout=PATIENCE)
    kind = MailBox if server.tls == "tls" else MailBoxStartTls
    return kind(server.host, port, timeout=PATIENCE, ssl_context=tls_context())


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
        received=_time(headers.get("received", ()), headers.get("date", ())),
        headers=headers,
        is_in_part=True,
    )


def _sound(words: str) -> str:
    """Words without what is no letter, which nothing could write."""
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
        received=_time(headers.get("received", ()), headers.get("date", ())),
        headers=headers,
    )


def _time(received: Sequence[str], dates: Sequence[str]) -> datetime:
    """When our server took the message, as it wrote above all others; else what the sender says."""
    for words in (*(line.rpartition(";")[2] for line in received[:1]), *dates[:1]):
        try:
            moment = parsedate_to_datetime(words.strip())
        except (ValueError, OverflowError, TypeError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.now(UTC)
