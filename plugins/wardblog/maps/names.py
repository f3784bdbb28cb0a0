"""Finds where the names of streets, parks and waters can be written on a map picture."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from itertools import pairwise

from wardblog.maps.labels import TIERS, Label, Line, Position, Rooms, at_distances, width_of
from wardblog.maps.projection import MapSheet, layers_on
from wardblog.model import BaseMap, Boundary
from wardblog.model.base_map import BaseKind, BaseLine
from wardblog.support.late_dataclass import dataclass

NAME_SIZE = 16.0
_NAMED = (BaseKind.ROAD_MAJOR, BaseKind.ROAD, BaseKind.WATER, BaseKind.GREEN)
# How much sooner than other streets they are named.
_WEIGHTS = {BaseKind.ROAD_MAJOR: 4.0, BaseKind.GREEN: 3.0, BaseKind.WATER: 2.0}
# The most names at each size, so that a phone shows a few that can be read.
_MOST = (8, 24, 70)
# A name may turn by so much from its first letter to its last, and at any one bend.
_MOST_TURN, _MOST_BEND = math.radians(55), math.radians(22)
# Where along a street its name is tried, as shares of what is left of the street beside it.
_TRIED = (0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Named:
    """A name, the first factor at which it has room, and the places to try, the best first."""

    tier: int
    tried: tuple[Label, ...]


@lru_cache(maxsize=8)
def names_on(base: BaseMap, boundary: Boundary | None, sheet: MapSheet) -> tuple[Named, ...]:
    """The names that have room on a sheet without marks, none touching another."""
    outline = [[sheet.place(p) for p in ring.points] for ring in boundary.rings] if boundary else []
    wanted = list(_wanted(base, sheet, outline))
    rooms = Rooms(sheet.width, sheet.height)
    found: dict[str, Named] = {}
    for tier, factor in enumerate(TIERS):
        for name, kind, lines in wanted:
            if len(found) == _MOST[tier]:
                break
            if name in found:
                continue
            tried = tuple(_places(name, kind, lines, factor))
            free = next((one for one in tried if rooms.free_from(one, tier) == tier), None)
            if free:
                rooms.take(free, tier)
                found[name] = Named(tier, (free, *(one for one in tried if one is not free)))
    return tuple(found.values())


def beside_marks(named: Iterable[Named], rooms: Rooms) -> Iterator[tuple[int, Label]]:
    """The names for which there is still room, with the factor from which there is."""
    later = list[Named]()
    for one in named:
        if rooms.free_from(one.tried[0], one.tier) == one.tier:
            rooms.take(one.tried[0], one.tier)
            yield one.tier, one.tried[0]
        else:
            later.append(one)
    for one in later:
        tier, label = _best(one, rooms)
        if tier < len(TIERS):
            rooms.take(label, tier)
            yield tier, label


def _best(one: Named, rooms: Rooms) -> tuple[int, Label]:
    """The place for a name that has room from the first factor on."""
    found = len(TIERS), one.tried[0]
    for label in one.tried:
        tier = rooms.free_from(label, one.tier)
        if tier < found[0]:
            found = tier, label
        if tier == one.tier:
            break
    return found


def written(labels: Iterable[tuple[int, Label]]) -> str:
    """Names as SVG, each along its line; `n1` and `n2` show from the second and third factor on."""
    lines, texts = list[str](), list[str]()
    for tier, label in labels:
        kind = label.kind + (f" n{tier}" if tier else "")
        start, *_, end = label.line
        if len(label.line) == 2:
            x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
            angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
            turned = f"rotate({angle:.0f})" if round(angle) else ""
            texts.append(
                f'<text class="{kind}" transform="translate({x:.0f} {y:.0f}){turned}" dy=".35em">'
                f"{escape(label.words)}</text>"
            )
        else:
            identifier = f"map-name-{len(lines) + 1}"
            path = "L".join(f"{x:.0f} {y:.0f}" for x, y in label.line)
            lines.append(f'<path id="{identifier}" d="M{path}"/>')
            texts.append(
                f'<text class="{kind}" dy=".35em"><textPath href="#{identifier}" startOffset="50%">'
                f"{escape(label.words)}</textPath></text>"
            )
    return f"<defs>{''.join(lines)}</defs>{''.join(texts)}" if lines else "".join(texts)


_Wanted = tuple[str, BaseKind, list[list[Position]]]


def _wanted(base: BaseMap, sheet: MapSheet, outline: list[list[Position]]) -> Iterator[_Wanted]:
    """The names on a sheet with their lines: main roads, large areas and long streets first.

    What is in the ward comes before what is not. An area has the level line through its middle.
    What a name has in brackets is left out: "St. George's Fields (Woodhouse Cemetery)".
    """
    by_name: dict[tuple[str, BaseKind], list[list[Position]]] = {}
    for layer in layers_on(base, sheet):
        if layer.kind not in _NAMED:
            continue
        for line in layer.lines:
            if line.name and (shown := _shown(line, sheet, layer.is_area)):
                name = line.name.partition(" (")[0]
                by_name.setdefault((name, layer.kind), []).append(shown)
    sized = []
    for (name, kind), lines in by_name.items():
        lines.sort(key=_length, reverse=True)
        length = sum(map(_length, lines))
        weight = _WEIGHTS.get(kind, 1.0)
        if outline and not any(_is_in(line[len(line) // 2], outline) for line in lines):
            weight /= 5
        sized.append((-length * weight, name, kind, lines))
    sized.sort(key=lambda one: one[:2])
    yield from ((name, kind, lines) for _, name, kind, lines in sized)


def _is_in(position: Position, rings: list[list[Position]]) -> bool:
    """Whether a position is inside rings, by the even-odd rule."""
    x, y = position
    return (
        sum(
            (b > y) is not (d > y) and x < a + (y - b) / (d - b) * (c - a)
            for ring in rings
            for (a, b), (c, d) in pairwise(ring)
        )
        % 2
        == 1
    )


def _shown(line: BaseLine, sheet: MapSheet, is_area: bool) -> list[Position]:
    """The line on the sheet, or [] if it lies beside it; for an area its level middle line."""
    points = [sheet.place_degrees(*point) for point in line.points]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    if right < 0 or left > sheet.width or bottom < 0 or top > sheet.height:
        return []
    if not is_area:
        return points
    middle = sum(y for _, y in points) / len(points)
    crossings = sorted(
        x + (middle - y) / (b - y) * (a - x)
        for (x, y), (a, b) in pairwise([*points, points[0]])
        if (y > middle) is not (b > middle)
    )
    widest = max(
        zip(crossings[::2], crossings[1::2], strict=False), key=lambda w: w[1] - w[0], default=None
    )
    return [(widest[0], middle), (widest[1], middle)] if widest else []


def _length(line: Line) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(line))


def _places(
    name: str, kind: BaseKind, lines: list[list[Position]], factor: float
) -> Iterator[Label]:
    """Where a name fits along its lines when it is enlarged by a factor, the best first."""
    need = width_of(name, NAME_SIZE * factor)
    css = {BaseKind.GREEN: "map-name map-of-green", BaseKind.WATER: "map-name map-of-water"}
    for line in lines[:3]:
        length = _length(line)
        if length < need * 0.92:
            break
        for share in _TRIED if length > need * 1.1 else _TRIED[:1]:
            start = max(length - need, 0) * share
            part = _part(line, start, start + need) if length > need else list(line)
            if (part := _level(part)) and _is_gentle(part):
                whole = tuple(_extended(part, need))
                yield Label(words=name, kind=css.get(kind, "map-name"), size=NAME_SIZE, line=whole)


def _part(line: Line, start: float, end: float) -> list[Position]:
    """The part of a line between two distances from its start."""
    one, other = at_distances(line, (start, end))
    inner, done = list[Position](), 0.0
    for a, b in pairwise(line):
        done += math.dist(a, b)
        if start + 0.5 < done < end - 0.5:
            inner.append(b)
    return [one, *inner, other]


def _extended(line: list[Position], need: float) -> Iterator[Position]:
    """The line, a little longer than the words: in some fonts they are wider."""
    more = (max(need - _length(line), 0) + need * 0.08) / 2
    for (x, y), (a, b), at in ((line[1], line[0], line[1:]), (line[-2], line[-1], [])):
        share = more / math.dist((x, y), (a, b))
        yield a + (a - x) * share, b + (b - y) * share
        yield from at[:-1]


def _level(line: list[Position]) -> list[Position]:
    """The line from left to right, so that no word is upside down; straight if it nearly is."""
    (x, y), (a, b) = line[0], line[-1]
    if a < x or (a == x and b > y):
        line = line[::-1]
        (x, y), (a, b) = line[0], line[-1]
    length = math.dist((x, y), (a, b))
    if not length:
        return []
    aside = (abs((a - x) * (q - y) - (b - y) * (p - x)) / length for p, q in line)
    return [line[0], line[-1]] if max(aside) < 1.5 else line


def _is_gentle(line: Line) -> bool:
    """Whether letters along a line keep together, and none is upside down."""
    angles = [math.atan2(b[1] - a[1], b[0] - a[0]) for a, b in pairwise(line) if a != b]
    turns = [abs(math.remainder(b - a, math.tau)) for a, b in pairwise(angles)]
    whole = math.remainder(angles[-1] - angles[0], math.tau)
    return (
        max(turns, default=0) <= _MOST_BEND
        and sum(turns) <= _MOST_TURN * 1.3
        and abs(whole) <= _MOST_TURN
        and all(abs(angle) <= math.pi / 2 + math.radians(25) for angle in angles)
    )
