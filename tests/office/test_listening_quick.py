"""The quick looks that spare most texts a slow search pass over none that has what is searched."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from office.listening import HERE, item, labelled, pairs
from wardblog.office.listening.facts import facts_in
from wardblog.office.listening.items import FeedItem
from wardblog.office.listening.match import _Names
from wardblog.office.listening.reading import _ADDED, ItemReading, _plain
from wardblog.office.listening.street_text import _PERSON, _SURNAMES, _has_any
from wardblog.office.listening.topics import _COMPILED, ALL_HINTS, Topics
from wardblog.places.passages import Passage

ADDED = (
    "… Continue reading Bins", "[...] READ MORE", "Read it here", "Read the full story",
    "The post Bins moved appeared first on Sample Street News", "View in browser", "View original",
    "Originally published in May", "[link]", "[comments]", "submitted by /u/sample",
    "\N{LATIN SMALL LETTER LONG S}ubmitted by /u/sample", "Posted by the editor",
    "Published on Monday",
)  # fmt: skip
ADDRESSES = (
    "https://example.org/Eland/Road", "www.eland.test", "eland@road.test", "/eland/road", "@eland",
    "#eland", "eland.org.uk", "the-eland.pdf",
)  # fmt: skip


def all_items() -> Iterator[FeedItem]:
    yield from (one.item for one in labelled())
    yield from (one for pair in pairs() for one in (pair.a, pair.b))
    for name in ("mentions", "mentions_fresh"):
        data = json.loads((HERE / f"listening_{name}.json").read_text(encoding="utf-8"))
        yield from (item(one["item"]["title"], one["item"]["text"]) for one in data["items"])


@pytest.mark.parametrize("key", [key for key, (_, _, _, hints) in _COMPILED.items() if hints])
def test_every_text_about_a_topic_has_one_of_its_hints(key: str) -> None:
    _, words, _, hints = _COMPILED[key]
    texts = [f"{one.title}\n{one.text}".lower() for one in all_items()]
    about = [text for text in texts if words.search(text)]
    assert about
    assert [text for text in about if not _has_any(text, hints)] == []
    topics = Topics()
    assert not topics.mentions(key, topics.text_of("a quiet afternoon"))
    assert _has_any(ALL_HINTS, hints)


@pytest.mark.parametrize("words", ADDED)
def test_what_programs_add_to_a_text_is_found_and_left_out(words: str) -> None:
    assert ItemReading(item("Bins", f"Two bins moved. {words}")).text == "Two bins moved."


def test_of_all_texts_the_same_is_left_out_as_without_the_quick_look() -> None:
    for one in all_items():
        assert ItemReading(one).text == _ADDED.sub("", _plain(one.text)).strip()


@pytest.mark.parametrize("words", ADDRESSES)
def test_an_address_is_no_place_for_a_street(words: str) -> None:
    assert Passage(f"See {words} now.", {}).words == ["See", "now"]


def test_the_references_of_a_title_are_those_among_its_facts() -> None:
    found = [ItemReading(one) for one in all_items()]
    assert [one.title_references for one in found] == [facts_in(one.title).references
                                                       for one in found]  # fmt: skip
    assert any(one.title_references for one in found)


def test_a_person_called_as_a_street_has_the_word_for_a_street() -> None:
    texts = [f"{one.title}\n{one.text}" for one in all_items()]
    named = [text for text in texts if _PERSON.search(text)]
    assert named
    assert all(_has_any(text, _SURNAMES.split("|")) for text in named)


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("Charities", "one charity, two charities", 2),
        ("Charity", "two charities", 1),
        ("Churches", "a church or some churches", 2),
        ("Ties", "ties", 1),
        ("Bus", "a bus", 1),
        ("Grit bins", "grit-bins, a gritbin and a grit bin", 3),
        ("Grit bins", "a bin with grit", 0),
        ("", "a bin", 0),
    ],
)
def test_a_name_is_counted_in_any_number(name: str, text: str, count: int) -> None:
    assert _Names([name]).count(text) == count
