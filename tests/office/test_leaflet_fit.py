"""Words that do not fit on their paper are reported, each kind in its own words, never cut off."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.leaflets import EIGHT, leaflet_of, poster_of, sample_site, with_words
from wardblog.office.leaflet.inspect_pdf import texts_of
from wardblog.office.leaflet.papers import LEAFLET_SIZES, leaflet_paper
from wardblog.office.leaflet.plan import Measured, Overflow, Plan, plan_sides, rooms
from wardblog.problems import ContentError

LONG = "We looked into it, asked the council, and wrote down what it said. " * 12


def leaflet(*sections: str, heads: str = "") -> str:
    return f"Title: News\nPosts: {EIGHT[0]}\n{heads}\n" + "\n\n".join(sections) + "\n"


def section(title: str, text: str, post: str = "") -> str:
    return f"## {title}{f' {{#{post}}}' if post else ''}\n\n{text}"


def said_about(folder: Path, words: str, size: str) -> str:
    with_words(folder, "mine", words)
    with pytest.raises(ContentError) as caught:
        leaflet_of(folder, "mine", size)
    assert not list((folder / "private").rglob("*.pdf"))
    return str(caught.value)


def test_a_text_that_is_too_long_is_named_with_how_much_and_what_to_do(tmp_path: Path) -> None:
    words = leaflet(section("Short", "A few words.", EIGHT[0]), section("Long", LONG * 5))
    said = said_about(tmp_path, words, "A5")
    assert 'mine.md:8: "Long" does not fit on the 2 sides of A5: it is about ' in said
    found = re.search(r"about (\d+) lines \((\d+) mm\) too long", said)
    assert found
    lines, millimetres = int(found[1]), int(found[2])
    assert millimetres / lines == pytest.approx(10 * 1.25 * 25.4 / 72, rel=0.1)
    assert "Shorten the text, leave out a section" in said
    assert "or choose SIZE=A4." in said
    # Without a little more than that many lines it fits.
    per_line = 105
    kept = (LONG * 5)[: -int((lines + 4) * per_line)].rpartition(". ")[0]
    with_words(tmp_path, "mine", words.replace(LONG * 5, f"{kept}."))
    assert leaflet_of(tmp_path, "mine", "A5").sides == 2


@pytest.mark.long
def test_many_short_texts_that_are_too_much_together_name_the_first_one(tmp_path: Path) -> None:
    sections = [section(f"Part {n}", LONG[:400]) for n in range(1, 20)]
    said = said_about(tmp_path, leaflet(*sections), "A5")
    number = int(re.search(r'"Part (\d+)" does not fit', said)[1])  # type: ignore[index]
    assert 4 <= number <= 15
    fits = leaflet(*sections[: number - 1])
    with_words(tmp_path, "mine", fits)
    assert leaflet_of(tmp_path, "mine", "A5").sides == 2


def test_one_side_can_be_too_few(tmp_path: Path) -> None:
    words = leaflet(*(section(f"Part {n}", LONG[:600]) for n in range(4)), heads="Sides: 1\n")
    said = said_about(tmp_path, words, "A5")
    assert "does not fit on the side of A5" in said
    assert 'or write "Sides: 2".' in said


def test_a_title_can_be_too_long(tmp_path: Path) -> None:
    words = leaflet(section("Short", "A few words.")).replace("News", "News of our ward " * 20)
    said = said_about(tmp_path, words, "A5")
    assert "mine.md:1: the title is about" in said
    assert "Shorten it, or the subtitle." in said


def test_the_end_can_be_too_high(tmp_path: Path) -> None:
    words = leaflet(section("Short", "A few words."), heads=f"Call to action: {LONG * 3}\n")
    said = said_about(tmp_path, words, "A5")
    assert "mine.md:3: the end of the leaflet, with the surgeries" in said


def test_too_little_text_for_a_folded_leaflet_is_reported(tmp_path: Path) -> None:
    said = said_about(tmp_path, leaflet(section("Short", "A few words.")), "fold")
    assert "there is too little text for the 4 sides of a folded A4" in said
    assert "Add posts, or choose SIZE=A5." in said


def test_one_text_on_two_sides_is_on_the_first(tmp_path: Path) -> None:
    words = leaflet(section("Short", "A few words."), heads="Sides: 2\n")
    made = leaflet_of(tmp_path, with_words(tmp_path, "mine", words), "A5")
    first, last = texts_of(made.screen.read_bytes())
    assert "A few words." in first
    assert "How to reach us" in last


def test_a_text_of_a_poster_can_be_too_long(tmp_path: Path) -> None:
    poster = poster_of(tmp_path, "Ward surgery")
    words = poster.words.read_text(encoding="utf-8")
    poster.words.write_text(f"{words}\n{LONG * 6}", encoding="utf-8")
    before = poster.printer.read_bytes()
    with pytest.raises(ContentError, match="does not fit on the side of A4"):
        poster_of(tmp_path, "Ward surgery")
    assert poster.printer.read_bytes() == before


@pytest.mark.long
def test_short_words_need_one_side_only(tmp_path: Path) -> None:
    with_words(tmp_path, "mine", leaflet(section("Short", "A few words.", EIGHT[0])))
    for size in ("A5", "A4"):
        made = leaflet_of(tmp_path, "mine", size)
        assert made.sides == 1
        (page,) = texts_of(made.screen.read_bytes())
        assert "Printed by" in page


@pytest.mark.long
def test_three_councillors_and_many_surgeries_fit(tmp_path: Path) -> None:
    site = sample_site()
    third = replace(site.councillors[0], name="Sam Third", portrait=None)
    surgeries = tuple(replace(site.surgeries[0], words=f"Surgery {n}") for n in range(3))
    site = replace(site, councillors=(*site.councillors, third), surgeries=surgeries)
    for size in ("A5", "fold"):
        made = leaflet_of(tmp_path, ",".join(EIGHT[:4]), size, site)
        words = " ".join(texts_of(made.screen.read_bytes()))
        assert "Sam Third" in words
        assert all(f"Surgery {n}" in words for n in range(3))


def measured(sections: list[float]) -> list[Measured]:
    return [Measured(20.0, 90.0, tuple(sections))] * 20


@given(
    st.sampled_from(LEAFLET_SIZES),
    st.lists(st.floats(10, 120), min_size=1, max_size=12),
    st.sampled_from([None, 1, 2]),
)
def test_a_plan_has_each_section_once_in_order_and_none_too_high(
    size: str, sections: list[float], sides: int | None
) -> None:
    paper = leaflet_paper(size, len(sections))
    wanted = 4 if size == "fold" else sides
    plan = plan_sides(paper, measured(sections)[: len(paper.levels)], wanted)
    if isinstance(plan, Overflow):
        assert plan.excess > 0 or plan.what == "empty"
        return
    columns = [column for side in plan.sides for column in side]
    assert [n for column in columns for n in column] == list(range(len(sections)))
    room = rooms(paper, measured(sections)[0], len(plan.sides))
    gap = paper.levels[plan.level].gap
    for column, height in zip(columns, room, strict=True):
        used = sum(sections[n] for n in column) + gap * max(len(column) - 1, 0)
        assert used <= height + 0.1


def test_columns_are_about_equally_full() -> None:
    paper = leaflet_paper("A4", 4)
    plan = plan_sides(paper, measured([40.0] * 4)[: len(paper.levels)], 1)
    assert isinstance(plan, Plan)
    assert plan.sides == (((0, 1), (2, 3)),)


@pytest.mark.long
def test_what_the_plan_measured_is_what_the_page_has(tmp_path: Path) -> None:
    """Every word of a full leaflet is on its pages, the last one of each section as well."""
    sections = [section(f"Part {n}", f"{LONG[:300]} Enough{n}.", post)
                for n, post in enumerate(EIGHT[:2])]  # fmt: skip
    sections += [section(f"Part {n}", f"{LONG[:240]} Enough{n}.") for n in range(2, 6)]
    with_words(tmp_path, "mine", leaflet(*sections))
    for size in ("A5", "A4", "fold"):
        made = leaflet_of(tmp_path, "mine", size)
        words = "".join(texts_of(made.printer.read_bytes()))
        assert [n for n in range(6) if f"Enough{n}." in words] == list(range(6))


def test_nothing_is_left_in_temporary_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    leaflet_of(tmp_path, EIGHT[0], "A5")
    said_about(tmp_path / "other", leaflet(section("Long", LONG * 9)), "A5")
    assert list(temporary.iterdir()) == []
