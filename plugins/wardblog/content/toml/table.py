"""Reads the values of a TOML table, and reports each mistake with its line and remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from wardblog.content.markdown.cleaning import HARM, HARM_HINT, HARM_REASON, harm_in
from wardblog.content.toml.toml_lines import NO_WORDS, TomlLines
from wardblog.problems import did_you_mean, nearest
from wardblog.report import Report
from wardblog.support.urls import split_url
from wardblog.text.decoding import clean, without_entities


class Table:
    """A table; keys that are read count as known, and `finish` reports all others."""

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
        """Return the key as written, even if misspelt, so that it is not also missing."""
        if key in self.values:
            return key
        return nearest_name(key, [k for k in self.values if k not in self._known])

    def has(self, key: str) -> bool:
        """Whether the table has this key, perhaps misspelt."""
        return self._written(key) in self.values

    def _get(self, key: str, default: object = None) -> object:
        self._known.append(key)
        return self.values.get(self._written(key), default)

    def text(self, key: str, default: str = "", required: bool = False, example: str = "") -> str:
        """Return a string; a missing one is reported if it is required."""
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
                "Remove what begins with a backslash.",
            )
            return default
        if word := harm_in(value):
            message = f'"{key}" has {word}, which {HARM_REASON}'
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
        """Return an integer."""
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
        """Return true, false, or None if the key is missing."""
        value = self._get(key)
        if value is None or isinstance(value, bool):
            return value
        word = value.strip().casefold() if isinstance(value, str) else str(value)
        meant = "false" if word in NO_WORDS else "true"
        self.report.stop(
            self.line(key),
            f'"{key}" is neither true nor false',
            f"Write one of them without quotation marks: {key} = {meant}",
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
        if value and not (fits and split_url(value)):
            self.report.stop(
                self.line(key),
                f'"{value}" is not a web address',
                'Write it like "https://www.example.org/".',
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

    def phone(self, key: str) -> str:
        """Return a telephone number as it is written; what looks like none is only doubted."""
        value = self.text(key)
        if not value:
            return ""
        # late import: see docs/architecture.md
        from wardblog.privacy.phones import is_phone_number

        if not is_phone_number(value):
            self.report.warn(
                self.line(key),
                f'"{value}" does not look like a telephone number',
                "Residents press it to ring you. Write one number, such as 020 7946 0123, or with "
                "an extension: 020 7946 0123 ext 12.",
            )
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
        """Return strings or dates, given as a list or as a single value; dates as written."""
        value = self._get(key, [])
        values = value if isinstance(value, list) else [value]
        return [clean(v) if isinstance(v, str) else str(v) for v in values]

    def words(self, key: str) -> tuple[str, ...]:
        """Return strings, given as a list or as a single value."""
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
        """Mark keys as known, so that `finish` does not report them."""
        self._known.extend(keys)

    def finish(self) -> None:
        """Report unknown keys, instead of any problems with their values."""
        known = tuple(dict.fromkeys(self._known))
        unknown = [key for key in self.values if key not in known]
        lines = {self.lines.keys[key] for key in unknown if key in self.lines.keys}
        self.report.forget(lines)
        for key in unknown:
            self.report.stop(
                self.line(key),
                f'there is no key called "{key}" in [{self.name}]',
                did_you_mean(key, known, f"Its keys are: {', '.join(known)}."),
            )


def nearest_name(name: str, written: Iterable[str]) -> str:
    """Return the written word that was probably meant to be this name, or the name itself.

    Comparing the letters first avoids the slow comparison for most files.
    """
    letters = Counter(name)
    alike = [
        word
        for word in written
        if (letters - Counter(word)).total() <= 2 and (Counter(word) - letters).total() <= 2
    ]
    return (nearest(name, alike) if alike else None) or name
