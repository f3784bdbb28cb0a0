"""Ends a command so that make does not print its own "Error 1" line below our message."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

# The number of the make process, which the Makefile gives.
_MAKE = "WARD_MAKE"
INTERRUPTED = 130
# How long to wait for make, which answers at once unless somebody has stopped it.
_PATIENCE_S = 10


def make_above() -> int:
    """Return the process of make that runs this command, or 0; hides it from child processes."""
    number = os.environ.pop(_MAKE, "")
    return int(number) if number.isascii() and number.isdecimal() else 0


def end(code: int, make: int) -> int:
    """Return the exit status: `code`, or 0 if make was told to fail without a message.

    GNU make follows a failing command with "*** [check] Error 1", which looks like a crash. On
    SIGQUIT it waits for its command and ends with status 1 instead; it prints nothing if that
    command ends with 0. On SIGINT it ends as if Ctrl+C were pressed, which has usually reached it
    by itself. (https://git.savannah.gnu.org/cgit/make.git/tree/src/commands.c)
    """
    name = "SIGINT" if code == INTERRUPTED else "SIGQUIT"
    chosen = getattr(signal, name, None)
    # On Windows no signal reaches make: the system would end the process of that number.
    if not code or make <= 1 or chosen is None or sys.platform == "win32":
        return code
    # In the background of a shell both are ignored, by make as well.
    if signal.getsignal(chosen) is signal.SIG_IGN:
        return code
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        os.kill(make, chosen)
    except OSError:
        return code
    _wait_until_handled(make, chosen)
    return 0


def _wait_until_handled(process: int, chosen: signal.Signals) -> None:
    """Wait until `process` has begun to handle the signal.

    If we ended first on a busy computer, make could learn of that before it handles the signal,
    and then complain that it has "No child processes" to wait for.
    """
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        try:
            status = Path(f"/proc/{process}/status").read_text("ascii", "replace")
        except OSError:  # make has ended, or this system is not Linux
            time.sleep(0.05)
            return
        pending = status.partition("ShdPnd:")[2].partition("\n")[0]
        if not int(pending or "0", 16) >> (chosen - 1) & 1:
            return
        time.sleep(0.001)
