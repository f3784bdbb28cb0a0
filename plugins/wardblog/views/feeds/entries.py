"""What an entry of a feed holds, whatever the format: a post, or what became of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from wardblog.addresses import lasting_address
from wardblog.model import GENERAL, Point, Post, Site
from wardblog.views.feeds.text import news_text, post_text
from wardblog.views.news import News, news_of

_PICTURES = {
    "avif": "image/avif", "gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg",
    "png": "image/png", "svg": "image/svg+xml", "webp": "image/webp",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that goes with an entry; `size` in bytes."""

    url: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One entry; `id` is for good, `summary` is plain text, `html` is fit to be read anywhere."""

    id: str
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
    picture: Picture | None = None


def entries_of(site: Site, post: Post) -> Iterator[Entry]:
    """What became of a post, the last first, then the post itself."""
    told = Entry(
        site.absolute(lasting_address(post)),
        site.absolute(post.address),
        post.title,
        post.summary or post.title,
        post_text(site, post),
        post.date,
        max(post.modified or post.date, post.date),
        post.author,
        tuple(tag.name for tag in post.tags if tag.slug != GENERAL),
        post.lang,
        tuple(dict.fromkeys(place.point for place in post.places)),
        _picture(site, post),
    )
    news = sorted(news_of(site, post), key=lambda n: n.moment)
    yield from (_news(site, told, one) for one in news[::-1])
    yield told


def _news(site: Site, about: Entry, news: News) -> Entry:
    return replace(
        about,
        id=f"{about.id}#{news.anchor}",
        url=f"{about.url}#{news.anchor}",
        title=news.title,
        summary=news.words,
        html=news_text(site, news),
        published=news.moment,
        updated=news.moment,
        lang="en",
        picture=None,
    )


def _picture(site: Site, post: Post) -> Picture | None:
    media_type = _PICTURES.get(post.image.rsplit(".", 1)[-1].lower())
    if not post.image_size or media_type is None:
        return None
    return Picture(site.absolute(quote(post.image)), media_type, post.image_size)
