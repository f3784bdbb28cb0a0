"""The shapes of small charts, which a template draws as SVG.

A chart is 320 units wide, as a phone is, so that its words are as large as those around it. Colour
never tells two things apart by itself: they are filled, hatched or dotted as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import MONTHS

WIDTH = 320
# How wide a letter is, about, and how many letters a label may have.
_LETTER = 7.2
_LONGEST = 26
_BAR = 20
_ROW = 54
_SPAN_ROW = 74
# The part of a chart of months in which the columns are, and how much room a month's name needs.
_LEFT, _TOP, _BOTTOM = 26, 10, 120
_LABEL = 30


class Fill(Enum):
    """How a shape is drawn; the value is a class of the style sheet."""

    SOLID = "solid"
    HATCHED = "hatched"
    DOTTED = "dotted"
    LINE = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBar:
    """A rectangle, in units of the chart."""

    x: float
    y: float
    width: float
    height: float
    fill: Fill


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartWords:
    """Words in a chart; `anchor` says which end of them is at `x`: start, middle or end.

    `is_on_solid` if they are on a filled shape, and so need the colour of the paper.
    """

    x: float
    y: float
    words: str
    anchor: str = "start"
    is_on_solid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart with its name in ids, its title and description, and what its fills mean."""

    name: str
    title: str
    about: str
    height: int
    bars: tuple[ChartBar, ...]
    words: tuple[ChartWords, ...]
    key: tuple[tuple[Fill, str], ...]


@dataclass(frozen=True, slots=True)
class StackedRow:
    """A bar of several parts, below its name."""

    name: str
    about: str
    parts: tuple[tuple[Fill, int], ...]


def stacked(rows: Sequence[StackedRow]) -> tuple[tuple[ChartBar, ...], tuple[ChartWords, ...]]:
    """Bars one below the other, each part with its number where there is room for it."""
    longest = max(sum(count for _, count in row.parts) for row in rows)
    bars, words = list[ChartBar](), list[ChartWords]()
    for number, row in enumerate(rows):
        x, y = 0.0, number * _ROW
        words += _heading(row.name, row.about, y)
        for fill, count in row.parts:
            width = count / longest * WIDTH
            if not count:
                continue
            bars.append(_bar(x, y + 20, width, _BAR, fill))
            if width > len(f"{count:,}") * _LETTER + 10:
                middle, is_solid = x + width / 2, fill is Fill.SOLID
                words.append(_words(middle, y + 35, f"{count:,}", "middle", is_solid))
            x += width
    return tuple(bars), tuple(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRow:
    """The days within which most were done, and those of the slowest, each with its words."""

    name: str
    most: int
    most_words: str
    slowest: int
    slowest_words: str


def spans(rows: Sequence[SpanRow]) -> tuple[tuple[ChartBar, ...], tuple[ChartWords, ...]]:
    """A bar up to `most`, and a line from there to the slowest, with the words of both below."""
    longest = max(row.slowest for row in rows) or 1
    bars, words = list[ChartBar](), list[ChartWords]()
    for number, row in enumerate(rows):
        y = number * _SPAN_ROW
        most, slowest = (days / longest * (WIDTH - 4) + 2 for days in (row.most, row.slowest))
        # The words of the slowest end where its line does, unless those of most are there.
        taken = (len(row.most_words) + len(row.slowest_words) + 2) * _LETTER
        end = min(max(slowest + 2, taken), WIDTH)
        words += _heading(row.name, "", y)
        words += _words(0, y + 55, row.most_words), _words(end, y + 55, row.slowest_words, "end")
        bars.append(_bar(0, y + 20, most, _BAR, Fill.SOLID))
        if row.slowest > row.most:
            bars.append(_bar(most, y + 29, slowest - most, 2, Fill.LINE))
        bars.append(_bar(slowest, y + 20, 2, _BAR, Fill.LINE))
    return tuple(bars), tuple(words)


def rows_height(count: int) -> int:
    """The height of a chart of so many stacked rows."""
    return count * _ROW - _ROW + 20 + _BAR + 2


def spans_height(count: int) -> int:
    """The height of a chart of so many spans."""
    return count * _SPAN_ROW - 12


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """A month, counted from 1, with its counts in the order of the fills."""

    year: int
    month: int
    counts: tuple[int, ...]


MONTHS_HEIGHT = 156


def columns(
    months: Sequence[MonthColumn], fills: Sequence[Fill]
) -> tuple[tuple[ChartBar, ...], tuple[ChartWords, ...]]:
    """Columns beside each other, oldest first, with lines at round numbers."""
    ticks = _ticks(max(max(month.counts) for month in months))
    scale = (_BOTTOM - _TOP) / ticks[-1]
    step = (WIDTH - _LEFT) / len(months)
    # Columns of a few months are not as wide as the chart.
    width = min((step - 2) / len(fills), 20)
    bars, words = list[ChartBar](), list[ChartWords]()
    for tick in ticks:
        y = _BOTTOM - tick * scale
        bars.append(_bar(_LEFT, y, WIDTH - _LEFT, 1, Fill.LINE))
        words.append(_words(_LEFT - 6, y + 4, f"{tick:,}", "end"))
    for number, month in enumerate(months):
        middle = _LEFT + (number + 0.5) * step
        left = middle - width * len(fills) / 2
        for place, (fill, count) in enumerate(zip(fills, month.counts, strict=True)):
            if count:
                y = _BOTTOM - count * scale
                bars.append(_bar(left + place * width, y, width, count * scale, fill))
    return tuple(bars), (*words, *_month_names(months, step))


def _month_names(months: Sequence[MonthColumn], step: float) -> Iterator[ChartWords]:
    """The names of as many months as there is room for, with the year where it begins."""
    every = next(n for n in (1, 2, 3, 6, 12) if n * step >= _LABEL or n == 12)
    named = [n for n, month in enumerate(months) if (month.month - 1) % every == 0]
    shown = 0
    for number in named or [0]:
        month = months[number]
        # The name in the middle of its month, but inside the chart.
        x = min(max(_LEFT + (number + 0.5) * step, 14), WIDTH - 14)
        yield _words(x, _BOTTOM + 16, MONTHS[month.month - 1][:3], "middle")
        if month.year != shown:
            yield _words(x, _BOTTOM + 31, str(month.year), "middle")
        shown = month.year


def _ticks(most: int) -> tuple[int, ...]:
    """Round numbers from 0 to the most or a little more, five at the most."""
    step = next(
        size * factor
        for size in (10**n for n in range(12))
        for factor in (1, 2, 5)
        if -(-most // (size * factor)) <= 4
    )
    return tuple(range(0, max(most, 1) + step, step))[: max(-(-most // step), 1) + 1]


def _heading(name: str, about: str, y: float) -> Iterable[ChartWords]:
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
    return _words(0, y + 14, short), *([_words(WIDTH, y + 14, about, "end")] if about else ())


def _bar(x: float, y: float, width: float, height: float, fill: Fill) -> ChartBar:
    return ChartBar(
        x=_round(x), y=_round(y), width=_round(max(width, 1)), height=_round(height), fill=fill
    )


def _words(
    x: float, y: float, words: str, anchor: str = "start", is_on_solid: bool = False
) -> ChartWords:
    return ChartWords(x=_round(x), y=_round(y), words=words, anchor=anchor, is_on_solid=is_on_solid)


def _round(number: float) -> float:
    return round(number, 1)
