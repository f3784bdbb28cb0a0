"""Remembers when each case last changed, so that silence is noticed without another column."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from wardblog.office.casework.case import Case
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder, write_private

NEWS_FILE = "casework-changes.json"


@dataclass(frozen=True, slots=True)
class LastChange:
    """A digest of what a case said, and the day on which that was first seen."""

    digest: str
    day: date


def load_changes(private: Path) -> dict[str, LastChange]:
    """The last change of each case by its id; a damaged file counts as none."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        stored = json.loads((private / NEWS_FILE).read_bytes())
        return {
            key: LastChange(str(digest), date.fromisoformat(day))
            for key, (digest, day) in stored.items()
        }
    return {}


def save_changes(private: Path, changes: Mapping[str, LastChange]) -> None:
    """Replace the file, if that changes it. Raises `OSError`."""
    if changes == load_changes(private):
        return
    private_folder(private)
    stored = {key: [one.digest, one.day.isoformat()] for key, one in sorted(changes.items())}
    write_private(private / NEWS_FILE, f"{json.dumps(stored)}\n".encode())


def changes_seen(
    cases: Iterable[Case], before: Mapping[str, LastChange], today: date
) -> dict[str, LastChange]:
    """When each case that is not closed last changed, by its id.

    A case that is seen for the first time changed when it was opened or updated, as far as its row
    says. Cases without an id are left out, and so is what is known of cases that are gone.
    """
    said: dict[str, list[str]] = {}
    first: dict[str, date] = {}
    for case in cases:
        if case.id and not case.is_closed:
            said.setdefault(case.id, []).append(_words(case))
            first[case.id] = max(first.get(case.id, date.min), stated_news(case, today) or today)
    found = {}
    for key, words in said.items():
        digest = hashlib.sha256("\n".join(words).encode("utf-8", "replace")).hexdigest()[:16]
        known = before.get(key)
        if known is None:
            found[key] = LastChange(digest, first[key])
        else:
            found[key] = known if known.digest == digest else LastChange(digest, today)
    return found


def stated_news(case: Case, today: date) -> date | None:
    """The day of the last news that the row of a case gives; None if it gives none."""
    days = [day for day in (case.opened, case.updated) if day and day <= today]
    return max(days, default=None)


def _words(case: Case) -> str:
    parts = (case.issue, case.street, case.status.value, case.next, case.due, case.reference)
    return "\t".join(map(str, (*parts, case.note)))
