"""What publishing asks and refuses before anything is sent, in the councillor's words."""

from __future__ import annotations

import os
import pty
from pathlib import Path

import pytest

from support import ISSUES, POST, WARD, files_of, run, write_files, write_site

SECOND = POST.replace("A fine post", "Another fine post")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A published site of two posts and a tag."""
    write_site(
        tmp_path / "content", {"posts/second.md": SECOND.replace("grit bins", "potholes, ice")}
    )
    done = run("publish", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_a_removed_page_is_named_with_its_probable_new_address(here: Path) -> None:
    before = files_of(here / "public")
    write_files(here / "content", {"posts/fine.md": POST.replace("A fine post", "A fine post!!")})
    text = (here / "content/posts/fine.md").read_text()
    write_files(
        here / "content", {"posts/fine.md": text.replace("Tags", "Slug: a-fine-port\nTags")}
    )
    done = run("publish", cwd=here)
    assert done.returncode == 1
    assert done.stderr == (
        "1 page would be removed, and no other page replaces it:\n"
        "  /2026/11/a-fine-post/ (now /2026/11/a-fine-port/, in content/posts/fine.md?)\n"
        "If a page has moved, write its old address in the post or page that replaced it: "
        '"Aliases: /2026/11/a-fine-post/".\n'
        "Nothing was published.\n"
        "  If this is what you want, run: make publish FORCE=1\n"
    )
    assert files_of(here / "public") == before


def test_an_alias_answers_the_question(here: Path) -> None:
    moved = POST.replace("Tags", "Slug: moved\nAliases: /2026/11/a-fine-post/\nTags")
    write_files(here / "content", {"posts/fine.md": moved})
    done = run("publish", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    assert "url=/2026/11/moved/" in (here / "public/2026/11/a-fine-post/index.html").read_text()


def test_force_answers_the_question(here: Path) -> None:
    (here / "content/posts/fine.md").unlink()
    done = run("publish", "--force", cwd=here)
    assert done.returncode == 0
    assert not (here / "public/2026/11/a-fine-post").exists()
    assert "  gone    2026/11/a-fine-post/index.html\n" in done.stdout


@pytest.mark.long
def test_a_post_that_became_a_draft_is_a_removed_page(here: Path) -> None:
    write_files(here / "content", {"posts/fine.md": POST.replace("Tags", "Status: draft\nTags")})
    done = run("publish", cwd=here)
    assert done.returncode == 1
    assert "  /2026/11/a-fine-post/\n" in done.stderr


@pytest.mark.long
def test_a_removed_list_is_only_a_warning(here: Path) -> None:
    write_files(here / "content", {"posts/second.md": SECOND.replace("grit bins", "potholes")})
    done = run("publish", cwd=here)
    assert done.returncode == 0
    assert done.stderr == "warning: these files will be removed:\n  /tags/ice/\n"


@pytest.mark.long
def test_a_renamed_issue_removes_its_page_and_feeds(here: Path) -> None:
    issues = ISSUES.replace("Potholes", "Holes in the road")
    post = SECOND.replace("grit bins", "holes in the road, ice")
    write_files(here / "content", {"issues.toml": issues, "posts/second.md": post})
    done = run("publish", cwd=here)
    assert done.returncode == 1
    assert "  /issues/potholes/\n" in done.stderr
    assert 'issues.toml: aliases = ["/issues/potholes/"].\n' in done.stderr
    done = run("publish", "--force", cwd=here)
    assert "  /feeds/potholes.rss.xml\n" in done.stderr


def test_removing_a_quarter_of_the_pages_needs_an_answer(tmp_path: Path) -> None:
    posts = {
        f"posts/{n}.md": POST.replace("A fine post", f"Post number {n}").replace(
            "Date: 2026-11-20", f"Date: 20{n:02}-11-20"
        )
        for n in range(10, 24)
    }
    write_site(tmp_path / "content", posts)
    run("publish", cwd=tmp_path)
    for name in posts:
        (tmp_path / "content" / name).unlink()
    done = run("publish", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("This would remove 42 of the 56 pages that residents can")
    assert "\n14 pages would be removed, and no other page replaces them:\n" in done.stderr


def test_a_dry_run_shows_the_questions_and_changes_nothing(here: Path) -> None:
    (here / "content/posts/fine.md").unlink()
    before = files_of(here)
    done = run("publish", "--dry-run", cwd=here)
    assert done.returncode == 0
    assert "It would ask first:\n1 page would be removed" in done.stdout
    ours = ("output/", ".wardblog/cache/")
    assert {p: c for p, c in files_of(here).items() if not p.startswith(ours)} == {
        p: c for p, c in before.items() if not p.startswith(ours)
    }


def test_other_files_in_the_output_folder_are_not_published(here: Path) -> None:
    write_files(here / "output", {"draft.html": "<p>Not yet</p>", "2026/notes.txt": "mine"})
    write_files(here / "content", {"posts/fine.md": POST.replace("Some", "Other")})
    assert run("publish", cwd=here).returncode == 0
    assert not (here / "public/draft.html").exists()
    assert not (here / "public/2026/notes.txt").exists()


def test_an_address_of_this_computer_is_never_published(tmp_path: Path) -> None:
    write_site(
        tmp_path / "content",
        {"ward.toml": WARD.replace("[ward]", 'newsletter = "http://localhost:8000/x"\n[ward]')},
    )
    done = run("publish", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "2026/11/a-fine-post/index.html contains an address that only works on your own computer: "
        "localhost.\n  Write the address that residents use, such as https://ward.example.org/\n"
    )
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        ("yes", 0, "Published."),
        ("no", 1, "Nothing was published; the live site was not changed."),
        ("", 1, "Nothing was published; the live site was not changed."),
    ],
)
def test_a_person_at_a_terminal_is_asked(here: Path, answer: str, status: int, said: str) -> None:
    (here / "content/posts/fine.md").unlink()
    ours, theirs = pty.openpty()
    os.write(ours, f"{answer}\n".encode())
    done = run("publish", cwd=here, stdin=theirs)
    os.close(ours)
    os.close(theirs)
    assert done.returncode == status
    assert 'Type "yes" to publish anyway: ' in done.stdout
    assert said in done.stdout + done.stderr
    assert (here / "public/2026/11/a-fine-post").exists() == (status != 0)


@pytest.mark.long
def test_a_renamed_issue_may_have_an_alias(here: Path) -> None:
    issues = ISSUES.replace('"Potholes"', '"Holes in the road"\naliases = ["/issues/potholes/"]')
    post = SECOND.replace("grit bins", "holes in the road, ice")
    write_files(here / "content", {"issues.toml": issues, "posts/second.md": post})
    done = run("publish", cwd=here)
    assert done.returncode == 0
    page = (here / "public/issues/potholes/index.html").read_text()
    assert "url=/issues/holes-in-the-road/" in page
    told = (here / "public/_redirects").read_text()
    assert "/issues/potholes/ /issues/holes-in-the-road/ 301\n" in told
    assert "/feeds/potholes.rss.xml /feeds/holes-in-the-road.rss.xml 301\n" in told
