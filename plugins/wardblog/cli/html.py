"""`make html`: build the site into the output folder."""

from __future__ import annotations

import argparse

from wardblog.cli.common import DONE, ROOT, add_output_argument, content_and_output, report_build
from wardblog.support.progress_bar import progress_bars


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_output_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    from wardblog import build

    content, output = content_and_output(arguments)
    with progress_bars() as watch:
        result = build.build_site(ROOT / "pelicanconf.py", content, output, watch=watch)
    report_build(result)
    return DONE
