"""Unchanged means unchanged: another clone sends nothing, and an edit only what it touches."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from support import ROOT, run

# An edit of a smaller site is followed in test_targets.py, and what it builds in build/test_law.py.
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, published from one clone to a folder beside it."""
    here = tmp_path_factory.mktemp("published") / "one"
    content = shutil.copytree(ROOT / "content", here / "content")
    ward = content / "ward.toml"
    text = ward.read_text(encoding="utf-8")
    ward.write_text(text.replace('path = "public"', f'path = "{here.parent}/public"'), "utf-8")
    done = run("publish", "--force", cwd=here)  # outside the project, where it would ask first
    assert done.returncode == 0, done.stderr
    return here


def test_a_fresh_clone_sends_nothing_and_changes_no_time(published: Path, tmp_path: Path) -> None:
    live = published.parent / "public"
    before = {p: p.stat().st_mtime_ns for p in live.rglob("*")}
    other = tmp_path / "other"
    shutil.copytree(published / "content", other / "content", copy_function=shutil.copy)
    done = run("publish", cwd=other)
    assert done.returncode == 0
    assert "Nothing to publish: the live site is up to date." in done.stdout
    assert {p: p.stat().st_mtime_ns for p in live.rglob("*")} == before


def test_one_edited_post_of_the_sample_sends_at_most_twelve_files(published: Path) -> None:
    post = published / "content/posts/2026-11-05-paint-tins.md"  # about one street
    post.write_text(post.read_text(encoding="utf-8") + "\nOne more sentence.\n", "utf-8")
    done = run("publish", cwd=published)
    found = re.search(r"Publishing [\d,]+ files: (\d+) new, (\d+) changed, (\d+) gone", done.stdout)
    assert found, done.stdout
    new, changed, gone = map(int, found.groups())
    assert (new, gone) == (0, 0)
    assert 1 <= changed <= 12
