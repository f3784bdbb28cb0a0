"""Posts and pages: their header lines, their text, how reports ended, and what checks need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from wardblog.model.events import Deadline, Event, Update
from wardblog.model.personal_data import PersonalData
from wardblog.model.pictures import SizedPicture
from wardblog.model.places import Place, Precision, Progress
from wardblog.model.questions import Answer, Outcome, PublishedReply
from wardblog.support.late_dataclass import dataclass

# A date, where a field has that name.
Day = date
# The tag of a post that is not about any issue; this tag has no page.
GENERAL = "general"


class Visibility(Enum):
    """Whether residents can see a post: now, only with its address, from its date on, or never."""

    PUBLISHED = "published"
    HIDDEN = "hidden"
    DRAFT = "draft"
    SCHEDULED = "scheduled"

    def __init__(self, word: str) -> None:
        # Whether it has no page yet. An attribute, since a property is slow for many posts.
        self.is_waiting = word in ("draft", "scheduled")


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Allowance:
    """A rule that the author allows this post to break, with the reason."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a text, as written, with its line.

    `embeds` is the name of the element that loads it with the page, such as `img`; "" for an
    ordinary link.
    """

    target: str
    line: int
    embeds: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a post that a rule is about, with their line if that is known."""

    words: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A sentence in which the author says how she will vote, and whether it is about planning."""

    words: str
    line: int
    is_about_planning: bool


@dataclass(frozen=True, slots=True)
class Closure:
    """How a matter ended, and on which day; None if no line of the post says on which.

    `days` is the number of days since it was reported: 0 on the same day, and None if that is not
    known.
    """

    progress: Progress
    day: date | None
    days: int | None


class Body(Protocol):
    """The text below a post's header; it may stay on the disk until it is needed.

    `html` holds Pelican's link marks until the build has resolved them, `text` is the Markdown
    that it was made from, and `line` the line of the file on which that begins. `raw` is the HTML
    before it was cleaned, or empty if cleaning changed nothing.
    """

    @property
    def html(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def raw(self) -> str: ...


@dataclass(frozen=True, slots=True)
class BodyText:
    """A body that is held in memory."""

    html: str
    text: str = ""
    line: int = 1
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post or a page.

    `streets` are the slugs of the streets that it names. `progress` is the latest, and `updates`
    are in the order of time. `image_size` is in bytes, and 0 for a picture that is made smaller
    before it is published. `inward` are the links that may lead to the site itself, `marks` are
    Pelican's link marks in its HTML, `files` the files of the content that are published if it is,
    `pictures` those of them that are pictures outside of `images/`, `personal` the personal data in
    it, `mailboxes` the official e-mail addresses in it, and `emblems` the names of pictures that
    may show a logo or a coat of arms, with the words beside them. `commitments` are the author's
    words about how she will vote.
    `waits` says in a preview why residents do not see it yet.
    `lead` is the picture that lists show with it: that of its `Image` line, or else the first of
    its text. `image_alt` says what the former shows, and `is_lead_in_text` is whether the text
    shows the lead picture itself.
    `question` is one for residents, with its possible `answers`, unless they are given in a `form`
    elsewhere, whose address that is. It `closes` at a time, which is the last of the `deadlines` as
    well, and `decides` says who decides, and when. `outcomes` and `replies` are in the order of the
    lines.
    `guid` is the id that it had in the feeds of an earlier blog.
    """

    file: str
    title: str
    slug: str
    address: str
    date: datetime
    body: Body
    visibility: Visibility = Visibility.PUBLISHED
    summary: str = ""
    tags: tuple[Tag, ...] = ()
    issues: tuple[str, ...] = ()
    author: str = ""
    lang: str = "en"
    modified: datetime | None = None
    image: str = ""
    image_size: int = 0
    image_alt: str = ""
    lead: SizedPicture | None = None
    is_lead_in_text: bool = False
    places: tuple[Place, ...] = ()
    streets: tuple[str, ...] = ()
    precision: Precision = Precision.EXACT
    progress: Progress | None = None
    reference: str = ""
    position: str = ""
    card: str = ""
    updates: tuple[Update, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    events: tuple[Event, ...] = ()
    question: str = ""
    answers: tuple[Answer, ...] = ()
    closes: Deadline | None = None
    decides: str = ""
    form: str = ""
    outcomes: tuple[Outcome, ...] = ()
    replies: tuple[PublishedReply, ...] = ()
    guid: str = ""
    aliases: tuple[str, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    links: tuple[Link, ...] = ()
    inward: tuple[Link, ...] = ()
    marks: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    personal: tuple[PersonalData, ...] = ()
    mailboxes: tuple[Mention, ...] = ()
    emblems: tuple[Mention, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    waits: str = ""
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict, hash=False)

    def settled(self, now: datetime) -> Post:
        """The post with its `updates` in the order of time and the `progress` reached by `now`.

        A place without a progress of its own takes that of the post; nothing else fills it in, so
        a post is settled once, when all its lines have been read.
        """
        if not self.updates and not self.places:
            return self
        updates = tuple(sorted(self.updates, key=lambda update: update.moment))
        reached = [u.progress for u in updates if u.progress and u.moment <= now]
        progress = reached[-1] if reached else self.progress
        places = tuple(p if p.progress else replace(p, progress=progress) for p in self.places)
        return replace(self, updates=updates, progress=progress, places=places)

    @property
    def closing(self) -> Deadline | None:
        """The one of its `deadlines` at which its question closes; None without a question."""
        is_asking = self.question and self.closes is not None and self.deadlines
        return self.deadlines[-1] if is_asking else None

    @property
    def is_about_somebody(self) -> bool:
        """Whether the post gives details about a person, who agreed to that post alone."""
        return any(answer.rule == "personal-data" for answer in self.allowances)

    @property
    def is_open(self) -> bool:
        """Whether it is a report that is not closed, or not for each of its places.

        A post without a progress is not a report, whatever it says about its places.
        """
        if self.progress is None:
            return False
        stages = (self.progress, *(place.progress for place in self.places))
        return any(stage.is_open for stage in stages if stage)

    @property
    def reported(self) -> Day:
        """The day of the report: that of the post, or of its first `Updated` line if earlier."""
        return min([self.date.date(), *(update.day for update in self.updates)])

    def turn(self, now: datetime) -> Update | None:
        """The line with which the present progress began; None if no line up to `now` gives it.

        Later lines with the same progress only add to what is known: a matter that was fixed on
        Monday, and still is on Friday, was fixed on Monday.
        """
        found = None
        for update in reversed(self.updates):
            if update.progress is None or update.moment > now:
                continue
            if update.progress is not self.progress:
                break
            found = update
        return found

    def closure(self, now: datetime) -> Closure | None:
        """How the matter ended, as of `now`; None while it is open, or if it is not a report.

        The days are counted from the post, or from its first `Updated` line if that is earlier: a
        problem that was reported on 3 November, posted on 7 November and fixed on the 9th took
        6 days. One that was opened again counts from its first report to the last time that it was
        closed. The days are not known if no line says when it was closed, or if that was before
        the post and no line says when it had been reported.
        """
        if self.progress is None or self.is_open:
            return None
        closing = self.turn(now)
        if closing is None:
            return Closure(self.progress, None, None)
        is_first = closing is self.updates[0]
        reported = self.date.date() if is_first else self.reported
        days = (closing.day - reported).days
        return Closure(self.progress, closing.day, days if days >= 0 else None)

    @property
    def changed(self) -> datetime:
        """When the post was last changed, as far as its header says; no earlier than its date."""
        return self.date if self.modified is None else max(self.modified, self.date)

    @property
    def html(self) -> str:
        return self.body.html

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def raw(self) -> str:
        """The HTML as its author wrote it, with what cleaning removes."""
        return self.body.raw or self.body.html

    def line_with(self, words: str) -> int | None:
        """The line in the file where these words first appear, in any case; None if nowhere."""
        at = self.text.casefold().find(words.casefold())
        return self.body.line + self.text.count("\n", 0, at) if at >= 0 else None

    def line_of(self, key: str, number: int = 0) -> int | None:
        """The line of a header key in the file, counted from 1; None if it has no such line.

        `number` is which of several, from 0; of fewer lines, the last is meant.
        """
        lines = self.lines.get(key)
        return lines[min(number, len(lines) - 1)] if lines else None
