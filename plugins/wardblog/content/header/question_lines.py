"""The header lines about what residents think: answers to a question, outcomes and replies."""

from __future__ import annotations

from wardblog.content.header.fields import parse_moment, parts_of
from wardblog.model import NO_KEYS, Answer, Deadline, Outcome, PublishedReply
from wardblog.model.events import time_of_day
from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import clean, clean_name

# What residents write in the subject of an e-mail or on a slip of paper.
_KEY = late_regex(r"[A-Za-z0-9]{1,12}")
# How people write a list without bars: "A) By the school", "B: By the library".
_LISTED = late_regex(r"([A-Za-z]|\d{1,2})\s*[).:\u2013\u2014-]\s*(\S.*)")
_FORM = late_regex(r"https://[^\s/?#@]+(?:[/?#]\S*)?")
# An answer is the words of a link, the subject of an e-mail and a line on a slip of paper.
_LONGEST_ANSWER = 120


def parse_answer(written: str) -> Answer:
    """`A | By the school`; raises `ParseError`.

    Marks that turn the direction of letters are left out, since a code stands beside the words.
    """
    key, *words = map(clean_name, parts_of(written))
    if len(words) != 1 or not key or not words[0]:
        raise ParseError(f'cannot read the answer "{written.strip()}"', _with_key(written))
    if not _KEY.fullmatch(key):
        raise ParseError(
            f'"{key}" is too much to write for one answer',
            f'Write the letter first: "{words[0].upper()} | {key}".'
            if _KEY.fullmatch(words[0])
            else f'Begin each answer with a letter of its own: "A | {words[0]}".',
        )
    if key.upper() in NO_KEYS:
        raise ParseError(
            f'"{key}" cannot stand for an answer, since it means something else in the counts',
            f'Begin each answer with a letter of its own: "A | {words[0]}".',
        )
    if len(words[0]) > _LONGEST_ANSWER:
        raise ParseError(
            f"this answer has {len(words[0])} letters, which is too long to choose from",
            f"Write up to {_LONGEST_ANSWER} here, and explain it in the text.",
        )
    return Answer(key.upper(), words[0])


def _with_key(written: str) -> str:
    """A hint with the answer as it should be written."""
    words = [part for part in parts_of(written) if part]
    if len(words) > 2 and _KEY.fullmatch(words[0]):
        return f'Write only one bar: "{words[0].upper()} | {", ".join(words[1:])}".'
    listed = _LISTED.fullmatch(words[0]) if len(words) == 1 else None
    if listed:
        return f'Write a bar after the letter: "{listed[1].upper()} | {listed[2]}".'
    example = words[0] if len(words) == 1 and not _KEY.fullmatch(words[0]) else "By the school"
    return f'Write a letter, a bar and the answer: "A | {example}".'


def parse_closing(written: str) -> Deadline:
    """The day on which a question closes, perhaps with a time; raises `ParseError`."""
    if "|" in written:
        raise ParseError(
            f'cannot read "{written.strip()}" as a day',
            'Write the day alone, or with a time and no bar: "2026-12-20" or "2026-12-20 17:00".',
        )
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
