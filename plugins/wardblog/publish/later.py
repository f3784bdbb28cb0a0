"""What residents will see only once the site is published again: no host changes a page itself."""

from __future__ import annotations

from wardblog.model import Site, Visibility
from wardblog.text.words import counted, long_date


def later(site: Site) -> str:
    """Sentences about posts that are dated later, and about deadlines ahead; empty for none."""
    sentences = []
    written = (*site.posts, *site.pages)
    waiting = sorted(p.date for p in written if p.visibility is Visibility.SCHEDULED)
    if waiting:
        are, they = ("is", "it appears") if len(waiting) == 1 else ("are", "they appear")
        first = long_date(waiting[0])
        when = f"on or after {first}"
        if waiting[-1] != waiting[0]:
            when = f"on or after their days, the first of which is {first}"
        posts = counted(len(waiting), "post")
        sentences.append(f"{posts} {are} dated later: {they} when you publish {when}.")
    days = sorted(
        deadline.day
        for post in written
        if not post.visibility.is_waiting
        for deadline in post.deadlines
        if deadline.day >= site.today
    )
    if days:
        are, when = ("is", "") if len(days) == 1 else ("are", "each, first after ")
        sentences.append(
            f"{counted(len(days), 'deadline')} {are} still to come: publish again after "
            f"{when}{long_date(days[0])}, so that the pages show that it has passed."
        )
    return " ".join(sentences)
