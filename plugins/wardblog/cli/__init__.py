"""The commands: each reads its arguments, calls one room, and says in plain words how it went."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from wardblog.cli.common import (
    CONTENT,
    DONE,
    INTERNAL_ERROR,
    USAGE,
    WORKPLACE,
    Usage,
    prepare_streams,
    say,
)
from wardblog.problems import CommandError, ContentError, UsageError
from wardblog.support.private_files import close_to_others, private_folder, write_private
from wardblog.support.visible import escape_controls_in_line

FAULT_FILE = WORKPLACE / "fault.txt"


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; returns 0 done, 1 the content has problems, 2 wrong usage, 3 our fault."""
    prepare_streams()
    arguments = _parser().parse_args(argv)
    # Most commands end sooner than it takes to look for what could be thrown away.
    gc.disable()
    for path in (WORKPLACE, FAULT_FILE):  # an earlier version left them open to others
        close_to_others(path)
    try:
        return _command(arguments.run)(arguments)
    except Usage as usage:
        say(str(usage))
        return USAGE
    except ContentError as stopped:
        say(str(stopped))
        return CONTENT
    except CommandError as refused:
        say(f"{refused}.\n  {refused.hint}".rstrip())
        return USAGE if isinstance(refused, UsageError) else CONTENT
    except KeyboardInterrupt:
        say("\nStopped.")
        return DONE if arguments.command == "serve" else 130
    except OSError as error:
        where = f"{escape_controls_in_line(str(error.filename))}: " if error.filename else ""
        say(f"{where}{error.strerror or error}. Nothing more was written.")
        return CONTENT
    except MemoryError:
        say("This computer has too little free memory for it. Close other programs and try again.")
        return CONTENT
    except Exception as error:  # noqa: BLE001 - the one place where a fault of ours ends
        say(f"The software has a fault; your content is as it was. ({error})")
        _save_traceback()
        return INTERNAL_ERROR


def _save_traceback() -> None:
    """Where the fault was, for those who can correct it; a draft may be quoted in it."""
    # late import: see docs/architecture.md
    import traceback

    details = traceback.format_exc()
    try:
        private_folder(WORKPLACE)
        write_private(FAULT_FILE, details.encode("utf-8", "backslashreplace"))
    except OSError:
        say(details)
        return
    say(f"The details are in {FAULT_FILE.as_posix()}.")


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """A command by the module and the name of its function: the others are not imported."""
    module, _, function = name.partition(".")
    found: Callable[[argparse.Namespace], int]
    found = getattr(import_module(f"wardblog.cli.{module}"), function)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wardblog", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, run: str, about: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about)
        made.set_defaults(run=run)
        made.add_argument("--content", type=Path, default=Path("content"))
        return made

    for_html = command("html", "site.html", "build the site into the output folder")
    for_serve = command(
        "serve", "site.serve", "show the site on this machine, build it on every save"
    )
    for_serve.add_argument("--port", default="8000")
    for_publish = command(
        "publish", "publishing.publish", "build the site and put it where residents read it"
    )
    for_publish.add_argument("--dry-run", action="store_true")
    for_publish.add_argument("--force", action="store_true", help="say yes to what it would ask")
    for_why = command("why", "site.why", "say what a page depends on and what last changed it")
    for_why.add_argument("--page", default="")
    for_clean = command("clean", "site.clean", "remove what was built")
    for_check = command("check", "site.check", "read everything, and tell what is wrong")
    for_check.add_argument("--format", default="", help="text, json, sarif or github")
    for builds in (for_html, for_serve, for_publish, for_why, for_clean, for_check):
        builds.add_argument("--output", type=Path, default=Path("output"))
    command("rollback", "publishing.rollback", "bring back the site that was published before")
    command("start", "beginning.start", "replace the sample with a content folder of your own")
    for_new = command("new", "beginning.new", "write a new post's file, with every line explained")
    for_new.add_argument("--title", default="")
    for_new.add_argument("--tags", default="")
    for_new.add_argument("--from", dest="source", default="")
    return parser
