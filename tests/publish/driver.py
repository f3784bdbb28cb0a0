"""Publishes a folder as the command does, without building it: for tests that kill and repeat.

`python -m publish.driver SETTINGS FOLDER` with the settings as JSON; prints what was sent.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from wardblog.model import PublishSettings
from wardblog.model.outputs import OutputKind
from wardblog.publish import CommandError, explaining_os_errors, project_lock, target_of
from wardblog.publish.manifest import build_manifest, files_below
from wardblog.publish.plan import PublishPlan, compare
from wardblog.publish.staging import staged_files
from wardblog.publish.target import Target

# What the lists of these small sites are; all else is a page or what a page loads.
LISTS = {"index.html": OutputKind.INDEX, "feeds/all.rss.xml": OutputKind.FEED}


def plan_of(target: Target, folder: Path) -> PublishPlan:
    site = build_manifest(folder, {p: LISTS.get(p) for p in files_below(folder)}, target.compresses)
    plan = compare(site, live := target.live(), int(time.time()))
    return plan if plan.is_empty else compare(site, target.verify_live(live), int(time.time()))


def publish(settings: PublishSettings, folder: Path, workplace: Path) -> PublishPlan:
    """What the command does once the site is built and nobody has doubts."""
    target = target_of(settings)
    with project_lock(workplace), explaining_os_errors(target), target.locked():
        plan = plan_of(target, folder)
        if not plan.is_empty:
            with staged_files(folder, plan, workplace) as staged:
                target.send(staged, plan, lambda _: None)
    return plan


def main() -> int:
    settings, folder = PublishSettings(**json.loads(sys.argv[1])), Path(sys.argv[2])
    workplace = Path(os.environ.get("WORKPLACE", folder.with_name(".wardblog")))
    try:
        plan = publish(settings, folder, workplace)
    except CommandError as refused:
        sys.stderr.write(f"{refused}\n{refused.hint}\n")
        return 1
    print(len(plan.new), len(plan.changed), len(plan.gone))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
