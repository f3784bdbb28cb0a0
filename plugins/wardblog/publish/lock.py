"""The lock on a destination: who is publishing, so that a second publish stops."""

from __future__ import annotations

import json
import os
import platform
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict

from wardblog.publish.target import CommandError
from wardblog.support.late_dataclass import dataclass

# How often the lock is renewed, in seconds; one that is not renewed for longer than `_SILENCE` was
# left behind, for example by a power cut.
BEAT = 60
_SILENCE = 10 * BEAT
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class LockHolder:
    """The publish that holds the lock: its computer, its process, and when it last renewed it."""

    machine: str
    process: int
    name: str
    beat: int

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, text: bytes) -> LockHolder | None:
        """The holder, or None if the lock was not written by this software."""
        try:
            data = json.loads(text[:_LONGEST])
            holder = cls(data["machine"], data["process"], data["name"], data["beat"])
        except (LookupError, TypeError, ValueError, RecursionError):
            return None
        names, numbers = (holder.machine, holder.name), (holder.process, holder.beat)
        is_ours = all(isinstance(n, str) for n in names) and all(type(n) is int for n in numbers)
        return holder if is_ours and 0 < holder.process < 2**31 else None

    def is_over(self, now: int) -> bool:
        """Whether the publish has ended without releasing the lock; `now` is in seconds."""
        if self.machine == _machine() and not _runs(self.process):
            return True
        return abs(now - self.beat) > _SILENCE  # in both directions, since clocks can be wrong


def own_lock() -> LockHolder:
    return LockHolder(_machine(), os.getpid(), platform.node(), int(time.time()))


def already_publishing(where: str, holder: LockHolder | None = None) -> CommandError:
    """The error of a second publish."""
    by = f", from the computer {holder.name}" if holder and holder.name else ""
    cut_off = " If it was interrupted, you can publish again after ten minutes." if holder else ""
    return CommandError(
        f"Something else is publishing to {where} just now{by}",
        f"Wait until it is done, and run the command again.{cut_off}",
    )


@contextmanager
def heartbeat(beat: Callable[[], object]) -> Iterator[None]:
    """Call `beat` every minute while the block runs."""
    done = threading.Event()

    def run() -> None:
        while not done.wait(BEAT):
            with suppress(CommandError, OSError):
                beat()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _machine() -> str:
    return f"{platform.node()}-{uuid.getnode():x}"


def _runs(process: int) -> bool:
    if sys.platform == "win32":
        return True  # there, a signal of 0 would end it; the lock ends with its silence instead
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
