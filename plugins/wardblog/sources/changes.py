"""Says in words what differs between a ward's old files and the new ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shapely.geometry.base import BaseGeometry

from wardblog.sources.map_rows import LocalMetres
from wardblog.sources.own_rows import Merged, NameRow, name_rows
from wardblog.text.words import counted

_MOST_NAMED = 12
# Less than this is rounding, in hectares.
_UNCHANGED = 0.1


def outline_change(old: BaseGeometry | None, new: BaseGeometry) -> str:
    """How much of the area changed hands."""
    plane = LocalMetres(new)
    area = _hectares(plane.from_degrees(new).area)
    if old is None:
        return f"The ward covers {area}."
    changed = plane.from_degrees(old).symmetric_difference(plane.from_degrees(new)).area / 10_000
    if changed < _UNCHANGED:
        return "The outline of the ward is unchanged."
    if not old.intersects(new):
        return (
            f"The new outline is somewhere else: it covers {area}, none of them in the old one. "
            "Check that it is your ward."
        )
    return (
        f"The outline of the ward changed by {_hectares(changed * 10_000)}; it now covers {area}."
    )


def _hectares(square_metres: float) -> str:
    value = square_metres / 10_000
    return f"{value:,.0f} hectares" if value >= 10 else f"{value:.1f} hectares"


def name_changes(old_file: bytes | None, new_file: bytes) -> Iterator[str]:
    """The streets that came and went, and how many postcodes and places there are."""
    old = () if old_file is None else name_rows(old_file)
    new = name_rows(new_file) if new_file.count(b"\n") > 1 else ()
    streets, before = _names(new, "street"), _names(old, "street")
    if old_file is None:
        yield f"There are {counted(len(streets), 'street')} in the gazetteer."
    elif streets == before:
        yield f"The {counted(len(streets), 'street')} in the gazetteer are the same."
    else:
        if added := streets - before:
            yield f"{counted(len(added), 'street')} added: {_listed(added)}."
        if removed := before - streets:
            yield f"{counted(len(removed), 'street')} removed: {_listed(removed)}."
    for kind, noun in (("postcode", "postcode"), ("place", "named place")):
        count, former = len(_names(new, kind)), len(_names(old, kind))
        if count or former:
            compared = "" if old_file is None or count == former else f"; there were {former:,}"
            yield f"There are {counted(count, noun)}{compared}."


def own_changes(merged: Merged) -> Iterator[str]:
    """What of the councillor's own rows stays."""
    if merged.own and merged.is_guess:
        yield (
            f"{counted(len(merged.own), 'row')} of your gazetteer are not in the new data and were "
            f"kept, since you may have added them: {_listed({r.name for r in merged.own})}. Remove "
            "those that are out of date."
        )
    elif merged.own:
        yield (
            f"What you added or changed in the gazetteer stays: "
            f"{_listed({r.name for r in merged.own})}."
        )
    if merged.left_out:
        yield f"What you removed stays out: {_listed({r.name for r in merged.left_out})}."


def _names(rows: Iterable[NameRow], kind: str) -> set[str]:
    return {row.name for row in rows if row.kind.casefold() == kind}


def _listed(names: Iterable[str]) -> str:
    ordered = sorted(names)
    more = len(ordered) - _MOST_NAMED
    rest = f" and {more:,} more" if more > 0 else ""
    return f"{', '.join(ordered[:_MOST_NAMED])}{rest}"
