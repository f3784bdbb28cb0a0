"""The search finds a post by the words of its header lines."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from support import POST, read_all, write_site
from wardblog.content.header.key import ShownAs
from wardblog.content.keys import KEYS, TABLE
from wardblog.model.events import LONDON
from wardblog.search.documents import _texts

WORD = "quizzical"
# The search does not know it.
NOT_FOUND_BY = {"Author"}
# Where the words are not at the end.
PLANTED = {"Places": f"{WORD} | 51.46671, -0.15602"}
# Lines that every post has, and those that the text of a question needs.
GIVEN = {"Title", "Date", "Tags"}
QUESTION = ("Question", "Answer", "Closes", "Decides")
SHOWN = [
    key.name
    for key in TABLE
    if key.shown in (ShownAs.SENTENCES, ShownAs.WORDS)
    and key.name not in GIVEN
    and key.accepts(f"{key.examples[0]} {WORD}")
]


def lines_with(name: str) -> str:
    """The example of a line with the word at its end, and the lines that it needs."""
    needed = QUESTION if name in QUESTION else ()
    lines = {one: list(KEYS[one].examples) for one in (*needed, name)}
    if not KEYS[name].repeats:
        lines[name] = lines[name][:1]
    lines[name][0] = PLANTED.get(name, f"{lines[name][0]} {WORD}")
    return "\n".join(f"{one}: {value}" for one, values in lines.items() for value in values)


@pytest.mark.parametrize("name", SHOWN)
def test_a_post_is_found_by_the_words_of_a_line(name: str, tmp_path: Path) -> None:
    text = POST.replace("\n\n", f"\n{lines_with(name)}\n\n", 1)
    site, _ = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    texts = [words for _, words in _texts(site.posts[0], datetime(2030, 1, 1, tzinfo=LONDON))]
    assert any(WORD in words for words in texts) is (name not in NOT_FOUND_BY)
