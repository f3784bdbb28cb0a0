"""`make share`: the post is found by what was written, and drafts are refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from support import files_of, run, write_site

POST = """\
Title: {title}
Slug: {slug}
Date: {date} 09:00
Tags: grit bins
Summary: What this is about.
{more}
Some text.
"""


def text(title: str, slug: str, date: str = "2026-11-20", more: str = "") -> str:
    return POST.format(title=title, slug=slug, date=date, more=f"{more}\n" if more else "")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "posts/2026-11-20-two-bins.md": text("Two bins: moved!", "two-bins-moved"),
        "posts/draft.md": text("A draft", "a-draft", more="Status: draft"),
        "posts/hidden.md": text("A secret", "a-secret", more="Status: hidden"),
        "posts/later.md": text("Later", "later", "2026-12-24"),
        "posts/twice-1.md": text("Twice", "twice-1", "2026-11-02"),
        "posts/twice-2.md": text("Twice", "twice-2", "2026-11-03"),
        "community.toml": '[[site]]\nname = "A forum"\nurl = "https://forum.example.org"\n'
        'kind = "forum"\nabout = "For neighbours."\nrules = "No party politics."\n'
        'when = "Sunday evening"\nchecked = 2026-11-01\n',
    }
    return write_site(tmp_path_factory.mktemp("share") / "content", files)


def shared(content: Path, post: str) -> subprocess.CompletedProcess[str]:
    return run("share", "--content", str(content), "--post", post, cwd=content.parent)


@pytest.mark.parametrize(
    "words",
    [
        "two-bins-moved", "Two bins: moved!", "two BINS:  moved!", "2026-11-20-two-bins.md",
        "posts/2026-11-20-two-bins.md", "content/posts/2026-11-20-two-bins.md",
        "content\\posts\\2026-11-20-two-bins.md", "2026-11-20-two-bins", "/2026/11/two-bins-moved/",
        "https://ward.example.org/2026/11/two-bins-moved/",
    ],
)  # fmt: skip
def test_a_post_is_found_by_its_slug_title_file_or_address(words: str, content: Path) -> None:
    done = shared(content, words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "*Two bins: moved!*" in done.stdout


def test_what_is_shown_can_be_copied_and_nothing_is_posted_or_written(content: Path) -> None:
    before = files_of(content.parent)
    said = shared(content, "two-bins-moved").stdout
    for name in ("Facebook group", "Nextdoor", "WhatsApp", "E-mail to a group", "Forum (BBCode)",
                 "Forum (Discourse, Markdown)", "Mastodon", "Bluesky"):  # fmt: skip
        assert f"\n{name} (" in f"\n{said}"
    assert "https://wa.me/?text=%2ATwo%20bins" in said
    assert "Nothing was posted." in said
    assert (
        "When and where:\n  A forum: https://forum.example.org\n    For: For neighbours.\n"
        "    Rules: No party politics.\n    When: Sunday evening\n"
    ) in said
    changed = {name for name in files_of(content.parent) if name not in before}
    assert not [name for name in changed if not name.startswith(".wardblog/")]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("a-draft", 1, '"A draft" is a draft, so residents cannot read it yet.'),
        ("later", 1, '"Later" appears on 24 December 2026, so residents cannot read it yet.'),
        ("a-secret", 1, '"A secret" is hidden, so only people who know its address'),
        ("twice", 2, 'There are 2 posts called "twice".'),
        ("two-bins-mvoed", 2, 'Did you mean "two-bins-moved"?'),
        ("", 2, "Say which post to share.\n  make share POST=two-bins-moved\n"),
    ],
)  # fmt: skip
def test_other_posts_are_refused_with_a_sentence(
    words: str, status: int, said: str, content: Path
) -> None:
    done = shared(content, words)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr


def test_a_site_without_an_address_has_nothing_to_share(tmp_path: Path) -> None:
    from support import WARD

    ward = WARD.replace('url = "https://ward.example.org"\n', "")
    done = shared(write_site(tmp_path / "content", {"ward.toml": ward}), "a fine post")
    assert done.returncode == 1
    assert 'The site has no "url" yet, so there is no address to share.' in done.stderr


def test_a_problem_of_the_text_stops_it_with_the_file(tmp_path: Path) -> None:
    """What stops the build stops the texts as well; an answer in the post counts for both."""
    lines = "Summary: Ring Anna on 07700 900123."
    content = write_site(
        tmp_path / "content",
        {"posts/p.md": text("P", "p").replace("Summary: What this is about.", lines)},
    )
    done = shared(content, "p")
    assert (done.returncode, done.stdout) == (1, "")
    assert "content/posts/p.md:5: this gives away a telephone number" in done.stderr
    answered = f"{lines}\nAllow: personal-data because Anna asked me to give it"
    write_site(
        tmp_path / "content",
        {"posts/p.md": text("P", "p").replace("Summary: What this is about.", answered)},
    )
    assert "Ring Anna" in shared(content, "p").stdout
