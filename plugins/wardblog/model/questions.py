"""Questions to residents: their possible answers, what came of them, and published replies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import Enum

from wardblog.model.newsletter import MailServer
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import host_of

# While a question is open, fewer answers than this are not told apart.
FEWEST_ANSWERS = 10
# After it has closed, fewer answers than this are not told apart either.
FEWEST_WHEN_CLOSED = 5
# How many answers a question may have to choose from.
FEWEST_CHOICES, MOST_CHOICES = 2, 6
# From so many people on, residents see how many others have the same problem.
FEWEST_ME_TOO = 5
# The key by which "me too" is counted; no answer can have it.
ME_TOO = "ME-TOO"
# What no answer can be called: by hand "me too" is also written so, and the files of counts have
# rows with the other two.
NO_KEYS = frozenset((ME_TOO, "METOO", "ME", "ALL", "UNVERIFIED"))


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers to choose from; `key` is what residents write, such as `A`."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class PublishedReply:
    """What somebody wrote about a post, published with consent; `who` is in their own words."""

    moment: datetime
    who: str
    words: str

    @property
    def day(self) -> date:
        return self.moment.date()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done after the question closed; without a time, at the beginning of its day."""

    moment: datetime
    words: str

    @property
    def day(self) -> date:
        return self.moment.date()


def form_host(form: str) -> str:
    """The host of a form's address, in the letters that browsers ask for (IDNA2008, RFC 5891)."""
    labels = host_of(form).split(".")
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels
    )


class Channel(Enum):
    """How an answer came; the value is its name in the files of counts."""

    EMAIL = "e-mail"
    PAPER = "paper"
    FORM = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCounts:
    """How many chose each answer of a question, as far as it is published.

    `answers` has a number for each key of an answer, and `channels` the number of all answers that
    came in one way. What was chosen in one way is not told apart: if one slip came in, it would
    show what that person chose. Both are empty while there are fewer than `FEWEST_ANSWERS` and the
    question is open (`is_hidden`). `unverified` are answers by e-mail that failed the provider's
    checks; they are in no other number. `day` is when the answers were counted for the last time,
    and `days` when those of each channel were.
    """

    code: str
    day: date | None = None
    answers: Mapping[str, int] = field(default_factory=dict, hash=False)
    channels: Mapping[Channel, int] = field(default_factory=dict, hash=False)
    days: Mapping[Channel, date] = field(default_factory=dict, hash=False)
    unverified: int = 0
    is_hidden: bool = False

    def of(self, key: str) -> int:
        """How many chose an answer, over all channels."""
        return self.answers.get(key, 0)

    def by(self, channel: Channel) -> int:
        """How many answers came in one way."""
        return self.channels.get(channel, 0)

    @property
    def total(self) -> int:
        return sum(self.answers.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSettings:
    """Where residents send answers: [answers] in ward.toml, else what [newsletter] says.

    `address` is "" if there is none; `mailbox` is read by IMAP if it has a host, and `folder` is
    a folder of it. Messages should be deleted `keep_days` after a question has closed. `me_too` is
    whether residents can say that they have the same problem as an open report.
    """

    address: str = ""
    mailbox: MailServer = field(default_factory=MailServer)
    folder: str = "INBOX"
    keep_days: int = 30
    me_too: bool = True
