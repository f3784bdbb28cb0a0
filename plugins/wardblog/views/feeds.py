"""RSS for the whole blog and for each issue: full text, absolute links, and no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from html import escape
from urllib.parse import urljoin

from wardblog.addresses import feed_path, map_picture
from wardblog.model import Issue, Post, Site
from wardblog.read.fields import LONDON
from wardblog.read.markup import with_addresses
from wardblog.views.output import File, Output
from wardblog.views.posts import post_figure

ITEMS = 30


def feeds(site: Site) -> Iterator[Output]:
    newest = site.published
    needed = {p.file: p for p in newest[:ITEMS]}
    for issue in site.issues:
        needed.update((p.file, p) for p in site.posts_on(issue)[:ITEMS])
    texts = {file: _text(site, post) for file, post in needed.items()}
    yield _feed(site, None, newest[:ITEMS], texts)
    for issue in site.issues:
        yield _feed(site, issue, site.posts_on(issue)[:ITEMS], texts)


def absolute_links(html: str, page: str) -> str:
    """The HTML with every address made absolute; `page` is the URL that it stands on."""

    def made(_tag: str, address: str) -> str:
        try:
            return urljoin(page, address)
        except ValueError:
            return address  # no browser could read it either

    return with_addresses(html, made)


def _text(site: Site, post: Post) -> str:
    """The post's text for reading elsewhere; the imprint goes wherever the text goes."""
    html = absolute_links(post.html, site.absolute(post.address))
    places = "".join(f"<li>{escape(p.name)}</li>" for p in post.places)
    where = f"<p>Where:</p><ul>{places}</ul>{_map(site, post)}" if places else ""
    return f"{html}{where}<p><small>{escape(site.imprint.sentence)}</small></p>"


def _map(site: Site, post: Post) -> str:
    """The map's still picture, which has its credits and the imprint in itself."""
    figure = post_figure(site, post)
    if figure is None:
        return ""
    return (
        f'<p><img src="{escape(site.absolute(map_picture(post.address)))}" '
        f'alt="{escape(figure.label)}" width="800"></p>'
    )


def _feed(site: Site, issue: Issue | None, posts: Iterable[Post], texts: Mapping[str, str]) -> File:
    # Here, since feedgen takes a tenth of a second that `make check` can save.
    from feedgen.feed import FeedGenerator

    path = feed_path(issue.slug if issue else "all")
    title = f"{issue.name} – {site.title}" if issue else site.title
    about = (issue.about if issue else site.description) or title
    about += "" if about.endswith((".", "!", "?")) else "."
    feed = FeedGenerator()
    feed.title(title)
    feed.description(f"{about} {site.imprint.sentence}")
    feed.link(href=site.absolute(path), rel="self", type="application/rss+xml")
    # feedgen makes the last link the channel's own, so the page comes after the feed.
    feed.link(href=site.absolute(f"issues/{issue.slug}/" if issue else ""), rel="alternate")
    feed.language("en-GB")
    feed.copyright(site.imprint.sentence)
    feed.generator("Ward blog")
    dates = []
    for post in posts:
        _add(feed, site, post, texts[post.file])
        dates.append(max(post.modified or post.date, post.date))
    nothing_yet = datetime.combine(site.today, datetime.min.time(), LONDON)
    feed.lastBuildDate(max(dates, default=nothing_yet))
    return File(path, feed.rss_str(pretty=True))


def _add(feed: object, site: Site, post: Post, text: str) -> None:
    url = site.absolute(post.address)
    entry = feed.add_entry(order="append")  # type: ignore[attr-defined]
    entry.title(post.title)
    entry.link(href=url)
    entry.guid(url, permalink=True)
    entry.published(post.date)
    entry.updated(max(post.modified or post.date, post.date))
    entry.summary(post.summary or post.title)
    entry.content(text, type="html")
    for tag in post.tags:
        entry.category(term=tag.name)
