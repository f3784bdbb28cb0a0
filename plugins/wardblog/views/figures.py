"""Counts of what is published: open and fixed reports, how long they took, and posts by month.

All of them can be counted on the pages of the site as well, so that no small number is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.model import Post, Site
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted, month_year, within
from wardblog.views.charts import (
    MONTHS_HEIGHT,
    Chart,
    Fill,
    MonthColumn,
    SpanRow,
    StackedRow,
    columns,
    rows_height,
    spans,
    spans_height,
    stacked,
)
from wardblog.views.monthly_figures import Month, MonthlyCounts, PeriodFigures, closures, is_fixed
from wardblog.views.news import FEWEST_CASES, days_to_fix, most_within


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFigures:
    """The reports about an issue; `address` is that of its page, "" if it has none.

    `days` are those from report to repair, shortest first, as far as they are known. The days in
    words are "" if there are too few of them to say.
    """

    name: str
    address: str
    reports: int
    still_open: int
    fixed: int
    not_possible: int
    days: tuple[int, ...]

    @property
    def most(self) -> str:
        """Within how many days most of them were fixed."""
        most = most_within(self.days)
        return "" if most is None else _long(most)

    @property
    def slowest(self) -> str:
        return _long(self.days[-1]) if self.most else ""

    @property
    def why_no_days(self) -> str:
        """Why no days can be given: `too few to say`, `none fixed yet`; "" if there are."""
        none = "none fixed yet" if self.still_open else "none fixed"
        return "" if self.most else "too few to say" if self.fixed else none


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """`issues` are those with reports, `periods` the newest first, `summary` is a few sentences.

    `days` is None where there are too few cases to draw. `undated` is the number of fixed reports
    that do not say on which day they were fixed.
    """

    summary: str
    issues: tuple[IssueFigures, ...]
    total: IssueFigures
    periods: tuple[PeriodFigures, ...]
    undated: int
    fewest: int
    by_issue: Chart
    by_month: Chart
    posts: Chart
    days: Chart | None


def figures_page(site: Site) -> FiguresPage:
    """The figures of a site with at least one report."""
    reports = tuple(post for post in site.published if post.progress)
    total = _counted(site, "All reports", "", reports)
    issues = tuple(_issues(site, reports))
    counts = MonthlyCounts(site, reports)
    listed = counts.months()
    undated = sum(is_fixed(o) and o.day is None for o in closures(site, reports))
    return FiguresPage(
        summary=_summary(total),
        issues=issues,
        total=total,
        periods=(*reversed([counts.of(*month) for month in listed]), *counts.years(listed[0])),
        undated=undated,
        fewest=FEWEST_CASES,
        by_issue=_chart_by_issue(issues),
        by_month=_chart_by_month(counts, listed),
        posts=_chart_of_posts(counts, listed),
        days=_chart_of_days((*issues, total)),
    )


def _issues(site: Site, reports: tuple[Post, ...]) -> Iterator[IssueFigures]:
    """Each issue with reports, then what is about none; a report may be about several."""
    for issue in site.issues:
        if own := tuple(post for post in reports if issue.slug in post.issues):
            yield _counted(site, issue.name, f"issues/{issue.slug}/", own)
    if others := tuple(post for post in reports if not post.issues):
        yield _counted(site, "Anything else", "", others)


def _counted(site: Site, name: str, address: str, reports: tuple[Post, ...]) -> IssueFigures:
    closed = tuple(closures(site, reports))
    fixed = sum(map(is_fixed, closed))
    return IssueFigures(
        name=name,
        address=address,
        reports=len(reports),
        still_open=len(reports) - len(closed),
        fixed=fixed,
        not_possible=len(closed) - fixed,
        days=days_to_fix(site, reports),
    )


def _long(days: int) -> str:
    return counted(days, "day") if days else "same day"


def _summary(total: IssueFigures) -> str:
    """`Of 12 reports, 4 are open and 8 are fixed. Most of these 8 were fixed within 12 days.`"""
    states = (
        (total.still_open, "is open", "are open"),
        (total.not_possible, "was not possible", "were not possible"),
        (total.fixed, "is fixed", "are fixed"),
    )
    told = [f"{n:,} {one if n == 1 else many}" for n, one, many in states if n]
    words = ", ".join(told[:-1]) + " and " + told[-1] if len(told) > 1 else told[0]
    first = f"There is 1 report on this site; it {words[2:]}."
    if total.reports > 1:
        first = f"Of the {total.reports:,} reports on this site, {words}."
    days, most = total.days, most_within(total.days)
    if most is None:
        return first
    until = f"within {counted(most, 'day')}" if most else "on the day they were reported"
    if len(days) == total.fixed:
        return f"{first} Most of these {len(days):,} were fixed {until}."
    return f"{first} Of the {len(days):,} whose dates are known, most were fixed {until}."


def _chart_by_issue(issues: tuple[IssueFigures, ...]) -> Chart:
    key = ((Fill.SOLID, "fixed"), (Fill.HATCHED, "open"), (Fill.DOTTED, "not possible"))
    counts = [(issue, (issue.fixed, issue.still_open, issue.not_possible)) for issue in issues]
    fills = tuple(fill for fill, _ in key)
    bars, words = stacked([
        StackedRow(i.name, counted(i.reports, "report"), tuple(zip(fills, numbers, strict=True)))
        for i, numbers in counts
    ])  # fmt: skip
    told = (
        f"{i.name}: "
        + ", ".join(f"{n:,} {state}" for n, (_, state) in zip(numbers, key, strict=True) if n)
        for i, numbers in counts
    )
    used = {bar.fill for bar in bars}
    return Chart(
        name="by-issue", title="Reports by issue", about=f"{'. '.join(told)}.",
        height=rows_height(len(issues)), bars=bars, words=words,
        key=tuple(one for one in key if one[0] in used),
    )  # fmt: skip


def _chart_by_month(counts: MonthlyCounts, listed: tuple[Month, ...]) -> Chart:
    fills = (Fill.HATCHED, Fill.SOLID)
    found = counts.columns(listed, "reported", "fixed")
    bars, words = columns(found, fills)
    about = _about(found, "What was reported and what was fixed")
    return Chart(
        name="by-month", title="Reported and fixed by month", about=about, height=MONTHS_HEIGHT,
        bars=bars, words=words, key=((Fill.HATCHED, "reported"), (Fill.SOLID, "fixed")),
    )  # fmt: skip


def _chart_of_posts(counts: MonthlyCounts, listed: tuple[Month, ...]) -> Chart:
    found = counts.columns(listed, "posts")
    bars, words = columns(found, (Fill.SOLID,))
    return Chart(
        name="posts", title="Posts by month", about=_about(found, "Posts"),
        height=MONTHS_HEIGHT, bars=bars, words=words, key=(),
    )  # fmt: skip


def _chart_of_days(rows: tuple[IssueFigures, ...]) -> Chart | None:
    """How long repairs took, where there are enough cases to say."""
    shown = [
        SpanRow(
            name=row.name,
            most=most,
            most_words=f"most {within(most)}",
            slowest=row.days[-1],
            slowest_words=f"slowest {row.slowest}",
        )
        for row in rows
        if (most := most_within(row.days)) is not None
    ]
    if not shown:
        return None
    bars, words = spans(shown)
    told = (f"{row.name}: {row.most_words}, {row.slowest_words}" for row in shown)
    return Chart(
        name="days", title="Days to fix", about=f"{'. '.join(told)}.",
        height=spans_height(len(shown)), bars=bars, words=words,
        key=((Fill.SOLID, "most were fixed within"), (Fill.LINE, "the slowest")),
    )  # fmt: skip


def _about(found: tuple[MonthColumn, ...], what: str) -> str:
    """What a chart of months shows, and where its numbers are."""
    first, last = (month_year(month.year, month.month) for month in (found[0], found[-1]))
    most = max(max(month.counts) for month in found)
    span = f"in {first}" if first == last else f"from {first} to {last}"
    return f"{what} {span}, up to {most:,} in a month. The table has all the numbers."
