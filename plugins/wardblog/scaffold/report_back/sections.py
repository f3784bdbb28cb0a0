"""The sections of a report-back; one with nothing to report is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wardblog.model.casework import CaseCount, CaseworkQuarter, HiddenCount
from wardblog.scaffold.report_back import asked
from wardblog.scaffold.report_back import matters as about
from wardblog.scaffold.report_back.facts import ComingDate, Outing, ReportFacts
from wardblog.scaffold.report_back.phrases import (
    Voice,
    capital,
    ended,
    in_words,
    link_to,
    some,
)
from wardblog.scaffold.year_on_year import plain_markdown
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import short_date
from wardblog.views.casework_figures import casework_anchor, count_in_figures, months_of

# So many outings are reported; of more than that, those at which something was said come first.
_MOST_OUTINGS = 12
_MOST_DATES = 12


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and paragraphs or lists, each without the line breaks around it."""

    heading: str
    blocks: tuple[str, ...]


def sections(facts: ReportFacts, voice: Voice) -> list[Section]:
    """All that have something to report, in their order."""
    found = (
        *_of_matters(facts),
        _asked(facts, voice),
        _outings(facts, voice),
        _heard(facts),
        _counts(facts, voice),
        _coming(facts),
    )
    return [section for section in found if section.blocks]


def _of_matters(facts: ReportFacts) -> Iterator[Section]:
    parts = (
        ("What was fixed", facts.fixed, about.fixed(facts), "Also fixed:"),
        ("What has moved", facts.moved, about.moved(facts), "There is also news about"),
        ("What was not possible", facts.not_possible, about.closed(facts), "Nor was"),
        ("What is new", facts.new, about.new(facts), "There is more in"),
    )
    for heading, matters, told, others in parts:
        lines = about.bullets(facts, matters, told, others)
        yield Section(heading, (_bulleted(lines),) if lines else ())


def _bulleted(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _asked(facts: ReportFacts, voice: Voice) -> Section:
    lines = asked.lines_of(facts.asked)
    told = lines[0] if len(lines) == 1 else _bulleted(lines)
    blocks = (told, asked.fairness(facts.asked), asked.replies_sentence(facts.replies, voice))
    return Section(asked.heading_of(facts.asked, voice), tuple(filter(None, blocks)))


def _outings(facts: ReportFacts, voice: Voice) -> Section:
    outings = facts.outings
    is_heard = any(one.said for one in outings)
    heading = f"Where {voice.i} {voice.was}" + (f", and what {voice.i} heard" if is_heard else "")
    told = outings
    if len(outings) > _MOST_OUTINGS:
        best = sorted(outings, key=lambda one: (bool(one.said), one.day), reverse=True)
        told = tuple(sorted(best[:_MOST_OUTINGS], key=lambda one: one.day))
    lines = [_outing(facts, one) for one in told]
    if len(lines) == 1:
        return Section(heading, (lines[0],))
    first = ""
    if len(outings) > len(told):
        number = some(len(outings), "meeting or visit", "meetings and visits")
        first = f"{capital(voice.i)} went to {number}. Here are {in_words(len(told))} of them."
    blocks = (first, _bulleted(lines)) if first else (_bulleted(lines),)
    return Section(heading, blocks if lines else ())


def _outing(facts: ReportFacts, one: Outing) -> str:
    """`**26 November:** Public meeting about the depot, at the town hall. Many asked …`"""
    day = short_date(one.day, facts.period.today)
    what = link_to(one.post, one.what) if one.post else plain_markdown(one.what)
    where = f", {plain_markdown(one.where)}" if one.where else ""
    words = f"**{day}:** {what.rstrip('.')}{where.rstrip('.')}."
    return f"{words} {ended(one.said)}" if one.said else words


def _heard(facts: ReportFacts) -> Section:
    """What was said on no occasion that has a name."""
    lines = [ended(words) for words in facts.heard]
    is_more = any(one.said for one in facts.outings)
    heading = "What else people said" if is_more else "What people said"
    return Section(heading, (_bulleted(lines) if len(lines) > 1 else lines[0],) if lines else ())


def _counts(facts: ReportFacts, voice: Voice) -> Section:
    if facts.counts is None:
        return Section("", ())
    blocks = [_counts_in_words(facts.counts, voice)]
    if len(facts.counts.rows) > 1:
        blocks.append(_table(facts.counts))
    link = f"/figures/#{casework_anchor(facts.counts.quarter)}"
    hidden = any(isinstance(n, HiddenCount) for n in _numbers(facts.counts))
    why = "Small numbers are left out, so that nobody can be recognised. " if hidden else ""
    blocks.append(f"{why}[The page of figures]({link}) says how this is counted.")
    return Section("Casework", tuple(blocks))


def _numbers(counts: CaseworkQuarter) -> Iterator[CaseCount]:
    for row in counts.each():
        yield from (row.opened, row.closed)


def _counts_in_words(counts: CaseworkQuarter, voice: Voice) -> str:
    """`From July to September 2026, 21 new cases came in, and we closed 26.`"""
    when, total = f"From {months_of(counts.quarter)}", counts.total
    opened = _cases(total.opened, "new case") if total else ""
    closed = _cases(total.closed, "case" if not opened else "") if total else ""
    if opened and closed:
        return f"{when}, {opened} came in, and {voice.i} closed {closed}."
    if opened:
        return f"{when}, {opened} came in."
    if closed:
        return f"{when}, {voice.i} closed {closed}."
    return f"These are the cases {when[0].lower()}{when[1:]}."


def _cases(count: CaseCount, noun: str) -> str:
    """`21 new cases`, `fewer than five new cases`; "" if the number is not shown."""
    if count is HiddenCount.NOT_SHOWN:
        return ""
    if isinstance(count, HiddenCount):
        return f"fewer than five {noun}s" if noun else "fewer than five"
    if not noun:
        return in_words(count) if count else "none"
    return some(count, noun)


def _table(counts: CaseworkQuarter) -> str:
    lines = ["| Issue | Opened | Closed |", "|---|--:|--:|"]
    for row in counts.each():
        name = plain_markdown(row.issue).replace("|", "&#124;")
        name = f"**{name}**" if row is counts.total else name
        numbers = (count_in_figures(row.opened), count_in_figures(row.closed))
        lines.append(f"| {name} | {' | '.join(numbers)} |")
    return "\n".join(lines)


def _coming(facts: ReportFacts) -> Section:
    lines = [_date(facts, one) for one in facts.coming[:_MOST_DATES]]
    return Section("Coming up", (_bulleted(lines),) if lines else ())


def _date(facts: ReportFacts, one: ComingDate) -> str:
    """`**Saturday 5 December, 10am to 11.30am:** Ward surgery, Battersea Library.`"""
    row = one.row
    when = row.when.replace(f" {facts.period.today.year}", "")
    what = link_to(one.post, row.words) if one.post else plain_markdown(row.words)
    where = f", {plain_markdown(row.where)}" if row.where else ""
    off = " It is cancelled." if row.is_cancelled else ""
    return f"**{when}:** {what.rstrip('.')}{where.rstrip('.')}.{off}"
