"""What several commands share: output to the terminal, the folders, and the report on a build."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from wardblog.model import Post, Visibility
from wardblog.problems import (
    CommandError,
    ContentError,
    Severity,
    UsageError,
    display_path,
    render,
    sorted_unique,
)
from wardblog.support.private_files import private_folder, private_side, write_private
from wardblog.support.progress_bar import listener
from wardblog.support.visible import escape_controls
from wardblog.text.words import counted, long_date

if TYPE_CHECKING:
    from wardblog.build import Run

ROOT = Path(__file__).resolve().parents[3]
# Files that the software keeps between runs.
WORKPLACE = Path(".wardblog")
FAULT_FILE = WORKPLACE / "fault.txt"
_SOFTWARE = ("plugins", "theme", "docs", "tests")
# Exit statuses.
DONE, CONTENT_PROBLEMS, WRONG_USAGE, INTERNAL_ERROR = 0, 1, 2, 3


def prepare_streams() -> None:
    """Make sure that every message can be written, whatever the output is connected to.

    A closed stream is connected to the null device, so that no opened file takes its number. A
    terminal with a small character set gets all other characters as escapes.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or _null_stream("r")
    sys.stdout = sys.stdout or _null_stream("w")
    sys.stderr = sys.stderr or _null_stream("w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    listener()  # before another program is started, which must not learn about it


def _null_stream(mode: str) -> TextIO:
    stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - open until the end
    assert isinstance(stream, io.TextIOWrapper)  # noqa: S101 - opened as text
    return stream


def print_error(text: str) -> None:
    if other := listener():
        other.error(escape_controls(text))
        return
    _write(sys.stderr, f"{escape_controls(text)}\n")


def print_problems(error: ContentError) -> None:
    """Print what is wrong in the content; a listener gets the parts of what stops the command."""
    other = listener()
    if not other:
        print_error(str(error))
        return
    # late import: see docs/architecture.md
    from wardblog.support.channel import PROBLEM

    for one in sorted_unique(error.problems):
        if one.severity is Severity.STOP:
            other.tell(PROBLEM, [one.file, one.line or 0, one.message, one.hint])
    print_error(error.ending)


def print_line(text: str) -> None:
    if other := listener():
        other.say(escape_controls(text))
        return
    _write(sys.stdout, f"{escape_controls(text)}\n")


def print_for_programs(text: str) -> None:
    """Write what another program reads: always as UTF-8, and without escapes."""
    if other := listener():
        other.text(text)
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    _write(sys.stdout, f"{text}\n")


def _write(stream: TextIO, text: str) -> None:
    """Write the text; a reader that has closed its end, as in `make check | head`, is fine."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)


def can_ask() -> bool:
    """Whether somebody can answer: at a terminal, or through the program that started this."""
    return bool(listener() or (sys.stdin and sys.stdin.isatty()))


def confirm(what: str) -> bool:
    """Ask for a "yes"; `what` ends the question, such as "to publish anyway"."""
    if other := listener():
        return other.ask(what)
    _write(sys.stdout, f'Type "yes" {what}: ')
    return sys.stdin.readline().strip().casefold() in ("yes", "y")


def confirm_or_stop(what: str, unasked: CommandError, refused: CommandError) -> None:
    """Ask; raises `unasked` if nobody can answer, `refused` after a no."""
    if not can_ask():
        raise unasked
    if not confirm(what):
        raise refused


def ask_to_write() -> None:
    """Ask; raises `CommandError` after a no, or if nobody can answer."""
    confirm_or_stop(
        "to write these files",
        CommandError(
            "Nothing was written, because this command could not ask for your confirmation",
            "If this is what you want, run the same command with FORCE=1.",
        ),
        CommandError("Nothing was written; your content was not changed"),
    )


def add_content_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--content", type=Path, default=Path("content"), help="the content folder")


def add_output_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, default=Path("output"), help="the output folder")


def content_folder(arguments: argparse.Namespace) -> Path:
    content: Path = arguments.content
    if not content.is_dir():
        raise UsageError(
            f"There is no folder called {content}",
            "After CONTENT=, write the name of your content folder.",
        )
    _check_private({f"CONTENT={content}": content})
    return content


def content_and_output(arguments: argparse.Namespace) -> tuple[Path, Path]:
    """Both folders; refused if a build into one could harm the other."""
    content, output = content_folder(arguments), arguments.output
    paths = content.resolve(), output.resolve()
    if paths[0] == paths[1] or paths[0] in paths[1].parents or paths[1] in paths[0].parents:
        raise UsageError(
            f"OUTPUT={output} and CONTENT={content} must not be inside one another",
            "Choose a separate output folder.",
        )
    if output.exists() and not output.is_dir():
        raise UsageError(f"OUTPUT={output} is a file", "Choose a folder.")
    _check_private({f"OUTPUT={output}": output})
    return content, output


def private_folder_of(content: Path) -> Path:
    """The folder of what only the councillor may see; it need not exist.

    Refused if it lies inside the content, the output, the folder where the site is published or a
    folder of the software, or one of them inside it.
    """
    output = Path(os.environ.get("OUTPUT") or "output")
    others = {f"OUTPUT={output}": output}
    others |= {f"{f}, where the site is published,": f for f in publish_folders(content)}
    others |= {f"{name}/, which belongs to the software,": ROOT / name for name in _SOFTWARE}
    private = _check_private(others)
    if private.exists() and not private.is_dir():
        raise UsageError(f"PRIVATE={private} is a file", "Choose a folder.")
    _refuse_links_out_of(private)
    return private


def _refuse_links_out_of(private: Path) -> None:
    """What is written into a folder of the private folder must not land anywhere else."""
    own = private.resolve()
    for folder, names, _ in os.walk(private):
        for path in (Path(folder, name) for name in names):
            if path.is_symlink() and own not in path.resolve().parents:
                raise UsageError(
                    f"{display_path(path)} is a link that leads out of {display_path(private)}",
                    "Put an ordinary folder in its place, so that what is private stays there.",
                )


def _check_private(others: Mapping[str, Path]) -> Path:
    """The private folder; `others` must not be inside it, nor it inside one of them."""
    written = os.environ.get("PRIVATE") or "private"
    private = private_side()
    own = private.resolve()
    for name, folder in others.items():
        other = folder.resolve()
        if own == other or own in other.parents or other in own.parents:
            raise UsageError(
                f"PRIVATE={written} and {name} must not be inside one another",
                "Choose a separate folder for what only you may see.",
            )
    return private


def publish_folders(content: Path) -> tuple[Path, ...]:
    """The folders of this computer to which ward.toml publishes the site."""
    # late import: see docs/architecture.md
    from wardblog.content import read_settings_of

    settings, _ = read_settings_of(content)
    if settings is None or not settings.publish.is_on_this_computer or not settings.publish.path:
        return ()
    path = Path(settings.publish.path).expanduser()
    return path, path.with_name(f"{path.name}.releases")


def report_build(run: Run) -> None:
    """Print the warnings, the posts that are not published yet, and what was written."""
    if run.notes:
        print_line(render(run.notes, run.content, notes=True))
    if run.warnings:
        print_error(render(run.warnings, run.content, fresh=run.reading.read))
    for post in (*run.site.posts, *run.site.pages):
        if post.visibility is Visibility.DRAFT:
            print_line(f"Draft, not published: {display_path(run.content / post.file)}")
        elif post.visibility is Visibility.SCHEDULED:
            where = display_path(run.content / post.file)
            print_line(f"Scheduled for {long_date(post.date)}: {where}")
    print_line(
        f"Built {counted(_published(run.site.posts), 'post')} and "
        f"{counted(_published(run.site.pages), 'page')} into {display_path(run.folder.root)}: "
        f"{counted(len(run.folder.changed), 'file')} written, {len(run.gone):,} removed."
    )


def saved_traceback() -> str:
    """Save the traceback in a private file, since it may quote a draft; say where it is.

    Returns the traceback itself where it cannot be saved.
    """
    # late import: see docs/architecture.md
    import traceback

    details = traceback.format_exc()
    try:
        private_folder(WORKPLACE)
        write_private(FAULT_FILE, details.encode("utf-8", "backslashreplace"))
    except OSError:
        return details
    return f"The details are in {FAULT_FILE.as_posix()}."


def _published(posts: Iterable[Post]) -> int:
    return sum(not post.visibility.is_waiting for post in posts)


def protected_folders(content: Path, output: Path) -> dict[str, Path]:
    """The folders in which no site may be published, by what a message calls them."""
    private = Path(os.environ.get("PRIVATE") or content.absolute().parent / "private")
    own = {f"{name}/, which belongs to the software": ROOT / name for name in _SOFTWARE}
    return {
        display_path(content): content,
        display_path(output): output,
        display_path(private): private,
        **own,
    }
