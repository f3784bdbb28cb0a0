"""A second run changes nothing that the councillor has edited."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scaffold.old_blogs import Desk, category, desk_in, old_blog, old_post
from support import files_of, write_files
from wardblog.problems import CommandError
from wardblog.scaffold.old_blog.model import OldBlog
from wardblog.scaffold.old_blog.names import NAMES_FILE
from wardblog.scaffold.old_blog.post_targets import FileState
from wardblog.scaffold.old_blog.private_table import table_bytes, write_table
from wardblog.scaffold.old_blog.remembered import FOLDER, read_memory
from wardblog.scaffold.old_blog.write_posts import publish

FIRST, SECOND = "posts/2014-03-07-hello-1.md", "posts/2014-03-07-hello-2.md"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path)


BLOG = old_blog(old_post(1, terms=(category("Roads"),)), old_post(2, terms=(category("Roads"),)))


def rename(desk: Desk, new: str) -> None:
    """Give the category another name in the table."""
    rows = [("category", "Roads", "2", new), ("author", "admin", "2", "Robin Sample")]
    write_table(desk.private, NAMES_FILE, table_bytes(("kind", "old name", "posts", "new"), rows))


def edit(desk: Desk, file: str) -> bytes:
    path = desk.content / file
    path.write_bytes(path.read_bytes().replace(b"Some words", b"Other words"))
    return path.read_bytes()


def states(desk: Desk) -> dict[str, FileState]:
    return {one.target.file: one.target.state for one in desk.plan(BLOG).posts}


def test_a_second_run_writes_nothing(desk: Desk) -> None:
    desk.move(BLOG)
    before = files_of(desk.content)
    plan = desk.move(BLOG)
    assert (plan.new_files, files_of(desk.content)) == ({}, before)


def test_after_a_change_of_names_only_unedited_files_are_written_again(desk: Desk) -> None:
    desk.move(BLOG)
    edited = edit(desk, FIRST)
    rename(desk, "Potholes")
    plan = desk.move(BLOG)
    assert [file for file in plan.new_files if file.endswith(".md")] == [SECOND]
    assert (desk.content / FIRST).read_bytes() == edited
    assert "Tags: Potholes\n" in (desk.content / SECOND).read_text()


def test_a_deleted_post_does_not_come_back(desk: Desk) -> None:
    desk.move(BLOG)
    (desk.content / FIRST).unlink()
    assert states(desk)[FIRST] is FileState.DELETED
    desk.move(BLOG)
    assert not (desk.content / FIRST).exists()


def test_without_the_private_folder_what_is_there_already_is_recognised(desk: Desk) -> None:
    desk.move(BLOG)
    edited = edit(desk, FIRST)
    other = (desk.content / SECOND).read_bytes()
    shutil.rmtree(desk.private)
    assert states(desk) == {FIRST: FileState.EDITED, SECOND: FileState.OURS}
    desk.move(BLOG)
    assert (desk.content / FIRST).read_bytes() == edited
    assert (desk.content / SECOND).read_bytes() == other
    rename(desk, "Potholes")
    desk.move(BLOG)
    assert (desk.content / FIRST).read_bytes() == edited
    assert "Tags: Potholes\n" in (desk.content / SECOND).read_text()


def test_a_renamed_file_is_recognised(desk: Desk) -> None:
    desk.move(BLOG)
    renamed = desk.content / "posts/2014/first.md"
    renamed.parent.mkdir()
    (desk.content / FIRST).rename(renamed)
    rename(desk, "Potholes")
    desk.move(BLOG)
    assert "Tags: Potholes\n" in renamed.read_text()
    assert not (desk.content / FIRST).exists()


def test_publishing_takes_one_line_out_and_keeps_every_other_byte(desk: Desk) -> None:
    desk.move(BLOG)
    path = desk.content / FIRST
    path.write_bytes(path.read_bytes().replace(b"Some words", b"My words").replace(b"\n", b"\r\n"))
    before = {file: (desk.content / file).read_bytes() for file in (FIRST, SECOND)}
    plan = desk.plan(BLOG)
    publish((FIRST, SECOND), plan.posts, read_memory(desk.private), desk.folders)
    for file, data in before.items():
        after = (desk.content / file).read_bytes()
        assert after == data.replace(b"Status: draft\r\n", b"").replace(b"Status: draft\n", b"")
        assert after != data
    # It stays published when it is written again, and an edited one stays edited.
    rename(desk, "Potholes")
    desk.move(BLOG)
    text = (desk.content / SECOND).read_text()
    assert "Tags: Potholes\n" in text
    assert "Status" not in text
    assert states(desk)[FIRST] is FileState.EDITED


def test_a_post_that_is_a_draft_no_more_is_not_published_again(desk: Desk) -> None:
    desk.move(BLOG)
    plan = desk.plan(BLOG)
    path = desk.content / FIRST
    path.write_bytes(path.read_bytes().replace(b"Status: draft\n", b""))
    with pytest.raises(CommandError, match="has changed in the meantime"):
        publish((FIRST,), plan.posts, read_memory(desk.private), desk.folders)


def test_new_posts_of_the_old_blog_are_added(desk: Desk) -> None:
    desk.move(BLOG)
    edited = edit(desk, FIRST)
    more = old_blog(*BLOG.posts, old_post(3, terms=BLOG.posts[0].terms))
    plan = desk.move(more)
    assert [file for file in plan.new_files if file.endswith(".md")] == [
        "posts/2014-03-07-hello-3.md"
    ]
    assert (desk.content / FIRST).read_bytes() == edited


@pytest.mark.parametrize("spoilt", [b"{", b'{"version": 9}', b'{"version": 1, "posts": []}'])
def test_a_spoilt_memory_is_refused_with_the_remedy(desk: Desk, spoilt: bytes) -> None:
    desk.move(BLOG)
    (desk.private / FOLDER / "memory.json").write_bytes(spoilt)
    with pytest.raises(CommandError, match="another program has changed it") as refused:
        read_memory(desk.private)
    assert "Delete it" in refused.value.hint


def test_posts_without_a_guid_or_with_the_same_one_are_told_apart(desk: Desk) -> None:
    blog = old_blog(
        old_post(1, guid="", addresses=("/a/",)),
        old_post(2, guid="same"),
        old_post(3, guid="same"),
        old_post(4, guid="", addresses=()),
    )
    desk.move(blog)
    before = desk.texts()
    assert len(before) == 4
    assert desk.move(blog).new_files == {}
    assert desk.texts() == before


def test_without_the_private_folder_posts_without_a_guid_are_recognised(desk: Desk) -> None:
    """By their titles and dates: their place in the export is another one next time."""

    def blog(first: int) -> OldBlog:
        return old_blog(
            old_post(1, guid="", addresses=(), line=first),
            old_post(2, guid="same", title="Once"),
            old_post(3, guid="same", title="Twice"),
            old_post(4, guid="", addresses=(), moment=None, kind="page", title="About"),
            old_post(5, guid="a\x00b", title="Odd"),
            old_post(6, guid="https://old.example.org/cafe\u0301", title="Accent"),
        )

    desk.move(blog(10))
    edited = edit(desk, FIRST)
    before = desk.texts()
    assert desk.move(blog(99)).new_files == {}
    shutil.rmtree(desk.private)
    assert desk.move(blog(500)).new_files == {}
    assert desk.texts() == before
    assert (desk.content / FIRST).read_bytes() == edited


def test_a_post_of_her_own_is_not_taken_for_an_old_one_with_a_guid(desk: Desk) -> None:
    own = "Title: Hello 1\nDate: 2014-03-07 09:30\nTags: general\n\nMine.\n"
    write_files(desk.content, {"posts/mine.md": own})
    desk.move(BLOG)
    assert (desk.content / "posts/mine.md").read_text() == own
    assert len(desk.texts()) == 3


def test_what_a_run_wrote_that_was_cut_off_is_not_taken_for_edited(desk: Desk) -> None:
    desk.move(BLOG)
    edited = edit(desk, SECOND)
    memory = (desk.private / FOLDER / "memory.json").read_bytes()
    rename(desk, "Potholes")
    desk.move(BLOG)
    (desk.private / FOLDER / "memory.json").write_bytes(memory)
    assert states(desk) == {FIRST: FileState.OURS, SECOND: FileState.EDITED}
    desk.move(BLOG)
    rename(desk, "Grit bins")
    desk.move(BLOG)
    assert "Tags: Grit bins\n" in (desk.content / FIRST).read_text()
    assert (desk.content / SECOND).read_bytes() == edited
