"""The private page of figures: only in the preview, never part of a site."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from wardblog.model import Site
from wardblog.model.addresses import index_of
from wardblog.office.statistics.figures import TITLE, UPDATE, Figures, stored_figures
from wardblog.office.statistics.no_logs import (
    NO_TRACKER,
    NOTHING_YET,
    WITHOUT,
    LogHost,
    first_words,
    hosts_for,
)
from wardblog.office.statistics.sections import FigureRow, FigureSection
from wardblog.preview.assets import OWN, own_page
from wardblog.preview.column_svg import chart, sparkline
from wardblog.problems import CommandError
from wardblog.support.visible import escape_controls_in_line

STATS = f"{OWN}stats/"


def is_stats_page(path: str) -> bool:
    return path == index_of(STATS)


def stats_page(private: Path, site: Site) -> bytes:
    """The figures in the private folder as they are now."""
    how = f" To bring it up to date:</p>\n<p><code>{escape(UPDATE)}</code>"
    return own_page(TITLE, stats_content(private, site, how))


def stats_content(private: Path, site: Site, how: str) -> str:
    """The figures as HTML, as they are now; `how` says in HTML how they are brought up to date."""
    try:
        figures = stored_figures(private, site)
    except CommandError as error:
        return f"<p>{escape(f'{error}. {error.hint}')}</p>"
    content = _figures(figures, how) if figures.sections else _nothing_yet(figures.summary, site)
    return "\n".join(content)


def _figures(figures: Figures, how: str) -> Iterator[str]:
    yield f'<p class="summary">{escape(figures.summary)}</p>'
    yield f'<p class="note">{escape(" ".join(figures.current))}{how}</p>'
    yield '<p class="note">Only you can see this page. A grey gap is a day without a log.</p>'
    yield '<nav aria-label="Figures"><ul class="jump">'
    for section in figures.sections:
        yield f'<li><a href="#{section.key}">{escape(section.heading)}</a></li>'
    yield "</ul></nav>"
    for section in figures.sections:
        yield from _section(section)


def _section(section: FigureSection) -> Iterator[str]:
    yield f'<section aria-labelledby="{section.key}">'
    yield f'<h2 id="{section.key}">{escape(section.heading)}</h2>'
    yield f'<p class="advice">{_text(section.advice)}</p>'
    if section.chart:
        yield chart(section.chart, section.key)
    if section.rows:
        heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in section.columns)
        yield '<table class="numbers">'
        yield f'<thead><tr><th scope="col">{escape(section.named)}</th>{heads}</tr></thead>'
        yield "<tbody>"
        yield from map(_row, section.rows)
        yield "</tbody>\n</table>"
    if section.more:
        yield f'<p class="note">And {section.more:,} more.</p>'
    if section.about:
        yield f'<p class="note">{escape(section.about)}</p>'
    yield "</section>"


def _row(row: FigureRow) -> str:
    note = f'<span class="note">{_text(row.note)}</span>' if row.note else ""
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
    name = f"<bdi>{_text(row.name)}</bdi>{note}{sparkline(row.days)}"
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _text(words: str) -> str:
    """Words that may have something of a log in them, as HTML."""
    return escape(escape_controls_in_line(words))


def _nothing_yet(summary: str, site: Site) -> Iterator[str]:
    yield f"<p>{escape(NOTHING_YET)} {escape(summary)}</p>"
    yield '<section aria-labelledby="logs">\n<h2 id="logs">Where the logs are</h2>'
    yield (
        "<p>A web server writes a line for each page that it sends, and these lines can be "
        f"counted. {escape(first_words(site.publish.to))}</p>"
    )
    yield from map(_host, hosts_for(site.publish.to))
    yield '</section>\n<section aria-labelledby="without">'
    yield '<h2 id="without">What is possible without logs</h2>\n<ul class="ways">'
    yield from (f"<li>{escape(words)}</li>" for words in WITHOUT)
    yield f"</ul>\n<p>{escape(NO_TRACKER)}</p>\n</section>"


def _host(host: LogHost) -> str:
    commands = "\n".join(map(escape, host.commands))
    code = f"\n<pre><code>{commands}</code></pre>" if commands else ""
    return f"<h3>{escape(host.name)}</h3>\n<p>{escape(host.words)}</p>{code}"
