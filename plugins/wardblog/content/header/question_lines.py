"""The header lines about what residents think: answers to a question, outcomes and replies."""

from __future__ import annotations

from wardblog.content.header.fields import parse_moment, parts_of
from wardblog.model import ME_TOO, Answer, Deadline, Outcome, PublishedReply
from wardblog.model.events import time_of_day
from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import clean

# What residents write in the subject of an e-mail or on a slip of paper.
_KEY = late_regex(r"[A-Za-z0-9]{1,12}")
_FORM = late_regex(r"https://[^\s/?#@]+(?:[/?#]\S*)?")


def parse_answer(written: str) -> Answer:
    """`A | By the school`; raises `ParseError`."""
    key, *words = parts_of(written)
    if len(words) != 1 or not key or not words[0]:
        raise ParseError(
            f'cannot read the answer "{written.strip()}"',
            'Write a letter, a bar and the answer: "A | By the school".',
        )
    if not _KEY.fullmatch(key) or key.upper() == ME_TOO:
        raise ParseError(
            f'"{key}" is too much to write for one answer',
            'Begin each answer with a letter of its own: "A | By the school".',
        )
    return Answer(key.upper(), words[0])


def parse_closing(written: str) -> Deadline:
    """The day on which a question closes, perhaps with a time; raises `ParseError`."""
    moment = parse_moment(written)
    return Deadline(moment.date(), "", time_of_day(moment))


def parse_form(written: str) -> str:
    """The https address of a form; raises `ParseError`."""
    text = written.strip()
    if not _FORM.fullmatch(text) or clean(text) != text:
        raise ParseError(f'"{text}" is not the address of a form', 'It begins with "https://".')
    return text


def parse_outcome(written: str) -> Outcome:
    """`2027-01-14 | what was done`; raises `ParseError`."""
    parts = parts_of(written)
    if len(parts) != 2 or not parts[1]:
        raise ParseError(
            f'cannot read the outcome "{written.strip()}"',
            'Write "2027-01-14 | what was done".',
        )
    return Outcome(parse_moment(parts[0]), parts[1])


def parse_reply(written: str) -> PublishedReply:
    """`2026-11-28 | A resident of Eland Road | The words`; raises `ParseError`."""
    parts = parts_of(written)
    if len(parts) < 3 or not all(parts):
        raise ParseError(
            f'cannot read the reply "{written.strip()}"',
            'Write "2026-11-28 | A resident of Eland Road | the words".',
        )
    return PublishedReply(parse_moment(parts[0]), parts[1], " | ".join(parts[2:]))
