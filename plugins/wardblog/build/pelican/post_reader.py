"""The reader of posts that Pelican's settings name."""

from __future__ import annotations

from typing import Any

from wardblog.content.file_names import SOURCES


class PostReader:
    """A reader as `READERS` takes them; it gives Pelican the HTML and metadata of a `Post`."""

    enabled = True
    file_extensions = tuple(ending.removeprefix(".") for ending in SOURCES)
    extensions = None

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings

    def process_metadata(self, name: str, value: object) -> object:
        """Values of DEFAULT_METADATA and of file names, which need no change."""
        del name
        return value

    def disabled_message(self) -> str:
        return ""

    def read(self, source_path: str) -> tuple[str, dict[str, object]]:
        # late import: see docs/architecture.md
        from wardblog.build.pelican.reader import read

        return read(self._settings, source_path)
