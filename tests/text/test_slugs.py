"""Addresses are those that Pelican itself would make, but for signs that have words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify as pelicans

from wardblog.text.slugs import singular_or_plural_of, slugify


@pytest.mark.parametrize(
    "name",
    [
        "Two grit bins moved",
        "  Fly-tipping -- again! ",
        "Café in Ynys Môn",
        "¿Dónde están?",
        "مرحبا",
        "A <b>bold</b> title & more",
        "snake_case and more",
        "***",
        "Roads & paths: what’s next?",
        "20% off, 5 % more",
        "Drop-in @ the library, 10.30am",
        "Planning application 2026/1234 refused",
        "Open 24/7 (and on 25/12)",
        "50+ trees, #1 priority",
        "100 m² of grass, 3×4 tiles",
        "“Quoted” words – and a dash…",
        "Ŵyl y Tŷ Gàidhlig naïve",
        "Łódź żółć Straße ışık İstanbul",
        "Новости района",
        "日本",
        "№ 5 and 1.5 miles",
    ],
)
def test_a_slug_is_the_same_as_pelicans(name: str) -> None:
    substitutions = DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"]
    assert slugify(name) == pelicans(name, regex_subs=substitutions)


# What people write in titles, without the signs that have words of their own.
_ORDINARY = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;!?'\"()-&@#%+_’‘“”–—"
    "àâäçéèêëîïíóôöúùûüŵŷÀÂÉÎÔÛŴŶńłśżźćąęßıİøåñ",
    max_size=60,
)


@given(_ORDINARY)
def test_the_addresses_of_ordinary_titles_stay_as_they_were(title: str) -> None:
    assert slugify(title) == pelicans(title, regex_subs=DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"])


@given(st.text(max_size=40))
def test_a_slug_is_plain_and_stays_the_same_when_made_again(title: str) -> None:
    slug = slugify(title)
    assert slug.isascii()
    assert slugify(slug) == slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("£5,000 for ½ mile of path", "5000-pounds-for-half-mile-of-path"),
        ("£1.5m for roads", "1-5m-pounds-for-roads"),
        ("£5 million or £1", "5-million-pounds-or-1-pound"),
        ("£5–10 each", "5-pounds-10-each"),
        ("€500 and $2.50", "500-euros-and-2-50-dollars"),
        ("The £ in your pocket", "the-pounds-in-your-pocket"),
        ("2½ miles, 1/2 a mile, 1⁄4", "2-and-a-half-miles-1-2-a-mile-1-4"),
        ("¾ done, ⅓ to go", "three-quarters-done-one-third-to-go"),
        ("20°C today", "20-degrees-c-today"),
        ("Bins…and more", "bins-and-more"),
        ("§106 money", "section-106-money"),
        ("BigBin™ and Map©2026", "bigbin-and-map-2026"),
        ("♔ day", "day"),
        ("Môr a Mynydd", "mor-a-mynydd"),
    ],
)
def test_signs_become_the_words_that_people_say(title: str, slug: str) -> None:
    assert slugify(title) == slug


@pytest.mark.parametrize(
    ("written", "issue"),
    [
        ("pothole", "potholes"), ("potholes", "pothole"), ("grit-bin", "grit-bins"),
        ("bus-lane", "bus-lanes"), ("buses", "bus"), ("litter-boxes", "litter-box"),
        ("library", "libraries"), ("parties", "party"), ("churches", "church"),
        ("leaf", "leaves"), ("house", "houses"), ("road-and-pavement", "roads-and-pavements"),
        ("hedges", "hedge"), ("tree", "trees"), ("tomatoes", "tomato"),
    ],
)  # fmt: skip
def test_the_singular_or_plural_of_an_issue_is_that_issue(written: str, issue: str) -> None:
    assert singular_or_plural_of(written, ["planning", issue]) == issue


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        ("new", ["news"]), ("bu", ["bus"]), ("glas", ["glass"]), ("grit", ["grit-bins"]),
        ("bins", ["grit-bins"]), ("plan", ["planning"]), ("a", ["as"]), ("campu", ["campus"]),
        ("street", []), ("leaf", ["leafs", "leaves"]),
    ],
)  # fmt: skip
def test_other_words_are_not_the_same_issue(written: str, declared: list[str]) -> None:
    assert singular_or_plural_of(written, declared) is None
