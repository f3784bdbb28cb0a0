"""Writes HTML that has only simple elements, such as pasted text that was read, as Markdown."""

from __future__ import annotations

import re

from wardblog.scaffold.old_blog.conversion import literal
from wardblog.scaffold.old_blog.conversion.converted import TextContext
from wardblog.scaffold.old_blog.conversion.html_text import HtmlText
from wardblog.scaffold.old_blog.conversion.leftovers import Leftovers
from wardblog.scaffold.old_blog.conversion.markdown import places_within
from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses
from wardblog.support.late_regex import late_regex

_NO_ADDRESSES = OldAddresses("", posts={})
# An e-mail address between the brackets that mail programs put around it.
_LEFT, _RIGHT = literal.held("<"), literal.held(">")
_BRACKETED = late_regex(
    rf"{_LEFT}<?([^\s<>@{_LEFT}{_RIGHT}]{{1,64}}@[^\s<>@{_LEFT}{_RIGHT}]+)>?{_RIGHT}"
)
_MAIL = late_regex(r"[\w.+-]+@[\w.-]+\w")


def markdown_of_clean_html(html: str) -> str:
    """Return HTML as Markdown; links and words stay as they are, and nothing is embedded."""
    context = TextContext("posts/pasted.md", _NO_ADDRESSES, is_old=False)
    work = HtmlText(context, Leftovers())
    text = _BRACKETED.sub(_as_link, work.written(html, places_within(html)))
    return work.finished(text).text


def _as_link(match: re.Match[str]) -> str:
    """An address between brackets, which in Markdown is a link by itself."""
    words = literal.plain_words_of(match[1])
    return f"<{words}>" if _MAIL.fullmatch(words) else match[0]
