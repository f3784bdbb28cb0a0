"""What the preview and the editor need of a site that is read again while it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from wardblog.model import Post, Site
from wardblog.problems import Problem


class LiveSource(Protocol):
    """A site that can be updated at any time; `problems` is the text of what is wrong with it."""

    problems: str

    @property
    def warnings(self) -> str:
        """The text of what stops nothing."""

    @property
    def found(self) -> tuple[Problem, ...]:
        """All problems, also those of drafts."""

    @property
    def posts(self) -> Mapping[str, Post | None]:
        """All posts and pages as they were last read, by file; None for one that could not be."""

    def saved_digest(self, file: str) -> bytes | None:
        """The digest of a post or page as it is saved now; None if its file cannot be read."""

    @property
    def base_path(self) -> str:
        """The path below which residents find the site, without a slash at its end."""

    def update(
        self, changed: Iterable[Path] | None = None, draft: tuple[str, bytes | None] | None = None
    ) -> None:
        """Read the files that changed; without `changed`, look at all of them.

        With a `draft`, read only that: the file, and its bytes or None if it is no longer edited.
        """

    def has_read(self, changed: Iterable[Path]) -> bool:
        """Whether these files are known as they are now."""

    def is_of_today(self) -> bool:
        """Whether it still shows what residents would see today."""

    def get(self, path: str) -> bytes | None:
        """The content of a file of the site, or None if there is no such file."""

    def shown_site(self) -> Site | None:
        """The site as it was last read without a problem, with drafts marked as such."""
