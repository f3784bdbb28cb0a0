"""Looks at a list within a time limit, whatever is in its file.

Each step has its own limit, and between them the main thread does what others wait for.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from wardblog.content import time_limit
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.lists.plan import ListPlan
from wardblog.preview.editor.lists.result import result_of_trial
from wardblog.preview.editor.own_folder import OwnFolder
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedList:
    """What the page shows of a list. `issue`, its `slug` and `name` are "" if it has none."""

    shown: dict[str, Any]
    issue: str
    slug: str
    name: str


def looked_at(desk: Desk, plan: ListPlan) -> LookedList:
    """Read a list as it would be read; raises `CommandError` if that takes too long."""
    parent = desk.keep(OwnFolder).path / "lists"
    private_folder(parent)
    with TemporaryDirectory(dir=parent, ignore_cleanup_errors=True) as folder:
        trial = plan.trial(desk, Path(folder).resolve())
    given = trial, plan.upload, plan.values, desk.content
    try:
        shown = time_limit.run_within(time_limit.LIST_SECONDS, result_of_trial, *given)
    except time_limit.TimeLimitError:
        raise CommandError("This list takes too long to read", time_limit.SHORTEN_LIST) from None
    is_whole = trial.dataset is not None and trial.issue is not None
    return LookedList(
        shown=shown,
        issue=trial.issue.name if trial.issue and is_whole else "",
        slug=trial.issue.slug if trial.issue and is_whole else "",
        name=trial.dataset.slug if trial.dataset and is_whole else "",
    )
