"""The commands that the Makefile runs: one module a command, with its own arguments."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import ModuleType

from wardblog.cli.common import (
    CONTENT_PROBLEMS,
    DONE,
    FAULT_FILE,
    INTERNAL_ERROR,
    WORKPLACE,
    WRONG_USAGE,
    add_content_argument,
    prepare_streams,
    print_error,
    print_problems,
    saved_traceback,
)
from wardblog.problems import CommandError, ContentError, UsageError
from wardblog.support.exit_status import INTERRUPTED
from wardblog.support.private_files import close_to_others
from wardblog.support.visible import escape_controls_in_line

# Each command with its module in this package and what it does. A module has `run`, and
# `add_arguments` if the command takes more than the content folder.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "html": ("html", "build the site into the output folder"),
    "serve": ("serve", "preview the site on this computer, and rebuild it on every save"),
    "write": ("write", "write and publish in your own browser"),
    "new": ("new", "create a post, with every header line explained"),
    "start": ("start", "replace the sample with your own content folder"),
    "import": ("import_blog", "import an old blog from WordPress, Blogger and others"),
    "ward": ("ward", "fetch the outline, the map and the street names of a ward"),
    "fetch": ("fetch", "bring in what the sources of ward.toml offer"),
    "newsletter": ("newsletter", "build the next newsletter, show it, and send it if asked to"),
    "subscribers": ("subscribers", "read who asked to join or leave the newsletter"),
    "leaflet": ("leaflet", "make a leaflet or a poster, as PDF"),
    "share": ("share", "write what to post about a post on each channel"),
    "community": ("community", "check the links to other local sites"),
    "listen": ("listen", "collect what is new on local sites in one private digest"),
    "cases": ("cases", "list the cases that need attention"),
    "case": ("case", "add a case"),
    "reply": ("reply", "write a reply to paste into an e-mail"),
    "report": ("report", "draft a report-back post"),
    "answers": ("answers", "count the answers to questions"),
    "stats": ("stats", "count reads and subscribers from the web server's logs"),
    "check": ("check", "check the content and list every problem"),
    "why": ("explain", "explain what a page is made from and what last changed it"),
    "publish": ("publish", "build the site and put it where residents read it"),
    "rollback": ("rollback", "bring back the site that was published before"),
    "clean": ("clean", "remove the built site"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return 0 if done, 1 for content problems, 2 for wrong usage, 3 for a bug."""
    prepare_streams()
    arguments = _parse(sys.argv[1:] if argv is None else argv)
    # Most commands finish before collecting garbage could save any memory.
    gc.disable()
    for path in (WORKPLACE, FAULT_FILE):  # an earlier version left them open to other users
        close_to_others(path)
    try:
        return _run(arguments)
    except ContentError as error:
        print_problems(error)
        return CONTENT_PROBLEMS
    except CommandError as error:
        print_error(f"{error}.\n  {error.hint}".rstrip())
        return WRONG_USAGE if isinstance(error, UsageError) else CONTENT_PROBLEMS
    except KeyboardInterrupt:
        print_error("\nStopped.")
        return DONE if arguments.command in ("serve", "write") else INTERRUPTED
    except OSError as error:
        where = f"{escape_controls_in_line(str(error.filename))}: " if error.filename else ""
        print_error(f"{where}{error.strerror or error}. Nothing more was written.")
        return CONTENT_PROBLEMS
    except MemoryError:
        print_error(
            "This computer does not have enough free memory. Close other programs and try again."
        )
        return CONTENT_PROBLEMS
    except Exception as error:  # noqa: BLE001 - the one place where our own bugs end
        print_error(f"The software has a fault ({error}). Your content was not changed.")
        print_error(saved_traceback())
        return INTERNAL_ERROR


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    """The parsed arguments; only the module of the command that is run gets imported."""
    if argv and argv[0] in COMMANDS:
        # The parsers of all others are slow to make.
        parser = argparse.ArgumentParser(
            prog=f"wardblog {argv[0]}", description=COMMANDS[argv[0]][1]
        )
        _add_arguments(parser, argv[0])
        arguments, unknown = parser.parse_known_args(argv[1:])
        if not unknown:
            arguments.command = argv[0]
            return arguments
    return _whole_parser(argv).parse_args(argv)


def _whole_parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of all commands; those in `argv` take their own arguments."""
    parser = argparse.ArgumentParser(prog="wardblog", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (_, about) in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about)
        if name in argv:
            _add_arguments(command, name)
        else:
            add_content_argument(command)
    return parser


def _add_arguments(parser: argparse.ArgumentParser, name: str) -> None:
    add_content_argument(parser)
    if add_arguments := getattr(_module(COMMANDS[name][0]), "add_arguments", None):
        add_arguments(parser)


def _run(arguments: argparse.Namespace) -> int:
    module, _ = COMMANDS[arguments.command]
    run: Callable[[argparse.Namespace], int] = _module(module).run
    return run(arguments)


def _module(name: str) -> ModuleType:
    return import_module(f"wardblog.cli.{name}")
