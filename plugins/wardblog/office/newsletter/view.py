"""An issue as both of its parts show it: each word that residents read, chosen once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from wardblog.content.picture_versions import PagePicture
from wardblog.model import NewsletterSettings, Site
from wardblog.model.addresses import FIGURES
from wardblog.model.newsletter import STOP
from wardblog.office.newsletter.arrangement import COMING, FIXED, POSTS, ArrangedIssue, IssuePart
from wardblog.office.newsletter.contents import DateInIssue, PostInIssue, RepairInIssue
from wardblog.office.newsletter.introduction import WIDEST
from wardblog.support.colours import DARK, LIGHT, readable
from wardblog.text.directions import direction, language_in, with_whole_numbers
from wardblog.text.words import counted, sentence
from wardblog.views.coming import DateRow, soonest
from wardblog.views.every_page import election_banner
from wardblog.views.sharing import mailto

# The most lines of a list; what comes after them is counted, with a link.
_MOST_LINES = 30
_MOST_TITLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """A post in full or, in a list, only its title and address."""

    title: str
    url: str
    lang: str
    dir: str
    about: str
    summary: str
    opening: str
    picture: PagePicture | None

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
    """A part under its heading. `kind` is "posts", "repairs", "dates" or "reach".

    Of posts, those in `full` come first, then those in `short`, with the sentence `says_short`.
    `more` counts what is not in the issue for want of space, and `more_url` is where it is.
    """

    heading: str
    kind: str
    full: tuple[PostView, ...] = ()
    short: tuple[PostView, ...] = ()
    says_short: str = ""
    lines: tuple[RepairInIssue, ...] | tuple[DateView, ...] = ()
    more: str = ""
    more_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """All that the templates show. Each text is plain, except that `introduction` is clean HTML."""

    site: Site
    subject: str
    preheader: str
    greeting: str
    introduction: str
    parts: tuple[PartView, ...]
    accent: str
    accent_dark: str
    banner: str
    why: str
    stop_link: str
    stop_address: str
    unsubscribe: str = ""
    join: str = ""

    stop_words: str = "Stop this newsletter by e-mail"
    unsubscribe_words: str = "Stop this newsletter with one click"
    join_words: str = "Did somebody send this on to you? You can ask for it yourself:"

    @property
    def stop_by_hand(self) -> str:
        """What to do where the link opens nothing."""
        return f"If that opens nothing, write “{STOP}” to {self.stop_address}."

    @property
    def from_whom(self) -> str:
        """The names of the councillors."""
        names = [one.name for one in self.site.councillors]
        return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))

    @property
    def site_name(self) -> str:
        parts = urlsplit(self.site.url)
        return f"{parts.netloc}{parts.path}"


@dataclass(frozen=True, slots=True)
class Space:
    """How many posts are shown in full, and of the others how many with their title."""

    full: int
    short: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the councillor wrote for an issue; `introduction` is HTML."""

    title: str
    greeting: str
    introduction: str


def stop_address(site: Site, settings: NewsletterSettings) -> str:
    """Where residents write to stop; "" if there is no address at all."""
    return settings.address or next((one.email for one in site.councillors if one.email), "")


def view_of(
    site: Site, settings: NewsletterSettings, words: Words, issue: ArrangedIssue, space: Space
) -> IssueView:
    address = stop_address(site, settings)
    # Only our own sender knows the token of each subscriber.
    knows_token = settings.via == "smtp" or "{token}" not in settings.unsubscribe
    return IssueView(
        site=site,
        subject=words.title,
        preheader=_preheader(issue),
        greeting=words.greeting,
        introduction=words.introduction,
        parts=tuple(_parts(site, issue, space)),
        accent=readable(site.accent, LIGHT),
        accent_dark=readable(site.accent, DARK),
        banner=election_banner(site),
        why=f"You receive this e-mail because you asked for the newsletter of “{site.title}”.",
        stop_link=mailto((address,), STOP),
        stop_address=address,
        unsubscribe=settings.unsubscribe if knows_token else "",
        join=site.absolute("subscribe/") if settings.address else "",
    )


def _preheader(issue: ArrangedIssue) -> str:
    """What a mail program shows beside the subject: the first titles."""
    posts = [post for part in issue.parts for post in part.posts if post.dir == "ltr"]
    titles = [post.title for post in posts[:_MOST_TITLES]]
    if not titles:
        return "News from the ward, and what is coming up."
    more = len([post for part in issue.parts for post in part.posts]) - len(titles)
    return " · ".join((*titles, *([f"and {counted(more, 'more post')}"] if more else [])))


def _parts(site: Site, issue: ArrangedIssue, space: Space) -> Iterator[PartView]:
    full, short = space.full, space.short
    first = next((post for part in issue.parts for post in part.posts), None)
    for part in issue.parts:
        if part.name == POSTS:
            yield _posts(site, part, Space(full, short), first)
            rest = max(len(part.posts) - full, 0)
            full, short = max(full - len(part.posts), 0), max(short - rest, 0)
        elif part.name == FIXED:
            if repairs := issue.contents.repairs:
                more, url = _more(len(repairs), "repair"), site.absolute(FIGURES)
                fixed = repairs[:_MOST_LINES]
                yield PartView(
                    heading=part.heading, kind="repairs", lines=fixed, more=more, more_url=url
                )
        elif part.name == COMING:
            if dates := issue.contents.dates:
                chosen = soonest([one.row for one in dates], _MOST_LINES)
                ahead = tuple(_date(one) for one in dates if one.row in chosen)
                more, url = _more(len(dates), "date"), f"{site.url}/"
                yield PartView(
                    heading=part.heading, kind="dates", lines=ahead, more=more, more_url=url
                )
        else:
            yield PartView(heading=part.heading, kind="reach")


def _more(number: int, noun: str) -> str:
    over = number - _MOST_LINES
    return f"And {counted(over, f'more {noun}')}:" if over > 0 else ""


def _posts(site: Site, part: IssuePart, space: Space, first: PostInIssue | None) -> PartView:
    full = tuple(_post(post, post is first) for post in part.posts[: space.full])
    rest = part.posts[space.full :]
    short = tuple(map(_post, rest[: space.short]))
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


def _post(item: PostInIssue, with_opening: bool = False) -> PostView:
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
    )


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
