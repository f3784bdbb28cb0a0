"""Rules do not cry wolf: what looks like a mistake and is none passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jellyfish import damerau_levenshtein_distance

from support import INVALID_URLS, ISSUES, POST, picture, read_all, read_fine, write_site
from wardblog.problems import Severity, has_errors, nearest


@pytest.mark.parametrize("tag", ["streets", "parking", "winter", "litter", "grit", "pot"])
def test_a_word_unlike_any_issue_is_an_ordinary_tag(tag: str, tmp_path: Path) -> None:
    issues = ISSUES + '[[issue]]\nname = "Trees"\n\n[[issue]]\nname = "Planning"\n'
    text = POST.replace("grit bins", f"grit bins, {tag}")
    post = read_fine(tmp_path, {"issues.toml": issues, "posts/fine.md": text}).posts[0]
    assert tag in [t.slug for t in post.tags]


@pytest.mark.parametrize("tag", ["grit bims", "gritbins", "girt bins", "pot holes", "Potholse"])
def test_a_tag_almost_like_an_issue_is_reported(tag: str, tmp_path: Path) -> None:
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


def test_links_to_existing_posts_pages_pictures_and_files_pass(tmp_path: Path) -> None:
    body = (
        "[a](other.md) [b]({filename}other.md) [c]({filename}/pages/about.md#when) "
        "![Bin](../images/bin.png) ![Bin]({static}/images/bin.png) ![Bin](/images/bin.png) "
        "[g]({attach}minutes.pdf) [h](https://example.org/x.md) [i](/issues/) [j](#top) "
        "[k](mailto:info@example.org)"
    )
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace("Some text.", body),
        "posts/other.md": POST.replace("fine", "other"),
        "posts/minutes.pdf": b"%PDF",
        "pages/about.md": "Title: About\n\nText.",
        "images/bin.png": picture(),
    }
    read_fine(tmp_path, files)


def test_hidden_files_and_pictures_beside_posts_pass(tmp_path: Path) -> None:
    read_fine(tmp_path, {"posts/.DS_Store": b"\x00", "posts/bin.png": picture()})


@pytest.mark.parametrize(
    ("word", "best"),
    [("Titel", "Title"), ("tag", "Tags"), ("Sumary", "Summary"), ("Weather", None), ("Da", None)],
)
def test_a_misspelt_key_gets_the_nearest_one_as_a_hint(word: str, best: str | None) -> None:
    assert nearest(word, ["Title", "Tags", "Summary", "Date"]) == best


@given(
    word=st.text("abC ", min_size=1, max_size=8),
    candidates=st.lists(st.text("abC ", min_size=1, max_size=8), max_size=6),
)
def test_no_candidate_is_nearer_than_the_nearest(word: str, candidates: list[str]) -> None:
    def slips(other: str) -> int:
        return damerau_levenshtein_distance(word.casefold(), other.casefold())

    best = nearest(word, candidates)
    fitting = [one for one in candidates if slips(one) <= 1]
    if fitting:
        assert best is not None
        assert best == word or slips(best) == min(map(slips, candidates))
    elif best is not None:
        assert slips(best) == 2


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("<script>x()</script>", "<script>"),
        ('<p style="color: red">x</p>', '"style"'),
        ("Text <img src='../images/bin.png' alt='A bin' onerror=x()>", '"onerror"'),
        ('<iframe src="x.html"></iframe>', "<iframe>"),
        ('<object data="x.html"></object>', "<object>"),
        ('<link rel="stylesheet" href="https://example.org/x.css">', "<link>"),
        ('<img alt="A bin" srcset="https://example.org/x 2x" src="../images/bin.png">', '"srcset"'),
    ],
)
def test_html_that_runs_styles_or_loads_something_is_stopped(
    text: str, word: str, tmp_path: Path
) -> None:
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace("Some text.", text),
        "images/bin.png": picture(),
    }
    _, problems = read_all(write_site(tmp_path, files))
    expected = f"the text has HTML with {word}, which is not published"
    assert expected in [p.message for p in problems]


def test_code_and_harmless_html_pass(tmp_path: Path) -> None:
    text = (
        "`<script>x()</script>` and\n\n    <form style='x'>\n\n"
        '<details><summary title="on = x">More</summary>Words style="x"</details>\n\n'
        "| a | b |\n|:--|--:|\n| 1 | 2 |\n"
    )
    read_fine(tmp_path, {"posts/fine.md": POST.replace("Some text.", text)})


def test_a_link_that_runs_a_script_is_stopped(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "[x](JavaScript:alert(1))")
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert [p.message for p in problems] == [
        "a link in the text runs a script, which is not published"
    ]


@pytest.mark.parametrize(
    "link", ["/isues/grit-bins/", "/2026/11/nowhere/", "nope.pdf", "../data/nope.csv"]
)
def test_a_link_to_a_missing_page_is_reported(link: str, tmp_path: Path) -> None:
    text = POST.replace("Some text.", f"[x]({link})")
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert [p.message for p in problems] == [f'the link "{link}" leads nowhere']


@pytest.mark.parametrize(
    "link", [*INVALID_URLS, "https:", "http:///x", "http://?x", "//[x", "////[x", "mailto://[x"]
)
def test_a_link_that_no_browser_can_read_is_reported(link: str, tmp_path: Path) -> None:
    text = POST.replace("Some text.", f"[our bins](<{link}>)")
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert [p.message for p in problems] == [f'the link "{link}" leads nowhere']


@pytest.mark.parametrize("host", ["localhost", "localhost.", "127.0.1.1:8000", "[::1]:8000"])
def test_a_link_to_ones_own_computer_is_reported(host: str, tmp_path: Path) -> None:
    text = POST.replace("Some text.", f"[our bins](http://{host}/bins/)")
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    expected = f'the link "http://{host}/bins/" only works on your own computer'
    assert [p.message for p in problems] == [expected]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[our bins]()", "this link has no address"),
        ("[our bins](<>)", "this link has no address"),
        ('<a href="">our bins</a>', "this link has no address"),
        ("![A yellow bin in the snow]()", "this picture has no address"),
    ],
)
def test_a_link_without_an_address_is_reported(text: str, message: str, tmp_path: Path) -> None:
    text = POST.replace("Some text.", f"Some text.\n\nMore: {text}")
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert [(p.message, p.line) for p in problems] == [
        (message, text[: text.index("More")].count("\n") + 1)
    ]


def test_links_to_all_pages_of_the_site_pass(tmp_path: Path) -> None:
    links = ["/", "/issues/", "/issues/grit-bins", "/issues/grit-bins/#posts", "/2026/11/", "../"]
    links += ["/2026/11/a-fine-post/", "/subscribe/", "/feeds/all.rss.xml", "/tags/winter/"]
    links += ["/feeds/grit-bins.rss.xml", "#top", "?x=1"]
    text = POST.replace("Some text.", " ".join(f"[to {x}]({x})" for x in links))
    read_fine(tmp_path, {"posts/fine.md": text.replace("grit bins", "grit bins, winter", 1)})


def test_an_answer_for_a_tag_does_not_make_it_an_issue(tmp_path: Path) -> None:
    text = POST.replace("grit bins", "grit binz\nAllow: misspelt-issue because I like it")
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert [p.message for p in problems] == ["this post is not about any of your issues"]


@pytest.mark.parametrize(
    ("lines", "body", "message"),
    [
        ("", "<svg></svg> Text",
         "the text has HTML with <svg>, which is left out"),
        ("Modified: 2027-03-01", "Text.",
         "the Modified date, 1 March 2027, is in the future"),
        ("", "![A bin](data:image/png;base64,iVBORw0KGgo=)",
         "a picture is embedded in the text itself; its description is shown instead"),
        ("", "<img src='data:image/png;base64,iVBORw0KGgo=' alt=bin>",
         "a picture is embedded in the text itself; its description is shown instead"),
        ("", "Bins\ufffd",
         "a character that another program could not convert (U+FFFD) was left out"),
        ("", "a &#1; b",
         '"&#1;", which is not a character that can be shown, was left out'),
    ],
)  # fmt: skip
def test_html_that_residents_would_miss_is_a_warning(
    lines: str, body: str, message: str, tmp_path: Path
) -> None:
    text = POST.replace("\n\nSome text.", f"\n{lines}\n\n{body}" if lines else f"\n\n{body}")
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert problems[0].message == message
    assert all(p.severity is Severity.WARN for p in problems)
    assert problems[0].line == (4 if lines else 5)


@pytest.mark.parametrize(
    "body", ["<img src=https://tracker.example/x.png alt=t>", "<a href=javascript:alert(1)>x</a>"]
)
def test_an_attribute_without_quotation_marks_is_read(body: str, tmp_path: Path) -> None:
    _, problems = read_all(
        write_site(tmp_path, {"posts/fine.md": POST.replace("Some text.", body)})
    )
    assert has_errors(problems)
