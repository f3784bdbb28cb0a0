"""Check headings and tables, which screen readers use to navigate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.check.rule import limited
from wardblog.model import Post
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex
from wardblog.text.plain_text import plain

_HEADING = late_regex(r"<h([1-6])\b[^>]*>([^<]*(?:<(?!/?h[1-6]\b)[^<]*)*)</h\1>")
# A line that is entirely in bold, followed by text.
_BOLD = late_regex(r"<p><strong>([^<]{1,80})</strong></p>(?=\s*<(?:p|ul|ol)\b)")
_MOST_WORDS, _TITLE_LEVEL = 7, 1
_TABLE = late_regex(r"<table\b[^<]*(?:<(?!/?table\b)[^<]*)*</table>")
_HEADER = late_regex(r"<th\b[^>]*>([^<]*(?:<(?!/?th\b)[^<]*)*)</th>")
# Where a table begins in the text: the line of hyphens below its headings, or a tag.
_TABLE_WRITTEN = late_regex(
    r"^[^\n]*\|[^\n]*\n[ |:-]*-[ |:-]*$|^[ |:-]*\|[ |:-]*-[ |:-]*$|<table\b", re.M | re.I
)


@limited
def heading_order(post: Post) -> Iterator[Problem]:
    """Headings start at level 2 below the title, and skip no level."""
    if "</h" not in post.html:
        yield from _bold_headings(post)
        return
    before = _TITLE_LEVEL
    for match in _HEADING.finditer(post.html):
        level, words = int(match[1]), plain(match[2])
        if not words and "alt=" not in match[2]:
            yield Problem(
                file=post.file,
                line=_line_of_heading(post, level, ""),
                message="a heading is empty",
                hint="Write its words, or remove the number signs.",
            )
        elif level > before + 1:
            yield Problem(
                file=post.file,
                line=_line_of_heading(post, level, words),
                message=f'the first heading, "{words}", is level {level}'
                if before == _TITLE_LEVEL
                else f'the heading "{words}" is level {level}, but comes after level {before}',
                hint=f'Begin it with {_signs(before + 1)}: "{"#" * (before + 1)} {words}".',
            )
        before = level
    yield from _bold_headings(post)


def _signs(level: int) -> str:
    return f"{('', 'one', 'two', 'three', 'four', 'five', 'six')[level]} number signs"


def _bold_headings(post: Post) -> Iterator[Problem]:
    """Two or more lines in bold are probably meant as headings; a single one may be anything."""
    if "<p><strong>" not in post.html:
        return
    headings = [plain(match[1]) for match in _BOLD.finditer(post.html)]
    headings = [
        w for w in headings if len(w.split()) <= _MOST_WORDS and not w.endswith((".", "!", ","))
    ]
    if len(headings) >= 2:
        words = headings[0].rstrip(":")
        yield Problem(
            file=post.file,
            line=post.line_with(headings[0]),
            message=f'"{words}" is in bold like a heading, but is not a heading',
            hint=f'Write "## {words}"; screen readers list headings, and jump to them.',
        )


def _line_of_heading(post: Post, level: int, words: str) -> int | None:
    sought = r"\W+".join(map(re.escape, re.findall(r"\w+", words)))
    written = rf"^ {{0,3}}(?:#{{{level}}}|<h{level}\b[^>]*>)[^\w\n]*{sought}"
    if not words:
        written = rf"^ {{0,3}}#{{{level}}}[ #]*(?:\{{[^\n]*\}})?$|<h{level}\b[^>]*>\s*</h"
    match = re.search(written, post.text, re.MULTILINE | re.IGNORECASE)
    if match is None:
        return post.line_with(words) if words else post.line_with("#")
    return post.body.line + post.text.count("\n", 0, match.start())


@limited
def table_headers(post: Post) -> Iterator[Problem]:
    """A table needs headings for its columns or rows (WCAG 2.2, 1.3.1)."""
    if "<table" not in post.html:
        return
    for number, table in enumerate(_TABLE.findall(post.html)):
        headers = _HEADER.findall(table)
        if any(plain(words) or "alt=" in words for words in headers):
            continue
        yield Problem(
            file=post.file,
            line=_line_of_table(post, number),
            message="the headings of a table are empty" if headers else "a table has no headings",
            hint='Name its columns in its first line: "| Street | Day |".'
            if headers
            else "Add a first row with a <th> for each column, so that readers can tell what each "
            "figure is about.",
        )


def _line_of_table(post: Post, number: int) -> int | None:
    tables = [*_TABLE_WRITTEN.finditer(post.text)]
    if not tables:
        return None
    return post.body.line + post.text.count("\n", 0, tables[min(number, len(tables) - 1)].start())
