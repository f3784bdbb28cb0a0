"""Adds people from a list, if it says what each of them agreed to, and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from wardblog.office.subscribers.address import parse_address
from wardblog.office.subscribers.memory import MailMemory
from wardblog.office.subscribers.store import parse_day, readable_rows
from wardblog.office.subscribers.subscriber import (
    Subscriber,
    SubscriberList,
    SubscriberState,
    new_token,
)
from wardblog.problems import Problem, UsageError, display_path
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import read_utf8
from wardblog.text.words import long_date

# What the columns may be called.
_ADDRESS = ("address", "email", "e-mail", "email address", "e-mail address")
_CONSENT = ("consent", "wording", "consent wording", "wording of the consent")
_DATE = ("date", "consent date", "date of the consent", "date of consent")
_SHORTEST_WORDING = 10
# A spreadsheet reads a cell that begins with one of these as a formula.
_FORMULA = "=+-@"


@dataclass(frozen=True, slots=True)
class ImportedList:
    """How many were added, how many were there before, and what is wrong with the others."""

    added: int
    known: int
    problems: tuple[Problem, ...]


def import_list(
    path: Path, subscribers: SubscriberList, memory: MailMemory, today: date
) -> ImportedList:
    """Add the rows of a list to `subscribers`; nothing is written.

    Whoever stopped, or asked to be forgotten, is added only if the consent is newer. Raises
    `UsageError` if the list has no such columns.
    """
    report = Report(display_path(path))
    text = read_utf8(path, report)
    added = known = 0
    for line, row in readable_rows(text or "", report):
        columns = _columns(row)
        try:
            subscriber = _subscriber(row, columns, today)
            _check_newer(subscriber, subscribers, memory)
        except ParseError as error:
            report.stop(line, error.message, error.hint)
            continue
        current = subscribers.get(subscriber.address)
        if current is not None and current.state is SubscriberState.CONFIRMED:
            known += 1
            continue
        subscribers.put(subscriber)
        added += 1
    return ImportedList(added, known, tuple(report.problems))


def _columns(row: Mapping[str, str]) -> tuple[str, str, str]:
    found = [next((n for n in names if n in row), "") for names in (_ADDRESS, _CONSENT, _DATE)]
    if not all(found):
        raise UsageError(
            'The list needs the columns "address", "consent" and "date"',
            "Write in each row the words that the person agreed to, such as those on your form, "
            "and the day. The law asks you to be able to show both.",
        )
    return found[0], found[1], found[2]


def _subscriber(row: Mapping[str, str], columns: tuple[str, str, str], today: date) -> Subscriber:
    address, consent, day = (row[column] for column in columns)
    state = row.get("state", "").casefold()
    if state not in ("", SubscriberState.CONFIRMED):
        raise ParseError(f'the state of this address is "{state[:20]}"', "It was not added.")
    found = parse_address(address)
    if len(consent) < _SHORTEST_WORDING:
        raise ParseError(
            f'"{consent}" is not what this person agreed to'
            if consent
            else "what this person agreed to is missing",
            "Write the words that this person agreed to. Without them, you may not write to this "
            "person.",
        )
    if not day:
        raise ParseError(
            "there is no date of the consent", "Write the day on which this person agreed."
        )
    since = parse_day(day)
    if since > today:
        raise ParseError("the date of the consent is in the future", "Correct it.")
    return Subscriber(
        address=found,
        state=SubscriberState.CONFIRMED,
        date=since,
        consent=" ".join(consent.split()).lstrip(_FORMULA),
        token=new_token(),
    )


def _check_newer(new: Subscriber, subscribers: SubscriberList, memory: MailMemory) -> None:
    current = subscribers.get(new.address)
    stopped = current is not None and current.state is SubscriberState.STOPPED
    if current is not None and stopped and new.date <= current.date:
        raise ParseError(
            f"this address stopped the newsletter on {long_date(current.date)}, after the consent",
            "It was not added.",
        )
    if current is not None and current.state is SubscriberState.SET_ASIDE:
        raise ParseError("this address was set aside, since it does not work", "It was not added.")
    forgotten = memory.forgotten_at(new.address)
    if forgotten is not None and new.date <= forgotten.date():
        raise ParseError(
            f"this person asked to be forgotten on {long_date(forgotten.date())}, after the "
            "consent",
            "Delete this row as well.",
        )
