"""`python -m wardblog`: what the Makefile runs."""

import sys

from wardblog.support.exit_status import INTERRUPTED, end, make_above

make = make_above()
try:
    from wardblog.cli import main

    status = main()
except KeyboardInterrupt:  # before the command started, or a second time while it stopped
    sys.stderr.write("\nStopped.\n")
    status = INTERRUPTED
raise SystemExit(end(status, make))
