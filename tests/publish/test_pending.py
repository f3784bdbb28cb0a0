"""A host shows what was published last: what is waiting for a day is told, and until when."""

from __future__ import annotations

from pathlib import Path

from support import POST, run, write_site

LATER = POST.replace("2026-11-20", "2026-12-03").replace("A fine", "A later")
LATEST = POST.replace("2026-11-20", "2026-12-09").replace("A fine", "The last")


def said(folder: Path, posts: dict[str, str]) -> str:
    write_site(folder / "content", posts)
    done = run("publish", cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.split("Published.\n")[1]


def test_a_scheduled_post_is_announced_with_its_date(tmp_path: Path) -> None:
    told = said(tmp_path, {"posts/later.md": LATER})
    assert (
        "1 post is dated later: it appears when you publish on or after 3 December 2026. "
        "docs/publishing.md explains how to do this automatically.\n"
    ) in told
    again = run("publish", cwd=tmp_path)
    assert "Nothing to publish" in again.stdout
    assert "1 post is dated later" in again.stdout


def test_several_scheduled_posts_are_announced_with_the_first_date(tmp_path: Path) -> None:
    told = said(tmp_path, {"posts/later.md": LATER, "posts/last.md": LATEST})
    assert (
        "2 posts are dated later: they appear when you publish on or after their days, the first "
        "of which is 3 December 2026."
    ) in told


def test_two_posts_of_one_day_are_announced_with_it(tmp_path: Path) -> None:
    same = LATEST.replace("2026-12-09", "2026-12-03")
    told = said(tmp_path, {"posts/later.md": LATER, "posts/last.md": same})
    assert "2 posts are dated later: they appear when you publish on or after 3 December" in told


def test_a_coming_deadline_is_announced(tmp_path: Path) -> None:
    deadline = POST.replace("Tags", "Deadline: 2026-12-01 | Comments close\nTags")
    told = said(tmp_path, {"posts/fine.md": deadline})
    assert (
        "1 deadline is still to come: publish again after 1 December 2026, so that the pages show "
        "that it has passed."
    ) in told


def test_nothing_is_announced_without_scheduled_posts(tmp_path: Path) -> None:
    assert "docs/publishing.md" not in said(tmp_path, {})
