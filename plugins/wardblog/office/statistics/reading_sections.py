"""The sections about what was read: how much, what, from where, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from wardblog.office.statistics.chance import is_clearly_more, share_in_words, shares
from wardblog.office.statistics.referrers import (
    EMAIL,
    LEAFLET,
    NEWSLETTER,
    NONE,
    OTHER,
    THIS_SITE,
    source_of_campaign,
)
from wardblog.office.statistics.sections import (
    MONTH,
    WEEK,
    Basis,
    ColumnChart,
    FigureRow,
    FigureSection,
    number,
    quoted,
    shown,
)
from wardblog.office.statistics.summary import Ranked, Summary
from wardblog.text.words import short_date

# Fewer reads than these in two periods are not compared.
_FEWEST = 50
_PERIODS = ("7 days", "28 days", "Share")
_SOURCES = {
    NONE: "Not known",
    THIS_SITE: "Another page of this site",
    NEWSLETTER: "The newsletter",
    LEAFLET: "A leaflet or poster",
    EMAIL: "A link in an e-mail",
    OTHER: "Other sites",
}
# By the first word of a source: what to say before its name, and what to do about it.
_KINDS = {
    "search": (" (search)", "write titles in the words that residents would search for"),
    "social": ("", "share your next post there first"),
    "local": ("", "share your next post there first"),
    "assistant": (" (assistant)", "say what matters in the first sentences of a post"),
    "link": (" (code in a link)", "use that link again"),
    OTHER: ("", "thank them, and tell them about your next post"),
    NEWSLETTER: ("", "keep sending it"),
    LEAFLET: ("", "deliver the next one"),
    EMAIL: ("", "ask readers to forward your next post"),
}


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
            _period("The last 7 days", week, WEEK),
            _period("The 7 days before", before, WEEK),
            _period("The last 28 days", month, MONTH),
            _period("The 28 days before", earlier, MONTH),
        ),
        chart=ColumnChart(
            title="Reads on each of the last 28 days",
            unit="Day",
            names=names,
            values=values,
            ticks=ticks,
        ),
    )


def _period(name: str, one: Summary, length: int) -> FigureRow:
    """A period without any log has no number, rather than 0."""
    return FigureRow(
        name=name, cells=(number(one.reads) if one.days else "–", f"{one.days} of {length}")
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
    elif _stands_out(ranked):
        advice = (
            f"Write what has happened since in {quoted(ranked[0][0])}: it was read more than any "
            "other post."
        )
    else:
        advice = "Write about what matters most to you: no post was read much more than others."
    return _with_rows(
        FigureSection(key="posts", heading="Which posts and pages", advice=advice, named="Page"),
        _rows(basis.week.titles, basis.month.titles, _by_day(basis, basis.subjects.by_title)),
    )


def issues(basis: Basis) -> FigureSection:
    """What the posts that were read are about."""
    ranked = basis.month.issues
    if not ranked:
        advice = "Tag posts with issues if they have none: nothing that was read is about one."
    elif _stands_out(ranked):
        advice = (
            f"Put {quoted(ranked[0][0])} first in the next newsletter or leaflet: it was read "
            "about more than any other."
        )
    else:
        advice = "Give each issue its turn: none was read about much more than the others."
    days = _by_day(basis, basis.subjects.by_issue)
    return _with_rows(
        FigureSection(
            key="issues",
            heading="Which issues",
            advice=advice,
            about="The issue's page and the posts about it. A post about two counts for both.",
            named="Issue",
        ),
        _rows(basis.week.issues, ranked, days, basis.month.reads),
    )


def streets(basis: Basis) -> FigureSection:
    """Which streets were read about."""
    ranked = basis.month.streets
    if not ranked:
        advice = "Name streets in posts (Places:) if they have none: nothing read was about one."
    elif _stands_out(ranked):
        advice = (
            f"Say what happens next in {ranked[0][0]}: it was read about more than any other "
            "street."
        )
    else:
        advice = "Treat streets alike: none was read about much more than the others."
    days = _by_day(basis, basis.subjects.by_street)
    return _with_rows(
        FigureSection(
            key="streets",
            heading="Which streets",
            advice=advice,
            about="The street's page and the posts about it. It does not say where readers live.",
            named="Street",
        ),
        _rows(basis.week.streets, ranked, days, basis.month.reads),
    )


def sources(basis: Basis) -> FigureSection:
    """Where readers came from."""
    known = [(name, n) for name, n in basis.month.sources if name not in (NONE, THIS_SITE)]
    if not known:
        advice = "Share posts where residents already are: nobody is known to have come by a link."
    elif _stands_out(known):
        way, what = _inside(source_name(known[0][0])), _kind(known[0][0])[1]
        advice = f"Of the ways that are known, {way} brought most readers: {what}."
    else:
        advice = "Keep using several ways: none brought many more readers than the others."
    week = [(source_name(name), n) for name, n in basis.week.sources]
    month = [(source_name(name), n) for name, n in basis.month.sources]
    return _with_rows(
        FigureSection(
            key="sources",
            heading="Where readers came from",
            advice=advice,
            about=(
                "“Not known” are typed addresses, bookmarks, most apps and feed readers, and "
                "browsers that do not say."
            ),
            named="From",
        ),
        _rows(week, month, _no_days),
    )


def source_name(source: str) -> str:
    """A source in words: `Google (search)`, `Our Forum`, `Not known`."""
    if source in _SOURCES:
        return _SOURCES[source]
    name = source.partition(": ")[2]
    return f"{name}{_kind(source)[0]}" if name else source


def _kind(source: str) -> tuple[str, str]:
    return _KINDS.get(source.partition(":")[0], _KINDS[OTHER])


def _inside(name: str) -> str:
    """`The newsletter` in the middle of a sentence."""
    return name[:1].lower() + name[1:] if name in _SOURCES.values() else name


def codes(basis: Basis) -> FigureSection:
    """The reads by the codes in newsletters, on leaflets and posters, and in other links."""
    total: Counter[str] = Counter()
    for one in basis.totals.values():
        total.update(one.campaigns)
    week, month = dict(basis.week.campaigns), dict(basis.month.campaigns)
    rows, more = shown(
        [
            FigureRow(
                name=name, cells=tuple(map(number, (week.get(name, 0), month.get(name, 0), n)))
            )
            for name, n in total.most_common()
        ]
    )
    is_on_paper = any(source_of_campaign(name) == LEAFLET for name in total)
    return FigureSection(
        key="codes",
        heading="Newsletters, leaflets and posters",
        advice=(
            "Compare each leaflet's number with how many you delivered before you print the next."
            if is_on_paper
            else "Look here after your next leaflet: nobody has used the code of one yet."
        ),
        about="By the code in their links and QR codes." if rows else "",
        named="Code",
        columns=("7 days", "28 days", "In all") if rows else (),
        rows=rows,
        more=more,
    )


def excluded(basis: Basis) -> FigureSection:
    """What was left out."""
    return _with_rows(
        FigureSection(
            key="excluded",
            heading="What was left out",
            advice=(
                "There is nothing to do about these requests: they are in none of the other "
                "numbers."
            ),
            about="Programs, and whatever else is no read.",
            named="Reason",
        ),
        _rows(basis.week.excluded, basis.month.excluded, _no_days),
    )


def _stands_out(ranked: Ranked) -> bool:
    """Whether the first has clearly more than the second."""
    return is_clearly_more(ranked[0][1], ranked[1][1] if len(ranked) > 1 else 0)


_DaysOf = Callable[[str], tuple[int | None, ...]]


def _rows(week: Ranked, month: Ranked, days: _DaysOf, whole: int = 0) -> list[FigureRow]:
    """A row for each name in the month, with the number of the week, and the share.

    The share is that of `whole`; without it, of all rows, which then make up 100% together.
    """
    numbers = [n for _, n in month]
    parts = [round(100 * n / whole) for n in numbers] if whole else shares(numbers)
    in_week = dict(week)
    return [
        FigureRow(
            name=name,
            cells=(number(in_week.get(name, 0)), number(n), share_in_words(percent, n)),
            days=days(name),
        )
        for (name, n), percent in zip(month, parts, strict=True)
    ]


def _with_rows(section: FigureSection, rows: list[FigureRow]) -> FigureSection:
    if not rows:
        return replace(section, about="")
    first, more = shown(rows)
    return replace(section, rows=first, more=more, columns=_PERIODS)


def _by_day(basis: Basis, by_name: Callable[[Mapping[str, int]], Counter[str]]) -> _DaysOf:
    """The reads of each of the last 28 days, by name."""
    found = [
        by_name(basis.totals[day].by_path()) if day in basis.totals else None
        for day in basis.days(MONTH)
    ]
    return lambda name: tuple(None if one is None else one[name] for one in found)


def _no_days(_: str) -> tuple[int | None, ...]:
    return ()
