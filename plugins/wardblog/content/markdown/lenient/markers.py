"""The marks of lists as word processors and people write them, made the ones Markdown knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from wardblog.content.markdown.lenient.blocks import HEADING, RULE, ends_with_colon, is_item
from wardblog.content.markdown.lenient.lines import SourceLine, Unclear
from wardblog.content.markdown.lenient.typed import LETTERED
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_BULLET = "-"
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii",
          "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A kind of mark. `mark` and `words` are groups of the pattern.

    `fewest` is how many must follow each other to be a list; one is enough right below a line
    that ends with a colon, if `colon` says so. `value` gives the number after a mark; those of
    one list count upwards. `keeps` is for signs that mean something, and so stay.
    """

    name: str
    pattern: re.Pattern[str]
    fewest: int = 1
    colon: bool = True
    value: Callable[[str], int] | None = None
    keeps: bool = False


def _bullets(
    name: str, signs: str, gap: str, fewest: int = 1, colon: bool = True, keeps: bool = False
) -> Family:
    pattern = late_regex(rf"\s*(?P<mark>{signs}){gap}(?P<words>.*\w.*)")
    return Family(name=name, pattern=pattern, fewest=fewest, colon=colon, value=None, keeps=keeps)


def _numbers(name: str, signs: str, value: Callable[[str], int], fewest: int = 2) -> Family:
    gap = r"[ \t\xa0]+(?P<words>\S.*)"
    forms = rf"\s*(?:\((?P<mark>{signs})\)|(?P<mark2>{signs})(?:\.\)|[.)])){gap}"
    return Family(name=name, pattern=late_regex(forms), fewest=fewest, colon=False, value=value)


def _letter(written: str) -> int:
    return ord(written.lower()) - ord("a") + 1


def _roman(written: str) -> int:
    small = written.lower()
    return _ROMAN.index(small) if small in _ROMAN else 0


_LATIN = r"[A-Za-z\"'“‘£(\[*]"
# The first that fits counts. Word's own signs are in the private use area, by their fonts.
FAMILIES: tuple[Family, ...] = (
    _bullets("•", "[•‣●∙⁃\uf0b7\uf0fc\uf0d8➢❖►▶]", r"\s*"),
    _bullets("◦", "[◦○⚬]", r"\s*"),
    _bullets("▪", "[▪▫■□◾◼\uf0a7\uf076]", r"\s*"),
    _bullets("·", "·", r"\s+"),
    _bullets("▪", "[§Øüqv]", r"\t\s*"),
    _bullets("◦", "o", r"\t\s*"),
    _bullets("◦", "o", r"[ \xa0]+(?=[A-Z\"“£\d])", fewest=2),
    _bullets("–", "[–—‒―−]", r"[ \t\xa0]+", fewest=2),
    _bullets("-", "[-*+]", r"(?:\xa0[ \t\xa0]*|[ ]+\xa0[\xa0 ]*)"),
    _bullets("-", r"-(?![-\d])", rf"(?={_LATIN})(?!\*)", fewest=2, colon=False),
    _bullets("-", r"\*", r"(?=\w)(?=[^*]*$)", fewest=2, colon=False),
    _bullets("✓", "[✓✔✗✘✅❌☐☑☒→➡➔⇒]\ufe0f?", r"\s+", fewest=2, keeps=True),
    # "1." is Markdown's own, and so is not among these.
    Family(
        name="1",
        pattern=late_regex(
            r"\s*(?:\((?P<mark>\d{1,3})\)|(?P<mark2>\d{1,3})\.?\))\s+(?P<words>\S.*)"
        ),
        fewest=2,
        value=int,
    ),
    Family(
        name="1",
        pattern=late_regex(rf"\s*(?P<mark>\d{{1,2}})\.(?:(?={_LATIN})|\xa0+)(?P<words>\S.*)"),
        fewest=2,
        colon=False,
        value=int,
    ),
    _numbers("i", "[ivx]{1,5}", _roman),
    _numbers("I", "[IVX]{1,5}", _roman),
    _numbers("a", "[a-z]", _letter),
    _numbers("A", "[A-Z]", _letter),
)
# Most lines are neither: they begin with a word, or with a mark as Markdown has it.
_MAY_BE_MARK = late_regex(
    r"\s*(?![-*+] +[^\s]|\d{1,9}\. +[^\s])(?:[^\w\s\"'“‘\[!<>#|`]|\w{1,5}\.?\)|\w{1,5}\.|[oqüvØ]\s)"
)
_LETTERED = frozenset("iIaA")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line that may be an item of a list."""

    at: int
    value: int
    found: re.Match[str]

    @property
    def words(self) -> str:
        return self.found["words"].strip()


def list_markers(lines: list[SourceLine], _doubts: list[Unclear]) -> list[SourceLine]:
    """Every list in the form `- words` or `1. words`."""
    candidates = [
        at for at, line in enumerate(lines) if _MAY_BE_MARK.match(line.text) and not line.is_fixed
    ]
    if not candidates:
        return lines
    result = list(lines)
    for family in FAMILIES:
        marks = [
            mark
            for at in candidates
            if not result[at].family and (mark := _mark(family, at, result[at].text))
        ]
        for run in _runs(family, marks, result):
            for mark in run:
                result[mark.at] = _item(family, mark, result[mark.at])
    return result


def _mark(family: Family, at: int, text: str) -> _Mark | None:
    match = family.pattern.match(text)
    if match is None or RULE.match(text):
        return None
    if family.value is None:
        return _Mark(at, 0, match)
    value = family.value(_sign(match))
    return _Mark(at, value, match) if value else None


def _sign(match: re.Match[str]) -> str:
    return match["mark"] or match.groupdict().get("mark2") or ""


def _runs(
    family: Family, marks: Sequence[_Mark], lines: Sequence[SourceLine]
) -> Iterator[list[_Mark]]:
    """The marks in lists, without those that are too few to be one."""
    run: list[_Mark] = []
    for mark in marks:
        if run and not _follows(family, run[-1], mark, lines):
            if _is_list(family, run, lines):
                yield run
            run = []
        run.append(mark)
    if run and _is_list(family, run, lines):
        yield run


def _follows(family: Family, last: _Mark, mark: _Mark, lines: Sequence[SourceLine]) -> bool:
    if family.value is not None and mark.value != last.value + 1:
        return False
    between = lines[last.at + 1 : mark.at]
    if any(line.is_fixed or HEADING.match(line.text) for line in between):
        return False
    # More items, or words that go on; a paragraph of its own ends the list.
    was_blank = False
    for line in between:
        if was_blank and line.is_open and not (line.indent or is_item(line)):
            return False
        was_blank = line.is_blank
    return True


def _is_list(family: Family, run: Sequence[_Mark], lines: Sequence[SourceLine]) -> bool:
    first = run[0]
    if family.value is not None and family.name != "1" and first.value != 1:
        return False
    if len(run) >= family.fewest:
        return True
    above = next((x for x in reversed(lines[: first.at]) if not x.is_blank), None)
    return family.colon and above is not None and above.is_open and ends_with_colon(above)


def _item(family: Family, mark: _Mark, line: SourceLine) -> SourceLine:
    indent = " " * line.indent
    if family.value is not None:
        kind = f"{LETTERED}{family.name}" if family.name in _LETTERED else ""
        text = f"{indent}{mark.value}. {kind}{mark.words}"
    else:
        sign = f"{_sign(mark.found)} " if family.keeps else ""
        text = f"{indent}{_BULLET} {sign}{mark.words}"
    return replace(line, text=text, family=family.name)
