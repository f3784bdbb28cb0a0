"""The names of services that fetch feeds, as these write them themselves."""

from __future__ import annotations

import re

_NAMES = {
    "bazqux": "BazQux", "newsblur": "NewsBlur", "theoldreader": "The Old Reader",
    "feedfetcher-google": "Google Feedfetcher", "feedwrangler": "Feed Wrangler",
    "feed wrangler": "Feed Wrangler", "g2reader": "G2Reader", "ifttt": "IFTTT",
    "kill-the-newsletter": "Kill the Newsletter!", "feedrabbit": "FeedRabbit",
    "follow.it": "follow.it", "specificfeeds": "SpecificFeeds", "monitorss": "MonitoRSS",
    "feedpress": "FeedPress", "newsgator": "NewsGator", "livejournal": "LiveJournal",
    "matter/": "Matter", "rss.app": "RSS.app", "dlvr.it": "dlvr.it",
}  # fmt: skip
# What tells apart the feeds that one service fetches under several numbers.
_NUMBER = re.compile(r" \([0-9A-Za-z]{1,8}\)$")


def shown_name(stored: str) -> str:
    """The name of a service without the number of its feed: `NewsBlur` of `Newsblur (12ab)`."""
    name = _NUMBER.sub("", stored)
    return _NAMES.get(name.lower(), name)
