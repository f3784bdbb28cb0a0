"""What every target of a publish can do, and how it says no."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from wardblog.publish.plan import Plan


class Refused(Exception):  # noqa: N818 - a plain no to the councillor, not an error of ours
    """Publishing cannot go on; the live site was not touched."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Target(Protocol):
    """A place that residents read from."""

    def plan(self, site: Path) -> Plan:
        """Compares the built site with the live one."""

    def publish(self, site: Path, plan: Plan) -> None:
        """Carries the plan out; raises `Refused` or `OSError` with the live site untouched."""

    def rollback(self) -> str:
        """Brings back the release before; returns its name."""

    def where(self) -> str:
        """Where the published site is, in words."""
