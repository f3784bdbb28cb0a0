"""Tables as Markdown, and as HTML where Markdown has no form for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bs4 import NavigableString, Tag

from wardblog.scaffold.old_blog.conversion.link_targets import LinkTargets
from wardblog.scaffold.old_blog.conversion.tags import value_of

if TYPE_CHECKING:
    from bs4.element import PageElement


def piped(rows: Sequence[Sequence[str]], *, has_heading: bool) -> str:
    """Return a table with bars between its cells."""
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    if not has_heading:
        full.insert(0, [""] * width)
    lines = [f"| {' | '.join(row)} |" for row in full]
    lines.insert(1, f"|{'---|' * width}")
    return "\n".join(re.sub(" +", " ", line) for line in lines)


def as_html(targets: LinkTargets, el: Tag) -> str:
    """Return a table as HTML, a row on a line."""
    for link in el.find_all("a", href=True):
        link["href"] = targets.target(value_of(link, "href"))[0]
    for picture in el.find_all("img"):
        _replace(targets, picture)
    del el["class"]
    html = re.sub(r"\s*\n\s*", " ", el.decode(formatter="minimal"))
    return targets.used.note("code", "table") + re.sub(r"(<tr>|</table>)", r"\n\1", html)


def _replace(targets: LinkTargets, picture: Tag) -> None:
    file = targets.context.addresses.picture(value_of(picture, "src"))
    words: PageElement = NavigableString(value_of(picture, "alt"))
    if file:
        picture["src"] = targets.relative(file)
    else:
        picture.replace_with(words)
