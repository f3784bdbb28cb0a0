"""Runs commands as people type them, and installs first what they need.

The Makefile comes here, and so does `ward.bat`, which does the same on Windows.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from wardblog.cli.common import (
    CONTENT_PROBLEMS,
    DONE,
    WRONG_USAGE,
    prepare_streams,
    print_error,
    print_line,
)
from wardblog.cli.typed import (
    SETTINGS,
    TYPED_COMMANDS,
    USUAL,
    arguments_of,
    needed_extras,
    parsed,
)
from wardblog.support.extras import EXTRAS, SITE, InstallError, install, is_up_to_date

_HELP = Path(__file__).with_name("help.txt")
# Settings that may be in the environment as well; the others count only if they are typed.
_LASTING = ("CONTENT", "OUTPUT", "PRIVATE", "PORT")
# Commands of the Makefile that are for developers.
_NOT_HERE = "  make test"


def launch(argv: Sequence[str] | None = None) -> int:
    """Run what was typed, such as `new TITLE="Two bins"`; return the exit status.

    Several commands run one after the other, until one of them fails. Nothing runs if a word is
    not known.
    """
    prepare_streams()
    commands, typed = parsed(sys.argv[2:] if argv is None else argv)
    commands = commands or _asked()
    settings = {**USUAL, **{n: os.environ[n] for n in _LASTING if os.environ.get(n)}, **typed}
    for name in ("OUTPUT", "PRIVATE"):  # some commands look there for them
        if settings.get(name):
            os.environ[name] = settings[name]
    if not _are_installed([SITE]):
        return CONTENT_PROBLEMS
    if message := _not_understood(commands, typed):
        print_error(message)
        return WRONG_USAGE
    for command in commands:
        if status := _run(command, settings):
            return status
    return DONE


def _asked() -> list[str]:
    """What to run where nothing was typed: the help.

    The window that Windows opens for a double click would close before anybody could read it.
    """
    if sys.platform != "win32" or not sys.stdin or not sys.stdin.isatty():
        return ["help"]
    print_line(help_text("ward"))
    print_line("\nPress Enter to write in your browser, or close this window.")
    sys.stdin.readline()
    return ["write"]


def help_text(program: str) -> str:
    """The list of commands, each beginning with the name of the program that runs them."""
    lines = _HELP.read_text(encoding="utf-8").splitlines()
    if program != "make":
        lines = [line for line in lines if not line.startswith(_NOT_HERE)]
    return "\n".join(line.replace("  make ", f"  {program} ", 1) for line in lines)


def _not_understood(commands: Sequence[str], typed: Mapping[str, str]) -> str:
    """What is wrong with the words, or nothing."""
    known = ("help", *TYPED_COMMANDS)
    unknown = [name for name in typed if name not in SETTINGS]
    is_plain = all(command in known for command in commands) and not unknown
    if is_plain and not ("new" in commands and len(commands) > 1):
        return ""
    # late import: it needs a library
    from wardblog.cli.unknown_words import explain

    return explain(commands, unknown, known, tuple(SETTINGS), typed)


def _run(command: str, settings: Mapping[str, str]) -> int:
    if command == "help":
        print_line(help_text("ward"))
        return DONE
    if not _are_installed(needed_extras(command, settings)):
        return CONTENT_PROBLEMS
    # late import: see docs/architecture.md
    from wardblog.cli import main

    arguments = arguments_of(command, settings)
    if command == "write" and os.environ.get("WARD_IN_CONTAINER"):
        arguments += ["--in-container", "--no-browser"]
    return main(arguments)


def _are_installed(names: Iterable[str]) -> bool:
    """Install what is not there yet in the right version; False if that failed."""
    for name in names:
        if is_up_to_date(name):
            continue
        if name == SITE:
            print_line("Installing what every command needs. This takes about a minute.")
        else:
            extra = EXTRAS[name]
            print_line(f"Installing {extra.about} ({extra.megabytes} MB), the first time only.")
        try:
            install(name)
        except InstallError:
            print_error(
                "That could not be installed. Nothing else was changed.\n"
                "  Check that this computer is connected to the internet, and try again."
            )
            return False
    return True
