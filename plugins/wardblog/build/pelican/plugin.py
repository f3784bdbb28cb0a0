"""What Pelican's settings use from us: the plugin and the filters of templates."""

from __future__ import annotations

from wardblog.text.directions import direction, isolated
from wardblog.text.words import clock, counted, long_date, month_year, weekday_date

# The filters with which templates write dates and counts.
JINJA_FILTERS = {
    "clock": clock,
    "counted": counted,
    "direction": direction,
    "isolated": isolated,
    "long_date": long_date,
    "month_year": month_year,
    "weekday_date": weekday_date,
}


def register() -> None:
    """Hooks into Pelican; called once for each `Pelican` object."""
    # late import: see docs/architecture.md
    from wardblog.build.pelican.hosted import connect

    connect()
