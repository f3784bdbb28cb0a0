"""Pelican's door to posts that were read and checked before it asks for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican.contents import Author, Tag

from wardblog.model import GENERAL, Post
from wardblog.read.markup import SOURCES

Settings = dict[str, Any]

# Where the run keeps itself among Pelican's settings, for its reader and its writer.
RUN = "WARDBLOG_RUN"


class IssueTag(Tag):  # type: ignore[misc] # Pelican has no types
    """A tag whose page is the issue's hub, by the settings ISSUETAG_URL and ISSUETAG_SAVE_AS."""


class PostReader:
    """A reader as `READERS` takes them; it gives Pelican the HTML and metadata of a `Post`."""

    enabled = True
    file_extensions = tuple(ending.removeprefix(".") for ending in SOURCES)
    extensions = None

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def process_metadata(self, name: str, value: object) -> object:
        """Values of DEFAULT_METADATA and of file names, which need no change."""
        del name
        return value

    def disabled_message(self) -> str:
        return ""

    def read(self, source_path: str) -> tuple[str, dict[str, object]]:
        """What Pelican asks of a reader. Drafts, and posts of a later day, are skipped."""
        run = self._settings[RUN]
        file = Path(source_path).relative_to(Path(self._settings["PATH"]).absolute()).as_posix()
        post = run.posts.get(file)
        if post is None or post.visibility.is_waiting:
            return "", {"title": file, "status": "skip"}
        return post.html, self._metadata(post, run.issue_slugs)

    def _metadata(self, post: Post, issues: frozenset[str]) -> dict[str, object]:
        found: dict[str, object] = {
            "title": post.title,
            "date": post.date,
            "slug": post.slug,
            "summary": post.summary,
            "lang": post.lang,
            "status": post.visibility.value,
            "tags": [
                self._tag(t.name, t.slug, t.slug in issues) for t in post.tags if t.slug != GENERAL
            ],
            "authors": [Author(post.author, self._settings)],
            "post": post,
        }
        if post.modified:
            found["modified"] = post.modified
        return found

    def _tag(self, name: str, slug: str, is_issue: bool) -> Tag:
        tag = (IssueTag if is_issue else Tag)(name, self._settings)
        tag.slug = slug
        return tag
