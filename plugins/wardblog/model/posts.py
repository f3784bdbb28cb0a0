"""A post or a page, with all that its lines and its text say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from wardblog.model.events import Deadline, Event, Update
from wardblog.model.personal_data import PersonalData
from wardblog.model.places import Place, Precision, Progress

# The tag of a post that is about no issue. It is a word to the software, and has no page.
GENERAL = "general"


class Visibility(Enum):
    """Whether residents see a post: now, from its date on, or only once it is no draft."""

    PUBLISHED = "published"
    HIDDEN = "hidden"
    DRAFT = "draft"
    SCHEDULED = "scheduled"

    def __init__(self, word: str) -> None:
        # Whether no page of it is written yet. An attribute, since it is asked of every post.
        self.is_waiting = word in ("draft", "scheduled")


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Allowance:
    """A rule that the author answered, with the reason given."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a text, as written, with its line.

    `embeds` is the name of the element that fetches it with the page, such as `img`; a link that
    is only followed has none.
    """

    target: str
    line: int
    embeds: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a post that a rule asks about, with their line where that is known."""

    words: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """Words by which somebody says how she will vote, and whether planning is spoken of there."""

    words: str
    line: int
    is_about_planning: bool


class Body(Protocol):
    """What stands below a post's header; it may lie on the disk until it is asked for.

    `html` holds Pelican's link marks until the build has resolved them, `text` is the Markdown
    that it was made from, and `line` the line of the file on which that begins. `raw` is the HTML
    before it was cleaned, or empty where there was nothing to take out or to mend.
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
class Written:
    """A body that is at hand."""

    html: str
    text: str = ""
    line: int = 1
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post or a page.

    `progress` is the latest, and `updates` are in the order of time. `image_size` is in bytes, and
    0 for a picture that is made smaller before it is published. `marks` are Pelican's link marks
    in its HTML, `files` the files of the content that are published if it is, `pictures` those of
    them that are pictures outside of `images/`, `personal` what it gives away of anybody,
    `mailboxes` the official e-mail addresses in it, and `emblems` the names of pictures that may
    show a logo or a coat of arms, with the words beside them.
    `commitments` are the author's words about how she will vote.
    `waits` says in a preview why residents do not see it yet.
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
    places: tuple[Place, ...] = ()
    precision: Precision = Precision.EXACT
    progress: Progress | None = None
    reference: str = ""
    position: str = ""
    card: str = ""
    updates: tuple[Update, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    events: tuple[Event, ...] = ()
    aliases: tuple[str, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    links: tuple[Link, ...] = ()
    marks: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    personal: tuple[PersonalData, ...] = ()
    mailboxes: tuple[Mention, ...] = ()
    emblems: tuple[Mention, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    waits: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def html(self) -> str:
        return self.body.html

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def raw(self) -> str:
        """The HTML as its author had it, with what is not published."""
        return self.body.raw or self.body.html

    def line_with(self, words: str) -> int | None:
        """The line of the text where these words first stand, whatever their case."""
        at = self.text.casefold().find(words.casefold())
        return self.body.line + self.text.count("\n", 0, at) if at >= 0 else None

    def line_of(self, key: str) -> int | None:
        """The line on which a key of the header stands, counted from 1."""
        return self.lines.get(key)
