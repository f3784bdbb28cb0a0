"""Asks whoever wants the newsletter to confirm it, from the same address (double opt-in)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field, replace
from datetime import datetime
from pathlib import Path
from textwrap import fill, indent

from wardblog.model import NewsletterSettings, Site
from wardblog.model.newsletter import STOP
from wardblog.office.message import MailSender, plain_message, sender_of
from wardblog.office.network.smtp import DeliveryResult, SmtpAccount
from wardblog.office.passwords import mail_password
from wardblog.office.subscribers.changes import UNANSWERED
from wardblog.office.subscribers.memory import load_memory, save_memory
from wardblog.office.subscribers.requests import MailRequest
from wardblog.office.subscribers.store import save_subscribers
from wardblog.office.subscribers.subscriber import (
    Subscriber,
    SubscriberList,
    SubscriberState,
    new_token,
)
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Watch


@dataclass(frozen=True, slots=True)
class AskedResult:
    """How many were asked, and the addresses that were not, with the reason."""

    sent: int
    failed: dict[str, str] = field(default_factory=dict)


def consent_wording(title: str) -> str:
    """What a subscriber agrees to; it is kept with the address."""
    return (
        f"I want to receive the newsletter of {title} by e-mail at this address, until I ask to "
        "stop."
    )


def confirmation_message(
    site: Site, sender: MailSender, subscriber: Subscriber, moment: datetime
) -> bytes:
    """The message that asks to confirm; its Message-ID is new for each token."""
    text = f"""\
Somebody asked, from this address, for the newsletter of
{sender.title}.

To receive it, reply to this message. You need not write anything, but
please leave the subject as it is. By replying you say:

{indent(fill(subscriber.consent, 66), "    ")}

If it was not you, please ignore this message. You will not receive the
newsletter, and we delete your address after {UNANSWERED.days} days.

You can stop at any time: write to {sender.address}
with the words “{STOP}” as the subject.

{sender.title}: {site.url}
{fill(site.imprint.sentence, 72)}
"""
    return plain_message(
        sender,
        subscriber.address,
        f"Please confirm that you want our newsletter ({subscriber.token})",
        text,
        moment,
        subscriber.message_id,
        f"{subscriber.address}\n{subscriber.token}",
    )


def ask_to_confirm(
    requests: Iterable[MailRequest],
    settings: NewsletterSettings,
    site: Site,
    private: Path,
    subscribers: SubscriberList,
    clock: Callable[[], datetime],
    sleep: Callable[[float], object],
    watch: Watch,
) -> AskedResult:
    """Send each a message to confirm, at the provider's pace.

    Before each message the list is saved, so that a kill cannot make anybody receive two. Raises
    `CommandError` if the server cannot be used.
    """
    waiting = list(requests)
    sender = sender_of(settings, site)
    account = SmtpAccount(settings.outgoing, mail_password(settings.outgoing.user))
    sent, failed = 0, dict[str, str]()
    try:
        account.connect()
        for number, request in enumerate(waiting):
            if number:
                sleep(60 / settings.per_minute)
            reason = _ask(request, account, sender, site, private, subscribers, clock())
            if reason:
                failed[request.address] = reason
            else:
                sent += 1
            watch("Asking to confirm", number + 1, len(waiting))
    finally:
        account.close()
    return AskedResult(sent, failed)


def _ask(
    request: MailRequest,
    account: SmtpAccount,
    sender: MailSender,
    site: Site,
    private: Path,
    subscribers: SubscriberList,
    moment: datetime,
) -> str:
    """Ask one; returns why it did not work, or ""."""
    before = subscribers.get(request.address)
    asked = Subscriber(
        address=before.address if before else request.address,
        state=SubscriberState.ASKED,
        date=moment.date(),
        consent=consent_wording(sender.title),
        message_id=request.mail.message_id,
        token=new_token(),
        asked=moment.date(),
    )
    subscribers.put(asked)
    save_subscribers(private, subscribers)
    message = confirmation_message(site, sender, asked, moment)
    delivery = account.send(sender.address, asked.address, message)
    if delivery.result in (DeliveryResult.SENT, DeliveryResult.UNKNOWN):
        _mark_handled(private, request)
        return ""
    if delivery.result is DeliveryResult.REFUSED:
        _mark_handled(private, request)
        subscribers.put(
            replace(asked, state=SubscriberState.SET_ASIDE, token="", reason=delivery.reason)
        )
    elif before is None:
        subscribers.remove(asked.address)
    else:
        subscribers.put(before)
    save_subscribers(private, subscribers)
    if delivery.result is DeliveryResult.REJECTED:
        raise CommandError(
            f"The mail server refuses what we send: {delivery.reason}",
            "Ask your provider what it means. Nothing else was sent.",
        )
    return delivery.reason


def _mark_handled(private: Path, request: MailRequest) -> None:
    memory = load_memory(private)
    memory.handle(request.mail)
    save_memory(private, memory)
