"""Guesses which mistake put a position far from the ward: a sign, a swap, or a digit too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wardblog.model import Point


def likely_mistake(point: Point, is_near: Callable[[Point], bool]) -> str:
    """Return a sentence with the position that was probably meant, or "" if no mistake explains it.

    `is_near` tells whether a point is in the ward, or almost.
    """
    flipped = Point(point.latitude, -point.longitude)
    if is_near(flipped):
        reason = "West of Greenwich the longitude has a minus sign"
        if point.longitude < 0:
            reason = "East of Greenwich the longitude has no minus sign"
        return f'{reason}. Did you mean "{_written(flipped)}"?'
    swapped = Point(point.longitude, point.latitude)
    if is_near(swapped):
        return f'Latitude comes first. Did you mean "{_written(swapped)}"?'
    for reason, other in _digit_slips(point):
        if is_near(other):
            return f'{reason} Did you mean "{_written(other)}"?'
    if metres := _swapped_metres(point, is_near):
        return f'Easting comes first. Did you mean "{metres}"?'
    return ""


def _digits(degrees: float) -> str:
    return f"{degrees:.6f}".rstrip("0").rstrip(".")


def _written(point: Point) -> str:
    return f"{_digits(point.latitude)}, {_digits(point.longitude)}"


def _digit_slips(point: Point) -> Iterator[tuple[str, Point]]:
    """The positions with two neighbouring digits swapped, and with a digit less."""
    for reason, change in (
        ("Two digits may be swapped.", _two_swapped),
        ("There may be a digit too many.", _one_less),
    ):
        for latitude in change(_digits(point.latitude)):
            yield reason, Point(latitude, point.longitude)
        for longitude in change(_digits(point.longitude)):
            yield reason, Point(point.latitude, longitude)


def _one_less(digits: str) -> Iterator[float]:
    for at, digit in enumerate(digits):
        if digit.isdigit() and len(digits) > 1:
            yield float(f"{digits[:at]}{digits[at + 1 :]}" or 0)


def _two_swapped(digits: str) -> Iterator[float]:
    for at in range(len(digits) - 1):
        one, two = digits[at], digits[at + 1]
        if one.isdigit() and two.isdigit() and one != two:
            yield float(f"{digits[:at]}{two}{one}{digits[at + 2 :]}")


def _swapped_metres(point: Point, is_near: Callable[[Point], bool]) -> str:
    """Easting and northing on the British grid, if they are in the ward the other way round."""
    # late import: see docs/architecture.md
    from wardblog.places.grids import Grid, to_british, to_degrees

    easting, northing = to_british(point)
    other = Point(*to_degrees(Grid.BRITISH, [northing], [easting])[0])
    return f"{northing:.0f}, {easting:.0f}" if is_near(other) else ""
