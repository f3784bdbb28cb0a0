"""What a dry run shows is what `--expect` publishes: that, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support import POST, WARD, files_of, mostly_long, run, write_files, write_site
from wardblog.publish.shown import sentence_of

SECOND = POST.replace("A fine post", "Another fine post")
CHANGED = "Something has changed since this was shown, so nothing was published."


@pytest.fixture
def here(tmp_path: Path) -> Path:
    write_site(tmp_path / "content", {"posts/second.md": SECOND})
    return tmp_path


def plan(here: Path, status: int = 0) -> dict[str, Any]:
    done = run("publish", "--dry-run", "--format=json", cwd=here)
    assert (done.returncode, done.stderr) == (status, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def publish(here: Path, digest: str) -> tuple[int, str]:
    done = run("publish", f"--expect={digest}", cwd=here)
    return done.returncode, done.stderr


def test_the_plan_in_words_and_as_data(here: Path) -> None:
    shown = plan(here)
    assert shown["sentence"].startswith("14 new pages and ")
    titles = [page["title"] for page in shown["pages"]["new"] if page["title"]]
    assert titles == ["A fine post", "Another fine post"]
    first = shown["pages"]["new"][0]
    assert (first["address"], first["title"]) == ("/2026/11/a-fine-post/", "A fine post")
    facts = {
        name: shown[name] for name in ("is_empty", "is_new", "is_example", "live_since", "drafts")
    }
    assert facts == {
        "is_empty": False,
        "is_new": True,
        "is_example": True,
        "live_since": "",
        "drafts": 0,
    }
    assert (shown["to"], shown["where"]) == ("folder", "the folder public")
    assert not (here / "public").exists()


def test_what_was_shown_is_published_once(here: Path) -> None:
    digest = plan(here)["digest"]
    assert publish(here, digest) == (0, "")
    assert (here / "public/2026/11/a-fine-post/index.html").is_file()
    shown = plan(here)
    assert (shown["is_empty"], shown["sentence"]) == (True, "nothing")
    assert shown["live_since"]
    done = run("publish", f"--expect={digest}", cwd=here)
    assert done.stdout.splitlines()[1] == "Nothing to publish: the live site is up to date."


def test_the_same_plan_has_the_same_digest(here: Path) -> None:
    first = plan(here)["digest"]
    (here / "content/posts/fine.md").touch()
    run("clean", cwd=here)
    assert plan(here)["digest"] == first


CHANGES: dict[str, Callable[[Path], object]] = {
    "another text": lambda content: write_files(content, {"posts/fine.md": POST + "More.\n"}),
    "another post": lambda content: write_files(
        content, {"posts/third.md": POST.replace("A fine", "A third")}
    ),
    "a post less": lambda content: (content / "posts/second.md").unlink(),
    "another place": lambda content: write_files(
        content, {"ward.toml": WARD + '\n[publish]\npath = "elsewhere"\n'}
    ),
    "another address": lambda content: write_files(
        content, {"ward.toml": WARD.replace("ward.example.org", "other.example.org")}
    ),
}


@pytest.mark.parametrize("name", mostly_long(CHANGES, "another text", "another place"))
def test_nothing_is_published_if_anything_changed_since(here: Path, name: str) -> None:
    run("publish", cwd=here)
    write_files(here / "content", {"posts/second.md": SECOND + "Shown.\n"})
    digest = plan(here)["digest"]
    CHANGES[name](here / "content")
    before = files_of(here / "public")
    status, said = publish(here, digest)
    assert (status, said.splitlines()[0]) == (1, CHANGED)
    assert files_of(here / "public") == before
    assert not (here / "elsewhere").exists()
    assert publish(here, plan(here)["digest"])[0] == 0


def test_a_digest_that_was_made_up_publishes_nothing(here: Path) -> None:
    for digest in ("0" * 32, "-", "yes", " "):
        assert publish(here, digest)[0] == 1
    assert not (here / "public").exists()


def test_what_somebody_else_published_meanwhile_is_another_plan(here: Path) -> None:
    run("publish", cwd=here)
    write_files(here / "content", {"posts/fine.md": POST + "Mine.\n"})
    digest = plan(here)["digest"]
    write_files(here / "content", {"posts/fine.md": POST + "Theirs.\n"})
    run("publish", cwd=here)
    write_files(here / "content", {"posts/fine.md": POST + "Mine.\n"})
    assert publish(here, digest)[1].startswith(CHANGED)


def test_the_questions_count_as_answered_by_whoever_saw_them(here: Path) -> None:
    run("publish", cwd=here)
    (here / "content/posts/second.md").unlink()
    shown = plan(here)
    assert "1 page would be removed, and no other page replaces it" in shown["questions"]
    assert [page["title"] for page in shown["pages"]["gone"]] == [""]
    assert publish(here, shown["digest"]) == (0, "")
    assert not (here / "public/2026/11/another-fine-post").exists()


def test_problems_come_in_place_of_a_plan(here: Path) -> None:
    write_files(here / "content", {"posts/fine.md": POST.replace("grit bins", "grti bin")})
    found = plan(here, status=1)
    assert "digest" not in found
    (problem,) = found["problems"]
    assert (problem["file"], problem["line"]) == ("content/posts/fine.md", 3)


def test_words_of_a_post_change_nothing_but_the_words(here: Path) -> None:
    title = '"}],"digest":"0","questions":"'
    write_files(here / "content", {"posts/fine.md": POST.replace("A fine post", title)})
    shown = plan(here)
    assert len(shown["digest"]) == 32
    assert shown["questions"] == ""
    assert title in [page["title"] for page in shown["pages"]["new"]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format=xml", "--dry-run"], "FORMAT=xml is unknown."),
        (["--format=json"], "FORMAT=json is for a dry run."),
        (["--expect=1", "--force"], "--expect publishes what a dry run has shown."),
        (["--expect=1", "--dry-run"], "--expect publishes what a dry run has shown."),
    ],
)
def test_contradictions_are_refused(here: Path, words: list[str], said: str) -> None:
    done = run("publish", *words, cwd=here)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, said)


@pytest.mark.parametrize(
    ("pages", "others", "sentence"),
    [
        ((3, 2, 0), 0, "3 new pages, 2 changed"),
        ((1, 0, 0), 1, "1 new page and 1 other file"),
        ((0, 2, 1), 1200, "2 changed pages, 1 removed, and 1,200 other files"),
        ((0, 0, 0), 2, "2 files"),
        ((0, 0, 0), 0, "nothing"),
    ],
)
def test_the_sentence(pages: tuple[int, int, int], others: int, sentence: str) -> None:
    names = ("new", "changed", "gone")
    assert sentence_of(dict(zip(names, pages, strict=True)), {"new": others}) == sentence


def versions(here: Path, *texts: str) -> None:
    for text in texts:
        write_files(here / "content", {"posts/fine.md": f"{POST}{text}\n"})
        assert run("publish", cwd=here).returncode == 0


def rollback(here: Path) -> dict[str, Any]:
    done = run("rollback", "--dry-run", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_rollback_shows_what_comes_back(here: Path) -> None:
    versions(here, "One.", "Two.")
    before = files_of(here / "public")
    shown = rollback(here)
    assert (shown["name"], shown["where"]) == ("release 1", "the folder public")
    changed = [page["address"] for page in shown["pages"]["changed"]]
    assert "/2026/11/a-fine-post/" in changed
    assert shown["sentence"].startswith(f"{len(changed)} changed pages and ")
    assert shown["live_since"]
    assert shown["before_since"]
    assert files_of(here / "public") == before
    done = run("rollback", f"--expect={shown['digest']}", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    assert b"One." in (here / "public/2026/11/a-fine-post/index.html").read_bytes()


def test_only_the_rollback_that_was_shown_happens(here: Path) -> None:
    versions(here, "One.", "Two.")
    digest = rollback(here)["digest"]
    versions(here, "Three.")
    done = run("rollback", f"--expect={digest}", cwd=here)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "Something has changed since this was shown, so nothing was changed."
    )
    assert b"Three." in (here / "public/2026/11/a-fine-post/index.html").read_bytes()


def test_a_rollback_happens_once(here: Path) -> None:
    versions(here, "One.", "Two.", "Three.")
    digest = rollback(here)["digest"]
    assert run("rollback", f"--expect={digest}", cwd=here).returncode == 0
    assert run("rollback", f"--expect={digest}", cwd=here).returncode == 1
    assert b"Two." in (here / "public/2026/11/a-fine-post/index.html").read_bytes()


# Mistakes of ward.toml that have nothing to do with where the site is published.
MISTAKES = {
    "an address": WARD.replace("robin@example.org", "nobody"),
    "a table": f"{WARD}\n[unheard]\nof = 1\n",
    "the site": WARD.replace("https://", "nowhere "),
    "the title": WARD.replace("title =", "titel =", 1),
    "neither": WARD.replace("https://", "nowhere ").replace("title =", "heading =", 1),
}


@pytest.mark.long
@pytest.mark.parametrize("name", MISTAKES)
def test_other_mistakes_of_the_settings_stop_no_rollback(here: Path, name: str) -> None:
    versions(here, "One.", "Two.")
    write_files(here / "content", {"ward.toml": MISTAKES[name], "posts/second.md": "Nothing"})
    assert run("check", cwd=here).returncode == 1
    digest = rollback(here)["digest"]
    done = run("rollback", f"--expect={digest}", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    assert b"One." in (here / "public/2026/11/a-fine-post/index.html").read_bytes()


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[publish]\nto = "nowhere"\n', '"to" cannot be "nowhere"'),
        ('[publsh]\nto = "folder"\n', "there is no table called [publish]"),
        ("[publish]\nkeep = 0\n", '"keep" cannot be 0'),
        ("[publish\n", "ward.toml"),
    ],
)
def test_mistakes_of_where_the_site_is_published_stop_it(
    here: Path, text: str, message: str
) -> None:
    versions(here, "One.", "Two.")
    write_files(here / "content", {"ward.toml": f"{WARD}\n{text}"})
    done = run("rollback", cwd=here)
    assert done.returncode == 1
    assert message in done.stderr
    assert b"Two." in (here / "public/2026/11/a-fine-post/index.html").read_bytes()


def test_nothing_to_go_back_to(here: Path) -> None:
    versions(here, "One.")
    done = run("rollback", "--dry-run", cwd=here)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("There is no earlier release to go back to")
