"""The parts of header values, for forms: what each part is called, and how it is asked for.

Between the parts of a value there is a bar. A line that is not in `PARTS` takes any words.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from wardblog.model import Precision, Progress
from wardblog.support.late_dataclass import dataclass


class PartKind(Enum):
    """How a part is asked for."""

    WORDS = "words"
    DAY = "day"  # 2026-11-20
    MOMENT = "moment"  # 2026-11-20, or 2026-11-20 09:00
    OCCASION = "occasion"  # a moment, perhaps with an end: 2026-12-01 18:00 - 19:00; or words
    CHOICE = "choice"
    PLACE = "place"  # what `Places` has after its first bar
    PICTURE = "picture"  # a path below the content folder
    ADDRESS = "address"  # of a page: https://...


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuePart:
    """One part of a value.

    `choices` are pairs: what is written, and what it means in a form. A part that is `optional` may
    be left out together with its bar; the reader then knows it by its form. Other parts keep their
    bar, even if they are empty and more follows.
    """

    name: str
    kind: PartKind = PartKind.WORDS
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    optional: bool = False


Parts = tuple[ValuePart, ...]


def _alone(name: str, kind: PartKind, choices: tuple[tuple[str, str], ...] = ()) -> Parts:
    """The only part of a value, which needs no help of its own."""
    return (ValuePart(name=name, kind=kind, choices=choices),)


_PROGRESS = tuple((p.value, p.value.capitalize()) for p in Progress)
_PRECISION = (
    (Precision.EXACT.value, "The exact spot"),
    (Precision.STREET.value, "The street (to about 100 m)"),
    (Precision.AREA.value, "The area (to about 500 m)"),
)

# What it means if a post has no status.
PUBLIC = "Everybody, after you publish"

MOMENT = _alone("Day", PartKind.MOMENT)
DAY = _alone("Day", PartKind.DAY)
ADDRESS = _alone("Address", PartKind.ADDRESS)
PROGRESS = _alone("Progress", PartKind.CHOICE, _PROGRESS)
PRECISION = _alone("Precision", PartKind.CHOICE, _PRECISION)
CARD = _alone("Card", PartKind.CHOICE, (("map", "With the post's title and map"),))
STATUS = _alone(
    "Status",
    PartKind.CHOICE,
    (
        ("published", PUBLIC),
        ("draft", "Draft: only you"),
        ("hidden", "Hidden: only people who have its address"),
    ),
)
PLACES = (
    ValuePart(name="Name", help="Such as the street, or what is there."),
    ValuePart(
        name="Where it is",
        kind=PartKind.PLACE,
        help="Leave it empty if the name is a street of the ward. Or choose it on the map, or "
        "write a postcode or coordinates.",
        optional=True,
    ),
    ValuePart(
        name="Progress here",
        kind=PartKind.CHOICE,
        help="Only if it differs from that of the post.",
        choices=_PROGRESS,
        optional=True,
    ),
)
UPDATED = (
    ValuePart(name="Day", kind=PartKind.MOMENT),
    ValuePart(name="New progress", kind=PartKind.CHOICE, choices=_PROGRESS),
    ValuePart(name="What happened"),
)
DEADLINE = (
    ValuePart(name="Day", kind=PartKind.MOMENT),
    ValuePart(name="What ends then"),
)
EVENT = (
    ValuePart(
        name="When",
        kind=PartKind.OCCASION,
        help="For an event that repeats: first Saturday of the month 10:00 - 11:30",
    ),
    ValuePart(name="What it is"),
    ValuePart(name="Where", optional=True),
    ValuePart(
        name="Address of its agenda, or of a page about it", kind=PartKind.ADDRESS, optional=True
    ),
    ValuePart(
        name="Cancelled or attended",
        kind=PartKind.CHOICE,
        choices=(("cancelled", "It is cancelled"), ("attended", "I was there")),
        optional=True,
    ),
)
ANSWER = (
    ValuePart(name="Letter", help="A, B, C and so on."),
    ValuePart(name="Answer"),
)
OUTCOME = (
    ValuePart(name="Day", kind=PartKind.MOMENT),
    ValuePart(name="What was done"),
)
REPLY = (
    ValuePart(name="Day", kind=PartKind.MOMENT),
    ValuePart(name="Who wrote it", help='Such as "A resident of Eland Road".'),
    ValuePart(name="The words"),
)
IMAGE = (
    ValuePart(name="Picture", kind=PartKind.PICTURE),
    ValuePart(name="What it shows", help="For people who cannot see it.", optional=True),
)
# By the name of the header line.
PARTS: Mapping[str, Parts] = {
    "Date": MOMENT,
    "Places": PLACES,
    "Precision": PRECISION,
    "Progress": PROGRESS,
    "Updated": UPDATED,
    "Deadline": DEADLINE,
    "Event": EVENT,
    "Answer": ANSWER,
    "Closes": MOMENT,
    "Form": ADDRESS,
    "Outcome": OUTCOME,
    "Reply": REPLY,
    "Image": IMAGE,
    "Modified": DAY,
    "Status": STATUS,
    "Card": CARD,
}
