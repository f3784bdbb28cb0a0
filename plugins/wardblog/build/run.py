"""One run of the build: what was read, what is written, and what is told about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from wardblog.addresses import ordinary_tags
from wardblog.build.clock import today
from wardblog.build.folder import OutputFolder
from wardblog.check import check_site
from wardblog.check.publishing import no_url
from wardblog.model import Post, Site
from wardblog.problems import ContentStops, Problem, Severity, in_order, stops
from wardblog.read import Reading, read_site
from wardblog.views import Neighbours


class PostsLostError(RuntimeError):
    """Pelican dropped a post that we read: a fault of ours, or of another plugin."""


@dataclass
class Run:
    """A site that passed its checks, on its way into a folder."""

    site: Site
    content: Path
    warnings: list[Problem]
    folder: OutputFolder
    gone: tuple[str, ...] = ()
    # Pelican's own posts and pages by file, once it has found them.
    contents: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def posts(self) -> dict[str, Post]:
        return {p.file: p for p in (*self.site.posts, *self.site.pages)}

    @cached_property
    def issue_slugs(self) -> frozenset[str]:
        return frozenset(issue.slug for issue in self.site.issues)

    @cached_property
    def tag_names(self) -> dict[str, str]:
        return ordinary_tags(self.site)

    @cached_property
    def neighbours(self) -> Neighbours:
        return Neighbours.of(self.site)

    def expect_all(self, found: set[str]) -> None:
        """Fails if Pelican, which drops what it cannot read, has fewer posts than we do."""
        expected = {f for f, p in self.posts.items() if not p.visibility.is_waiting}
        if lost := sorted(expected - found):
            raise PostsLostError(f"Pelican left out {', '.join(lost)}")
        if more := sorted(f for f in found - expected if f.startswith(("posts/", "pages/"))):
            raise PostsLostError(f"Pelican found {', '.join(more)}, which we did not read")

    def resolved(self) -> Site:
        """The site with the HTML of its posts as published, their links resolved by Pelican."""

        def published(post: Post) -> Post:
            content = self.contents.get(post.file)
            return post if content is None else replace(post, html=content.content)

        return replace(self.site, posts=tuple(map(published, self.site.posts)))


def check_content(content: Path, markdown: dict[str, Any]) -> tuple[Reading, list[Problem]]:
    """Reads and checks a folder; problems and warnings in order."""
    reading = read_site(content, today(), markdown)
    return reading, in_order([*reading.problems, *check_site(reading.site)])


def prepare(content: Path, output: Path, markdown: dict[str, Any], publishing: bool) -> Run:
    """Reads and checks before anything is written; raises `ContentStops` if that must stop."""
    reading, problems = check_content(content, markdown)
    if publishing:
        needed = set(no_url(reading.site))
        problems = [replace(p, severity=Severity.STOP) if p in needed else p for p in problems]
    if stops(problems):
        raise ContentStops(problems, content)
    warnings = [p for p in problems if p.severity is Severity.WARN]
    return Run(reading.site, content, warnings, OutputFolder(output))
