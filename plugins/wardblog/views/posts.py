"""The pages of posts, with their issues, places, history and dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from wardblog.content.markdown.html_links import with_resolved
from wardblog.content.picture_versions import PagePicture, page_picture
from wardblog.model import GENERAL, Post, Progress, Site, Tag, Visibility
from wardblog.model.addresses import cached_for_site, calendar_path, index_of
from wardblog.model.map_figure import Dot, MapFigure
from wardblog.model.outputs import OutputKind
from wardblog.support.late_dataclass import dataclass
from wardblog.text.directions import language_in
from wardblog.text.words import counted, long_date
from wardblog.views.coming import DateRow, date_rows
from wardblog.views.dots import post_dots, updates_so_far
from wardblog.views.links import Links
from wardblog.views.news import changes_of, settled_words, since_words
from wardblog.views.output import Page, PostLine, Values, post_lines, without_posts
from wardblog.views.places import PlaceRow, figure, is_drawn, rows
from wardblog.views.sharing import (
    ShareLinks,
    calendar_app,
    first_issue,
    letter_about,
    share_links,
    shared_picture,
)

if TYPE_CHECKING:
    from wardblog.views.hearing import Hearing, PostCounts
    from wardblog.views.street_items import StreetLink

# How many places the label of a post's map names.
_NAMED_PLACES = 4
# How many other posts a post leads to.
_OTHERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One line of a report's history; `after` is the time since the line before, in words.

    `lang` is the language of its own `words`.
    """

    when: str
    iso: str
    progress: Progress | None
    words: str
    lang: str
    after: str
    anchor: str


class Neighbours:
    """Finds the posts next to each post, among those about its first issue or among all.

    If every post named the newest posts about its issue, a new post would change the pages of all
    older ones: a thousand of them, with ten thousand posts about ten issues. Its neighbours only
    change on the pages next to it: one new post changes one page. The newest posts are on the page
    of the issue, to which every post links; and beside a new post, its neighbours are the newest.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    def of(self, post: Post) -> tuple[Post, ...]:
        """The next newer one, if there is one, and older ones: three in all, newest first."""
        issue = first_issue(self._site, post)
        posts = self._site.posts_on(issue) if issue else self._site.published
        slug = issue.slug if issue else ""
        positions = self._site.index.value(
            ("positions", slug),
            lambda: {post.file: at for at, post in enumerate(posts)},
            "file", "issues", "visibility",
        )  # fmt: skip
        at = positions.get(post.file)
        if at is None:
            return ()
        newer = posts[max(at - 1, 0) : at]
        return (*newer, *posts[at + 1 : at + 1 + _OTHERS - len(newer)])


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    """`lead` is the picture above the text, if there is one.

    `settled` says how and when the matter was closed, `since` how far an open one has got. Both are
    words for residents, and "" where there is nothing to say; a post never has both.
    `changed` is when the post was last changed, if the page says so. `issue` is the first of its
    `issues`, and `others` are the posts next to it about that, or of all posts if it has none.
    `calendar` adds the dates of that issue, or all, to a calendar. `letter` begins an e-mail to the
    councillors, or is "". `hearing` is about what residents think, if the post asks or says that.
    """

    post: Post
    lead: PagePicture | None
    settled: str
    since: str
    changed: datetime | None
    issue: Tag | None
    issues: tuple[Tag, ...]
    other_tags: tuple[Tag, ...]
    places: tuple[PlaceRow, ...]
    figure: MapFigure | None
    history: tuple[HistoryLine, ...]
    coming: tuple[DateRow, ...]
    streets: tuple[StreetLink, ...]
    others: tuple[PostLine, ...]
    calendar: str
    letter: str
    share: ShareLinks
    hearing: Hearing | None


def post_page(
    site: Site,
    post: Post,
    others: tuple[Post, ...] = (),
    streets: tuple[StreetLink, ...] = (),
    counted: PostCounts | None = None,
) -> PostPage:
    """`counted` is None if the post neither asks residents nor quotes them."""
    issues = {issue.slug: issue for issue in site.issues}
    first = first_issue(site, post)
    return PostPage(
        post=post,
        lead=lead_picture(site, post),
        settled=settled_words(site, post),
        since=since_words(site, post),
        changed=_changed(site, post),
        issue=Tag(first.name, first.slug) if first else None,
        issues=tuple(Tag(issues[slug].name, slug) for slug in post.issues),
        other_tags=tuple(tag for tag in post.tags if tag.slug not in (*issues, GENERAL)),
        places=rows(_dots(site, post)),
        figure=post_figure(site, post),
        history=_history(site, post),
        coming=tuple(row for row in date_rows(site, post) if not _closes(post, row)),
        streets=streets,
        others=post_lines(site, others),
        calendar=calendar_app(site.absolute(calendar_path(first))),
        letter=letter_about(site, post),
        share=share_links(site, post),
        hearing=_hearing(site, post, counted) if counted else None,
    )


def _closes(post: Post, row: DateRow) -> bool:
    """Whether a date is when the post's question closes, which the question says itself."""
    return post.closing is not None and row.is_deadline and row.words == post.closing.words


def _hearing(site: Site, post: Post, counted: PostCounts) -> Hearing:
    # late import: see docs/architecture.md
    from wardblog.views.hearing import hearing_of

    return hearing_of(site, post, counted)


def lead_picture(site: Site, post: Post) -> PagePicture | None:
    """The picture above the text of a post or a page, unless the text shows it itself."""
    if post.lead is None or post.is_lead_in_text:
        return None
    return page_picture(site.base_path, post.lead, post.image_alt)


def _changed(site: Site, post: Post) -> datetime | None:
    """When a post was changed, if readers need to know it.

    A change on the day of the post is part of the post, one on the day of a line of its history is
    what that line says, and one on a later day is still to come.
    """
    if post.modified is None or not post.date.date() < post.modified.date() <= site.today:
        return None
    days = {update.day for update in updates_so_far(site, post)}
    return None if post.modified.date() in days else post.modified


def posts(site: Site) -> Iterator[Page]:
    """A page for each post that residents can see."""
    pages = _PostPages(site)
    return (pages.of(post) for post in site.posts if not post.visibility.is_waiting)


def post_at(site: Site, path: str) -> Page | None:
    """The page of the post at a path, made without making the others."""
    address = path.removesuffix("index.html")
    there = (p for p in reversed(site.posts) if p.address == address)
    post = next((p for p in there if not p.visibility.is_waiting), None)
    return _PostPages(site).of(post) if post and index_of(address) == path else None


def is_post_at(site: Site, path: str) -> bool:
    return path in _paths(site)


@cached_for_site
def _paths(site: Site) -> frozenset[str]:
    return site.index.value(
        "paths",
        lambda: frozenset(
            index_of(p.address) for p in site.posts if not p.visibility.is_waiting
        ),
        "address", "visibility",
    )  # fmt: skip


class _PostPages:
    """Makes the pages of posts, with the data that they share."""

    def __init__(self, site: Site) -> None:
        self._site, self._own = site, without_posts(site)
        self._links, self._neighbours = Links(site), Neighbours(site)

    def of(self, post: Post) -> Page:
        others = self._neighbours.of(post)
        urls = self._links.of(post)
        streets = self._streets_of(post) if post.streets else ()
        counted = self._counted(post)
        return Page(
            path=index_of(post.address),
            kind=OutputKind.PAGE,
            site=self._own,
            posts=others,
            texts=(post,),
            extra=(urls, streets, counted),
            address=post.address,
            template="article",
            values=partial(
                _post, post=post, others=others, urls=urls, streets=streets, counted=counted
            ),
            topics=tuple([tag.slug for tag in post.tags]),
            figure="view" if is_drawn(self._own, len(post.places)) else "",
            in_sitemap=post.visibility is Visibility.PUBLISHED,
            changed=post.changed.date(),
        )

    def _counted(self, post: Post) -> PostCounts | None:
        if not (post.question or post.replies or self._site.takes_me_too(post)):
            return None
        # late import: see docs/architecture.md
        from wardblog.views.hearing import counted

        return counted(self._site, post)

    def _streets_of(self, post: Post) -> tuple[StreetLink, ...]:
        # late import: see docs/architecture.md
        from wardblog.views.street_items import links_of

        return links_of(self._site, post)


def _post(
    part: Site,
    post: Post,
    others: tuple[Post, ...],
    urls: Mapping[str, str],
    streets: tuple[StreetLink, ...],
    counted: PostCounts | None,
) -> Values:
    return {
        "view": post_page(part, post, others, streets, counted),
        "text": with_resolved(post.html, urls),
        "card": shared_picture(part, post),
    }


def _dots(site: Site, post: Post) -> tuple[Dot, ...]:
    return tuple(post_dots(site, (post,), with_links=False))


def post_figure(site: Site, post: Post) -> MapFigure | None:
    """The map of a post's own places."""
    return figure(site, post.address, label_of(post), _dots(site, post))


def label_of(post: Post) -> str:
    """The label of the map of a post's places, such as `Map: Acre Lane, Mill Road`."""
    names = list(dict.fromkeys(place.name for place in post.places))
    more = f" and {len(names) - _NAMED_PLACES:,} more" if len(names) > _NAMED_PLACES else ""
    return f"Map: {', '.join(names[:_NAMED_PLACES])}{more}"


def _history(site: Site, post: Post) -> tuple[HistoryLine, ...]:
    """The `Updated` lines in order, with the days since the previous line or since the post."""
    lines: list[HistoryLine] = []
    anchors = dict(changes_of(site, post))
    previous = post.date.date()
    for update in updates_so_far(site, post):
        days = (update.day - previous).days
        lines.append(
            HistoryLine(
                when=long_date(update.day),
                iso=update.day.isoformat(),
                progress=update.progress,
                words=update.words,
                lang=language_in(update.words, post.lang, post.title),
                after=f"{counted(days, 'day')} later" if days > 0 else "",
                anchor=anchors.pop(update, ""),  # only the first of identical lines has it
            )
        )
        previous = update.day
    return tuple(lines)
