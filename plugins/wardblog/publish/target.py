"""What every target of a publish can do, and how it says no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from wardblog.problems import CommandError
from wardblog.publish.identity import Identity
from wardblog.publish.manifest import SiteManifest
from wardblog.publish.plan import PublishPlan
from wardblog.support.progress_bar import Advance

__all__ = ["CommandError", "Destination", "Hosting", "Target"]

# Each settings file for a web server that we write says so; another one is not replaced.
WRITTEN_HERE = 'Written by "make publish"'


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a site goes, in full: an absolute path, a host and path, a bucket or a repository.

    `is_own` is whether it lies inside the project, so that nobody needs to be asked about it.
    """

    name: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Hosting:
    """What some hosts want to know of a site beside its files.

    `domain` is where residents read it, `redirects` leads from the path of a file to the address
    that replaced it, and `snippets` are settings for web servers, by the names of their files.
    """

    domain: str = ""
    redirects: Mapping[str, str] = field(default_factory=dict)
    snippets: Mapping[str, str] = field(default_factory=dict)


class Target(Protocol):
    """A place that residents read from.

    Each of these raises `CommandError`, with the live site whole, where it cannot be done.
    """

    # Whether texts are put there compressed as well, for web servers that send them as they are.
    compresses: bool
    # Whether the live pages are looked at afterwards, unless the settings say otherwise.
    verifies: bool
    # Whether what was sent may take minutes to be seen.
    is_slow: bool

    def where(self) -> str:
        """Where the published site is, in words."""

    def place(self) -> Destination:
        """The same in full, for whoever has to say whether it is meant."""

    def live(self) -> SiteManifest:
        """What residents read now; empty before the first publish. Writes nothing."""

    def verify_live(self, live: SiteManifest) -> SiteManifest:
        """What of that is really there, where it takes longer to find out."""

    def looking(self) -> AbstractContextManager[None]:
        """Around what only reads."""

    def alone(self) -> AbstractContextManager[None]:
        """Keeps others from publishing there meanwhile; refused while somebody does."""

    def send(self, parcel: Path, plan: PublishPlan, advance: Advance) -> None:
        """Carries the plan out with the files in `parcel`, and leaves the live site whole.

        `advance` takes the bytes that are done, as `PublishPlan.size` counts them.
        """

    def rollback(self, site: Identity | None = None) -> str:
        """Brings back the release before; returns what it is called.

        Releases of another site than this one do not count.
        """


class HasSite(Protocol):
    """Something that is of a site, where it is known of which."""

    @property
    def site(self) -> Identity | None: ...


def refuse_other_site(live: HasSite | None, site: Identity | None, where: str) -> None:
    """Raises `CommandError` where what is live is of another site."""
    if live and site and not site.is_same(live.site):
        raise CommandError(
            f"What is live in {where} is another site, {live.site}",
            "Its releases have nothing to do with this one. To put this one there: make publish",
        )


@dataclass(frozen=True, slots=True)
class NextRelease:
    """The number of the next release, and those that go.

    Before it is live those go that were taken back, or never came to be live, so that no later
    rollback finds them; afterwards those that are older than wanted.
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
