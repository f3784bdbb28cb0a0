"""Publish to a branch of a git repository, as used by GitHub Pages and similar hosts.

A publish is one commit, made without a working tree, and a push that fails if somebody else has
pushed in the meantime. Logins are those that git has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import IO

from wardblog.model import PublishSettings
from wardblog.publish.identity import Identity
from wardblog.publish.manifest import SiteManifest
from wardblog.publish.plan import PublishPlan
from wardblog.publish.repository import Repository, quoted, write_file
from wardblog.publish.target import (
    Agree,
    CommandError,
    Destination,
    EarlierRelease,
    Hosting,
    refuse_other_site,
)
from wardblog.support.progress_bar import Advance

_NO_PAGES_BUILD = ".nojekyll"
_DOMAIN = "CNAME"
# Our mark file on the branch: the site, the files that are ours, and when retired files were last
# used. Earlier versions did not list the files.
_MARK = ".wardblog.json"
# A branch with these files is where the blog is written, not where it is published.
_SOURCES = ("pelicanconf.py", "content/ward.toml")
_BROUGHT_BACK = "Brings-back: "
_GITHUB = re.compile(r"\.(github|gitlab)\.io$|\.pages\.dev$", re.IGNORECASE)


class GitTarget:
    """The branch of the remote that `[publish]` names."""

    compresses = False
    verifies = True
    is_slow = True

    def __init__(self, settings: PublishSettings, hosting: Hosting) -> None:
        domain = hosting.domain
        self._domain = "" if _GITHUB.search(domain) else domain
        self._repository = Repository(settings.remote, settings.branch)

    def where(self) -> str:
        return f"the branch {self._repository.branch} of {self._repository.remote}"

    def destination(self) -> Destination:
        address = self._repository.address()
        named = f" ({address})" if address else ""
        # A remote with a short name is already that of the project itself.
        return Destination(f"{self.where()}{named}", is_own=bool(address))

    def verify_live(self, live: SiteManifest) -> SiteManifest:
        return live

    def reading(self) -> AbstractContextManager[None]:
        return nullcontext()

    def locked(self) -> AbstractContextManager[None]:
        """No lock, since git itself rejects the second of two pushes."""
        return nullcontext()

    def live(self) -> SiteManifest:
        head = self._repository.fetch()
        if not head:
            return SiteManifest()
        blobs = self._repository.tree(head)
        for source in _SOURCES:
            if source in blobs:
                raise CommandError(
                    f"The branch {self._repository.branch} of {self._repository.remote} is where "
                    "the blog is written, not where it is published",
                    'Choose another one under [publish] in ward.toml: branch = "gh-pages"',
                )
        mark = self._mark(blobs)
        if mark is None and _site_in(blobs):
            raise CommandError(
                f"The branch {self._repository.branch} of {self._repository.remote} has files that "
                "were not published from here",
                'Choose another one under [publish] in ward.toml, such as branch = "ward-pages".',
            )
        return self._manifest(head, blobs, mark or SiteManifest())

    def _manifest(self, commit: str, blobs: Mapping[str, str], mark: SiteManifest) -> SiteManifest:
        """The files of a commit that are ours, with the time of that commit."""
        at = int(self._repository.run_text("show", "-s", "--format=%ct", commit))
        files = {
            path: replace(entry, kind=mark.files[path].kind) if path in mark.files else entry
            for path, entry in self._repository.entries(_ours(blobs, mark), at)
        }
        retired = {p: since for p, since in mark.retired.items() if p in files}
        return SiteManifest(files, retired, mark.site)

    def send(self, staged: Path, plan: PublishPlan, advance: Advance) -> None:
        head = self._repository.last_fetched()
        blobs = self._repository.tree(head) if head else {}
        mark = (self._mark(blobs) if head else None) or SiteManifest()
        for path in plan.new:
            if path in blobs and path not in _ours(blobs, mark):
                raise CommandError(
                    f"There is a file {path} in {self.where()} that was not published from here",
                    "Remove it there, or choose another branch under [publish] in ward.toml.",
                )
        files: dict[str, bytes] = {_MARK: plan.manifest.to_json()}
        if _NO_PAGES_BUILD not in blobs:
            files[_NO_PAGES_BUILD] = b""
        gone = list(plan.removed)
        domain = self._domain_in(blobs)
        if self._domain and not _is_same_domain(domain, self._domain):
            files[_DOMAIN] = f"{self._domain}\n".encode()
        elif domain and not self._domain and mark.site and domain == mark.site.domain:
            gone.append(_DOMAIN)  # the domain of the site's earlier address

        def write(stream: IO[bytes]) -> None:
            for path in gone:
                stream.write(b"D " + quoted(path) + b"\n")
            for path in plan.sent:
                write_file(stream, path, (staged / path).read_bytes())
                advance(plan.manifest.files[path].size)
            for path, content in files.items():
                write_file(stream, path, content)

        self._repository.push(self._repository.commit(f"Publish {plan.sentence}", head, write))

    def rollback(self, site: Identity | None = None, agree: Agree | None = None) -> str:
        """Add a commit with the files of the previous release; everything else stays."""
        repository = self._repository
        head = repository.fetch(whole=True)
        now = repository.tree(head) if head else {}
        mark = self._mark(now)
        refuse_other_site(mark, site, self.where())
        back = self._before(head, _ours(now, mark or SiteManifest()), site) if mark else ""
        if not back:
            raise CommandError("There is no earlier release to go back to")
        blobs = repository.tree(back)
        mark_then = self._mark(blobs) or SiteManifest()
        then = _ours(blobs, mark_then)
        at = repository.run_text("show", "-s", "--format=%cd", "--date=format:%Y-%m-%d %H:%M", back)
        if agree:
            agree(EarlierRelease(f"the site of {at}", self._manifest(back, blobs, mark_then)))

        def write(stream: IO[bytes]) -> None:
            for path in _ours(now, mark or SiteManifest()).keys() - then.keys():
                stream.write(b"D " + quoted(path) + b"\n")
            for path, blob in {**then, _MARK: blobs[_MARK]}.items():
                stream.write(f"M 100644 {blob} ".encode() + quoted(path) + b"\n")

        words = f"Bring back the site of {at}\n\n{_BROUGHT_BACK}{back}\n"
        repository.push(repository.commit(words, head, write))
        return f"the site of {at}"

    def _before(self, head: str, now: Mapping[str, str], site: Identity | None) -> str:
        """The last publish of this site that differs from the live one; empty for none."""
        back = self._shown(head)
        while back:
            blobs = self._repository.tree(back)
            mark = self._mark(blobs)
            is_of_site = mark is not None and (site is None or site.is_same(mark.site))
            # A commit that only changed something else, such as the domain, is not a release.
            if is_of_site and mark and _ours(blobs, mark) != now:
                return back
            parent = self._repository.run_text(
                "rev-parse", "--verify", "--quiet", f"{back}^", may_fail=True
            )
            back = self._shown(parent) if parent else ""
        return ""

    def _shown(self, commit: str) -> str:
        """The publish whose files a commit has: itself, or the one it rolled back to."""
        while True:
            said = self._repository.run_text("show", "-s", "--format=%B", commit, may_fail=True)
            found = re.search(rf"^{_BROUGHT_BACK}([0-9a-f]+)$", said, re.MULTILINE)
            if not found:
                return commit
            commit = found[1]

    def _mark(self, blobs: Mapping[str, str]) -> SiteManifest | None:
        """The manifest in our mark file; None for a branch without it."""
        if _MARK not in blobs:
            return None
        return SiteManifest.from_json(self._repository.run_bytes("cat-file", "blob", blobs[_MARK]))

    def _domain_in(self, blobs: Mapping[str, str]) -> str:
        if _DOMAIN not in blobs:
            return ""
        return self._repository.run_text("cat-file", "blob", blobs[_DOMAIN]).casefold()


def _is_same_domain(one: str, other: str) -> bool:
    """Whether domains differ at most in "www.", between which hosts redirect."""
    return one.removeprefix("www.") == other.removeprefix("www.")


def _site_in(blobs: Mapping[str, str]) -> dict[str, str]:
    """The files of a commit, without those that are only for the host."""
    own = (_DOMAIN, _MARK, _NO_PAGES_BUILD)
    return {path: blob for path, blob in blobs.items() if path not in own}


def _ours(blobs: Mapping[str, str], mark: SiteManifest) -> dict[str, str]:
    """The files of a commit that were published from here."""
    site = _site_in(blobs)
    return {p: b for p, b in site.items() if p in mark.files} if mark.files else site
