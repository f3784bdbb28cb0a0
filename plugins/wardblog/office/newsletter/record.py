"""Remembers what was in each issue that went out, so that the next one continues from there."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from wardblog.model.events import LONDON
from wardblog.problems import CommandError, display_path
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder, write_private

FOLDER = "newsletters"
PREVIEW = "preview"
_FILE = "sent.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentIssue:
    """An issue that went out at `sent`.

    `since` is the day of the issue before it, or the first day of its period. `items` are the keys
    of the posts, repairs, outcomes and reminders that it had, or that the councillor left out.
    """

    issue: str
    sent: datetime
    since: date
    items: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        return self.sent.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """All issues that went out, in their order."""

    issues: tuple[SentIssue, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(one.issue for one in self.issues)

    @property
    def items(self) -> frozenset[str]:
        return frozenset(item for one in self.issues for item in one.items)

    @property
    def last(self) -> SentIssue | None:
        return max(self.issues, key=lambda one: one.sent, default=None)


def newsletters_in(private: Path) -> Path:
    """The folder of newsletters, which need not exist."""
    return private / FOLDER


def read_sent(private: Path) -> Sent:
    """What went out so far; raises `CommandError` if the record is damaged."""
    path = newsletters_in(private) / _FILE
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        return Sent(issues=tuple(map(_issue, written["issues"])))
    except FileNotFoundError:
        return Sent()
    except (OSError, ValueError, KeyError, TypeError):
        raise CommandError(
            f"{display_path(path)} cannot be read, so it is not known what was sent before",
            "Restore it from a backup. Or delete it: then the next newsletter has the news of the "
            "whole period again.",
        ) from None


def _issue(written: dict[str, Any]) -> SentIssue:
    sent = datetime.fromisoformat(written["sent"])
    if sent.tzinfo is None:
        sent = sent.replace(tzinfo=LONDON)
    return SentIssue(
        issue=str(written["issue"]),
        sent=sent,
        since=date.fromisoformat(written["since"]),
        items=tuple(map(str, written["items"])),
    )


def keep_contents(private: Path, issue: str, since: date, items: tuple[str, ...]) -> None:
    """Note what an issue has that may be sent; `mark_sent` takes it into the record."""
    noted = {"since": since.isoformat(), "items": sorted(items)}
    path = _contents_of(private, issue)
    private_folder(path.parent)
    write_private(path, f"{json.dumps(noted, indent=1, ensure_ascii=False)}\n".encode())


def mark_sent(private: Path, issue: str, moment: datetime) -> None:
    """Record that an issue went out, or was handed on; a second time changes nothing.

    Raises `CommandError` if the record is damaged, and `OSError`.
    """
    sent = read_sent(private)
    if issue in sent.names:
        return
    since, items = _noted_contents(private, issue, moment)
    made = SentIssue(issue=issue, sent=moment, since=since, items=items)
    issues = [
        {**asdict(one), "sent": one.sent.isoformat(), "since": one.since.isoformat()}
        for one in (*sent.issues, made)
    ]
    folder = newsletters_in(private)
    private_folder(private, folder)
    text = json.dumps({"issues": issues}, indent=1, ensure_ascii=False)
    write_private(folder / _FILE, f"{text}\n".encode())


def _noted_contents(private: Path, issue: str, moment: datetime) -> tuple[date, tuple[str, ...]]:
    """What was noted about an issue; if that is lost, all before it counts as known."""
    try:
        noted = json.loads(_contents_of(private, issue).read_text(encoding="utf-8"))
        return date.fromisoformat(noted["since"]), tuple(map(str, noted["items"]))
    except (OSError, ValueError, KeyError, TypeError):
        return moment.astimezone(LONDON).date(), ()


def _contents_of(private: Path, issue: str) -> Path:
    return newsletters_in(private) / PREVIEW / f"{issue}.json"


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
