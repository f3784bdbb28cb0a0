"""Check that the map does not identify people in posts about complaints."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.model import Place, Post, Precision, Site
from wardblog.problems import Problem


def exact_pin(site: Site) -> Iterator[Problem]:
    """Exact places in posts about complaints; a council's data sets are not affected."""
    sensitive = {issue.slug: issue.name for issue in site.issues if issue.is_sensitive}
    declared = {issue.slug for issue in site.issues}
    for post in site.posts:
        exact = [place for place in post.places if place.precision is Precision.EXACT]
        if not exact:
            continue
        # late import: see docs/architecture.md
        from wardblog.content.tables.complaints import is_sensitive

        names = [sensitive[slug] for slug in post.issues if slug in sensitive]
        # A tag that is no issue may say as much.
        tags = (tag for tag in post.tags if tag.slug not in declared)
        names += [tag.name for tag in tags if is_sensitive(tag.name)]
        if names:
            yield _pin(post, names[0], exact[0])


def _pin(post: Post, issue: str, place: Place) -> Problem:
    if place.identifier or place.entry:
        return Problem(
            file=post.file,
            line=post.line_of("Places"),
            message=_message(place, issue),
            hint="It is an entry of a list. Write the name of its street instead.",
        )
    line = post.line_of("Precision")
    how = 'Write "Precision: street"' if line else 'Add a line "Precision: street"'
    return Problem(
        file=post.file,
        line=line or post.line_of("Places"),
        message=_message(place, issue),
        hint=f'{how} (about 100 m) or "Precision: area" (about 500 m), so that no pin shows '
        "somebody's front door.",
    )


def _message(place: Place, issue: str) -> str:
    return f'the place "{place.name}" is shown exactly, in a post about "{issue}"'
