"""Gives Pelican the posts, which were read and checked before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican.contents import Author, Tag

from wardblog.build.paths import full
from wardblog.content.files import composed
from wardblog.model import GENERAL, Post

Settings = dict[str, Any]

# The build's own name among Pelican's settings, where its reader and its writer look for it.
BUILD = "WARDBLOG_BUILD"


class IssueTag(Tag):  # type: ignore[misc] # Pelican has no types
    """A tag whose page is the issue's hub, by the settings ISSUETAG_URL and ISSUETAG_SAVE_AS."""


def read(settings: Settings, source_path: str) -> tuple[str, dict[str, object]]:
    """Return the HTML and metadata of a post for Pelican; drafts and later posts are skipped."""
    run = settings[BUILD].run
    file = composed(Path(source_path).relative_to(full(settings["PATH"])).as_posix())
    post = run.posts.get(file)
    if post is None or post.visibility.is_waiting:
        return "", {"title": file, "status": "skip"}
    metadata = _metadata(post, settings)
    if run.slower:
        # Where our engine makes all pages, Pelican need not look through the posts of each tag.
        metadata["tags"] = [
            _tag(t.name, t.slug, t.slug in run.issue_slugs, settings)
            for t in post.tags
            if t.slug != GENERAL
        ]
    return post.html, metadata


def _metadata(post: Post, settings: Settings) -> dict[str, object]:
    found: dict[str, object] = {
        "title": post.title,
        "slug": post.slug,
        "summary": post.summary,
        "lang": post.lang,
        "status": post.visibility.value,
        "authors": [Author(post.author, settings)],
        "post": post,
    }
    if "Date" in post.lines:
        found["date"] = post.date
    if post.modified:
        found["modified"] = post.modified
    return found


def _tag(name: str, slug: str, is_issue: bool, settings: Settings) -> Tag:
    tag = (IssueTag if is_issue else Tag)(name, settings)
    tag.slug = slug
    return tag
