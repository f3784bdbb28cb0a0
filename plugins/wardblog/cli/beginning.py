"""The commands that begin something: a post, or a content folder of one's own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import DONE, ROOT, Usage, confirm, content_folder, tell
from wardblog.problems import display_path

if TYPE_CHECKING:
    from wardblog.scaffold import Draft, Tags


def new(arguments: argparse.Namespace) -> int:
    from wardblog.build.clock import now
    from wardblog.content import declared_issues
    from wardblog.scaffold import new_post, tags_for

    content = content_folder(arguments)
    moment = now()
    issues = declared_issues(content)
    draft = _draft(content, arguments.source) if arguments.source.strip() else None
    if not arguments.title.strip() and draft is None:
        raise Usage('Say what the post is called: make new TITLE="Two grit bins moved".')
    tags = tags_for(arguments.tags, issues)
    if tags.written and issues and not tags.has_issue:
        raise Usage(_no_issue(tags, issues))
    try:
        path = new_post(content, arguments.title, tags.written, moment, issues, draft)
    except FileExistsError as error:
        raise Usage(f"{error.filename} is there already, and was left as it is.") from None
    except ValueError as error:
        raise Usage(f"{error}.") from None
    tell(f"Wrote {display_path(path)}. Open it in your editor, and write.")
    for tag in tags.plain if issues else ():
        if guess := tags.guesses.get(tag):
            tell(f'There is no issue called "{tag}". Did you mean "{guess}"?')
        else:
            tell(f'"{tag}" is none of your issues, so it is an ordinary tag.')
    return DONE


def _no_issue(tags: Tags, issues: tuple[str, ...]) -> str:
    first = tags.plain[0]
    if guess := next(iter(tags.guesses.values()), ""):
        first = next(iter(tags.guesses))
        return f'There is no issue called "{first}". Did you mean "{guess}"? Nothing was written.'
    return (
        f'There is no issue called "{first}". Nothing was written.\n'
        f"  Your issues are: {', '.join(issues)}. Name one of them in TAGS, or write general."
    )


def _draft(content: Path, source: str) -> Draft:
    """What there is to say of a list, once the content has no problem that stops it."""
    from wardblog.build import read_checked
    from wardblog.scaffold import NothingToCompare, year_on_year

    try:
        return year_on_year(read_checked(ROOT / "pelicanconf.py", content), source)
    except NothingToCompare as nothing:
        raise Usage(str(nothing)) from None


def start(arguments: argparse.Namespace) -> int:
    from wardblog.scaffold import start_own

    content = content_folder(arguments)
    tell(
        f"This moves {content}, with everything in it, to a folder beside it,\n"
        "and puts a content folder in its place that you fill in."
    )
    if not confirm("to do that"):
        tell("Nothing was changed.")
        return DONE
    aside = start_own(content)
    tell(
        f"What was there is in {display_path(aside)}.\n"
        f'Fill in {display_path(content)}/ward.toml, then run "make check".'
    )
    return DONE
