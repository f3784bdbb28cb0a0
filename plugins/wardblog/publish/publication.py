"""Publish a built site: compare it with the live one, confirm, send, and verify the result."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from wardblog.model import Site
from wardblog.model.outputs import OutputKind
from wardblog.publish import preflight, verify
from wardblog.publish.identity import Identity
from wardblog.publish.lock import already_publishing
from wardblog.publish.manifest import SiteManifest, build_manifest
from wardblog.publish.plan import PublishPlan, compare
from wardblog.publish.preflight import Confirmation
from wardblog.publish.staging import staged_files
from wardblog.publish.target import CommandError, Target
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder
from wardblog.support.progress_bar import progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A built site compared with the live one."""

    site: Site
    folder: Path
    target: Target
    live: SiteManifest
    plan: PublishPlan

    @classmethod
    def of(
        cls, site: Site, folder: Path, kinds: Mapping[str, OutputKind | None], target: Target
    ) -> Publication:
        """Compare files, by their paths with what each is, with those that are live.

        Nothing is written. Raises `CommandError` for what must not be published.
        """
        with explaining_os_errors(target):
            live = target.live()
            built = build_manifest(folder, kinds, target.compresses)
            built = replace(built, site=Identity.of(site))
            plan = compare(built, live, int(time.time()))
            if not plan.is_empty:
                live = target.verify_live(live)
                plan = compare(built, live, int(time.time()))
        preflight.inspect(site, folder, plan)
        return cls(site=site, folder=folder, target=target, live=live, plan=plan)

    def confirmation(self, may_be_new: bool = False) -> Confirmation:
        """The questions and the warning for the councillor before anything is sent.

        With `may_be_new`, a destination that nothing was published to before needs no question.
        """
        destination = preflight.question_about_destination(
            self.target, self.live, Identity.of(self.site), may_be_new
        )
        removals = preflight.questions_about_removals(self.plan, self.live, self.site)
        return replace(
            removals, questions="\n".join(filter(None, (destination, removals.questions)))
        )

    def send(self, workplace: Path) -> None:
        """Carry out the plan; the files are prepared in a folder inside `workplace`."""
        with (
            explaining_os_errors(self.target),
            staged_files(self.folder, self.plan, workplace) as staged,
            progress("Sending", self.plan.size) as advance,
        ):
            self.target.send(staged, self.plan, advance)

    def differences(self) -> list[str]:
        """How live pages differ from what was sent; empty if the settings turn this off."""
        setting = self.site.publish.verify
        if setting is False or (setting is None and not self.target.verifies):
            return []
        return verify.differences(self.site, self.plan, self.live)


@contextmanager
def explaining_os_errors(target: Target) -> Iterator[None]:
    """Turn an `OSError`, such as a full disk, into a message for the councillor."""
    try:
        yield
    except OSError as error:
        file = f" ({error.filename})" if error.filename else ""
        raise CommandError(
            f"Publishing to {target.where()} failed: {error.strerror or error}{file}",
            "The live site was not changed.",
        ) from None


@contextmanager
def project_lock(workplace: Path) -> Iterator[None]:
    """Hold the lock of this project; raises `CommandError` if another publish has it."""
    private_folder(workplace)
    lock = FileLock(workplace / "publish.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise already_publishing("the same place") from None
    try:
        yield
    finally:
        lock.release()
