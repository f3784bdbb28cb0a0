"""The files of the index: numbers, gaps, weights, rows, and what the script reads first."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import ROOT, examples
from wardblog.model import (
    Answer,
    BodyText,
    Deadline,
    Event,
    Outcome,
    Place,
    Point,
    Post,
    Progress,
    PublishedReply,
    Tag,
    Update,
)
from wardblog.model.events import LONDON
from wardblog.search.documents import PAGES, Numbered, Reader, numbered, row
from wardblog.search.files import NewestFile, list_content, rows_content
from wardblog.search.postings import add, entries, gaps, remove
from wardblog.search.schedule import CELLS, LETTERS, LEVELS, NEWEST, layout

SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
NOON = datetime(2026, 11, 20, 12, tzinfo=LONDON)
LATER = NOON + timedelta(minutes=1)


def post(title: str = "Grit bins", day: date = date(2026, 11, 20), **more: Any) -> Post:
    own: dict[str, Any] = {
        "file": f"posts/{title}.md", "title": title, "slug": "x",
        "address": f"{day:%Y/%m}/grit-bins/", "date": datetime.combine(day, time(9), LONDON),
        "body": BodyText(""),
    }  # fmt: skip
    return Post(**own | more)


def read(written: str) -> list[int]:
    """Read gaps as the script does."""
    found, at, step = [], 0, 0
    for sign in written:
        value = SIGNS.index(sign)
        step = step * 32 + value % 32
        if value < 32:
            at, step = at + step, 0
            found.append(at)
    return found


@given(st.sets(st.integers(0, 2**31)))
def test_numbers_are_written_as_gaps(numbers: set[int]) -> None:
    assert read(gaps(sorted(numbers))) == sorted(numbers)
    assert gaps([110040]) == "jruY"


def test_a_post_has_the_number_of_its_day_and_of_its_place_in_it() -> None:
    posts = [post(f"No {n}", address=f"2026/11/{n}/", date=NOON.replace(hour=n)) for n in range(10)]
    later = post("later", NOON.date() + timedelta(days=2))
    found, _ = numbered([later, *posts], [])
    first = (date(2026, 11, 20) - date(1990, 1, 1)).days * 8
    assert [one.number for one in found] == [*range(first, first + 10), first + 16]
    assert datetime(1990, 1, 1, tzinfo=UTC) + timedelta(first >> 3) == datetime(
        2026, 11, 20, tzinfo=UTC
    )
    # The ninth has a number of the next day, so its row says the date.
    assert [row(one)[-1] for one in found[7:9]] == ["2026/11/7/", "2026-11-20"]


def test_a_post_from_long_ago_has_no_number_of_a_page() -> None:
    found, _ = numbered([post("old", date(1985, 1, 1))], [])
    assert found[0].number == PAGES
    assert row(found[0])[-1] == "1985-01-01"


def test_another_page_changes_no_number_of_a_page() -> None:
    pages = [post(address=f"{name}/") for name in ("about", "contact", "privacy")]
    few, many = numbered([], pages[:2])[1], numbered([], pages)[1]
    assert {one.number for one in few} < {one.number for one in many}
    assert all(one.number < PAGES for one in many)


def test_pages_with_the_same_number_get_the_next() -> None:
    pages = [post(address=f"page{n}/") for n in range(600)]
    found = numbered([], pages)[1]
    assert len({one.number for one in found}) == 600


@pytest.mark.parametrize(("more", "expected"), [
    ({}, ["Grit bins"]),
    ({"address": "2026/11/other/"}, ["Grit bins", "2026/11/other/"]),
    ({"issues": ("bins", "ice")}, ["Grit bins", 0, "bins ice"]),
    ({"progress": Progress.FIXED, "lang": "cy"}, ["Grit bins", 0, 0, "fixed", "cy"]),
])  # fmt: skip
def test_a_row_has_what_the_results_show(more: dict[str, Any], expected: list[object]) -> None:
    ((document,), _) = numbered([post(**more)], [])
    assert row(document) == expected
    assert json.loads(rows_content([document])) == {str(document.number): expected}


def test_the_script_shows_progress_with_the_signs_of_the_pages() -> None:
    script = (ROOT / "theme/source/search-results.js").read_text(encoding="utf-8")
    written = re.search(r"^const SIGNS = \{(.*)\};$", script, re.MULTILINE)
    assert written
    signs = dict(re.findall(r'"?([a-z][a-z ]*)"?: "(.)"', written[1]))
    assert signs == {one.value: one.sign for one in Progress}


def test_a_page_always_says_its_address() -> None:
    _, (page,) = numbered([], [post(address="about/")])
    assert row(page) == ["Grit bins", "about/"]


def words_of(document: Post) -> dict[str, str]:
    """The weight of each form."""
    found: dict[str, str] = {}
    for line in Reader().lines(document, NOON).split("\n"):
        weight_and_stem, *forms = line.partition(":")[2].split(" ")
        found |= dict.fromkeys(forms, weight_and_stem[0])
    return found


def test_all_that_residents_can_read_is_found() -> None:
    found = words_of(
        post(
            "Title",
            reference="REF/2026/1234",
            summary="Summary",
            tags=(Tag("Tagged", "tagged"),),
            issues=("ice",),
            places=(Place(name="Placed", point=Point(51.0, 0.0), progress=Progress.REPORTED),),
            streets=("eland-road",),
            events=(Event(start=NOON, end=None, words="Stall", where="Library"),),
            deadlines=(Deadline(NOON.date(), "Closing"),),
            updates=(Update(NOON, None, "Updated"), Update(LATER, None, "Tomorrow")),
            outcomes=(Outcome(NOON, "Painted"), Outcome(LATER, "Tomorrow")),
            replies=(PublishedReply(NOON, "Who", "Replied"), PublishedReply(LATER, "", "Tomorrow")),
            question="Question",
            answers=(Answer("A", "Answered"),),
            image_alt="Pictured",
            position="Position",
            decides="Decides",
            body=BodyText(
                '<h2>Heading</h2><p>Bo<em>dy</em><br>twice &amp; bins</p><img alt="Bin">'
            ),
        )
    )
    assert found == {
        "title": "9", "2026/1234/ref": "9", "ref": "9", "2026": "9", "1234": "9",
        "tagged": "5", "placed": "5", "reported": "5", "eland": "5", "road": "5",
        "stall": "5", "library": "5", "closing": "5",
        "updated": "2", "painted": "2", "replied": "2",
        "question": "5", "heading": "5", "summary": "3", "answered": "2", "pictured": "2",
        "position": "2", "decides": "2", "body": "2", "twice": "2", "bin": "2", "bins": "2",
        "#ice": "1",
    }  # fmt: skip


def test_stems_are_learnt_from_what_a_document_in_english_had() -> None:
    words = post(body=BodyText("<p>Bins and salt</p>"))
    learnt, other = Reader(), Reader()
    learnt.learn("3:2bean bins\n7:2salt salt")
    assert "bean bins" in learnt.lines(words, NOON)
    other.learn("3:2bins bins\n7:2salt salt")  # of a post in another language, as it seems
    assert "bin bins" in other.lines(words, NOON)


def test_what_is_said_several_times_weighs_more() -> None:
    found = words_of(post(body=BodyText("<p>salt salt salts, ice ice</p>")))
    assert (found["salt"], found["salts"], found["ice"]) == ("3", "3", "2")


def test_a_welsh_post_has_its_radicals_with_a_sign_that_no_word_has() -> None:
    found = words_of(post("Y parc", lang="cy", body=BodyText("<p>ym mharc y dref</p>")))
    assert found["parc"] == "9"
    assert {"mharc", "parc~", "mharc~", "tref~", "dref"} <= found.keys()
    assert "tref" not in found
    assert not any("~" in form for form in words_of(post("Y parc")))


def test_one_entry_has_all_forms_of_a_stem_and_all_its_documents() -> None:
    postings = {"2bin bin": [3, 9], "9bin bins": [5], "2ice ice": [4, 7]}
    assert entries(postings) == [("bin bins", "DCE", "292"), ("ice", "ED", "2")]
    remove(postings, "9bin bins", 5)
    assert entries(postings)[0] == ("bin", "DG", "2")
    add(postings, "2bin bin", 6)
    assert postings["2bin bin"] == [3, 6, 9]
    for line, number in (("2bin bin", 4), ("2ice ice", 9)):
        with pytest.raises(KeyError):
            remove(postings, line, number)
    with pytest.raises(KeyError):
        add(postings, "2bin bin", 6)


def test_a_list_for_spelling_has_what_two_documents_have() -> None:
    assert list_content({"grit": 2, "gret": 1, "gate": 9}) == b'"gate grit"\n'


def newest(**more: object) -> dict[str, object]:
    own: dict[str, object] = {
        "documents": 2, "starts": (0, 16), "lists": "ab", "before": 3,
        "issues": (("bins", "Grit bins"),), "has_welsh": False, "rows": (),
        "streets": (("Eland Road", "eland-road"), ("Mill Lane", "mill-lane-2")),
    }  # fmt: skip
    content = NewestFile(**own | more).content([("bin bins", "A", "2")])  # type: ignore[arg-type]
    found: dict[str, object] = json.loads(content)
    return found


def test_the_newest_file_has_what_a_search_reads_first() -> None:
    found = newest(rows=(Numbered(2055, post(address="about/")),))
    assert str(found.pop("stop")).split()[:3] == ["ac", "all", "also"]
    assert found == {
        "docs": 2, "shards": "0 am", "spelling": "ab", "before": 3,
        "issues": [["bins", "Grit bins"]],
        "streets": ["Eland Road", ["Mill Lane", "mill-lane-2"]],
        "words": [["bin bins", "A", "2"]],
        "rows": {"2055": ["Grit bins", "about/"]},
    }  # fmt: skip


def test_only_a_site_with_welsh_posts_has_the_mutations() -> None:
    table = newest(has_welsh=True)["cy"]
    assert isinstance(table, dict)
    assert (table["b"], table["f"], table["ll"]) == ("p", "b m", "")


@pytest.mark.long
def test_a_new_post_is_the_turn_of_few_parts() -> None:
    """No part ever gives a post back, and none waits for long."""
    before = layout(0)
    for count in range(1, examples(9000, short=5000)):
        now = layout(count)
        assert all(
            a <= b <= max(count - NEWEST, 0) for a, b in zip(before.bounds, now.bounds, strict=True)
        )
        assert all(count - bound <= NEWEST + 2 * LEVELS[-1].sweep for bound in now.bounds)
        cells = {n for n in range(CELLS) if before.bounds[n] != now.bounds[n]}
        lists = {n for n in range(len(LETTERS)) if before.lists[n] != now.lists[n]}
        ends = (*now.starts, now.end)[1:]
        shards = {
            start for start, end in zip(now.starts, ends, strict=True)
            if not cells.isdisjoint(range(start, end))
        }  # fmt: skip
        divided = set(now.starts) ^ set(before.starts)
        assert divided <= shards
        assert len(shards) + len(lists) <= 2
        before = now


def test_larger_sites_have_more_files_but_never_more_than_256_with_words() -> None:
    counts = [len(layout(posts).starts) for posts in (0, 16, 100, 1000, 3000, 10_000, 10**6)]
    assert counts == [0, 0, 16, 64, 128, 256, 256]
