"""Which site a release belongs to, so that one site is never taken for another.

The same place may have had the sample, then the councillor's own site; their releases and pages
have nothing to do with each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from wardblog.model import Site

# Nobody can read a site there: these names are for examples (RFC 2606, sections 2 and 3).
_EXAMPLE = re.compile(r"(^|\.)(example(\.(com|net|org))?|test|invalid)$", re.IGNORECASE)
# How the title of the sample begins.
_SAMPLE = "sample:"
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Identity:
    """A site by the address where residents read it, and by its title."""

    url: str
    title: str

    @classmethod
    def of(cls, site: Site) -> Identity:
        return cls(site.url, site.title)

    @classmethod
    def from_values(cls, said: object) -> Identity | None:
        """The identity that a mark has; None for anything else."""
        if not isinstance(said, Mapping):
            return None
        values = (said.get("url"), said.get("title"))
        url, title = (v if isinstance(v, str) and len(v) <= _LONGEST else None for v in values)
        return cls(url, title) if url is not None and title is not None else None

    @property
    def values(self) -> dict[str, str]:
        return {"url": self.url, "title": self.title}

    @property
    def domain(self) -> str:
        try:
            return urlsplit(self.url).hostname or ""
        except ValueError:
            return ""

    @property
    def is_example(self) -> bool:
        """Whether nobody could read it, since its address is only an example."""
        return bool(_EXAMPLE.search(self.domain))

    @property
    def is_sample(self) -> bool:
        """Whether it is the sample that the software comes with, as its own title says."""
        return self.is_example and _plain(self.title).startswith(_SAMPLE)

    def is_same(self, other: Identity | None) -> bool:
        """Whether both are one site.

        A site may get another title, or move to another address; not both at once. What is said of
        no site, as in releases of earlier versions, may be of this one. A site never turns into the
        sample, nor the sample into a site.
        """
        if other is None:
            return True
        if self.is_sample != other.is_sample:
            return False
        return self.url == other.url or _plain(self.title) == _plain(other.title)

    def __str__(self) -> str:
        return f'"{self.title}" ({self.url})'


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()
