"""Sends a finished issue, after the councillor has seen how many people it goes to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from wardblog.model import NewsletterSettings, Site
from wardblog.model.events import LONDON
from wardblog.office.delivery import DeliveryPlan, IssueDelivery, plan_delivery, set_aside_refused
from wardblog.office.journal import JournalEntry, SendingJournal, journal_path
from wardblog.office.message import issue_digest, sender_of
from wardblog.office.network.services import create_draft
from wardblog.office.network.smtp import SmtpAccount
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.newsletter.mail_file import mail_files
from wardblog.office.passwords import mail_password
from wardblog.office.subscribers.reading import read_requests
from wardblog.office.subscribers.store import (
    SUBSCRIBERS_FILE,
    load_subscribers,
    save_subscribers,
    subscribers_locked,
)
from wardblog.office.subscribers.subscriber import (
    Subscriber,
    SubscriberList,
    SubscriberState,
    new_token,
)
from wardblog.problems import CommandError, display_path
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Watch
from wardblog.text.words import counted

# Remembers that an issue was sent: the private folder, the name of the issue, and when.
MarkSent = Callable[[Path, str, datetime], object]


def _mark_sent(private: Path, name: str, moment: datetime) -> None:
    # late import: see docs/architecture.md
    from wardblog.office.newsletter.record import mark_sent

    mark_sent(private, name, moment)


def _now() -> datetime:
    return datetime.now(LONDON)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingEnvironment:
    """The clock, how to wait, and what remembers that an issue was sent."""

    clock: Callable[[], datetime] = _now
    sleep: Callable[[float], object] = time.sleep
    mark_sent: MarkSent = _mark_sent


_ENVIRONMENT = SendingEnvironment()


def send(
    finished: FinishedIssue,
    settings: NewsletterSettings,
    site: Site,
    private: Path,
    confirm: Callable[[str], bool],
    say: Callable[[str], None],
    watch: Watch,
    around: SendingEnvironment = _ENVIRONMENT,
) -> None:
    """Send an issue in the way that [newsletter] names, or prepare it for another program.

    Says how many people it goes to and how, and asks `confirm`, whose argument ends the question.
    `say` shows a sentence. Raises `CommandError`; if it was refused, nothing was sent.
    """
    if settings.via == "smtp":
        with subscribers_locked(private):
            _SmtpSending(finished, settings, site, private, confirm, say, watch, around).run()
    elif settings.via == "file":
        _by_hand(finished, private, confirm, say, around)
    else:
        _as_draft(finished, settings, site, private, confirm, say, around)


class _SmtpSending:
    """Sending by SMTP: what was asked for, who is left, the question, and the messages."""

    def __init__(
        self,
        finished: FinishedIssue,
        settings: NewsletterSettings,
        site: Site,
        private: Path,
        confirm: Callable[[str], bool],
        say: Callable[[str], None],
        watch: Watch,
        around: SendingEnvironment,
    ) -> None:
        self.finished, self.settings, self.private = finished, settings, private
        self.confirm, self.say, self.watch, self.around = confirm, say, watch, around
        self.sender = sender_of(settings, site)

    def run(self) -> None:
        server = self.settings.outgoing
        # Whatever could prevent it is said before the question.
        account = SmtpAccount(server, mail_password(server.user))
        subscribers = load_subscribers(self.private)
        self._read_requests(subscribers)
        _give_tokens(self.private, subscribers)
        digest = issue_digest(self.finished, self.sender)
        path = journal_path(self.private, self.finished.name)
        with closing(SendingJournal(path, digest)) as journal, closing(account):
            self._set_aside(subscribers, journal)  # a kill may have prevented it
            plan = plan_delivery(subscribers, journal)
            self._name_unknown(plan.unknown)
            if plan.remaining and not journal.is_finished:
                self._ask(plan, subscribers)
                self._send(plan, subscribers, journal, account)
            elif not journal.entries:
                raise CommandError(
                    "Nobody has confirmed that they want the newsletter, so nothing was sent",
                    'Run "make subscribers" to see who asked for it.',
                )
            else:
                self.say(f"This newsletter has been sent to {counted(plan.sent, 'subscriber')}.")
            self._finish(plan, subscribers, journal)

    def _read_requests(self, subscribers: SubscriberList) -> None:
        """A request to stop counts from now on, so the mailbox is read first."""
        if not self.settings.mailbox.host:
            return
        changes = read_requests(
            self.settings, self.private, subscribers, self.around.clock().date(), self.watch
        )
        if changes.stopped:
            self.say(f"{counted(len(changes.stopped), 'subscriber')} asked to stop.")
        if changes.joined:
            self.say(f"{counted(len(changes.joined), 'subscriber')} confirmed.")

    def _name_unknown(self, entries: Iterable[JournalEntry]) -> None:
        for entry in entries:
            reason = entry.reason or "sending was interrupted at that moment"
            self.say(
                f"Whether {entry.address} received this newsletter is unknown: {reason} "
                f"({entry.time}). It is not sent there again."
            )

    def _ask(self, plan: DeliveryPlan, subscribers: SubscriberList) -> None:
        server, number = self.settings.outgoing, len(plan.remaining)
        minutes = number // self.settings.per_minute
        takes = f"about {counted(minutes, 'minute')}" if minutes else "less than a minute"
        before = f" {counted(plan.sent, 'subscriber')} received it before." if plan.sent else ""
        aside = len(subscribers.in_state(SubscriberState.SET_ASIDE))
        left_out = f" {counted(aside, 'address', 'addresses')} set aside." if aside else ""
        self.say(
            f"“{self.finished.subject}” goes to {counted(number, 'subscriber')}, "
            f"one message each, from {self.sender.address} through {server.host}. "
            f"At {self.settings.per_minute:,} a minute, this takes "
            f"{takes}.{before}{left_out} Its links work only if the site has been published."
            f"{_unread(self.settings)}"
        )
        if not self.confirm(f"to send it to {counted(number, 'subscriber')}"):
            raise CommandError("Nothing was sent")

    def _send(
        self,
        plan: DeliveryPlan,
        subscribers: SubscriberList,
        journal: SendingJournal,
        account: SmtpAccount,
    ) -> None:
        account.connect()
        delivery = IssueDelivery(
            finished=self.finished,
            sender=self.sender,
            settings=self.settings,
            journal=journal,
            account=account,
            clock=self.around.clock,
            sleep=self.around.sleep,
            watch=self.watch,
        )
        try:
            delivery.run(plan.remaining)
        finally:
            self._set_aside(subscribers, journal)
            sent = plan_delivery(subscribers, journal).sent - plan.sent
            self.say(f"Sent to {counted(sent, 'subscriber')}.")

    def _set_aside(self, subscribers: SubscriberList, journal: SendingJournal) -> None:
        moment = self.around.clock()
        refused = set_aside_refused(self.private, subscribers, journal, moment)
        if not refused:
            return
        lines = "\n".join(f"  {one.address}: {one.reason}" for one in refused)
        where = display_path(self.private / SUBSCRIBERS_FILE)
        self.say(
            f"Set aside, since these addresses do not work:\n{lines}\n"
            'If one of them works after all, write "confirmed" instead of "set aside" in its line '
            f"of {where}."
        )

    def _finish(
        self, before: DeliveryPlan, subscribers: SubscriberList, journal: SendingJournal
    ) -> None:
        plan = plan_delivery(subscribers, journal)
        named = {entry.address for entry in before.unknown}
        self._name_unknown(entry for entry in plan.unknown if entry.address not in named)
        if plan.remaining and not journal.is_finished:
            self._name_remaining(plan.remaining, journal)
            return
        moment = self.around.clock()
        if not journal.is_finished:
            journal.finish(moment)
        self.around.mark_sent(self.private, self.finished.name, moment)

    def _name_remaining(self, remaining: tuple[Subscriber, ...], journal: SendingJournal) -> None:
        entries = [entry for one in remaining if (entry := journal.get(one.address))]
        lines = "\n".join(f"  {entry.address}: {entry.reason}" for entry in entries)
        self.say(
            f"{counted(len(remaining), 'address', 'addresses')} accepted no mail just now:\n"
            f"{lines}\n"
            "Run the same command again in an hour or two to try them once more."
        )


def _unread(settings: NewsletterSettings) -> str:
    """A warning if nobody reads the requests to stop."""
    if settings.mailbox.host:
        return ""
    return (
        " The mailbox is not read, since [newsletter] has no imap_host: remove by hand anybody "
        "who asked to stop."
    )


def _give_tokens(private: Path, subscribers: SubscriberList) -> None:
    """Somebody who was added by hand has no token yet with which to stop."""
    without = [s for s in subscribers.in_state(SubscriberState.CONFIRMED) if not s.token]
    for subscriber in without:
        subscribers.put(replace(subscriber, token=new_token()))
    if without:
        save_subscribers(private, subscribers)


def _by_hand(
    finished: FinishedIssue,
    private: Path,
    confirm: Callable[[str], bool],
    say: Callable[[str], None],
    around: SendingEnvironment,
) -> None:
    """Say where the files are that another program can send."""
    files = mail_files(finished.name, private)
    where = " and ".join(display_path(path) for path in files)
    say(
        f'The newsletter is in {where}. Nothing is sent from here (via = "file" in [newsletter] in '
        "ward.toml).\nSend it with a program or service of your choice, only to people who asked "
        "for it, and so that none of them sees the addresses of the others (Bcc)."
    )
    if not confirm("once you have sent it, so that the next newsletter begins after it"):
        raise CommandError("The newsletter is not marked as sent", "Run this again when it is.")
    around.mark_sent(private, finished.name, around.clock())


def _as_draft(
    finished: FinishedIssue,
    settings: NewsletterSettings,
    site: Site,
    private: Path,
    confirm: Callable[[str], bool],
    say: Callable[[str], None],
    around: SendingEnvironment,
) -> None:
    """Create a draft at a service, which the councillor sends from there."""
    say(
        f"“{finished.subject}” becomes a draft at {settings.via}. The service has your list of "
        "subscribers. Nothing is sent before you press “Send” there."
    )
    if not confirm(f"to create the draft at {settings.via}"):
        raise CommandError("No draft was created")
    draft = create_draft(finished, settings, sender_of(settings, site))
    say(f"The draft is at {draft.where}. Look at it, and send it from there.")
    around.mark_sent(private, finished.name, around.clock())
