"""`&amp;` and its like, copied from a web page, are shown as they were meant; once, and safely."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import DATASET, ISSUES, POST, WARD, post_with, read_all, read_fine, write_site
from wardblog.text.decoding import without_entities


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Roads &amp; paths", "Roads & paths"),
        ("&#163;5&nbsp;or &#xA3;6", "£5 or £6"),
        ("&pound;5 &ndash; &half; &lsquo;x&rsquo;", "£5 – ½ ‘x’"),
        ("How to write &amp;amp;", "How to write &amp;"),
        ("Q&A; R&D, AT&T;", "Q&A; R&D, AT&T;"),
        ("a=1&copy=2&para", "a=1&copy=2&para"),
        ("M&#244;n&NewLine;x&Tab;y", "Môn x y"),
        ("a&#0;b&#x200000;c", "abc"),
        ("&bogus; &amp", "&bogus; &amp"),
    ],
)
def test_entities_are_read_once(written: str, meant: str) -> None:
    assert without_entities(written) == meant


def test_header_values_settings_issues_and_lists_have_none(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace("A fine post", "Bins &amp; roads")
        .replace("grit bins", "grit bins, R&amp;D")
        .replace(
            "\n\nSome",
            "\nSummary: Cost &pound;5 &amp; more\nPlaces: Tom &amp; Co | 51.4665, -0.16\n\nSome",
        ),
        "ward.toml": WARD.replace('title = "Shaft', 'title = "Bins &amp; Shaft'),
        "issues.toml": ISSUES.replace("Potholes", "Pots &amp; pans") + DATASET,
        "data/bins.csv": "name,lat,lon\nQueen&#39;s Road &amp; Hill,51.4665,-0.16\n",
    }
    site = read_fine(tmp_path, files)
    post = site.posts[0]
    assert (post.title, post.address) == ("Bins & roads", "2026/11/bins-roads/")
    assert [tag.name for tag in post.tags] == ["Grit bins", "R&D"]
    assert (post.summary, post.places[0].name) == ("Cost £5 & more", "Tom & Co")
    assert site.title == "Bins & Shaftesbury ward blog"
    assert site.issues[1].name == "Pots & pans"
    assert site.issues[0].datasets[0].places[0].name == "Queen's Road & Hill"


def test_a_summary_is_read_once_as_well(tmp_path: Path) -> None:
    assert post_with(tmp_path, "Summary: How to write &amp;amp;").summary == "How to write &amp;"


@pytest.mark.parametrize(
    "harm",
    [
        "&lt;script&gt;x()&lt;/script&gt;",
        "&amp;lt;script&amp;gt;x()",
        "&#60;script>x()",
        "&lt;img src=x onerror=x()&gt;",
        "&#106;avascript:x()",
    ],
)
def test_harm_does_not_hide_behind_entities(harm: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace("A fine post", f"Fine {harm}").replace(
            "Tags", "Slug: a\nTags"
        ),
        "issues.toml": ISSUES.replace("Potholes", f"Potholes {harm}") + DATASET,
        "data/bins.csv": f"name,lat,lon\nA {harm},51.4665,-0.16\n",
    }
    _, problems = read_all(write_site(tmp_path, files))
    harmed = {p.file for p in problems if "could run in a browser" in p.message}
    assert harmed >= {"posts/fine.md", "issues.toml"}
    assert [p for p in problems if p.file == "data/bins.csv"]
