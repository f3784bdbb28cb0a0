"""How many people receive the newsletter, and when they joined; no address leaves this module."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from wardblog.office.subscribers.store import SUBSCRIBERS_FILE, load_subscribers
from wardblog.office.subscribers.subscriber import SubscriberState
from wardblog.problems import CommandError, ContentError, display_path
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterList:
    """The subscribers of the newsletter.

    `number` is None if there is no list here. `joined` has a day for each of those on it who
    subscribed by e-mail: the one on which their request was read and answered. `trouble` is a
    sentence if the list cannot be read.
    """

    number: int | None = None
    joined: tuple[date, ...] = ()
    trouble: str = ""

    def joined_between(self, first: date, last: date) -> list[date]:
        """The days in this period on which somebody joined, one for each of them."""
        return [day for day in self.joined if first <= day <= last]


def newsletter_list(private: Path) -> NewsletterList:
    """What the list in the private folder says."""
    path = private / SUBSCRIBERS_FILE
    if not path.exists():
        return NewsletterList()
    try:
        confirmed = load_subscribers(private).in_state(SubscriberState.CONFIRMED)
    except (ContentError, CommandError, OSError):
        return NewsletterList(
            trouble=f"{display_path(path)} cannot be read: make subscribers says why."
        )
    # Those who were brought in from another list sent no message, and joined it at another time.
    joined = tuple(sorted(one.asked or one.date for one in confirmed if one.message_id))
    return NewsletterList(number=len(confirmed), joined=joined)
