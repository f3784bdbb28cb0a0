"""`make rollback`: bring back the site that was published before."""

from __future__ import annotations

import argparse
from pathlib import Path

from wardblog.cli.common import DONE, WORKPLACE, content_folder, print_line, protected_folders
from wardblog.problems import ContentError, has_errors
from wardblog.publish import (
    Identity,
    check_path,
    explaining_os_errors,
    interrupted_by_signals,
    project_lock,
    target_of,
)


def run(arguments: argparse.Namespace) -> int:
    from wardblog.content import read_settings_of

    content = content_folder(arguments)
    settings, problems = read_settings_of(content)
    if settings is None or has_errors(problems):
        raise ContentError(problems, content)
    check_path(settings.publish, protected_folders(content, Path("output")))
    target = target_of(settings.publish)
    site = Identity(settings.url, settings.title)
    with project_lock(WORKPLACE), interrupted_by_signals(), explaining_os_errors(target):
        release = target.rollback(site)
    print_line(
        f"{release[0].upper()}{release[1:]} is live again, in {target.where()}. "
        'To publish the newer site again, run "make publish".'
    )
    return DONE
