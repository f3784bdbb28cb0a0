"""`make leaflet`: a leaflet of some posts, or a poster for an event, as PDF."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    DONE,
    ROOT,
    content_folder,
    print_error,
    print_line,
    private_folder_of,
)
from wardblog.problems import UsageError, display_path, render
from wardblog.text.words import counted

if TYPE_CHECKING:
    from wardblog.office.leaflet.make import MadeLeaflet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--posts", default="", help="titles, addresses or files, with commas")
    parser.add_argument("--size", default="", help="A5, A4 or fold; for a poster A4 or A3")
    parser.add_argument("--poster", default="", help="the name or the date of a coming event")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.build import read_checked
    from wardblog.office.leaflet.make import LeafletFolders, make_leaflet, make_poster

    _refuse_without_libraries()
    content = content_folder(arguments)
    private = private_folder_of(content)
    posts, poster = arguments.posts.strip(), arguments.poster.strip()
    if posts and poster:
        raise UsageError("POSTS makes a leaflet and POSTER a poster", "Use only one of them.")
    site = read_checked(ROOT / "pelicanconf.py", content)
    folders = LeafletFolders(content, private)
    if poster:
        made = make_poster(site, folders, poster, arguments.size)
    else:
        made = make_leaflet(site, folders, posts, arguments.size)
    if made.warnings:
        print_error(render(made.warnings, private))
    _show(made)
    return DONE


def _refuse_without_libraries() -> None:
    """They are optional: the Makefile installs them when they are first needed."""
    if not all(map(find_spec, ("typst", "segno"))):
        raise UsageError(
            "The libraries that make leaflets are not installed yet", "Run it with: make leaflet"
        )


def _show(made: MadeLeaflet) -> None:
    lines = [
        f"Made {made.size}, {counted(made.sides, 'side')}:",
        f"  for the printer  {display_path(made.printer)}",
        f"  for the screen   {display_path(made.screen)}",
    ]
    if made.has_more_fonts:
        lines.append("Some letters are in a font of this computer; on others they may differ.")
    words = display_path(made.words)
    if made.is_new:
        lines.append(f"Its words are in {words}. Change them there, and run this again.")
    else:
        lines.append(f"Its words are those in {words}.")
    lines.append("Read it once more before you have it printed.")
    print_line("\n".join(lines))
