"""The table in which the councillor gives one answer for a whole group of findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from wardblog.scaffold.old_blog.groups import Group
from wardblog.scaffold.old_blog.private_table import read_table, table_bytes
from wardblog.scaffold.old_blog.remembered import MoveMemory

ANSWERS_FILE = "answers.csv"
COLUMNS = ("check", "what", "posts", "example", "answer")
KEYS = ("check", "what")
Answers = Mapping[tuple[str, str], str]


def read_answers(path: Path) -> dict[tuple[str, str], str]:
    """The answers by check and group, without empty ones; raises `UsageError`."""
    rows = (row for _, row in read_table(path, COLUMNS))
    return {(row["check"], row["what"]): row["answer"] for row in rows if row["answer"]}


def allowances_of(memory: MoveMemory, answers: Answers) -> dict[str, tuple[tuple[str, str], ...]]:
    """The answers for each post, as pairs of a check and the reason, by the key of the post.

    An answer silences the whole check in a post, so it counts only where each group of that check
    that the post is in has one.
    """
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, post in memory.posts.items():
        reasons: dict[str, list[str]] = {}
        for group in post.groups:
            reasons.setdefault(group[0], []).append(answers.get(group, ""))
        allowed = [
            (check, "; ".join(dict.fromkeys(given)))
            for check, given in reasons.items()
            if all(given)
        ]
        if allowed:
            found[key] = tuple(sorted(allowed))
    return found


def answers_data(groups: Sequence[Group], answers: Answers, name: str) -> bytes:
    """The table with a row for each group that can be answered; `name` is the content folder."""
    rows = [
        (
            group.check,
            group.what,
            str(len({one.file for one in group.findings})),
            f"{name}/{group.findings[0].file}:{group.findings[0].line or 1}",
            answers.get(group.key, ""),
        )
        for group in groups
        if group.can_be_answered
    ]
    left = {group.key for group in groups}
    rows += [(*key, "0", "", answer) for key, answer in answers.items() if key not in left]
    return table_bytes(COLUMNS, rows)
