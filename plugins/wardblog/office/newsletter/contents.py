"""What is in an issue: new posts, what came of questions, what was fixed, what is coming up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from wardblog.content.picture_versions import PagePicture, page_picture
from wardblog.model import Post, Progress, Site
from wardblog.model.addresses import lasting_address
from wardblog.office.newsletter.asked import (
    OutcomeInIssue,
    ReminderInIssue,
    closing_by,
    outcomes_since,
)
from wardblog.office.newsletter.periods import a_period_after, a_period_before, looks_ahead_to
from wardblog.office.newsletter.record import Sent, start_of
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import join_url
from wardblog.text.directions import direction
from wardblog.text.plain_text import summary_of
from wardblog.text.words import long_date, sentence
from wardblog.views.coming import DateRow, all_occasions, upcoming
from wardblog.views.news import settled_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PostInIssue:
    """A post as an issue shows it; `url` is its complete address.

    `opening` has its first lines, unless they are its summary. `state` is how its report ended,
    such as `Fixed on 9 November, after 4 days`, and `picture` is shown only if pictures are wanted.
    """

    post: Post
    key: str
    url: str
    date: str
    summary: str
    opening: str = ""
    state: str = ""
    topics: tuple[str, ...] = ()
    picture: PagePicture | None = None

    @property
    def title(self) -> str:
        return self.post.title

    @property
    def lang(self) -> str:
        return self.post.lang

    @property
    def dir(self) -> str:
        return direction(self.post.lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairInIssue:
    """A report that was fixed; `words` say when, and after how many days."""

    post: Post
    key: str
    url: str
    words: str

    @property
    def dir(self) -> str:
        return direction(self.post.lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateInIssue:
    """A date that is coming up; `url` is that of the post or page about it, or ""."""

    row: DateRow
    url: str
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueContents:
    """All that an issue could show, before the councillor arranges it.

    `since` is the day of the issue before, or the first day of the period.
    """

    since: date
    posts: tuple[PostInIssue, ...]
    repairs: tuple[RepairInIssue, ...]
    dates: tuple[DateInIssue, ...]
    outcomes: tuple[OutcomeInIssue, ...] = ()
    reminders: tuple[ReminderInIssue, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is new; dates that are coming up and reminders are not news."""
        return not (self.posts or self.repairs or self.outcomes)

    @property
    def items(self) -> tuple[str, ...]:
        """The keys of all that is not to come again in a later issue."""
        parts = (self.posts, self.repairs, self.outcomes, self.reminders)
        return tuple(one.key for part in parts for one in part)


def contents_of(site: Site, every: str, sent: Sent, with_pictures: bool) -> IssueContents:
    """What residents could read on the site today, and was in no issue that went out.

    Posts from before the first day of the last issue count as known; so a post that was published
    later than its date says is not lost, and old posts do not come back.
    """
    earliest = since = a_period_before(every, site.today)
    if sent.last:
        earliest, since = sent.last.since, sent.last.day
    known, maker = sent.items, _Maker(site, with_pictures)
    new = [p for p in site.published if p.date >= start_of(earliest)]
    posts = tuple(maker.post(p) for p in new if lasting_address(p) not in known)
    closing = closing_by(
        site, a_period_after(every, site.today), frozenset(one.key for one in posts)
    )
    return IssueContents(
        since=since,
        posts=posts,
        repairs=tuple(r for r in maker.repairs(earliest) if r.key not in known),
        dates=tuple(_dates(site, looks_ahead_to(every, site.today))),
        outcomes=tuple(o for o in outcomes_since(site, earliest) if o.key not in known),
        reminders=tuple(r for r in closing if r.key not in known),
    )


def post_in_issue(site: Site, post: Post, with_pictures: bool) -> PostInIssue:
    return _Maker(site, with_pictures).post(post)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the items of an issue."""

    site: Site
    with_pictures: bool

    def post(self, post: Post) -> PostInIssue:
        opening = summary_of(post.html, post.title)
        return PostInIssue(
            post=post,
            key=lasting_address(post),
            url=self.site.absolute(post.address),
            date=long_date(post.date.date()),
            summary=post.summary or opening,
            opening="" if _begins_alike(opening, post.summary) else opening,
            state=settled_words(self.site, post),
            topics=tuple(i.name for i in self.site.issues if i.slug in post.issues),
            picture=self._picture(post) if self.with_pictures else None,
        )

    def _picture(self, post: Post) -> PagePicture | None:
        """The picture of a post, if it is described: a decoration is not worth its bytes."""
        if post.lead is None or post.lead.file != post.image or not post.image_alt:
            return None
        return page_picture(self.site.url, post.lead, post.image_alt)

    def repairs(self, since: date) -> Iterator[RepairInIssue]:
        """What was fixed from a day on, newest first."""
        found = []
        for post in self.site.published:
            closure = post.closure(self.site.now)
            if closure is None or closure.progress is not Progress.FIXED or closure.day is None:
                continue
            if closure.day >= since:
                found.append((closure.day, self._repair(post, closure.day)))
        yield from (repair for _, repair in sorted(found, key=lambda one: one[0], reverse=True))

    def _repair(self, post: Post, day: date) -> RepairInIssue:
        return RepairInIssue(
            post=post,
            key=f"{lasting_address(post)}#fixed-{day.isoformat()}",
            url=self.site.absolute(post.address),
            words=sentence(settled_words(self.site, post)),
        )


def _begins_alike(opening: str, summary: str) -> bool:
    """Whether the first lines of a post say no more than its summary."""
    first, second = ("".join(filter(str.isalnum, words)).casefold() for words in (opening, summary))
    return not first or first.startswith(second) or second.startswith(first)


def _dates(site: Site, last: date) -> Iterable[DateInIssue]:
    owners = {f"{site.base_path}/{p.address}": p for p in (*site.pages, *site.posts)}
    for row in upcoming(site, all_occasions(site)):
        if date.fromisoformat(row.iso[:10]) <= last:
            owner = owners.get(row.url)
            yield DateInIssue(
                row=row,
                url=join_url(f"{site.url}/", row.url) if row.url else "",
                owner=lasting_address(owner) if owner else "",
            )
