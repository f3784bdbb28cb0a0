"""Check the text and dates of posts and pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wardblog.check.rule import each_post_and_page, limited
from wardblog.content.keys import TABLE, FileKind
from wardblog.model import Post, Site
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex
from wardblog.text.words import MONTHS, long_date

_MONTHS = tuple(name[:3] for name in MONTHS)
_FIGURES = late_regex(r"\d[./-]\d\d?[./-]\d")


def no_text(post: Post) -> Iterator[Problem]:
    if not post.html.strip():
        yield Problem(
            file=post.file,
            line=None,
            message=f"this {'page' if _is_page(post) else 'post'} has no text yet",
            hint='Write it below the blank line, or add "Status: draft" until it is ready.',
        )


def _is_page(post: Post) -> bool:
    return post.file.startswith("pages/")


def dated_page(post: Post) -> Iterator[Problem]:
    """A post in the folder of pages does not appear in any list or feed."""
    if _is_page(post) and post.line_of("Date") and post.line_of("Tags"):
        yield Problem(
            file=post.file,
            line=post.line_of("Date"),
            message="this page has a date and tags like a post, but pages do not appear in lists "
            "or feeds",
            hint="If it is a post, move it to {content}/posts.",
        )


def placed_page(post: Post) -> Iterator[Problem]:
    """Header lines that only work in posts would be ignored silently."""
    for key in TABLE if _is_page(post) else ():
        if FileKind.PAGE not in key.kinds and post.line_of(key.name):
            yield Problem(
                file=post.file,
                line=post.line_of(key.name),
                message=f'"{key.name}" only works in posts, and has no effect on a page',
                hint="Write a post about it, and link to that from here.",
            )


@each_post_and_page
def modified_ahead(post: Post, site: Site) -> Iterator[Problem]:
    if post.modified and post.modified.date() > site.today and not post.visibility.is_waiting:
        yield Problem(
            file=post.file,
            line=post.line_of("Modified"),
            message=f"the Modified date, {long_date(post.modified)}, is in the future",
            hint="Write the day on which you changed it.",
        )


def second_title(post: Post) -> Iterator[Problem]:
    """The title is the only main heading of a page; headings in the text are smaller."""
    if "<h1" in post.html:
        yield Problem(
            file=post.file,
            line=post.line_with("\n# ") or post.line_with("<h1"),
            message="a heading in the text is as large as the title",
            hint='Begin it with two number signs: "## Where".',
        )


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
    # Separate searches are faster than one expression for all, above all for single letters.
    return (
        any(name[0] in text and name in text for name in _MONTHS)
        or "omorrow" in text
        or (_may_have_figures(text) and _FIGURES.search(text) is not None)
    )


def _may_have_figures(text: str) -> bool:
    """Whether a text may have figures; those of other scripts are not looked for."""
    return not text.isascii() or any(figure in text for figure in "0123456789")
