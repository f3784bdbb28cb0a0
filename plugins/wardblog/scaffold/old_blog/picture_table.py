"""The table in which the councillor describes each picture once, in however many posts it is."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from wardblog.scaffold.old_blog.conversion.converted import UsedPicture
from wardblog.scaffold.old_blog.findings import MoveFindings
from wardblog.scaffold.old_blog.groups import Finding, Subject
from wardblog.scaffold.old_blog.private_table import read_table, table_bytes
from wardblog.text.decoding import clean_name

PICTURES_FILE = "pictures.csv"
COLUMNS = ("picture", "posts", "first post", "description")
KEYS = ("picture",)


def read_descriptions(path: Path) -> dict[str, str]:
    """The descriptions by the file of the picture, without empty ones; raises `UsageError`."""
    rows = (row for _, row in read_table(path, COLUMNS))
    return {row["picture"]: clean_name(row["description"]) for row in rows if row["description"]}


def not_described(
    edited: Container[str], findings: MoveFindings, descriptions: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The described pictures that edited posts show without a description, and these posts."""
    files = {PurePosixPath(file).name: file for file in descriptions}
    for one in _asked(findings):
        if one.file in edited and (file := files.get(one.words.partition(": ")[0])):
            yield file, one.file


def _asked(findings: MoveFindings) -> Iterator[Finding]:
    for group in findings.groups:
        if group.subject is Subject.DESCRIPTIONS:
            yield from group.open


def descriptions_data(
    used: Mapping[str, Iterable[UsedPicture]],
    findings: MoveFindings,
    descriptions: Mapping[str, str],
) -> bytes:
    """The table of pictures of which the checks say that they need a description.

    `used` are the pictures by post. Those that have one in the table stay there. Empty if there is
    no such picture.
    """
    asked = {
        (one.file, one.words.partition(": ")[0])
        for group in findings.groups
        if group.subject is Subject.DESCRIPTIONS
        for one in group.findings
    }
    posts: dict[str, list[str]] = {}
    for post, pictures in used.items():
        for file in dict.fromkeys(one.file for one in pictures if one.file):
            if file in descriptions or (post, PurePosixPath(file).name) in asked:
                posts.setdefault(file, []).append(post)
    for file in descriptions:
        posts.setdefault(file, [])
    rows = [
        (file, str(len(found)), next(iter(found), ""), descriptions.get(file, ""))
        for file, found in sorted(posts.items(), key=lambda one: (-len(one[1]), one[0]))
    ]
    return table_bytes(COLUMNS, rows) if rows else b""
