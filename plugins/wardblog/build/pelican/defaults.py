"""Which settings differ from Pelican's defaults: only Pelican itself knows all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pelican.settings import DEFAULT_CONFIG

# What Pelican makes of its defaults when it reads a file with our settings.
_DERIVED = {"ARTICLE_EXCLUDES": ["pages"], "PAGE_EXCLUDES": ["posts"], "PLUGINS": None}
# Settings that Pelican has no default for, but follows where they are given.
_OPTIONAL = frozenset(
    ("FEED_ATOM", "FEED_RSS", "FEED_ALL_RSS", "CATEGORY_FEED_RSS", "TAG_FEED_ATOM", "TAG_FEED_RSS",
     "TRANSLATION_FEED_RSS", "DEFAULT_DATE", "WRITE_SELECTED", "AUTHOR_REGEX_SUBSTITUTIONS",
     "CATEGORY_REGEX_SUBSTITUTIONS", "TAG_REGEX_SUBSTITUTIONS")
)  # fmt: skip


def differing(settings: Mapping[str, Any]) -> Iterator[str]:
    """The names of Pelican's settings that differ from their defaults."""
    for name, value in settings.items():
        is_default = value == DEFAULT_CONFIG.get(name, value) or value == _DERIVED.get(name, ())
        is_given = name in _OPTIONAL and bool(value)
        if name != "PLUGINS" and (is_given or not is_default):
            yield name
