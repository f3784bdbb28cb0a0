"""What several commands need: to tell and ask, and the folders that they were given."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# What is kept between runs, out of the way.
WORKPLACE = Path(".wardblog")
DONE, CONTENT, USAGE, FAULT = 0, 1, 2, 3


class Usage(Exception):  # noqa: N818 - not an error of ours
    """The command was called in a way that cannot be meant."""


def say(words: str) -> None:
    sys.stderr.write(words + "\n")


def tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def is_yes(what: str) -> bool:
    sys.stdout.write(f'Type "yes" {what}: ')
    sys.stdout.flush()
    return sys.stdin.readline().strip().casefold() in ("yes", "y")


def folders_of(arguments: argparse.Namespace) -> tuple[Path, Path]:
    """The content and output folders, refused where a build could harm what is in them."""
    content, output = content_of(arguments), arguments.output
    one, other = output.resolve(), content.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise Usage(
            f"OUTPUT={output} and CONTENT={content} are inside one another.\n"
            "Choose an output folder of its own."
        )
    if output.exists() and not output.is_dir():
        raise Usage(f"OUTPUT={output} is a file. Choose a folder.")
    return content, output


def content_of(arguments: argparse.Namespace) -> Path:
    content: Path = arguments.content
    if not content.is_dir():
        raise Usage(f"There is no folder called {content}. CONTENT= names your content folder.")
    return content
