"""Check that dates described as still to come are later than the post."""

from __future__ import annotations

from collections.abc import Iterable

from wardblog.check.rule import limited
from wardblog.model import Post
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex
from wardblog.text.words import MONTHS

_MONTHS = tuple(name[:3] for name in MONTHS)
_FIGURES = late_regex(r"\d[./-]\d\d?[./-]\d")


@limited
def past_date(post: Post) -> Iterable[Problem]:
    """Wrong dates in posts in English; pages have no date to compare with."""
    if not _may_have_dates(post.html) or not _is_dated(post):
        return ()
    # late import: see docs/architecture.md
    from wardblog.check.days import wrong_dates

    return wrong_dates(post)


def _is_dated(post: Post) -> bool:
    is_post = post.file.startswith("posts/") and bool(post.line_of("Date"))
    return is_post and post.lang.split("-")[0] == "en"


def _may_have_dates(text: str) -> bool:
    """Whether a text may contain a date, or "tomorrow"."""
    # Separate searches are faster than one expression for all.
    return (
        any(name in text for name in _MONTHS)
        or "omorrow" in text
        or _FIGURES.search(text) is not None
    )
