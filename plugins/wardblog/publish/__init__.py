"""Publish the built site to where residents read it: one module a target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import unquote

from wardblog.model import PublishSettings, Site
from wardblog.publish.git import GitTarget
from wardblog.publish.identity import Identity
from wardblog.publish.manifest import SiteManifest
from wardblog.publish.paths import check_path
from wardblog.publish.pending import pending_changes
from wardblog.publish.plain_folder import folder_target
from wardblog.publish.plan import PublishPlan
from wardblog.publish.preflight import Confirmation
from wardblog.publish.processes import interrupted_by_signals
from wardblog.publish.publication import Publication, explaining_os_errors, project_lock
from wardblog.publish.rolling_back import ShownRollback, roll_back, show_rollback
from wardblog.publish.s3 import S3Target
from wardblog.publish.shown import ShownPlan, live_since, plan_digest
from wardblog.publish.ssh import SshTarget
from wardblog.publish.target import CommandError, Hosting, Target
from wardblog.publish.websub import HubError, notify_hub
from wardblog.support.urls import host_of

__all__ = [
    "TARGETS",
    "CommandError",
    "Confirmation",
    "HubError",
    "Identity",
    "Publication",
    "PublishPlan",
    "ShownPlan",
    "ShownRollback",
    "SiteManifest",
    "Target",
    "check_path",
    "explaining_os_errors",
    "hosting_of",
    "interrupted_by_signals",
    "live_since",
    "notify_hub",
    "pending_changes",
    "plan_digest",
    "project_lock",
    "roll_back",
    "show_rollback",
    "target_of",
]

TARGETS: Mapping[str, Callable[[PublishSettings, Hosting], Target]] = {
    "folder": folder_target,
    "ssh": SshTarget,
    "s3": S3Target,
    "git": GitTarget,
}


def target_of(settings: PublishSettings, hosting: Hosting | None = None) -> Target:
    """The target that `[publish]` selects."""
    return TARGETS[settings.to](settings, hosting or Hosting())


def hosting_of(site: Site) -> Hosting:
    """What hosts need to know about a site."""
    # late import: see docs/architecture.md
    from wardblog.model.redirects import file_at
    from wardblog.views import redirects
    from wardblog.views.web_servers import snippets

    base = f"{site.base_path}/"
    moved = {file_at(unquote(old.removeprefix(base))): new for old, new in redirects(site).items()}
    return Hosting(
        # A site below a path shares its domain with others.
        "" if site.base_path else host_of(site.url),
        moved,
        snippets(site),
    )
