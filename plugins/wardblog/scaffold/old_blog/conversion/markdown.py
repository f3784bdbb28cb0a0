"""Turns the text of an old post into Markdown as a person would have written it."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from wardblog.report import Report
from wardblog.scaffold.old_blog.conversion import literal
from wardblog.scaffold.old_blog.conversion.converted import (
    Converted,
    TextContext,
)
from wardblog.scaffold.old_blog.conversion.labels import with_bold_labels
from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses
from wardblog.scaffold.old_blog.model import OldComment, OldPost
from wardblog.support.late_regex import late_regex
from wardblog.text.mojibake import repair_mojibake
from wardblog.text.plain_text import plain

if TYPE_CHECKING:
    from wardblog.scaffold.old_blog.conversion.html_text import HtmlText

_PARAGRAPH = late_regex(r"<(?:p|br|div)\b", re.IGNORECASE)
_CONDITIONAL = late_regex(r"<!--\[if\b.*?<!\[endif\]-->|<!\[(?:if[^\]]*|endif)\]>", re.DOTALL)
_LINE_BREAKS = late_regex(r"\r\n?")
_CONTROLS = late_regex("[\x80-\x9f]")
_NAME = late_regex(r"""\b(?:id|name)\s*=\s*["']([^"']+)""", re.IGNORECASE)
_TARGET = late_regex(r"""href\s*=\s*["'][^"'#]*#([^"']+)""", re.IGNORECASE)


def converted(post: OldPost, context: TextContext) -> Converted:
    """Return the text of a post in Markdown, with what it shows, links to and leaves out."""
    text = _readable(post.text)
    return (
        _from_markdown(post, text, context) if post.is_markdown else _from_html(post, text, context)
    )


def pictures_in(post: OldPost, addresses: OldAddresses) -> tuple[str, ...]:
    """Return the full URLs of the pictures and other uploads that a post shows or links to."""
    # late import: see docs/architecture.md
    from wardblog.scaffold.old_blog.conversion import found_pictures

    return found_pictures.pictures_in(post, addresses)


def plain_words(words: str) -> str:
    """Return the HTML of a title, a summary or a caption as one line of plain words."""
    return " ".join(html.unescape(plain(_readable(words))).split())


def _readable(text: str) -> str:
    text = literal.without_private(_LINE_BREAKS.sub("\n", text).replace("\0", ""))
    return repair_mojibake(_CONTROLS.sub(_as_on_windows, text), Report(""))


def _as_on_windows(match: re.Match[str]) -> str:
    """A character that was taken over from Windows without a change of its number."""
    return match[0].encode("latin-1").decode("cp1252", "ignore")


def _is_classic(post: OldPost, text: str) -> bool:
    """Whether blank lines in the text are paragraphs, as WordPress's old editor has them.

    A text without any mark of a paragraph is one of these as well.
    """
    if post.is_classic:
        return True
    return "\n\n" in text and "<!-- wp:" not in text and not _PARAGRAPH.search(text)


def _from_html(post: OldPost, text: str, context: TextContext) -> Converted:
    # late import: see docs/architecture.md
    from wardblog.scaffold.old_blog.conversion.blocks import is_of_blocks, without_blocks
    from wardblog.scaffold.old_blog.conversion.classic_text import with_paragraphs
    from wardblog.scaffold.old_blog.conversion.html_text import HtmlText
    from wardblog.scaffold.old_blog.conversion.leftovers import Leftovers
    from wardblog.scaffold.old_blog.conversion.shortcodes import with_shortcodes_read
    from wardblog.scaffold.old_blog.conversion.template_tags import (
        with_templates_read,
        without_template_code,
    )
    from wardblog.scaffold.old_blog.exports.file_kinds import HTML

    leftovers = Leftovers()
    text = _CONDITIONAL.sub("", text)
    is_of_wordpress = bool(post.number) or post.is_classic or is_of_blocks(text)
    is_classic = _is_classic(post, text)
    text = without_blocks(text, leftovers)
    is_of_folder = post.source.lower().endswith(tuple(HTML))
    if is_of_folder:
        # Many blogs in folders came from WordPress, with its shortcodes.
        text = without_template_code(text, is_html=True)
        text = with_templates_read(text, context.addresses, leftovers)
    if is_of_wordpress or is_of_folder:
        text = with_shortcodes_read(text, context.addresses, leftovers, post.number)
    if is_classic:
        text = with_paragraphs(text)
    work = HtmlText(context, leftovers)
    return _finished(work, work.written(text, places_within(text)), post, context)


def _from_markdown(post: OldPost, text: str, context: TextContext) -> Converted:
    # late import: see docs/architecture.md
    from wardblog.scaffold.old_blog.conversion.leftovers import Leftovers
    from wardblog.scaffold.old_blog.conversion.markdown_posts import MarkdownText

    work = MarkdownText(context, Leftovers())
    return _finished(work.html, work.written(text), post, context)


def _finished(work: HtmlText, markdown: str, post: OldPost, context: TextContext) -> Converted:
    if context.comments and post.comments:
        markdown += "\n\n" + _comments(work, post.comments)
    return replace(result := work.finished(markdown), text=with_bold_labels(result.text))


def places_within(text: str) -> frozenset[str]:
    """The names of the places in HTML that it links to itself."""
    targets = _TARGET.findall(text)
    return frozenset(targets).intersection(_NAME.findall(text)) if targets else frozenset()


def _comments(work: HtmlText, comments: tuple[OldComment, ...]) -> str:
    # late import: see docs/architecture.md
    from wardblog.scaffold.old_blog.conversion.classic_text import with_paragraphs

    parts = ["## Comments"]
    for comment in comments:
        words = _readable(comment.html)
        if "\n" in words and not _PARAGRAPH.search(words):
            words = with_paragraphs(words)
        author = html.escape(plain_words(comment.author) or "A reader")
        said = f"<blockquote><p><b>{author}</b>{_day(comment.moment)}:</p>{words}</blockquote>"
        parts.append(work.written(said, frozenset()))
    return "\n\n".join(parts)


def _day(moment: datetime | None) -> str:
    return f", {moment.day} {moment:%B %Y}" if moment else ""
