"""An issue of the newsletter as it goes out."""

from __future__ import annotations

from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedIssue:
    """An issue that passed its checks; everybody gets the same text and HTML.

    `name` is that of its file, such as `2026-12`. Both parts contain the imprint, why the reader
    receives it, and how to stop.
    """

    name: str
    subject: str
    html: str
    text: str
