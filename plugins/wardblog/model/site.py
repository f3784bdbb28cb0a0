"""The whole site: settings, issues, posts and files."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import field
from datetime import date, datetime, time
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from wardblog.model.casework import CaseworkQuarter
from wardblog.model.community import CommunitySite
from wardblog.model.events import LONDON, Event
from wardblog.model.gazetteer import NO_GAZETTEER, Gazetteer
from wardblog.model.issues import Issue
from wardblog.model.newsletter import NewsletterSettings
from wardblog.model.personal_data import InspectionResult, PersonalData
from wardblog.model.pictures import Picture
from wardblog.model.posts import Post, Visibility
from wardblog.model.questions import AnswerCounts, AnswerSettings
from wardblog.model.settings import (
    Councillor,
    Election,
    Imprint,
    MapSettings,
    PublishSettings,
    Ward,
)
from wardblog.support.late_dataclass import dataclass

T = TypeVar("T")

# The issue of what is planned.
_PLANNING = "planning"
# If more posts than this changed, all are looked at again.
_FEW = 200


@dataclass(frozen=True, slots=True)
class Redirect:
    """A line of redirects.csv: an old address that belongs to no post, and where it leads now.

    Both begin with a slash, and `new` may end with the id of a part of the page.
    """

    old: str
    new: str
    line: int


class PostIndex:
    """What is found by looking at each of a site's posts, which are thousands.

    While a site is being written, the next one differs in a post or two. It keeps what does not
    depend on them: a list of posts as long as each is in it as before, a value as long as the
    fields that it is made from are the same, and what else is made from objects or single posts
    as long as these are the same objects.
    """

    def __init__(self, posts: tuple[Post, ...]) -> None:
        self.posts = posts
        self._lists: dict[Hashable, tuple[Callable[[Post], object], tuple[Post, ...]]] = {}
        self._values: dict[Hashable, tuple[Callable[[Post], object], Any]] = {}
        self._made: dict[str, tuple[tuple[object, ...], Any]] = {}
        self._of_each: dict[str, tuple[object, dict[int, tuple[Post, Any]]]] = {}

    def where(
        self,
        name: Hashable,
        holds: Callable[[Post], object],
        among: Iterable[Post] | None = None,
    ) -> tuple[Post, ...]:
        """The posts of which this holds, in their order; all of these are `among` the given."""
        if name not in self._lists:
            found = tuple(filter(holds, self.posts if among is None else among))
            self._lists[name] = holds, found
        return self._lists[name][1]

    def having(self, name: str) -> tuple[Post, ...]:
        """The posts that have something in a field."""
        return self.where(name, attrgetter(name))

    def value(self, name: Hashable, make: Callable[[], T], *fields: str) -> T:
        """What is made from these fields of the posts and from their order, and has no posts."""
        if name not in self._values:
            self._values[name] = attrgetter(*fields), make()
        found: T = self._values[name][1]
        return found

    def made(self, name: str, needs: tuple[object, ...], make: Callable[[], T]) -> T:
        """What is made from these objects only, such as a list that `where` found."""
        before = self._made.get(name)
        if before is None or any(a is not b for a, b in zip(before[0], needs, strict=True)):
            before = self._made[name] = needs, make()
        found: T = before[1]
        return found

    def each(
        self, name: str, posts: Iterable[Post], needs: object, make: Callable[[Post], T]
    ) -> list[T]:
        """What is made from each of these posts alone, and from what else it `needs`."""
        before = self._of_each.get(name)
        known = before[1] if before and before[0] == needs else {}
        found = {id(post): known.get(id(post)) or (post, make(post)) for post in posts}
        self._of_each[name] = needs, found
        return [one for _, one in found.values()]

    def after(self, posts: tuple[Post, ...]) -> PostIndex:
        """The index of the next site's posts, with all that still holds."""
        if posts is self.posts:
            return self
        new = PostIndex(posts)
        changed = [(a, b) for a, b in zip(self.posts, posts, strict=False) if a is not b]
        if len(posts) != len(self.posts) or len(changed) > _FEW:
            return new
        new._made, new._of_each = self._made.copy(), self._of_each.copy()
        others = {id(old): post for old, post in changed}
        for name, (holds, found) in self._lists.copy().items():
            are = [bool(holds(old)) for old, _ in changed]
            if are == [bool(holds(post)) for _, post in changed]:
                kept = tuple([others.get(id(p), p) for p in found]) if any(are) else found
                new._lists[name] = holds, kept
        for name, (parts, value) in self._values.copy().items():
            if all(parts(old) == parts(post) for old, post in changed):
                new._values[name] = parts, value
        return new


def _is_published(post: Post) -> bool:
    return post.visibility is Visibility.PUBLISHED


def _waits(post: Post) -> bool:
    return post.visibility.is_waiting


@dataclass(frozen=True, kw_only=True)
class Site:
    """Everything in the content folder, and the day on which it is read."""

    title: str
    url: str
    description: str
    accent: str
    ward: Ward
    councillors: tuple[Councillor, ...]
    imprint: Imprint
    map: MapSettings
    publish: PublishSettings
    issues: tuple[Issue, ...]
    posts: tuple[Post, ...]
    pages: tuple[Post, ...]
    files: frozenset[str]
    today: date
    # Repeating events, such as the surgery.
    surgeries: tuple[Event, ...] = ()
    # The streets, places and postcodes that posts may name.
    gazetteer: Gazetteer = NO_GAZETTEER
    # Where residents sign up for an e-mail newsletter, the councillors' channel on WhatsApp, and
    # the WebSub hub that announces changes.
    newsletter: str = ""
    whatsapp: str = ""
    hub: str = ""
    # How our own newsletter is sent, and who prints leaflets, with the address.
    mailing: NewsletterSettings | None = None
    printer: str = ""
    # The other local sites, from community.toml.
    community: tuple[CommunitySite, ...] = ()
    # Where residents send answers to questions, and what was counted of them, by the question's
    # code, from answers/. `me_too` has how many have the same problem, by the code of the report.
    answering: AnswerSettings = field(default_factory=AnswerSettings)
    answers: Mapping[str, AnswerCounts] = field(default_factory=dict, hash=False)
    me_too: Mapping[str, int] = field(default_factory=dict, hash=False)
    # Where each of these counts is: its file and line, by what was counted, such as `QH4TZ-A`.
    count_lines: Mapping[str, tuple[str, int]] = field(default_factory=dict, hash=False)
    # Who of those named in `Reply` lines agreed to it. Only the checks know: nothing is made of it.
    consents: frozenset[str] = frozenset()
    # How many cases there were, newest quarter first, from casework.csv.
    casework: tuple[CaseworkQuarter, ...] = ()
    # Old addresses that belong to no post, from redirects.csv.
    redirects: tuple[Redirect, ...] = ()
    # Personal data in these addresses, which are published.
    personal_redirects: tuple[PersonalData, ...] = ()
    # Whether issues.toml was read without a mistake, so that tags can be checked against it.
    issues_known: bool = True
    url_line: int | None = None
    # The pictures among the images, and those beside them that texts show or link to.
    pictures: Mapping[str, Picture] = field(default_factory=dict, hash=False)
    # The files that posts refer to and that are published unchanged, with what was found in them.
    inspected: Mapping[str, InspectionResult] = field(default_factory=dict, hash=False)
    # The files of the content that the theme and the settings show, such as a logo.
    named_files: frozenset[str] = frozenset()
    # Personal data that is public, as listed in ward.toml.
    allow: tuple[str, ...] = ()
    election: Election | None = None
    # The lines of settings in ward.toml, such as `imprint.address` or `councillor.1.email`.
    lines: Mapping[str, int] = field(default_factory=dict, hash=False)
    # Whether ward.toml was read without a mistake; otherwise the public numbers are unknown.
    settings_known: bool = True
    # The last moment at which something on the site became due or ended. It is used as the time of
    # the build, and stays the same until the next such moment.
    moment: datetime | None = None

    @property
    def now(self) -> datetime:
        """Posts dated later than this are held back; without a moment, the end of the day."""
        return self.moment or datetime.combine(self.today, time.max, LONDON)

    @property
    def base_path(self) -> str:
        """The path below which residents find the site: `""`, or `/blog` for a subfolder."""
        rest = self.url.split("://", 1)[-1]
        return ("/" + rest.split("/", 1)[1].strip("/")).rstrip("/") if "/" in rest else ""

    def absolute(self, address: str) -> str:
        """The full URL of an address below the site, such as `2026/11/slug/`."""
        return f"{self.url}/{address.lstrip('/')}"

    @property
    def has_mail(self) -> bool:
        """Whether residents join our newsletter by writing to it."""
        return self.mailing is not None and self.mailing.joins_by_mail

    @property
    def has_email(self) -> bool:
        """Whether there is a newsletter, ours or that of a service with a form."""
        return self.has_mail or bool(self.newsletter)

    def takes_me_too(self, post: Post) -> bool:
        """Whether residents can write that they have the same problem as an open report.

        An application is not a problem: those about planning, and those on which a councillor has
        a position, are left out.
        """
        is_problem = post.is_open and not post.position and _PLANNING not in post.issues
        return is_problem and bool(self.answering.address and self.answering.me_too)

    @cached_property
    def index(self) -> PostIndex:
        return PostIndex(self.posts)

    def following(self, before: Site) -> Site:
        """This site, which keeps what was found of the posts of the one before and still holds."""
        self.__dict__["index"] = before.index.after(self.posts)
        return self

    @property
    def waiting(self) -> tuple[Post, ...]:
        """The posts, then the pages, that residents do not see yet."""
        return (*self.index.where("waiting", _waits), *filter(_waits, self.pages))

    def having(self, name: str) -> tuple[Post, ...]:
        """The posts, then the pages, that have something in a field."""
        return (*self.index.having(name), *filter(attrgetter(name), self.pages))

    @property
    def published(self) -> tuple[Post, ...]:
        """The posts that lists show, newest first."""
        return self.index.where("published", _is_published)

    def posts_on(self, issue: Issue) -> tuple[Post, ...]:
        """The published posts about an issue, newest first; found when they are first needed."""
        slug = issue.slug
        return self.index.where(
            ("issue", slug), lambda p: slug in p.issues and _is_published(p), self.published
        )
