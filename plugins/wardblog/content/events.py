"""Events on one day or on several, and repeating ones such as surgeries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from wardblog.content.header.fields import LONDON, in_london, parse_day, parts_of, plain_hyphens
from wardblog.content.repeats import month_number, parse_rule, without_months
from wardblog.model import Event, Repeat
from wardblog.problems import did_you_mean, nearest
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.words import MONTHS, long_date, weekday_date

HOW_TO = (
    'Write "2026-12-01 18:00 - 19:00 | what it is | where", or "first Saturday of the month '
    '10:00 - 11:30 | what it is | where".'
)
# A repeating event without a "from" begins on this day, which never changes, so that calendars
# stay the same.
_BEGINNING = date(2026, 1, 1)
_DATED = late_regex(r"^(?P<day>\d[\d-]+)(?P<times>(?:[T ,].*)?)$")
_OTHER_DATE = late_regex(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|(?:[A-Za-z]+,? )?\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,},? \d{4}"
)
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?"
_TIMES = late_regex(
    rf"(?:^|[ ,T])(?:at |from )?{_CLOCK}(?:\s*(?:-|to|until)\s*{_CLOCK})?$", re.IGNORECASE
)
_DAY = r"\d{4}-\d{1,2}-\d{1,2}"
_HOUR = r"(?:[T ,]+(?:at )?(\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?|\d{1,2}[:.]\d{2}))?"
_UNTIL = r"\s*(?:-|/|to|until|till|through)\s*"
_DAYS = late_regex(rf"^(?:from )?({_DAY}){_HOUR}{_UNTIL}({_DAY}){_HOUR}$", re.IGNORECASE)
_SPOKEN_DAYS = late_regex(
    r"^(?:[A-Za-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?\s*(?:-|to|until)\s*"
    r"(?:[A-Za-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,}),? (\d{4})$",
    re.IGNORECASE,
)
_LINK = late_regex(r"^https?://[^\s/?#]+[^\s]*$", re.IGNORECASE)
_EXTRA = late_regex(
    r"^(cancelled|canceled|called off|attended|(except|not on|not in|from|until) (.+))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What may follow the place of an event: whether it is cancelled, a link, and its days."""

    is_cancelled: bool = False
    is_attended: bool = False
    link: str = ""
    since: date | None = None
    until: date | None = None
    without: tuple[date, ...] = ()
    months: tuple[int, ...] = ()


_NO_EXTRAS = Extras()


def parse_event(written: str, beginning: date | None = None) -> Event:
    """`when | words | where | link | cancelled`; everything after the words is optional.

    A repeating event begins on `beginning`, unless it names another day. An event that the
    councillor went to has `attended` in place of `cancelled`.
    """
    when, *rest = parts_of(written)
    places: list[str] = []
    extras = _NO_EXTRAS
    for part in rest[1:]:
        further = _extra(part, extras)
        if further is None:
            places.append(part)
        else:
            extras = further
    if rest and _EXTRA.match(rest[0]) and not rest[0].casefold().startswith(("from", "until")):
        raise ParseError(f'"{rest[0]}" is where the name of the event should be', HOW_TO)
    if not rest or not rest[0] or len(places) > 1:
        raise ParseError(f'cannot read the event "{written.strip()}"', HOW_TO)
    if extras.is_attended and extras.is_cancelled:
        raise ParseError("this event is both cancelled and attended", "Keep the one that is true.")
    event = make_event(when, rest[0], "".join(places), extras, beginning or _BEGINNING)
    if event.repeat and extras.is_attended:
        raise ParseError(
            "a repeating event cannot be attended as a whole",
            'Write the day that you mean: "2026-12-01 18:00 | what it is | where | attended".',
        )
    return replace(event, link=extras.link, is_attended=extras.is_attended)


def make_event(
    when: str, words: str, where: str, extras: Extras = _NO_EXTRAS, beginning: date = _BEGINNING
) -> Event:
    """An event from its parts; `when` is a day, or words such as "first Saturday of the month"."""
    text = " ".join(plain_hyphens(when).split())
    text = re.sub(r"\b(noon|midday)\b", "12:00", text, flags=re.IGNORECASE)
    if days := _DAYS.match(text):
        return _of_days(days, words, where, extras)
    if days := _SPOKEN_DAYS.match(text):
        raise ParseError(f'cannot read the days "{text}"', _days_hint(days))
    dated = _DATED.match(text)
    if other := _OTHER_DATE.match(text):
        parse_day(other[0])  # raises with how to write it
    if dated is None and re.search(r"[A-Za-z]{3}", text):
        return _repeated(text, words, where, extras, beginning)
    times = _times(dated["times"]) if dated else None
    if dated is None or times is None:
        raise ParseError(f'cannot read the event "{text}"', HOW_TO)
    if extras.since or extras.until or extras.without or extras.months:
        raise ParseError(
            "this event is on one day, so it cannot have exceptions",
            'Only a repeating event can have "except", "from" and "until".',
        )
    start, end = _on(parse_day(dated["day"]), times)
    return Event(start=start, end=end, words=words, where=where, is_cancelled=extras.is_cancelled)


def _of_days(days: re.Match[str], words: str, where: str, extras: Extras) -> Event:
    """An event that ends on another day than it begins, with times for both days or neither."""
    first, last = parse_day(days[1]), parse_day(days[3])
    if extras.since or extras.until or extras.without or extras.months:
        raise ParseError(
            "this event is held once, so it cannot have exceptions",
            'Only a repeating event can have "except", "from" and "until".',
        )
    hours = [(_times(hour or "") or (None, None))[0] for hour in (days[2], days[4])]
    if (hours[0] is None) != (hours[1] is None):
        raise ParseError(
            f'only one of the two days has an hour in "{days[0]}"',
            'Write "2026-12-07 18:00 - 2026-12-08 02:00", or both days without an hour.',
        )
    start, end = (_on(day, (hour, None))[0] for day, hour in zip((first, last), hours, strict=True))
    if end < start or (hours[0] is not None and end == start):
        raise ParseError(
            f'the event "{days[0]}" ends before it begins',
            'Write the earlier day first: "2026-12-07 - 2026-12-09".',
        )
    if hours[0] is not None:
        return Event(
            start=start, end=end, words=words, where=where, is_cancelled=extras.is_cancelled
        )
    last_day = last if last > first else None
    return Event(
        start=start,
        end=None,
        words=words,
        where=where,
        is_cancelled=extras.is_cancelled,
        last_day=last_day,
    )


def _days_hint(days: re.Match[str]) -> str:
    month = month_number(days[3])
    if not month:
        return HOW_TO
    first, last = (f"{days[4]}-{month:02}-{int(days[n]):02}" for n in (1, 2))
    return f'Did you mean "{first} - {last}"?'


def _repeated(text: str, words: str, where: str, extras: Extras, beginning: date) -> Event:
    match = _TIMES.search(text)
    has_times = match is not None and (match[2] or match[3] or match[5] or match[6])
    times = _times(match[0]) if match and has_times else (None, None)
    phrase = text[: match.start()] if match and has_times else text
    rule = parse_rule(phrase) + without_months(extras.months)
    if "INTERVAL" in rule and extras.since is None:
        raise ParseError(
            f'"{phrase}" could begin in either week',
            'Say when it starts: add "| from 2026-12-01", or write from = 2026-12-01 in ward.toml.',
        )
    start, end = _every(extras.since or beginning, times or (None, None))
    repeat = Repeat(rule, phrase.strip(" ,"))
    first = Event(
        start=start,
        end=end,
        words=words,
        where=where,
        is_cancelled=extras.is_cancelled,
        repeat=repeat,
    ).on_or_after(start.date())
    if first is None or (extras.until and first.start.date() > extras.until):
        raise ParseError(f'"{text}" never happens', "Check its days and when it ends.")
    for day in extras.without:
        near = first.on_or_after(day - timedelta(days=6))
        following = first.on_or_after(day)
        if day >= first.start.date() and following and near and following.start.date() != day:
            raise ParseError(
                f"{long_date(day)} is an exception, but the event is not on that day",
                f"Did you mean {weekday_date(near.start.date())}?",
            )
    whole = replace(repeat, until=extras.until, without=tuple(sorted(extras.without)))
    return replace(first, repeat=whole)


def _on(day: date, times: tuple[time | None, time | None]) -> tuple[datetime, datetime | None]:
    """Raises `ParseError` for an hour that the clocks skip on that day."""
    start, end = times
    return (
        in_london(datetime.combine(day, start or time())),
        in_london(datetime.combine(day, end)) if end else None,
    )


def _every(day: date, times: tuple[time | None, time | None]) -> tuple[datetime, datetime | None]:
    """The times of a repeating event; on a day whose clocks skip them it is not held."""
    start, end = times
    return (
        datetime.combine(day, start or time(), LONDON),
        datetime.combine(day, end, LONDON) if end else None,
    )


def _times(written: str) -> tuple[time | None, time | None] | None:
    """The start and the end, each None if not given; None if they cannot be read."""
    written = written.strip(" ,T")
    if not written:
        return None, None
    match = _TIMES.search(written)
    if match is None or match.start() > 0 or not any(match.group(2, 3, 5, 6)):
        return None
    hour, minute, half, last_hour, last_minute, last_half = match.groups()
    if last_hour is None:
        return _clock(hour, minute, half), None
    end = _clock(last_hour, last_minute, last_half)
    start = _clock(hour, minute, half or last_half)
    if end <= start and last_half and not half:
        start = _clock(hour, minute, "am")  # 10 to 12pm begins in the morning
    if end <= start:
        raise ParseError(
            f"the event ends at {end:%H:%M}, before it begins at {start:%H:%M}",
            'Write the earlier time first: "18:00 - 19:00". If it ends on another day, '
            'give both days: "2026-12-07 18:00 - 2026-12-08 02:00".',
        )
    return start, end


def _clock(hour: str, minute: str | None, half: str | None) -> time:
    number = int(hour)
    if half and 1 <= number <= 12:
        number = number % 12 + (12 if half.casefold() == "pm" else 0)
    try:
        return time(number, int(minute or 0))
    except ValueError:
        shown = f"{hour}:{minute}" if minute else f"{hour}{half or ''}"
        raise ParseError(
            f'there is no time "{shown}"', 'Times are like "18:00", from 00:00 to 23:59.'
        ) from None


def _extra(part: str, so_far: Extras) -> Extras | None:
    """What a part after the name adds; None if it is the place."""
    if _LINK.match(part) and not so_far.link:
        return replace(so_far, link=part)
    match = _EXTRA.match(part)
    if not match:
        for word in ("cancelled", "attended", "except"):
            if nearest(part.split(" ", 1)[0], (word,)):
                raise ParseError(f'"{part}" cannot be part of an event', f'Did you mean "{word}"?')
        return None
    if match[2] is None:
        if match[1].casefold() == "attended":
            return replace(so_far, is_attended=True)
        return replace(so_far, is_cancelled=True)
    kind, value = match[2].casefold(), match[3]
    if kind in ("from", "until"):
        if not re.match(r"\d", value):
            return None  # a place, such as "From the library"
        day = parse_day(value)
        return replace(so_far, since=day) if kind == "from" else replace(so_far, until=day)
    return exceptions(re.split(r",|\band\b", value), so_far)


def exceptions(parts: Iterable[str], so_far: Extras = _NO_EXTRAS) -> Extras:
    """The days and months on which a repeating event is not held; raises `ParseError`."""
    for part in filter(None, (re.sub(r"^\s*(?:in|on) ", "", p).strip() for p in parts)):
        if month := month_number(part):
            so_far = replace(so_far, months=(*so_far.months, month))
        elif re.match(r"\d", part):
            so_far = replace(so_far, without=(*so_far.without, parse_day(part)))
        else:
            raise ParseError(
                f'"{part}" is neither a day nor a month',
                did_you_mean(part, MONTHS, 'Write them like "2026-12-26" and "August".'),
            )
    return so_far
