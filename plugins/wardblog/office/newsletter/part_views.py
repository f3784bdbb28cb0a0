"""The parts of an issue as both parts of the message show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wardblog.content.picture_versions import PagePicture
from wardblog.model import Site
from wardblog.model.addresses import FIGURES, QUESTIONS
from wardblog.office.newsletter.arrangement import (
    CHANCE,
    COMING,
    FIXED,
    POSTS,
    REACH,
    SAID,
    ArrangedIssue,
    IssuePart,
)
from wardblog.office.newsletter.ask_view import AskView, ask_view
from wardblog.office.newsletter.asked import OutcomeInIssue, ReminderInIssue
from wardblog.office.newsletter.contents import DateInIssue, PostInIssue, RepairInIssue
from wardblog.office.newsletter.introduction import WIDEST
from wardblog.support.late_dataclass import dataclass
from wardblog.text.directions import direction, language_in, with_whole_numbers
from wardblog.text.words import counted, sentence
from wardblog.views.coming import DateRow, soonest

# The most lines of a list; what comes after them is counted, with a link.
_MOST_LINES = 30
# The most questions that are reminded of; each takes as much room as several posts.
_MOST_REMINDERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """A post in full or, in a list, only its title and address; `ask` is its open question."""

    title: str
    url: str
    lang: str
    dir: str
    about: str
    summary: str
    opening: str
    picture: PagePicture | None
    ask: AskView | None = None

    @property
    def opening_lang(self) -> str:
        """The language of its first lines, such as a note in English above a text in Arabic."""
        return language_in(self.opening, self.lang, self.title)

    @property
    def opening_attributes(self) -> dict[str, str]:
        lang = self.opening_lang
        return {} if lang == self.lang else {"lang": lang, "dir": direction(lang)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView:
    """A date; `before` is what kind of date it is, and `more` says how it repeats."""

    row: DateRow
    url: str
    before: str
    more: str

    @property
    def attributes(self) -> dict[str, str]:
        return _language(self.row.lang)

    @property
    def where_attributes(self) -> dict[str, str]:
        return _language(self.row.where_lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A part under its heading.

    `kind` is "posts", "reminders", "outcomes", "repairs", "dates" or "reach". Of posts, those in
    `full` come first, then those in `short`, with the sentence `says_short`.
    `more` counts what is not in the issue for want of space, and `more_url` is where it is.
    """

    heading: str
    kind: str
    full: tuple[PostView, ...] = ()
    short: tuple[PostView, ...] = ()
    says_short: str = ""
    lines: tuple[RepairInIssue, ...] | tuple[OutcomeInIssue, ...] | tuple[DateView, ...] = ()
    more: str = ""
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """How many posts are shown in full, and of the others how many with their title."""

    full: int
    short: int


def part_views(site: Site, issue: ArrangedIssue, space: Space) -> Iterator[PartView]:
    """The parts that have something to show, with as many posts as there is space for."""
    full, short = space.full, space.short
    first = next((post for part in issue.parts for post in part.posts), None)
    for part in issue.parts:
        if part.name == POSTS:
            yield _posts(site, part, Space(full, short), first)
            rest = max(len(part.posts) - full, 0)
            full, short = max(full - len(part.posts), 0), max(short - rest, 0)
        else:
            yield from _other(site, issue, part)


def _other(site: Site, issue: ArrangedIssue, part: IssuePart) -> Iterator[PartView]:
    contents, heading = issue.contents, part.heading
    if part.name == REACH:
        yield PartView(heading=heading, kind="reach")
    elif part.name == CHANCE and contents.reminders:
        asked = tuple(_reminder(site, one) for one in contents.reminders[:_MOST_REMINDERS])
        more = _more(len(contents.reminders), "question", _MOST_REMINDERS)
        url = site.absolute(QUESTIONS)
        yield PartView(heading=heading, kind="reminders", full=asked, more=more, more_url=url)
    elif part.name == SAID and contents.outcomes:
        outcomes = contents.outcomes[:_MOST_LINES]
        more, url = _more(len(contents.outcomes), "result"), site.absolute(QUESTIONS)
        yield PartView(heading=heading, kind="outcomes", lines=outcomes, more=more, more_url=url)
    elif part.name == FIXED and contents.repairs:
        fixed = contents.repairs[:_MOST_LINES]
        more, url = _more(len(contents.repairs), "repair"), site.absolute(FIGURES)
        yield PartView(heading=heading, kind="repairs", lines=fixed, more=more, more_url=url)
    elif part.name == COMING and contents.dates:
        chosen = soonest([one.row for one in contents.dates], _MOST_LINES)
        ahead = tuple(_date(one) for one in contents.dates if one.row in chosen)
        more, url = _more(len(contents.dates), "date"), f"{site.url}/"
        yield PartView(heading=heading, kind="dates", lines=ahead, more=more, more_url=url)


def _more(number: int, noun: str, shown: int = _MOST_LINES) -> str:
    over = number - shown
    return f"And {counted(over, f'more {noun}')}:" if over > 0 else ""


def _posts(site: Site, part: IssuePart, space: Space, first: PostInIssue | None) -> PartView:
    full = tuple(_post(site, post, post is first) for post in part.posts[: space.full])
    rest = part.posts[space.full :]
    short = tuple(_post(site, post) for post in rest[: space.short])
    over = len(rest) - len(short)
    return PartView(
        heading=part.heading,
        kind="posts",
        full=full,
        short=short,
        says_short=_shorter(len(short)) if short else "",
        more=f"And {counted(over, 'more post')} on the blog:" if over else "",
        more_url=f"{site.url}/",
    )


def _shorter(number: int) -> str:
    return (
        f"To keep this e-mail short, {'this post has' if number == 1 else 'these posts have'} "
        f"only {'its title' if number == 1 else 'their titles'} here:"
    )


def _post(site: Site, item: PostInIssue, with_opening: bool = False) -> PostView:
    """A post; only the first of an issue has its first lines as well, which keeps it short."""
    whole = with_whole_numbers if item.dir == "rtl" else str
    about = (item.date, ", ".join(item.topics), item.state)
    return PostView(
        title=whole(item.title),
        url=item.url,
        lang=item.lang,
        dir=item.dir,
        about=" · ".join(filter(None, about)),
        summary=whole(item.summary),
        opening=whole(item.opening) if with_opening else "",
        picture=_fitted(item.picture),
        ask=ask_view(site, item.post),
    )


def _reminder(site: Site, item: ReminderInIssue) -> PostView:
    """The question of a post that residents have had before, under its title."""
    post = item.post
    return PostView(
        title=post.title, url=item.url, lang=post.lang, dir=direction(post.lang), about="",
        summary="", opening="", picture=None, ask=ask_view(site, post),
    )  # fmt: skip


def _fitted(picture: PagePicture | None) -> PagePicture | None:
    """The picture at the width of the column: Outlook shows it as wide as its attributes say."""
    if picture is None or picture.width <= WIDEST:
        return picture
    height = max(1, round(picture.height * WIDEST / picture.width))
    return PagePicture(
        src=picture.src, srcset="", webp="", width=WIDEST, height=height, alt=picture.alt
    )


def _date(item: DateInIssue) -> DateView:
    row = item.row
    before = "Cancelled: " if row.is_cancelled else "Deadline: " if row.is_deadline else ""
    more = " ".join(sentence(words[:1].upper() + words[1:]) for words in _notes(row))
    return DateView(row=row, url=item.url, before=before, more=more)


def _notes(row: DateRow) -> Iterable[str]:
    return filter(None, (row.note, row.exceptions))


def _language(lang: str) -> dict[str, str]:
    return {} if lang == "en" else {"lang": lang, "dir": direction(lang)}
