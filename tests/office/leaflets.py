"""Leaflets for tests: of the sample, whose councillors are invented, and a printer who is too."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from support import MARKDOWN, ROOT, TODAY
from wardblog.content import read_site
from wardblog.model import Site
from wardblog.office.leaflet.make import LeafletFolders, MadeLeaflet, make_leaflet, make_poster

PRINTER = "Sample Press, 2 Print Street, London SW11 0XX"
EIGHT = (
    "two-grit-bins-moved-on-the-estate", "where-are-the-stripes-of-the-school-crossing",
    "2026-11-07-eland-road", "2026-11-03-stencils", "2026-10-31-depot", "2026-05-16-street-party",
    "2026-09-05-rubble", "grit-bins-ready-for-the-new-winter",
)  # fmt: skip


@cache
def sample_site() -> Site:
    """The sample as it is on the fixed day of the tests, with a printer."""
    reading = read_site(ROOT / "content", TODAY, MARKDOWN)
    return replace(reading.site, printer=PRINTER)


def folders_in(folder: Path) -> LeafletFolders:
    return LeafletFolders(ROOT / "content", folder / "private")


def leaflet_of(folder: Path, posts: str, size: str, site: Site | None = None) -> MadeLeaflet:
    return make_leaflet(site or sample_site(), folders_in(folder), posts, size)


def poster_of(folder: Path, event: str, size: str = "", site: Site | None = None) -> MadeLeaflet:
    return make_poster(site or sample_site(), folders_in(folder), event, size)


def with_words(folder: Path, name: str, words: str) -> str:
    """Write the councillor's file of a leaflet or poster; returns its name."""
    path = folder / "private" / "leaflets" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(words.encode())
    return name
