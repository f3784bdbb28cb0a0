"""Writes the planned posts, publishes those that are ready, and remembers both."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from wardblog.content.replace_files import NewFile, replace_files
from wardblog.content.write import values_in, without_value
from wardblog.problems import CommandError
from wardblog.scaffold.old_blog.existing import digest_in_hex
from wardblog.scaffold.old_blog.findings import MoveFindings
from wardblog.scaffold.old_blog.pictures import copy_files
from wardblog.scaffold.old_blog.plan import MovePlan, PlannedPost
from wardblog.scaffold.old_blog.remembered import MoveMemory, WrittenPost, write_memory
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """The content folder, the private one, and where files are prepared."""

    content: Path
    private: Path
    workplace: Path


def write_plan(plan: MovePlan, memory: MoveMemory, folders: Folders) -> MoveMemory:
    """Write all texts or none, after the pictures; return what is now to be remembered.

    Raises `CommandError` and `OSError`; the texts are then as before, and pictures that were
    copied already are found by the next run.
    """
    copy_files(folders.content, plan.files.new)
    if plan.new_files:
        replace_files(folders.content, plan.new_files, folders.workplace)
    posts = dict(memory.posts)
    for one in plan.posts:
        if one.digest:
            posts[one.target.key] = _written(one, memory.posts.get(one.target.key), folders.content)
    after = MoveMemory(
        posts=posts,
        pictures={**memory.pictures, **plan.files.files},
        redirects={**memory.redirects, **plan.rows},
    )
    if after != memory:
        write_memory(folders.private, after)
    return after


def _written(one: PlannedPost, before: WrittenPost | None, content: Path) -> WrittenPost:
    if before:
        is_public = before.is_public and not one.is_held
        return replace(before, file=one.target.file, digest=one.digest, is_public=is_public)
    # Without a memory of it, a post that was published is known by its missing line.
    file = content / one.target.file
    is_public = one.new is None and "Status" not in values_in(file.read_bytes())
    return WrittenPost(file=one.target.file, digest=one.digest, is_public=is_public)


def remember_findings(
    memory: MoveMemory, findings: MoveFindings, posts: Sequence[PlannedPost], private: Path
) -> MoveMemory:
    """Remember in which groups each post is, so that an answer finds its posts."""
    groups = findings.keys_by_file()
    files = {one.target.key: one.target.file for one in posts}
    known = {
        key: replace(one, groups=groups.get(files.get(key, one.file), ()))
        for key, one in memory.posts.items()
    }
    after = replace(memory, posts=known)
    if after != memory:
        write_memory(private, after)
    return after


def publish(
    files: Collection[str], posts: Sequence[PlannedPost], memory: MoveMemory, folders: Folders
) -> MoveMemory:
    """Take `Status: draft` out of these files, and keep every other byte.

    Raises `CommandError` and `OSError`; the files are then as before.
    """
    new = _without_draft(files, folders.content)
    replace_files(folders.content, new, folders.workplace)
    known = dict(memory.posts)
    for one in posts:
        file, written = one.target.file, memory.posts.get(one.target.key)
        if file not in new or written is None:
            continue
        before = new[file].before or b""
        is_ours = written.digest == digest_in_hex(before)
        digest = digest_in_hex(new[file].data) if is_ours else written.digest
        known[one.target.key] = replace(written, digest=digest, is_public=True)
    after = replace(memory, posts=known)
    write_memory(folders.private, after)
    return after


def _without_draft(files: Collection[str], content: Path) -> Mapping[str, NewFile]:
    new: dict[str, NewFile] = {}
    for file in sorted(files):
        before = (content / file).read_bytes()
        try:
            new[file] = NewFile(without_value(before, "Status"), before)
        except IndexError:
            raise CommandError(
                f"{file} has changed in the meantime. Nothing was published", "Run this again."
            ) from None
    return new
