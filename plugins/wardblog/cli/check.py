"""`make check`: read all content and list every problem, as text or for another program."""

from __future__ import annotations

import argparse

from wardblog.cli.common import (
    CONTENT_PROBLEMS,
    DONE,
    ROOT,
    add_output_argument,
    content_and_output,
    print_error,
    print_for_programs,
    print_line,
)
from wardblog.problems import Severity, UsageError, did_you_mean, has_errors, render
from wardblog.support.progress_bar import progress_bars
from wardblog.text.words import counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_output_argument(parser)
    parser.add_argument("--format", default="", help="text, json, sarif or github")


def run(arguments: argparse.Namespace) -> int:
    from wardblog import build
    from wardblog.cli.formats import FORMATS

    content, output = content_and_output(arguments)
    chosen = arguments.format or "text"
    if chosen != "text" and chosen not in FORMATS:
        hint = did_you_mean(chosen, FORMATS, f"Choose one of: text, {', '.join(FORMATS)}.")
        raise UsageError(f'FORMAT cannot be "{chosen}"', hint)
    with progress_bars() as watch:
        problems = build.check(ROOT / "pelicanconf.py", content, output=output, watch=watch)
    if chosen != "text":
        # Bytes of a file name that are not UTF-8 are replaced.
        report = FORMATS[chosen](problems, content).encode("utf-8", "replace").decode()
        print_for_programs(report)
        return CONTENT_PROBLEMS if has_errors(problems) else DONE
    if report := render(problems, content, most=None):
        print_error(report)
    if notes := render((p for p in problems if p.severity is Severity.NOTE), content, notes=True):
        print_line(notes)
    if has_errors(problems):
        return CONTENT_PROBLEMS
    warnings = sum(p.severity is Severity.WARN for p in problems)
    print_line(f"No problems, {counted(warnings, 'warning')}." if warnings else "No problems.")
    return DONE
