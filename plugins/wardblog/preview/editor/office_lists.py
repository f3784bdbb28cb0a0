"""The councillor's own lists, as the office pages show them: cases, and subscribers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wardblog.preview.editor.desk import Desk
from wardblog.problems import ContentError
from wardblog.text.words import counted, long_date

if TYPE_CHECKING:
    from wardblog.office.casework.case import Case


def open_cases(desk: Desk) -> list[Case]:
    """The cases that are not closed, those that are due first at the top."""
    # late import: see docs/architecture.md
    from datetime import date

    from wardblog.office.casework.case import CASEWORK_FILE
    from wardblog.office.casework.table import load_table
    from wardblog.report import Report

    try:
        table = load_table(desk.private, Report(CASEWORK_FILE))
    except ContentError:
        return []
    found = [one for one in table.cases if not one.is_closed] if table else []
    return sorted(found, key=lambda one: (one.due or date.max, one.line))


def cases_shown(desk: Desk) -> dict[str, Any]:
    """The open cases in words; `late` marks those whose day has passed."""
    # late import: see docs/architecture.md
    from wardblog.build.clock import today

    now = today()
    rows = [
        {
            "id": one.id,
            "issue": one.issue,
            "street": one.street,
            "due": long_date(one.due) if one.due else "",
            "is_late": bool(one.due and one.due < now),
            "next": one.next,
            "status": one.status.value,
        }
        for one in open_cases(desk)
    ]
    return {"rows": rows, "number": counted(len(rows), "open case")}


def subscribers_shown(desk: Desk) -> dict[str, Any]:
    """The subscribers by their state, with how many there are in each."""
    # late import: see docs/architecture.md
    from wardblog.office.subscribers.store import load_subscribers
    from wardblog.office.subscribers.subscriber import SubscriberState

    words = {
        SubscriberState.CONFIRMED: "Receive the newsletter",
        SubscriberState.ASKED: "Were asked to confirm, and have not answered",
        SubscriberState.SET_ASIDE: "Set aside, since the address does not work",
        SubscriberState.STOPPED: "Stopped, and receive nothing",
    }
    try:
        subscribers = load_subscribers(desk.private)
    except ContentError as error:
        return {"groups": [], "fault": str(error)}
    groups = [
        {
            "words": text,
            "people": [
                {"address": one.address, "since": long_date(one.date), "reason": one.reason}
                for one in subscribers.in_state(state)
            ],
        }
        for state, text in words.items()
    ]
    return {"groups": [one for one in groups if one["people"]], "fault": ""}
