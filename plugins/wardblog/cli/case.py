"""`make case`: add a case."""

from __future__ import annotations

import argparse

from wardblog.problems import UsageError


def run(arguments: argparse.Namespace) -> int:
    raise UsageError(f"{arguments.command} is not built yet")
