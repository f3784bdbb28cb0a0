"""`python -m wardblog`: what the Makefile calls."""

from wardblog.cli import main
from wardblog.cli.ending import end, make_above

make = make_above()
raise SystemExit(end(main(), make))
