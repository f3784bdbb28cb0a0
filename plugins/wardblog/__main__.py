"""`python -m wardblog`: one command with its arguments, or after `--launch`, what was typed."""

import gc
import sys

from wardblog.support.exit_status import INTERRUPTED, end, make_above

gc.disable()  # as `cli.main` does, but before it is imported
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
gc.freeze()  # else Python looks through all objects once more at the end
raise SystemExit(end(status, make))
