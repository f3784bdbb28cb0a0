"""`make new`: create a post, from nothing, a list, an application or an item of the digest."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import DONE, ROOT, content_folder, print_line, private_folder_of
from wardblog.problems import UsageError, display_path, nearest

if TYPE_CHECKING:
    from wardblog.model import Site
    from wardblog.scaffold import Draft, Tags


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--title", default="")
    parser.add_argument("--tags", default="", help="issues and other tags, with commas")
    parser.add_argument(
        "--from",
        dest="source",
        default="",
        help="a list to report changes in, planning:2026/1234, or listen:7",
    )


def run(arguments: argparse.Namespace) -> int:
    from wardblog.build.clock import now
    from wardblog.content import declared_issues
    from wardblog.scaffold import new_post, tags_for

    content = content_folder(arguments)
    moment = now()
    issues = declared_issues(content)
    draft = _draft(content, arguments.source) if arguments.source.strip() else None
    if not arguments.title.strip() and draft is None:
        raise UsageError("The post needs a title", 'make new TITLE="Two grit bins moved"')
    tags = tags_for(arguments.tags, issues)
    if tags.written and issues and not tags.has_issue:
        raise _no_issue(tags, issues)
    try:
        path = new_post(content, arguments.title, tags.written, moment, issues, draft)
    except FileExistsError as error:
        raise UsageError(f"{error.filename} exists already, and was not changed") from None
    except ValueError as error:
        raise UsageError(str(error)) from None
    print_line(f"Created {display_path(path)}. Open it in your editor to write the post.")
    for tag in tags.plain if issues else ():
        if guess := tags.guesses.get(tag):
            print_line(f'There is no issue called "{tag}". Did you mean "{guess}"?')
        else:
            print_line(f'"{tag}" is not one of your issues, so it is an ordinary tag.')
    return DONE


def _no_issue(tags: Tags, issues: tuple[str, ...]) -> UsageError:
    tag, guess = next(iter(tags.guesses.items()), (tags.plain[0], ""))
    hint = (
        f'Did you mean "{guess}"?'
        if guess
        else f"Your issues are: {', '.join(issues)}. Name one of them in TAGS, or write general."
    )
    return UsageError(f'There is no issue called "{tag}". Nothing was written', hint)


def _draft(content: Path, source: str) -> Draft:
    """A post about an application, an item of the digest, or the changes in a list.

    The content is checked first.
    """
    from wardblog.build import read_checked
    from wardblog.scaffold import year_on_year

    source = source.strip()
    kind, sign, rest = source.partition(":")
    if sign and (guess := nearest(kind, ("planning", "listen"))) not in ("", kind):
        raise UsageError(f'"{kind}:" is not known', f"Did you mean FROM={guess}:{rest}?")
    site = read_checked(ROOT / "pelicanconf.py", content)
    if source.startswith("planning:"):
        return _of_application(content, site, source)
    if source.startswith("listen:"):
        from wardblog.scaffold.listened import draft_from_item

        return draft_from_item(site, private_folder_of(content), source)
    return year_on_year(site, source)


def _of_application(content: Path, site: Site, source: str) -> Draft:
    from wardblog.content import read_settings_of
    from wardblog.scaffold.application_post import application_draft

    settings, _ = read_settings_of(content)
    sources = settings.sources if settings else ()
    return application_draft(content, site, private_folder_of(content), sources, source)
