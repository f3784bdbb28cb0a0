"""A rollback as it is shown before it happens, and exactly that rollback later."""

from __future__ import annotations

import time

from wardblog.model.digests import Digests
from wardblog.problems import changed_since_shown
from wardblog.publish.identity import Identity
from wardblog.publish.manifest import SiteManifest
from wardblog.publish.plan import compare
from wardblog.publish.publication import explaining_os_errors
from wardblog.publish.shown import live_since, pages_of, sentence_of
from wardblog.publish.target import EarlierRelease, Target
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRollback:
    """What a rollback would do: `sentence` counts the pages, `name` is what comes back.

    `live_since` and `before_since` say when the live site and the one before it last changed.
    """

    digest: str
    name: str
    where: str
    sentence: str
    live_since: str
    before_since: str
    pages: dict[str, list[dict[str, str]]]


class _NotNowError(Exception):
    """Stops a rollback that is only shown."""


def show_rollback(target: Target, site: Identity | None) -> ShownRollback:
    """What a rollback would bring back; raises `CommandError` if there is nothing.

    Without a `site`, an earlier version of the live site comes back, whichever it is.
    """
    live, found = _live(target), list[EarlierRelease]()
    site = site or live.site

    def note(back: EarlierRelease) -> None:
        found.append(back)
        raise _NotNowError

    with explaining_os_errors(target):
        try:
            target.rollback(site, note)
        except _NotNowError:
            return _shown(target, live, found[0])
    raise AssertionError


def roll_back(target: Target, site: Identity | None, expected: str = "") -> str:
    """Bring back the previous release and return its name; `site` is as in `show_rollback`.

    With `expected`, the digest of a `ShownRollback`, only what was shown comes back; otherwise
    raises `CommandError`.
    """
    if site and not expected:
        with explaining_os_errors(target):
            return target.rollback(site)
    live = _live(target)
    site = site or live.site

    def compare_digest(back: EarlierRelease) -> None:
        if expected and _shown(target, live, back).digest != expected:
            raise changed_since_shown("changed")

    with explaining_os_errors(target):
        return target.rollback(site, compare_digest)


def _live(target: Target) -> SiteManifest:
    with explaining_os_errors(target), target.reading():
        return target.live()


def _shown(target: Target, live: SiteManifest, back: EarlierRelease) -> ShownRollback:
    plan = compare(back.manifest, live, int(time.time()))
    files = {**live.files, **back.manifest.files}
    groups = {"new": plan.new, "changed": plan.changed, "gone": plan.gone}
    pages = {name: pages_of(paths, files, {}, {}) for name, paths in groups.items()}
    others = {name: len(paths) - len(pages[name]) for name, paths in groups.items()}
    digest = Digests().of(
        target.destination().name,
        back.name,
        sorted(back.manifest.digests.items()),
        sorted(live.digests.items()),
    )
    return ShownRollback(
        digest=digest.hex(),
        name=back.name,
        where=target.where(),
        sentence=sentence_of({name: len(found) for name, found in pages.items()}, others),
        live_since=live_since(live),
        before_since=live_since(back.manifest),
        pages=pages,
    )
