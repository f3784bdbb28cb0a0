"""Degrees with letters or labels, as phones, satnavs and web pages write them."""

from __future__ import annotations

import re

from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex

# What comes between figures: degrees, minutes, seconds, and what word processors make of them.
_MARKS = late_regex(r"[°º˚*'’‘′´`\"”“″,;:()\[\]]|\b(?:deg(?:rees?)?|min(?:utes?)?|sec(?:onds?)?)\b",
                    re.IGNORECASE)  # fmt: skip
_SIDE_WORD = late_regex(r"\b(north|south|east|west)\b", re.IGNORECASE)
_ANGLE = r"(\d{1,3}(?:\.\d+)?(?:\s+\d{1,2}(?:\.\d+)?){0,2})"
_AFTER = late_regex(rf"^{_ANGLE}\s*([NSEW])\s*{_ANGLE}\s*([NSEW])$", re.IGNORECASE)
_BEFORE = late_regex(rf"^([NSEW])\s*{_ANGLE}\s*([NSEW])\s*{_ANGLE}$", re.IGNORECASE)
_LATITUDE = r"lat(?:itude)?[\"']?[\s:=]*"
_LONGITUDE = r"\b(?:lon(?:g(?:itude)?)?|lng)[\"']?[\s:=]*"
_BETWEEN = r"[\s,;&\"']*"
_LABELLED = late_regex(
    rf"^[{{\[(\"'\s]*(?:{_LATITUDE}(.+?){_BETWEEN}{_LONGITUDE}(.+?)"
    rf"|{_LONGITUDE}(.+?){_BETWEEN}{_LATITUDE}(.+?))[}}\])\s]*$",
    re.IGNORECASE,
)


def without_labels(text: str) -> str:
    """Return `51.46, -0.16` for "lat: 51.46, long: -0.16", in either order; else the text."""
    match = _LABELLED.match(text)
    if match is None:
        return text
    north, east, other_east, other_north = match.groups()
    return f"{north or other_north}, {east or other_east}"


def lettered_degrees(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude of degrees with the letters N, S, E and W, else None.

    The letters may be before or after the figures, and either axis may come first. Only the last of
    degrees, minutes and seconds may have a decimal point. Raises `ParseError` for 60 minutes and
    more, and for two letters of the same axis.
    """
    plain = " ".join(_MARKS.sub(" ", _SIDE_WORD.sub(lambda m: m[1][0], text)).split())
    if match := _AFTER.match(plain):
        first, first_side, second, second_side = match.groups()
    elif match := _BEFORE.match(plain):
        first_side, first, second_side, second = match.groups()
    else:
        return None
    degrees = {}
    for angle, side in ((first, first_side.upper()), (second, second_side.upper())):
        degrees[side in "NS"] = _degrees(angle, text) * (-1 if side in "SW" else 1)
    if len(degrees) < 2:
        raise ParseError(
            f'"{text}" has two letters of one kind',
            "N or S is for the latitude, and E or W for the longitude.",
        )
    return degrees[True], degrees[False]


def _degrees(angle: str, written: str) -> float:
    parts = angle.split()
    minutes_and_seconds = [float(part) for part in parts[1:]]
    if any("." in part for part in parts[:-1]) or any(n >= 60 for n in minutes_and_seconds):
        raise ParseError(
            f'cannot read "{written}" as degrees',
            'Write "51.4665 N, 0.16 W", or with minutes and seconds "51 27 59.4 N, 0 9 36 W".',
        )
    minutes, seconds = (*minutes_and_seconds, 0.0, 0.0)[:2]
    return float(parts[0]) + minutes / 60 + seconds / 3600
