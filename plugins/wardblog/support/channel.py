"""Talks to the program that started a command, in place of a terminal: messages and questions.

That program gives a random word in `WARD_CHANNEL`. Every message is one line on the standard
output, with the word and JSON. No text of a post or a file can be taken for one, since it does not
know the word and is inside the JSON. An answer is one line on the standard input.
"""

from __future__ import annotations

import json
import sys
from typing import TypeAlias

from wardblog.support.late_dataclass import dataclass

# The environment variable with the word; `progress_bar.py` reads it.
VARIABLE = "WARD_CHANNEL"
# Begins each message, so that nothing printed by a library in the middle of a line spoils it.
_START = "\x1e"
# What a message is: a line to read, an error, something for another program, a question, how much
# of the work is done, or a problem of a file with its parts.
SAY, ERROR, TEXT, ASK, PROGRESS = "say", "error", "text", "ask", "progress"
PROBLEM = "problem"

# A string, or the parts of a question or of the progress.
Value: TypeAlias = str | list[str | int]


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a command.

    The value of `ASK` has the question's number and its ending, and that of `PROBLEM` the file, the
    line or 0, the message and the hint.
    """

    kind: str
    value: Value


class CommandChannel:
    """The side of the command."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._asked = 0
        self._is_heard = True

    def say(self, text: str) -> None:
        self.tell(SAY, text)

    def error(self, text: str) -> None:
        self.tell(ERROR, text)

    def text(self, text: str) -> None:
        """Give a text that is for another program, or to be copied."""
        self.tell(TEXT, text)

    def progress(self, words: str, done: int, total: int) -> None:
        self.tell(PROGRESS, [words, done, total])

    def tell(self, kind: str, value: Value) -> None:
        """Send a message; raises `KeyboardInterrupt`, once, if nobody listens any more."""
        if not self._is_heard:
            return
        line = f"{_START}{self._word} {json.dumps({'kind': kind, 'value': value})}\n"
        try:
            sys.stdout.write(line)
            sys.stdout.flush()
        except (OSError, ValueError):
            self._is_heard = False
            raise KeyboardInterrupt from None

    def ask(self, ending: str) -> bool:
        """Ask, and wait for the answer; an input that has ended is a no.

        `ending` is what a yes does, such as "to write these files".
        """
        self._asked += 1
        self.tell(ASK, [self._asked, ending])
        return sys.stdin.readline().split() == [str(self._asked), "yes"]


def read_message(line: str, word: str) -> Message | None:
    """The message in a line; None for a line that anything else has printed."""
    begun, found, rest = line.partition(f"{_START}{word} ")
    if begun or not found:
        return None
    try:
        data = json.loads(rest)
        return Message(data["kind"], data["value"])
    except (ValueError, LookupError, TypeError):
        return None


def answer_line(number: int, *, is_yes: bool) -> bytes:
    """What is written to the input of a command that asked."""
    return f"{number} {'yes' if is_yes else 'no'}\n".encode()
