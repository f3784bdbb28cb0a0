"""`make newsletter`: build the next issue, show it, and send it if asked to."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    DONE,
    ROOT,
    can_ask,
    confirm,
    content_folder,
    print_error,
    print_for_programs,
    print_line,
    private_folder_of,
)
from wardblog.problems import CommandError, UsageError, display_path, render
from wardblog.support.progress_bar import progress_bars
from wardblog.text.words import sized

if TYPE_CHECKING:
    from wardblog.model import NewsletterSettings, Site
    from wardblog.office.newsletter.finished import FinishedIssue
    from wardblog.office.newsletter.make import MadeIssue


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--send", action="store_true", help="send the issue, after asking")
    parser.add_argument(
        "--dry-run", action="store_true", help="only show, as JSON, what sending would ask"
    )
    parser.add_argument(
        "--expect", default="", help="the digest of a dry run: send if nothing has changed since"
    )


def run(arguments: argparse.Namespace) -> int:
    from wardblog.publish import interrupted_by_signals

    if (arguments.dry_run or arguments.expect) and not arguments.send:
        raise UsageError("--dry-run and --expect are about sending", "Add --send.")
    if arguments.dry_run and arguments.expect:
        raise UsageError("--expect sends what a dry run has shown", "Leave out --dry-run.")
    content = content_folder(arguments)
    private = private_folder_of(content)
    with interrupted_by_signals():
        return _newsletter(content, private, arguments)


def _newsletter(content: Path, private: Path, arguments: argparse.Namespace) -> int:
    from wardblog import build
    from wardblog.build.pelican_settings import Choices
    from wardblog.model import NewsletterSettings
    from wardblog.office.newsletter.make import make_issue

    config, is_sending = ROOT / "pelicanconf.py", arguments.send
    site = build.read_checked(config, content)
    settings = site.mailing or NewsletterSettings()
    made = make_issue(site, settings, private, Choices.read(config).markdown)
    if made.warnings:
        print_error(render(made.warnings, private))
    print_line("\n".join((*_about_file(made), *made.notes)))
    if made.finished is None:
        return _nothing(made, is_sending=is_sending)
    _show(made, made.finished, settings, site, private)
    if is_sending and made.file.is_new:
        raise CommandError(
            "Nothing was sent, since this issue was begun just now",
            f"Look at it, write your introduction in {display_path(made.file.path)}, and run the "
            "same command again.",
        )
    if arguments.dry_run:
        _show_sending(made.finished, settings, site, private)
    elif is_sending:
        _send(made.finished, settings, site, private, arguments.expect)
    else:
        print_line(_how_to_send(is_configured=site.mailing is not None))
    return DONE


def _about_file(made: MadeIssue) -> list[str]:
    path = display_path(made.file.path)
    if made.file.is_new:
        return [f"Created {path}. Write your introduction there, and run the command again."]
    if made.file.is_in_delivery:
        return [f"This is the issue {made.file.name}."]
    if made.file.is_earlier:
        begun = f"This is still the issue in {path}, which was begun and not sent."
        return [begun, "To begin a new one, delete that file."]
    return [f"The introduction and the order are those in {path}."]


def _nothing(made: MadeIssue, *, is_sending: bool) -> int:
    hint = f"To send one anyway, write an introduction in {display_path(made.file.path)}."
    if is_sending:
        raise CommandError("Nothing was sent", hint)
    print_line(hint)
    return DONE


def _show(
    made: MadeIssue,
    finished: FinishedIssue,
    settings: NewsletterSettings,
    site: Site,
    private: Path,
) -> None:
    from wardblog.office.newsletter.mail_file import remove_mail_files, write_mail_files
    from wardblog.office.newsletter.preview import write_preview

    name = settings.name or site.title
    sender = f"{name} <{settings.address}>" if settings.address else name
    page = write_preview(finished, sender, list(made.notes), private)
    print_line(f'"{finished.subject}", {sized(len(finished.html.encode()))}.')
    if settings.via == "file":
        files = write_mail_files(finished, settings, site, private)
        print_line(f"For your mail program: {' and '.join(map(display_path, files))}")
    else:
        remove_mail_files(finished, private)
    print_line(f"Preview: {display_path(page)}")
    _open(page)


def _open(page: Path) -> None:
    """Show the page to the person at the terminal, if there is one and there is a screen."""
    has_screen = sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )
    if not (has_screen and sys.stdin.isatty() and sys.stdout.isatty()):
        return
    # late import: see docs/architecture.md
    import webbrowser

    try:
        webbrowser.open(page.resolve().as_uri())
    except webbrowser.Error:
        print_line("No browser could be started; open that file yourself.")


def _how_to_send(*, is_configured: bool) -> str:
    if is_configured:
        return (
            "Nothing was sent. Publish the site first, so that the links work; then run: "
            "make newsletter SEND=1"
        )
    return (
        "Nothing was sent. To send it from here, add [newsletter] to ward.toml; docs/reach.md "
        "explains it."
    )


def _show_sending(
    finished: FinishedIssue, settings: NewsletterSettings, site: Site, private: Path
) -> None:
    """Print, as JSON, what sending this issue would say and ask."""
    # late import: see docs/architecture.md
    from wardblog.office.shown_sending import show_sending

    with progress_bars() as watch:
        shown = asdict(show_sending(finished, settings, site, private, watch))
    print_for_programs(json.dumps({"version": 1, **shown}, ensure_ascii=False, indent=1))


def _send(
    finished: FinishedIssue,
    settings: NewsletterSettings,
    site: Site,
    private: Path,
    expected: str,
) -> None:
    # late import: see docs/architecture.md
    from wardblog.office.newsletter.in_delivery import keep_text
    from wardblog.office.sending import send
    from wardblog.office.shown_sending import send_as_shown

    keep_text(finished, private)
    with progress_bars() as watch:
        if expected:
            send_as_shown(finished, settings, site, private, expected, print_line, watch)
        else:
            send(finished, settings, site, private, _confirm, print_line, watch)


def _confirm(what: str) -> bool:
    """Ask the person at the terminal; without a terminal, nothing is sent."""
    if not can_ask():
        raise CommandError(
            "Nothing was sent, because this command could not ask for your confirmation",
            "Run the same command in a terminal.",
        )
    return confirm(what)
