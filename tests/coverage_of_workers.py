"""Gives slipcover's threshold to the processes of xdist, which it does not reach by itself.

With its own threshold, slipcover takes its probes out of code that ran often. That costs more than
they do, and may be interrupted by a time limit; see pyproject.toml. It has to be imported first:
a probe gets its threshold when its module is imported.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def _apply() -> None:
    plugin = sys.modules.get("slipcover.pytest_plugin")
    if measures := getattr(plugin, "_slipcover_instance", None):
        settings = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["tool"]["slipcover"]
        measures.d_miss_threshold = settings["threshold"]


_apply()
