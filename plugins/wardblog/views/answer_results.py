"""How many chose each answer of a question: in a table with bars, and in words."""

from __future__ import annotations

from wardblog.model import FEWEST_ANSWERS, FEWEST_WHEN_CLOSED, AnswerCounts, Channel, Post
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted, long_date

# From so many answers on, shares in percent mean something: of 13 people, one is 8%.
_FEWEST_FOR_SHARES = 30
_FEW_IN_ALL = (
    f"Fewer than {FEWEST_WHEN_CLOSED} people answered, so we do not show how many chose each "
    "answer."
)
# What is said after the number of answers that came in one way.
_CHANNELS = {
    Channel.EMAIL: "by e-mail",
    Channel.PAPER: "on paper",
    Channel.FORM: "in the form",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """An answer with its number and share; `width` is that of its bar, in percent."""

    key: str
    words: str
    number: str
    share: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What is known of the answers: `said` in a sentence, and the numbers if they can be shown.

    `about` has further sentences: how the answers came, when they were counted, and what could not
    be counted. What was chosen by e-mail and on paper is not told apart: if one slip came in, it
    would show what that person chose. `has_shares` is whether so many answered that their shares
    mean something.
    """

    said: str
    about: str = ""
    has_shares: bool = False
    rows: tuple[ResultRow, ...] = ()


def result_of(post: Post, found: AnswerCounts | None, is_open: bool) -> Result:
    """The result of a question so far, or after it has closed."""
    if found is None:
        return Result(said=_not_counted(is_open))
    total = sum(found.of(answer.key) for answer in post.answers)
    if found.is_hidden or (is_open and total < FEWEST_ANSWERS):
        return Result(said=_too_few(post, found, is_open))
    if not total:
        return Result(said="Nobody answered this question.", about=_about(found))
    if total < FEWEST_WHEN_CLOSED:
        return Result(said=_FEW_IN_ALL)
    people = counted(total, "person", "people")
    return Result(
        said=f"{people} chose to answer{' so far' if is_open else ''}.",
        about=_about(found),
        has_shares=total >= _FEWEST_FOR_SHARES,
        rows=tuple(
            ResultRow(
                key=answer.key,
                words=answer.words,
                number=f"{found.of(answer.key):,}",
                share=_share(found.of(answer.key), total),
                width=round(100 * found.of(answer.key) / total, 1),
            )
            for answer in post.answers
        ),
    )


def _not_counted(is_open: bool) -> str:
    if is_open:
        return "We have not counted the answers yet. How many there are will be shown here."
    return "We are still counting the answers. The result will be shown here."


def _too_few(post: Post, found: AnswerCounts, is_open: bool) -> str:
    """So few that the numbers could tell who answered what."""
    if is_open:
        return f"Fewer than {FEWEST_ANSWERS} people have answered so far."
    if post.closes and found.day and found.day > post.closes.day:
        return _FEW_IN_ALL
    on = f", on {long_date(found.day)}" if found.day else ""
    return f"Fewer than {FEWEST_ANSWERS} people had answered when we last counted{on}."


def _about(found: AnswerCounts) -> str:
    """How the answers came, when they were counted, and what could not be counted."""
    ways, told = [way for way in Channel if found.by(way)], []
    if len(ways) > 1:
        numbers = [f"{found.by(way):,} {_CHANNELS[way]}" for way in ways]
        told.append(f"{', '.join(numbers[:-1])} and {numbers[-1]}.")
    if found.day:
        told.append(f"Counted on {long_date(found.day)}.")
    if found.unverified:
        addresses = counted(found.unverified, "address", "addresses")
        told.append(
            f"E-mails from {addresses} are not counted, because we could not check who sent them."
        )
    return " ".join(told)


def _share(number: int, total: int) -> str:
    """`53%`; what is not 0 or everything is never rounded to that."""
    share = round(100 * number / total)
    if number and not share:
        return "under 1%"
    return "over 99%" if share == 100 and number < total else f"{share}%"
