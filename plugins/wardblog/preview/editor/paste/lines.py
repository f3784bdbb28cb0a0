"""Lines: which belong to one paragraph, and which stay lines of it.

Mail programs write each line as a block of its own, with an empty one where a person leaves space.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bs4 import Tag

from wardblog.preview.editor.paste.wrapped import MARK, lines_of, text_of_line, unwrapped
from wardblog.scaffold.old_blog.conversion.tags import text_of, value_of
from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from wardblog.preview.editor.paste.reader import PastedHtml

# A line that somebody ended, as in an address, has at most this many characters.
_SHORT = 60
_ENDS = (".", "!", "?", ":", ";", "…", ".”", ".’")
_NUMBERED = late_regex(r"\(?\d{1,2}[.)] \S")
_IN_TEXT = late_regex("#")
# What mail programs put above a signature.
SIGNATURE = late_regex(r"--\s*")


def joined(source: PastedHtml, blocks: Sequence[Tag]) -> list[Tag]:
    """The blocks without empty ones, and with lines that belong together as lines of one."""
    groups: list[list[Tag]] = []
    is_apart = True
    for block in blocks:
        if value_of(block, "blank") or _is_signature_mark(block):
            is_apart = True
        elif not is_apart and _is_next_line(groups[-1][-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
            is_apart = False
    return [one for group in groups for one in _made(source, group)]


def _is_signature_mark(block: Tag) -> bool:
    return block.name == "p" and bool(SIGNATURE.fullmatch(text_of(block)))


def _made(source: PastedHtml, group: Sequence[Tag]) -> list[Tag]:
    first = group[0]
    if first.name != "p":
        return [first]
    for below in group[1:]:
        first.append(source.new("br"))
        first.extend(list(below.contents))
    first.attrs.pop("tight", None)
    return list(map(with_number, unwrapped(source, first)))


def with_number(block: Tag) -> Tag:
    """A paragraph, which is marked as an item of a list if it begins with a number."""
    if block.name == "p" and _NUMBERED.match(text_of(block)):
        block["class"] = "MsoList"  # one item is enough
    return block


def _is_next_line(above: Tag, below: Tag) -> bool:
    for block in (above, below):
        if block.name != "p" or not value_of(block, "tight") or block.find("a", href=_IN_TEXT):
            return False
    last, first = (text_of_line(lines_of(block)[at]) for block, at in ((above, -1), (below, 0)))
    if max(len(last), len(first)) > _SHORT or last.endswith(_ENDS):
        return False
    return not MARK.match(first)
