"""`private/answers/totals.json`: the last totals by code and channel, and nothing else.

They are kept so that paper, forms and e-mail can be counted in separate runs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from wardblog.model import AnswerCounts, Channel
from wardblog.problems import CommandError, display_path
from wardblog.support.private_files import private_folder, write_private

TOTALS_FILE = "answers/totals.json"


def load_totals(private: Path) -> dict[str, AnswerCounts]:
    """The totals by code; none if there is no file. Raises `CommandError` and `OSError`."""
    path = private / TOTALS_FILE
    try:
        return {code: _counts(code, one) for code, one in json.loads(path.read_bytes()).items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise CommandError(
            f"{display_path(path)} is damaged",
            "Delete it, and count the mailbox, the slips and the forms again.",
        ) from None


def _counts(code: str, one: Mapping[str, Any]) -> AnswerCounts:
    channels = {Channel(name): numbers for name, numbers in one["channels"].items()}
    return AnswerCounts(
        code=code,
        day=date.fromisoformat(one["counted"]),
        numbers={
            (channel, key): int(number)
            for channel, numbers in channels.items()
            for key, number in numbers.items()
        },
        unverified=int(one["unverified"]),
    )


def save_totals(private: Path, totals: Mapping[str, AnswerCounts]) -> None:
    """Replace the file; raises `OSError`."""
    path = private / TOTALS_FILE
    private_folder(private, path.parent)
    data = {code: _plain(one) for code, one in sorted(totals.items())}
    write_private(path, f"{json.dumps(data, indent=2)}\n".encode())


def _plain(counts: AnswerCounts) -> dict[str, object]:
    channels: dict[str, dict[str, int]] = {}
    for (channel, key), number in sorted(counts.numbers.items(), key=lambda one: one[0][1]):
        channels.setdefault(channel.value, {})[key] = number
    day = counts.day.isoformat() if counts.day else ""
    return {"counted": day, "channels": channels, "unverified": counts.unverified}
