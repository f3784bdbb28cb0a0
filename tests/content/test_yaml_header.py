"""Headers between dashes are read as YAML in full, or refused in one sentence with its line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from support import read_all, write_site
from wardblog.content.header.fields import LONDON
from wardblog.content.header.front_matter import PostFile, split
from wardblog.model import Visibility
from wardblog.problems import has_errors
from wardblog.report import Report


def document(header: str, body: str = "\nText.\n") -> tuple[PostFile, list[tuple[int | None, str]]]:
    report = Report("posts/a.md")
    found = split(f"---\n{header}---\n{body}", report)
    return found, [(p.line, p.message) for p in report.problems]


def values(header: str, key: str) -> list[str]:
    found, problems = document(header)
    assert problems == []
    return [entry.value for entry in found.all(key)]


@pytest.mark.parametrize(
    ("header", "key", "value"),
    [
        ('title: "Grit bins: where they are"\n', "Title", ["Grit bins: where they are"]),
        ("title: 'It''s here'\n", "Title", ["It's here"]),
        ("TITLE:   Second\n", "Title", ["Second"]),
        ('"title": Second\n', "Title", ["Second"]),
        ("title: Two bins # a note to myself\n", "Title", ["Two bins"]),
        ("# a note\n\ntitle: Two bins\n", "Title", ["Two bins"]),
        ("title: Grit bins: where\n", "Title", ["Grit bins: where"]),
        ("tags: [grit bins, winter]\n", "Tags", ["grit bins, winter"]),
        ("tags:\n  - grit bins\n  - winter\n", "Tags", ["grit bins, winter"]),
        ("tags:\n- grit bins\n- 'Roads, paths'\n", "Tags", ["grit bins; Roads, paths;"]),
        ("tags: grit bins, winter\n", "Tags", ["grit bins, winter"]),
        ("summary: >\n  One\n  sentence.\n", "Summary", ["One sentence."]),
        ("summary: |\n  One\n  sentence.\n", "Summary", ["One sentence."]),
        ("summary: One\n  sentence.\n", "Summary", ["One sentence."]),
        ("summary: >-\n  One: two\n", "Summary", ["One: two"]),
        ("summary:\n", "Summary", []),
        ("title: T\nsummary: ~\nslug: null\n", "Slug", []),
        ("aliases:\n  - /old/\n  - /older/\n", "Aliases", ["/old/", "/older/"]),
        ("places: |\n  A | 51, 0\n  B | 52, 0\n", "Places", ["A | 51, 0", "B | 52, 0"]),
        ("Places: A | 51, 0\n        B | 52, 0\n", "Places", ["A | 51, 0", "B | 52, 0"]),
        ("event: 2026-12-01 18:00 | A | B\n", "Event", ["2026-12-01 18:00 | A | B"]),
        ("draft: true\n", "Status", ["draft"]),
        ("draft: 'true'\n", "Status", ["draft"]),
        ("published: no\n", "Status", ["draft"]),
        ("draft: false\n", "Status", ["published"]),
        ("status: draft # not ready\n", "Status", ["draft"]),
        ("{title: Two bins, tags: [a, b]}\n", "Title", ["Two bins"]),
        ("title: [Two bins]\n", "Title", ["Two bins"]),
        ("title: 1984\n", "Title", ["1984"]),
        ("title: Yes\n", "Title", ["Yes"]),
        ('title: "M\\u00f4n"\n', "Title", ["Môn"]),
        ("title: 'R&amp;D'\n", "Title", ["R&D"]),
    ],
)  # fmt: skip
def test_a_value_is_read_as_yaml_means_it(header: str, key: str, value: list[str]) -> None:
    assert values(header, key) == value


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=LONDON)),
        ("2026-11-20 09:00:00 +0000", datetime(2026, 11, 20, 9, tzinfo=LONDON)),
        ("2026-07-20T09:00:00Z", datetime(2026, 7, 20, 10, tzinfo=LONDON)),
        ("2026-07-20T09:00:00+01:00", datetime(2026, 7, 20, 9, tzinfo=LONDON)),
        ('"2026-11-20T23:30:00-05:00"', datetime(2026, 11, 21, 4, 30, tzinfo=LONDON)),
        ("2026-11-20 09:00:00.123456 UTC", datetime(2026, 11, 20, 9, tzinfo=LONDON)),
        ("2026-07-20 09:00 BST", datetime(2026, 7, 20, 9, tzinfo=LONDON)),
    ],
)
def test_a_time_of_another_zone_is_given_in_london(
    written: str, moment: datetime, tmp_path: Path
) -> None:
    text = f"---\ntitle: [Two bins]\ndate: {written}\ntags: [grit bins]\n---\nText.\n"
    site, problems = read_all(write_site(tmp_path, {"posts/a.md": text}))
    assert problems == []
    assert next(p.date for p in site.posts if p.file == "posts/a.md") == moment


def test_lines_are_those_of_the_file() -> None:
    found, _ = document("# note\ntitle: 'A'\naliases:\n  - /b/\n  - /c/\nplaces: |\n  D | 1\n")
    assert [(e.key, e.line) for e in found.entries] == [
        ("Title", 3), ("Aliases", 5), ("Aliases", 6), ("Places", 8),
    ]  # fmt: skip
    assert (found.body, found.body_line) == ("\nText.\n", 10)


def test_three_dots_end_a_header_as_well() -> None:
    report = Report("posts/a.md")
    found = split("---\ntitle: 'A'\n...\nText", report)
    assert ([e.value for e in found.entries], found.body) == (["A"], "Text")
    assert report.problems == []


@pytest.mark.parametrize(
    ("header", "line", "message"),
    [
        ("title: &a Bins\n", 2, "this header uses a YAML anchor (& or *), which is not supported"),
        ("title: A\ntags: *a\n", 3,
         "this header uses a YAML anchor (& or *), which is not supported"),
        ("title: !!python/object:os.system x\n", 2,
         ('this header uses a YAML tag ("tag:yaml.org,2002:python/object:os.system"), '
         "which is not supported")),
        ("title: 'A'\nauthor:\n  name: Jo\n", 4,
         '"author" has further keys or lists inside it, which are not supported'),
        ("title: 'A'\ntags: [[a, b], c]\n", 3,
         '"tags" has further keys or lists inside it, which are not supported'),
        ("title: 'A'\ntitle: 'B'\n", 3, '"Title" appears twice; the first is on line 2'),
        ("title: 'A'\nstatus: draft\ndraft: false\n", 4,
         '"Status" appears twice; the first is on line 3'),
        ("title: [A, B]\n", 2, '"title" is a list, but can have one value only'),
        ("title: 'A'\nlayout: post\n", 3, 'there is no line called "layout"'),
        ("titel: 'A'\n", 2, 'there is no line called "titel"'),
        ("title: 'A\ntags: b\n", 3, "a quotation mark is opened and never closed"),
        ("tags: [a, b\ntitle: c\n", 3, "a square bracket is opened and never closed"),
        ("tags: [a]\ntitle: Bins: where\n", 3, "this line has a second colon"),
        ("title: @home\n", 2, "a value here begins with a character that YAML reserves"),
        ("tags: [a]\nsome words\n", 3, 'this line is not of the form "key: value"'),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_with_its_line(header: str, line: int, message: str) -> None:
    assert document(header)[1] == [(line, message)]


def test_a_header_that_cannot_be_read_is_one_mistake(tmp_path: Path) -> None:
    text = "---\ntitle: [a\ndate: 2026-11-20\n---\nText.\n"
    _, problems = read_all(write_site(tmp_path, {"posts/a.md": text}))
    assert len(problems) == 1


def test_a_header_in_toml_is_refused_in_one_sentence(tmp_path: Path) -> None:
    text = '+++\ntitle = "Bins"\ndate = 2026-11-20\ndraft = true\n+++\n\nText.\n'
    _, problems = read_all(write_site(tmp_path, {"posts/a.md": text}))
    assert [p.message for p in problems] == [
        'the header lines are written in TOML, between "+++" and "+++", which is not supported'
    ]


@pytest.mark.parametrize(
    "text", ["---\n\nSome words.\n\n---\n\nMore words: two.\n", "---\nWords and so on.\n---\n"]
)
def test_a_line_across_the_page_is_no_header(text: str) -> None:
    report = Report("posts/a.md")
    assert split(text, report).entries == ()
    assert next(p.message for p in report.problems).endswith(
        'is not a line of the form "Key: value"'
    )


def test_a_draft_in_yaml_is_not_published(tmp_path: Path) -> None:
    text = "---\ntitle: 'Bins'\ndate: 2026-11-20\ntags: [grit bins]\ndraft: True\n---\nText.\n"
    site, problems = read_all(write_site(tmp_path, {"posts/a.md": text}))
    assert next(p for p in site.posts if p.title == "Bins").visibility is Visibility.DRAFT
    assert not has_errors(problems)


@pytest.mark.parametrize(
    "header",
    ["title: " + "[" * 40_000 + "\n", "title: 'A'\n" + "tags: [a]\n" * 4_000,
     "a: &a [x]\nb: [*a, *a]\n", "? [a]\n: b\n", "title: {" * 5_000 + "\n"],
)  # fmt: skip
def test_a_hostile_header_is_refused_at_once(header: str) -> None:
    assert document(header)[1]


def test_a_header_in_json_is_refused_in_one_sentence(tmp_path: Path) -> None:
    for header in ('{"title": "Bins", "draft": true}', '{\n  "title": "Bins"\n}'):
        _, problems = read_all(write_site(tmp_path, {"posts/a.md": f"{header}\n\nText.\n"}))
        assert [p.message for p in problems] == [
            "the header lines are written in JSON, which is not supported"
        ]


@pytest.mark.parametrize("fence", ["---", "-----", "—", "———", "--- "])
def test_a_header_may_stand_between_any_dashes(fence: str) -> None:
    report = Report("posts/a.md")
    found = split(f'{fence}\ntitle: "Bins"\nstatus: draft\n{fence}\n\nText.\n', report)
    assert [(e.key, e.value) for e in found.entries] == [("Title", "Bins"), ("Status", "draft")]
    assert report.problems == []


def test_a_key_behind_a_question_mark_is_yaml() -> None:
    found = split("---\n? title\n: Bins\n---\nText.\n", Report("posts/a.md"))
    assert [(e.key, e.value) for e in found.entries] == [("Title", "Bins")]
