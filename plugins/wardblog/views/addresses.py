"""Which addresses a site has: asked of its outputs, and of nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from wardblog.content.references import published_files
from wardblog.model import Site
from wardblog.model.addresses import ICON, is_hashed, once
from wardblog.model.outputs import OutputKind
from wardblog.photos import READABLE, is_picture, versions_of
from wardblog.views import posts
from wardblog.views.table import FOLDERS, outputs

# Made by the build from the theme, whose other files have names that change.
_OF_THE_THEME = {ICON: OutputKind.PICTURE}
_THEME = "theme/"
_YEAR = re.compile(r"\d{4}")


@once
def kinds(site: Site) -> Mapping[str, OutputKind]:
    """All files of a site but for those of the theme, and what each is."""
    found: dict[str, OutputKind] = {}
    for output in outputs(site):
        for path, kind in output.kinds():
            found.setdefault(path, kind)
    return {**dict.fromkeys(_files(site), OutputKind.FILE), **found}


def _files(site: Site) -> Iterator[str]:
    """The files of the content as they are published: a picture in each of its sizes."""
    for file in published_files(site):
        picture = site.pictures.get(file)
        if picture is None:
            yield from () if is_picture(file) else (file,)
        elif not picture.fault and picture.kind in READABLE:
            yield from (version.path for version in versions_of(file, picture))


class SiteAddresses:
    """The addresses of a site; most questions are about posts, and need no other outputs."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def kind_at(self, path: str) -> OutputKind | None:
        if is_hashed(path) or path.startswith(_THEME):
            return OutputKind.ASSET
        if posts.is_post_at(self._site, path):
            return OutputKind.PAGE
        return _OF_THE_THEME.get(path) or kinds(self._site).get(path)

    def linkable(self) -> Iterator[str]:
        every = {**kinds(self._site), **_OF_THE_THEME}
        return (path.removesuffix("index.html") for path, kind in every.items() if kind.is_linkable)

    def is_filled(self, folder: str) -> bool:
        return folder in FOLDERS

    def is_reserved(self, folder: str) -> bool:
        return self.is_filled(folder) or bool(_YEAR.fullmatch(folder))
