"""Puts the councillor's descriptions of pictures into a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from wardblog.scaffold.old_blog.conversion.converted import UsedPicture


def with_alt_texts(text: str, descriptions: Mapping[str, str], used: Iterable[UsedPicture]) -> str:
    """The Markdown with the descriptions that the councillor wrote."""
    for file in dict.fromkeys(one.file for one in used):
        if words := descriptions.get(file):
            shown = re.compile(
                r"!\[(?:[^\]\\]|\\.)*\](?=\((?:\.\./)*" + re.escape(file) + r"[\s)])"
            )
            alt = re.sub(r"([\\\[\]])", r"\\\1", words)
            text = shown.sub(lambda _, alt=alt: f"![{alt}]", text)  # type: ignore[misc]
    return text
