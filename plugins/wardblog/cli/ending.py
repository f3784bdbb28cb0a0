"""How a command ends below make, which would put a line of its own under each message."""

from __future__ import annotations

import os
import signal
import sys

# The number of the make process, which the Makefile gives.
_MAKE = "WARD_MAKE"
_INTERRUPTED = 130


def make_above() -> int:
    """The process of make that runs this command, or 0; what else it starts is not told."""
    number = os.environ.pop(_MAKE, "")
    return int(number) if number.isascii() and number.isdecimal() else 0


def end(code: int, make: int) -> int:
    """The status to end with: `code`, or 0 where make was asked to fail without a word.

    GNU make follows a failing command with "*** [check] Error 1", which looks like a crash. On
    SIGQUIT it waits for its command and ends with status 1 instead; it prints nothing if that
    command ends with 0. (https://git.savannah.gnu.org/cgit/make.git/tree/src/commands.c)
    """
    quit_signal = getattr(signal, "SIGQUIT", None)
    if not code or code == _INTERRUPTED or make <= 1 or quit_signal is None:
        return code
    # In the background of a shell it is ignored, by make as well.
    if signal.getsignal(quit_signal) is signal.SIG_IGN:
        return code
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        os.kill(make, quit_signal)
    except OSError:
        return code
    return 0
