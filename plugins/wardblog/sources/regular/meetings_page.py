"""Plans the page of council meetings: what is new, moved or cancelled; the rest stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import field, replace
from datetime import date

from wardblog.content.events import parse_event
from wardblog.content.markdown.cleaning import harm_in
from wardblog.content.write import post_bytes, values_in, with_further_values, with_value
from wardblog.model import Event
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import weekday_date

PAGE = "pages/council-meetings.md"
_TEXT = """\
The council lists these public meetings, and sometimes changes them. The link beside a meeting \
leads to the council’s own page about it, with the agenda when there is one.

Source: {sources}.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsOf:
    """The meetings of one source; `key` tells it from others, and `credit` is Markdown."""

    key: str
    credit: str
    meetings: tuple[Event, ...]


@dataclass(slots=True)
class _Page:
    """The page while it changes: its bytes, and its `Event` lines with what they mean."""

    data: bytes
    lines: list[tuple[str, Event | None]]
    notes: list[str] = field(default_factory=list)


def planned_page(
    before: bytes | None,
    found: Sequence[MeetingsOf],
    known: dict[str, dict[str, str]],
    today: date,
) -> tuple[bytes | None, list[str]]:
    """The new bytes of the page, and sentences; None if there is nothing to write.

    `before` are its bytes, or None if there is no page. `known` are the lines as they were written
    before, which are brought up to date. What the councillor changed in a line stays, unless the
    council changed the same part; a line that the councillor removed does not come back.
    """
    if before is None:
        return _new_page(found, known, today), []
    lines = [(value, _parsed(value)) for value in values_in(before).get("Event", ())]
    page = _Page(before, lines)
    for one in found:
        _bring_up_to_date(page, one, known.setdefault(one.key, {}), today)
    return (page.data if page.data != before else None), page.notes


def _new_page(
    found: Sequence[MeetingsOf], known: dict[str, dict[str, str]], today: date
) -> bytes | None:
    page = _Page(b"", [])
    for one in found:
        memory = known[one.key] = {}
        taken: set[int] = set()
        for key, event in _by_key(one.meetings):
            line = event_line(event)
            if line is None or event.last < today:
                continue
            memory[key] = line
            number = _number_of(page, key, event, None, taken)
            if number is None:
                taken.add(len(page.lines))
                page.lines.append((line, event))
            elif event.link and not (page.lines[number][1] or event).link:
                page.lines[number] = (line, event)  # of two sources, the one that has a link
    if not page.lines:
        return None
    lines = sorted(
        ((line, event) for line, event in page.lines if event),
        key=lambda pair: (pair[1].start, pair[0]),
    )
    header = [
        ("Title", "Council meetings"),
        ("Slug", "council-meetings"),
        ("Status", "draft"),
        ("Summary", "When the council’s committees meet, and where to find the agendas."),
        *(("Event", line) for line, _ in lines),
    ]
    sources = " and ".join(dict.fromkeys(one.credit for one in found))
    return post_bytes(header, _TEXT.format(sources=sources))


def _bring_up_to_date(page: _Page, found: MeetingsOf, memory: dict[str, str], today: date) -> None:
    listed, taken, added = set(), set[int](), list[str]()
    for key, event in _by_key(found.meetings):
        listed.add(key)
        line = event_line(event)
        if line is None or event.last < today:
            continue
        number = _number_of(page, key, event, memory.get(key), taken)
        if number is not None:
            taken.add(number)
            _change(page, number, event, _parsed(memory.get(key, "")), today)
        elif key not in memory:
            added.append(line)
            taken.add(len(page.lines))
            page.lines.append((line, event))
        elif memory[key] != line and (old := _parsed(memory[key])):
            page.notes.append(_unmatched(old, f"The council now has: {line}"))
        memory[key] = line  # also of one that the councillor removed
    page.data = with_further_values(page.data, "Event", added)
    for key in [key for key in memory if key not in listed]:
        written = _parsed(memory[key])
        left = _left_over(page, written, taken) if written else None
        if left is None or left.last < today:
            del memory[key]
            if left is None and written and written.last >= today and not written.is_cancelled:
                page.notes.append(_unmatched(written, "The council no longer lists it."))
        elif not left.is_cancelled:
            page.notes.append(
                f"The council no longer lists {left.words} on {weekday_date(left.start.date())}. "
                'It stays on the page; if it is called off, add "| cancelled" to its line.'
            )


def _unmatched(event: Event, news: str) -> str:
    """What to say of a meeting that changed, and that is on no line of the page as it was."""
    return (
        f"No line of {PAGE} is {event.words} on {weekday_date(event.start.date())}. {news}. If you "
        "have it in your own words, change that line."
    ).replace("..", ".")


def _by_key(meetings: Sequence[Event]) -> list[tuple[str, Event]]:
    """The meetings in their order, each with what it is known by from one run to the next.

    That is its link if no other has the same, else its day and name as well, and if need be its
    hour.
    """
    links = Counter(event.link for event in meetings)
    found: dict[str, Event] = {}
    for event in sorted(meetings, key=lambda event: (event.start, event_line(event) or "")):
        key = event.link
        if not key or links[key] > 1:
            key = f"{key} {event.start.date().isoformat()} {event.words}".strip()
        if key in found:
            key = f"{key} {event.start:%H:%M}"
        found.setdefault(key, event)
    return list(found.items())


def _change(page: _Page, number: int, event: Event, base: Event | None, today: date) -> None:
    value, current = page.lines[number]
    if current is None or current.last < today:
        return
    merged = _merged(current, base, event)
    line = event_line(merged) if merged != current else value
    if line is not None and line != value:
        page.data = with_value(page.data, "Event", line, number)
        page.lines[number] = (line, merged)


def _merged(current: Event, base: Event | None, new: Event) -> Event:
    """The councillor's line, with what the council changed since; `base` is as it was written."""
    if base is None:
        when = replace(
            current,
            start=new.start,
            end=new.end,
            last_day=new.last_day,
            is_cancelled=new.is_cancelled,
            where=current.where or new.where,
            link=current.link or new.link,
        )
    else:
        names = ("start", "end", "last_day", "is_cancelled", "words", "where", "link")
        changed = {
            name: getattr(new, name) for name in names if getattr(new, name) != getattr(base, name)
        }
        when = replace(current, **changed)
    return replace(when, is_attended=current.is_attended and not when.is_cancelled)


def _number_of(
    page: _Page, key: str, event: Event, written: str | None, taken: Container[int]
) -> int | None:
    """The line of a meeting: as it was written, or with its day and name, or alone with its link.

    The lines that are `taken` are those of other meetings of the same source.
    """
    free = [
        (number, value, current)
        for number, (value, current) in enumerate(page.lines)
        if current is not None and number not in taken
    ]
    as_written = [number for number, value, _ in free if value == written]
    same = [
        (current.start != event.start, number)
        for number, _, current in free
        if current.start.date() == event.start.date()
        and current.words.casefold() == event.words.casefold()
    ]
    linked = [n for n, _, current in free if current.link == event.link == key]
    if as_written or same:
        return as_written[0] if as_written else min(same)[1]
    return linked[0] if len(linked) == 1 else None


def _left_over(page: _Page, event: Event, taken: Container[int]) -> Event | None:
    """The meeting of this hour and name, or with its link, on a line that no other has taken."""
    free = [one for number, (_, one) in enumerate(page.lines) if one and number not in taken]
    same = (
        one
        for one in free
        if one.start == event.start and one.words.casefold() == event.words.casefold()
    )
    linked = (one for one in free if event.link and one.link == event.link)
    return next(same, None) or next(linked, None)


def event_line(event: Event) -> str | None:
    """The value of an `Event` line that is read back as this event; None if there is none."""
    words, where = (" ".join(text.replace("|", "/").split()) for text in (event.words, event.where))
    if harm_in(f"{words} {where}"):
        return None
    for place in dict.fromkeys((where, "")):
        parts = [_when(event), words, place, event.link]
        marks = ["cancelled"] if event.is_cancelled else ["attended"] if event.is_attended else []
        line = " | ".join(part for part in (*parts, *marks) if part)
        read = _parsed(line)
        expected = replace(event, words=words, where=place, is_attended=bool(marks == ["attended"]))
        if read == expected:
            return line
    return None


def _when(event: Event) -> str:
    day = f"{event.start:%Y-%m-%d}"
    if event.is_all_day:
        return f"{day} - {event.last_day:%Y-%m-%d}" if event.last_day else day
    start = f"{day} {event.start:%H:%M}"
    if event.end is None:
        return start
    is_same_day = event.end.date() == event.start.date()
    return (
        f"{start} - {event.end:%H:%M}" if is_same_day else f"{start} - {event.end:%Y-%m-%d %H:%M}"
    )


def _parsed(line: str) -> Event | None:
    try:
        return parse_event(line) if line else None
    except ParseError:
        return None
