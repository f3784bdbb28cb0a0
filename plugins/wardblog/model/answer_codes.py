"""The codes by which answers are counted: one for each post, short enough to be typed by hand."""

from __future__ import annotations

import hashlib

from wardblog.model.addresses import lasting_address
from wardblog.model.posts import Post

# Letters and digits that nobody confuses with others, and that form no words.
LETTERS = "BCDFGHJKMNPQRTVWXYZ346789"
LENGTH = 5


def code_of(post: Post) -> str:
    """Five letters and digits, such as `QH4TZ`; a post that moves keeps its code."""
    digest = hashlib.sha256(lasting_address(post).encode()).digest()
    number = int.from_bytes(digest, "big")
    code = ""
    for _ in range(LENGTH):
        number, at = divmod(number, len(LETTERS))
        code += LETTERS[at]
    return code


def answer_code(post: Post, key: str) -> str:
    """What is written for an answer: `QH4TZ-A`, or `QH4TZ-ME-TOO` for "me too"."""
    return f"{code_of(post)}-{key}"
