"""What a report-back can say: taken from what residents can read, and from the diary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from wardblog.model import GENERAL, Closure, Post, Progress, Site, Update, Visibility
from wardblog.model.addresses import shown_pages
from wardblog.model.casework import CaseworkQuarter
from wardblog.office.diary import DiaryEntry
from wardblog.scaffold.report_back.asked import AskedMatter, RepliesTo, asked_in, replies_in
from wardblog.scaffold.report_back.period import TAGS, ReportPeriod, is_report
from wardblog.scaffold.report_back.personal import what_entry_gives_away
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import slugify
from wardblog.views.casework_figures import casework_anchor
from wardblog.views.coming import DateRow, all_occasions, upcoming

# Counts of a quarter that ended longer ago than this many days are not news.
_COUNTS_ARE_NEWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A post about which there is something to report.

    `topic` is the name of its issue, or else of a tag, or "". `updates` are the lines since the
    last report, and `ending` is how the matter ended, if it ended since then.
    """

    post: Post
    topic: str
    updates: tuple[Update, ...] = ()
    ending: Closure | None = None
    is_new: bool = False

    @property
    def latest(self) -> tuple[date, datetime]:
        """When it ended or moved last, or appeared."""
        moment = self.updates[-1].moment if self.updates else self.post.date
        day = self.ending.day if self.ending else None
        return day or moment.date(), moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Outing:
    """A meeting or a visit; `post` is the one that announced it, `said` what was heard there."""

    day: date
    what: str
    where: str = ""
    said: str = ""
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class ComingDate:
    """A date that is coming up, with the post or page that it is on."""

    row: DateRow
    post: Post | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What a report-back says, each in its order; `topics` are those of the site, in order.

    `asked` are the questions about which there is news, and `replies` says how many replies of
    residents were published. `heard` is what was said where the diary does not say on what
    occasion. `counts` are the casework of the latest quarter, if no earlier report has them.
    `left_out` are sentences for the councillor alone.
    """

    period: ReportPeriod
    topics: tuple[str, ...]
    fixed: tuple[Matter, ...] = ()
    not_possible: tuple[Matter, ...] = ()
    moved: tuple[Matter, ...] = ()
    new: tuple[Matter, ...] = ()
    asked: tuple[AskedMatter, ...] = ()
    replies: tuple[RepliesTo, ...] = ()
    outings: tuple[Outing, ...] = ()
    heard: tuple[str, ...] = ()
    counts: CaseworkQuarter | None = None
    coming: tuple[ComingDate, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def matters(self) -> tuple[Matter, ...]:
        return (*self.fixed, *self.not_possible, *self.moved, *self.new)

    @property
    def is_empty(self) -> bool:
        """Whether there is no news; dates that are coming up are not news."""
        has_said = self.asked or self.replies or self.heard
        return not (self.matters or has_said or self.outings or self.counts)


def gather(site: Site, period: ReportPeriod, diary: Iterable[DiaryEntry]) -> ReportFacts:
    """What to report about a period: only what everybody can read on the site, and the diary.

    A row of the diary that gives away something about a person is left out.
    """
    matters = [matter for post in _told(site) if (matter := _matter(site, post, period))]
    matters.sort(key=lambda matter: matter.latest, reverse=True)
    ended = {
        progress: tuple(m for m in matters if m.ending and m.ending.progress is progress)
        for progress in (Progress.FIXED, Progress.NOT_POSSIBLE)
    }
    others = [matter for matter in matters if not matter.ending]
    about = [matter for matter in matters if matter.post.is_about_somebody]
    kept, refused = _without_personal(site, [e for e in diary if period.has_day(e.day)])
    return ReportFacts(
        period=period,
        topics=tuple(issue.name for issue in site.issues),
        fixed=ended[Progress.FIXED],
        not_possible=ended[Progress.NOT_POSSIBLE],
        moved=tuple(matter for matter in others if matter.updates),
        new=tuple(matter for matter in others if not matter.updates),
        asked=tuple(asked_in(site, period)),
        replies=tuple(replies_in(site, period)),
        outings=tuple(_outings(site, period, kept)),
        heard=tuple(entry.said for entry in kept if not entry.what),
        counts=_new_counts(site, period),
        coming=tuple(_coming(site, period)),
        left_out=(*_waiting(site, period), *map(_title_only, about), *refused),
    )


def _told(site: Site) -> Iterator[Post]:
    return (post for post in site.published if not is_report(post))


def _matter(site: Site, post: Post, period: ReportPeriod) -> Matter | None:
    """What is new about a post, or None."""
    is_new = period.holds(post.date)
    updates = tuple(
        u
        for u in post.updates
        if period.holds(u.moment) and u.moment > post.date and (u.words or u.progress)
    )
    ending = post.closure(site.now)
    turn = post.turn(site.now) if ending else None
    if turn is None or not period.holds(turn.moment):
        ending = None
    if not (is_new or updates or ending):
        return None
    return Matter(
        post=post, topic=_topic(site, post), updates=updates, ending=ending, is_new=is_new
    )


def _topic(site: Site, post: Post) -> str:
    """The first issue of a post, in the site's order, or else its first tag."""
    for issue in site.issues:
        if issue.slug in post.issues:
            return issue.name
    names = (tag.name for tag in post.tags if tag.slug not in (GENERAL, *TAGS))
    name = next(names, "")
    return name[:1].upper() + name[1:]


def _waiting(site: Site, period: ReportPeriod) -> Iterator[str]:
    """Posts that residents cannot read yet, or should not find."""
    for post in site.posts:
        if is_report(post) and post.visibility is Visibility.DRAFT and period.holds(post.date):
            yield f"{post.file} is still a draft, so its news is in this report again."
    states = {
        Visibility.DRAFT: ("is a draft", "are drafts"),
        Visibility.HIDDEN: ("is hidden", "are hidden"),
    }
    for state, (one, many) in states.items():
        posts = [p for p in site.posts if p.visibility is state and period.holds(p.date)]
        number = sum(not is_report(post) for post in posts)
        if number:
            verb, them = (one, "it is") if number == 1 else (many, "they are")
            noun = "post" if number == 1 else "posts"
            yield f"{number:,} {noun} of these days {verb}, so {them} not in the report."


def _title_only(matter: Matter) -> str:
    return (
        f"{matter.post.file} has details about a person, who agreed to that post alone, so only "
        "its title is in the report."
    )


def _without_personal(
    site: Site, diary: Sequence[DiaryEntry]
) -> tuple[list[DiaryEntry], tuple[str, ...]]:
    """The entries that name nobody, and a sentence about each of the others."""
    kept, refused = [], []
    for entry in diary:
        reason = what_entry_gives_away(site, entry)
        if reason:
            refused.append(
                f"Line {entry.line} of the diary gives away {reason}, so it is not in the report."
            )
        else:
            kept.append(entry)
    return kept, tuple(refused)


def _outings(site: Site, period: ReportPeriod, diary: Sequence[DiaryEntry]) -> Iterator[Outing]:
    """Attended events and the diary's entries by day, each once."""
    found = [
        Outing(day=event.start.date(), what=event.words, where=event.where, post=post)
        for post in (*shown_pages(site), *site.published)
        for event in post.events
        if event.is_attended and not event.is_cancelled and period.has_day(event.start.date())
    ]
    found = list({(one.day, slugify(one.what)): one for one in reversed(found)}.values())
    for entry in diary:
        if not entry.what:
            continue
        twin = next((one for one in found if _is_same(one, entry)), None)
        if twin:
            found.remove(twin)
        found.append(
            Outing(
                day=entry.day,
                what=twin.what if twin else entry.what,
                where=(twin.where if twin else "") or entry.where,
                said=entry.said,
                post=twin.post if twin else None,
            )
        )
    yield from sorted(found, key=lambda one: one.day)


def _is_same(one: Outing, entry: DiaryEntry) -> bool:
    """Whether an event and a row of the diary are about one occasion."""
    if one.day != entry.day or one.post is None:
        return False
    words, others = set(slugify(one.what).split("-")), set(slugify(entry.what).split("-"))
    return words <= others or others <= words


def _new_counts(site: Site, period: ReportPeriod) -> CaseworkQuarter | None:
    """The latest published quarter, unless an earlier report has it or it is long past."""
    if not site.casework:
        return None
    latest = site.casework[0]
    anchor = casework_anchor(latest.quarter)
    is_told = any(anchor in post.text for post in site.published if is_report(post))
    age = (period.today - latest.quarter.last_day).days
    return latest if not is_told and 0 < age <= _COUNTS_ARE_NEWS else None


def _coming(site: Site, period: ReportPeriod) -> Iterator[ComingDate]:
    owners = {f"{site.base_path}/{p.address}": p for p in (*shown_pages(site), *site.published)}
    for row in upcoming(site, all_occasions(site)):
        day = date.fromisoformat(row.iso[:10])
        if day <= period.looks_ahead_to and not (row.is_cancelled and day == period.today):
            yield ComingDate(row, owners.get(row.url))
