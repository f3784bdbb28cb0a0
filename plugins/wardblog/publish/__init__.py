"""From the built site to where residents read it: one module a target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from wardblog.model import PublishSettings
from wardblog.publish.folder import FolderTarget
from wardblog.publish.plan import Plan
from wardblog.publish.target import Refused, Target
from wardblog.publish.websub import HubSilent, tell_hub

__all__ = ["TARGETS", "HubSilent", "Plan", "Refused", "Target", "target_of", "tell_hub"]

Headers = Mapping[str, str]
TARGETS: dict[str, Callable[[str, Headers], Target]] = {"folder": FolderTarget}


def target_of(settings: PublishSettings, headers: Headers = MappingProxyType({})) -> Target:
    """The target that `[publish]` names; raises `Refused` for one that is not built yet.

    `headers` are what a host may be told to send with each page.
    """
    make = TARGETS.get(settings.to)
    if make is None:
        raise Refused(
            f'Publishing to "{settings.to}" is not possible yet',
            'Write to = "folder" under [publish] in ward.toml, and copy that folder to your host.',
        )
    return make(settings.path, headers)
