"""Which streets and issues an item is about, against labels by a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from many_cases import in_one_test
from office.leaflets import sample_site
from office.listening import Labelled, item, labelled
from support import read_all, write_site
from wardblog.office.listening import match_many
from wardblog.office.listening.items import FeedItem
from wardblog.office.listening.match import ItemMatcher


@pytest.fixture(scope="module")
def matcher() -> ItemMatcher:
    return ItemMatcher(sample_site())


@in_one_test("one", labelled())
def test_an_item_is_about_what_a_person_says(one: Labelled, matcher: ItemMatcher) -> None:
    assert frozenset(matcher.streets_of(one.item)) == one.streets
    assert frozenset(matcher.issues_of(one.item)) == one.issues


def test_the_issue_that_an_item_names_most_comes_first(matcher: ItemMatcher) -> None:
    heard = item("Pothole in Eland Road and a dumped mattress", "A second pothole is deeper.")
    assert matcher.streets_of(heard) == ("eland-road",)
    assert matcher.issues_of(heard) == ("road-works", "fly-tipping")


ISSUES = """\
[[issue]]
name = "Swifts"
colour = "#1d4f91"
about = "Nest boxes, the colony on the water tower, and when they come back from Africa."
"""
POST = """\
Title: Two boxes
Date: 2026-11-20 09:00
Tags: Swifts, bird walk

Some text.
"""


def test_an_issue_of_any_name_is_known_by_its_words(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"issues.toml": ISSUES, "posts/boxes.md": POST}
    site, _ = read_all(write_site(tmp_path / "content", files))
    issues_of = ItemMatcher(site).issues_of
    assert issues_of(item("A swift is back")) == ("swifts",)
    assert issues_of(item("The bird-walks of the spring")) == ("swifts",)
    assert issues_of(item("The colony in the tower", "They are back.")) == ("swifts",)
    assert issues_of(item("Fire in the tower", "They are safe.")) == ()


@pytest.mark.long
def test_many_items_are_matched_as_one_is_and_none_can_take_for_ever(
    matcher: ItemMatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [one.item for one in labelled()] * 5
    found = match_many.match_many(items, matcher)
    assert [one.issues for one in found] == [matcher.issues_of(item) for item in items]
    assert [one.streets for one in found] == [matcher.streets_of(item) for item in items]

    class Endless(ItemMatcher):
        def issues_of(self, item: FeedItem) -> tuple[str, ...]:
            while item.title == "Endless":
                pass
            return super().issues_of(item)

    monkeypatch.setattr(match_many, "_SECONDS", 0.2)
    endless = [item("A pothole"), item("Endless")]
    assert match_many.match_many(endless, Endless(sample_site())) == [match_many.Matches()] * 2
