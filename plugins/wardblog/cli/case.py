"""`make case`: add a case."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.casework import settings_of
from wardblog.cli.common import DONE, content_folder, print_line, private_folder_of
from wardblog.problems import UsageError, display_path
from wardblog.text.words import weekday_date

if TYPE_CHECKING:
    from wardblog.office.casework.named import StreetName

_EXAMPLE = 'make case ISSUE="Grit bins" STREET="Eland Road" NOTE="empty since Friday"'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--issue", default="", help="what it is about")
    parser.add_argument("--street", default="", help="where it is")
    parser.add_argument("--note", default="", help="anything to remember")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.build.clock import today
    from wardblog.content import declared_issues
    from wardblog.office.casework.adding import NewCase, add_case
    from wardblog.office.casework.case import CASEWORK_FILE
    from wardblog.office.casework.due import due_after
    from wardblog.office.casework.named import issue_called
    from wardblog.office.casework_counts.beginning import next_quarter

    content = content_folder(arguments)
    private = private_folder_of(content)
    issue, note = (" ".join(words.split()) for words in (arguments.issue, arguments.note))
    if not issue:
        raise UsageError("A case needs an issue", _EXAMPLE)
    known = issue_called(issue, declared_issues(content))
    street = _street(content, arguments.street)
    settings = settings_of(content).casework
    now = today()
    if street and street.is_part:
        note = ": ".join(filter(None, (" ".join(arguments.street.split()), note)))
    new = NewCase(
        opened=now,
        due=due_after(now, settings.answer_within, settings.nation),
        issue=known or issue,
        street=street.name if street else "",
        note=note,
    )
    number = add_case(private, new)
    next_quarter(private, now)
    where = f", {new.street}" if new.street else ""
    print_line(
        f"Added case {number} to {display_path(private / CASEWORK_FILE)}: {new.issue}{where}.\n"
        f"It is due on {weekday_date(new.due)}."
    )
    if not known:
        print_line(f'"{issue}" is not one of your issues, so it is kept as you wrote it.')
    if street:
        _explain(street)
    return DONE


def _street(content: Path, written: str) -> StreetName | None:
    """The street of the gazetteer that is meant; None if none is written."""
    from wardblog.content.base_site import read_base_site
    from wardblog.content.files import scan
    from wardblog.office.casework.named import StreetName, street_called

    written = " ".join(written.split())
    if not written:
        return None
    gazetteer = read_base_site(content, scan(content)).site.gazetteer
    return street_called(written, gazetteer) if gazetteer.streets else StreetName(name=written)


def _explain(street: StreetName) -> None:
    if street.is_part:
        print_line(
            'The column "street" has only the name of the street. What you wrote is in the note.'
        )
    elif street.guess:
        print_line(
            f'There is no street called "{street.name}" in the gazetteer. If you meant '
            f'"{street.guess}", correct it in the file.'
        )
