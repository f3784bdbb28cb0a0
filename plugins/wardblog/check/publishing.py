"""What publishing will ask for, told before it is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.model import Site
from wardblog.problems import Problem, Severity
from wardblog.read.settings import LOCAL_URL


def no_url(site: Site) -> Iterator[Problem]:
    if site.url == LOCAL_URL:
        yield Problem(
            "ward.toml",
            site.url_line,
            'the site has no "url" yet, so it cannot be published',
            'Write under [site] where residents will read it: url = "https://ward.example.org"',
            Severity.WARN,
        )
