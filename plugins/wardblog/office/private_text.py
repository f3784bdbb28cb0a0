"""Reads a Markdown file of the private side, such as the words of a newsletter or a leaflet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from wardblog.content.header.front_matter import HeaderLine
from wardblog.problems import did_you_mean
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import read_utf8

_KEY_LINE = late_regex(r"([A-Za-z][A-Za-z -]*?)[ \t]*:[ \t]*(.*)")
# A line that a program wrote as an explanation.
_NOTE = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateText:
    """`Key: value` lines, a blank line, and a text in Markdown, which begins on `body_line`.

    `file` is the path below the private folder.
    """

    file: str
    entries: tuple[HeaderLine, ...] = ()
    body: str = ""
    body_line: int = 1

    def all(self, key: str) -> tuple[HeaderLine, ...]:
        return tuple(entry for entry in self.entries if entry.key == key)

    def first(self, key: str) -> str:
        """The value of a line, or ""."""
        return next((entry.value for entry in self.entries if entry.key == key), "")


def read_private_text(
    path: Path, file: str, repeats: Mapping[str, bool], report: Report
) -> PrivateText | None:
    """Read a file; None if it is not text. `repeats` has the known keys, and which may repeat.

    Unknown and doubled lines are reported. Lines that begin with "#" above the text are notes.
    """
    text = read_utf8(path, report)
    return None if text is None else private_text_of(text, file, repeats, report)


def private_text_of(
    text: str, file: str, repeats: Mapping[str, bool], report: Report
) -> PrivateText:
    """The parts of a text; as `read_private_text`."""
    entries: list[HeaderLine] = []
    is_taken: bool | None = None  # whether the last line with a key was accepted
    lines = text.split("\n")
    number = 0
    for number, line in enumerate(lines, 1):
        if line.startswith(_NOTE) or (not entries and not line.strip()):
            continue
        if not line.strip():
            break
        if line[0].isspace() and is_taken is not None:
            if is_taken:
                _continue(entries, line.strip(), number, repeats)
            continue
        match = _KEY_LINE.fullmatch(line.rstrip())
        if match is None:
            number -= 1  # the text begins without a blank line above it
            break
        is_taken = _add(
            entries, match[1], HeaderLine(match[1], match[2].strip(), number), repeats, report
        )
    else:
        number = len(lines)
    return PrivateText(
        file=file,
        entries=tuple(entry for entry in entries if entry.value),
        body="\n".join(lines[number:]),
        body_line=number + 1,
    )


def _continue(
    entries: list[HeaderLine], words: str, number: int, repeats: Mapping[str, bool]
) -> None:
    """An indented line is another value of a key that repeats, or more words of any other."""
    last = entries[-1]
    if repeats.get(last.key):
        entries.append(HeaderLine(last.key, words, number))
    else:
        entries[-1] = HeaderLine(last.key, f"{last.value} {words}".strip(), last.line)


def _add(
    entries: list[HeaderLine],
    written: str,
    line: HeaderLine,
    repeats: Mapping[str, bool],
    report: Report,
) -> bool:
    """Add a line; False if it is unknown or doubled, which is reported."""
    key = next((key for key in repeats if _plain(key) == _plain(written)), None)
    if key is None:
        report.stop(
            line.line,
            f'there is no line called "{written}"',
            did_you_mean(
                written,
                repeats,
                f"There are: {', '.join(repeats)}. If the text begins here, leave an empty line "
                "above it.",
            ),
        )
        return False
    if not repeats[key] and any(entry.key == key for entry in entries):
        report.stop(line.line, f'"{key}" appears twice', "Keep one of the two lines.")
        return False
    entries.append(HeaderLine(key, line.value, line.line))
    return True


def _plain(key: str) -> str:
    """A key however its words are joined: `Leave out`, `leave-out`."""
    return " ".join(key.replace("-", " ").casefold().split())
