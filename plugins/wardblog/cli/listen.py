"""`make listen`: what is new on local sites, in one private digest."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    DONE,
    ROOT,
    confirm_or_stop,
    content_folder,
    print_error,
    print_line,
    private_folder_of,
)
from wardblog.problems import CommandError, display_path
from wardblog.support.progress_bar import progress_bars
from wardblog.text.words import counted

if TYPE_CHECKING:
    from pathlib import Path

    from wardblog.office.listening.digest import Digest
    from wardblog.office.listening.feed_list import FeedList, ListedFeed
    from wardblog.office.listening.listen import Heard

_NONE_LISTED = """\
There is no feed to read. List a local site with its feed in community.toml:

  [[site]]
  name = "Shaftesbury Forum"
  url = "https://forum.example.org"
  kind = "forum"
  feed = "https://forum.example.org/latest.rss"

Feeds that only you need go into {opml}, which any feed reader can export.
"""
# How many items of a section are shown in the terminal.
_MOST_SHOWN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="do not ask before anything")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.build import read_without_texts
    from wardblog.build.clock import now
    from wardblog.office.listening.feed_list import OPML_FILE, listed_feeds
    from wardblog.office.listening.listen import listen
    from wardblog.publish import interrupted_by_signals

    content = content_folder(arguments)
    private = private_folder_of(content)
    with interrupted_by_signals():
        site = read_without_texts(ROOT / "pelicanconf.py", content)
        listed = listed_feeds(site.community, private)
        if listed.fault and not listed.feeds:
            raise listed.fault
        if not listed.feeds:
            print_line(_NONE_LISTED.format(opml=display_path(private / OPML_FILE)))
            _print_notes(listed.left_out)
            return DONE
        _announce(listed.feeds)
        if not arguments.force:
            _ask()
        with progress_bars() as watch:
            heard = listen(site, listed, private, now(), watch)
    _report(heard, listed, private)
    if not heard.read:
        raise CommandError(
            "No feed could be read",
            "Check that this computer is connected to the internet, and run the command again.",
        )
    if listed.fault:
        raise listed.fault
    return DONE


def _announce(feeds: Sequence[ListedFeed]) -> None:
    hosts = dict.fromkeys(feed.host for feed in feeds)
    lines = (
        f"This reads {counted(len(feeds), 'feed')} from:",
        *(f"  {host}" for host in hosts),
        "and the addresses to which these lead. They see your IP address, as of any reader.",
    )
    print_line("\n".join(lines))


def _ask() -> None:
    confirm_or_stop(
        "to read them",
        CommandError(
            "No site was opened, since there is no terminal to answer on",
            "If this is what you want, run the same command with FORCE=1.",
        ),
        CommandError("No site was opened"),
    )


def _report(heard: Heard, listed: FeedList, private: Path) -> None:
    from wardblog.office.listening.digest_files import MARKDOWN
    from wardblog.office.listening.stored import FOLDER

    for trouble in heard.troubles:
        print_error(f"Could not be read: {trouble}")
    _print_notes((*heard.notes, *listed.left_out))
    if heard.digest is None:
        if heard.read:
            print_line(f"Nothing is new in {counted(heard.read, 'feed')}.")
        return
    print_line(_shown(heard.digest))
    file = display_path(private / FOLDER / MARKDOWN)
    print_line(
        f"All of it is in {file}. To read it in the browser, run make serve and open "
        "/_preview/listen/ there.\n"
        "To write a post about an item, name its number: make new FROM=listen:7"
    )


def _print_notes(notes: Sequence[str]) -> None:
    for note in notes:
        print_line(note)


def _shown(digest: Digest) -> str:
    """The beginning of each section."""
    lines = [f"{counted(len(digest.items), 'new item')} from {counted(digest.feeds, 'feed')}:"]
    for section in digest.sections:
        entries = [entry for story in section.stories for entry in story]
        lines += ["", section.heading]
        lines += [
            f"  {e.number}  {e.item.title[:90]} ({e.item.site})" for e in entries[:_MOST_SHOWN]
        ]
        if len(entries) > _MOST_SHOWN:
            lines.append(f"  and {len(entries) - _MOST_SHOWN:,} more")
    return "\n".join((*lines, ""))
