"""The text below a header: from Markdown to the HTML that residents get, with its links."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wardblog.content import time_limit
from wardblog.content.cache import TrackedIndex
from wardblog.content.election_words import emblems_of
from wardblog.content.header.front_matter import PostFile
from wardblog.content.markdown.cleaning import cleaned, differs
from wardblog.content.markdown.finishing import without_embedded_pictures
from wardblog.content.markdown.html_links import content_path, find_links, marks_of, with_marks
from wardblog.content.markdown.markup import Markup, has_unclosed_comment
from wardblog.content.picture_versions import TextPicture, pictures_in, with_versions
from wardblog.content.pictures import IMAGES
from wardblog.content.references import References
from wardblog.model import BodyText, Link, Mention
from wardblog.photos import is_picture
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass

# In characters; HTML of up to this length is always cleaned quickly.
_LONG = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text as it is shown; `html` is the same before its addresses were completed.

    `marks` are Pelican's link marks in it, `files` and `pictures` what it shows or links to,
    `shown` the pictures of the content that it shows, and `emblems` as a `Post` has them.
    """

    body: BodyText
    html: str
    links: tuple[Link, ...]
    marks: tuple[str, ...]
    pictures: tuple[str, ...]
    shown: tuple[TextPicture, ...]
    files: tuple[str, ...]
    emblems: tuple[Mention, ...]


class TextReader:
    """Reads the texts of the site at `url`; `base_path` is the path of that."""

    def __init__(self, markup: Markup, base_path: str, url: str) -> None:
        self._markup, self._base_path = markup, base_path
        self._references = References(url)

    def read(self, document: PostFile, file: str, asked: TrackedIndex, report: Report) -> Text:
        raw = self._html(document, report)
        with_words = _without_data(raw, document, report)
        html = _cleaned(with_words, document.body)
        marked = with_marks(html, file, asked, self._base_path, asked.download)
        shown = with_versions(marked, self._base_path, asked.picture)
        # The rules read what was written, where it differs from what is shown.
        original = raw if differs(raw, html) or shown != marked else ""
        links = find_links(html, document.body, document.body_line, with_words)
        return Text(
            body=BodyText(shown, document.body, document.body_line, original),
            html=html,
            links=links,
            marks=marks_of(marked),
            pictures=_beside(links, file, asked),
            shown=pictures_in(marked, self._base_path, asked.picture),
            files=self._references.of(shown, file, asked, asked.download),
            emblems=emblems_of(html, links),
        )

    def _html(self, document: PostFile, report: Report) -> str:
        html = ""
        try:
            html, doubts = self._markup.read(document.body)
            for doubt in doubts:
                report.warn(document.body_line + doubt.line - 1, doubt.message, doubt.hint)
        except ParseError as error:
            line = document.body_line + (error.line or 1) - 1
            report.stop(line, error.message, error.hint)
        _report_open_note(html, document, report)
        return html


def _cleaned(html: str, body: str) -> str:
    """The HTML as it is published; an author's own HTML may take long, so it has a time limit."""
    is_risky = len(html) > _LONG and "<" in body
    return (
        time_limit.run_within(time_limit.seconds_for_text(len(html)), cleaned, html, isolated=True)
        if is_risky
        else cleaned(html)
    )


def _report_open_note(html: str, document: PostFile, report: Report) -> None:
    """Reports a note that is never closed, which would be published."""
    if not has_unclosed_comment(html):
        return
    mark = re.search(r"[<‹]!(?:--|[—–])", document.body)
    line = document.body.count("\n", 0, mark.start()) if mark else 0
    report.stop(
        document.body_line + line,
        "a note to yourself begins here and does not end, so residents would read it",
        'Put notes between "<!--" and "-->", with plain hyphens.',
    )


def _beside(links: Iterable[Link], file: str, asked: TrackedIndex) -> tuple[str, ...]:
    """The pictures outside of `images/` that a text shows or links to."""
    targets = (content_path(link.target, file, asked) for link in links)
    paths = dict.fromkeys(path for kind, path in filter(None, targets) if kind != "filename")
    return tuple(p for p in paths if is_picture(p) and not p.startswith(IMAGES) and p in asked)


def _without_data(html: str, document: PostFile, report: Report) -> str:
    if "data:" not in html:
        return html
    lines = [
        link.line
        for link in find_links(html, document.body, document.body_line)
        if link.embeds == "img" and link.target.strip().startswith("data:")
    ]
    html, _ = without_embedded_pictures(html)
    for line in lines:
        report.warn(
            line,
            "a picture is embedded in the text itself; its description is shown instead",
            "Save the picture in {content}/images, and show it from there.",
        )
    return html
