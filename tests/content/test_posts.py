"""From a Markdown file to a post."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support import BASE, DATASET, ISSUES, POST, post_with, read_all, read_fine, write_site
from wardblog.model import Progress, Visibility
from wardblog.problems import Severity


def test_every_key_of_the_contract_is_read(tmp_path: Path) -> None:
    post = post_with(
        tmp_path,
        "Summary: One *sentence*.\n"
        "Places: Heathwall Street | 51.46671, -0.15602\n"
        "        Acanthus Road | TQ 277 757 | fixed\n"
        "Precision: street\nProgress: in progress\nReference: 2026/1234\n"
        "Deadline: 2026-12-05 | Comments close\n"
        "Event: 2026-12-01 18:00 - 19:00 | Ward surgery | Battersea Library\n"
        "Slug: bins\nModified: 2026-11-21\nAuthor: Asha\nLang: cy\n"
        "Updated: 2026-11-21 | fixed | Done\nAliases: /old/\n"
        "Card: map\nAllow: misspelt-issue because she asked\nPosition: object",
    )
    assert post.address == "2026/11/bins/"
    assert post.summary == "One sentence."
    assert [p.name for p in post.places] == ["Heathwall Street", "Acanthus Road"]
    assert [p.progress for p in post.places] == [Progress.FIXED, Progress.FIXED]
    assert (post.reference, post.position, post.card, post.lang) == (
        "2026/1234",
        "object",
        "map",
        "cy",
    )
    assert post.deadlines[0].day == date(2026, 12, 5)
    assert post.events[0].where == "Battersea Library"
    assert post.aliases == ("/old/",)
    assert post.allowances[0].reason == "she asked"
    assert post.updates[0].words == "Done"
    assert post.author == "Asha"


def test_the_case_of_a_tag_does_not_matter(tmp_path: Path) -> None:
    text = POST.replace("grit bins", "GRIT-bins, Winter")
    post = read_fine(tmp_path, {"posts/fine.md": text}).posts[0]
    assert post.issues == ("grit-bins",)
    assert [t.name for t in post.tags] == ["Grit bins", "Winter"]


@pytest.mark.parametrize("tags", ["Grit bin", "pothole, GRIT-BIN", "grit bins, grit bin"])
def test_the_number_of_an_issue_does_not_matter(tags: str, tmp_path: Path) -> None:
    site = read_fine(tmp_path, {"posts/fine.md": POST.replace("grit bins", tags)})
    declared = {issue.slug: issue.name for issue in site.issues}
    post = site.posts[0]
    assert post.issues == tuple(tag.slug for tag in post.tags)
    assert all(declared[tag.slug] == tag.name for tag in post.tags)
    assert len(set(post.issues)) == len(post.issues)


def test_a_list_may_name_its_issue_in_the_singular(tmp_path: Path) -> None:
    issues = ISSUES + DATASET.replace('"Grit bins"', '"grit bin"')
    files: dict[str, str | bytes] = {
        "issues.toml": issues,
        "data/bins.csv": "name,lat,lon\nA,51.4665,-0.16\n",
    }
    assert len(read_fine(tmp_path, files).issues[0].datasets) == 1


def test_a_post_of_a_later_day_waits_for_it(tmp_path: Path) -> None:
    text = POST.replace("2026-11-20", "2026-11-23")
    site = read_fine(tmp_path, {"posts/fine.md": text})
    assert site.posts[0].visibility is Visibility.SCHEDULED
    assert site.published == ()


def test_a_post_of_today_is_shown_whatever_its_hour(tmp_path: Path) -> None:
    text = POST.replace("2026-11-20 09:00", "2026-11-22 23:59")
    assert len(read_fine(tmp_path, {"posts/fine.md": text}).published) == 1


def test_mistakes_in_a_draft_are_warnings(tmp_path: Path) -> None:
    text = "Title: A draft\nStatus: draft\nTags: winter\nProgress: soon\n\nSome [text](gone.md)."
    _, problems = read_all(write_site(tmp_path, {"posts/draft.md": text}))
    assert len(problems) == 3
    assert {p.severity for p in problems} == {Severity.WARN}


def test_without_a_summary_the_first_words_stand_for_it(tmp_path: Path) -> None:
    post = post_with(tmp_path, "", "The *first*\nparagraph.\n\nThe second.")
    assert post.summary == "The first paragraph."


def test_the_newest_line_of_the_history_says_how_far_a_report_has_got(tmp_path: Path) -> None:
    post = post_with(
        tmp_path,
        "Places: Eland Road | 51.46671, -0.15602\n"
        "Progress: acknowledged\n"
        "Updated: 2026-11-21 | fixed | Done\n         2026-11-20 | reported | Seen\n"
        "         2062-01-01 | not possible | A slip of the year",
    )
    assert post.progress is Progress.FIXED
    assert post.places[0].progress is Progress.FIXED


def test_notes_in_comments_are_never_published(tmp_path: Path) -> None:
    post = post_with(tmp_path, "", "Before.\n\n<!-- Mrs Jones,\n\nnumber 4 -->\n\nAfter.")
    assert "Jones" not in post.html
    assert "Before" in post.html
    assert "After" in post.html


def test_a_comment_shown_as_code_stays(tmp_path: Path) -> None:
    assert "&lt;!-- note --&gt;" in post_with(tmp_path, "", "`<!-- note -->`").html


def test_control_characters_are_left_out_with_a_warning(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "Some\x0b text.")
    site, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert "Some text." in site.posts[0].html
    assert [(p.line, p.severity) for p in problems] == [(5, Severity.WARN)]
    assert problems[0].message == "an invisible control character (U+000B) was left out"


def test_newest_posts_come_first_and_equal_dates_by_file(tmp_path: Path) -> None:
    files = {
        "posts/b.md": POST.replace("fine", "b"),
        "posts/a.md": POST.replace("fine", "a"),
        "posts/new.md": POST.replace("fine", "new").replace("11-20", "11-21"),
    }
    site = read_fine(tmp_path, files)
    assert [p.file for p in site.posts] == [
        "posts/new.md",
        "posts/a.md",
        "posts/b.md",
        "posts/fine.md",
    ]


def test_windows_line_ends_and_byte_order_mark_are_read(tmp_path: Path) -> None:
    text = "\ufeff" + POST.replace("\n", "\r\n")
    assert read_fine(tmp_path, {"posts/fine.md": text.encode()}).posts[0].title == "A fine post"


def test_the_name_pelican_gives_an_address_by_is_used(tmp_path: Path) -> None:
    text = BASE["posts/fine.md"].replace("A fine post", "St John’s Hill: 20% café & more")
    post = read_fine(tmp_path, {"posts/fine.md": text}).posts[0]
    assert post.slug == "st-johns-hill-20-cafe-more"


def test_a_name_in_capital_letters_is_read_as_well(tmp_path: Path) -> None:
    site = read_fine(tmp_path, {"posts/BINS.MD": POST.replace("fine", "loud")})
    assert [p.file for p in site.posts] == ["posts/BINS.MD", "posts/fine.md"]
