"""What is known about a picture file: its kind, size, fault and metadata."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from wardblog.model.personal_data import PersonalData


class Fault(Enum):
    """Why a file cannot be used as a picture."""

    EMPTY = "empty"
    CUT_OFF = "cut off"
    DAMAGED = "damaged"
    HUGE = "huge"


# A named tuple saves memory: a site may have ten thousand pictures.
class Picture(NamedTuple):
    """What is known about a file that is a picture or has the name of one.

    `kind` is the format of its bytes, such as `JPEG`, even if its name suggests another; "" if
    unknown. `width` and `height` are in pixels, after rotation; 0 if unknown. `texts` are those in
    its metadata, which are never published, and `personal` is the personal data in them.
    `is_located` is whether the metadata says where it was taken.
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


class SizedPicture(NamedTuple):
    """A still picture of the content that pages show, with what its published versions depend on.

    `kind`, `width` and `height` are those of its `Picture`.
    """

    file: str
    kind: str
    width: int
    height: int
