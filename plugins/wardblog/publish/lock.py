"""Who is publishing just now: what a second publish reads before it says so and stops."""

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
from dataclasses import asdict, dataclass

from wardblog.publish.target import CommandError

# A publish says every so often that it is still at it; without a word for so long, in seconds, it
# was cut off, by a power cut say.
BEAT = 60
_SILENCE = 10 * BEAT
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class LockHolder:
    """A publish under way: on which machine, as which process, and when it was last heard of."""

    machine: str
    process: int
    name: str
    beat: int

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, text: bytes) -> LockHolder | None:
        """None for what another program wrote there."""
        try:
            said = json.loads(text[:_LONGEST])
            holder = cls(said["machine"], said["process"], said["name"], said["beat"])
        except (LookupError, TypeError, ValueError, RecursionError):
            return None
        names, numbers = (holder.machine, holder.name), (holder.process, holder.beat)
        is_ours = all(isinstance(n, str) for n in names) and all(type(n) is int for n in numbers)
        return holder if is_ours and 0 < holder.process < 2**31 else None

    def is_over(self, now: int) -> bool:
        """Whether it has ended without saying so."""
        if self.machine == _machine() and not _runs(self.process):
            return True
        return abs(now - self.beat) > _SILENCE  # a clock may be wrong, too


def own_lock() -> LockHolder:
    return LockHolder(_machine(), os.getpid(), platform.node(), int(time.time()))


def busy(where: str, holder: LockHolder | None = None) -> CommandError:
    """What the second one says."""
    by = f", from the computer {holder.name}" if holder and holder.name else ""
    cut_off = " If it was cut off, this is over within ten minutes." if holder else ""
    return CommandError(
        f"Something else is publishing to {where} just now{by}",
        f"Wait until it is done, and run the command again.{cut_off}",
    )


@contextmanager
def heartbeat(beat: Callable[[], object]) -> Iterator[None]:
    """Calls `beat` every minute while something long is done."""
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
