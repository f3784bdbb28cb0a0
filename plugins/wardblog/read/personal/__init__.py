"""Personal data in a text: what must not be published of people who did not ask for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping

from wardblog.model import Personal, PersonalKind
from wardblog.read.personal.addresses import find_addresses
from wardblog.read.personal.emails import find_emails
from wardblog.read.personal.found import Figures, Found
from wardblog.read.personal.numbers import find_nhs, find_ni
from wardblog.read.personal.phones import find_phones
from wardblog.read.personal.plates import find_plates

__all__ = ["find_personal"]

# Those that are told by their form come first: what one found is not looked at by the next.
_BY_FIGURES: tuple[tuple[PersonalKind, Callable[[str, Figures], Iterator[Found]]], ...] = (
    (PersonalKind.NI, find_ni),
    (PersonalKind.NHS, find_nhs),
    (PersonalKind.PHONE, find_phones),
    (PersonalKind.PLATE, find_plates),
    (PersonalKind.ADDRESS, find_addresses),
)
# A line that goes on where the one above it ended, in the same paragraph.
_SOFT_END = re.compile(r"\n(?= *[^\s|*+>#\-])(?! *\d+[.)] )")
_FIGURES = re.compile(r"[0-9]+")
# What word processors and PDFs make of hyphens, spaces and signs, and what nobody can see.
_AS_TYPED: Mapping[int, str | None] = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f"), " "),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),
    **{0xFF01 + n: chr(0x21 + n) for n in range(94)},  # full width
}


def find_personal(text: str, line: int = 1) -> tuple[Personal, ...]:
    """All that a text gives away of somebody, in its order; `line` is that of its beginning."""
    text = text if text.isascii() else text.translate(_AS_TYPED)
    flat = _SOFT_END.sub(" ", text) if "\n" in text else text
    found = [(PersonalKind.EMAIL, one) for one in find_emails(flat)]
    taken = {at for _, one in found for at in range(one.start, one.end)}
    figures = [run.span() for run in _FIGURES.finditer(flat)]
    for kind, find in _BY_FIGURES if figures else ():
        more = [one for one in find(flat, figures) if taken.isdisjoint(range(one.start, one.end))]
        found += [(kind, one) for one in more]
        taken.update(at for one in more for at in range(one.start, one.end))
    if not found:
        return ()
    ends = [end.start() for end in re.finditer("\n", text)]
    return tuple(
        Personal(kind, " ".join(flat[start:end].split()), value, line + bisect_right(ends, start))
        for kind, (start, end, value) in sorted(found, key=lambda one: one[1])
    )
