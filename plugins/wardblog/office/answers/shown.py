"""What the terminal shows of a count: it is private, so small numbers are shown as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wardblog.model import FEWEST_ANSWERS, FEWEST_ME_TOO, ME_TOO, AnswerCounts, Channel
from wardblog.office.answers.asked import AskedPost
from wardblog.office.answers.count import Aside, CodeCount
from wardblog.office.answers.plan import Counting, CountsPlan, KeptCount
from wardblog.text.words import counted, long_date

_WAYS = {Channel.EMAIL: "by e-mail", Channel.PAPER: "on paper", Channel.FORM: "by a form"}
# In a terminal of 80 columns.
_WIDEST, _LONGEST_NAME = 26, 40


def table_of(one: AskedPost, counts: AnswerCounts, counting: Counting) -> str:
    """The totals of a question or a report, with bars of plain characters."""
    lines = [f"{one.name} ({one.code}{_until(one, counting)})"]
    if one.is_question:
        lines += [*_bars(one, counts), *_summary(one, counts, counting)]
    if ME_TOO in one.keys:
        number = counts.of(ME_TOO)
        people = counted(number, "person says", "people say")
        few = f"; the site says it from {FEWEST_ME_TOO} on" if number < FEWEST_ME_TOO else ""
        lines.append(f'  {people} "me too"{few}.')
    return "\n".join(lines)


def _until(one: AskedPost, counting: Counting) -> str:
    if one.post.closes is None or one.closes is None:
        return ""
    verb = "open until" if one.is_open(counting.now) else "closed on"
    return f", {verb} {long_date(one.post.closes.day)}"


def _bars(one: AskedPost, counts: AnswerCounts) -> Iterator[str]:
    numbers = {key: counts.of(key) for key in one.answer_keys}
    most = max([1, *numbers.values()])
    names = {key: _short(f"{key}  {one.keys[key]}") for key in numbers}
    width = max(map(len, names.values()), default=0)
    for key, number in numbers.items():
        bar = "#" * round(number * _WIDEST / most)
        yield f"  {names[key]:<{width}}  {number:>6,}  {bar}".rstrip()


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _summary(one: AskedPost, counts: AnswerCounts, counting: Counting) -> Iterator[str]:
    by = {way: sum(counts.numbers.get((way, key), 0) for key in one.answer_keys) for way in Channel}
    total = sum(by.values())
    ways = [f"{number:,} {_WAYS[way]}" for way, number in by.items() if number]
    of = f" {ways[0].partition(' ')[2]}" if len(ways) == 1 else f": {', '.join(ways)}"
    yield f"  {counted(total, 'person', 'people')} chose to answer{of if ways else ''}."
    if total < FEWEST_ANSWERS and one.is_open(counting.now):
        yield f'  While the question is open, the site says only "fewer than {FEWEST_ANSWERS}".'


def aside_of(count: CodeCount) -> list[str]:
    """What this count set aside, with the reasons."""
    lines = []
    for why in Aside:
        number = count.aside.get(why, 0)
        words = why.value[number != 1]
        if number:
            what = (
                words if why.is_of_people else f"{'answer' if number == 1 else 'answers'} {words}"
            )
            lines.append(f"    {number:,} {what}")
    return ["  Not in these numbers:", *lines] if lines else []


def kept_sentence(kept: KeptCount) -> str:
    """Why a number did not fall."""
    return (
        f"{kept.code}: {kept.found:,} answers {_WAYS[kept.channel]} were found, and earlier "
        f"{kept.before:,}. The earlier number stays, since messages or rows may have been deleted "
        "in between. To take the new one, add FORCE=1."
    )


def deletion_sentence(code: str, place: str, counting: Counting) -> str:
    """When the messages about a question should be deleted, and where they are."""
    until = counting.deletion_day(code)
    if until is None:
        return ""
    if counting.today >= until:
        return (
            f"{code}: the messages should have been deleted by {long_date(until)}. Delete them "
            f"now; they are in {place}."
        )
    days = counted(counting.site.answering.keep_days, "day")
    return (
        f"{code}: delete the messages on {long_date(until)}, {days} after the closing; they are in "
        f"{place}."
    )


def shown_codes(plan: CountsPlan, counting: Counting, found: Mapping[str, CodeCount]) -> list[str]:
    """The codes that were counted and have something to show, those of questions first."""
    shown = []
    for code in found:
        has_answers = found[code].total or (code in plan.totals and plan.totals[code].total)
        is_over = counting.is_deleted(code, found[code])
        if not is_over and (counting.asked[code].is_question or has_answers):
            shown.append(code)
    return sorted(shown, key=lambda code: not counting.asked[code].is_question)
