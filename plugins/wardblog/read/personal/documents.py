"""What a post or page gives away: in its text, and in those lines on top that residents read."""

from __future__ import annotations

from wardblog.model import Personal
from wardblog.read.front_matter import Document
from wardblog.read.personal import find_personal, visible

_SHOWN = frozenset(
    (
        "Title",
        "Tags",
        "Summary",
        "Author",
        "Places",
        "Updated",
        "Deadline",
        "Event",
        "Position",
        "Reference",
    )
)


def personal_in(document: Document) -> tuple[Personal, ...]:
    """Each find once, in the order of the lines."""
    found = [
        one
        for entry in document.entries
        if entry.key in _SHOWN
        for one in find_personal(visible(entry.value), entry.line)
    ]
    found += find_personal(visible(document.body), document.body_line)
    return tuple({(one.kind, one.value): one for one in reversed(found)}.values())[::-1]
