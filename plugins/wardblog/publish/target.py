"""The interface of all publishing targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import field
from pathlib import Path
from typing import Protocol

from wardblog.problems import CommandError
from wardblog.publish.identity import Identity
from wardblog.publish.manifest import SiteManifest
from wardblog.publish.plan import PublishPlan
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Advance

__all__ = ["Agree", "CommandError", "Destination", "EarlierRelease", "Hosting", "Target"]

# Every web server settings file that we write contains this; files without it are not replaced.
WRITTEN_HERE = 'Written by "make publish"'


@dataclass(frozen=True, slots=True)
class Destination:
    """The full name of a destination: an absolute path, a host and path, a bucket or a repository.

    `is_own` is whether it is inside the project, so that the first publish needs no question.
    """

    name: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Hosting:
    """What some hosts need besides the site's files.

    `domain` is where residents read the site, `redirects` maps the path of a file to the address
    that replaced it, and `snippets` are web server settings by file name.
    """

    domain: str = ""
    redirects: Mapping[str, str] = field(default_factory=dict)
    snippets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """What a rollback would bring back: its name in words, and its files."""

    name: str
    manifest: SiteManifest


# Is told what a rollback would bring back, while nothing else can change it. Whatever it raises
# stops the rollback.
Agree = Callable[[EarlierRelease], object]


class Target(Protocol):
    """A place that a site is published to.

    If a method fails, it raises `CommandError`, and the live site stays complete.
    """

    # Whether compressed copies of texts are stored too, for web servers that send them as they are.
    compresses: bool
    # Whether the live pages are verified afterwards, unless the settings say otherwise.
    verifies: bool
    # Whether it may take minutes until changes are live.
    is_slow: bool

    def where(self) -> str:
        """Where the site is published, in words, such as "the folder public"."""

    def destination(self) -> Destination:
        """The full name, for the question before a first publish."""

    def live(self) -> SiteManifest:
        """The manifest of the live site; empty before the first publish. Writes nothing."""

    def verify_live(self, live: SiteManifest) -> SiteManifest:
        """The manifest corrected by a slower check of what is really there."""

    def reading(self) -> AbstractContextManager[None]:
        """Hold the connection for operations that only read."""

    def locked(self) -> AbstractContextManager[None]:
        """Hold the lock; raises `CommandError` while somebody else holds it."""

    def send(self, staged: Path, plan: PublishPlan, advance: Advance) -> None:
        """Carry out the plan with the files in the folder `staged`.

        `advance` is called with the number of bytes sent, as counted in `PublishPlan.size`.
        """

    def rollback(self, site: Identity | None = None, agree: Agree | None = None) -> str:
        """Bring back the previous release of this site, after `agree`; returns its name."""


class HasSite(Protocol):
    """Anything that belongs to a site, if known."""

    @property
    def site(self) -> Identity | None: ...


def refuse_other_site(live: HasSite | None, site: Identity | None, where: str) -> None:
    """Raises `CommandError` if another site is live."""
    if live and site and not site.is_same(live.site):
        raise CommandError(
            f"The live site in {where} is a different one: {live.site}",
            "A rollback only works within one site. "
            "To replace that site with this one, run: make publish",
        )


@dataclass(frozen=True, slots=True)
class NextRelease:
    """The number of the next release, and the numbers of those to delete.

    `first` are releases that were rolled back or never became live; they are deleted before the
    switch, so that no rollback finds them. `then` are the oldest ones, deleted after it.
    """

    number: int
    first: frozenset[int]
    then: frozenset[int]

    @classmethod
    def of(cls, numbers: Sequence[int], live: int | None, keep: int) -> NextRelease:
        earlier = [n for n in numbers if live is None or n <= live]
        kept = earlier[-(keep - 1) :] if keep > 1 else []
        first = frozenset(numbers).difference(earlier)
        return cls(max(numbers, default=0) + 1, first, frozenset(earlier).difference(kept))
