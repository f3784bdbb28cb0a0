"""Posts written back: what is read is what was written, and nothing else of a file changes."""

from __future__ import annotations

import os
import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_posts import PARTS, WORDS, difference, lines_of, made_file
from support import TODAY, read_all, write_site
from wardblog.content.keys import KEYS, TABLE
from wardblog.content.write import (
    create_post,
    values_in,
    with_further_value,
    with_value,
    without_value,
)
from wardblog.model import Progress
from wardblog.problems import CommandError
from wardblog.scaffold import new_post

FILES = 1_000


def ending(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


@pytest.mark.parametrize("part", PARTS)
def test_what_is_read_can_be_written_back_without_changing_a_byte(part: int) -> None:
    for seed in range(part, FILES, 10):
        made = made_file(seed)
        assert values_in(made.data) == {k: tuple(v) for k, v in made.values.items()}, seed
        for key, values in made.values.items():
            for position, value in enumerate(values):
                assert with_value(made.data, key, value, position) == made.data


@pytest.mark.parametrize("part", PARTS)
def test_changing_a_value_changes_only_its_line(part: int) -> None:
    for seed in range(part, FILES, 10):
        made, r = made_file(seed), random.Random(-seed)  # noqa: S311
        key = r.choice(list(made.values))
        position = r.randrange(len(made.values[key]))
        value = f"Another {r.choice([w for w in WORDS if w != made.without])} value"
        data = with_value(made.data, key, value, position)
        made.values[key][position] = value
        assert values_in(data) == {k: tuple(v) for k, v in made.values.items()}, seed
        gone, new = difference(lines_of(made, made.data), lines_of(made, data))
        assert len(gone) == made.height.get(key, 1), seed
        assert len(new) == 1
        assert ending(new[0]) == ending(gone[0]) or len(gone) > 1
        assert value in new[0].replace("''", "'").replace('\\"', '"')


@pytest.mark.parametrize("part", range(4))
def test_adding_a_line_adds_one_and_removing_it_gives_the_same_bytes(part: int) -> None:
    for seed in range(part, FILES, 40):
        made, r = made_file(seed), random.Random(-seed)  # noqa: S311
        key = r.choice([k.name for k in TABLE if k.name not in made.values and k.name != "Status"])
        value = f"A new {r.choice([w for w in WORDS if w != made.without])} value"
        data = with_value(made.data, key, value)
        assert values_in(data) == {**{k: tuple(v) for k, v in made.values.items()}, key: (value,)}
        gone, new = difference(lines_of(made, made.data), lines_of(made, data))
        if gone:  # the last line of a file without a final line ending gets one
            assert gone[0] == new.pop(0).rstrip("\r\n")
        assert len(new) == 1, seed
        assert new[0].lower().startswith(f"{key.lower()}: ")
        if not gone:
            assert without_value(data, key) == made.data


@pytest.mark.parametrize("part", range(4))
def test_a_further_value_is_one_line_more_below_the_others(part: int) -> None:
    for seed in range(part, FILES, 40):
        made, r = made_file(seed), random.Random(-seed)  # noqa: S311
        duplicate_name = [k for k in made.values if KEYS[k].repeats]
        if not duplicate_name:
            continue
        key = r.choice(duplicate_name)
        data = with_further_value(made.data, key, "One more: value")
        expected = {k: tuple(v) for k, v in made.values.items()}
        expected[key] += ("One more: value",)
        assert values_in(data) == expected, seed
        gone, new = difference(lines_of(made, made.data), lines_of(made, data))
        is_flow = bool(gone) and gone[0].startswith("deadline: [")
        assert len(new) == 1 + bool(gone and not is_flow), seed
        assert without_value(data, key, len(expected[key]) - 1) == made.data or gone


@pytest.mark.parametrize("part", range(4))
def test_removing_a_value_leaves_the_others(part: int) -> None:
    for seed in range(part, FILES, 40):
        made, r = made_file(seed), random.Random(-seed)  # noqa: S311
        key = r.choice(list(made.values))
        position = r.randrange(len(made.values[key]))
        if len(made.values) == 1 and len(made.values[key]) == 1:
            continue
        data = without_value(made.data, key, position)
        del made.values[key][position]
        assert values_in(data) == {k: tuple(v) for k, v in made.values.items() if v}, seed


POST = "Title: Two bins\nDate: 2026-11-20\nTags: winter\n\nText.\n"
PLACES = "Title: A\nPlaces: Elm Road | 1\n        Oak Road | 2\nLang: cy\n\nText."


def done(before: str, action: str, key: str, value: str = "", position: int = 0) -> str:
    """A file after one change, as text."""
    data = before.encode()
    if action == "remove":
        return without_value(data, key, position).decode()
    if action == "add":
        return with_further_value(data, key, value).decode()
    return with_value(data, key, value, position).decode()


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("date : 1\nTITLE:A\n\nText.", ("set", "Title", "B"), "date : 1\nTITLE: B\n\nText."),
        ("Title: A  \n\nText.", ("set", "Title", "B: c | d"), "Title: B: c | d\n\nText."),
        ("Title: A\nSummary:\n\nText.", ("set", "Summary", "B"), "Title: A\nSummary: B\n\nText."),
        ("Title: A", ("set", "Date", "1"), "Title: A\nDate: 1"),
        ("Title: A\r\n", ("set", "Date", "1"), "Title: A\r\nDate: 1\r\n"),
        ("Date: 1\n\nText.", ("set", "Title", "A"), "Title: A\nDate: 1\n\nText."),
        ("title: A\nlang: cy\n\nText.", ("set", "Slug", "b"),
         "title: A\nslug: b\nlang: cy\n\nText."),
        (PLACES, ("set", "Precision", "street"), PLACES.replace("Lang", "Precision: street\nLang")),
        (PLACES, ("add", "Places", "Fir Road | 3"),
         PLACES.replace("Lang", "        Fir Road | 3\nLang")),
        (PLACES, ("set", "Places", "Fir Road | 3", 0),
         PLACES.replace("Elm Road | 1", "Fir Road | 3")),
        (PLACES, ("set", "Places", "Fir Road | 3", 1),
         PLACES.replace("Oak Road | 2", "Fir Road | 3")),
        (PLACES, ("remove", "Places", "", 1), PLACES.replace("        Oak Road | 2\n", "")),
        (PLACES, ("remove", "Places", "", 0), PLACES.replace("Elm Road | 1\n        ", "")),
        ("Title: A\nSummary: One\n  sentence.\nLang: cy\n\nText.", ("set", "Summary", "B"),
         "Title: A\nSummary: B\nLang: cy\n\nText."),
        ("Title: A\nSummary: One\n  sentence.\nLang: cy\n\nText.", ("remove", "Summary"),
         "Title: A\nLang: cy\n\nText."),
        ("Title: A\ndraft: true\n\nText.", ("set", "Status", "hidden"),
         "Title: A\nStatus: hidden\n\nText."),
        ("- **Title:** A\n\nText.", ("set", "Title", "B"), "Title: B\n\nText."),
        ("Title: A\n\nText.", ("set", "Title", "R&amp;D"), "Title: R&amp;amp;D\n\nText."),
        ("", ("set", "Title", "A"), "Title: A\n"),
        ("Only text.\n", ("set", "Title", "A"), "Title: A\n\nOnly text.\n"),
        ("---\nTitle: A\n---\nText.", ("set", "Lang", "cy"), "---\nTitle: A\nLang: cy\n---\nText."),
        ("---\ntitle: 'A' # why\n---\nText.", ("set", "Title", "it's #1"),
         "---\ntitle: 'it''s #1' # why\n---\nText."),
        ("---\n{title: A, lang: cy}\n---\nText.", ("set", "Slug", "b"),
         "---\n{title: A, slug: b, lang: cy}\n---\nText."),
        ("---\n{title: A, lang: cy}\n---\nText.", ("remove", "Title"),
         "---\n{lang: cy}\n---\nText."),
        ("---\ntitle: 'A'\nevent: [a, b] # c\n---\nText.", ("add", "Event", "d, e"),
         "---\ntitle: 'A'\nevent: [a, b, 'd, e'] # c\n---\nText."),
        ("---\ntitle: 'A'\nevent: [a, b]\n---\nText.", ("remove", "Event", "", 0),
         "---\ntitle: 'A'\nevent: [b]\n---\nText."),
        ("---\ntitle: 'A'\nevent: 'a'\n---\nText.", ("add", "Event", "b"),
         "---\ntitle: 'A'\nevent: ['a', b]\n---\nText."),
        ("---\ntitle: 'A'\nevent:\n- a # why\n\n# note\nlang: cy\n---\nText.",
         ("add", "Event", "b"),
         "---\ntitle: 'A'\nevent:\n- a # why\n- b\n\n# note\nlang: cy\n---\nText."),
        ("---\ntitle: 'A'\nevent: |\n  a\n  b\n---\nText.", ("add", "Event", "c: d"),
         "---\ntitle: 'A'\nevent: |\n  a\n  b\n  c: d\n---\nText."),
        ("---\ntitle: 'A'\ndraft: true\n---\nText.", ("set", "Status", "hidden"),
         "---\ntitle: 'A'\nstatus: hidden\n---\nText."),
        ("---\ntitle: 'A'\nsummary:\n---\nText.", ("set", "Summary", "B"),
         "---\ntitle: 'A'\nsummary: B\n---\nText."),
    ],
)  # fmt: skip
def test_a_change_is_made_as_its_author_would(
    before: str, change: tuple[str, str, str, int], after: str
) -> None:
    assert done(before, *change) == after


@pytest.mark.parametrize(
    ("before", "change", "message", "hint"),
    [
        (POST, ("set", "Title", "A\nB"),
         '"Title" is one line, so its value cannot have a line break in it',
         "Join its lines to one."),
        (POST, ("add", "Event", "A\u2028B"),
         '"Event" is one line, so its value cannot have a line break in it',
         "Join its lines to one, or add each as a value of its own."),
        (POST, ("set", "Title", " "), '"Title" needs a value',
         "To leave it empty, remove the line."),
        (POST, ("add", "Title", "B"), '"Title" can have one value only',
         "Change the value that is there."),
        (POST, ("set", "Title", "Bins Status: draft"),
         '"Title" cannot be "Bins Status: draft" in this file: it would be read as something else',
         "Write it in other words, or change the line in your editor."),
        (POST, ("set", "Title", " A"),
         '"Title" cannot be " A" in this file: it would be read as something else',
         "Write it in other words, or change the line in your editor."),
        ("---\nTitle: A: b\n---\nText.", ("set", "Slug", "a #1"),
         '"Slug" cannot be "a #1" in this file: it would be read as something else',
         "Remove the lines of dashes above and below the header lines, and try again."),
        ("Title: A\n\nDate: 2026-11-20\n\nText.", ("set", "Date", "2026-11-21"),
         'The line "Date" is below the header lines, in the text',
         "Move it up to the other header lines first."),
        ('{"title": "A"}', ("set", "Title", "B"),
         ("The file cannot be changed: "
          "the header lines are written in JSON, which is not supported"),
         'Write them like "Title: Two grit bins moved", without brackets and quotation marks.'),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_refused_in_one_sentence(
    before: str, change: tuple[str, str, str], message: str, hint: str
) -> None:
    with pytest.raises(CommandError) as refused:
        done(before, *change)
    assert (str(refused.value), refused.value.hint) == (message, hint)


def test_a_character_that_the_encoding_lacks_is_refused_with_the_remedy() -> None:
    data = "Title: Café\n\nText.".encode("cp1252")
    assert with_value(data, "Title", "Zoë – £5") == "Title: Zoë – £5\n\nText.".encode("cp1252")
    with pytest.raises(CommandError) as refused:
        with_value(data, "Title", "Café → bins")
    assert str(refused.value) == (
        'The character "→" cannot be saved in this file, which is in Windows-1252'
    )
    assert refused.value.hint.startswith("Open the file in your editor, save it with the encoding")


@pytest.mark.parametrize("position", [-1, 1, 2])
def test_a_position_without_a_value_is_an_error_of_the_program(position: int) -> None:
    with pytest.raises(IndexError):
        without_value(POST.encode(), "Title", position)
    with pytest.raises(IndexError):
        with_value(POST.encode(), "Title", "B", position)


def test_accents_are_composed_as_the_reader_does() -> None:
    data = with_value(POST.encode(), "Title", "Cafe\u0301")
    assert values_in(data)["Title"] == ("Caf\u00e9",)


VALUES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=30)


@given(key=st.sampled_from(sorted(KEYS)), value=VALUES)
def test_any_value_is_read_back_exactly_or_refused(key: str, value: str) -> None:
    before = values_in(PLACES.encode())
    try:
        data = with_value(PLACES.encode(), key, value)
    except CommandError:
        return
    composed = unicodedata.normalize("NFC", value)
    assert values_in(data)[key][0] == composed
    assert {k: v for k, v in values_in(data).items() if k != key} == {
        k: v for k, v in before.items() if k != key
    }
    assert data.decode().split("\n\n", 1)[1] == "Text."


SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


@given(key=st.sampled_from(sorted(KEYS)), value=SENTENCES)
def test_ordinary_words_are_never_refused(key: str, value: str) -> None:
    assert values_in(with_value(PLACES.encode(), key, value))[key][0] == value


LINES = st.lists(
    st.sampled_from(
        ("Title: A", "title : B", "Places: C | 1", "  D | 2", "---", "", "# e", "tags: [f, g]", "h",
         "- i", "draft: true", "Status: draft", "Summary:", "\tmore words", "**Lang:** cy", "j: k")
    ),
    max_size=8,
)  # fmt: skip


@given(lines=LINES, end=st.sampled_from(("\n", "\r\n", "\r")), key=st.sampled_from(sorted(KEYS)))
def test_in_any_file_a_change_is_whole_or_refused(lines: list[str], end: str, key: str) -> None:
    data = end.join(lines).encode()
    try:
        before = values_in(data)
        after = with_value(data, key, "New words")
    except CommandError:
        return
    assert values_in(after) == {**before, key: ("New words", *before.get(key, ())[1:])}
    for other, values in before.items():
        for position, value in enumerate(values):
            assert with_value(data, other, value, position) == data


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_disk_that_fails_leaves_no_half_of_a_post(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        create_post(tmp_path / "new.md", [("Title", "A")], "Text.\n")
    assert names_in(tmp_path) == []


def test_a_new_post_is_read_as_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "posts/new.md"
    lines = [
        ("Title", "R&amp;D: a title"),
        ("Places", "A | 1"),
        ("Places", "B | 2"),
        ("Summary", ""),
    ]
    create_post(path, lines, "Text.\n")
    assert path.read_bytes() == (
        b"Title: R&amp;amp;D: a title\nPlaces: A | 1\nPlaces: B | 2\nSummary:\n\nText.\n"
    )
    assert values_in(path.read_bytes()) == {
        "Title": ("R&amp;D: a title",), "Places": ("A | 1", "B | 2")
    }  # fmt: skip
    with pytest.raises(FileExistsError):
        create_post(path, lines, "Other text.\n")
    assert b"Other" not in path.read_bytes()
    with pytest.raises(CommandError, match="would be read as something else"):
        create_post(tmp_path / "other.md", [("Title", "Bins Status: draft")], "")
    assert not (tmp_path / "other.md").exists()


def test_a_disk_without_hard_links_takes_new_posts_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    create_post(tmp_path / "new.md", [("Title", "A")], "Text.\n")
    assert (tmp_path / "new.md").read_bytes() == b"Title: A\n\nText.\n"
    with pytest.raises(FileExistsError):
        create_post(tmp_path / "new.md", [("Title", "B")], "Text.\n")
    assert names_in(tmp_path) == ["new.md"]


def test_a_changed_post_is_read_as_a_post_with_that_value(tmp_path: Path) -> None:
    content = write_site(tmp_path)
    path = new_post(content, "Bins", "grit bins", TODAY, ("Grit bins",))
    data = with_value(path.read_bytes() + b"Text.\n", "Progress", "fixed")
    data = with_further_value(data, "Places", "Eland Road | 51.46671, -0.15602")
    path.write_bytes(data)
    site, problems = read_all(content)
    assert problems == []
    post = next(p for p in site.posts if p.title == "Bins")
    assert [(p.name, p.progress) for p in post.places] == [("Eland Road", Progress.FIXED)]
