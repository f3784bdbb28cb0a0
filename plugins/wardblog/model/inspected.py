"""What is known of a file that is published as it is, beside its pictures."""

from __future__ import annotations

from dataclasses import dataclass

from wardblog.model.personal_data import PersonalData


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionResult:
    """What was found in a file that is published as it is.

    `personal` is what it gives away of anybody. `unread` says why it must not be published before
    somebody has read it, as the end of a sentence that begins with the file, and `remedy` what can
    be done about that. `harm` is what runs or fetches in a drawing, with its line, and `doubt` what
    could not be read in a file that is otherwise fine.
    """

    personal: tuple[PersonalData, ...] = ()
    unread: str = ""
    remedy: str = ""
    harm: str = ""
    harm_line: int | None = None
    doubt: str = ""
