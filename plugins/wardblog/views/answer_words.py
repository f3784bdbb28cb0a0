"""How residents answered a question that has closed, in a sentence: as published, and no more."""

from __future__ import annotations

from collections.abc import Callable

from wardblog.model import Post, Site
from wardblog.model.answer_codes import code_of
from wardblog.text.words import sentence
from wardblog.views.answer_results import result_of


def answers_in_words(site: Site, post: Post, quoted: Callable[[str], str]) -> str:
    """`61 people chose to answer: 32 (52%) for “By the library” and 29 (48%) for “...”.`

    The most frequent answer comes first. "" if the question is open, or only a form elsewhere has
    its answers. `quoted` writes the words of an answer as the text around them needs them.
    """
    closing = post.closing
    if closing is None or closing.ends > site.now or not post.answers:
        return ""
    found = site.answers.get(code_of(post))
    if found is None:
        return "We are still counting the answers."
    result = result_of(post, found, is_open=False)
    if not result.rows:
        return sentence(result.said)
    rows = sorted(result.rows, key=lambda row: found.of(row.key), reverse=True)
    parts = [
        f"{r.number}{f' ({r.share})' if result.has_shares else ''} for "
        f"“{quoted(r.words.rstrip('.'))}”"
        for r in rows
    ]
    listed = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return f"{result.said.rstrip('.')}: {listed}."
