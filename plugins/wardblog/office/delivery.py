"""Sends an issue to each subscriber by SMTP, and goes on where an earlier run ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from wardblog.model import NewsletterSettings
from wardblog.office.journal import FORGOTTEN, JournalEntry, JournalStep, SendingJournal
from wardblog.office.message import MailSender, newsletter_message
from wardblog.office.network.smtp import Delivery, DeliveryResult, SmtpAccount
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.subscribers.store import save_subscribers
from wardblog.office.subscribers.subscriber import Subscriber, SubscriberList, SubscriberState
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Watch

_STEPS = {
    DeliveryResult.SENT: JournalStep.SENT,
    DeliveryResult.REFUSED: JournalStep.REFUSED,
    DeliveryResult.LATER: JournalStep.LATER,
    DeliveryResult.REJECTED: JournalStep.NOT_SENT,
    DeliveryResult.NOT_SENT: JournalStep.NOT_SENT,
    DeliveryResult.UNKNOWN: JournalStep.UNKNOWN,
}
# These will never be sent again.
_DONE = (JournalStep.SENT, JournalStep.REFUSED, JournalStep.SET_ASIDE, JournalStep.TRYING,
         JournalStep.UNKNOWN)  # fmt: skip
# An address that accepts nothing now is tried in this many runs; others in none.
MOST_TRIES = 2
# After so many in a row, the reason is with us and not with the recipients.
_MOST_IN_A_ROW = 5
# Seconds before another connection is made after one was lost.
_PAUSES = (5, 30, 120)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPlan:
    """Who still has to receive an issue, and of whom it is unknown whether they did."""

    remaining: tuple[Subscriber, ...]
    sent: int
    unknown: tuple[JournalEntry, ...]


def plan_delivery(subscribers: SubscriberList, journal: SendingJournal) -> DeliveryPlan:
    """Leave out whoever received the issue, may have received it, or cannot receive it."""
    entries = [entry for entry in journal.entries.values() if entry.address != FORGOTTEN]
    unsure = (JournalStep.TRYING, JournalStep.UNKNOWN)
    return DeliveryPlan(
        remaining=tuple(
            one
            for one in subscribers.in_state(SubscriberState.CONFIRMED)
            if _is_due(journal.get(one.address))
        ),
        sent=sum(entry.step is JournalStep.SENT for entry in entries),
        unknown=tuple(entry for entry in entries if entry.step in unsure),
    )


def _is_due(entry: JournalEntry | None) -> bool:
    if entry is None:
        return True
    if entry.step is JournalStep.LATER:
        return entry.tries < MOST_TRIES
    return entry.step not in _DONE


@dataclass(slots=True, kw_only=True)
class IssueDelivery:
    """Sends one issue; `clock` gives the time, `sleep` waits for some seconds."""

    finished: FinishedIssue
    sender: MailSender
    settings: NewsletterSettings
    journal: SendingJournal
    account: SmtpAccount
    clock: Callable[[], datetime]
    sleep: Callable[[float], object]
    watch: Watch

    def run(self, recipients: Sequence[Subscriber]) -> None:
        """Send to each, at the provider's pace.

        Raises `CommandError` if sending cannot go on; everybody who is left out is in the journal.
        """
        trouble = 0
        for number, subscriber in enumerate(recipients):
            if number:
                self.sleep(60 / self.settings.per_minute)
            delivery = self._send(subscriber)
            self.watch("Sending the newsletter", number + 1, len(recipients))
            if delivery.result is DeliveryResult.REJECTED:
                raise _rejected(delivery)
            trouble = 0 if delivery.result is DeliveryResult.SENT else trouble + 1
            if trouble >= _MOST_IN_A_ROW:
                self._take_back(recipients[number + 1 - trouble : number + 1])
                raise _too_much_trouble(delivery)

    def _send(self, subscriber: Subscriber) -> Delivery:
        """Send one message; if the connection is lost before it was handed over, try again."""
        message = newsletter_message(
            self.finished, self.sender, subscriber, self.settings.unsubscribe, self.clock()
        )
        for pause in _PAUSES:
            self._connect()
            self.journal.add(JournalStep.TRYING, subscriber.address, self.clock())
            delivery = self.account.send(self.sender.address, subscriber.address, message)
            step = _STEPS[delivery.result]
            self.journal.add(step, subscriber.address, self.clock(), delivery.reason)
            if delivery.result is not DeliveryResult.NOT_SENT:
                return delivery
            self.sleep(pause)
        raise CommandError(
            "The mail server closes the connection before it accepts a message",
            "Run the same command again later; it continues with the rest.",
        )

    def _connect(self) -> None:
        """Connect again if the connection was lost, after a while if it does not work at once."""
        for pause in _PAUSES:
            try:
                self.account.connect()
            except CommandError:
                self.sleep(pause)
            else:
                return
        self.account.connect()

    def _take_back(self, recipients: Iterable[Subscriber]) -> None:
        """Whoever was refused in a row may be refused because of us, so it does not count."""
        for subscriber in recipients:
            entry = self.journal.get(subscriber.address)
            if entry is not None and entry.step in (JournalStep.REFUSED, JournalStep.LATER):
                self.journal.add(
                    JournalStep.NOT_SENT, subscriber.address, self.clock(), entry.reason
                )


def set_aside_refused(
    private: Path, subscribers: SubscriberList, journal: SendingJournal, moment: datetime
) -> list[Subscriber]:
    """Set aside the addresses that do not work, save the list, and return them."""
    refused = []
    for entry in [e for e in journal.entries.values() if e.step is JournalStep.REFUSED]:
        subscriber = subscribers.get(entry.address)
        if subscriber is not None and subscriber.state is SubscriberState.CONFIRMED:
            subscriber = replace(
                subscriber,
                state=SubscriberState.SET_ASIDE,
                date=moment.date(),
                reason=entry.reason,
            )
            subscribers.put(subscriber)
            refused.append(subscriber)
            save_subscribers(private, subscribers)
        if entry.address != FORGOTTEN:
            journal.add(JournalStep.SET_ASIDE, entry.address, moment, entry.reason)
    return refused


def _rejected(delivery: Delivery) -> CommandError:
    return CommandError(
        f"The mail server refuses what we send: {delivery.reason}",
        "Ask your provider what it means, or try again tomorrow: there may be a limit for each "
        "day. The same command continues with the rest.",
    )


def _too_much_trouble(delivery: Delivery) -> CommandError:
    return CommandError(
        f"{_MOST_IN_A_ROW} messages in a row could not be sent. The last answer was: "
        f"{delivery.reason}",
        "Ask your provider what it means. The same command continues with the rest.",
    )
