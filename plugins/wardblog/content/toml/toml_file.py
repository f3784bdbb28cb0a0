"""TOML tables read key by key, so that each mistake is told with its line and its remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from wardblog.content import time_limit
from wardblog.content.markdown.cleaning import HARM, HARM_HINT, HARM_WHY, harm_in
from wardblog.content.markdown.markup import split_address
from wardblog.content.toml.quotes import line_of, loads
from wardblog.content.toml.toml_lines import TomlLines, broken_line, find_lines
from wardblog.problems import did_you_mean, nearest
from wardblog.report import Report
from wardblog.text.decoding import clean, without_entities


class Table:
    """One table; every key asked for is known, and `finish` reports the others."""

    def __init__(
        self, name: str, values: Mapping[str, object], lines: TomlLines, report: Report
    ) -> None:
        self.name = name
        self.values = values
        self.lines = lines
        self.report = report
        self._known: list[str] = []

    def line(self, key: str) -> int:
        return self.lines.keys.get(self._written(key), self.lines.header)

    def _written(self, key: str) -> str:
        """The key as it is written: a misspelt one counts, so that it is not missing as well."""
        if key in self.values:
            return key
        return nearest_name(key, [k for k in self.values if k not in self._known])

    def has(self, key: str) -> bool:
        """Whether the key is written here, perhaps misspelt."""
        return self._written(key) in self.values

    def _get(self, key: str, default: object = None) -> object:
        self._known.append(key)
        return self.values.get(self._written(key), default)

    def text(self, key: str, default: str = "", required: bool = False, example: str = "") -> str:
        """A value that is words; a missing one is reported if it is required."""
        value = self._get(key, default)
        if not isinstance(value, str):
            shown = str(value) if isinstance(value, float | bool | date) else "..."
            self.report.stop(
                self.line(key),
                f'"{key}" is not in quotation marks',
                f'Write it with quotation marks: {key} = "{shown}"',
            )
            return default
        value = without_entities(value)
        if clean(value) != value:
            self.report.stop(
                self.line(key),
                f'"{key}" has a character that cannot be shown',
                "Take out what begins with a backslash.",
            )
            return default
        if word := harm_in(value):
            message = f'"{key}" has {word}, which {HARM_WHY}'
            self.report.stop(self.line(key), message, HARM_HINT, HARM)
            return default
        if required and not value.strip():
            if self.has(key):
                self.report.stop(
                    self.line(key),
                    f'"{key}" is empty',
                    f"Write it between the quotation marks, as in: {key} = {example}",
                )
            else:
                self.report.stop(
                    self.lines.header,
                    f'[{self.name}] has no "{key}"',
                    f"Add a line below [{self.name}], such as: {key} = {example}",
                )
        return value.strip()

    def choice(self, key: str, words: Sequence[str], default: str) -> str:
        value = self.text(key, default)
        if value in words:
            return value
        self.report.stop(
            self.line(key),
            f'"{key}" cannot be "{value}"',
            did_you_mean(value, words, f"It is one of: {', '.join(words)}."),
        )
        return default

    def number(self, key: str, default: int) -> int:
        """A whole number, without quotation marks."""
        value = self._get(key, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.report.stop(
            self.line(key),
            f'"{key}" is not a whole number',
            f"Write it without quotation marks: {key} = {default or 22}",
        )
        return default

    def yes_or_no(self, key: str) -> bool | None:
        """True, false, or None where nothing is said."""
        value = self._get(key)
        if value is None or isinstance(value, bool):
            return value
        self.report.stop(
            self.line(key), f'"{key}" is neither true nor false', f"Write: {key} = true"
        )
        return None

    def colour(self, key: str, default: str) -> str:
        value = self.text(key, default)
        if re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            return value.lower()
        if re.fullmatch(r"#[0-9a-fA-F]{3}", value):
            return "#" + "".join(c * 2 for c in value[1:]).lower()
        self.report.stop(
            self.line(key),
            f'"{value}" is not a colour',
            'Colours are written as "#" and six figures or letters a to f: "#1d5f3a".',
        )
        return default

    def web_address(self, key: str, required: bool = False) -> str:
        value = self.text(key, "", required, '"https://ward.example.org"')
        fits = re.fullmatch(r"(?i:https?)://[^\s/?#\"'<>\[\]]+[^\s\"'<>\[\]]*", value)
        if value and not (fits and split_address(value)):
            self.report.stop(
                self.line(key),
                f'"{value}" is not a web address',
                'Web addresses begin with "https://".',
            )
            return ""
        return value

    def email(self, key: str) -> str:
        value = self.text(key)
        if value and not re.fullmatch(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"']+", value):
            self.report.stop(
                self.line(key),
                f'"{value}" is not an e-mail address',
                "It has the form name@example.org.",
            )
            return ""
        return value

    def day(self, key: str) -> date | None:
        value = self._get(key)
        if isinstance(value, datetime):
            value = value.date()
        if value is None or (isinstance(value, date) and 1900 <= value.year <= 2200):
            return value
        try:
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            self.report.stop(
                self.line(key),
                f'cannot read "{key}" as a date',
                f"Write the date as year, month and day: {key} = 2026-11-01.",
            )
            return None

    def each(self, key: str) -> list[str]:
        """Words or days, as a list or as one value; days as they are written."""
        value = self._get(key, [])
        values = value if isinstance(value, list) else [value]
        return [clean(v) if isinstance(v, str) else str(v) for v in values]

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words, or one value of them."""
        value = self._get(key, [])
        values = value if isinstance(value, list) else [value]
        words = tuple(v.strip() for v in values if isinstance(v, str) and clean(v) == v)
        if len(words) == len(values):
            return words
        self.report.stop(
            self.line(key),
            f'"{key}" is not a list of words in quotation marks',
            f'Write each between quotation marks: {key} = ["020 8871 6000", "SW18 2PU"]',
        )
        return ()

    def leave(self, *keys: str) -> None:
        """Keys that `finish` has nothing to say of."""
        self._known.extend(keys)

    def finish(self) -> None:
        """Reports the keys that nobody asked for, each once: its value was perhaps read as well."""
        unknown = [key for key in self.values if key not in self._known]
        lines = {self.lines.keys[key] for key in unknown if key in self.lines.keys}
        self.report.forget(lines)
        for key in unknown:
            self.report.stop(
                self.line(key),
                f'there is no key called "{key}" in [{self.name}]',
                did_you_mean(key, self._known, f"Its keys are: {', '.join(self._known)}."),
            )


def nearest_name(name: str, written: Iterable[str]) -> str:
    """What was probably meant to be this name, or the name itself where nothing was.

    Few files have a slip, so that most are compared by their letters alone.
    """
    letters = Counter(name)
    alike = [
        word
        for word in written
        if (letters - Counter(word)).total() <= 2 and (Counter(word) - letters).total() <= 2
    ]
    return (nearest(name, alike) if alike else None) or name


def _parsed(text: str) -> tuple[dict[str, object], dict[tuple[str, int], TomlLines]]:
    return loads(text), find_lines(text)


class TomlFile:
    """A parsed file, from which tables are taken one by one."""

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
    def parse(cls, text: str, report: Report) -> TomlFile | None:
        """The file, or None with the broken line reported."""
        try:
            return cls(*time_limit.run_within(time_limit.SECONDS, _parsed, text), report)
        except time_limit.TimeLimitError:
            report.unreadable(time_limit.TimeLimitError(hint=time_limit.SHORTEN_SETTINGS))
            return None
        except (ValueError, RecursionError) as error:  # a TOMLDecodeError is a ValueError
            line = line_of(error, text)
            report.stop(*broken_line(text, line, str(error)))
            return None

    @property
    def lines(self) -> dict[str, int]:
        """The line of each key, by the names of table and key: `site.url`, `councillor.1.email`.

        Of tables that stand several times, all but the first are numbered; a table's own name is
        that of its heading.
        """
        found = {}
        for (name, number), lines in self._lines.items():
            table = f"{name}.{number}" if number else name
            found[table] = lines.header
            found.update((f"{table}.{key}", line) for key, line in lines.keys.items())
        return found

    def top(self, key: str) -> Table:
        """A key that stands above all tables, as a table with at most that key."""
        self._known_keys.append(key)
        values = {k: v for k, v in self._values.items() if k == key}
        return Table("", values, self._lines["", 0], self._report)

    def table(self, name: str) -> Table:
        """A table that stands once; an empty one where the file has none."""
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
        """The tables that may stand several times, each under `[[name]]`."""
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
        """The table's name as it is written: a misspelt one counts, and is reported at the end."""
        if name in self._values:
            return name
        unknown = [
            key
            for key, value in self._values.items()
            if key not in (*self._known, *self._known_keys) and isinstance(value, dict | list)
        ]
        return nearest_name(name, unknown)

    def finish(self) -> None:
        """Reports the tables that nobody asked for."""
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
