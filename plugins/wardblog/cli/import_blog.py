"""`make import`: import an old blog from WordPress, Blogger and others."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    DONE,
    ROOT,
    WORKPLACE,
    ask_to_write,
    confirm_or_stop,
    content_folder,
    print_error,
    print_line,
    private_folder_of,
)
from wardblog.cli.import_report import (
    ask_for_descriptions,
    publish_ready,
    report,
    say_what_next,
)
from wardblog.problems import CommandError, ContentError, UsageError, display_path
from wardblog.support.progress_bar import progress_bars
from wardblog.text.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wardblog.model import Site
    from wardblog.problems import Problem
    from wardblog.scaffold.old_blog.findings import MoveFindings
    from wardblog.scaffold.old_blog.groups import Answers
    from wardblog.scaffold.old_blog.model import OldBlog
    from wardblog.scaffold.old_blog.names import NameTable
    from wardblog.scaffold.old_blog.plan import MoveOptions, MovePlan
    from wardblog.scaffold.old_blog.remembered import MoveMemory
    from wardblog.scaffold.old_blog.write_posts import Folders

_LOCK = ".import.lock"
_CAN_BE_READ = (
    "Name the export of WordPress or Blogger, a feed, or the folder of a Jekyll, Hugo or Eleventy "
    "site: make import FROM=private/export.xml. docs/moving.md says how to get it."
)
_MOST_FAILURES = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="source", default="", help="the export, or a folder")
    parser.add_argument("--uploads", default="", help="a folder with the pictures of the old blog")
    parser.add_argument("--pictures", action="store_true", help="fetch pictures from the old blog")
    parser.add_argument("--comments", action="store_true", help="keep comments as quotations")
    parser.add_argument(
        "--publish", action="store_true", help="publish what was public and has no problem"
    )
    parser.add_argument("--force", action="store_true", help="do not ask before anything")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.office.private_lock import private_lock
    from wardblog.publish import interrupted_by_signals
    from wardblog.scaffold.old_blog.exports.open_blog import open_blog
    from wardblog.scaffold.old_blog.write_posts import Folders

    content = content_folder(arguments)
    source = _source(arguments.source, "FROM", _CAN_BE_READ)
    uploads = _uploads(arguments.uploads, source)
    if not arguments.force:
        _stop_at_sample(content)
    private = private_folder_of(content)
    folders = Folders(content=content, private=private, workplace=WORKPLACE)
    with interrupted_by_signals(), private_lock(private, _LOCK, "importing an old blog"):
        _move(open_blog(source), uploads, folders, arguments)
    return DONE


def _stop_at_sample(content: Path) -> None:
    """The sample is moved aside by `make start`, with everything that was imported into it."""
    from wardblog.content import read_settings_of
    from wardblog.publish.identity import Identity

    settings, _ = read_settings_of(content)
    if settings and Identity(settings.url, settings.title).is_sample:
        raise CommandError(
            f"{display_path(content)} still has the sample, which is not yours",
            'Run "make start" first, and fill in ward.toml and issues.toml. Then run this again. '
            "To try it with the sample all the same, add FORCE=1.",
        )


def _source(words: str, name: str, hint: str) -> Path:
    if not words.strip():
        raise UsageError(f"{name}= does not say where the old blog is", hint)
    if words.strip().casefold().startswith(("http://", "https://")):
        raise UsageError(
            f"{name}= has to be a file or folder on this computer, not an address",
            f"Open {words.strip()} in your browser and save it as a file first, such as "
            "private/feed.xml.",
        )
    path = Path(words).expanduser()
    if not path.exists():
        raise UsageError(f"There is no file or folder called {words}", hint)
    return path


def _uploads(words: str, source: Path) -> list[Path]:
    """The folders in which the files of the old site are: also the folder of a whole site."""
    found = [source] if source.is_dir() else []
    if words.strip():
        folder = _source(words, "UPLOADS", "Name the folder that has the pictures.")
        if not folder.is_dir():
            raise UsageError(
                f"UPLOADS={words} is not a folder", "If it is a zip file, unpack it first."
            )
        found.insert(0, folder)
    return found


def _move(
    blog: OldBlog, uploads: list[Path], folders: Folders, arguments: argparse.Namespace
) -> None:
    from wardblog.scaffold.old_blog.answers import (
        ANSWERS_FILE,
        allowances_of,
        is_covered_less,
        read_answers,
    )
    from wardblog.scaffold.old_blog.picture_table import PICTURES_FILE, read_descriptions
    from wardblog.scaffold.old_blog.plan import MoveOptions, plan_move
    from wardblog.scaffold.old_blog.remembered import FOLDER, read_memory
    from wardblog.scaffold.old_blog.summary import blog_lines
    from wardblog.scaffold.old_blog.write_posts import write_plan

    memory = read_memory(folders.private)
    answers = read_answers(folders.private / FOLDER / ANSWERS_FILE)
    descriptions = read_descriptions(folders.private / FOLDER / PICTURES_FILE)
    _print(blog_lines(blog, has_comments=arguments.comments))
    names, author = _names(blog, folders)
    options = MoveOptions(
        content=folders.content,
        names=names,
        memory=memory,
        author=author,
        uploads=uploads,
        allowances=allowances_of(memory, answers),
        descriptions=descriptions,
        has_comments=arguments.comments,
    )
    plan = _planned(blog, options, folders, arguments)
    memory = _written(plan, memory, folders, arguments.force)
    findings, memory = _found(plan, memory, folders, answers)
    if is_covered_less(options.allowances, allowed := allowances_of(memory, answers)):
        # What is new in a text was not there when the answers were given.
        plan = plan_move(blog, replace(options, memory=memory, allowances=allowed))
        memory = write_plan(plan, memory, folders)
        findings, memory = _found(plan, memory, folders, answers)
    report(findings, folders)
    ask_for_descriptions(plan, findings, folders)
    if arguments.publish:
        publish_ready(findings, plan, memory, folders, arguments.force)
    else:
        say_what_next(findings)


def _print(lines: Iterable[str]) -> None:
    print_line("\n".join((*lines, "")))


def _names(blog: OldBlog, folders: Folders) -> tuple[NameTable, str]:
    """The table of names, which is written at once if it has new rows, and the first councillor."""
    from wardblog.content import declared_issues, read_settings_of
    from wardblog.scaffold.old_blog.names import KEYS, NAMES_FILE, name_table
    from wardblog.scaffold.old_blog.private_table import write_table
    from wardblog.scaffold.old_blog.remembered import FOLDER
    from wardblog.scaffold.old_blog.summary import name_lines

    settings, _ = read_settings_of(folders.content)
    councillors = [one.name for one in settings.councillors] if settings else []
    path = folders.private / FOLDER / NAMES_FILE
    names = name_table(blog, declared_issues(folders.content), councillors, path)
    if names.is_new and names.rows:
        write_table(folders.private, NAMES_FILE, names.data(), KEYS)
    if names.rows:
        _print(name_lines(names, path))
    return names, councillors[0] if councillors else ""


def _planned(
    blog: OldBlog, options: MoveOptions, folders: Folders, arguments: argparse.Namespace
) -> MovePlan:
    """The plan, with pictures that are fetched first if that was asked for."""
    from wardblog.scaffold.old_blog.fetched import fetched_before
    from wardblog.scaffold.old_blog.plan import plan_move
    from wardblog.scaffold.old_blog.summary import address_lines, plan_lines

    with progress_bars() as watch:
        plan = plan_move(blog, options, watch)
    fetched = fetched_before(plan.files.missing, folders.private)
    if arguments.pictures:
        fetched |= _fetched(plan, fetched, folders, arguments.force)
    if fetched:
        with progress_bars() as watch:
            plan = plan_move(blog, replace(options, fetched=fetched), watch)
    _print((*address_lines(plan, folders.content), *plan_lines(plan, folders.content)))
    return plan


def _fetched(
    plan: MovePlan, known: dict[str, Path], folders: Folders, is_forced: bool
) -> dict[str, Path]:
    """What the old site still has of the missing pictures, after asking."""
    from wardblog.scaffold.old_blog.fetched import fetch_files, fetchable, hosts_of

    site = plan.blog.url
    urls = [url for url in fetchable(plan.files.missing, site) if url not in known]
    if not urls:
        print_line("There is no picture to fetch from the old blog.")
        return {}
    hosts = [f"  {host}: {counted(number, 'file')}" for host, number in hosts_of(urls)]
    _print(("This fetches what is missing, one file after the other, from:", *hosts))
    if not is_forced:
        confirm_or_stop(
            "to fetch them",
            CommandError(
                "Nothing was fetched, because this command could not ask for your confirmation",
                "If this is what you want, run the same command with FORCE=1.",
            ),
            CommandError("Nothing was fetched or written"),
        )
    with progress_bars() as watch:
        found = fetch_files(urls, site, folders.private, watch)
    for url, why in found.failures[:_MOST_FAILURES]:
        print_error(f"Could not be fetched: {url}: {why}")
    if (more := len(found.failures) - _MOST_FAILURES) > 0:
        print_error(f"and {counted(more, 'more file')}")
    return found.files


def _written(plan: MovePlan, memory: MoveMemory, folders: Folders, is_forced: bool) -> MoveMemory:
    from wardblog.scaffold.old_blog.fetched import discard_fetched, fetched_before
    from wardblog.scaffold.old_blog.write_posts import write_plan

    files = [*plan.new_files, *(one.file for one in plan.files.new)]
    if files and not is_forced:
        ask_to_write()
    after = write_plan(plan, memory, folders)
    discard_fetched(fetched_before(plan.files.files, folders.private).values())
    if files:
        print_line(f"Written: {counted(len(files), 'file')}.")
    return after


def _found(
    plan: MovePlan, memory: MoveMemory, folders: Folders, answers: Answers
) -> tuple[MoveFindings, MoveMemory]:
    """What needs attention, which is also remembered: an answer holds only for what was found."""
    from wardblog.build import use_site
    from wardblog.scaffold.old_blog.findings import find
    from wardblog.scaffold.old_blog.write_posts import remember_findings

    of_pages = _of_pages(plan, folders.content)

    def use(site: Site, problems: list[Problem]) -> MoveFindings:
        return find(site, problems, plan.posts, of_pages, answers)

    findings = use_site(ROOT / "pelicanconf.py", folders.content, use)
    return findings, remember_findings(memory, findings, plan.posts, folders.private)


def _of_pages(plan: MovePlan, content: Path) -> list[Problem]:
    """The problems of the pages that the posts would be; none if the rest cannot be built."""
    from wardblog.build import check_pages
    from wardblog.scaffold.old_blog.findings import as_pages, public_files

    files = public_files(plan.posts)
    with progress_bars() as watch:
        try:
            return check_pages(
                ROOT / "pelicanconf.py",
                content,
                lambda site: as_pages(site, files),
                watch=watch,
            )
        except ContentError:
            return []  # make check says what is wrong with it
