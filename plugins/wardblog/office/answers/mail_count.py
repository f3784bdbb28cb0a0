"""Counts the answers in messages: of each sender the last one, and none that a program wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime

from wardblog.model.events import LONDON
from wardblog.office.answers.asked import AskedPost
from wardblog.office.answers.authentication import Check, checked
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
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What a message answers, and who sent it, as a digest."""

    code: str
    who: bytes
    key: str
    received: datetime
    check: Check


class MailCount:
    """Takes one message after the other; of senders, only digests are in memory.

    `own` are our own addresses, `codes` those of all posts. `seen` is how many messages there were,
    `unknown` has those with the code of no post, and `uncoded` is how many people wrote without any
    code. `unclear` has the days on which those arrived, by code, that name no answer or two.
    """

    def __init__(
        self, asked: Mapping[str, AskedPost], own: Collection[str], codes: Collection[str] = ()
    ) -> None:
        self._asked = asked
        self._own = frozenset(map(normalised, own))
        self._senders = Senders()
        self._answers: list[_Answer] = []
        self._aside: dict[str, Counter[Aside]] = {code: Counter() for code in asked}
        self._found: set[str] = set()
        self.unclear: dict[str, list[date]] = {}
        self.seen = 0
        self.uncoded = 0
        self.unknown = UnknownCodes((*asked, *codes))

    def add(self, head: MailHead) -> None:
        self.seen += 1
        mail = mail_of(head)
        answers = answers_in(mail.subject, self._asked)
        why = why_set_aside(mail, self._own)
        if not answers and not self.unknown.has(mail.subject):
            self.uncoded += why is None
        self._found.update(answers)
        for code, key in answers.items():
            if why or not key:
                self._aside[code][why or Aside.UNCLEAR] += 1
            else:
                who = self._senders.digest(mail.sender)
                check = checked(mail.headers, mail.sender)
                self._answers.append(
                    _Answer(code=code, who=who, key=key, received=mail.received, check=check)
                )
            if not why and not key:
                self.unclear.setdefault(code, []).append(mail.received.astimezone(LONDON).date())

    def result(self, *, only_found: bool = False) -> dict[str, CodeCount]:
        """The counts by code; with `only_found`, without codes that no message had."""
        taken = {code: LastAnswers(one) for code, one in self._asked.items()}
        is_unverified = self._unverified()
        for one in self._answers:
            taken[one.code].add(one.who, one.key, one.received, is_unverified=is_unverified(one))
        for code, aside in self._aside.items():
            taken[code].aside.update(aside)
        return {
            code: one.result()
            for code, one in taken.items()
            if code in self._found or not only_found
        }

    def _unverified(self) -> Callable[[_Answer], bool]:
        """Judges whether an answer may be of somebody else than its sender.

        If the provider checks messages, one that it has not checked may be. One of which it knows
        nothing replaces none of the same sender that passed.
        """
        missing = sum(one.check is Check.MISSING for one in self._answers)
        has_checks = missing * 2 < len(self._answers)
        proven = {(one.code, one.who) for one in self._answers if one.check is Check.PASSED}

        def is_unverified(one: _Answer) -> bool:
            if one.check is Check.MISSING:
                return has_checks
            is_known = has_checks and (one.code, one.who) in proven
            return one.check.is_failed or (one.check is Check.UNKNOWN and is_known)

        return is_unverified


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
