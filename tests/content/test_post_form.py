"""A post as a form and back: only what differs is written, and nothing is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_posts import PARTS, made_file
from wardblog.content.keys import KEYS
from wardblog.content.post_form import form_of, with_form
from wardblog.content.write import values_in

POST = "Title: A\nPlaces: Elm Road | 1\n        Oak Road | 2\nLang: cy\n\nText.\n"
REPEATS = sorted(key.name for key in KEYS.values() if key.repeats)


@pytest.mark.parametrize("part", PARTS)
def test_a_form_that_nobody_touched_writes_the_same_bytes(part: int) -> None:
    shown = 0
    for seed in range(part, 1_000, 10):
        made = made_file(seed)
        form = form_of(made.data)
        if form is None:
            continue
        shown += 1
        assert form.fields == {k: tuple(v) for k, v in made.values.items()}, seed
        assert with_form(made.data, form.fields, form.text) == (made.data, [])
    assert shown > 90


@pytest.mark.parametrize(
    ("key", "values", "after"),
    [
        ("Places", ["Elm Road | 1"], POST.replace("        Oak Road | 2\n", "")),
        ("Places", [], "Title: A\nLang: cy\n\nText.\n"),
        ("Places", ["Elm Road | 1", "Oak Road | 3"], POST.replace("| 2", "| 3")),
        ("Places", ["Elm Road | 1", "Oak Road | 2", "Fir Road | 3"],
         POST.replace("Lang", "        Fir Road | 3\nLang")),
        ("Lang", ["  en "], POST.replace("cy", "en")),
        ("Lang", ["", " "], POST.replace("Lang: cy\n", "")),
        ("Summary", ["One."], POST.replace("Places: E", "Summary: One.\nPlaces: E")),
    ],
)  # fmt: skip
def test_what_differs_in_a_form_is_written_as_its_author_would(
    key: str, values: list[str], after: str
) -> None:
    form = form_of(POST.encode())
    assert form
    new, refused = with_form(POST.encode(), {**form.fields, key: values}, form.text)
    assert refused == []
    assert values_in(new) == values_in(after.encode())
    assert sorted(new.decode().split("\n")) == sorted(after.split("\n"))


@given(
    key=st.sampled_from(REPEATS),
    values=st.lists(st.sampled_from(["One | 1", "Two", "Three: 3", "Four & five"]), max_size=5),
    before=st.lists(st.sampled_from(["One | 1", "Six", "Two"]), max_size=4),
)
def test_any_values_of_a_repeatable_line_are_read_back(
    key: str, values: list[str], before: list[str]
) -> None:
    lines = "".join(f"{key}: {value}\n" for value in before)
    data = f"Title: A\n{lines}Lang: cy\n\nText.\n".encode()
    new, refused = with_form(data, {"Title": ["A"], "Lang": ["cy"], key: values}, "Text.\n")
    assert refused == []
    expected = {"Title": ("A",), "Lang": ("cy",)} | ({key: tuple(values)} if values else {})
    assert values_in(new) == expected


def test_a_value_that_is_refused_leaves_the_rest_to_be_written() -> None:
    fields = {"Title": ["A", "B"], "Lang": ["en"], "Places": ["Elm Road | 1", "a\nb"]}
    new, refused = with_form(POST.encode(), fields, "Other.\n")
    assert [(one.key, one.position) for one in refused] == [("Title", 0), ("Places", 1)]
    assert refused[0].message == '"Title" can have one value only'
    assert values_in(new)["Lang"] == ("en",)
    assert new.endswith(b"Other.\n")


def test_a_character_that_the_encoding_lacks_makes_the_whole_file_utf_8() -> None:
    data = "Title: Café\n\nText.".encode("cp1252")
    new, refused = with_form(data, {"Title": ["Café ♥"]}, "Text.")
    assert (new, refused) == ("Title: Café ♥\n\nText.".encode(), [])


def test_each_line_of_the_header_belongs_to_a_value() -> None:
    data = b"\nTitle: A\n  and more\nPlaces: B\n  C\nSummary:\n\n\nText.\n"
    form = form_of(data)
    assert form
    found = [form.place_at(line) for line in range(1, 10)]
    assert [(one.key, one.position) if one else None for one in found] == [
        None, ("Title", 0), ("Title", 0), ("Places", 0), ("Places", 1), ("Summary", 0),
        ("Summary", 0), ("Summary", 0), None,
    ]  # fmt: skip
    assert (form.text, form.text_line) == ("Text.\n", 9)


@pytest.mark.parametrize(
    "text",
    [
        "Title: A\nColour: red\n\nText.",
        "Title: A\nTitle: B\n\nText.",
        "Title: A\na line of no kind\nDate: 2026-11-20\n\nText.",
        "Title: Bins Status: draft\n\nText.",
        "+++\ntitle = 'A'\n+++\nText.",
        "---\ntitle: [A\n---\nText.",
        "---\ntitle: A\n\nText.",
        "%PDF-1.7",
        "\x00\x00\x00\x00",
    ],
)
def test_a_file_with_more_on_top_than_a_form_shows_is_none(text: str) -> None:
    assert form_of(text.encode()) is None


def test_a_header_line_in_the_text_stays_there() -> None:
    data = b"Title: A\n\nText.\n\nStatus: draft\n"
    form = form_of(data)
    assert form
    assert form.fields == {"Title": ("A",)}
    assert with_form(data, form.fields, form.text) == (data, [])
    new, refused = with_form(data, {"Title": ["B"]}, form.text)
    assert (new, refused) == (data.replace(b": A", b": B"), [])
