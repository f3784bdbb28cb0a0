"""The files that no template makes: feeds, calendars, downloads, cards, and what machines read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wardblog.build.folder import Made, OutputFolder
from wardblog.maps.card import card_png, card_svg
from wardblog.model import Site
from wardblog.views import Card, files, issue_colours


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, what of that changed, and what the costly files were made from."""

    written: frozenset[str]
    changed: frozenset[str]
    made: Mapping[str, Made]


def write_files(site: Site, root: Path) -> Written:
    """Writes them all below the output folder `root`."""
    folder = OutputFolder(root)
    colours = issue_colours(site)
    for output in files(site):
        if isinstance(output, Card):
            _write_card(folder, output, colours)
        else:
            folder.write(output.path, output.content)
    folder.close()
    return Written(frozenset(folder.written), frozenset(folder.changed), folder.made)


def _write_card(folder: OutputFolder, card: Card, colours: Mapping[str, str]) -> None:
    """Draws a card, unless the one that is there was made from the same."""
    svg = card_svg(card, colours)
    folder.write_made(card.path, svg.encode(), lambda: card_png(svg))
