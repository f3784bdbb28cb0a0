"""Which site a release belongs to, so that one site is never mistaken for another.

The same destination may first have had the sample and then the councillor's own site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from wardblog.model import Site
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import host_of

# Names reserved for examples, where nobody can read a site (RFC 2606, sections 2 and 3).
_EXAMPLE = re.compile(r"(^|\.)(example(\.(com|net|org))?|test|invalid)$", re.IGNORECASE)
# The sample's title begins with this.
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
    def from_values(cls, data: object) -> Identity | None:
        """The identity in a mark or manifest; None if it is invalid."""
        if not isinstance(data, Mapping):
            return None
        values = (data.get("url"), data.get("title"))
        url, title = (v if isinstance(v, str) and len(v) <= _LONGEST else None for v in values)
        return cls(url, title) if url is not None and title is not None else None

    @property
    def values(self) -> dict[str, str]:
        return {"url": self.url, "title": self.title}

    @property
    def domain(self) -> str:
        return host_of(self.url)

    @property
    def is_example(self) -> bool:
        """Whether the address is only an example, where nobody can read the site."""
        return bool(_EXAMPLE.search(self.domain))

    @property
    def is_sample(self) -> bool:
        """Whether this is the sample that comes with the software, judging by its title."""
        return self.is_example and _plain(self.title).startswith(_SAMPLE)

    def is_same(self, other: Identity | None) -> bool:
        """Whether both are the same site.

        A site may change its title or its address, but not both at once. Releases of earlier
        versions name no site, and may be of this one. The sample never becomes another site.
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
