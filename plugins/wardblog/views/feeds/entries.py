"""The entries of feeds in any format: posts, and news about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import quote

from wardblog.model import GENERAL, Point, Post, Site
from wardblog.model.addresses import lasting_address
from wardblog.photos import published_path
from wardblog.support.late_dataclass import dataclass
from wardblog.text.directions import marked
from wardblog.views.feeds.text import news_text, post_text
from wardblog.views.news import News, news_of

_PICTURES = {
    "avif": "image/avif", "gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg",
    "png": "image/png", "svg": "image/svg+xml", "webp": "image/webp",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryPicture:
    """The picture of an entry; `size` in bytes, 0 if unknown."""

    url: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class PostItem:
    """A post in a feed or, if it has `news`, a piece of news about the post.

    `asks` is whether the post has a question that is still open.
    """

    post: Post
    news: News | None = None
    asks: bool = False

    @property
    def published(self) -> datetime:
        return self.news.moment if self.news else self.post.date

    @property
    def updated(self) -> datetime:
        return self.news.moment if self.news else self.post.changed

    @property
    def title(self) -> str:
        return self.news.title if self.news else self.post.title

    @property
    def summary(self) -> str:
        return self.news.words if self.news else self.post.summary or self.post.title

    @property
    def lang(self) -> str:
        return "en" if self.news else self.post.lang

    @property
    def address(self) -> str:
        return self.post.address + (f"#{self.news.anchor}" if self.news else "")


def feed_items(site: Site, post: Post) -> tuple[PostItem, ...]:
    """The news about a post, newest first, then the post itself."""
    if not (post.updates or post.deadlines or post.outcomes or post.replies):
        return (PostItem(post),)
    found = [*news_of(site, post), *_heard(site, post)]
    news = sorted(found, key=lambda n: n.moment)
    asks = post.closing is not None and post.closing.ends > site.now
    return (*(PostItem(post, change) for change in reversed(news)), PostItem(post, asks=asks))


def _heard(site: Site, post: Post) -> Iterable[News]:
    """What was done after a question closed, and replies."""
    if not post.outcomes and not post.replies:
        return ()
    # late import: see docs/architecture.md
    from wardblog.views.hearing_news import news_of_hearing

    return news_of_hearing(site, post)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PostEntry:
    """A complete entry: `id` is permanent, `summary` is plain text, `html` has absolute links.

    `guid` is the id that it had in the feeds of an earlier blog, or the same as `id`.
    """

    id: str
    guid: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    author: str
    categories: tuple[str, ...]
    lang: str
    points: tuple[Point, ...]
    picture: EntryPicture | None = None


def entry_of(site: Site, item: PostItem, urls: Mapping[str, str], draws: bool) -> PostEntry:
    """The complete entry.

    `urls` are the URLs of the link marks in the post's text; `draws` is whether it has a map.
    """
    post, news = item.post, item.news
    name = site.absolute(lasting_address(post))
    own = f"{name}#{news.anchor}" if news else name
    return PostEntry(
        id=own,
        guid=own if news else post.guid or own,
        url=site.absolute(item.address),
        title=marked(item.title, item.lang),
        summary=marked(item.summary, item.lang),
        html=news_text(site, news, draws)
        if news
        else post_text(site, post, urls, draws, _question(site, item)),
        published=item.published,
        updated=item.updated,
        author=post.author,
        categories=tuple(tag.name for tag in post.tags if tag.slug != GENERAL),
        lang=item.lang,
        points=tuple(dict.fromkeys(place.point for place in post.places)),
        picture=None if news else _picture(site, post),
    )


def _question(site: Site, item: PostItem) -> str:
    """The HTML of the post's question; "" if it asks nothing."""
    if not item.post.question:
        return ""
    # late import: see docs/architecture.md
    from wardblog.views.feeds.question_text import question_text

    return question_text(site, item.post, item.asks)


def _picture(site: Site, post: Post) -> EntryPicture | None:
    path = published_path(post.image)
    media_type = _PICTURES.get(path.rsplit(".", 1)[-1].lower())
    if not post.image or media_type is None:
        return None
    return EntryPicture(site.absolute(quote(path)), media_type, post.image_size)
