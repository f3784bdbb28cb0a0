"""The sections about who follows: by e-mail, by feeds, and after which post they began."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from wardblog.office.statistics.chance import is_clearly_more
from wardblog.office.statistics.ranked_rows import stands_out
from wardblog.office.statistics.referrers import NEWSLETTER
from wardblog.office.statistics.sections import (
    MONTH,
    MOST_ROWS,
    QUARTER,
    WEEK,
    Basis,
    FigureRow,
    FigureSection,
    number,
    quoted,
    shown,
)
from wardblog.office.statistics.service_names import shown_name
from wardblog.office.statistics.summary import Ranked
from wardblog.office.statistics.totals import subscribers
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted, long_date, short_date

_UNKNOWN = "–"
# On how many days the mailbox has to have been read in two weeks, to say when somebody joined.
_FEWEST_MAIL_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gain:
    """What was in the week before a post and in the week that began with it; None if unknown."""

    title: str
    day: date
    mail: tuple[int, int] | None
    mail_days: int
    feeds: tuple[int, int] | None

    @property
    def most(self) -> int:
        """By how many more it was, the larger of both ways."""
        return max(after - before for before, after in (self.mail or (0, 0), self.feeds or (0, 0)))

    @property
    def has_any(self) -> bool:
        """Whether there was anybody in either week."""
        return any((*(self.mail or ()), *(self.feeds or ())))


def after_posts(basis: Basis) -> FigureSection:
    """How many subscribed before and after each post; that is never called a cause."""
    gains = sorted(_gains(basis), key=lambda one: (-one.most, one.day))
    rows, more = shown(
        [
            FigureRow(
                name=one.title,
                cells=(_then(one.mail), _then(one.feeds)),
                note=short_date(one.day, basis.today),
            )
            for one in gains
            if any(other.has_any for other in gains)
        ]
    )
    return FigureSection(
        key="after-posts",
        heading="Subscribers before and after a post",
        advice=_advice(gains),
        about=(
            "The week before the post, then the week that begins with it: how many asked for the "
            "newsletter, by the day on which make subscribers read their e-mail, and how many "
            "followed the feeds at its end. Posts of the same week share these numbers."
            if rows
            else ""
        ),
        named="Post",
        columns=("By e-mail", "By feeds") if rows else (),
        rows=rows,
        more=more,
    )


def _then(pair: tuple[int, int] | None) -> str:
    return _UNKNOWN if pair is None else f"{pair[0]:,}, then {pair[1]:,}"


def _gains(basis: Basis) -> Iterator[_Gain]:
    """The posts of the last twelve weeks of which something is known."""
    titles = basis.subjects.titles
    for path, day in basis.subjects.published.items():
        if not 0 <= (basis.today - day).days < QUARTER:
            continue
        weeks = tuple(
            (begin, begin + timedelta(days=WEEK - 1)) for begin in (day - timedelta(days=WEEK), day)
        )
        mail, days = _mail(basis, weeks)
        if (feeds := _feeds(basis, weeks)) or mail:
            title = titles.get(path, path)
            yield _Gain(title=title, day=day, mail=mail, mail_days=days, feeds=feeds)


_Weeks = tuple[tuple[date, date], ...]


def _mail(basis: Basis, weeks: _Weeks) -> tuple[tuple[int, int] | None, int]:
    """Who joined in both weeks, and on how many days their mail was read."""
    if basis.newsletter.number is None or weeks[1][1] >= basis.today:
        return None, 0
    before, after = (basis.newsletter.joined_between(*week) for week in weeks)
    return (len(before), len(after)), len({*before, *after})


def _feeds(basis: Basis, weeks: _Weeks) -> tuple[int, int] | None:
    """Who followed feeds at the end of both weeks, if there are logs of all their days."""
    found = []
    for first, last in weeks:
        days = [(day, one) for day, one in sorted(basis.totals.items()) if first <= day <= last]
        if len(days) < WEEK:
            return None
        found.append(sum(subscribers(days).values()))
    return found[0], found[1]


def _advice(gains: list[_Gain]) -> str:
    if not gains:
        return (
            "Look here later: a post needs a week before it and a week after it for which there "
            "are logs, or a list of subscribers."
        )
    if not any(one.has_any for one in gains):
        return (
            "Look here after your next post: nobody subscribed in the weeks around the last ones."
        )
    for one in gains:
        near = sum(abs((one.day - other.day).days) < WEEK for other in gains)
        if one.mail and one.mail_days >= _FEWEST_MAIL_DAYS and is_clearly_more(*one.mail[::-1]):
            return _more_after(one, one.mail, "asked for the newsletter", near)
        if one.feeds and is_clearly_more(*one.feeds[::-1]):
            return _more_after(one, one.feeds, "followed the feeds", near)
    return "Judge no post by this: none of them was followed by clearly more subscribers."


def _more_after(one: _Gain, pair: tuple[int, int], what: str, near: int) -> str:
    """It is not said that the post was the reason; if there were `near` posts, none is named."""
    people = f"{counted(pair[1], 'person', 'people')} {what}, and {pair[0]:,} in the week before"
    if near > 1:
        return (
            f"Think of what you did around {long_date(one.day)}: in the week from then on "
            f"{people}, but {near:,} posts appeared close together."
        )
    return (
        f"Try another post like {quoted(one.title)}: in the week from then on {people}, though "
        "something else may be the reason."
    )


def ways(basis: Basis) -> FigureSection:
    """E-mail compared with feeds."""
    mail = basis.newsletter
    feeds = sum(count for _, count, _ in basis.month.feeds)
    since = basis.today - timedelta(days=MONTH - 1)
    joined = len(mail.joined_between(since, basis.today))
    from_mail = dict(basis.month.sources).get(NEWSLETTER, 0)
    known = mail.number is not None
    return FigureSection(
        key="ways",
        heading="E-mail and feeds",
        advice=_ways_advice(basis, feeds),
        about=(
            mail.trouble
            or "New subscribers, and reads by links in newsletters, are those of the last 28 days. "
            "People who read in a feed reader do not open the pages, so those reads are in no "
            "log. Somebody who follows two feeds is counted twice."
        ),
        named="Way",
        columns=("Subscribers", "New", "Reads"),
        rows=(
            FigureRow(
                name="Newsletter",
                cells=(
                    number(mail.number or 0) if known else _UNKNOWN,
                    number(joined) if known else _UNKNOWN,
                    number(from_mail),
                ),
            ),
            FigureRow(name="Feeds", cells=(number(feeds), _UNKNOWN, _UNKNOWN)),
        ),
    )


def _ways_advice(basis: Basis, feeds: int) -> str:
    mail = basis.newsletter.number
    if mail is None:
        return (
            "Offer a newsletter, or look at its service for the number of its subscribers: there "
            "is no list of them in the private folder."
        )
    if is_clearly_more(mail, feeds):
        return "Put urgent news in the newsletter: more people follow by e-mail than by feeds."
    if is_clearly_more(feeds, mail):
        return (
            "Mention the newsletter in your next posts: more people follow by feeds than by e-mail."
        )
    return "Keep both: neither has clearly more subscribers than the other."


def feeds(basis: Basis) -> FigureSection:
    """The subscribers of each feed, and which services announced them."""
    found = basis.month.feeds
    rows, more = shown(
        [
            FigureRow(
                name=name,
                cells=(number(count), number(sum(n for _, n in services))),
                note=_services(services),
            )
            for name, count, services in found
        ]
    )
    # Of other addresses, anybody may have made up who fetches them.
    own = {f"{name} ({path})" for path, name in basis.subjects.feeds.items()}
    ranked = [(name, count) for name, count, _ in found if name in own]
    if not ranked:
        advice = "Say on your next leaflet how to follow by feed: nobody is known to do so."
    elif len(ranked) == 1:
        advice = "Name other feeds as well where you say how to follow: only one has subscribers."
    elif stands_out(ranked):
        advice = (
            f"Name the feed {quoted(ranked[0][0])} where you say how to follow: it has the most "
            "subscribers."
        )
    else:
        advice = "Name all feeds where you say how to follow: none has clearly more subscribers."
    return FigureSection(
        key="feeds",
        heading="Subscribers of each feed",
        advice=advice,
        about=(
            "Services announce how many follow by them. The rest are feed readers on people's own "
            "phones and computers: the middle one of the last week's daily numbers."
            if rows
            else ""
        ),
        named="Feed",
        columns=("Subscribers", "Announced") if rows else (),
        rows=rows,
        more=more,
    )


def _services(services: Ranked) -> str:
    """`announced by Feedly 12, Inoreader 3`."""
    found: Counter[str] = Counter()
    for name, n in services:
        found[shown_name(name)] += n
    named = [f"{name} {n:,}" for name, n in found.most_common(MOST_ROWS)]
    if len(found) > MOST_ROWS:
        named.append(f"{len(found) - MOST_ROWS:,} more")
    return f"announced by {', '.join(named)}" if named else ""
