"""Changes that need another publish: posts with a later date, and deadlines that will pass."""

from __future__ import annotations

from wardblog.model import Site, Visibility
from wardblog.text.words import counted, long_date


def pending_changes(site: Site) -> str:
    """Sentences about scheduled posts and coming deadlines; empty for none."""
    sentences = []
    posts = (*site.posts, *site.pages)
    waiting = sorted(p.date for p in posts if p.visibility is Visibility.SCHEDULED)
    if waiting:
        are, they = ("is", "it appears") if len(waiting) == 1 else ("are", "they appear")
        first = long_date(waiting[0])
        when = f"on or after {first}"
        if waiting[-1] != waiting[0]:
            when = f"on or after their days, the first of which is {first}"
        number = counted(len(waiting), "post")
        sentences.append(f"{number} {are} dated later: {they} when you publish {when}.")
    days = sorted(
        deadline.day
        for post in posts
        if not post.visibility.is_waiting
        for deadline in post.deadlines
        if deadline.day >= site.today
    )
    if days:
        are, when = ("is", "") if len(days) == 1 else ("are", "each of them, first after ")
        sentences.append(
            f"{counted(len(days), 'deadline')} {are} still to come: publish again after "
            f"{when}{long_date(days[0])}, so that the pages show that it has passed."
        )
    return " ".join(sentences)
