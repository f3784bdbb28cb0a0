"""A case, and the words that spreadsheets have for its columns and its status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import Enum

from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# What a spreadsheet program may save in place of it.
SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")
CASEWORK_FILE = "casework.csv"
# The columns of a new file, in their order.
COLUMNS = (
    "id", "opened", "issue", "street", "status", "next", "due", "reference", "closed", "note",
)  # fmt: skip
# What may be there as well: the day of the last news.
UPDATED = "updated"
# Other headings for the same. Whatever is not here is never read.
_SYNONYMS: Mapping[str, str] = {
    "id": "case caseid caseno casenumber casenum",
    "opened": "opendate dateopened openedon date received datereceived receivedon raised"
    " datereported started startdate created",
    "issue": "issues topic subject category type theme",
    "street": "streets streetname road roadname location where",
    "status": "state stage progress",
    "next": "nextstep nextsteps nextaction action actions todo",
    "due": "duedate dueby dueon deadline answerby replyby respondby by target targetdate",
    "reference": "ref refno refnumber referenceno referencenumber councilref councilreference"
    " reportref reportreference",
    "closed": "closedate closeddate dateclosed closedon resolved resolvedon completed finished",
    "note": "notes comment comments details description remarks",
    "updated": "lastupdated updatedon lastnews lastcontact lastaction lastchange chased chasedon",
}
_FIELDS: Mapping[str, str] = {
    word: name for name, words in _SYNONYMS.items() for word in (name, *words.split())
}
_LONGEST_NUMBER = 12
_NOT_IN_A_NAME = late_regex(r"[^a-z0-9]+")


class CaseStatus(Enum):
    """Whether the councillor works on a case, waits for somebody, or is done with it."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


STATUS_WORDS: Mapping[str, CaseStatus] = {
    **dict.fromkeys(
        ("open", "opened", "reopened", "new", "active", "live", "current", "started", "ongoing",
         "in progress", "work in progress", "wip", "in hand", "under way", "underway", "to do",
         "todo", "not started", "outstanding", "urgent", "overdue", "acknowledged", "logged",
         "received", "registered", "reported", "o"),
        CaseStatus.OPEN,
    ),
    **dict.fromkeys(
        ("waiting", "awaiting", "wait", "pending", "on hold", "hold", "held", "paused", "parked",
         "chasing", "chased", "referred", "escalated", "w"),
        CaseStatus.WAITING,
    ),
    **dict.fromkeys(
        ("closed", "close", "done", "complete", "completed", "finished", "resolved", "solved",
         "fixed", "answered", "actioned", "sorted", "settled", "concluded", "archived", "ended",
         "cancelled", "canceled", "withdrawn", "not possible", "no further action", "no action",
         "nfa", "dealt with", "c"),
        CaseStatus.CLOSED,
    ),
}  # fmt: skip
# What more words may follow: "waiting for the council", "with highways".
_BEGINNINGS: Mapping[str, CaseStatus] = {
    "waiting ": CaseStatus.WAITING,
    "awaiting ": CaseStatus.WAITING,
    "pending ": CaseStatus.WAITING,
    "on hold ": CaseStatus.WAITING,
    "chasing ": CaseStatus.WAITING,
    "referred ": CaseStatus.WAITING,
    "with ": CaseStatus.WAITING,
    "in progress ": CaseStatus.OPEN,
    "closed ": CaseStatus.CLOSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A row of the casework file, without the columns about people.

    `id` is as written, without leading zeros, and "" if there is none. `issue` and `street` are as
    written. `next` is the next step, `due` the day by which it is promised, `updated` the day of
    the last news, if there is such a column. `line` is the first line of the row. What may name
    people is left out of its `repr`.
    """

    id: str
    opened: date | None = None
    issue: str = ""
    street: str = field(default="", repr=False)
    status: CaseStatus = CaseStatus.OPEN
    next: str = field(default="", repr=False)
    due: date | None = None
    reference: str = field(default="", repr=False)
    closed: date | None = None
    note: str = field(default="", repr=False)
    updated: date | None = None
    line: int = 1

    @property
    def is_closed(self) -> bool:
        return self.status is CaseStatus.CLOSED


def plain_heading(heading: str) -> str:
    """A heading in small letters, without spaces and punctuation: `Due date:` is `duedate`."""
    return _NOT_IN_A_NAME.sub("", heading.casefold())


def field_of(heading: str) -> str:
    """The column that a heading means, such as `due`; "" for one that is not ours."""
    return _FIELDS.get(plain_heading(heading), "")


def status_of(written: str) -> CaseStatus | None:
    """The status in the usual words; None for other words, or for none."""
    words = " ".join(written.casefold().replace("-", " ").replace("_", " ").split()).strip(" .!?")
    if status := STATUS_WORDS.get(words):
        return status
    return next((one for start, one in _BEGINNINGS.items() if words.startswith(start)), None)


def plain_id(written: str) -> str:
    """A case number as people say it: `017` and `17.0` are `17`, `#17` as well."""
    words = written.strip().lstrip("#").strip()
    whole = words.removesuffix(".0")
    is_number = whole.isascii() and whole.isdecimal() and len(whole) <= _LONGEST_NUMBER
    return str(int(whole)) if is_number else words
