"""Draws columns as SVG: small ones beside a name, and charts with a table of the same numbers.

A day without a log is a grey gap, and a day without reads a line at the bottom.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from wardblog.office.statistics.sections import ColumnChart
from wardblog.text.words import counted

# In units of the drawing, which are about a pixel on a phone.
_WIDTH = 320
_TOP, _HEIGHT, _BOTTOM = 18, 96, 20
_SPARK_WIDTH, _SPARK_HEIGHT = 140, 22
_ZERO = 1.5


def sparkline(values: Sequence[int | None]) -> str:
    """Columns without words; what they say is in the numbers beside them."""
    if not values:
        return ""
    columns = "".join(_columns(values, _SPARK_WIDTH, _SPARK_HEIGHT, 0))
    return (
        f'<svg class="spark" aria-hidden="true" viewBox="0 0 {_SPARK_WIDTH} {_SPARK_HEIGHT}" '
        f'width="{_SPARK_WIDTH}" height="{_SPARK_HEIGHT}">{columns}</svg>'
    )


def chart(one: ColumnChart, name: str) -> str:
    """A chart with its title and description; `name` begins its ids."""
    height = _TOP + _HEIGHT + _BOTTOM
    most = max((value or 0 for value in one.values), default=0)
    columns = "".join(_columns(one.values, _WIDTH, _HEIGHT, _TOP))
    return (
        f'<figure class="chart">\n<figcaption id="{name}-title">{escape(one.title)}</figcaption>\n'
        f'<svg role="img" aria-labelledby="{name}-title {name}-about" '
        f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}">'
        f'<desc id="{name}-about">{escape(_about(one))}</desc>'
        f'{columns}<text x="0" y="12">{most:,}</text>{"".join(_ticks(one, height))}</svg>\n'
        f"</figure>\n{_table(one)}"
    )


def _columns(values: Sequence[int | None], width: int, height: int, top: int) -> Iterator[str]:
    step = width / len(values)
    most = max((value or 0 for value in values), default=0) or 1
    for at, value in enumerate(values):
        size = height if value is None else max(value / most * height, _ZERO)
        kind = "gap" if value is None else "column" if value else "none"
        yield (
            f'<rect class="{kind}" x="{at * step:.1f}" y="{top + height - size:.1f}" '
            f'width="{step * 0.8:.1f}" height="{size:.1f}"/>'
        )


def _ticks(one: ColumnChart, height: int) -> Iterator[str]:
    step = _WIDTH / len(one.values)
    for at, words in one.ticks:
        anchor = "start" if at == 0 else "end" if at == len(one.values) - 1 else "middle"
        x = {"start": 0.0, "end": float(_WIDTH), "middle": (at + 0.4) * step}[anchor]
        yield f'<text x="{x:.1f}" y="{height - 4}" text-anchor="{anchor}">{escape(words)}</text>'


def _about(one: ColumnChart) -> str:
    """What the chart shows, in a sentence or two."""
    known = [(value, name) for value, name in zip(one.values, one.names, strict=True)
             if value is not None]  # fmt: skip
    most = max(known, key=lambda pair: pair[0])
    missing = len(one.values) - len(known)
    gaps = f" {counted(missing, 'day')} without a log." if missing else ""
    return f"Most: {most[0]:,}, {most[1]}. In all {sum(v for v, _ in known):,}.{gaps}"


def _table(one: ColumnChart) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        f"<td>{'no log' if value is None else f'{value:,}'}</td></tr>"
        for name, value in zip(one.names, one.values, strict=True)
    )
    return (
        "<details>\n<summary>These numbers as a table</summary>\n"
        f'<table class="numbers"><thead><tr><th scope="col">{escape(one.unit)}</th>'
        f'<th scope="col">Reads</th></tr></thead><tbody>{rows}</tbody></table>\n</details>'
    )
