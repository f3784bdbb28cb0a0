"""Records each step of sending an issue, so that nobody receives it twice, whatever happens."""

from __future__ import annotations

import json
import os
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from wardblog.office.newsletter.record import newsletters_in
from wardblog.office.subscribers.address import address_key
from wardblog.problems import CommandError, display_path
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import open_private, private_folder, write_private

JOURNAL_ENDING = ".journal"
# What stands for an address that was deleted.
FORGOTTEN = "(forgotten)"


class JournalStep(StrEnum):
    """What happened to an issue or to one recipient.

    After `TRYING` the message may have been sent: without a later step, that is unknown.
    """

    ISSUE = "issue"
    GOES_ON = "goes on"
    TRYING = "trying"
    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    NOT_SENT = "not sent"
    UNKNOWN = "unknown"
    SET_ASIDE = "set aside"
    FINISHED = "finished"


_OF_THE_ISSUE = (JournalStep.ISSUE, JournalStep.GOES_ON, JournalStep.FINISHED)
# How each line begins.
_START = b'{"step": "'


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """The last step of one recipient; `tries` is how often it was refused for now."""

    address: str
    step: JournalStep
    reason: str
    tries: int
    time: str


class SendingJournal:
    """The journal of one issue: lines in JSON, of which each is on the disk before the next step.

    Nothing in it is ever changed, except that addresses are taken out when they must be forgotten.
    """

    def __init__(self, path: Path, digest: str) -> None:
        """Read the journal; raises `CommandError` for another text or a damaged file.

        The file is made with the first step that is written.
        """
        self._path, self._digest = path, digest
        self.entries: dict[str, JournalEntry] = {}
        self.is_finished = False
        self._descriptor: int | None = None
        begun = ""
        for number, line in enumerate(_lines_of(path), 1):
            if line["step"] == JournalStep.ISSUE:
                begun = line.get("digest", "")
            elif not begun:
                raise _damaged(path, number)
            self._remember(line)
        # Before anything was sent, the text may change.
        self._is_new = begun != digest
        if self._is_new and self.entries and not self.is_finished:
            raise CommandError(
                "The newsletter has changed since it was partly sent",
                "Undo the changes, so that everybody receives the same text, and run this again. "
                "Put corrections into the next issue.",
            )

    def _remember(self, line: dict[str, str]) -> None:
        step = JournalStep(line["step"])
        if step is JournalStep.FINISHED:
            self.is_finished = True
        if "address" not in line:
            return
        key = address_key(line["address"])
        before = self.entries.get(key)
        tries = before.tries if before else 0
        if step is JournalStep.LATER:
            tries += 1
        elif step is JournalStep.NOT_SENT and before and before.step is JournalStep.LATER:
            tries -= 1  # it was our fault
        self.entries[key] = JournalEntry(
            address=line["address"],
            step=step,
            reason=line.get("reason", ""),
            tries=tries,
            time=line.get("time", ""),
        )

    def get(self, address: str) -> JournalEntry | None:
        return self.entries.get(address_key(address))

    def add(self, step: JournalStep, address: str, moment: datetime, reason: str = "") -> None:
        """Record a step of one recipient, and wait until it is on the disk."""
        line = {"step": step, "address": address, "time": moment.isoformat(timespec="seconds")}
        if reason:
            line["reason"] = reason
        self._write(line)
        self._remember(line)

    def finish(self, moment: datetime) -> None:
        """Record that the issue has been sent to everybody."""
        self._write({"step": JournalStep.FINISHED, "time": moment.isoformat(timespec="seconds")})
        self.is_finished = True

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)

    def _write(self, line: dict[str, str]) -> None:
        if self._descriptor is None:
            private_folder(self._path.parent)
            self._descriptor = open_private(self._path, os.O_WRONLY | os.O_APPEND)
            step = JournalStep.ISSUE if self._is_new else JournalStep.GOES_ON
            # The line end before it ends a line that a kill cut off.
            _append(self._descriptor, b"\n" + _as_line({"step": step, "digest": self._digest}))
            _sync_folder(self._path.parent)
        _append(self._descriptor, _as_line(line))


def _as_line(line: dict[str, str]) -> bytes:
    return json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _append(descriptor: int, data: bytes) -> None:
    """Write all, and wait until it is on the disk."""
    while data:
        data = data[os.write(descriptor, data) :]
    os.fsync(descriptor)


def journal_path(private: Path, name: str) -> Path:
    return newsletters_in(private) / f"{name}{JOURNAL_ENDING}"


def _lines_of(path: Path) -> list[dict[str, str]]:
    """The whole lines of a journal; those that a kill cut off are left out.

    What a cut-off line announced did not happen: each is on the disk before the step that follows.
    After it, nothing can come but the line with which another run began. Raises `CommandError` for
    anything else that cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    lines: list[dict[str, str]] = []
    torn = 0
    *whole, _ = data.split(b"\n")
    for number, raw in enumerate(whole, 1):
        line = _parsed(raw)
        if line is None:
            if raw and not _is_cut_off(raw):
                raise _damaged(path, number)
            torn = torn or (number if raw else 0)
            continue
        if torn and line["step"] not in (JournalStep.ISSUE, JournalStep.GOES_ON):
            raise _damaged(path, torn)
        torn = 0
        lines.append(line)
    return lines


def _parsed(raw: bytes) -> dict[str, str] | None:
    try:
        line = json.loads(raw)
        step = JournalStep(line["step"])
        if step not in _OF_THE_ISSUE:
            line["address"]
    except (ValueError, TypeError, KeyError):
        return None
    return {str(key): str(value) for key, value in line.items()}


def _is_cut_off(raw: bytes) -> bool:
    """Whether it is the beginning of a line, without its end."""
    start = _START[: len(raw)]
    return raw.startswith(start) and not raw.endswith(b"}")


def _damaged(path: Path, line: int) -> CommandError:
    return CommandError(
        f"{display_path(path)}:{line} is damaged, so nobody knows who has received the newsletter",
        "Bring the file back from a backup. Nothing was sent.",
    )


def _sync_folder(folder: Path) -> None:
    """Make sure that a new file is in its folder after a power cut."""
    if os.name == "nt":
        return  # Windows cannot open a folder
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def forget_in_journals(private: Path, address: str) -> int:
    """Take an address out of all journals; returns in how many it was."""
    key, changed = address_key(address), 0
    for path in sorted(newsletters_in(private).glob(f"*{JOURNAL_ENDING}")):
        lines = []
        is_changed = False
        for raw in path.read_bytes().split(b"\n"):
            line = _parsed(raw)
            if line is None and raw:  # it may be cut off in the middle of the address
                lines.append(b"")
                is_changed = True
            elif line and address_key(line.get("address", "")) == key:
                gone = {"step": line["step"], "address": FORGOTTEN, "time": line.get("time", "")}
                lines.append(json.dumps(gone).encode())
                is_changed = True
            else:
                lines.append(raw)
        if is_changed:
            write_private(path, b"\n".join(lines))
            changed += 1
    return changed
