"""The result of inspecting a file that is published unchanged, such as a PDF or a CSV file."""

from __future__ import annotations

from dataclasses import dataclass

from wardblog.model.personal_data import PersonalData


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionResult:
    """What was found in a file that is published unchanged.

    `personal` is the personal data in it. `problem` is why the file must not be published until
    somebody has checked it, phrased as the end of a sentence that begins with the file, and
    `remedy` what to do. `harm` is code or a remote address in a drawing, on line `harm_line`.
    `doubt` says what could not be checked in a file that is otherwise fine.
    """

    personal: tuple[PersonalData, ...] = ()
    problem: str = ""
    remedy: str = ""
    harm: str = ""
    harm_line: int | None = None
    doubt: str = ""
