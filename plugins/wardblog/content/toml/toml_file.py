"""Parses a TOML file and returns its tables, and reports the tables that are not known."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from wardblog.content import time_limit
from wardblog.content.toml.quotes import line_of, loads
from wardblog.content.toml.table import Table, nearest_name
from wardblog.content.toml.toml_lines import TomlLines, broken_line, find_lines
from wardblog.problems import did_you_mean
from wardblog.report import Report


def _parse(text: str) -> tuple[dict[str, object], dict[tuple[str, int], TomlLines]]:
    return loads(text), find_lines(text)


class TomlFile:
    """A parsed file; its tables are read one by one."""

    def __init__(
        self,
        values: Mapping[str, object],
        lines: Mapping[tuple[str, int], TomlLines],
        report: Report,
    ) -> None:
        self._values = values
        self._lines = lines
        self._report = report
        self._known: list[str] = []
        self._known_keys: list[str] = []

    @classmethod
    def parse(cls, text: str, report: Report, repeated: Collection[str] = ()) -> TomlFile | None:
        """Parse a file; returns None, with the broken line reported, if it is invalid.

        `repeated` names further tables that may occur several times.
        """
        try:
            return cls(*time_limit.run_within(time_limit.SECONDS, _parse, text), report)
        except time_limit.TimeLimitError:
            report.parse_error(time_limit.TimeLimitError(hint=time_limit.SHORTEN_SETTINGS))
            return None
        except (ValueError, RecursionError) as error:  # a TOMLDecodeError is a ValueError
            line = line_of(error, text)
            report.stop(*broken_line(text, line, str(error), repeated))
            return None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of its tables, and of the keys above them, as they are written."""
        return tuple(self._values)

    @property
    def lines(self) -> dict[str, int]:
        """Return the line of each key, by names such as `site.url` or `councillor.1.email`.

        Repeated tables are numbered from the second one on; the name of a table alone is the line
        of its heading.
        """
        tables = {}
        for (name, number), lines in self._lines.items():
            table = f"{name}.{number}" if number else name
            tables[table] = lines.header
            tables.update((f"{table}.{key}", line) for key, line in lines.keys.items())
        return tables

    def top(self, key: str) -> Table:
        """Return a key above all tables, as a table with at most that key."""
        self._known_keys.append(key)
        values = {k: v for k, v in self._values.items() if k == key}
        return Table("", values, self._lines["", 0], self._report)

    def table(self, name: str) -> Table:
        """Return a table that occurs once; an empty one if the file has none."""
        self._known.append(name)
        written = self._written(name)
        values = self._values.get(written, {})
        if isinstance(values, list) and len(values) == 1:
            values = values[0]
        lines = self._lines.get((written, 0), TomlLines(1, {}))
        if not isinstance(values, dict):
            self._report.stop(
                lines.header, f"[{name}] is not a table", f"Write [{name}] on a line of its own."
            )
            values = {}
        return Table(name, values, lines, self._report)

    def tables(self, name: str) -> list[Table]:
        """Return the tables that may occur several times, each under `[[name]]`."""
        self._known.append(name)
        written = self._written(name)
        values = self._values.get(written, [])
        if isinstance(values, dict):
            values = [values]
        if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
            self._report.stop(
                self._lines.get(("", 0), TomlLines(1, {})).keys.get(written, 1),
                f"[[{name}]] is not a table",
                f"Write [[{name}]] on a line of its own, and its keys below.",
            )
            return []
        return [
            Table(name, value, self._lines.get((written, n), TomlLines(1, {})), self._report)
            for n, value in enumerate(values)
        ]

    def _written(self, name: str) -> str:
        """Return the table's name as written, even if misspelt; `finish` reports it."""
        if name in self._values:
            return name
        unknown = [
            key
            for key, value in self._values.items()
            if key not in (*self._known, *self._known_keys) and isinstance(value, dict | list)
        ]
        return nearest_name(name, unknown)

    def finish(self) -> None:
        """Report unknown tables."""
        for name, value in self._values.items():
            if name in (*self._known, *self._known_keys):
                continue
            is_table = isinstance(value, dict | list)
            line = (
                self._lines.get((name, 0), TomlLines(1, {})).header
                if is_table
                else self._lines["", 0].keys.get(name, 1)
            )
            shown = f"[{name}]" if is_table else f'"{name}"'
            what = "table" if is_table else "key outside a table"
            self._report.stop(
                line,
                f"there is no {what} called {shown}",
                did_you_mean(name, self._known, f"The tables are: {', '.join(self._known)}."),
            )
