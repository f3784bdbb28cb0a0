"""The site as plain values: what every room hands to the next, frozen and valid by type."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from functools import cached_property
from typing import NamedTuple, Protocol

# The tag of a post that is about no issue. It is a word to the software, and has no page.
GENERAL = "general"

# Where a site without an address of its own is read: on the councillor's machine.
LOCAL_URL = "http://localhost:8000"

# The ward's colour where none is chosen.
DEFAULT_ACCENT = "#1d5f3a"

# Metres in a degree of latitude; over a ward the ellipsoid changes this by less than 1%.
METRES_PER_DEGREE = 111_320


class Precision(Enum):
    """How exactly a place is published; the value is the word that a councillor writes."""

    EXACT = "exact"
    STREET = "street"
    AREA = "area"

    @property
    def radius(self) -> int:
        """Radius in metres of the circle that stands for the place; 0 for an exact point."""
        return 0 if self is Precision.EXACT else 100 if self is Precision.STREET else 500


class Progress(Enum):
    """How far a report has got; the value is the word that a councillor writes."""

    REPORTED = "reported"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in progress"
    FIXED = "fixed"
    NOT_POSSIBLE = "not possible"

    @property
    def sign(self) -> str:
        """A sign that goes with the word, so that colour never carries the meaning alone."""
        return {
            "reported": "○",
            "acknowledged": "◔",
            "in progress": "◐",
            "fixed": "●",
            "not possible": "✕",
        }[self.value]

    @property
    def is_open(self) -> bool:
        return self not in (Progress.FIXED, Progress.NOT_POSSIBLE)


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
class Point:
    """A position in WGS84 degrees, latitude first, as already rounded for publication."""

    latitude: float
    longitude: float

    def metres_to(self, other: Point) -> float:
        """The distance on a flat ward: true to 1% within tens of kilometres."""
        across = (self.longitude - other.longitude) * math.cos(math.radians(self.latitude))
        return METRES_PER_DEGREE * math.hypot(self.latitude - other.latitude, across)


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    point: Point
    precision: Precision = Precision.EXACT
    progress: Progress | None = None
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Ring:
    """A closed line of points; the first and the last are the same."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Boundary:
    """The ward's outline: outer rings and holes, drawn with the even-odd rule."""

    rings: tuple[Ring, ...]
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Ward:
    name: str
    council: str
    boundary: Boundary | None = None


@dataclass(frozen=True, slots=True)
class Councillor:
    name: str
    party: str = ""
    email: str = ""
    phone: str = ""
    # Whether she decides on planning applications.
    planning_committee: bool = False


@dataclass(frozen=True, slots=True)
class Election:
    """The days on which what a council publishes is restricted: from the notice to the poll.

    Local Government Act 1986, sections 2 and 4, and the Code of Recommended Practice on Local
    Authority Publicity, paragraph 33. `banner` is the councillor's own words for it.
    """

    notice: date
    poll: date
    banner: str = ""

    def is_on(self, day: date) -> bool:
        return self.notice <= day <= self.poll


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who answers for the material (Elections Act 2022, Part 6)."""

    promoter: str
    on_behalf_of: str
    address: str

    @property
    def sentence(self) -> str:
        if not self.on_behalf_of or self.on_behalf_of == self.promoter:
            return f"Promoted by {self.promoter}, {self.address}."
        return (
            f"Promoted by {self.promoter} on behalf of {self.on_behalf_of}, both of {self.address}."
        )


@dataclass(frozen=True, slots=True)
class Street:
    """A street of the councillor's own file, as lines of points."""

    name: str
    lines: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Streets:
    """The streets about the ward, with what their file says of where they come from."""

    streets: tuple[Street, ...]
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class MapSettings:
    tiles: str = "none"
    tile_url: str = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    tile_attribution: str = "© OpenStreetMap contributors"
    streets: Streets | None = None


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """Where the site goes; a target takes of this what it needs.

    `keep` counts the releases that stay there, the live one included. `verify` is whether the live
    pages are looked at afterwards, or None for the target's own way. `host` may name a user before
    an `@`, and a `port` of 0 is the usual one.
    """

    to: str = "folder"
    path: str = "public"
    line: int | None = None
    keep: int = 5
    verify: bool | None = None
    host: str = ""
    port: int = 0
    endpoint: str = ""
    region: str = ""
    bucket: str = ""
    prefix: str = ""
    remote: str = "origin"
    branch: str = "gh-pages"


class PersonalKind(Enum):
    """What is known of somebody; the value is what a councillor reads."""

    EMAIL = "an e-mail address"
    PHONE = "a telephone number"
    ADDRESS = "somebody's address"
    NI = "a National Insurance number"
    NHS = "an NHS number"
    PLATE = "a number plate"


@dataclass(frozen=True, slots=True)
class Personal:
    """What a text gives away of somebody.

    `words` are as written, and `value` is the same in one form: an e-mail address in small
    letters, a number as E.164 or without its spaces, of an address what comes after the name.
    """

    kind: PersonalKind
    words: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What the published names of a list give away; `people` is a column that names persons."""

    personal: tuple[Personal, ...] = ()
    people: str = ""


NOTHING_DISCLOSED = Disclosure()


@dataclass(frozen=True, slots=True)
class PreviousList:
    """The list of the year before, to compare with; `inside` as in a `Dataset`."""

    file: str
    places: tuple[Place, ...]
    inside: tuple[bool, ...]
    disclosure: Disclosure = NOTHING_DISCLOSED


@dataclass(frozen=True, slots=True)
class Dataset:
    """A council's list as cleaned: every place in it, and which of them the map shows."""

    slug: str
    title: str
    issue: str
    places: tuple[Place, ...]
    inside: tuple[bool, ...]
    show_all: bool
    file: str
    line: int
    source: str = ""
    source_url: str = ""
    licence: str = ""
    as_of: date | None = None
    attribution: str = ""
    without_position: int = 0
    previous: PreviousList | None = None
    disclosure: Disclosure = NOTHING_DISCLOSED
    # Whether any name in it is, or holds, a full postcode.
    has_postcodes: bool = False

    @property
    def download(self) -> str:
        """The address of the cleaned list, in the form that is nearest to the council's own."""
        kind = "geojson" if self.file.endswith("json") else "csv"
        return f"data/{self.slug}.{kind}"

    @property
    def shown(self) -> tuple[Place, ...]:
        if self.show_all:
            return self.places
        return tuple(p for p, inside in zip(self.places, self.inside, strict=True) if inside)


@dataclass(frozen=True, slots=True)
class Issue:
    """What a councillor follows: a declared tag with a page, a map and feeds of its own."""

    name: str
    slug: str
    colour: str
    about: str
    report_url: str
    line: int
    datasets: tuple[Dataset, ...] = ()
    # Where its page was before.
    aliases: tuple[str, ...] = ()
    # Whether posts about it are complaints, which must not point at a door.
    is_sensitive: bool = False
    colour_line: int = 1


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Deadline:
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """How an event comes again.

    `rule` is an RRULE (RFC 5545, 3.3.10) without its end, `words` the same as the councillor put
    it, `until` the last day on which it may be, and `without` the days on which it is not held.
    """

    rule: str
    words: str
    until: date | None = None
    without: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting, with its times in Europe/London; of one that repeats, the first."""

    start: datetime
    end: datetime | None
    words: str
    where: str = ""
    is_cancelled: bool = False
    repeat: Repeat | None = None

    @property
    def is_all_day(self) -> bool:
        """Whether it was given a day and no time."""
        return self.end is None and (self.start.hour, self.start.minute) == (0, 0)

    def on_or_after(self, day: date) -> Event | None:
        """The event as it is next held, on this day or later; None where it is over for good."""
        if self.repeat is None:
            return self if self.start.date() >= day else None
        # Here, since most sites and commands ask for no repeat.
        from dateutil.rrule import rrulestr

        first = self.start.replace(tzinfo=None)
        wanted = max(datetime.combine(day, datetime.min.time()), first)
        for found in rrulestr(self.repeat.rule, dtstart=first).xafter(wanted, inc=True):
            on = found.date()
            if self.repeat.until and on > self.repeat.until:
                return None
            if on not in self.repeat.without:
                start = datetime.combine(on, self.start.timetz())
                end = datetime.combine(on, self.end.timetz()) if self.end else None
                return replace(self, start=start, end=end)
        return None


@dataclass(frozen=True, slots=True)
class Update:
    """One line of a report's history; a line without an hour is of the beginning of its day."""

    moment: datetime
    progress: Progress | None
    words: str

    @property
    def day(self) -> date:
        return self.moment.date()


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


class Fault(Enum):
    """Why a file is of no use as a picture."""

    EMPTY = "empty"
    CUT_OFF = "cut off"
    DAMAGED = "damaged"
    HUGE = "huge"


# A named tuple, since there may be ten thousand.
class Picture(NamedTuple):
    """What is known of a file that is, or is called, a picture.

    `kind` is what its bytes are, such as `JPEG`, whatever its name says, and empty where that is
    nobody's guess. `width` and `height` are pixels once it is upright; 0 where they are not known.
    `texts` are the words in its metadata, which are never published, and `personal` what those
    give away of anybody.
    """

    kind: str
    width: int = 0
    height: int = 0
    frames: int = 1
    fault: Fault | None = None
    texts: tuple[str, ...] = ()
    personal: tuple[Personal, ...] = ()

    @property
    def megapixels(self) -> float:
        return self.width * self.height / 1_000_000


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a post that a rule asks about, with their line where that is known."""

    words: str
    line: int | None


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


@dataclass(frozen=True, slots=True)
class Post:
    """A post or a page.

    `progress` is the latest, and `updates` are in the order of time. `image_size` is in bytes, and
    0 for a picture that is made smaller before it is published. `marks` are Pelican's link marks
    in its HTML, `pictures` the files that it shows or links to outside of `images/`, `personal`
    what it gives away of anybody, `mailboxes` the official e-mail addresses in it, and `emblems`
    the names of pictures that may show a logo or a coat of arms, with the words beside them.
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
    personal: tuple[Personal, ...] = ()
    mailboxes: tuple[Mention, ...] = ()
    emblems: tuple[Mention, ...] = ()
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


@dataclass(frozen=True)
class Site:
    """Everything that the councillor wrote, and the day on which it is read."""

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
    # What is held again and again, such as the surgery.
    surgeries: tuple[Event, ...] = ()
    # Where residents sign up for an e-mail newsletter, and the WebSub hub that tells of changes.
    newsletter: str = ""
    hub: str = ""
    # Whether issues.toml was read without a mistake, so that tags can be held against it.
    issues_known: bool = True
    url_line: int | None = None
    # The pictures among the images, and those beside them that texts show or link to.
    pictures: Mapping[str, Picture] = field(default_factory=dict, hash=False)
    # What drawings, which are published as they are, give away of anybody.
    drawings: Mapping[str, tuple[Personal, ...]] = field(default_factory=dict, hash=False)
    # What is public of all that looks personal, as in ward.toml.
    allow: tuple[str, ...] = ()
    election: Election | None = None
    # Where the settings stand in ward.toml, such as `imprint.address` or `councillor.1.email`.
    lines: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def base_path(self) -> str:
        """The path below which residents find the site: `""`, or `/blog` for a subfolder."""
        rest = self.url.split("://", 1)[-1]
        return ("/" + rest.split("/", 1)[1].strip("/")).rstrip("/") if "/" in rest else ""

    def absolute(self, address: str) -> str:
        """The full URL of an address below the site, such as `2026/11/slug/`."""
        return f"{self.url}/{address.lstrip('/')}"

    @cached_property
    def published(self) -> tuple[Post, ...]:
        """The posts that lists show, newest first."""
        return tuple(p for p in self.posts if p.visibility is Visibility.PUBLISHED)

    @cached_property
    def _by_issue(self) -> Mapping[str, tuple[Post, ...]]:
        found: dict[str, list[Post]] = {}
        for post in self.published:
            for slug in post.issues:
                found.setdefault(slug, []).append(post)
        return {slug: tuple(posts) for slug, posts in found.items()}

    def posts_on(self, issue: Issue) -> tuple[Post, ...]:
        return self._by_issue.get(issue.slug, ())
