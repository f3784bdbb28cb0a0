"""`make subscribers`: read who asked to join or leave, and show, import, export or forget."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    CONTENT_PROBLEMS,
    DONE,
    ROOT,
    can_ask,
    confirm,
    content_folder,
    print_error,
    print_line,
    private_folder_of,
)
from wardblog.problems import CommandError, UsageError, display_path, render
from wardblog.support.private_files import write_private
from wardblog.support.progress_bar import progress_bars
from wardblog.text.words import counted, long_date

if TYPE_CHECKING:
    from wardblog.model import NewsletterSettings, Site
    from wardblog.office.subscribers.changes import MailChanges
    from wardblog.office.subscribers.subscriber import SubscriberList


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="source", default="", help="a list of people who agreed")
    parser.add_argument("--forget", default="", help="an address to delete completely")
    parser.add_argument("--export", default="", help="a file to write the list to")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.office.subscribers.store import subscribers_locked
    from wardblog.publish import interrupted_by_signals

    content = content_folder(arguments)
    private = private_folder_of(content)
    source, forget, export = (
        words.strip() for words in (arguments.source, arguments.forget, arguments.export)
    )
    if len([words for words in (source, forget, export) if words]) > 1:
        raise UsageError("FROM, FORGET and EXPORT are for one run each", "Use only one of them.")
    target = _export_path(export, content, private) if export else None
    with interrupted_by_signals(), subscribers_locked(private):
        if source:
            return _import(private, Path(source).expanduser())
        if forget:
            return _forget(private, forget)
        if target is not None:
            return _export(private, target)
        return _read(content, private)


def _read(content: Path, private: Path) -> int:
    """Read the mailbox, ask those who want to join, and show the list."""
    from wardblog.build import read_checked
    from wardblog.build.clock import today
    from wardblog.office.subscribers.reading import read_requests
    from wardblog.office.subscribers.store import load_subscribers

    site = read_checked(ROOT / "pelicanconf.py", content)
    subscribers = load_subscribers(private)
    if site.mailing is None or not site.mailing.mailbox.host:
        print_line(
            "The mailbox was not read. To receive requests by e-mail, add to [newsletter] in "
            'ward.toml: imap_host = "imap.example.org"'
        )
        _show(subscribers)
        return DONE
    with progress_bars() as watch:
        changes = read_requests(site.mailing, private, subscribers, today(), watch)
    _show_changes(changes)
    try:
        if changes.to_ask:
            _ask_to_confirm(site.mailing, site, private, subscribers, changes)
    finally:
        _show(subscribers)
    return DONE


def _show_changes(changes: MailChanges) -> None:
    lines = [f"Joined: {address}" for address in changes.joined]
    lines += [f"Stopped: {address}" for address in changes.stopped]
    if changes.expired:
        lines.append(f"Deleted, since nobody confirmed: {counted(changes.expired, 'request')}.")
    if changes.waiting:
        lines.append(
            f"{counted(len(changes.waiting), 'request')} to join will be answered by a later run: "
            "nobody is asked to confirm twice in a week."
        )
    for request in changes.strangers:
        lines.append(
            f"{request.address} answered a request to confirm that was sent to another address. "
            "It does not count. Ask this person to join from the address that they read."
        )
    for request in changes.unclear:
        lines.append(
            f"{request.address} wrote about the newsletter on "
            f"{long_date(request.mail.received.date())}. Read that message: it may be a request."
        )
    if lines:
        print_line("\n".join(lines))


def _ask_to_confirm(
    settings: NewsletterSettings,
    site: Site,
    private: Path,
    subscribers: SubscriberList,
    changes: MailChanges,
) -> None:
    """Say how many messages would be sent, and send them if the councillor wants it."""
    from wardblog.build.clock import now
    from wardblog.office.subscribers.confirming import ask_to_confirm

    number = counted(len(changes.to_ask), "person", "people")
    addresses = "\n".join(f"  {address}" for address in changes.to_ask)
    print_line(f"{number} want to join:\n{addresses}".replace("1 person want", "1 person wants"))
    if not settings.outgoing.host:
        print_line(
            'Nobody can be asked to confirm, since [newsletter] in ward.toml has no "host" to send '
            "from."
        )
        return
    if not can_ask():
        print_line("Nobody was asked to confirm, since there is no terminal to answer on.")
        return
    print_line(
        "Each of them gets one message that asks them to confirm, from "
        f"{settings.address} through {settings.outgoing.host}."
    )
    if not confirm(f"to send {counted(len(changes.to_ask), 'message')}"):
        print_line("Nothing was sent. The next run asks again.")
        return
    with progress_bars() as watch:
        asked = ask_to_confirm(
            changes.to_ask.values(), settings, site, private, subscribers, now, time.sleep, watch
        )
    print_line(f"Asked {counted(asked.sent, 'person', 'people')} to confirm.")
    for address, reason in asked.failed.items():
        print_error(f"{address} was not asked: {reason}")


def _show(subscribers: SubscriberList) -> None:
    from wardblog.office.subscribers.subscriber import SubscriberState

    if not len(subscribers):
        print_line("There are no subscribers yet.")
        return
    names = {
        SubscriberState.CONFIRMED: ("receives the newsletter", "receive the newsletter"),
        SubscriberState.ASKED: (
            "was asked to confirm, and has not answered",
            "were asked to confirm, and have not answered",
        ),
        SubscriberState.SET_ASIDE: (
            "is set aside, since the address does not work",
            "are set aside, since their addresses do not work",
        ),
        SubscriberState.STOPPED: ("stopped, and receives nothing", "stopped, and receive nothing"),
    }
    lines = []
    for state, words in names.items():
        group = subscribers.in_state(state)
        if group:
            lines.append(f"{counted(len(group), *words)}:")
            lines += [
                f"  {one.address}, since {long_date(one.date)}"
                + (f": {one.reason}" if one.reason else "")
                for one in group
            ]
    print_line("\n".join(lines))


def _import(private: Path, source: Path) -> int:
    from wardblog.build.clock import today
    from wardblog.office.subscribers.importing import import_list
    from wardblog.office.subscribers.memory import load_memory
    from wardblog.office.subscribers.store import load_subscribers, save_subscribers

    if not source.is_file():
        raise UsageError(
            f"There is no file called {source}", "After FROM=, write the name of a CSV file."
        )
    subscribers = load_subscribers(private)
    result = import_list(source, subscribers, load_memory(private), today())
    if result.added:
        save_subscribers(private, subscribers)
    known = (
        f" On the list already: {counted(result.known, 'address', 'addresses')}."
        if result.known
        else ""
    )
    print_line(f"Added {counted(result.added, 'subscriber')}.{known}")
    if not result.problems:
        return DONE
    print_error(render(result.problems, Path(), ending="These rows were not added."))
    return CONTENT_PROBLEMS


def _forget(private: Path, address: str) -> int:
    from wardblog.build.clock import now
    from wardblog.office.subscribers.address import parse_address
    from wardblog.office.subscribers.forgetting import forget_person
    from wardblog.report import ParseError

    try:
        result = forget_person(private, parse_address(address), now())
    except ParseError as error:
        raise UsageError(f"FORGET={address}: {error.message}", error.hint) from None
    journals = counted(result.journals, "journal")
    where = f" and from {journals} of newsletters" if result.journals else ""
    print_line(
        f"{address} is deleted from the list of subscribers{where}.\n"
        "Only a code remains, from which the address cannot be read. With it, older messages in "
        "the mailbox do not bring the address back.\n"
        "Delete this person's messages in your mailbox as well, your copies of the list, and your "
        "backups."
    )
    return DONE


def _export_path(written: str, content: Path, private: Path) -> Path:
    """The file to write; refused where others could come to see it."""
    path = Path(written).expanduser()
    own = path.resolve()
    output = Path(os.environ.get("OUTPUT") or "output")
    for folder in (content, output, Path("public"), ROOT):
        inside = folder.resolve() in own.parents
        if inside and private.resolve() not in own.parents:
            raise UsageError(
                f"EXPORT={written} is in a folder that others may come to see",
                f"Choose a file in {display_path(private)}/, or outside this project.",
            )
    if path.exists():
        raise UsageError(f"EXPORT={written} exists already", "Choose another name.")
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder called {path.parent}", "Create it first.")
    return path


def _export(private: Path, path: Path) -> int:
    from wardblog.office.subscribers.store import as_csv, load_subscribers

    subscribers = load_subscribers(private)
    if not len(subscribers):
        raise CommandError("There are no subscribers yet, so nothing was written")
    write_private(path, as_csv(subscribers))
    print_line(
        f"Wrote {counted(len(subscribers), 'address', 'addresses')} to {display_path(path)}. "
        "Only you can open it. Delete it when you no longer need it."
    )
    return DONE
