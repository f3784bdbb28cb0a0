"""Header lines that were written in the text, where they would be printed and have no effect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from wardblog.content.header.recognise import COLONS, KeyLine, is_blank, loose_key_line
from wardblog.content.keys import KEYS
from wardblog.problems import nearest
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# Keys whose values nobody writes in an ordinary sentence.
_UNMISTAKABLE = frozenset(k.name for k in KEYS.values() if not (k.is_free or k.is_everyday))
_HIDING = ("draft", "drafts", "hidden", "private", "unpublished", "unlisted")
_VAGUE = ("street", "area")
# "Status – draft", "Status = draft" and "Status draft", each on a line of its own.
_NO_COLON = late_regex(
    r"(?P<lead>(?:[^\w\n]|_){0,20})(?P<key>status|precision)(?:[^\w\n]|_){1,8}"
    r"(?P<value>draft|hidden|street|area)(?:[^\w\n]|_)*$",
    re.IGNORECASE,
)
# At the end of another value, where a line break was lost.
_APPENDED = late_regex(
    rf"\b(?:status[^\S\n]*[{COLONS}]\s*(?:draft|hidden)"
    rf"|precision[^\S\n]*[{COLONS}]\s*(?:street|area))\W*$",
    re.IGNORECASE,
)
_CLOSING = ('"', "'", "”", "’", "`", "»")
_WORD = late_regex(r"[\W_]*([^\W\d_]+)\s*(.*)$", re.DOTALL)
_PASSED_OVER = late_regex(r"[\W_]*$|\s{0,3}#{1,6}\s")
_COMMENT = late_regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = late_regex(r" {0,3}(`{3,}|~{3,})(.*)$")
_COLON = late_regex(f"[{COLONS}]")
_ONE_WORD_EACH = late_regex(rf"[^\w\n]{{0,20}}(\w{{4,12}})[^\w\n]{{0,8}}[{COLONS}]\W*(\w+)\W*$")
_AS_TEXT = "(If it is meant as text, put another word before it.)"
_LONGEST_BARE, _MOST_BEFORE = 60, 4


class _Where(Enum):
    BELOW_BLANK = "below a blank line"
    ON_TOP = "before the text"
    IN_TEXT = "in the text"


@dataclass(frozen=True, slots=True)
class Stray:
    """A header line outside of the header."""

    key: str
    value: str
    line: int


def report_appended(key: str, value: str, line: int, report: Report) -> str:
    """Reports `Title: Bins Status: draft`, which would be published under that title.

    Returns the value without the second line, so that the mistake is reported only once.
    """
    if not KEYS[key].protects and (appended := _appended_to(value)):
        report.stop(
            line,
            f'"{appended[0].strip()}" is at the end of "{key}", and would be printed there',
            "Put it on a line of its own.",
        )
        return value[: appended.start()].rstrip(" \t|,;–-")
    return value


def _appended_to(value: str) -> re.Match[str] | None:
    """The header line at the end of another value; the slow pattern only where it can match."""
    small = value.lower()
    if small.isascii() and "status" not in small and "precision" not in small:
        return None
    return _APPENDED.search(value)


def report_stray_lines(lines: Sequence[str], first_line: int, report: Report) -> tuple[Stray, ...]:
    """Reports the header lines in a text, and returns those that stop the build.

    `first_line` is the number of the text's first line in its file.
    """
    if any("<!--" in line for line in lines):
        lines = _COMMENT.sub(lambda c: "\n" * c[0].count("\n"), "\n".join(lines)).split("\n")
    if known := {p.line for p in report.problems if p.line and p.line >= first_line}:
        lines = ["" if n in known else line for n, line in enumerate(lines, first_line)]
    stopping, begun = _above_text(lines, first_line, report)
    _report_inside(lines, begun, first_line, report)
    return tuple(stopping)


def _above_text(lines: Sequence[str], first_line: int, report: Report) -> tuple[list[Stray], int]:
    """The key lines above the first words of the text, and the index at which those begin."""
    where = _Where.BELOW_BLANK
    run: list[tuple[Stray, _Where]] = []
    begun = len(lines)
    for index, line in enumerate(lines):
        if is_blank(line):
            continue
        known = _known_above(line)
        if known and _is_meant(known, line):
            run.append((Stray(known.key, known.value, first_line + index), where))
        elif known and not known.lead.strip() and not KEYS[known.key].is_free:
            _warn(known, first_line + index, report)
        elif _PASSED_OVER.match(line):
            where = _Where.ON_TOP
        else:
            begun = index
            break
    if run:
        _stop(run, report)
    return [stray for stray, _ in run], begun


def _known_above(line: str) -> KeyLine | None:
    return None if line.lstrip(" \t")[:1] == "|" else loose_key_line(line)


def _is_meant(known: KeyLine, line: str) -> bool:
    """Whether a line above the text was meant for the header."""
    key = KEYS[known.key]
    if key.protects:
        few = len(known.value.split()) <= 3 and not known.lead.strip()
        return "`" not in known.lead and (few or _protects(known) or key.accepts(known.value))
    if key.is_free:
        return not known.lead.strip() and not line.startswith("    ")
    is_broken = known.key in _UNMISTAKABLE and "|" in known.value
    return "`" not in known.lead and (is_broken or key.accepts(known.value))


def _stop(run: list[tuple[Stray, _Where]], report: Report) -> None:
    """One problem for lines that are together."""
    first, where = run[0]
    keys = list(dict.fromkeys(stray.key for stray, _ in run))
    many = len(keys) > 1
    names = ", ".join(f'"{key}"' for key in keys[:-1]) + " and " * many + f'"{keys[-1]}"'
    verb, it = ("are", "them") if many else ("is", "it")
    hint = f"Move {it} up to the other header lines."
    if where is _Where.BELOW_BLANK:
        hint = f"Remove the blank line above {it}."
    report.stop(
        first.line,
        f"{names} {verb} {where.value}, and would be printed as text",
        f"{hint} {_AS_TEXT}",
    )


def _report_inside(lines: Sequence[str], begun: int, first_line: int, report: Report) -> None:
    """Header lines inside the text: those that protect residents stop, the others are warnings."""
    fence = ""
    for index in range(begun, len(lines)):
        line = lines[index]
        if "```" in line or "~~~" in line:
            fence = _fence_after(line, fence)
        if len(line) > _LONGEST_BARE and ":" not in line and line.isascii():
            continue
        if known := _known(line):
            if _protects(known):
                is_code = bool(fence) or "`" in known.lead
                _report_protecting(line.strip(), first_line + index, is_code, report)
            elif not fence and _is_unmistakable(known, line):
                _warn(known, first_line + index, report)
        elif not fence and "`" not in line and (appended := _appended_to(line)):
            report.warn(
                first_line + index,
                f'"{appended[0].strip()}" is at the end of this line, and will be printed there',
                "If it is meant as a header line, move it to the top.",
            )


def _report_protecting(line: str, number: int, is_code: bool, report: Report) -> None:
    message = f'"{line}" is in the text, and would be printed there'
    if is_code:
        report.warn(number, message, "If it is meant as a header line, move it to the top.")
    else:
        hint = f"Move it to the top, to the other header lines. {_AS_TEXT}"
        report.stop(number, message, hint)


def _is_unmistakable(known: KeyLine, line: str) -> bool:
    is_quoted = bool(set(known.lead) & {">", "`"}) or line.startswith("    ")
    return known.key in _UNMISTAKABLE and not is_quoted and KEYS[known.key].accepts(known.value)


def _fence_after(line: str, fence: str) -> str:
    """The marks of the fenced code that is open below the line; empty if there is none."""
    match = _FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        return match[1]
    return "" if match[1].startswith(fence) and not match[2].strip() else fence


def _known(line: str) -> KeyLine | None:
    if line.lstrip(" \t")[:1] == "|":
        return None  # a row of a table
    colon = _COLON.search(line, 0, _LONGEST_BARE)
    # Most lines with a colon have too many words before it to be a key.
    is_near = colon is not None and len(line[: colon.start()].split()) <= _MOST_BEFORE
    if is_near and (known := loose_key_line(line) or _misspelt(line)):
        return known
    if len(line) <= _LONGEST_BARE and (match := _NO_COLON.match(line)):
        return KeyLine(match["key"].capitalize(), match["value"], match["lead"])
    return None


def _misspelt(line: str) -> KeyLine | None:
    """A line such as `Stauts: draft`."""
    match = _ONE_WORD_EACH.match(line) if len(line) <= _LONGEST_BARE else None
    if match is None or match[2].casefold() not in (*_HIDING, *_VAGUE):
        return None
    name = "Precision" if match[2].casefold() in _VAGUE else "Status"
    key = nearest(match[1], (name,))
    return KeyLine(key, match[2], "") if key else None


def _protects(known: KeyLine) -> bool:
    """Whether the line would keep something from residents: a draft, or an exact place."""
    match = _WORD.match(known.value)
    if match is None or not KEYS[known.key].protects:
        return False
    word, rest = match[1].casefold(), match[2]
    if rest[:1].isalnum() or (rest[:1] in _CLOSING and re.search(r"\w", rest)):
        return False  # a sentence, or one that speaks of such a line
    protecting = _HIDING if known.key == "Status" else _VAGUE
    if word in ("published", "exact"):
        return False
    return word in protecting or (not rest and nearest(word, protecting) is not None)


def _warn(known: KeyLine, number: int, report: Report) -> None:
    report.warn(
        number,
        f'this line begins with "{known.key}", but it is in the text, and will be printed there',
        "If it is meant as a header line, move it to the top.",
    )
