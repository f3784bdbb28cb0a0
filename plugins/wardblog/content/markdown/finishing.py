"""Finishes the HTML that Markdown makes: its tables, captions and embedded pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count, zip_longest
from typing import NamedTuple

from wardblog.support.late_regex import late_regex
from wardblog.text.plain_text import plain

# Cells that are aligned by an attribute, which HTML has given up; a class does the same.
_ALIGNED = late_regex(
    r"""(<t[dh]\b(?:(?!\sclass=)[^<>])*?)\ align=["']?(left|center|right)["']?
    ((?:(?!\sclass=)[^<>])*>)""",
    re.VERBOSE,
)
_TABLE = late_regex(r"<table>(?:(?!</?table\b).)*</table>", re.DOTALL)
_ROW = late_regex(r"<tr>((?:(?!</?tr\b).)*)</tr>", re.DOTALL)
# Only cells as Markdown writes them; a table with any other is left as it is.
_CELL = late_regex(r'<(t[dh])( class="\w+")?>((?:(?!</?t[dh]\b).)*)</\1>', re.DOTALL)
_ANY_CELL = late_regex(r"<t[dh]\b")
# `1,200`, `£3.50`, `−4`, `12%`, `40 m`; `about 40 m` is words.
_NUMBER = late_regex(r"[-+−–]?\s?[£€$]?\s?\d[\d,.\u00a0\u202f]*\s?(?:%|p|km|m|kg|t)?")
# The corner of a table heads nothing.
_HEADING = late_regex(r"<th(?: [^>]*)?>(?!</th>)")
_EMPTY_HEADING = late_regex(r"<th( class=\"\w+\")?></th>")
_NO_NUMBER = ("", "-", "–", "—")
# A picture alone in its paragraph; its title is its caption.
_CAPTIONED = late_regex(
    r'<p>(<a [^<>]*>)?(<img\b(?:(?!\stitle=)[^<>])*)\stitle="([^"]+)"([^<>]*>)(</a>)?</p>'
)

_DATA_PICTURE = late_regex(r"""<img\b[^<>]*\ssrc\s*=\s*["']?\s*data:[^<>]*>""", re.IGNORECASE)
_ALT = late_regex(r"""\balt\s*=\s*(?:(["'])(.*?)\1|([^\s"'<>]+))""", re.DOTALL)


class _Cell(NamedTuple):
    name: str
    aligned: str
    content: str


def finished(html: str) -> str:
    """HTML of a text as pages and feeds show it.

    Cells are aligned by a class instead of an attribute. A column of numbers whose alignment the
    author has not chosen is aligned to the right. A heading without words is an ordinary cell.
    A picture alone in its paragraph, written `![words](file "caption")`, becomes a figure with
    that caption.
    """
    if " align=" in html:
        html = _ALIGNED.sub(r'\1 class="\2"\3', html)
    if "<table>" in html:
        html = _TABLE.sub(_finished_table, html)
    if " title=" in html:
        html = _CAPTIONED.sub(_figure, html)
    return html


def _figure(match: re.Match[str]) -> str:
    opening, before, caption, after, closing = match.groups()
    if bool(opening) != bool(closing):
        return match[0]
    picture = f"{opening or ''}{before}{after}{closing or ''}"
    return f"<figure>\n{picture}\n<figcaption>{caption}</figcaption>\n</figure>"


def _finished_table(found: re.Match[str]) -> str:
    table = found[0]
    if _HEADING.search(table):
        table = _EMPTY_HEADING.sub(r"<td\1></td>", table)
    rows = [[_Cell(*cell) for cell in _CELL.findall(row)] for row in _ROW.findall(table)]
    if sum(map(len, rows)) != len(_ANY_CELL.findall(table)):
        return table
    columns = list(zip_longest(*rows, fillvalue=_Cell("td", "", "")))
    right = {number for number, cells in enumerate(columns) if _is_of_numbers(cells)}
    if not right:
        return table
    return _ROW.sub(lambda row: f"<tr>{_aligned(row[1], right)}</tr>", table)


def _is_of_numbers(cells: Sequence[_Cell]) -> bool:
    if any(cell.aligned for cell in cells):
        return False
    texts = [plain(cell.content).strip() for cell in cells if cell.name == "td"]
    numbers = [text for text in texts if text not in _NO_NUMBER]
    return bool(numbers) and all(map(_NUMBER.fullmatch, numbers))


def _aligned(row: str, right: Iterable[int]) -> str:
    numbers = count()
    return _CELL.sub(
        lambda cell: (
            f'<{cell[1]} class="right">{cell[3]}</{cell[1]}>' if next(numbers) in right else cell[0]
        ),
        row,
    )


def without_embedded_pictures(html: str) -> tuple[str, int]:
    """Replace embedded (`data:`) pictures by their alternative text; returns the number as well.

    The pages' content security policy blocks such pictures, and few feed readers show them.
    """
    return _DATA_PICTURE.subn(_alternative, html) if "data:" in html else (html, 0)


def _alternative(picture: re.Match[str]) -> str:
    match = _ALT.search(picture[0])
    return (match[2] or match[3] or "") if match else ""
