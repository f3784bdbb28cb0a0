"""`make fetch`: bring in what the sources of ward.toml offer."""

from __future__ import annotations

import argparse

from wardblog.problems import UsageError


def run(arguments: argparse.Namespace) -> int:
    raise UsageError(f"{arguments.command} is not built yet")
