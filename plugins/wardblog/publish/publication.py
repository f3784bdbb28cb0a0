"""A built site on its way to residents: compared, doubted, sent, and looked at once it is live."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from wardblog.model import Site
from wardblog.model.outputs import OutputKind
from wardblog.publish import after, before
from wardblog.publish.before import Confirmation
from wardblog.publish.identity import Identity
from wardblog.publish.lock import busy
from wardblog.publish.manifest import SiteManifest, build_manifest
from wardblog.publish.plan import PublishPlan, compare
from wardblog.publish.staging import packed
from wardblog.publish.target import CommandError, Target
from wardblog.support.private_files import private_folder
from wardblog.support.progress_bar import progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A built site, held against the live one."""

    site: Site
    folder: Path
    target: Target
    live: SiteManifest
    plan: PublishPlan

    @classmethod
    def of(
        cls, site: Site, folder: Path, kinds: Mapping[str, OutputKind | None], target: Target
    ) -> Publication:
        """Compares files, by their paths with what each is, with those that are live.

        Nothing is written anywhere. Raises `CommandError` for what must not go out.
        """
        with explaining_os_errors(target):
            live = target.live()
            built = build_manifest(folder, kinds, target.compresses)
            built = replace(built, site=Identity.of(site))
            plan = compare(built, live, int(time.time()))
            if not plan.is_empty:
                live = target.verify_live(live)
                plan = compare(built, live, int(time.time()))
        before.inspect(site, folder, plan)
        return cls(site=site, folder=folder, target=target, live=live, plan=plan)

    def doubts(self, may_be_new: bool = False) -> Confirmation:
        """What the councillor is asked, and told, before anything is sent.

        `may_be_new` is whether the place is meant, whether something was published there or not.
        """
        place = before.question_about_destination(
            self.target, self.live, Identity.of(self.site), may_be_new
        )
        doubts = before.questions_about_removals(self.plan, self.live, self.site)
        return replace(doubts, asks="\n".join(filter(None, (place, doubts.asks))))

    def send(self, workplace: Path) -> None:
        """Carries the plan out, with a parcel in a folder of our own."""
        with (
            explaining_os_errors(self.target),
            packed(self.folder, self.plan, workplace) as parcel,
            progress("Sending", self.plan.size) as advance,
        ):
            self.target.send(parcel, self.plan, advance)

    def differences(self) -> list[str]:
        """What residents get that is not what was sent, where that is to be looked at."""
        wanted = self.site.publish.verify
        if wanted is False or (wanted is None and not self.target.verifies):
            return []
        return after.differences(self.site, self.plan, self.live)


@contextmanager
def explaining_os_errors(target: Target) -> Iterator[None]:
    """A disk that is full or closed is no fault of ours, and the live site is as it was."""
    try:
        yield
    except OSError as error:
        file = f" ({error.filename})" if error.filename else ""
        raise CommandError(
            f"Publishing to {target.where()} failed: {error.strerror or error}{file}",
            "What residents read is as it was.",
        ) from None


@contextmanager
def explaining_os_errors(workplace: Path) -> Iterator[None]:
    """Of two publishes of one project, the second says so and stops."""
    private_folder(workplace)
    lock = FileLock(workplace / "publish.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise busy("the same place") from None
    with lock:
        yield
