"""`private/answers/totals.json`: the last totals by code and channel, and nothing of a person.

They are kept so that paper, forms and e-mail can be counted in separate runs.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Any

from wardblog.model import Channel
from wardblog.problems import CommandError, display_path
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder, write_private

TOTALS_FILE = "answers/totals.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPart:
    """The answers that came in one channel, or in several whose answers cannot be told apart.

    `channels` has how many came in each, `answers` how many chose each answer, over all of them.
    """

    channels: Mapping[Channel, int]
    answers: Mapping[str, int]
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What was counted with one code; no channel is in two `parts`.

    `words` has a digest of the words of each answer by its key, as they were when it was counted,
    and `seen` is a digest of what was published then. `me_too` is by channel.
    """

    parts: tuple[CountedPart, ...] = ()
    unverified: int = 0
    me_too: Mapping[Channel, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""

    @property
    def answers(self) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        for part in self.parts:
            found.update(part.answers)
        return found

    @property
    def channels(self) -> Mapping[Channel, int]:
        return {channel: n for part in self.parts for channel, n in part.channels.items()}

    @property
    def days(self) -> Mapping[Channel, date]:
        """When each channel was counted."""
        return {channel: part.day for part in self.parts for channel in part.channels}

    @property
    def total(self) -> int:
        return sum(self.answers.values())

    @property
    def all_me_too(self) -> int:
        return sum(self.me_too.values())


def load_totals(private: Path) -> dict[str, Totals]:
    """The totals by code; none if there is no file. Raises `CommandError` and `OSError`."""
    path = private / TOTALS_FILE
    try:
        return {code: _totals(one) for code, one in json.loads(path.read_bytes()).items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise CommandError(
            f"{display_path(path)} is damaged",
            "Delete it, and count the mailbox, the slips and the forms again.",
        ) from None


def _totals(one: Mapping[str, Any]) -> Totals:
    return Totals(
        parts=tuple(
            CountedPart(
                channels=_by_channel(part["channels"]),
                answers={key: int(number) for key, number in part["answers"].items()},
                day=date.fromisoformat(part["counted"]),
            )
            for part in one["parts"]
        ),
        unverified=int(one["unverified"]),
        me_too=_by_channel(one["me_too"]),
        words={key: str(digest) for key, digest in one["words"].items()},
        seen=str(one["seen"]),
    )


def _by_channel(numbers: Mapping[str, Any]) -> dict[Channel, int]:
    return {Channel(name): int(number) for name, number in numbers.items()}


def save_totals(private: Path, totals: Mapping[str, Totals]) -> None:
    """Replace the file; raises `OSError`."""
    path = private / TOTALS_FILE
    private_folder(private, path.parent)
    data = {code: _plain(one) for code, one in sorted(totals.items())}
    write_private(path, f"{json.dumps(data, indent=2)}\n".encode())


def _plain(totals: Totals) -> dict[str, object]:
    return {
        "parts": [
            {
                "channels": _by_name(part.channels),
                "answers": dict(sorted(part.answers.items())),
                "counted": part.day.isoformat(),
            }
            for part in totals.parts
        ],
        "unverified": totals.unverified,
        "me_too": _by_name(totals.me_too),
        "words": dict(totals.words),
        "seen": totals.seen,
    }


def _by_name(numbers: Mapping[Channel, int]) -> dict[str, int]:
    return {channel.value: number for channel, number in numbers.items()}
