"""How many chose each answer of a question: in a table with bars, and in words."""

from __future__ import annotations

from dataclasses import dataclass

from wardblog.model import FEWEST_ANSWERS, AnswerCounts, Channel, Post
from wardblog.text.words import counted, long_date

# How the ways to answer are called: as the heading of a column, and behind a number.
_CHANNELS = {
    Channel.EMAIL: ("By e-mail", "by e-mail"),
    Channel.PAPER: ("On paper", "on paper"),
    Channel.FORM: ("In the form", "in the form"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """An answer with its number and share, and its number in each column of a channel.

    `width` is that of its bar, in hundredths of the whole.
    """

    key: str
    words: str
    number: str
    share: str
    width: float
    by_channel: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What is known of the answers: `said` in a sentence, and the numbers if they can be shown.

    `channels` are the headings of columns, if there are several. `about` has further sentences: how
    the answers came, when they were counted, and what could not be counted.
    """

    said: str
    about: str = ""
    channels: tuple[str, ...] = ()
    rows: tuple[ResultRow, ...] = ()
    totals: tuple[str, ...] = ()
    total: str = ""


def result_of(post: Post, found: AnswerCounts | None, is_open: bool) -> Result:
    """The result of a question so far, or after it has closed."""
    if found is None:
        return Result(said=_not_counted(is_open))
    total = sum(found.of(answer.key) for answer in post.answers)
    if found.is_hidden or (is_open and total < FEWEST_ANSWERS):
        return Result(said=_too_few(found, is_open))
    if not total:
        return Result(said="Nobody answered this question.", about=_about(found, ()))
    ways = tuple(way for way in Channel if found.by(way))
    shown = ways if len(ways) > 1 and all(found.by(w) >= FEWEST_ANSWERS for w in ways) else ()
    people = counted(total, "person", "people")
    return Result(
        said=f"{people} chose to answer{' so far' if is_open else ''}.",
        about=_about(found, ways),
        channels=tuple(_CHANNELS[way][0] for way in shown),
        rows=tuple(
            ResultRow(
                key=answer.key,
                words=answer.words,
                number=f"{found.of(answer.key):,}",
                share=_share(found.of(answer.key), total),
                width=round(100 * found.of(answer.key) / total, 1),
                by_channel=tuple(f"{found.numbers.get((w, answer.key), 0):,}" for w in shown),
            )
            for answer in post.answers
        ),
        totals=tuple(f"{found.by(way):,}" for way in shown),
        total=f"{total:,}",
    )


def _not_counted(is_open: bool) -> str:
    if is_open:
        return "We have not counted the answers yet. How many there are will be shown here."
    return "We are still counting the answers. The result will be shown here."


def _too_few(found: AnswerCounts, is_open: bool) -> str:
    """So few that the numbers could tell who answered what."""
    if is_open:
        return f"Fewer than {FEWEST_ANSWERS} people have answered so far."
    on = f", on {long_date(found.day)}" if found.day else ""
    return f"Fewer than {FEWEST_ANSWERS} people had answered when we last counted{on}."


def _about(found: AnswerCounts, ways: tuple[Channel, ...]) -> str:
    """How the answers came, when they were counted, and what could not be counted."""
    told = []
    if len(ways) > 1:
        numbers = [f"{found.by(way):,} {_CHANNELS[way][1]}" for way in ways]
        told.append(f"{', '.join(numbers[:-1])} and {numbers[-1]}.")
    if found.day:
        told.append(f"Counted on {long_date(found.day)}.")
    if found.unverified == 1:
        told.append("1 more e-mail is not counted, because we could not check who sent it.")
    elif found.unverified:
        told.append(
            f"{found.unverified:,} more e-mails are not counted, because we could not check who "
            "sent them."
        )
    return " ".join(told)


def _share(number: int, total: int) -> str:
    """`53%`; what is not 0 or everything is never rounded to that."""
    share = round(100 * number / total)
    if number and not share:
        return "under 1%"
    return "over 99%" if share == 100 and number < total else f"{share}%"
