"""The end of `make import`: what needs attention, and what can be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardblog.cli.common import ask_to_write, print_line
from wardblog.problems import display_path
from wardblog.text.words import counted

if TYPE_CHECKING:
    from wardblog.scaffold.old_blog.findings import MoveFindings
    from wardblog.scaffold.old_blog.plan import MovePlan
    from wardblog.scaffold.old_blog.remembered import MoveMemory
    from wardblog.scaffold.old_blog.write_posts import Folders

_MOST_FILES = 5


def report(findings: MoveFindings, folders: Folders) -> None:
    """Show what needs attention, and write the two tables about it."""
    from wardblog.scaffold.old_blog.answers import ANSWERS_FILE, KEYS, answers_data, read_answers
    from wardblog.scaffold.old_blog.private_table import write_table
    from wardblog.scaffold.old_blog.remembered import FOLDER
    from wardblog.scaffold.old_blog.report_text import (
        FINDINGS_FILE,
        findings_data,
        report_lines,
    )

    content, private = folders.content, folders.private
    path = write_table(private, FINDINGS_FILE, findings_data(findings, content))
    if lines := list(report_lines(findings, content)):
        print_line("\n".join(("", "What needs your attention, most important first:", *lines, "")))
        print_line(f"The whole list is in {display_path(path)}.")
    else:
        print_line("Nothing needs your attention.")
    if any(group.can_be_answered for group in findings.groups):
        # Read again: the councillor may have saved it while the command was running.
        answers = read_answers(private / FOLDER / ANSWERS_FILE)
        data = answers_data(findings.groups, answers, display_path(content))
        path = write_table(private, ANSWERS_FILE, data, KEYS)
        print_line(
            f"One answer for many posts: write your reason into {display_path(path)}, in the "
            'column "answer", and run this command again.'
        )


def ask_for_descriptions(plan: MovePlan, findings: MoveFindings, folders: Folders) -> None:
    from wardblog.scaffold.old_blog.picture_table import (
        KEYS,
        PICTURES_FILE,
        descriptions_data,
        not_described,
        read_descriptions,
    )
    from wardblog.scaffold.old_blog.post_targets import FileState
    from wardblog.scaffold.old_blog.private_table import write_table
    from wardblog.scaffold.old_blog.remembered import FOLDER

    # Read again: the councillor may have saved it while the command was running.
    content, private = folders.content, folders.private
    descriptions = read_descriptions(private / FOLDER / PICTURES_FILE)
    edited = {one.target.file for one in plan.posts if one.target.state is FileState.EDITED}
    for picture, file in dict.fromkeys(not_described(edited, findings, descriptions)):
        print_line(
            f"{display_path(content / file)} was edited, so it did not get your description of "
            f"{display_path(content / picture)}: write it there."
        )
    used = {one.target.file: one.pictures for one in plan.posts}
    if data := descriptions_data(used, findings, descriptions):
        path = write_table(private, PICTURES_FILE, data, KEYS)
        print_line(
            f"To describe pictures, say in {display_path(path)} what each shows, and run this "
            "command again: a picture is described once, in however many posts it is."
        )


def say_what_next(findings: MoveFindings) -> None:
    from wardblog.scaffold.old_blog.summary import posts_and_pages

    if findings.ready:
        print_line(
            f"Nothing stops {posts_and_pages(len(findings.ready))} from being published. Read some "
            "of them with make serve, then run this command again with PUBLISH=1."
        )


def publish_ready(
    findings: MoveFindings, plan: MovePlan, memory: MoveMemory, folders: Folders, is_forced: bool
) -> None:
    from wardblog.scaffold.old_blog.summary import posts_and_pages
    from wardblog.scaffold.old_blog.write_posts import publish

    for files, why in (
        (findings.blocked, "because of what is listed above"),
        (findings.waiting, "because they link to one of those"),
    ):
        if files:
            number = posts_and_pages(len(files))
            print_line(f"Public on the old blog, but still drafts {why}: {number}.")
            shown = [display_path(folders.content / file) for file in files[:_MOST_FILES]]
            more = len(files) - _MOST_FILES
            shown += [f"and {counted(more, 'more file')}"] if more > 0 else []
            print_line("\n".join(f"  {one}" for one in shown))
    if not findings.ready:
        print_line("There is nothing to publish.")
        return
    print_line(
        f"Ready to be published: {posts_and_pages(len(findings.ready))}. The line "
        '"Status: draft" would be taken out of them, and residents would read them after the next '
        "make publish."
    )
    if not is_forced:
        ask_to_write()
    publish(findings.ready, plan.posts, memory, folders)
    print_line('Done. Run "make check", then "make publish".')
