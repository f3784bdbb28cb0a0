"""`python -m wardblog`: one command with its arguments, or after `--launch`, what was typed."""

import sys

from wardblog.support.exit_status import INTERRUPTED, end, make_above

make = make_above()
try:
    if sys.argv[1:2] == ["--launch"]:
        from wardblog.cli.launch import launch as run
    else:
        from wardblog.cli import main as run
    status = run()
except KeyboardInterrupt:  # before the command started, or a second time while it stopped
    sys.stderr.write("\nStopped.\n")
    status = INTERRUPTED
raise SystemExit(end(status, make))
