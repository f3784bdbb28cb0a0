"""`make rollback`: bring back the site that was published before."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from wardblog.cli.common import (
    DONE,
    WORKPLACE,
    content_folder,
    print_for_programs,
    print_line,
    protected_folders,
)
from wardblog.problems import ContentError, UsageError, has_errors
from wardblog.publish import (
    Identity,
    check_path,
    interrupted_by_signals,
    project_lock,
    roll_back,
    show_rollback,
    target_of,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--dry-run", action="store_true", help="only show, as JSON, what would come back"
    )
    parser.add_argument(
        "--expect", default="", help="the digest of a dry run: go back if nothing has changed since"
    )


def run(arguments: argparse.Namespace) -> int:
    from wardblog.build.live_posts import forget_live
    from wardblog.content import read_where_published_of

    if arguments.dry_run and arguments.expect:
        raise UsageError("--expect brings back what a dry run has shown", "Use it alone.")
    content = content_folder(arguments)
    # Going back is needed most when something is wrong, so nothing else of the content is read.
    settings, problems = read_where_published_of(content)
    if settings is None or has_errors(problems):
        raise ContentError(problems, content)
    check_path(settings.publish, protected_folders(content, Path("output")))
    target = target_of(settings.publish)
    known = settings.url or settings.title
    site = Identity(settings.url, settings.title) if known else None
    with project_lock(WORKPLACE), interrupted_by_signals():
        if arguments.dry_run:
            shown = asdict(show_rollback(target, site))
            print_for_programs(json.dumps({"version": 1, **shown}, ensure_ascii=False, indent=1))
            return DONE
        release = roll_back(target, site, arguments.expect)
        forget_live()
    print_line(
        f"{release[0].upper()}{release[1:]} is live again, in {target.where()}. "
        'To publish the newer site again, run "make publish".'
    )
    return DONE
