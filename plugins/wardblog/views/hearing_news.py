"""What was done after a question, and what residents wrote, as news about a post.

Each outcome and each reply has an anchor with its day, which stays when its words change. Those
dated in the future wait.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from wardblog.model import Outcome, Post, PublishedReply, Site
from wardblog.text.directions import isolated, set_apart
from wardblog.text.words import sentence
from wardblog.views.news import News

_Dated = TypeVar("_Dated", Outcome, PublishedReply)


def outcomes_of(site: Site, post: Post) -> Iterator[tuple[Outcome, str]]:
    """The outcomes up to now with their anchors, oldest first."""
    return _so_far(site, post.outcomes, "ward-outcome")


def replies_of(site: Site, post: Post) -> Iterator[tuple[PublishedReply, str]]:
    """The published replies up to now with their anchors, oldest first."""
    return _so_far(site, post.replies, "ward-reply")


def _so_far(site: Site, lines: Iterable[_Dated], name: str) -> Iterator[tuple[_Dated, str]]:
    counts: Counter[date] = Counter()
    anchored = []
    for line in lines:
        counts[line.day] += 1
        again = f"-{counts[line.day]}" if counts[line.day] > 1 else ""
        anchored.append((line, f"{name}-{line.day.isoformat()}{again}"))
    anchored.sort(key=lambda one: one[0].moment)
    return (one for one in anchored if one[0].moment <= site.now)


def news_of_hearing(site: Site, post: Post) -> Iterator[News]:
    """The outcomes since the post appeared, and all replies up to now.

    A reply of the post's own day has no time, or one of an earlier question an earlier day: in the
    feeds none of them is older than the post.
    """
    for outcome, anchor in outcomes_of(site, post):
        if outcome.moment > post.date:
            asked = isolated(post.question or post.title, post.lang)
            yield News(
                post=post,
                anchor=anchor,
                moment=outcome.moment,
                title=f"You said, we did: {asked}",
                words=set_apart(sentence(outcome.words), post.lang, post.title),
            )
    for reply, anchor in replies_of(site, post):
        who = set_apart(reply.who, post.lang, post.title)
        yield News(
            post=post,
            anchor=anchor,
            moment=max(reply.moment, post.date),
            title=f"A reply to: {isolated(post.title, post.lang)}",
            words=f"{who} wrote: “{set_apart(reply.words, post.lang, post.title)}”",
        )
