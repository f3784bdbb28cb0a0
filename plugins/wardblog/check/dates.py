"""Days that a text tells of as to come do come after its post, so that nobody comes in vain."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wardblog.check.rule import few
from wardblog.model import Post
from wardblog.problems import Problem
from wardblog.text.words import MONTHS

_MONTHS = tuple(name[:3] for name in MONTHS)
_FIGURES = re.compile(r"\d[./-]\d\d?[./-]\d")


@few
def past_date(post: Post) -> Iterable[Problem]:
    """Of English posts alone, since the words are; a page is of no day."""
    if not _may_have_dates(post.html) or not _is_dated(post):
        return ()
    # late import: see docs/architecture.md
    from wardblog.check.days import told

    return told(post)


def _is_dated(post: Post) -> bool:
    is_post = post.file.startswith("posts/") and bool(post.line_of("Date"))
    return is_post and post.lang.split("-")[0] == "en"


def _may_have_dates(text: str) -> bool:
    """Whether it is worth looking for dates, or for "tomorrow", in a text."""
    # Each of these is found sooner than one expression for all of them.
    return (
        any(name in text for name in _MONTHS)
        or "omorrow" in text
        or _FIGURES.search(text) is not None
    )
