"""The HTML of entries for feed readers: absolute links, and no scripts, forms or frames."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote, unquote

import nh3

from wardblog.content.markdown.cleaning import PLAYERS, PORTABLE, PORTABLE_ATTRIBUTES, SCHEMES
from wardblog.content.markdown.html_links import (
    addresses,
    with_addresses,
    with_resolved,
)
from wardblog.model import Deadline, Event, Post, Site
from wardblog.model.addresses import map_picture
from wardblog.support.urls import join_url
from wardblog.text.decoding import clean
from wardblog.text.directions import direction, language_in
from wardblog.text.words import long_date
from wardblog.views.coming import (
    deadline_of,
    exception_words,
    hours_of,
    occasions_of,
    repeat_words,
    when_of,
)
from wardblog.views.links import link_words
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
        return join_url(page, address)  # no browser can read an invalid one either

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


def post_text(
    site: Site, post: Post, urls: Mapping[str, str], draws: bool, question: str = ""
) -> str:
    """The whole post: its dates, text and places, with the imprint, which the law requires.

    `question` is the HTML of its question to residents, if it asks one.
    """
    html = portable_html(with_resolved(post.html, urls), site.absolute(post.address))
    if post.lang != "en":
        html = f"<div{_language(post.lang)}>{html}</div>"
    return f"{_dates(post)}{question}{html}{_where(site, post, draws)}{_imprint(site)}"


def _language(lang: str) -> str:
    """The language and direction of a text as attributes, the only ones readers use."""
    return f' lang="{escape(lang)}" dir="{direction(lang)}"'


def post_words(words: str, post: Post) -> str:
    """The words of one of a post's header lines as HTML, set apart if they are not English."""
    lang = language_in(words, post.lang, post.title)
    return f"<span{_language(lang)}>{escape(words)}</span>" if lang != "en" else escape(words)


def news_text(site: Site, news: News, draws: bool) -> str:
    """A piece of news, with a link to its post."""
    post = news.post
    language = _language(post.lang) if post.lang != "en" else ""
    link = f'<a href="{escape(site.absolute(post.address))}"{language}>{escape(post.title)}</a>'
    return (
        f"<p>{escape(news.words)}</p>"
        f"<p>This is about {link}, of {long_date(post.date)}.</p>"
        f"{_where(site, post, draws)}{_imprint(site)}"
    )


def _imprint(site: Site) -> str:
    return f"<p><small>{escape(site.imprint.sentence)}</small></p>"


def _dates(post: Post) -> str:
    """A list of deadlines and events, as at the top of the post's page.

    When its question closes is said with the question.
    """
    dates = (one.what for one in occasions_of(post) if one.what is not post.closing)
    items = "".join(f"<li>{_date(post, what)}</li>" for what in dates)
    return f"<ul>{items}</ul>" if items else ""


def _date(post: Post, what: Event | Deadline) -> str:
    """A deadline or an event as HTML; one that is cancelled is struck through."""
    if isinstance(what, Deadline):
        return f"Deadline on {deadline_of(what)}: {post_words(what.words, post)}"
    when, exceptions = when_of(what), ""
    if what.repeat:
        when = repeat_words(what.repeat, hours_of(what))
        when = when[:1].upper() + when[1:]
        exceptions = exception_words(what.repeat, what.repeat.without)
    where = f", {post_words(what.where, post)}" if what.where else ""
    line = f"{escape(when)}: {post_words(what.words, post)}{where}"
    link = f' <a href="{escape(what.link)}">{link_words(what.link)}</a>' if what.link else ""
    if what.is_cancelled:
        return f"Cancelled: <s>{line}</s>{link}"
    return f"{line}. {exceptions}{link}" if exceptions else f"{line}{link}"


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
