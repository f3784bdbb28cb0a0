"""What the terminal shows of a count: it is private, so small numbers are shown as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from wardblog.model import FEWEST_ANSWERS, FEWEST_ME_TOO, FEWEST_WHEN_CLOSED, ME_TOO, Channel
from wardblog.office.answers.asked import AskedPost
from wardblog.office.answers.count import Aside, CodeCount
from wardblog.office.answers.plan import FEWEST_MORE, Counting, CountsPlan, KeptCount
from wardblog.office.answers.published import public_counts
from wardblog.office.answers.totals import Totals
from wardblog.text.words import counted, long_date

_WAYS = {Channel.EMAIL: "by e-mail", Channel.PAPER: "on paper", Channel.FORM: "by a form"}
# In a terminal of 80 columns.
_WIDEST, _LONGEST_NAME = 26, 40


def table_of(one: AskedPost, counts: Totals, counting: Counting) -> str:
    """The totals of a question or a report, with bars of plain characters."""
    lines = [f"{one.name} ({one.code}{_until(one, counting)})"]
    if one.is_question:
        lines += [*_bars(one, counts), *_summary(one, counts, counting)]
    if ME_TOO in one.keys:
        number = counts.all_me_too
        people = counted(number, "person says", "people say")
        few = f"; the site says it from {FEWEST_ME_TOO} on" if number < FEWEST_ME_TOO else ""
        lines.append(f'  {people} "me too"{few}.')
    return "\n".join(lines)


def _until(one: AskedPost, counting: Counting) -> str:
    if one.post.closes is None or one.closes is None:
        return ""
    verb = "open until" if one.is_open(counting.now) else "closed on"
    return f", {verb} {long_date(one.post.closes.day)}"


def _bars(one: AskedPost, counts: Totals) -> Iterator[str]:
    numbers = {key: counts.answers.get(key, 0) for key in one.answer_keys}
    most = max([1, *numbers.values()])
    names = {key: _short(f"{key}  {one.keys[key]}") for key in numbers}
    width = max(map(len, names.values()), default=0)
    for key, number in numbers.items():
        bar = "#" * round(number * _WIDEST / most)
        yield f"  {names[key]:<{width}}  {number:>6,}  {bar}".rstrip()


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _summary(one: AskedPost, counts: Totals, counting: Counting) -> Iterator[str]:
    public = public_counts(one.code, counts, one.answer_keys)
    total = public.total
    ways = [f"{public.by(way):,} {_WAYS[way]}" for way in Channel if public.by(way)]
    of = f" {ways[0].partition(' ')[2]}" if len(ways) == 1 else f": {', '.join(ways)}"
    yield f"  {counted(total, 'person', 'people')} chose to answer{of if ways else ''}."
    is_open = one.is_open(counting.now)
    if is_open and total < FEWEST_ANSWERS:
        yield f'  While the question is open, the site says only "fewer than {FEWEST_ANSWERS}".'
    elif not is_open and 0 < total < FEWEST_WHEN_CLOSED:
        yield f'  The site says only "fewer than {FEWEST_WHEN_CLOSED}", without the answers.'


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
    way = f" {_WAYS[kept.channel]}" if kept.channel else ""
    if kept.is_me_too:
        found = counted(kept.found, 'person who says "me too"', 'people who say "me too"')
    else:
        found = counted(kept.found, "answer")
    was, were = ("was" if number == 1 else "were" for number in (kept.found, kept.before))
    before = (
        f"last time there {were} {kept.before:,}"
        if kept.channel
        else f"the site says {kept.before:,}"
    )
    return (
        f"{kept.code}: {found}{way} {was} found; {before}. The earlier number stays, since "
        "messages or rows may have been deleted in the meantime."
    )


def accept_sentence(codes: Iterable[str]) -> str:
    """How to take numbers that are smaller than before."""
    return f"If a smaller number is right, name its code: FORCE={','.join(dict.fromkeys(codes))}"


def note_sentences(plan: CountsPlan) -> Iterator[str]:
    """What else the councillor should know about the numbers."""
    for taken in plan.taken:
        fallen = [f"{_WAYS[way]} {now:,} instead of {was:,}"
                  for way, (was, now) in taken.fallen.items()]  # fmt: skip
        fewer = f" There are fewer than here: {', '.join(fallen)}." if fallen else ""
        yield (
            f"{taken.code}: the published numbers were counted later than those on this computer, "
            f"so they were taken over.{fewer}"
        )
    for unsplit in plan.unsplit:
        ways = " and ".join(_WAYS[way] for way in unsplit.channels)
        yield (
            f"{unsplit.code}: this computer only knows how many chose each answer {ways} together, "
            "so none of these numbers was changed. Count all of them in one run, or copy private/ "
            "from the computer that counted last."
        )
    for code, keys in plan.reworded.items():
        words = "the words of answer" if len(keys) == 1 else "the words of the answers"
        yield (
            f"{code}: {words} {' and '.join(keys)} changed after people had chosen "
            f"{'it' if len(keys) == 1 else 'them'}. The numbers belong to the letters. If a letter "
            "means something else now, change it back, or ask a new question."
        )
    for held in plan.held:
        yield (
            f"{held.code}: the site keeps its result of {counted(held.published, 'answer')}. While "
            f"the question is open, a new one is published once {FEWEST_MORE} more people have "
            "answered; otherwise, the difference could show what one person chose. When it has "
            "closed, the final result is published."
        )


def deletion_sentence(
    code: str, places: Mapping[Channel, Sequence[str]], counting: Counting
) -> str:
    """When everything that was counted for a question should be deleted, and where it is."""
    until = counting.deletion_day(code)
    if until is None or not places:
        return ""
    things = [_thing(channel, places[channel]) for channel in Channel if channel in places]
    what = _joined(things)
    slips = ", and destroy the slips of paper" if Channel.PAPER in places else ""
    if counting.today >= until:
        return (
            f"{code}: everything that was counted should have been deleted by {long_date(until)}. "
            f"Delete {what} now{slips}."
        )
    days = counted(counting.site.answering.keep_days, "day")
    return f"{code}: on {long_date(until)}, {days} after the question closes, delete {what}{slips}."


def _thing(channel: Channel, places: Sequence[str]) -> str:
    if channel is Channel.EMAIL:
        return f"the messages in {_joined(places)}"
    files = _joined(places)
    return f"{files} and the answers on the form's own site" if channel is Channel.FORM else files


def _joined(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def shown_codes(plan: CountsPlan, counting: Counting, found: Mapping[str, CodeCount]) -> list[str]:
    """The codes that were counted and have something to show, those of questions first."""
    shown = []
    for code in found:
        before = plan.totals.get(code) or Totals()
        has_answers = found[code].total or before.total or before.all_me_too
        is_over = counting.is_deleted(code, found[code])
        if not is_over and (counting.asked[code].is_question or has_answers):
            shown.append(code)
    return sorted(shown, key=lambda code: not counting.asked[code].is_question)
