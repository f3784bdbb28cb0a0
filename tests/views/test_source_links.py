"""Links that say where their reader found them: which ones do, and that they lead to the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import read_fine
from wardblog.model import Site
from wardblog.views.source_links import (
    html_with_sources,
    newsletter_source,
    paper_source,
    with_source,
    without_source,
)

SOURCE = "newsletter-2026-12"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return read_fine(tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize(
    ("url", "marked"),
    [
        ("https://ward.example.org", "https://ward.example.org?from=newsletter-2026-12"),
        ("https://ward.example.org/", "https://ward.example.org/?from=newsletter-2026-12"),
        (
            "https://ward.example.org/2026/12/trees/#map",
            "https://ward.example.org/2026/12/trees/?from=newsletter-2026-12#map",
        ),
        (
            "https://ward.example.org/map/?near=Eland+Road#list",
            "https://ward.example.org/map/?near=Eland+Road&from=newsletter-2026-12#list",
        ),
        (
            "https://ward.example.org/map/?xfrom=1&q=from%3D",
            "https://ward.example.org/map/?xfrom=1&q=from%3D&from=newsletter-2026-12",
        ),
        (
            "https://ward.example.org/old.html",
            "https://ward.example.org/old.html?from=newsletter-2026-12",
        ),
    ],
)
def test_a_link_to_a_page_says_where_it_was(site: Site, url: str, marked: str) -> None:
    assert with_source(site, url, SOURCE) == marked


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://example.org/",
        "https://ward.example.org.example.com/",
        "https://ward.example.organic/2026/12/trees/",
        "http://ward.example.org/",
        "mailto:robin@ward.example.org?subject=https://ward.example.org/",
        "tel:+442079460123",
        "webcal://ward.example.org/calendar.ics",
        "https://ward.example.org/calendar.ics",
        "https://ward.example.org/feeds/all.rss.xml",
        "https://ward.example.org/data/grit-bins.csv",
        "https://ward.example.org/data/grit-bins.csv#row=3",
        "https://ward.example.org/images/bin.jpg?size=3",
        "https://ward.example.org/?from=leaflet-2026-11",
    ],
)
def test_every_other_link_stays_as_it_is(site: Site, url: str) -> None:
    assert with_source(site, url, SOURCE) == url


def test_a_site_in_a_subfolder_ends_where_its_folder_does(site: Site) -> None:
    below = replace(site, url="https://example.org/ward")
    marked = with_source(below, "https://example.org/ward/2026/", SOURCE)
    assert marked == "https://example.org/ward/2026/?from=newsletter-2026-12"
    for other in ("https://example.org/", "https://example.org/wardens/"):
        assert with_source(below, other, SOURCE) == other


def test_without_a_source_nothing_is_added(site: Site) -> None:
    assert with_source(site, "https://ward.example.org/", "") == "https://ward.example.org/"


@given(
    path=st.from_regex(r"(?:[a-z0-9-]{1,20}/){0,3}", fullmatch=True),
    query=st.from_regex(r"(?:\?[a-z]{1,4}=[a-z0-9%+]{0,9})?", fullmatch=True),
    fragment=st.from_regex(r"(?:#[a-z?=&/-]{0,20})?", fullmatch=True),
)
def test_only_the_parameter_is_new(site: Site, path: str, query: str, fragment: str) -> None:
    url = f"https://ward.example.org/{path}{query}{fragment}"
    marked = with_source(site, url, SOURCE)
    old, new = urlsplit(url), urlsplit(marked)
    assert (old.netloc, old.path, old.fragment) == (new.netloc, new.path, new.fragment)
    assert parse_qs(new.query).get("from") == [SOURCE]
    assert with_source(site, marked, SOURCE) == marked  # once is enough
    if not query:
        assert without_source(marked) == url


def test_links_in_html_keep_their_other_attributes_and_signs(site: Site) -> None:
    html = (
        '<p><a class="x" href="https://ward.example.org/a/?b=1&amp;c=2" title="a &lt; b">a</a> '
        '<a href="mailto:a@example.org?subject=x&amp;body=y">b</a> '
        '<img src="https://ward.example.org/pictures/"></p>'
    )
    assert html_with_sources(site, html, SOURCE) == html.replace(
        "c=2", "c=2&amp;from=newsletter-2026-12"
    )


def test_the_sources_are_those_that_make_stats_knows() -> None:
    assert newsletter_source("2026-w49") == "newsletter-2026-w49"
    assert paper_source("leaflet", date(2026, 12, 5)) == "leaflet-2026-12"
    assert paper_source("poster", date(2027, 1, 31)) == "poster-2027-01"
