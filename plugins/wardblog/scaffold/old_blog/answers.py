"""The table in which the councillor gives one answer for a whole group of findings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from wardblog.problems import UsageError, display_path
from wardblog.scaffold.old_blog.groups import ANSWERABLE, Answers, Finding, Group
from wardblog.scaffold.old_blog.private_table import read_table, table_bytes
from wardblog.scaffold.old_blog.remembered import MoveMemory
from wardblog.support.late_regex import late_regex

ANSWERS_FILE = "answers.csv"
COLUMNS = ("check", "what", "posts", "example", "answer")
KEYS = ("check", "what")
# The line `Allow:` has this word already.
_BECAUSE = late_regex(r"^(?:because\b[:,]? *)+", re.IGNORECASE)


def read_answers(path: Path) -> dict[tuple[str, str], str]:
    """The answers by check and what they are given for, without empty ones.

    Raises `UsageError` for a table that cannot be read, and for an answer that is no reason.
    """
    found: dict[tuple[str, str], str] = {}
    for line, row in read_table(path, COLUMNS):
        reason = _BECAUSE.sub("", row["answer"])
        if not row["answer"]:
            continue
        if len(reason.split()) < 2:
            raise UsageError(
                f'{display_path(path)}:{line}: "{row["answer"]}" is not a reason',
                "Say in at least two words why this may be published, such as: it is the council's "
                "own number. Or leave the cell empty.",
            )
        found[row["check"], row["what"]] = reason
    return found


def allowances_of(memory: MoveMemory, answers: Answers) -> dict[str, tuple[tuple[str, str], ...]]:
    """The answers for each post, as pairs of a check and the reason, by the key of the post.

    An answer silences the whole check in a post, so it counts only where each group of that check
    that the post is in has one.
    """
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, post in memory.posts.items():
        reasons: dict[str, list[str]] = {}
        for group in post.groups:
            if group[0] in ANSWERABLE:
                reasons.setdefault(group[0], []).append(answers.get(group, ""))
        allowed = [
            (check, "; ".join(dict.fromkeys(given)))
            for check, given in reasons.items()
            if all(given)
        ]
        if allowed:
            found[key] = tuple(sorted(allowed))
    return found


def is_covered_less(
    before: Mapping[str, Sequence[tuple[str, str]]], after: Mapping[str, Sequence[tuple[str, str]]]
) -> bool:
    """Whether an answer no longer holds for a post, since more was found in it."""
    return any(
        check not in {one for one, _ in after.get(key, ())}
        for key, given in before.items()
        for check, _ in given
    )


def answers_data(groups: Sequence[Group], answers: Answers, name: str) -> bytes:
    """The table with a row for all that can be answered; `name` is the content folder.

    What is about people has a row for each number, name or address.
    """
    found: dict[tuple[str, str], list[Finding]] = {}
    for group in groups:
        for one in group.findings if group.can_be_answered else ():
            found.setdefault(group.key_of(one), []).append(one)
    rows = [
        (
            *key,
            str(len({one.file for one in some})),
            f"{name}/{some[0].file}:{some[0].line or 1}",
            answers.get(key, ""),
        )
        for key, some in found.items()
    ]
    rows += [(*key, "0", "", answer) for key, answer in answers.items() if key not in found]
    return table_bytes(COLUMNS, rows)
