"""Counts the answers in messages: of each sender the last one, and none that a program wrote."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from wardblog.office.answers.asked import AskedPost
from wardblog.office.answers.authentication import failed_checks
from wardblog.office.answers.count import Aside, CodeCount, LastAnswers
from wardblog.office.answers.mail_heads import MailHead, mail_of
from wardblog.office.answers.senders import Senders, normalised
from wardblog.office.answers.unknown_codes import UnknownCodes
from wardblog.office.answers.written import answers_in
from wardblog.office.subscribers.mail import (
    ReceivedMail,
    is_automatic_reply,
    is_bounce,
    is_bulk,
    is_from_a_list,
)


class MailCount:
    """Takes one message after the other; of senders, only digests are in memory.

    `own` are our own addresses, `codes` those of all posts. `seen` is how many messages there were,
    and `unknown` has those with the code of no post.
    """

    def __init__(
        self, asked: Mapping[str, AskedPost], own: Collection[str], codes: Collection[str] = ()
    ) -> None:
        self._asked = asked
        self._own = frozenset(map(normalised, own))
        self._senders = Senders()
        self._answers = {code: LastAnswers(one) for code, one in asked.items()}
        self._found: set[str] = set()
        self.seen = 0
        self.unknown = UnknownCodes((*asked, *codes))

    def add(self, head: MailHead) -> None:
        self.seen += 1
        mail = mail_of(head)
        answers = answers_in(mail.subject, self._asked)
        if not answers:
            self.unknown.look_at(mail.subject)
            return
        self._found.update(answers)
        why = why_set_aside(mail, self._own)
        is_unverified = failed_checks(mail.headers)
        who = self._senders.digest(mail.sender)
        for code, key in answers.items():
            taken = self._answers[code]
            if why or not key:
                taken.aside[why or Aside.UNCLEAR] += 1
            else:
                taken.add(who, key, mail.received, is_unverified=is_unverified)

    def result(self, *, only_found: bool = False) -> dict[str, CodeCount]:
        """The counts by code; with `only_found`, without codes that no message had."""
        codes = self._found if only_found else self._answers
        return {code: one.result() for code, one in self._answers.items() if code in codes}


def why_set_aside(mail: ReceivedMail, own: Collection[str]) -> Aside | None:
    """Why a message is not the answer of a person, whatever its subject; None if it may be."""
    if is_bounce(mail):
        return Aside.BOUNCE
    if is_automatic_reply(mail) or mail.header("auto-submitted") not in ("", "no"):
        return Aside.AUTOMATIC
    if is_from_a_list(mail) or is_bulk(mail) or mail.headers.get("list-unsubscribe"):
        return Aside.LIST
    if not mail.sender:
        return Aside.NO_SENDER
    return Aside.OWN if normalised(mail.sender) in own else None
