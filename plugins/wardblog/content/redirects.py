"""`redirects.csv`: where old addresses lead that belong to no post, such as those of feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote

from wardblog.content.header.old_address import parse_old_address
from wardblog.content.tables.sheets import TableSheet, duplicate_name, read_csv
from wardblog.model import PersonalData, Redirect
from wardblog.places.columns import Row
from wardblog.privacy import find_personal
from wardblog.privacy.links import words_of_path
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.words import counted

COLUMNS = ("old", "new")
# So many lines of one table are reported at a time.
_MOST_REPORTED = 10
# So many addresses are searched for personal data together, which is quickest.
_AT_ONCE = 20
_NEW = late_regex(r"/[^\s?#\\]*(?:#[^\s#]+)?")
_EXAMPLE = "/feed/,/feeds/all.rss.xml"


@dataclass(frozen=True, slots=True)
class RedirectTable:
    """The lines of the table that can be used, in their order, and what they give away."""

    rows: tuple[Redirect, ...] = ()
    personal: tuple[PersonalData, ...] = ()


def read_redirects(text: str, report: Report) -> RedirectTable:
    """Read the table. Mistakes are reported, and those lines left out."""
    own = Report(report.file)
    try:
        read = tuple(_rows(read_csv(text), own)) if text.strip() else ()
    except ParseError as error:
        report.parse_error(error)
        return RedirectTable()
    found = _once(read, own)
    for one in _in_circles(found):
        own.stop(
            one.line,
            f'"{one.old}" leads back to itself',
            'Write the present address in the column "new".',
        )
        del found[one.old]
    _pass_on(own, report)
    rows = tuple(found.values())
    return RedirectTable(rows, _personal_in(rows))


def _rows(sheet: TableSheet, report: Report) -> Iterator[Redirect]:
    """The redirects in the rows that can be read; raises `ParseError` without the two columns."""
    names = {name.strip().casefold(): name for name in sheet.names}
    if not names.keys() >= set(COLUMNS) or duplicate_name(sheet.names):
        raise ParseError(
            'this table needs two columns, "old" and "new"',
            f"The first line is: old,new. Each further line has two addresses: {_EXAMPLE}",
            1,
        )
    for row in sheet.rows:
        with report.at(row.line):
            yield _redirect(row, names)


def _redirect(row: Row, names: Mapping[str, str]) -> Redirect:
    """The redirect in a row; raises `ParseError`."""
    old, new = (row.values.get(names[name], "").strip() for name in COLUMNS)
    if not old or not new:
        raise ParseError(
            f'this line has nothing in the column "{"new" if old else "old"}"',
            f"Each line needs both addresses: {_EXAMPLE}",
        )
    path, mark, part = new.partition("#")
    address = unquote(path)
    if not _NEW.fullmatch(new) or "#" in address:
        raise ParseError(
            f'"{new}" is not an address of this site',
            'Write it as it is after the name of the site: "/issues/grit-bins/".',
        )
    return Redirect(parse_old_address(old), f"{address}{mark}{unquote(part)}", row.line)


def _once(read: Iterable[Redirect], report: Report) -> dict[str, Redirect]:
    """The redirects by their old addresses; of several with the same, the first."""
    found: dict[str, Redirect] = {}
    for one in read:
        first = found.setdefault(one.old, one)
        if first is not one:
            report.stop(
                one.line,
                f'the old address "{one.old}" is also in line {first.line}',
                "Remove one of the two lines.",
            )
    return found


def _personal_in(rows: Sequence[Redirect]) -> tuple[PersonalData, ...]:
    """What the old addresses give away, since pages are there; each with its line."""
    found: dict[tuple[int, str], PersonalData] = {}
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        # A blank line keeps each apart from the next: so a match on line 2n + 1 is in row n.
        text = "\n\n".join(words_of_path(row.old) for row in some)
        for match in find_personal(text):
            line = some[(match.line - 1) // 2].line
            found.setdefault((line, match.value), replace(match, line=line, last=0))
    return tuple(found.values())


def _in_circles(found: Mapping[str, Redirect]) -> list[Redirect]:
    """The redirects that lead back to where they began."""
    circles: list[Redirect] = []
    known: set[str] = set()
    for start in found:
        path: list[str] = []
        old = start
        while old in found and old not in known:
            known.add(old)
            path.append(old)
            old = found[old].new.partition("#")[0]
        if old in path:
            circles += (found[one] for one in path[path.index(old) :])
    return circles


def _pass_on(own: Report, report: Report) -> None:
    """Report the first problems, and how many more there are."""
    problems = sorted(own.problems, key=lambda problem: problem.line or 0)
    report.problems += problems[:_MOST_REPORTED]
    if more := problems[_MOST_REPORTED:]:
        report.stop(
            more[0].line,
            f"{counted(len(more), 'more line')} of this table cannot be used",
            "Correct the lines above first, and check again.",
        )
