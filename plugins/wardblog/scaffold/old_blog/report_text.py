"""Says what needs attention: the groups with examples, and the whole list as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path

from wardblog.problems import display_path, displayed
from wardblog.scaffold.old_blog.findings import MoveFindings
from wardblog.scaffold.old_blog.groups import Finding, Group, Subject
from wardblog.scaffold.old_blog.picture_table import PICTURES_FILE
from wardblog.scaffold.old_blog.private_table import table_bytes
from wardblog.support.visible import escape_controls_in_line
from wardblog.text.words import counted

FINDINGS_FILE = "findings.csv"
COLUMNS = ("about", "stops", "check", "file", "line", "what", "remedy", "answer")
_HEADINGS = {
    Subject.PEOPLE: "Names and personal data",
    Subject.DESCRIPTIONS: "Pictures without a description",
    Subject.LINKS: "Links and pictures that lead nowhere",
    Subject.STOPPING: "Other things that stop a post from being published",
    Subject.LEFT_OUT: "What the old blog could do, and this one cannot",
    Subject.ADVICE: "Advice, which stops nothing",
}
# How many groups of a subject are shown, and how many examples of each.
_MOST_GROUPS, _MOST_EXAMPLES = 4, 3
_LONGEST_WORDS = 60


def report_lines(findings: MoveFindings, content: Path) -> Iterator[str]:
    """The groups in plain words, with up to three examples each; no lines if there is nothing."""
    for subject, heading in _HEADINGS.items():
        groups = [group for group in findings.groups if group.subject is subject and group.open]
        if not groups:
            continue
        yield from ("", heading)
        if subject is Subject.ADVICE:
            yield from _advice(groups)
            continue
        for group in groups[:_MOST_GROUPS]:
            yield from _group(group, content)
        if more := groups[_MOST_GROUPS:]:
            number = sum(len(group.open) for group in more)
            yield f"  and {number:,} more of {counted(len(more), 'other kind')}"


def _group(group: Group, content: Path) -> Iterator[str]:
    number = len(group.open)
    where = f"{counted(len(group.files), 'file')}, {'stops' if group.stops else 'does not stop'}"
    yield f"  {number:,} in {where}: {displayed(group.what, content).removesuffix(': …')}"
    for one in group.open[:_MOST_EXAMPLES]:
        yield f"    {_example(one, content)}"
    if group.subject is Subject.DESCRIPTIONS:
        yield f"    Describe each in {PICTURES_FILE}, which is named below, or in the posts."
    elif hint := _common_hint(group.open):
        yield f"    {displayed(hint, content)}"


def _example(one: Finding, content: Path) -> str:
    place = display_path(content / one.file) + (f":{one.line}" if one.line else "")
    words = one.words if len(one.words) <= _LONGEST_WORDS else f"{one.words[:_LONGEST_WORDS]}…"
    return escape_controls_in_line(f"{place}  {words}".rstrip())


def _common_hint(findings: Sequence[Finding]) -> str:
    """The sentences that the remedies of all findings begin with."""
    hints = [one.hint for one in findings]
    if len(set(hints)) == 1:
        return hints[0]
    sentences = zip(*(re.split(r"(?<=[.!?]) ", hint) for hint in hints), strict=False)
    return " ".join(one[0] for one in takewhile(lambda same: len(set(same)) == 1, sentences))


def _advice(groups: Sequence[Group]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for group in groups:
        counts[group.check] = counts.get(group.check, 0) + len(group.open)
    named = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    yield "  " + ", ".join(f"{check}: {number:,}" for check, number in named)


def findings_data(findings: MoveFindings, content: Path) -> bytes:
    """All findings, in the order of the groups."""
    rows = (
        (
            _HEADINGS[group.subject],
            "yes" if group.stops and not one.answer else "no",
            group.check,
            display_path(content / one.file),
            str(one.line or ""),
            one.message.replace("{content}", display_path(content)),
            one.hint.replace("{content}", display_path(content)),
            one.answer,
        )
        for group in findings.groups
        for one in group.findings
    )
    return table_bytes(COLUMNS, rows)
