"""The header lines about what residents think: answers to a question, outcomes and replies."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

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
_FORM = late_regex(r"https://([^\s/?#@:]+)(?::(\d{1,5}))?(?:[/?#][^\s<>\"\\`]*)?")
_LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
_HOST = late_regex(rf"{_LABEL}(?:\.{_LABEL})*")
_LAST_PORT, _LONGEST_HOST = 65535, 254
_QUESTION = 'Write what you want to know: "Where should the crossing go?"'
_CLOCK = late_regex(r"\d[T ]+\d{1,2}[:.]\d\d")
_NOBODY = late_regex(
    r"tb[acd]|to be (?:announced|confirmed|decided)|n/?a|none|nobody|no ?one|unknown|unclear"
    r"|not (?:yet )?(?:known|decided|clear)(?: yet)?|i do(?: not|n['’]t) know|i'b gadarnhau|neb|x+",
    re.IGNORECASE,
)
# An answer is the words of a link, the subject of an e-mail and a line on a slip of paper.
_LONGEST_ANSWER = 120
# The others are shown in lists, feeds and calendars.
_LONGEST = 300


def parse_answer(written: str) -> Answer:
    """`A | By the school`; raises `ParseError`.

    Marks that turn the direction of letters are left out, since a code is beside the words.
    """
    parts = parts_of(written)
    key, *words = map(clean_name, parts)
    if len(parts) != 2 or not key or not parts[1]:
        raise ParseError(f'cannot read the answer "{written.strip()}"', _with_key(written))
    if not has_words(words[0]):
        raise ParseError(
            f'the answer "{key}" has no words',
            f'Write what people choose: "{key} | By the school".',
        )
    if not key.isascii() and key.isalnum():
        raise ParseError(
            f'"{key}" is not a plain letter, so people could not type it',
            f'Write one of A to Z with an English keyboard: "A | {words[0]}".',
        )
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
    day = moment.date()
    if time_of_day(moment) is None and _CLOCK.search(written):
        raise ParseError(
            f'"{written.strip()}" is the moment at which that day begins',
            f'For the end of the day, write the day alone: "{day}". For the evening before, write '
            f'"{day - timedelta(days=1)} 23:59".',
        )
    return Deadline(day, "", time_of_day(moment))


def parse_question(written: str) -> str:
    """The words of a question; raises `ParseError`."""
    text = written.strip()
    if not has_words(text):
        raise ParseError("this question has no words", _QUESTION)
    return _short(text, "question", "Ask in one sentence, and explain it in the text.")


def parse_decides(written: str) -> str:
    """Who decides, and when; raises `ParseError`."""
    text = written.strip()
    if not has_words(text) or _NOBODY.fullmatch(text.strip(" .?!")):
        raise ParseError(
            f'"{text}" does not say who decides',
            'Write it with a day or month: "The council\'s transport committee, in January". If '
            "nobody will decide, do not ask.",
        )
    return _short(text, "line", "Write who decides and when, and explain it in the text.")


def has_words(text: str) -> bool:
    """Whether a text has a letter, a figure or a symbol."""
    return any(unicodedata.category(c)[0] in "LNS" for c in text)


def _short(text: str, what: str, hint: str) -> str:
    if len(text) > _LONGEST:
        raise ParseError(f"this {what} has {len(text):,} letters, which is too long", hint)
    return text


def parse_form(written: str) -> str:
    """The https address of a form; raises `ParseError`."""
    text = written.strip()
    found = _FORM.fullmatch(text)
    if not text.isprintable() or clean(text) != text:
        raise ParseError(
            "the address of this form has a character that cannot be seen",
            "Copy it again from the address bar of your browser.",
        )
    if not found or not _is_host(found[1]) or int(found[2] or 1) not in range(1, _LAST_PORT + 1):
        raise ParseError(
            f'"{text}" is not the address of a form',
            "Copy it again from the address bar of your browser."
            if text.startswith("https://")
            else 'It begins with "https://".',
        )
    return text


def _is_host(written: str) -> bool:
    """Whether this is the name of a computer; letters that browsers would replace are refused."""
    is_plain = unicodedata.normalize("NFKC", written) == written
    return is_plain and len(written) < _LONGEST_HOST and _HOST.fullmatch(written) is not None


def parse_outcome(written: str) -> Outcome:
    """`2027-01-14 | what was done`; raises `ParseError`."""
    parts = parts_of(written)
    if len(parts) != 2 or not has_words(parts[1]):
        raise ParseError(
            f'cannot read the outcome "{written.strip()}"',
            'Write "2027-01-14 | what was done".',
        )
    words = _short(parts[1], "outcome", "Write one sentence, and explain it in the text.")
    return Outcome(parse_moment(parts[0]), words)


def parse_reply(written: str) -> PublishedReply:
    """`2026-11-28 | A resident of Eland Road | The words`; raises `ParseError`."""
    parts = parts_of(written)
    if len(parts) < 3 or not all(map(has_words, parts)):
        raise ParseError(
            f'cannot read the reply "{written.strip()}"',
            'Write "2026-11-28 | A resident of Eland Road | the words".',
        )
    return PublishedReply(parse_moment(parts[0]), parts[1], " | ".join(parts[2:]))
