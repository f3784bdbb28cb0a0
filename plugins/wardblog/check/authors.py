"""Check the authors of posts against the councillors in `ward.toml`; guests may have any name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.model import Site
from wardblog.problems import Problem, nearest
from wardblog.support.late_regex import late_regex

_TITLE = late_regex(r"^(?:cllr|cllrs|councillor|councillors|cr)\b\.?\s*", re.IGNORECASE)
_BETWEEN = late_regex(r"\s*(?:,|;|&|\band\b)\s*")


def misspelt_author(site: Site) -> Iterator[Problem]:
    names = [councillor.name for councillor in site.councillors]
    known = {_plain(name): name for name in names}
    for post in (*site.posts, *site.pages):
        if post.author in names or "Author" not in post.lines:
            continue
        for written in _BETWEEN.split(post.author):
            name = _TITLE.sub("", " ".join(written.split()))
            best = nearest(_plain(name), known) if name else None
            if best and best != _plain(name):
                yield Problem(
                    file=post.file,
                    line=post.line_of("Author"),
                    message=f'no councillor is called "{name}"',
                    hint=(
                        f'Did you mean "{known[best]}"? The names are those in '
                        f"{{content}}/ward.toml."
                    ),
                )


def _plain(name: str) -> str:
    """A name without its title, in lower case."""
    return _TITLE.sub("", name).casefold()
