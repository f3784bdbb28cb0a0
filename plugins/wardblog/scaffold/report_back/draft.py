"""Puts a report-back together, and writes it as a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from wardblog.content.write import create_post
from wardblog.problems import UsageError
from wardblog.scaffold.report_back.facts import ReportFacts
from wardblog.scaffold.report_back.matters import ordered_topics, repair_times
from wardblog.scaffold.report_back.phrases import (
    Voice,
    capital,
    clauses,
    in_words,
    listed,
    some,
)
from wardblog.scaffold.report_back.sections import Section, sections
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import slugify
from wardblog.text.words import MONTHS, in_sentence, long_date
from wardblog.views.casework_figures import months_of

_TAGS = "general, report-backs"
# A report with fewer things to tell than this needs no headings.
_FEWEST_FOR_HEADINGS = 3
_TOPICS_IN_TITLE = _PARTS_IN_SUMMARY = 3
# From so many repairs on, the quickest and the slowest are named.
_FEWEST_REPAIRS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBack:
    """A finished report-back: its header values, and its text in Markdown."""

    title: str
    slug: str
    summary: str
    text: str


def draft_report(facts: ReportFacts, voice: Voice) -> ReportBack:
    """The report; `facts` must not be empty."""
    found = sections(facts, voice)
    if _size(facts) < _FEWEST_FOR_HEADINGS:
        found = [_without_heading(section) for section in found]
    blocks = [_opening(facts, voice)]
    for section in found:
        blocks += [f"## {section.heading}"] if section.heading else []
        blocks += section.blocks
    blocks.append(_ending(facts, voice))
    today = facts.period.today
    return ReportBack(
        title=_title(facts),
        slug=slugify(f"report-back-{today.day}-{MONTHS[today.month - 1]}"),
        summary=_summary(facts),
        text="\n\n".join(blocks),
    )


def write_report(content: Path, report: ReportBack, facts: ReportFacts) -> Path:
    """Write the draft, and return its path. Raises `UsageError` if there is one of today."""
    now = facts.period.now
    path = report_path(content, now)
    lines = [
        ("Title", report.title),
        ("Date", f"{now:%Y-%m-%d %H:%M}"),
        ("Tags", _TAGS),
        ("Slug", report.slug),
        ("Status", "draft"),
        ("Summary", report.summary),
    ]
    try:
        create_post(path, lines, f"{report.text}\n")
    except FileExistsError:
        raise _already_there(path) from None
    return path


def report_path(content: Path, now: datetime) -> Path:
    """Where the draft will be. Raises `UsageError` if there is one of today."""
    path = content / "posts" / f"{now:%Y-%m-%d}-report-back.md"
    if path.exists():
        raise _already_there(path)
    return path


def _already_there(path: Path) -> UsageError:
    return UsageError(
        f"{path.name} exists already, and was not changed",
        "Delete it, or give it another name, if you want a new draft of today.",
    )


def _size(facts: ReportFacts) -> int:
    """How many things there are to report."""
    return (
        len(facts.matters)
        + len(facts.outings)
        + len(facts.heard)
        + len(facts.asked)
        + bool(facts.replies)
        + (_FEWEST_FOR_HEADINGS if facts.counts else 0)
    )


def _without_heading(section: Section) -> Section:
    """A short report has only the heading above what is coming up."""
    if section.heading == "Coming up":
        return section
    blocks = (block.removeprefix("- ") if "\n" not in block else block for block in section.blocks)
    return replace(section, heading="", blocks=tuple(blocks))


def _opening(facts: ReportFacts, voice: Voice) -> str:
    """What there is, in a sentence or two."""
    period = facts.period
    told = list(_news(facts, voice))
    first = period.opening(voice.my)
    if not told:
        when = first[0].lower() + first[1:]
        if facts.outings:
            return f"This is what {voice.i} did {when}."
        if facts.heard or facts.replies:
            return f"This is what people told {voice.me} {when}."
        return "The latest figures on casework are out."
    return " ".join(filter(None, (f"{first}, {clauses(told)}.", _quickest(facts))))


def _news(facts: ReportFacts, voice: Voice) -> Iterator[str]:
    """`two problems have been fixed`, `one more has moved on`, ..."""
    number = len(facts.fixed)
    if number:
        yield f"{some(number, 'problem')} {'has' if number == 1 else 'have'} been fixed"
    moved = len(facts.moved)
    if moved:
        what = f"{in_words(moved)} more" if number else some(moved, "matter")
        yield f"{what} {'has' if moved == 1 else 'have'} moved on"
    if refused := len(facts.not_possible):
        yield f"{some(refused, 'request')} turned out not to be possible"
    if closed := sum(one.has_closed for one in facts.asked):
        yield f"{some(closed, 'question')} to you {'has' if closed == 1 else 'have'} closed"
    if earlier := len(facts.asked) - closed:
        yield f"there is news about {some(earlier, 'earlier question')}"
    if written := len(facts.new):
        is_other = any(matter.is_new for matter in (*facts.fixed, *facts.moved))
        post = "other post" if is_other else "new post"
        yield f"{voice.i} have published {some(written, post)}"


def _quickest(facts: ReportFacts) -> str:
    """How long repairs took, where there are enough of them."""
    days = sorted(repair_times(facts.fixed))
    if len(days) < _FEWEST_REPAIRS or len(days) < len(facts.fixed) or days[0] == days[-1]:
        return ""
    quick = f"took {some(days[0], 'day')}" if days[0] else "was done the same day"
    return f"The quickest repair {quick}, and the slowest took {some(days[-1], 'day')}."


def _ending(facts: ReportFacts, voice: Voice) -> str:
    if facts.coming and not facts.heard:
        return f"Is there something that {voice.i} should know? Please write to {voice.me}."
    return f"If you know of something that is missing here, please write to {voice.me}."


def _title(facts: ReportFacts) -> str:
    """`Report-back: grit bins, road works and trees`; without topics, the month."""
    topics = [topic for topic in _by_weight(facts) if topic][:_TOPICS_IN_TITLE]
    if topics:
        return f"Report-back: {listed([in_sentence(topic) for topic in topics])}"
    return f"Report-back: {_month(facts.period.today)}"


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _by_weight(facts: ReportFacts) -> list[str]:
    """The topics: first of what was fixed, then of what moved, then of what is new."""
    parts = (facts.fixed, facts.moved, facts.not_possible, facts.new)
    return list(dict.fromkeys(topic for part in parts for topic in ordered_topics(facts, part)))


def _summary(facts: ReportFacts) -> str:
    """`One repair, four new posts and two meetings, from 14 to 29 November 2026.`"""
    parts = (
        (len(facts.fixed), "repair", ""),
        (len(facts.moved), "matter that moved", "matters that moved"),
        (len(facts.not_possible), "clear no", "clear nos"),
        (
            sum(one.has_closed for one in facts.asked),
            "question that closed",
            "questions that closed",
        ),
        (len(facts.new), "new post", ""),
        (len(facts.outings), "meeting or visit", "meetings and visits"),
    )
    told = [some(number, one, many) for number, one, many in parts if number]
    period = facts.period
    has_said = facts.heard or facts.asked or facts.replies
    if not told and facts.counts and not has_said:
        return f"The latest figures on casework, from {months_of(facts.counts.quarter)}."
    if sum(number for number, _, _ in parts) == 1 and period.first_day != period.today:
        return f"{capital(told[0])} since {long_date(period.first_day)}."
    told = told[:_PARTS_IN_SUMMARY] or ["what people said"]
    if period.first_day == period.today:
        return f"{capital(listed(told))}, on {long_date(period.today)}."
    return f"{capital(listed(told))}, from {period.span()}."
