"""What the Makefile runs, instead of any command, for words that it does not know."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping, Sequence

from wardblog.cli.common import WRONG_USAGE, print_error
from wardblog.problems import nearest
from wardblog.support.exit_status import end, make_above

# What other programs call the commands.
_SYNONYMS = {
    "build": "html", "deploy": "publish", "install": "start", "post": "new", "preview": "serve",
    "revert": "rollback", "run": "serve", "server": "serve", "undo": "rollback",
    "upload": "publish",
}  # fmt: skip
_EXAMPLE = 'make new TITLE="Two grit bins moved" TAGS="grit bins, winter"'


def explain(
    goals: Sequence[str],
    unknown_names: Sequence[str],
    commands: Sequence[str],
    names: Sequence[str],
    values: Mapping[str, str],
) -> str:
    """What was not understood, and the command that was probably meant.

    `goals` are all commands as typed, `unknown_names` the names before an equals sign that do not
    exist, and `values` the values of those that do.
    """
    unknown = [goal for goal in goals if goal not in commands]
    if "new" in goals and len(goals) > 1 and (unknown or values.get("TITLE") or values.get("TAGS")):
        return _unquoted(goals, values)
    if unknown and goals[0] in commands:
        return (
            f'"{unknown[0]}" is not a command. Did you mean only "make {goals[0]}"? '
            'Nothing was done.\n  Run "make" to list all commands.'
        )
    if unknown:
        word = unknown[0]
        best = _SYNONYMS.get(word.casefold()) or nearest(word, commands)
        guess = f' Did you mean "make {best}"?' if best else ""
        return (
            f'There is no command called "{word}".{guess} Nothing was done.\n'
            '  Run "make" to list all commands.'
        )
    if unknown_names:
        word = unknown_names[0]
        best = nearest(word.replace("-", "_"), names)
        guess = f' Did you mean "{best}=..."?' if best else ""
        return (
            f'There is no setting "{word}=...".{guess} Nothing was done.\n'
            f"  The settings are: {', '.join(sorted(names))}."
        )
    return "Run make new by itself, without other commands. Nothing was done."


def _unquoted(goals: Sequence[str], values: Mapping[str, str]) -> str:
    """The message for a title that the shell split into words."""
    used = [name for name in ("TITLE", "TAGS", "FROM") if values.get(name)]
    words = [goal for goal in goals if goal != "new"]
    right = _EXAMPLE
    if not used:
        right = f"make new TITLE={_quoted(' '.join(words))}"
        return f"The title needs TITLE= before it. Nothing was written.\n  Write: {right}"
    if len(used) == 1:
        right = f"make new {used[0]}={_quoted(' '.join((values[used[0]], *words)))}"
    name = used[0] if len(used) == 1 else "TITLE and TAGS"
    return f"Put quotation marks around {name}. Nothing was written.\n  Write: {right}"


def _quoted(words: str) -> str:
    return shlex.quote(words) if re.search(r'["$`\\!]', words) else f'"{words}"'


def main() -> int:
    make = make_above()
    commands, names, goals, unknown_names = (
        os.environ[variable].split()
        for variable in ("WARD_COMMANDS", "WARD_NAMES", "WARD_GOALS", "WARD_UNKNOWN_NAMES")
    )
    print_error(explain(goals, unknown_names, commands, names, os.environ))
    return end(WRONG_USAGE, make)


if __name__ == "__main__":
    raise SystemExit(main())
