"""What several commands need: to tell and ask, and the folders that they were given."""

from __future__ import annotations

import argparse
import io
import os
import sys
from pathlib import Path
from typing import TextIO

from wardblog.support.visible import escape_controls

ROOT = Path(__file__).resolve().parents[3]
# What is kept between runs, out of the way.
WORKPLACE = Path(".wardblog")
DONE, CONTENT, USAGE, INTERNAL_ERROR = 0, 1, 2, 3


class Usage(Exception):  # noqa: N818 - not an error of ours
    """The command was called in a way that cannot be meant."""


def prepare_streams() -> None:
    """Makes sure that whatever is said can be written, wherever that leads.

    A stream that was closed leads to nowhere, so that no file takes its place. A terminal that
    knows few letters, as in some old locales, gets the others as escapes.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _nowhere(mode: str) -> TextIO:
    stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - until the end
    assert isinstance(stream, io.TextIOWrapper)  # noqa: S101 - of text, as asked for
    return stream


def say(words: str) -> None:
    _write(sys.stderr, f"{escape_controls(words)}\n")


def tell(words: str) -> None:
    _write(sys.stdout, f"{escape_controls(words)}\n")


def print_for_programs(text: str) -> None:
    """Writes what another program reads: always as UTF-8."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    _write(sys.stdout, f"{text}\n")


def _write(stream: TextIO, text: str) -> None:
    """A reader who has gone, as in `make check | head`, stops nothing."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def confirm(what: str) -> bool:
    _write(sys.stdout, f'Type "yes" {what}: ')
    return sys.stdin.readline().strip().casefold() in ("yes", "y")


def folders_of(arguments: argparse.Namespace) -> tuple[Path, Path]:
    """The content and output folders, refused where a build could harm what is in them."""
    content, output = content_folder(arguments), arguments.output
    one, other = output.resolve(), content.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise Usage(
            f"OUTPUT={output} and CONTENT={content} are inside one another.\n"
            "Choose an output folder of its own."
        )
    if output.exists() and not output.is_dir():
        raise Usage(f"OUTPUT={output} is a file. Choose a folder.")
    return content, output


def content_folder(arguments: argparse.Namespace) -> Path:
    content: Path = arguments.content
    if not content.is_dir():
        raise Usage(f"There is no folder called {content}. CONTENT= names your content folder.")
    return content
