"""The sections about what was read: how much, which pages, what about, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping

from wardblog.office.statistics.chance import is_clearly_more
from wardblog.office.statistics.ranked_rows import (
    by_day,
    no_days,
    rows_of,
    stands_out,
    with_rows,
)
from wardblog.office.statistics.sections import (
    MONTH,
    WEEK,
    Basis,
    ColumnChart,
    FigureRow,
    FigureSection,
    capital,
    number,
    quoted,
)
from wardblog.office.statistics.summary import Ranked, Summary
from wardblog.office.statistics.totals import Excluded
from wardblog.text.words import short_date

# Fewer reads than these in two periods are not compared.
_FEWEST = 50
# If more of what was left out than this ended with an error, a link may lead nowhere.
_MANY_ERRORS = 0.1


def reads(basis: Basis) -> FigureSection:
    """How much was read, compared with the same time before."""
    week, month = basis.week, basis.month
    before, earlier = basis.before(WEEK), basis.before(MONTH)
    days = basis.days(MONTH)
    values = tuple(basis.totals[day].all_reads if day in basis.totals else None for day in days)
    names = tuple(short_date(day, basis.last) for day in days)
    ticks = tuple((at, names[at]) for at in (0, MONTH // 2, MONTH - 1))
    return FigureSection(
        key="reads",
        heading="How much was read",
        advice=_compared(week, before),
        about="A read is a page that a person opened, once in 30 minutes.",
        named="Period",
        columns=("Reads", "Days with a log"),
        rows=(
            _period(basis.period(WEEK), week, WEEK),
            _period("The 7 days before", before, WEEK),
            _period(basis.period(MONTH), month, MONTH),
            _period("The 28 days before", earlier, MONTH),
        ),
        chart=ColumnChart(
            title=f"Reads on each of {basis.period(MONTH)}",
            unit="Day",
            names=names,
            values=values,
            ticks=ticks,
        ),
    )


def _period(name: str, one: Summary, length: int) -> FigureRow:
    """A period without any log has no number, rather than 0."""
    return FigureRow(
        name=capital(name),
        cells=(number(one.reads) if one.days else "–", f"{one.days} of {length}"),
    )


def _compared(week: Summary, before: Summary) -> str:
    missing = 2 * WEEK - week.days - before.days
    if missing:
        have = "has" if missing == 1 else "have"
        return (
            f"Keep counting: {missing} of the last {2 * WEEK} days {have} no log, so the two weeks "
            "cannot be compared."
        )
    if week.reads + before.reads < _FEWEST:
        return (
            f"Wait before you compare weeks: from about {_FEWEST} reads in two of them on, a "
            "difference means something."
        )
    if is_clearly_more(week.reads, before.reads):
        return (
            "Do more of what you did: more was read than in the week before, and you see below "
            "what and from where."
        )
    if is_clearly_more(before.reads, week.reads):
        return (
            "Look below at what was read and from where: it was less than in the week before, "
            "perhaps because there was less news."
        )
    return "Carry on: about as much was read as in the week before."


def posts(basis: Basis) -> FigureSection:
    """Which posts and pages were read."""
    titles = basis.subjects.titles
    of_posts = {titles.get(path, path) for path in basis.subjects.published}
    ranked = [(name, n) for name, n in basis.month.titles if name in of_posts]
    if not ranked:
        advice = "Tell people about your posts: nobody has read one in this time."
    elif stands_out(ranked):
        advice = (
            f"Write a follow-up to {quoted(ranked[0][0])}: it was read more than any other post."
        )
    else:
        advice = "Write about what matters most to you: no post was read much more than others."
    return with_rows(
        FigureSection(key="posts", heading="Which posts and pages", advice=advice, named="Page"),
        rows_of(basis.week.titles, basis.month.titles, by_day(basis, basis.subjects.by_title)),
    )


def issues(basis: Basis) -> FigureSection:
    """What the posts that were read are about."""
    ranked = basis.month.issues
    if not ranked and any(basis.subjects.issues.get(p) for p in basis.subjects.published):
        advice = "Tell people about your posts on issues: nobody read one in this time."
    elif not ranked:
        advice = "Tag posts with issues if they have none: nothing that was read is about one."
    elif stands_out(ranked):
        advice = (
            f"Put {quoted(ranked[0][0])} first in the next newsletter or leaflet: it was read "
            "about more than any other."
        )
    else:
        advice = "Give each issue its turn: none was read about much more than the others."
    days = by_day(basis, basis.subjects.by_issue)
    return with_rows(
        FigureSection(
            key="issues",
            heading="Which issues",
            advice=advice,
            about="The issue's page and the posts about it. A post about two counts for both.",
            named="Issue",
        ),
        rows_of(basis.week.issues, ranked, days, basis.month.reads),
    )


def streets(basis: Basis) -> FigureSection:
    """Which streets were read about."""
    ranked = basis.month.streets
    if not ranked and any(basis.subjects.streets.get(p) for p in basis.subjects.published):
        advice = "Tell people about your posts on streets: nobody read one in this time."
    elif not ranked:
        advice = "Name streets in posts (Places:) if they have none: nothing read was about one."
    elif stands_out(ranked):
        advice = (
            f"Say what happens next in {ranked[0][0]}: it was read about more than any other "
            "street."
        )
    else:
        advice = "Treat streets alike: none was read about much more than the others."
    days = by_day(basis, basis.subjects.by_street)
    return with_rows(
        FigureSection(
            key="streets",
            heading="Which streets",
            advice=advice,
            about="The street's page and the posts about it. It does not say where readers live.",
            named="Street",
        ),
        rows_of(basis.week.streets, ranked, days, basis.month.reads),
    )


def excluded(basis: Basis) -> FigureSection:
    """What was left out."""
    return with_rows(
        FigureSection(
            key="excluded",
            heading="What was left out",
            advice=_on_excluded(dict(basis.month.excluded)),
            about="Programs, and everything else that is not a read.",
            named="Reason",
        ),
        rows_of(_capitals(basis.week.excluded), _capitals(basis.month.excluded), no_days),
    )


def _capitals(reasons: Ranked) -> Ranked:
    return [(capital(reason), n) for reason, n in reasons]


def _on_excluded(reasons: Mapping[str, int]) -> str:
    if _MANY_ERRORS * sum(reasons.values()) < reasons.get(Excluded.ERROR.value, 0):
        return (
            "Look in the log for a link that leads nowhere: more than a tenth of these requests "
            "ended with an error or a redirect."
        )
    return "There is nothing to do about these requests: they are in none of the other numbers."
