"""A post says something."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.model import Site
from wardblog.problems import Problem, Severity


def no_text(site: Site) -> Iterator[Problem]:
    for post in (*site.posts, *site.pages):
        if not post.html.strip():
            yield Problem(
                post.file,
                None,
                "this post has no text yet",
                'Write it below the blank line, or add "Status: draft" until it is ready.',
                Severity.WARN,
            )
