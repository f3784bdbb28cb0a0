"""The other sites of the neighbourhood, as listed in community.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from wardblog.support.late_dataclass import dataclass

# The kinds of sites, with the heading of each on the page, in its order.
COMMUNITY_KINDS: Mapping[str, str] = {
    "news": "Local news",
    "blog": "Blogs",
    "forum": "Forums",
    "group": "Groups",
    "council": "The council",
    "police": "The police",
    "school": "Schools",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunitySite:
    """One [[site]] of community.toml.

    `kind` is a key of `COMMUNITY_KINDS`. `about` says what it is for; `rules` are those for posting
    there, and `when` is a good time for it, both in the councillor's own words and not published.
    `checked` is the day on which somebody last looked at it, and `allow` the reason why a closed
    group may be listed. `lines` are the lines of its keys, and `line` is that of its heading.
    """

    name: str
    url: str
    kind: str
    feed: str = ""
    about: str = ""
    rules: str = ""
    when: str = ""
    checked: date | None = None
    allow: str = ""
    line: int = 1
    lines: Mapping[str, int] = field(default_factory=dict, hash=False)

    def line_of(self, key: str) -> int:
        """The line of a key, or that of the heading."""
        return self.lines.get(key, self.line)
