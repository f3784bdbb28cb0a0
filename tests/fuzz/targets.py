"""What is fuzzed: each takes any bytes as one file of the content, and reads and checks the site.

It must give a site or problems in plain words; an exception, a hang or a written file is a fault.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from support import DATASET, ISSUES, MARKDOWN, POST, TODAY, WARD, write_site
from wardblog.check import check_site
from wardblog.content import ContentCache, read_site
from wardblog.problems import Problem, render, sorted_unique
from wardblog.views import SiteAddresses

# Whoever waits longer believes that it hangs.
LONGEST = 2.0


class HangError(AssertionError):
    """An input took longer than anybody waits."""


class Site:
    """A small site on the disk, of which one file is what is tried."""

    def __init__(self, file: str, others: Mapping[str, str | bytes] | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="wardblog-fuzz-")
        self._content = write_site(Path(self._folder.name), others)
        self._file = self._content / file
        self._file.parent.mkdir(exist_ok=True)
        # What is not tried is read once, as in any second run.
        self._memory = ContentCache()

    def __call__(self, data: bytes) -> list[Problem]:
        """The problems of the site with these bytes; raises `HangError`, or whatever is a fault."""
        begun = os.times()
        problems = self.problems(data)
        # Of this process and those that it waited for; how busy the machine is does not count.
        took = sum(now - then for now, then in zip(os.times()[:4], begun[:4], strict=True))
        if took > LONGEST:
            raise HangError(f"{took:.1f} s for {len(data):,} bytes")
        return problems

    def problems(self, data: bytes) -> list[Problem]:
        """The same, however long it takes."""
        self._file.write_bytes(data)
        before = sorted(self._content.rglob("*"))
        reading = read_site(self._content, TODAY, MARKDOWN, self._memory)
        problems = sorted_unique(
            [*reading.problems, *check_site(reading.site, SiteAddresses(reading.site))]
        )
        self._memory = reading.cache
        told = render(problems, self._content, notes=True)
        assert "Traceback" not in told
        told.encode()
        assert sorted(self._content.rglob("*")) == before
        return problems


GEOJSON = ISSUES + DATASET.replace("bins.csv", "bins.geojson")
OUTLINED = WARD.replace("[[councillor]]", 'boundary = "data/ward.geojson"\n[[councillor]]')
PICTURED = POST.replace("Some text.", "![A bin](../images/bin.jpg)")
STREETS = WARD + '[map]\nstreets = "data/streets.geojson"\n'

# A gazetteer and a list, for posts that name a street or an entry.
NAMED = {
    "ward.toml": WARD + '[map]\ngazetteer = "data/names.csv"\n',
    "data/names.csv": (
        "kind,name,lat,lon\nstreet,St John's Road,51.4612,-0.1645\n"
        "street,Church Road,51.469,-0.165\nstreet,Church Road,51.4612,-0.152\n"
        "postcode,SW11 5JY,51.4688,-0.1642\n"
    ),
    "issues.toml": ISSUES + DATASET,
    "data/bins.csv": "Map ID,Location,Latitude,Longitude\n12,Eland Road,51.4665,-0.16\n",
}

TARGETS: Mapping[str, Callable[[], Site]] = {
    "post": lambda: Site("posts/fine.md", NAMED),
    "page": lambda: Site("pages/about.md"),
    "settings": lambda: Site("ward.toml"),
    "issues": lambda: Site("issues.toml"),
    "table": lambda: Site("data/bins.csv", {"issues.toml": ISSUES + DATASET}),
    "places": lambda: Site("data/bins.geojson", {"issues.toml": GEOJSON}),
    "boundary": lambda: Site("data/ward.geojson", {"ward.toml": OUTLINED}),
    "streets": lambda: Site("data/streets.geojson", {"ward.toml": STREETS}),
    "picture": lambda: Site("images/bin.jpg", {"posts/fine.md": PICTURED}),
}
