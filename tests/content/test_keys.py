"""The table of header lines: whole, true of the model, and the source of what is made from it."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from support import ROOT, TODAY, WARD, picture, post_with, read_all, write_site
from wardblog.content.header.front_matter import split
from wardblog.content.header.recognise import key_hint, loose_key_line
from wardblog.content.keys import KEYS, TABLE, FileKind, HeaderKey, key_called
from wardblog.model import Post
from wardblog.report import Report
from wardblog.scaffold import new_post

GUIDE = ROOT / "docs/guide.md"
BEGIN, END = (
    "<!-- The table of header lines is made from plugins/wardblog/content/keys.py. -->\n",
    "<!-- -->",
)


def table_of_header_lines() -> str:
    """The guide's table: each header line with an example and what it does."""
    rows = ["| line | example | what it does |", "|---|---|---|"]
    for key in TABLE:
        example = key.examples[0].replace("|", "\\|")
        words = key.explanation.replace("|", "\\|")
        rows.append(f"| `{key.name}` | `{example}` | {words} |")
    return "\n".join(rows) + "\n"


def test_the_table_in_the_guide_is_that_of_the_code(request: pytest.FixtureRequest) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    table, after = rest.split(END, 1)
    if request.config.getoption("--update-golden"):
        table = table_of_header_lines()
        GUIDE.write_text(f"{before}{BEGIN}{table}{END}{after}", encoding="utf-8")
    assert table == table_of_header_lines()


def test_each_line_fills_a_field_of_the_model_that_no_other_fills() -> None:
    filled = [key.field for key in TABLE]
    assert set(filled) <= {field.name for field in fields(Post)}
    assert len(set(filled)) == len(filled)
    assert len(KEYS) == len(TABLE)


@pytest.mark.parametrize("key", TABLE, ids=lambda key: key.name)
def test_each_line_has_a_plain_sentence_and_examples_that_can_be_read(key: HeaderKey) -> None:
    assert re.fullmatch(r'[A-Z"].*\.', key.help)
    assert key.examples
    assert all(key.accepts(example) for example in key.examples)


def sample_post() -> str:
    """A post with the examples of every line, but for those that would not be published."""
    lines = {key.name: key.examples for key in TABLE if key.name != "Status"}
    lines["Tags"] = ("Grit bins",)
    lines["Image"] = ("images/bin.png",)
    return "".join(
        f"{name}: {value}\n"
        for name, values in lines.items()
        for value in (values if KEYS[name].repeats else values[:1])
    )


def test_each_example_reaches_the_field_of_its_line(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "posts/fine.md": f"{sample_post()}\nText.\n",
        "images/bin.png": picture(),
        "ward.toml": f'{WARD}\n[map]\ngazetteer = "data/names.csv"\n',
        "data/names.csv": "kind,name,lat,lon\nstreet,Eland Road,51.4665,-0.1602\n",
    }
    site, _ = read_all(write_site(tmp_path, files))
    post = site.posts[0]
    blank = Post(
        file="", title="", slug="", address="", date=post.date, body=post.body, lines=post.lines
    )
    unchanged = [
        key.name
        for key in TABLE
        if key.name not in ("Date", "Status")
        and getattr(post, key.field) == getattr(blank, key.field)
    ]
    assert unchanged == []
    counts = {k.name: len(getattr(post, k.field)) for k in TABLE if k.repeats}
    given = {k.name: len(k.examples) for k in TABLE if k.repeats}
    assert counts == given | {"Deadline": given["Deadline"] + 1}, "a closing is a deadline as well"


def test_the_note_in_a_new_post_explains_every_line(tmp_path: Path) -> None:
    text = new_post(write_site(tmp_path), "A", "", TODAY, ()).read_text()
    flat = " ".join(text.split())
    for key in TABLE:
        assert f"\n{key.name}: {key.examples[0]}\n" in text
        assert key.explanation in flat


@pytest.mark.parametrize("key", TABLE, ids=lambda key: key.name)
def test_a_line_is_recognised_however_it_is_typed(key: HeaderKey) -> None:
    for written in (key.name, key.name.lower(), key.name.upper()):
        assert key_called(written) is key
        line = loose_key_line(f"- **{written} :** {key.examples[0]}")
        assert line is not None
        assert line.key == key.name
    assert key_hint(f"{key.name}x").startswith(f'Did you mean "{key.name}"?')
    for other in key.other_names:
        assert key_called(other) is None
        assert key_hint(other).startswith(f'Here it is called "{key.name}".')


def test_lines_that_repeat_are_several_values_and_others_are_reported_as_doubled() -> None:
    for key in TABLE:
        report = Report("posts/a.md")
        document = split(f"{key.name}: a\n{key.name}: b\n\nText.", report)
        messages = [p.message for p in report.problems if "twice" in p.message]
        assert bool(messages) is not key.repeats
        assert len(document.all(key.name)) == 2


def test_a_line_that_a_page_does_not_show_is_a_warning(tmp_path: Path) -> None:
    names = [key.name for key in TABLE if FileKind.PAGE not in key.kinds]
    assert {"Places", "Card"} < set(names)
    lines = "".join(f"{name}: {KEYS[name].examples[0]}\n" for name in names)
    page = f"Title: About\n{lines}\nText.\n"
    _, problems = read_all(write_site(tmp_path, {"pages/about.md": page}))
    expected = [f'"{name}" only works in posts, and has no effect on a page' for name in names]
    assert [p.message for p in problems] == expected


PLACES = (
    "Places: Eland Road | 51.46671, -0.15602 | reported\n"
    "        Elm Road | 51.46571, -0.15602\n"
    "        Oak Road | 51.46471, -0.15602 | not possible\n"
)


@pytest.mark.parametrize(
    ("lines", "progress"),
    [
        ("Progress: reported", ["reported", "reported", "not possible"]),
        ("Progress: reported\nUpdated: 2026-11-21 | fixed | Done",
         ["reported", "fixed", "not possible"]),
        ("Progress: not possible\nUpdated: 2026-11-21 | fixed | Done",
         ["reported", "fixed", "not possible"]),
        ("Updated: 2026-11-21 | fixed | Done", ["reported", "fixed", "not possible"]),
        ("Updated: 2062-11-21 | fixed | Done", ["reported", None, "not possible"]),
        ("Reference: 1", ["reported", None, "not possible"]),
    ],
)  # fmt: skip
def test_a_place_keeps_its_own_progress_even_if_it_is_that_of_the_post(
    lines: str, progress: list[str | None], tmp_path: Path
) -> None:
    places = post_with(tmp_path, PLACES + lines).places
    assert [p.progress.value if p.progress else None for p in places] == progress
