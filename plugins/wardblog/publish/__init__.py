"""From the built site to where residents read it: one module a target."""

from __future__ import annotations

from collections.abc import Callable

from wardblog.model import PublishSettings
from wardblog.publish.folder import FolderTarget
from wardblog.publish.plan import Plan
from wardblog.publish.target import Refused, Target

__all__ = ["TARGETS", "Plan", "Refused", "Target", "target_of"]

TARGETS: dict[str, Callable[[str], Target]] = {"folder": FolderTarget}


def target_of(settings: PublishSettings) -> Target:
    """The target that `[publish]` names; raises `Refused` for one that is not built yet."""
    make = TARGETS.get(settings.to)
    if make is None:
        raise Refused(
            f'Publishing to "{settings.to}" is not possible yet',
            'Write to = "folder" under [publish] in ward.toml, and copy that folder to your host.',
        )
    return make(settings.path)
