"""Header lines that strayed: what protects is obeyed or stops, prose is left alone."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from many_cases import in_one_test
from support import POST, read_all, write_site
from wardblog.content.header import stray_lines
from wardblog.content.header.fields import parse_status
from wardblog.content.header.front_matter import split
from wardblog.model import Visibility
from wardblog.problems import has_errors
from wardblog.report import ParseError, Report

HEADER = "Title: Bins\nDate: 2026-11-20\nTags: grit bins\n"


def problems_of(text: str) -> list[tuple[str, str]]:
    report = Report("posts/a.md")
    split(text, report)
    return [(p.severity.value, p.message) for p in report.problems]


SHIELDS = [
    "Status: draft", "status: draft", "STATUS : Draft", "sTaTuS:draft", "  Status: draft",
    "    Status: draft", "\tStatus: draft", "- Status: draft", "* status: draft",
    "1. Status: draft", "• Status: draft", "**Status:** draft", "**Status: draft**",
    "__Status__: draft", "*Status*: *draft*", "Status：draft", "Status\u00a0: draft",
    "Status:\u00a0draft", "\ufeffStatus: draft", "Sta\u200btus: draft", "Status: draft\u200b",
    "Status – draft", "Status — draft", "Status = draft", "Status draft", "> Status: draft",
    "## Status: draft", "Status: draft.", "Status: DRAFT!", "Status: Draft (not ready)",
    "Status: drafft", "Status: draf", "Stauts: draft", "Satus: hidden", "Status: hidden",
    "Status: draft, do not publish", "<p>Status: draft</p>", "<b>Status:</b> draft",
    "Status:&nbsp;draft", "[Status: draft]", "Draft: true", "draft: yes", "published: false",
    "Publish: no", "Private: true", "draft: y",
    "Visibility: hidden", "post_status: private",
    "Precision: street", "precision: AREA", "**Precision:** area",
    "- precision: street", "Percision: street",
]  # fmt: skip
ABOVE = [
    "\n",
    "\nSome words.\n\n",
    "\n# A heading\n\n",
    "\nWords above.\n",
    "\n---\n\n",
    "\n\u200b\n",
]


@in_one_test("line, above", product(SHIELDS, ABOVE))
def test_what_hides_or_protects_never_passes_as_text(line: str, above: str) -> None:
    severities = [severity for severity, _ in problems_of(f"{HEADER}{above}{line}\n\nMore.\n")]
    assert severities == ["stop"]


@pytest.mark.parametrize(
    "line",
    [
        "status: draft", "STATUS : Draft", "  Status: draft", "    Status: draft",
        "\tStatus: draft", "- Status: draft", "**Status:** draft", "**Status: draft**",
        "Status：draft", "\ufeffStatus: draft", "Sta\u200btus: draft", "Status\u00a0: draft",
        "Status: draft\u200b", "Draft: true", "draft: Yes", "Published: no", "published: false",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_status_on_top_is_obeyed_however_it_was_typed(
    line: str, place: int, tmp_path: Path
) -> None:
    lines = HEADER.splitlines()
    lines.insert(place, line)
    text = "\n".join(lines) + "\n\nNot ready.\n"
    site, problems = read_all(write_site(tmp_path, {"posts/a.md": text}))
    post = next(p for p in site.posts if p.file == "posts/a.md")
    assert post.visibility is Visibility.DRAFT
    assert (post.title, [t.slug for t in post.tags]) == ("Bins", ["grit-bins"])
    assert not has_errors(problems)


@pytest.mark.parametrize(
    "line",
    [
        "Status: drafft", "Status: draft!", "Status: Draft (not ready)", "Status: not yet",
        "Status:", "Status – draft", "Status = draft", "# Status: draft", "Stauts: draft",
        "Draft: perhaps", "Published: 2026-11-20", "Precision: streets away",
    ],
)  # fmt: skip
def test_a_status_that_cannot_be_read_stops(line: str, tmp_path: Path) -> None:
    text = f"{HEADER}{line}\n\nNot ready.\n"
    _, problems = read_all(write_site(tmp_path, {"posts/a.md": text}))
    assert len([p for p in problems if has_errors([p])]) == 1


@pytest.mark.parametrize("written", ["drafft", "draft!", "Draft (not ready)", "draft # later"])
def test_a_misspelt_status_is_answered_with_the_nearest(written: str) -> None:
    with pytest.raises(ParseError) as refused:
        parse_status(written)
    assert refused.value.hint.startswith('Did you mean "draft"?')


@pytest.mark.parametrize(
    "body",
    [
        "The bins came.\n\nStatus: the council has not answered.\n",
        "The bins came.\n\nStatus: draft plans are out for consultation.\n",
        "The bins came.\n\nPrecision: about 100 m.\n",
        "**Title:** a song\n\n> Title: The Wasp Factory\n> Author: Iain Banks\n",
        "Come along:\n\nDate: Friday 5 December\nTime: 7pm\nPlaces: the hall and the garden\n",
        "Text.\n\nTags: are what we call them.\n\nSummary: we won.\n\nPosition: goalkeeper\n",
        "Text.\n\n<!--\nStatus: draft\nPrecision: street\n-->\n\nMore.\n",
        "<!-- Status: draft -->\n\nMore.\n",
        "| Status | Draft |\n|---|---|\n| Status: draft | x |\n",
        "A draft: true to its word, it was short.\n",
        "Published: every Friday, by the council.\n",
        "The status: draft. That was all that the council said of it to anybody.\n",
        "Drafting: hidden work of officers\n\nHidden: gems of the ward\n",
        'Then take the line\n"Status: draft" away: until then nobody sees it.\n',
        "Note: this is text.\n\nStreet: Eland Road\nArea: Battersea\n",
        "The area — street by street\n\nPublic, area\n",
    ],
)
def test_prose_passes(body: str) -> None:
    assert problems_of(f"{HEADER}\n{body}") == []


@pytest.mark.parametrize(
    "body",
    [
        "Date: Friday 5 December\n\nCome along.\n",
        "Event: Christmas market in the High Street\n\nCome along.\n",
        "Text.\n\nDate: 2026-12-05\n",
        "Text.\n\nPlaces: Eland Road | 51.4665, -0.1600\n",
        "Text.\n\nUpdated: 2026-11-25 | fixed | Done\n",
        "Text.\n\n```\nStatus: draft\n```\n",
        "Write this on top:\n\n`Status: draft`\n",
    ],
)
def test_what_may_be_either_is_pointed_out(body: str) -> None:
    assert [severity for severity, _ in problems_of(f"{HEADER}\n{body}")] == ["warning"]


def test_lines_that_strayed_together_are_one_mistake() -> None:
    text = (
        "Title: Bins\ndate: 2026-11-20\n\ntags: grit bins\nstatus: draft\nprecision: area\n\nNo.\n"
    )
    assert problems_of(text) == [
        (
            "stop",
            (
                '"Tags", "Status" and "Precision" are below a blank line, '
                "and would be printed as text"
            ),
        )
    ]


def test_a_key_that_strayed_is_not_reported_as_missing(tmp_path: Path) -> None:
    text = "Title: Bins\n\nDate: 2026-11-20\nTags: grit bins\n\nText.\n"
    _, problems = read_all(write_site(tmp_path, {"posts/a.md": text}))
    assert [p.message for p in problems] == [
        '"Date" and "Tags" are below a blank line, and would be printed as text'
    ]


@pytest.mark.parametrize(
    "line", ["Title: Bins Status: draft", "Summary: All of it. status : hidden.",
             "Reference: 2026/1 Precision: street"],
)  # fmt: skip
def test_a_status_behind_another_value_stops(line: str) -> None:
    header = HEADER.replace("Title: Bins\n", "") if line.startswith("Title") else HEADER
    assert [s for s, _ in problems_of(f"{line}\n{header}\nText.\n")] == ["stop"]


def test_an_indented_line_of_a_summary_may_have_a_colon() -> None:
    report = Report("posts/a.md")
    text = f"{HEADER}Summary: The council said\n         Date: we shall see.\n\nText.\n"
    document = split(text, report)
    entry = document.first("Summary")
    assert entry is not None
    assert entry.value == "The council said Date: we shall see."
    assert report.problems == []


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\r", "\r\n"])
def test_any_end_of_a_line_is_one(end: str, tmp_path: Path) -> None:
    text = f"{HEADER}Status: draft\n\nText.\n".replace("\n", end)
    site, problems = read_all(write_site(tmp_path, {"posts/a.md": text}))
    assert next(p.visibility for p in site.posts if p.title == "Bins") is Visibility.DRAFT
    assert not has_errors(problems)
    text = f"{HEADER}\nText.\nStatus: draft\n".replace("\n", end)
    _, problems = read_all(write_site(tmp_path, {"posts/a.md": text}))
    assert has_errors(problems)


_PIECES = st.sampled_from(
    ["Title", "Status", "draft", "Date", "2026-11-20", "Places", ":", "：", "=", " ", "  ", "\t",
     "\n", "\n\n", "---", "+++", "...", "**", "- ", "> ", "`", "```", "<!--", "-->", "<b>",
     "&nbsp;",
     "&", "|", "[", "]", "{", "}", "'", '"', "#", "é", "\u200b", "\ufeff", "a", "1"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40))
def test_any_text_at_all_is_split(pieces: list[str]) -> None:
    text = "".join(pieces)
    document = split(text, Report("posts/a.md"))
    lines = text.split("\n")
    assert all(1 <= entry.line <= len(lines) for entry in document.entries)
    assert not document.is_readable or text.endswith(document.body)


def test_a_draft_stays_one_whatever_strays_in_its_text(tmp_path: Path) -> None:
    text = POST.replace("Tags", "Status: draft\nTags").replace("Some", "Precision: area\n\nSome")
    site, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert site.posts[0].visibility is Visibility.DRAFT
    assert problems
    assert not has_errors(problems)


@pytest.mark.parametrize(
    "first",
    [
        "DRAFT", "(draft)", "**Draft**", "First draft", "This is only a draft.", "[Draft 2]",
        "*Draft - do not publish!*", "Do not publish before Monday", "Please don't publish yet",
        "Not for publication", "## Draft",
    ],
)  # fmt: skip
def test_a_text_that_says_it_is_a_draft_is_not_published(first: str) -> None:
    message = f'"{first}" is at the beginning of the text, and would be published'
    assert problems_of(f"{HEADER}\n\n{first}\n\nWords.") == [("stop", message)]
    assert problems_of(f"{HEADER}Status: draft\n\n{first}\n\nWords.") == []


@pytest.mark.parametrize(
    "first",
    [
        "The draft plan is out.", "Draft local plan", "Draft: local plan 2026",
        "Draughts in the hall", "We do not publish names.", "The council does not publish it.",
        "Not yet.", "First draft of the plan, now at the library",
    ],
)  # fmt: skip
def test_a_text_about_a_draft_is_published(first: str) -> None:
    assert problems_of(f"{HEADER}\n{first}\n\nDRAFT\n") == []


def test_tags_and_titles_may_say_it_as_well() -> None:
    tagged = HEADER.replace("grit bins", "grit bins, Draft")
    message = "this tag does not make the post a draft: it would be published"
    assert problems_of(f"{tagged}\nWords.") == [("stop", message)]
    assert problems_of(f"{tagged}Status: draft\n\nWords.") == []
    for title in ("DRAFT: Bins", "Bins (draft)", "[Draft] Bins"):
        text = f"{HEADER.replace('Bins', title)}\nWords."
        message = f'the title "{title}" says that this is a draft'
        assert problems_of(text) == [("warning", message)]
    assert problems_of(f"{HEADER.replace('Bins', 'Draft local plan')}\nWords.") == []


def test_a_lost_line_break_is_one_mistake(tmp_path: Path) -> None:
    line = "Places: The bin | 51.4665, -0.1600 | precision: area"
    _, problems = read_all(
        write_site(tmp_path, {"posts/fine.md": POST.replace("\n\n", f"\n{line}\n\n", 1)})
    )
    message = '"precision: area" is at the end of "Places", and would be printed there'
    assert [p.message for p in problems] == [message]


def test_a_status_at_the_end_of_a_line_of_the_text_is_pointed_out() -> None:
    assert problems_of(f"{HEADER}\nWords. Status: draft") == [
        ("warning", '"Status: draft" is at the end of this line, and will be printed there')
    ]


# Letters that a pattern takes for those of "status" and "precision" in any case, too.
_PARTS = ("status", "STATUS", "ſtatuſ", "Precision", "PRECİSİON", "precısıon", ":", "：", " ",
           "draft", "hidden", "area", "x", ".", "\n", "\u212a")  # fmt: skip


@given(st.lists(st.sampled_from(_PARTS), max_size=8).map("".join))
def test_no_line_at_the_end_of_another_is_passed_over(value: str) -> None:
    found, quick = stray_lines._APPENDED.search(value), stray_lines._appended_to(value)
    assert (found and found.span()) == (quick and quick.span())
