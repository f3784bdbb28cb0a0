"""Check the structure of pages that browsers and screen readers rely on, whatever the theme."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.check.built.file import BuiltFile
from wardblog.problems import Problem


def page_structure(file: BuiltFile) -> Iterator[Problem]:
    if file.is_page:
        for message, hint in _faults(file):
            yield Problem(
                file=file.about, line=None, message=f"the page {file.address} {message}", hint=hint
            )


def _faults(file: BuiltFile) -> Iterator[tuple[str, str]]:
    page = file.page
    if not page.title:
        yield "has no title", "Give it one in the template: <title>...</title>"
    if not page.lang:
        yield "does not say which language it is in", 'Begin it with <html lang="en-GB">.'
    for name in (name for name, count in page.ids.items() if count > 1):
        yield f'has two elements with the id "{name}"', "Give one of them another id."
    yield from _of_headings(file)
    for fault in dict.fromkeys(page.faults):
        yield f"is not valid HTML ({fault})", "Fix the template that it is made from."


def _of_headings(file: BuiltFile) -> Iterator[tuple[str, str]]:
    """One main heading, and no skipped level; headings in a post's text have their own rule."""
    headings = file.page.headings
    main = [heading for heading in headings if heading.level == 1 and not heading.is_own]
    if len(main) != 1:
        how_many = "no main heading" if not main else f"{len(main)} main headings"
        yield f"has {how_many}", "A page has one <h1>: its title."
    previous = 0
    for heading in headings:
        if heading.level > previous + 1 and not heading.is_own:
            levels = f"of level {heading.level} below one of level {previous}"
            hint = "Do not skip a level: <h3> comes below <h2>."
            yield f'has the heading "{heading.words}" {levels}', hint
        previous = heading.level
