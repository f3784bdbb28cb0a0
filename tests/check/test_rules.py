"""Rules do not cry wolf: what looks like a mistake and is none passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import ISSUES, POST, read_all, read_fine, write_site
from wardblog.problems import nearest


@pytest.mark.parametrize("tag", ["streets", "parking", "winter", "litter", "grit", "pot"])
def test_a_word_of_its_own_is_an_ordinary_tag(tag: str, tmp_path: Path) -> None:
    issues = ISSUES + '[[issue]]\nname = "Trees"\n\n[[issue]]\nname = "Planning"\n'
    text = POST.replace("grit bins", f"grit bins, {tag}")
    post = read_fine(tmp_path, {"issues.toml": issues, "posts/fine.md": text}).posts[0]
    assert tag in [t.slug for t in post.tags]


@pytest.mark.parametrize("tag", ["grit bin", "gritbins", "girt bins", "pot holes", "Potholse"])
def test_a_slip_or_two_away_from_an_issue_is_a_mistake(tag: str, tmp_path: Path) -> None:
    text = POST.replace("grit bins", tag)
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert [p.message for p in problems] == [f'there is no issue called "{tag}"']


def test_an_author_may_answer_for_a_tag_that_looks_misspelt(tmp_path: Path) -> None:
    text = POST.replace(
        "grit bins", "grit bins, grit bin\nAllow: misspelt-issue because it is a song"
    )
    read_fine(tmp_path, {"posts/fine.md": text})


def test_a_general_post_needs_no_issue(tmp_path: Path) -> None:
    read_fine(tmp_path, {"posts/fine.md": POST.replace("grit bins", "General, news")})


def test_links_to_posts_pages_pictures_and_files_that_are_there_pass(tmp_path: Path) -> None:
    body = (
        "[a](other.md) [b]({filename}other.md) [c]({filename}/pages/about.md#when) "
        "![d](../images/bin.png) ![e]({static}/images/bin.png) ![f](/images/bin.png) "
        "[g]({attach}minutes.pdf) [h](https://example.org/x.md) [i](/issues/) [j](#top) "
        "[k](mailto:a@example.org) ![l](data:image/gif;base64,R0lGODlhAQABAAAAACw=)"
    )
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace("Some text.", body),
        "posts/other.md": POST.replace("fine", "other"),
        "posts/minutes.pdf": b"%PDF",
        "pages/about.md": "Title: About\n\nText.",
        "images/bin.png": b"\x89PNG",
    }
    read_fine(tmp_path, files)


def test_hidden_files_and_pictures_beside_posts_pass(tmp_path: Path) -> None:
    read_fine(tmp_path, {"posts/.DS_Store": b"\x00", "posts/bin.png": b"\x89PNG"})


@pytest.mark.parametrize(
    ("word", "best"),
    [("Titel", "Title"), ("tag", "Tags"), ("Sumary", "Summary"), ("Weather", None), ("Da", None)],
)
def test_the_nearest_key_is_one_or_two_slips_away(word: str, best: str | None) -> None:
    assert nearest(word, ["Title", "Tags", "Summary", "Date"]) == best
