"""The addresses of a site, derived from its outputs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.content.references import published_paths
from wardblog.model import Site
from wardblog.model.addresses import ICON, SEARCH, is_hashed
from wardblog.model.outputs import OutputKind
from wardblog.views import posts
from wardblog.views.table import FOLDERS, outputs

# Made by the build from the theme; the names of the theme's other files change.
_OF_THE_THEME = {ICON: OutputKind.PICTURE}
_THEME = "theme/"
# The build makes the files of the search; which there are follows from the words of all posts.
_INDEX = ".json"
_YEAR = re.compile(r"\d{4}")


class SiteAddresses:
    """The addresses of a site; outputs are listed only as far as the question needs."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[str, OutputKind] = {}
        self._rest = self._all()

    def _all(self) -> Iterator[tuple[str, OutputKind]]:
        for output in outputs(self._site):
            yield from output.kinds()
        yield from ((path, OutputKind.FILE) for path in published_paths(self._site))
        yield from _OF_THE_THEME.items()

    def kind_at(self, path: str) -> OutputKind | None:
        if is_hashed(path) or path.startswith(_THEME):
            return OutputKind.ASSET
        if path.startswith(SEARCH) and path.endswith(_INDEX):
            return OutputKind.ASSET
        if posts.is_post_at(self._site, path):
            return OutputKind.PAGE
        while path not in self._known:
            try:
                other, kind = next(self._rest)
            except StopIteration:
                return None
            self._known.setdefault(other, kind)  # current addresses come before old ones
        return self._known[path]

    def linkable(self) -> Iterator[str]:
        for path, kind in self._rest:
            self._known.setdefault(path, kind)
        for path, kind in self._known.items():
            if kind.is_linkable:
                yield path.removesuffix("index.html")

    def is_filled(self, folder: str) -> bool:
        return folder in FOLDERS

    def is_reserved(self, folder: str) -> bool:
        return self.is_filled(folder) or bool(_YEAR.fullmatch(folder))
