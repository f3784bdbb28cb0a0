"""The HTML of entries for feed readers: absolute links, and no scripts, forms or frames."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote, unquote, urljoin

import nh3

from wardblog.content.markdown.cleaning import PORTABLE_ATTRIBUTES, SCHEMES
from wardblog.content.markdown.markup import (
    PLAYERS,
    PORTABLE,
    addresses,
    with_addresses,
    with_resolved,
)
from wardblog.model import Deadline, Post, Site
from wardblog.model.addresses import map_picture
from wardblog.text.decoding import clean
from wardblog.text.directions import direction
from wardblog.text.words import long_date
from wardblog.views.coming import deadline_of, hours_of, occasions_of, repeat_words, when_of
from wardblog.views.news import News
from wardblog.views.posts import label_of

# Characters of an address that are not escaped.
_WHOLE = ":/?#@!$&'()*+,;=~{}|"
_CLEANER = nh3.Cleaner(
    tags=set(PORTABLE),
    attributes={name: set(kept) for name, kept in PORTABLE_ATTRIBUTES.items()},
    url_schemes=set(SCHEMES),
    link_rel=None,
)


def portable_html(html: str, page: str) -> str:
    """Clean HTML with only absolute addresses; `page` is the URL of the page that it is from.

    Elements and attributes that are not listed above are removed, and open elements are closed.
    """

    def absolute(_tag: str, address: str) -> str:
        if address.startswith(("https://", "http://", "mailto:")):
            return address
        try:
            return urljoin(page, address)
        except ValueError:
            return address  # no browser could read it either

    cleaned = _CLEANER.clean(html + _recordings(html))
    if "&#" in html:  # a reference such as &#xFFFE; has become its character
        cleaned = clean(cleaned)
    return with_addresses(cleaned, absolute)


def _recordings(html: str) -> str:
    """Links to the recordings on the page, since many feed readers have no player."""
    if "<audio" not in html and "<video" not in html:
        return ""
    found = dict.fromkeys(
        address
        for tag, attribute, address in addresses(html)
        if tag in PLAYERS and attribute == "src"
    )
    return "".join(
        f'<p><a href="{escape(quote(unquote(address), safe=_WHOLE))}">'
        f"Recording: {escape(unquote(address.rsplit('/', 1)[-1]))}</a></p>"
        for address in found
    )


def post_text(site: Site, post: Post, urls: Mapping[str, str], draws: bool) -> str:
    """The whole post: its dates, text and places, with the imprint, which the law requires."""
    html = portable_html(with_resolved(post.html, urls), site.absolute(post.address))
    if post.lang != "en":
        html = f"<div{_language(post)}>{html}</div>"
    return f"{_dates(post)}{html}{_where(site, post, draws)}{_imprint(site)}"


def _language(post: Post) -> str:
    """The language and direction of a post's text as attributes, the only ones readers use."""
    return f' lang="{escape(post.lang)}" dir="{direction(post.lang)}"'


def news_text(site: Site, news: News, draws: bool) -> str:
    """A piece of news, with a link to its post."""
    post = news.post
    language = _language(post) if post.lang != "en" else ""
    link = f'<a href="{escape(site.absolute(post.address))}"{language}>{escape(post.title)}</a>'
    return (
        f"<p>{escape(news.words)}</p>"
        f"<p>This is about {link}, of {long_date(post.date)}.</p>"
        f"{_where(site, post, draws)}{_imprint(site)}"
    )


def _imprint(site: Site) -> str:
    return f"<p><small>{escape(site.imprint.sentence)}</small></p>"


def _dates(post: Post) -> str:
    """A list of deadlines and events, as at the top of the post's page."""
    lines = []
    for occasion in occasions_of(post):
        what = occasion.what
        if isinstance(what, Deadline):
            lines.append(f"Deadline on {deadline_of(what)}: {what.words}")
            continue
        when = when_of(what)
        if what.repeat:
            when = repeat_words(what.repeat, what.repeat.without, hours_of(what))
            when = when[:1].upper() + when[1:]
        where = f", {what.where}" if what.where else ""
        off = " (cancelled)" if what.is_cancelled else ""
        lines.append(f"{when}: {what.words}{where}{off}")
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _where(site: Site, post: Post, draws: bool) -> str:
    names = "".join(f"<li>{escape(place.name)}</li>" for place in post.places)
    return f"<p>Where:</p><ul>{names}</ul>{_map(site, post) if draws else ''}" if names else ""


def _map(site: Site, post: Post) -> str:
    """The map as a picture with a link; the picture contains its credits and the imprint."""
    return (
        f'<p><a href="{escape(site.absolute(post.address))}#ward-map">'
        f'<img src="{escape(site.absolute(map_picture(post.address)))}" '
        f'alt="{escape(label_of(post))}" width="800"></a></p>'
    )
