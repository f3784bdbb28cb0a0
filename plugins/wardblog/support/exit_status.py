"""Ends a command so that make does not print its own "Error 1" line below our message."""

from __future__ import annotations

import os
import signal
import sys

# The number of the make process, which the Makefile gives.
_MAKE = "WARD_MAKE"
INTERRUPTED = 130


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
    return 0
