"""What is the same item, and what is one story, against pairs that a person labelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from many_cases import in_one_test
from office.listening import Pair, item, moment, pairs
from wardblog.office.listening.addresses import canonical_address
from wardblog.office.listening.grouping import same_items, stories
from wardblog.office.listening.reading import reading_of
from wardblog.office.listening.same_item import is_same_item
from wardblog.office.listening.stories import is_same_story


@in_one_test("pair", pairs())
def test_a_pair_is_what_a_person_says(pair: Pair) -> None:
    is_item = pair.same.startswith("item")
    assert is_same_item(pair.a, pair.b) is is_item
    assert is_same_item(pair.b, pair.a) is is_item
    is_story = pair.same in ("item", "story")
    assert is_same_story(pair.a, pair.b) is is_story
    assert is_same_story(pair.b, pair.a) is is_story


PAGE = "news.example.org/2026/bins"


@pytest.mark.parametrize(
    "link",
    [
        "https://news.example.org/2026/bins",
        "http://news.example.org/2026/bins/",
        "https://www.news.example.org:443/2026/bins?utm_source=rss#respond",
        "https://m.news.example.org/2026/bins?fbclid=x1&gclid=2",
        "https://news.example.org/2026/bins/amp/",
        "https://news.example.org/2026/bins?amp=1",
        "https://www.google.com/amp/s/news.example.org/2026/bins",
        "https://news-example-org.cdn.ampproject.org/c/s/news.example.org/2026/bins",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example.org%2F2026%2Fbins",
        "HTTPS://NEWS.EXAMPLE.ORG/2026/bins/index.html",
    ],
)
def test_the_ways_to_a_page_have_one_address(link: str) -> None:
    assert canonical_address(link) == PAGE


@pytest.mark.parametrize(
    "link",
    [
        "https://news.example.org/2026/bins?page=2",
        "https://news.example.org/2026/bins?id=7",
        "https://news.example.org/2026/bins#comment-12",
        "https://news.example.org/2026/Bins",
        "https://news.example.org:8443/2026/bins",
        "https://blog.example.org/2026/bins",
    ],
)
def test_other_pages_have_others(link: str) -> None:
    assert canonical_address(link) not in (PAGE, "")


@pytest.mark.parametrize(
    "link", ["", "mailto:a@example.org", "javascript:x", "https://[x", "tag:x"]
)
def test_what_is_no_page_has_none(link: str) -> None:
    assert canonical_address(link) == ""


def test_no_group_has_two_references_even_if_a_third_item_is_like_both() -> None:
    first = item("2026/4410: loft conversion in Taybridge Street", "Dormer and two rooflights.")
    second = replace(first, title=first.title.replace("4410", "4411"))
    between = item("A loft conversion in Taybridge Street", "Dormer and two rooflights.")
    readings = [reading_of(one) for one in (first, between, second)]
    assert is_same_story(first, between)
    assert is_same_story(between, second)
    assert [0, 1, 2] not in stories(readings)
    for group in stories(readings):
        assert not {0, 2} <= {*group}


def test_groups_are_found_among_many_items_as_between_two() -> None:
    """The few pairs that are compared include those that belong together."""
    chosen = [pair for pair in pairs() if pair.same in ("item", "story")]
    day = moment("2026-11-28T09:00")
    crowd = [
        item(
            f"Notice {n} of the parish of Somewhere{n}",
            f"Words{n} about matter{n} and thing{n} for everybody there.",
            published=day - timedelta(hours=n),
        )
        for n in range(300)
    ]
    for pair in chosen:
        readings = [reading_of(one) for one in (*crowd, pair.a, pair.b)]
        group = same_items if pair.same == "item" else stories
        assert [300, 301] in group(readings), pair.name
