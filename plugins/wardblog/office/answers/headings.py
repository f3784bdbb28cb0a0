"""What the headings of a spreadsheet of answers say about the cells below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from wardblog.office.answers.asked import AskedPost
from wardblog.office.answers.written import answers_in, plain_words

_HEADINGS = {
    "code": ("code", "codes"),
    "question": ("question", "questions", "cwestiwn"),
    "answer": ("answer", "choice", "option", "chosen", "vote", "ateb"),
    "count": ("count", "counts", "tally", "number of answers"),
    "sum": ("total", "totals", "votes", "answers", "how many", "people", "slips", "nifer"),
    "channel": ("channel", "how"),
    "time": ("timestamp", "time", "start time", "completion time", "submitted", "submitted at",
             "submission date", "submission time", "date submitted", "time submitted",
             "date and time", "response date", "last modified time"),
    "address": ("email", "e mail", "email address", "e mail address", "your email", "username",
                "your email address", "respondent email", "user", "your e mail address"),
}  # fmt: skip
_NAMES = frozenset(("name", "names", "surname", "forename", "enw", "resident", "person"))
# A heading with one of these words is about something else, unless it is the question.
_OTHERS = _NAMES | frozenset(
    ("comment", "comments", "sylw", "sylwadau", "note", "notes", "remark", "remarks", "feedback",
     "suggestion", "suggestions", "reason", "reasons", "why", "hear", "heard", "phone", "telephone",
     "mobile", "postcode", "address", "age", "gender", "else", "anything", "explain", "details")
)  # fmt: skip
# What forms and people write around a question.
_AROUND = frozenset(
    ("please", "choose", "select", "tick", "pick", "one", "only", "option", "answer", "answers",
     "choice", "your", "an", "the", "box", "question", "required", "q", "and", "single")
)  # fmt: skip
_ALIKE, _LONG, _MOST_DIFFERENT = 0.8, 5, 0.2


def named_columns(headings: Sequence[str]) -> dict[str, int]:
    """The columns whose headings are known words, by what they hold; the first of each kind."""
    found: dict[str, int] = {}
    for number, heading in enumerate(headings):
        words = plain_words(heading)
        for name, ways in _HEADINGS.items():
            if words in ways:
                found.setdefault(name, number)
    return found


def is_of_names(heading: str) -> bool:
    return bool(_NAMES.intersection(plain_words(heading).split()))


def is_about_something_else(heading: str) -> bool:
    """Whether a heading is that of comments, names and so on, or another question."""
    return heading.endswith("?") or bool(_OTHERS.intersection(plain_words(heading).split()))


def asked_by(heading: str, asked: Mapping[str, AskedPost]) -> AskedPost | None:
    """The question that a heading asks, or whose code it has; None for an answer with a code."""
    words = plain_words(heading).split()
    for most in (0, _MOST_DIFFERENT):
        for one in asked.values():
            own = plain_words(one.post.question).split()
            if one.is_question and _is_question(words, own, one.code.casefold(), most):
                return one
    found = answers_in(heading, asked)
    if len(found) != 1:
        return None
    code, key = next(iter(found.items()))
    others = [word for word in words if word != code.casefold()]
    is_answer = bool(key) or (len(others) == 1 and others[0] not in _AROUND)
    return None if is_answer or _OTHERS.intersection(others) else asked[code]


def _is_question(words: Sequence[str], own: Sequence[str], code: str, most: float) -> bool:
    """Whether words are a question with what is usual around it, such as its code.

    At most this share of its words may be spelled in another way.
    """
    for start in range(len(words) - len(own) + 1):
        around = [*words[:start], *words[start + len(own) :]]
        if all(word == code or _is_usual(word) for word in around):
            part = words[start : start + len(own)]
            different = [pair for pair in zip(part, own, strict=True) if pair[0] != pair[1]]
            if len(different) <= len(own) * most and all(_is_alike(*pair) for pair in different):
                return True
    return False


def _is_usual(word: str) -> bool:
    """Whether a word can be around a question: its number, or what asks for an answer."""
    return word in _AROUND or (word.isdecimal() and len(word) < len("100"))


def _is_alike(one: str, other: str) -> bool:
    """Whether two words differ only by a typing mistake; "2026" and "2027" do not."""
    is_long = min(len(one), len(other)) >= _LONG and one[0] == other[0]
    return is_long and SequenceMatcher(None, one, other).ratio() >= _ALIKE
