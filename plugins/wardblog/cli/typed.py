"""The commands as people type them: which settings each takes, and what it needs installed.

`make new TITLE="Two bins"` and `ward.bat new TITLE="Two bins"` both come here. Only the standard
library is used, since on Windows nothing else may be installed yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wardblog.support.late_dataclass import dataclass

SPREADSHEETS = (".xlsx", ".ods")
# What the name of a file has in it that needs another library to be read.
_MAPS = (".gpkg", ".shp", ".osm", ".pbf", "oproad", "opmplc")


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """A command. `arguments` are the program's own, with spaces between.

    Each is filled from the setting of the same name in capitals: `title` becomes
    `--title=` and the value of `TITLE`. One that ends in a question mark has no value, and is there
    if the setting is anything but 0. `extras` are the optional libraries that it always needs, and
    `reads_lists` says whether it reads the council's lists.
    """

    arguments: str
    extras: tuple[str, ...] = ()
    reads_lists: bool = True


TYPED_COMMANDS: Mapping[str, TypedCommand] = {
    "html": TypedCommand("content output"),
    "serve": TypedCommand("content output port"),
    "write": TypedCommand("content output port", ("import",)),
    "new": TypedCommand("content title tags from"),
    "start": TypedCommand("content", reads_lists=False),
    "import": TypedCommand("content from uploads pictures? comments? publish? force?", ("import",)),
    "ward": TypedCommand("content postcode code name from force?", reads_lists=False),
    "fetch": TypedCommand("content from force?"),
    "newsletter": TypedCommand("content send?", ("reach",)),
    "subscribers": TypedCommand("content from forget export", ("reach",)),
    "leaflet": TypedCommand("content posts size poster", ("leaflet",)),
    "share": TypedCommand("content post"),
    "community": TypedCommand("content force?", ("reach",)),
    "listen": TypedCommand("content force?", ("reach",)),
    "cases": TypedCommand("content forget force?", ("casework",)),
    "case": TypedCommand("content issue street note", ("casework",)),
    "reply": TypedCommand("content issue street case"),
    "report": TypedCommand("content since force?"),
    "answers": TypedCommand("content from force", ("reach",)),
    "stats": TypedCommand("content log format", ("figures",)),
    "check": TypedCommand("content output format"),
    "why": TypedCommand("content output page"),
    "publish": TypedCommand("content output dry-run? force?"),
    "rollback": TypedCommand("content", reads_lists=False),
    "clean": TypedCommand("content output", reads_lists=False),
}
# The settings that are used where nothing is typed.
USUAL = {"CONTENT": "content", "OUTPUT": "output", "PORT": "8000"}


def _setting(argument: str) -> str:
    return argument.rstrip("?").replace("-", "_").upper()


SETTINGS = frozenset(
    _setting(argument)
    for command in TYPED_COMMANDS.values()
    for argument in command.arguments.split()
) | {"PRIVATE"}


def arguments_of(command: str, settings: Mapping[str, str]) -> list[str]:
    """The program's own arguments for a command, with what was typed after each setting."""
    found = [command]
    for argument in TYPED_COMMANDS[command].arguments.split():
        value = settings.get(_setting(argument), "")
        if not argument.endswith("?"):
            found.append(f"--{argument}={value}")
        elif any(word != "0" for word in value.split()):
            found.append(f"--{argument.rstrip('?')}")
    return found


def needed_extras(command: str, settings: Mapping[str, str]) -> Iterator[str]:
    """The names of the optional libraries that a command needs with these settings."""
    typed = TYPED_COMMANDS[command]
    if typed.reads_lists and _has_spreadsheets(Path(settings.get("CONTENT", "")) / "data"):
        yield "sheets"
    if command == "ward" and any(part in settings.get("FROM", "") for part in _MAPS):
        yield "geodata"
    yield from typed.extras


def _has_spreadsheets(data: Path) -> bool:
    """Whether there is one in this folder, or in a folder in it."""
    return any(
        path.suffix.casefold() in SPREADSHEETS
        for pattern in ("*", "*/*")
        for path in data.glob(pattern)
    )


def parsed(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The commands among these words, and the settings by name, as make tells them apart."""
    commands = [word for word in words if "=" not in word]
    settings = dict(word.split("=", 1) for word in words if "=" in word)
    return commands, settings
