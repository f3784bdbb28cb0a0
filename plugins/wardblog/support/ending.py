"""How a command ends below make, which would put a line of its own under each message."""

from __future__ import annotations

import os
import signal
import sys

# The number of the make process, which the Makefile gives.
_MAKE = "WARD_MAKE"
INTERRUPTED = 130


def make_above() -> int:
    """The process of make that runs this command, or 0; what else it starts is not told."""
    number = os.environ.pop(_MAKE, "")
    return int(number) if number.isascii() and number.isdecimal() else 0


def end(code: int, make: int) -> int:
    """The status to end with: `code`, or 0 where make was asked to fail without a word.

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
