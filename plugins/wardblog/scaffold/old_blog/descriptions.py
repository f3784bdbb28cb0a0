"""The table in which the councillor describes each picture once, in however many posts it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from wardblog.scaffold.old_blog.converted import UsedPicture
from wardblog.scaffold.old_blog.private_table import read_table, table_bytes
from wardblog.text.decoding import clean_name
from wardblog.text.slugs import slugify

PICTURES_FILE = "pictures.csv"
COLUMNS = ("picture", "posts", "first post", "description")


def read_descriptions(path: Path) -> dict[str, str]:
    """The descriptions by the file of the picture, without empty ones; raises `UsageError`."""
    rows = (row for _, row in read_table(path, COLUMNS))
    return {row["picture"]: clean_name(row["description"]) for row in rows if row["description"]}


def described(text: str, descriptions: Mapping[str, str], used: Iterable[UsedPicture]) -> str:
    """The Markdown with the descriptions that the councillor wrote."""
    for file in dict.fromkeys(one.file for one in used):
        if words := descriptions.get(file):
            shown = re.compile(
                r"!\[(?:[^\]\\]|\\.)*\](?=\((?:\.\./)?" + re.escape(file) + r"[\s)])"
            )
            alt = re.sub(r"([\\\[\]])", r"\\\1", words)
            text = shown.sub(lambda _, alt=alt: f"![{alt}]", text)  # type: ignore[misc]
    return text


def descriptions_data(
    used: Mapping[str, Iterable[UsedPicture]], descriptions: Mapping[str, str]
) -> bytes:
    """The table of pictures that have no description, or had none before; `used` are by post.

    Empty if there is no such picture.
    """
    posts: dict[str, list[str]] = {}
    for post, pictures in used.items():
        for file in dict.fromkeys(one.file for one in pictures if _is_asked_about(one)):
            posts.setdefault(file, []).append(post)
    for file in descriptions:
        posts.setdefault(file, [])
    rows = [
        (file, str(len(found)), next(iter(found), ""), descriptions.get(file, ""))
        for file, found in sorted(posts.items(), key=lambda one: (-len(one[1]), one[0]))
    ]
    return table_bytes(COLUMNS, rows) if rows else b""


def _is_asked_about(one: UsedPicture) -> bool:
    """Whether the words of a picture are missing, or only the name of its file."""
    name = PurePosixPath(one.file).stem
    return bool(one.file) and (not one.alt.strip() or slugify(one.alt) in (name, slugify(name)))
