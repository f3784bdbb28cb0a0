"""`make start`: replace the sample with an own content folder to fill in."""

from __future__ import annotations

import argparse

from wardblog.cli.common import DONE, confirm, content_folder, print_line
from wardblog.problems import display_path


def run(arguments: argparse.Namespace) -> int:
    from wardblog.scaffold import start_own

    content = content_folder(arguments)
    print_line(
        f"This moves {content}, with everything in it, to a folder beside it,\n"
        "and puts a new content folder in its place for you to fill in."
    )
    if not confirm("to do that"):
        print_line("Nothing was changed.")
        return DONE
    old = start_own(content)
    print_line(
        f"The old content is in {display_path(old)}.\n"
        f'Fill in {display_path(content)}/ward.toml, then run "make check".\n'
        'For a map of your ward, run: make ward POSTCODE="..."'
    )
    return DONE
