"""What the Makefile calls for words that it does not know, in place of any command."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping, Sequence

from wardblog.cli.common import USAGE, say
from wardblog.problems import nearest
from wardblog.support.ending import end, make_above

# What other programs call the commands.
_SYNONYMS = {
    "build": "html", "deploy": "publish", "install": "start", "post": "new", "preview": "serve",
    "revert": "rollback", "run": "serve", "server": "serve", "undo": "rollback",
    "upload": "publish",
}  # fmt: skip
_EXAMPLE = 'make new TITLE="Two grit bins moved" TAGS="grit bins, winter"'


def explain(
    goals: Sequence[str],
    variables: Sequence[str],
    commands: Sequence[str],
    names: Sequence[str],
    given: Mapping[str, str],
) -> str:
    """One sentence about what was not understood, and the command that was probably meant.

    `goals` are all commands as typed, `variables` the names before an equals sign that there are
    not, and `given` the values of those that there are.
    """
    strange = [goal for goal in goals if goal not in commands]
    if "new" in goals and len(goals) > 1 and (strange or given.get("TITLE") or given.get("TAGS")):
        return _unquoted(goals, given)
    if strange and goals[0] in commands:
        return (
            f'"{strange[0]}" is not a command. Did you mean "make {goals[0]}" alone? '
            'Nothing was done.\n  "make" alone lists all commands.'
        )
    if strange:
        word = strange[0]
        best = _SYNONYMS.get(word.casefold()) or nearest(word, commands)
        guess = f' Did you mean "make {best}"?' if best else ""
        return (
            f'There is no command called "{word}".{guess} Nothing was done.\n'
            '  "make" alone lists all commands.'
        )
    if variables:
        word = variables[0]
        best = nearest(word.replace("-", "_"), names)
        guess = f' Did you mean "{best}=..."?' if best else ""
        return (
            f'"{word}=..." means nothing here.{guess} Nothing was done.\n'
            f"  There are: {', '.join(sorted(names))}."
        )
    return "Give make new alone, without other commands. Nothing was done."


def _unquoted(goals: Sequence[str], given: Mapping[str, str]) -> str:
    """Words of a title that the shell took apart."""
    used = [name for name in ("TITLE", "TAGS", "FROM") if given.get(name)]
    words = [goal for goal in goals if goal != "new"]
    right = _EXAMPLE
    if not used:
        right = f"make new TITLE={_quoted(' '.join(words))}"
        return f"The title needs TITLE= before it. Nothing was written.\n  Write: {right}"
    if len(used) == 1:
        right = f"make new {used[0]}={_quoted(' '.join((given[used[0]], *words)))}"
    name = used[0] if len(used) == 1 else "TITLE and TAGS"
    return f"Put quotation marks around {name}. Nothing was written.\n  Write: {right}"


def _quoted(words: str) -> str:
    return shlex.quote(words) if re.search(r'["$`\\!]', words) else f'"{words}"'


def main() -> int:
    make = make_above()
    commands, names = os.environ["WARD_COMMANDS"].split(), os.environ["WARD_NAMES"].split()
    goals, variables = os.environ["WARD_GOALS"].split(), os.environ["WARD_UNKNOWN"].split()
    say(explain(goals, variables, commands, names, os.environ))
    return end(USAGE, make)


if __name__ == "__main__":
    raise SystemExit(main())
