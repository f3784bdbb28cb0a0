"""Words of the index: how texts are folded and divided, and which words are looked up as one."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest

from support import ROOT
from wardblog.search.cells import FIRSTS, Cells, cell_key, ranges, shard_path
from wardblog.search.welsh import radicals
from wardblog.search.words import EnglishStems, Stems, is_looked_up, simple_slug, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two GRIT bins", ["two", "grit", "bins"]),
        ("The councillor's bin", ["councillors", "the", "councillor", "bin"]),
        ("St John’s Hill", ["johns", "st", "john", "hill"]),
        ("rock 'n' roll, residents' bins", ["rock", "n", "roll", "residents", "bins"]),
        ("Tŷ Môn ﬁre ½", ["ty", "mon", "fire", "1", "2"]),
        ("See 2026/1234.", ["1234/2026", "see", "2026", "1234"]),
        ("26/0123/FUL", ["0123/ful/26", "26", "0123", "ful"]),
        ("and/or 24/7", ["and", "or", "24", "7"]),
        ("snow_storm fly-tipping", ["snow", "storm", "fly", "tipping"]),
        ("شارع إيلاند", ["شارع", "ايلاند"]),
        ("", []),
    ],
)
def test_a_text_is_divided_into_folded_words(text: str, words: list[str]) -> None:
    assert words_in(text) == words


def test_a_text_in_ascii_is_divided_at_the_same_signs_as_any_other() -> None:
    for code in range(128):
        text = f"Bin{chr(code)}day 4{chr(code)}s {chr(code)}"
        assert words_in(f"{text} λ") == [*words_in(text), "λ"]


@pytest.mark.parametrize(("word", "is_one"), [
    ("bin", True), ("the", False), ("a", False), ("b", False), ("7", True), ("x" * 40, True),
    ("x" * 41, False), ("yn", False), ("pan", True),
])  # fmt: skip
def test_words_that_say_nothing_are_not_looked_up(word: str, is_one: bool) -> None:
    assert is_looked_up(word) == is_one


@pytest.mark.parametrize("words", [
    ("bin", "bins"), ("pothole", "potholes"), ("library", "libraries"), ("cross", "crossing"),
    ("plan", "planned", "planning"), ("try", "tries", "tried"),
])  # fmt: skip
def test_forms_of_an_english_word_have_one_stem_and_are_in_one_cell(words: tuple[str]) -> None:
    stems, cells = EnglishStems(), Cells()
    assert len({stems[word] for word in words}) == 1
    assert len({cells.of(word) for word in words}) == 1


def test_in_other_languages_a_word_is_its_own_stem() -> None:
    assert Stems()["biniau"] == "biniau"
    assert EnglishStems()["2026"] == "2026"
    assert EnglishStems()["the"] == ""


def test_only_english_is_imported_and_the_library_stays_as_it_was() -> None:
    before = set(sys.modules)
    assert EnglishStems()["councillors"] == "councillor"
    assert not [name for name in set(sys.modules) - before if name.startswith("snowball")]


def test_a_library_that_somebody_else_uses_stays_imported() -> None:
    library = import_module("snowballstemmer")
    assert EnglishStems()["bins"] == library.stemmer("english").stemWord("bins")
    assert sys.modules["snowballstemmer"] is library


def test_nearly_all_forms_of_a_stem_are_in_one_cell() -> None:
    """Of all words of our own texts: where they are not, only the same form is found."""
    stems, cells = EnglishStems(), Cells()
    found: dict[str, set[int]] = {}
    for path in (*ROOT.glob("docs/*.md"), *ROOT.glob("content/posts/*.md")):
        for word in words_in(path.read_text(encoding="utf-8")):
            if stem := stems[word]:
                found.setdefault(stem, set()).add(cells.of(word))
    apart = [stem for stem, some in found.items() if len(some) > 1]
    assert len(found) > 2000
    assert len(apart) <= 4, apart


def test_cells_are_in_order_and_every_word_is_in_one() -> None:
    assert list(FIRSTS) == sorted(set(FIRSTS))
    assert len(FIRSTS) == 256
    assert max(map(len, FIRSTS)) <= 3  # so that all words with the same three letters are together
    cells = Cells()
    for number, first in enumerate(FIRSTS):
        assert cells.of(first) == number
        assert cells.of(f"{first}zz"[:3]) >= number
    assert cells.of("#bins") == cells.of("0") == 0
    assert cells.of("شارع") == cells.of("zzz") == 255
    assert cell_key("yeyys") == "yei"


def test_files_of_words_have_names_that_every_system_allows() -> None:
    """Windows has no files that are called `con`, whatever their ending is."""
    names = [shard_path(cells.start) for cells in ranges(tuple(range(256)), 256)]
    assert "search/words/con-.json" in names
    assert len({name.casefold() for name in names}) == 256


@pytest.mark.parametrize(("form", "radical"), [
    ("barc", "parc"), ("mharc", "parc"), ("pharc", "parc"), ("dref", "tref"), ("nhref", "tref"),
    ("thref", "tref"), ("gastell", "castell"), ("nghastell", "castell"), ("chastell", "castell"),
    ("fws", "bws"), ("mws", "bws"), ("ddinas", "dinas"), ("ninas", "dinas"), ("ardd", "gardd"),
    ("ngardd", "gardd"), ("wlad", "gwlad"), ("las", "glas"), ("lyfr", "llyfr"), ("faes", "maes"),
    ("rodfa", "rhodfa"), ("hysgol", "ysgol"), ("dy", "ty"),
])  # fmt: skip
def test_a_welsh_word_has_the_radicals_that_it_may_come_from(form: str, radical: str) -> None:
    assert radical in radicals(form)


@pytest.mark.parametrize("word", ["ffordd", "llyfr", "rhodfa", "parc", "tref", "siop", "a", "2026"])
def test_a_welsh_word_without_a_mutation_has_no_radical_but_itself(word: str) -> None:
    assert radicals(word) == ()


@pytest.mark.parametrize(("title", "slug"), [
    ("Two grit bins moved", "two-grit-bins-moved"), ("St John's: 2026!", "st-johns-2026"),
    ("Tŷ -- Môn", "ty-mon"), ("£5", "5"),
])  # fmt: skip
def test_the_script_makes_the_same_address_of_most_titles(title: str, slug: str) -> None:
    assert simple_slug(title) == slug
