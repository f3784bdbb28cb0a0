"""Reads the mailbox, and keeps what the messages in it change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from wardblog.model import NewsletterSettings
from wardblog.office.network.mailbox import Mailbox, read_mailbox
from wardblog.office.passwords import mail_password
from wardblog.office.subscribers.address import address_key
from wardblog.office.subscribers.changes import MailChanges, apply_requests
from wardblog.office.subscribers.memory import MailMemory, load_memory, save_memory
from wardblog.office.subscribers.requests import request_in
from wardblog.office.subscribers.store import save_subscribers
from wardblog.office.subscribers.subscriber import SubscriberList
from wardblog.support.progress_bar import Watch


def read_requests(
    settings: NewsletterSettings,
    private: Path,
    subscribers: SubscriberList,
    today: date,
    watch: Watch,
) -> MailChanges:
    """Read what arrived, change the list and save it; nothing is sent.

    Messages that ask to join stay open until `keep_asked` says that they were answered. Raises
    `CommandError` if the mailbox cannot be read.
    """
    memory = load_memory(private)
    password = mail_password(settings.mailbox.user)
    mailbox = read_mailbox(
        settings.mailbox, password, settings.folder, memory.validity, memory.last, watch
    )
    accounts = (settings.address, settings.outgoing.user, settings.mailbox.user)
    own = {address_key(one) for one in accounts if one}
    requests = [r for mail in mailbox.messages if (r := request_in(mail, own)) is not None]
    changes = apply_requests(requests, subscribers, memory, today)
    save_subscribers(private, subscribers)
    _advance(memory, mailbox, changes)
    save_memory(private, memory)
    return changes


def _advance(memory: MailMemory, mailbox: Mailbox, changes: MailChanges) -> None:
    """The next run begins with the first message that is still open."""
    memory.validity = mailbox.validity
    memory.last = min([mailbox.last, *(mail.uid - 1 for mail in changes.open_mail)])
