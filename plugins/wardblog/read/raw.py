"""Files that may be published as they are: what drawings, lists and texts among them hold."""

from __future__ import annotations

import re
from pathlib import Path

from wardblog.model import Personal
from wardblog.problems import Problem

DRAWING = ".svg"
_TEXTS = (".csv", ".tsv", ".txt", ".json", ".geojson", ".xml", ".ics", ".vtt")
_LARGEST = 4_000_000
_TAG = re.compile(r"<(?!!--)[^<>]*>")
# The values of attributes that hold words.
_VALUE = re.compile(r"""\b(?:[\w:]*label|title|desc|alt|content|[\w:]*href)=["']([^"']*)["']""")
# What runs in a drawing, or is fetched into it (https://www.w3.org/TR/svg-integration/).
_HARM = re.compile(
    r"""<(script|foreignObject|iframe|embed|object|handler|listener)\b
    | <!(ENTITY)
    | \s(on[a-z]{3,})\s*=
    | (javascript)\s*:
    | (?:href|src)\s*=\s*["']?\s*(https?:|//)(?=[^<>]*>)
    | (@import|url\(\s*["']?(?:https?:|//))""",
    re.IGNORECASE | re.VERBOSE,
)


def look_at(path: Path, file: str) -> tuple[tuple[Personal, ...], tuple[Problem, ...]]:
    """What a file gives away of anybody, and what is wrong with it; raises `OSError`."""
    name = file.lower()
    if not name.endswith((DRAWING, *_TEXTS)) or path.stat().st_size > _LARGEST:
        return (), ()
    # Here, since most runs find all files as they were.
    from wardblog.read.personal import find_personal

    text = path.read_bytes().decode("utf-8", "replace")
    if not name.endswith(DRAWING):
        return find_personal(text), ()
    words = find_personal(_TAG.sub(" ", text)) + find_personal(" ".join(_VALUE.findall(text)))
    return words, _harm(text, file)


def _harm(text: str, file: str) -> tuple[Problem, ...]:
    for found in _HARM.finditer(text):
        opened = text.rfind("<", 0, found.start() + 1)
        is_link = text[opened : opened + 3].lower() in ("<a ", "<a\n", "<a\t")
        if found[5] and is_link:
            continue  # which is only followed
        word = next(value for value in found.groups() if value)
        return (
            Problem(
                file,
                text.count("\n", 0, found.start()) + 1,
                f'the drawing has "{word}" in it, which can run or fetch something',
                "Open it in a drawing program, and save it as plain SVG, or as PNG.",
                rule="unsafe-data",
            ),
        )
    return ()
