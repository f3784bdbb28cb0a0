"""The councillor's own words in an issue: from Markdown to HTML that any mail program shows."""

from __future__ import annotations

import re
from datetime import datetime, time

from wardblog.content.markdown.cleaning import cleaned
from wardblog.content.markdown.html_links import find_links, marks_of, with_marks, with_resolved
from wardblog.content.markdown.markup import Markup, has_unclosed_comment
from wardblog.content.picture_versions import with_versions
from wardblog.model import BodyText, Link, Post, Site
from wardblog.model.events import LONDON
from wardblog.office.private_text import PrivateText
from wardblog.report import ParseError, Report
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import join_url
from wardblog.views.feeds.text import portable_html
from wardblog.views.links import Links

# How wide a picture can be in the column, in CSS pixels: Outlook shows it as wide as its attributes
# say.
WIDEST = 552
_SIZE = late_regex(r'<img\b[^<>]*?\bwidth="(\d+)" height="(\d+)"')
_HEADING = late_regex(r"<(/?)h([1-6])\b")


def introduction_html(
    site: Site, text: PrivateText, markup: Markup, with_pictures: bool, report: Report
) -> str:
    """The introduction, clean and with complete addresses; "" if it cannot be read.

    What residents could not see or follow is reported.
    """
    try:
        html = cleaned(markup.html(text.body))
    except ParseError as error:
        report.parse_error(
            ParseError(error.message, error.hint, text.body_line + (error.line or 1) - 1)
        )
        return ""
    if has_unclosed_comment(html):
        report.stop(
            text.body_line,
            "a note to yourself begins in this text and does not end, so residents would read it",
            'Put notes between "<!--" and "-->", with plain hyphens.',
        )
    links = find_links(html, text.body, text.body_line)
    _check_pictures(site, links, with_pictures, report)
    complete = portable_html(_complete(site, html, links, report), f"{site.url}/")
    return _below_title(_SIZE.sub(_in_column, complete))


def _in_column(picture: re.Match[str]) -> str:
    """The tag of a picture up to its height, no wider than the column."""
    width, height = int(picture[1]), int(picture[2])
    if width <= WIDEST:
        return picture[0]
    start = picture[0][: picture.start(1) - picture.start()]
    return f'{start}{WIDEST}" height="{max(1, round(height * WIDEST / width))}"'


def _complete(site: Site, html: str, links: tuple[Link, ...], report: Report) -> str:
    """The HTML with the addresses of posts, pages and files as residents can open them."""
    html = with_marks(html, "", site.files, site.base_path)
    html = with_versions(html, site.base_path, site.pictures.get)
    marks = marks_of(html)
    urls = Links(site).of(_holder(site, marks))
    for mark in marks:
        if mark not in urls:
            target = re.sub(r"^[{|][a-z]+[}|]/?", "", mark)
            report.stop(
                next((link.line for link in links if target in link.target), None),
                f'this links to "{target}", which residents cannot open',
                "Link to a post or a page that is published, or to its address on the site.",
            )
    return with_resolved(html, urls)


def _holder(site: Site, marks: tuple[str, ...]) -> Post:
    """A post with these marks, as the view of links asks for it."""
    moment = datetime.combine(site.today, time(), LONDON)
    return Post(file="", title="", slug="", address="", date=moment, body=BodyText(""), marks=marks)


def _check_pictures(
    site: Site, links: tuple[Link, ...], with_pictures: bool, report: Report
) -> None:
    for link in links:
        if not link.embeds:
            continue
        if not with_pictures:
            report.stop(
                link.line,
                "there is a picture in this text, and the newsletter shows none",
                "Remove it. Or, in ward.toml under [newsletter], write: pictures = true",
            )
        elif not join_url(f"{site.url}/", link.target).startswith(f"{site.url}/"):
            report.stop(
                link.line,
                f'the picture "{link.target}" is on another site, which would learn who reads the '
                "newsletter",
                "Save the picture among your images, publish it, and show it from there.",
            )


def _below_title(html: str) -> str:
    """The HTML with headings from the second level on, without a gap: the first is the title."""
    levels = sorted({int(level) for _, level in _HEADING.findall(html)})
    below = {level: min(number, 6) for number, level in enumerate(levels, 2)}
    return _HEADING.sub(lambda tag: f"<{tag[1]}h{below[int(tag[2])]}", html)
