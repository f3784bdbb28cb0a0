"""Meetings of a council as events: which are shown, and what is shown of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date, datetime, time

from wardblog.content.header.fields import LONDON
from wardblog.model import DataSource, Event
from wardblog.model.events import exists
from wardblog.problems import did_you_mean
from wardblog.report import ParseError
from wardblog.sources.regular.answer_forms import plain_text
from wardblog.sources.regular.public_words import naming_somebody, web_link
from wardblog.sources.regular.source import Fetched
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted, long_date

_MONTHS_BACK, _MONTHS_AHEAD = 1, 6
_OFF = r"(?:cancelled|canceled|postponed|abandoned|called off|rescheduled|adjourned sine die)"
_IS_OFF = re.compile(rf"\b{_OFF}\b", re.IGNORECASE)
# "CANCELLED - Planning Committee", "Planning Committee (postponed)".
_OFF_AT_AN_END = re.compile(
    rf"^[\s*(\[]*(?:meeting )?{_OFF}[\s*)\]:–—-]+|[\s*(\[:,–—-]+(?:meeting )?{_OFF}[\s*)\].!]*$",
    re.IGNORECASE,
)
_LONGEST_WORDS, _MOST_NAMED = 120, 30
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Window:
    """The days whose meetings are shown, both included."""

    first: date
    last: date

    def holds(self, event: Event) -> bool:
        return self.first <= event.last and event.start.date() <= self.last


def window(today: date) -> Window:
    """From a month ago, so that what was held can be reported, to half a year ahead."""
    # late import: see docs/architecture.md
    from dateutil.relativedelta import relativedelta

    ahead = today + relativedelta(months=_MONTHS_AHEAD)
    return Window(today - relativedelta(months=_MONTHS_BACK), ahead)


@dataclass(slots=True)
class Meetings:
    """Collects the meetings of one answer, and counts what is left out."""

    window: Window
    events: list[Event] = field(default_factory=list)
    without_day: int = 0
    personal: int = 0

    def add(
        self, title: str, start: datetime | date | None, end: datetime | date | None = None,
        where: str = "", link: str = "", status: str = "",
    ) -> None:  # fmt: skip
        """Add a meeting; `start` and `end` are moments with a zone, or whole days."""
        words, is_off = _words_of(title)
        if start is None or not words:
            self.without_day += 1
            return
        event = _event(words, start, end)
        if event is None or not self.window.holds(event):
            return
        if _is_personal(words):
            self.personal += 1
            return
        place = _one_part(plain_text(where))
        self.events.append(
            Event(
                start=event.start,
                end=event.end,
                last_day=event.last_day,
                words=words,
                where=_public_place(place),
                link=web_link(link),
                is_cancelled=is_off or bool(_IS_OFF.search(plain_text(status))),
            )
        )

    def fetched(self, source: DataSource, committees: Iterable[str] = ()) -> Fetched:
        """The meetings of the committees that the source names, in order of date.

        `committees` are all that the council has, if the answer says so. Raises `ParseError` for a
        name that is not among them.
        """
        known = list(dict.fromkeys(committees))
        wanted = [_plain(name) for name in source.committees]
        unknown = _unknown(source.committees, known or [e.words for e in self.events])
        if unknown and known:
            raise _no_committee(unknown[0], known)
        events = [e for e in self.events if not wanted or _is_of(_plain(e.words), wanted)]
        return Fetched(
            meetings=tuple(sorted(dict.fromkeys(events), key=_order)),
            left_out=(*self._left_out(unknown), *self._nothing(events)),
        )

    def _left_out(self, unknown: Sequence[str]) -> Iterable[str]:
        for name in unknown:
            listed = _listed(sorted({event.words for event in self.events}))
            yield f'no meeting of "{name}" is listed{f"; there are: {listed}" if listed else ""}'
        if self.without_day:
            amount = counted(self.without_day, "entry has", "entries have")
            yield f"{amount} no certain date, so {_it_was(self.without_day)} left out"
        if self.personal:
            amount = counted(self.personal, "meeting names a person", "meetings name people")
            yield f"{amount}, so {_it_was(self.personal)} left out"

    def _nothing(self, events: Sequence[Event]) -> Iterable[str]:
        if not events:
            days = f"{long_date(self.window.first)} and {long_date(self.window.last)}"
            yield f"no meeting between {days} is listed"


def _it_was(count: int) -> str:
    return "it was" if count == 1 else "they were"


def _order(event: Event) -> tuple[datetime, str, str, str]:
    return event.start, event.words, event.where, event.link


def _words_of(title: str) -> tuple[str, bool]:
    """The name of a meeting without the news that it is off, and whether there was such news."""
    text = _one_part(plain_text(title))
    words = _OFF_AT_AN_END.sub("", text).strip(" -–—:*")
    if len(words) > _LONGEST_WORDS:
        words = words[: _LONGEST_WORDS - 1].rsplit(" ", 1)[0] + "…"
    return words or text, bool(_OFF_AT_AN_END.search(text))


def _one_part(text: str) -> str:
    """Text without the bar that separates the parts of an event."""
    return text.replace("|", "/")


def _event(words: str, start: datetime | date, end: datetime | date | None) -> Event | None:
    """The event with its times in London; None for a day that no calendar has."""
    try:
        if not isinstance(start, datetime):
            last = end if isinstance(end, date) and not isinstance(end, datetime) else start
            first = datetime.combine(start, time(), LONDON)
            return Event(
                start=first, end=None, words=words, last_day=last if last > start else None
            )
        begins = start.astimezone(LONDON).replace(second=0, microsecond=0)
        ends = (
            end.astimezone(LONDON).replace(second=0, microsecond=0)
            if isinstance(end, datetime)
            else None
        )
    except (OverflowError, ValueError):
        return None
    return Event(start=begins, end=ends if ends and ends > begins else None, words=words)


def in_local_time(day: date, hour: time) -> datetime | None:
    """A time of the ward on a day; None for one that the clocks skip."""
    moment = datetime.combine(day, hour, LONDON)
    return moment if exists(moment) else None


def _is_personal(words: str) -> bool:
    """Whether words give somebody away: a name, an address or a number."""
    if not words:
        return False
    titled = re.search(r"\b(?:cllrs?|councillors?)\.? [A-Z]", words, re.IGNORECASE)
    return bool(titled) or naming_somebody([words])[0]


def _public_place(place: str) -> str:
    """The place, or the part before a bracket, if that names nobody."""
    parts = (place, place.partition("(")[0].strip(" ,"))
    return next((part for part in parts if not _is_personal(part)), "")


def _plain(name: str) -> str:
    """A committee's name as it is compared: without punctuation, "the" and "and"."""
    words = _NOT_LETTERS.sub(" ", name.casefold().replace("&", " ")).split()
    return " ".join(word for word in words if word not in ("the", "and"))


def _is_of(meeting: str, committees: Sequence[str]) -> bool:
    """Whether a meeting is one of these committees: its name, or the beginning of it."""
    return any(meeting == name or meeting.startswith(f"{name} ") for name in committees)


def _unknown(wanted: Sequence[str], known: Sequence[str]) -> list[str]:
    plain = [_plain(name) for name in known]
    return [name for name in wanted if not any(_is_of(one, [_plain(name)]) for one in plain)]


def _no_committee(name: str, known: Sequence[str]) -> ParseError:
    there = f"The council has: {_listed(sorted(known))}."
    guess = did_you_mean(name, known, "")
    hint = f"{guess} {there}" if guess else f"Correct it in ward.toml. {there}"
    return ParseError(f'the council has no committee called "{name}"', hint)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f'"{name}"' for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{shown} and {more:,} more" if more > 0 else shown
