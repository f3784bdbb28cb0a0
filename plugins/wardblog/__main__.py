"""`python -m wardblog`: what the Makefile calls."""

from wardblog.cli import main

raise SystemExit(main())
