"""What is known of a file that is, or is called, a picture."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from wardblog.model.personal_data import PersonalData


class Fault(Enum):
    """Why a file is of no use as a picture."""

    EMPTY = "empty"
    CUT_OFF = "cut off"
    DAMAGED = "damaged"
    HUGE = "huge"


# A named tuple, since there may be ten thousand.
class Picture(NamedTuple):
    """What is known of a file that is, or is called, a picture.

    `kind` is what its bytes are, such as `JPEG`, whatever its name says, and empty where that is
    nobody's guess. `width` and `height` are pixels once it is upright; 0 where they are not known.
    `is_located` is whether its metadata says where it was taken.
    `texts` are the words in its metadata, which are never published, and `personal` what those
    give away of anybody.
    """

    kind: str
    width: int = 0
    height: int = 0
    frames: int = 1
    fault: Fault | None = None
    texts: tuple[str, ...] = ()
    personal: tuple[PersonalData, ...] = ()
    is_located: bool = False

    @property
    def megapixels(self) -> float:
        return self.width * self.height / 1_000_000
