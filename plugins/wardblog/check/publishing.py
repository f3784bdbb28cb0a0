"""Check early what publishing will need."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.model import LOCAL_URL, Site
from wardblog.problems import Problem

# The rule about what publishing needs, but building does not.
NO_URL = "no-url"


def no_url(site: Site) -> Iterator[Problem]:
    if site.url == LOCAL_URL:
        yield Problem(
            file="ward.toml",
            line=site.url_line,
            message='the site has no "url" yet, so it cannot be published',
            hint='Write the site\'s public address under [site]: url = "https://ward.example.org"',
        )
