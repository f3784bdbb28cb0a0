"""Addresses are those that Pelican itself would make."""

from __future__ import annotations

import pytest
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify as pelicans

from wardblog.read.slugs import slugify


@pytest.mark.parametrize(
    "name",
    [
        "Two grit bins moved",
        "  Fly-tipping -- again! ",
        "Café in Ynys Môn",
        "¿Dónde están?",
        "مرحبا",
        "A <b>bold</b> title & more",
        "snake_case and ½",
        "***",
    ],
)
def test_a_slug_is_the_same_as_pelicans(name: str) -> None:
    substitutions = DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"]
    assert slugify(name) == pelicans(name, regex_subs=substitutions)
