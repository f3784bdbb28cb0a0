"""What Pelican's settings use from us: the filters of templates, and the reader of posts."""

from __future__ import annotations

from typing import Any

from wardblog.content.files import SOURCES
from wardblog.support.late_regex import late_regex
from wardblog.text.directions import direction, isolated
from wardblog.text.words import clock, counted, long_date, month_year, weekday_date

_WIDE = late_regex(r"<(table|pre)(?=[\s>])")


def scrollable(html: str) -> str:
    """The HTML of a text, in which the keyboard reaches what may be too wide, to scroll it."""
    return _WIDE.sub(r"<\1 tabindex=0", str(html))  # `str` reports a variable that is missing


# The filters with which templates write dates, counts and texts.
JINJA_FILTERS = {
    "clock": clock,
    "counted": counted,
    "direction": direction,
    "isolated": isolated,
    "long_date": long_date,
    "month_year": month_year,
    "scrollable": scrollable,
    "weekday_date": weekday_date,
}


class PostReader:
    """A reader as `READERS` takes them; it gives Pelican the HTML and metadata of a `Post`."""

    enabled = True
    file_extensions = tuple(ending.removeprefix(".") for ending in SOURCES)
    extensions = None

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings

    def process_metadata(self, name: str, value: object) -> object:
        """Values of DEFAULT_METADATA and of file names, which need no change."""
        del name
        return value

    def disabled_message(self) -> str:
        return ""

    def read(self, source_path: str) -> tuple[str, dict[str, object]]:
        # late import: see docs/architecture.md
        from wardblog.build.pelican.reader import read

        return read(self._settings, source_path)
