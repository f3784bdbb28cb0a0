"""The whole site: settings, issues, posts and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

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

# The issue of what is planned.
_PLANNING = "planning"


@dataclass(frozen=True, slots=True)
class Redirect:
    """A line of redirects.csv: an old address that belongs to no post, and where it leads now.

    Both begin with a slash, and `new` may end with the id of a part of the page.
    """

    old: str
    new: str
    line: int


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
    def published(self) -> tuple[Post, ...]:
        """The posts that lists show, newest first."""
        return tuple(p for p in self.posts if p.visibility is Visibility.PUBLISHED)

    @cached_property
    def _by_issue(self) -> dict[str, tuple[Post, ...]]:
        return {}

    def posts_on(self, issue: Issue) -> tuple[Post, ...]:
        """The published posts about an issue, newest first; found when they are first needed."""
        found, slug = self._by_issue, issue.slug
        if slug not in found:
            found[slug] = tuple([post for post in self.published if slug in post.issues])
        return found[slug]
