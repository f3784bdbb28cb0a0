"""What keeps an old post from residents until the councillor has read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.content.write import values_in
from wardblog.privacy.addresses import house_at
from wardblog.problems import CommandError
from wardblog.scaffold.old_blog.conversion.converted import Note
from wardblog.support.late_regex import late_regex

_FIGURES = late_regex(r"\d{1,4}")
# A picture, and where a link leads: neither is words.
_NO_WORDS = late_regex(r"!\[(?:[^\]\\]|\\.)*\]\((?:[^()\n]|\([^()\n]*\))*\)|(?<=\])\([^()\n]*\)")
_SAID_BY_HEADER = ("Title", "Summary")


def houses_in(text: str) -> Iterator[Note]:
    """The houses that a text names, such as "3 Dorothy Road", each once."""
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        for figure in _FIGURES.finditer(line):
            end = house_at(line, figure.start())
            words = line[figure.start() : end] if end else ""
            if words and words not in seen:
                seen.add(words)
                yield Note(number, "house", words)


def says_more(before: bytes, after: bytes) -> bool:
    """Whether residents would read something new, or an answer to a check is gone.

    `before` and `after` are the bytes of a post.
    """
    try:
        old, new = values_in(before), values_in(after)
    except CommandError:
        return True
    said, answered = _words(before), _rules(old)
    more = _words(after) - said
    more |= {value for key in _SAID_BY_HEADER for value in new.get(key, ())} - {
        value for key in _SAID_BY_HEADER for value in old.get(key, ())
    }
    return bool(more or answered - _rules(new))


def _rules(values: dict[str, tuple[str, ...]]) -> set[str]:
    return {value.partition(" because ")[0] for value in values.get("Allow", ())}


def _words(data: bytes) -> set[str]:
    """The lines of a text without its pictures and without where its links lead."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").partition("\n\n")[2]
    lines = (_NO_WORDS.sub("", line).strip() for line in text.split("\n"))
    return {line for line in lines if re.search(r"\w", line)}
