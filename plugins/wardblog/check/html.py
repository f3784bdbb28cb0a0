"""What a post's own HTML may not bring in: anything that runs, styles, sends or fetches."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.model import Post
from wardblog.problems import Problem
from wardblog.read.markup import PLAYERS, PORTABLE, tags

_ELEMENTS = frozenset(
    ("script", "style", "form", "input", "button", "iframe", "frame", "object", "embed", "applet",
     "link", "meta", "base")
)  # fmt: skip
_KNOWN = PORTABLE | PLAYERS | _ELEMENTS
_ATTRIBUTES = re.compile(r"""(?:^|\s)(style|srcset|background|on[a-z]+)\s*=""", re.IGNORECASE)
_RUNNING = re.compile(r"^\s*(?:javascript|vbscript)\s*:", re.IGNORECASE)


def unsafe_html(post: Post) -> Iterator[Problem]:
    if "<" in post.html:
        yield from _of(post)


def not_in_feeds(post: Post) -> Iterator[Problem]:
    """What a page shows but a feed must leave out, with the words in it."""
    told: set[str] = set()
    for name, _ in tags(post.html) if post.file.startswith("posts/") else ():
        if name not in _KNOWN and name not in told:
            told.add(name)
            yield Problem(
                post.file,
                post.line_with(f"<{name}"),
                f"the text has HTML with <{name}>, which is left out of the feeds",
                "Say the same in words, for those who read it in a feed reader.",
            )


def _of(post: Post) -> Iterator[Problem]:
    # What would be fetched from elsewhere is told of with its address, by another rule.
    told = {f"<{link.embeds}>" for link in post.links if "//" in link.target}
    for name, attributes in tags(post.html):
        found = _ATTRIBUTES.search(re.sub(r'"[^"]*"|\'[^\']*\'', '""', attributes))
        word = f"<{name}>" if name in _ELEMENTS else f'"{found[1].lower()}"' if found else ""
        if word and word not in told:
            told.add(word)
            yield Problem(
                post.file,
                post.line_with(word.strip('">')),
                f"the text has HTML with {word}, which is not published",
                "Take it out. To show such code to readers, put it between backticks.",
            )
    for link in post.links:
        if _RUNNING.match(link.target):
            yield Problem(
                post.file,
                link.line,
                "a link in the text runs a script, which is not published",
                'Links lead to pages: "[the council](https://...)".',
            )
