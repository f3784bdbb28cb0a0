"""Remembers what was proposed to the councillor, so that nothing is proposed twice."""

from __future__ import annotations

import json
from dataclasses import field
from pathlib import Path

from wardblog.problems import CommandError, display_path
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder, write_private


@dataclass(frozen=True, slots=True)
class Proposals:
    """What earlier runs wrote.

    `states` are the last known states of applications, by reference in small letters. `meetings`
    are the `Event` lines as they were written: by source, then by link, or by day and words.
    `lines` are the lines of histories that were proposed, by reference in small letters.
    """

    states: dict[str, str] = field(default_factory=dict)
    meetings: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        read = {"states": self.states, "meetings": self.meetings, "lines": self.lines}
        return json.dumps(read, indent=1, sort_keys=True, ensure_ascii=False).encode()


def _path(private: Path) -> Path:
    return private / "sources" / "proposals.json"


def read_proposals(private: Path) -> Proposals:
    """Raises `CommandError` if the file is damaged."""
    path = _path(private)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Proposals()
    except OSError as error:
        raise CommandError(f"{display_path(path)} cannot be read: {error.strerror}") from None
    try:
        read = json.loads(data)
        return Proposals(
            {str(key): str(value) for key, value in read["states"].items()},
            {
                str(source): {str(key): str(line) for key, line in lines.items()}
                for source, lines in read["meetings"].items()
            },
            # A file of an earlier version has none.
            {str(key): list(map(str, lines)) for key, lines in read.get("lines", {}).items()},
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise CommandError(
            f"{display_path(path)} is damaged, so it is not known what was proposed before",
            "Bring it back from a backup. If you have none, delete it: some lines may then be "
            "proposed again.",
        ) from None


def write_proposals(private: Path, proposals: Proposals) -> None:
    """Replace the file; raises `OSError`."""
    path = _path(private)
    private_folder(private, path.parent)
    write_private(path, proposals.to_bytes())
