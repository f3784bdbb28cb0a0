"""The values of a post's header lines: dates, deadlines, places, updates."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from wardblog.model import Allowance, Deadline, Precision, Progress, Update
from wardblog.model.events import LONDON as _LONDON
from wardblog.model.events import exists, time_of_day
from wardblog.problems import did_you_mean, nearest
from wardblog.report import ParseError, SkippedHourError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.words import MONTHS, long_date

if TYPE_CHECKING:
    from wardblog.content.cache import TrackedIndex

LONDON = _LONDON


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderContext:
    """What the value of a line may depend on: other lines of the same post, and the rest.

    `day` is that of the post, and `in_ireland` is whether the ward is in Northern Ireland; both are
    None where that is not known. `issues` are the slugs of the post's issues. `content` answers
    questions about streets, postcodes and lists; without it, no name has a meaning.
    """

    precision: Precision = Precision.EXACT
    day: date | None = None
    in_ireland: bool | None = None
    issues: tuple[str, ...] = ()
    content: TrackedIndex | None = None


DATE_HOW_TO = 'Write it as "2026-11-20" or "2026-11-20 09:00".'

_ISO = late_regex(
    r"^(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2})[:.](\d{2})(?::(\d{2})(?:\.\d+)?)?"
    r"\s*(Z|UTC|GMT|BST|[+-]\d{1,2}(?::?\d{2})?)?)?$"
)
_BRITISH = late_regex(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,]+(\d{1,2}[:.]\d{2}))?$")
_SPOKEN = late_regex(r"^(?:[A-Za-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,}),? (\d{4})$")


def parse_moment(written: str) -> datetime:
    """A date, or date and time, as an aware datetime in Europe/London; raises `ParseError`."""
    text = plain_hyphens(written.strip())
    match = _ISO.match(text)
    if not match:
        raise ParseError(f'cannot read "{text}" as a date', _date_hint(text))
    year, month, day, hour, minute, second, zone = match.groups()
    if not 1900 <= int(year) <= 2200:
        raise ParseError(f'the year of "{text}" cannot be right', DATE_HOW_TO)
    try:
        plain = datetime(  # noqa: DTZ001 - the zone is set below
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0)
        )
    except ValueError:
        raise ParseError(f'there is no date "{text}"', DATE_HOW_TO) from None
    if not zone:
        return in_london(plain)
    try:
        return plain.replace(tzinfo=timezone(_offset(zone))).astimezone(LONDON)
    except (ValueError, OverflowError):
        raise ParseError(f'there is no date "{text}"', DATE_HOW_TO) from None


def in_london(plain: datetime) -> datetime:
    """A moment in the local time of the ward; raises `SkippedHourError` for one that clocks skip.

    In autumn one hour comes twice; the first is meant, as in calendars (RFC 5545, 3.3.5).
    """
    moment = plain.replace(tzinfo=LONDON)
    if exists(moment):
        return moment
    later = plain + timedelta(hours=1)
    raise SkippedHourError(
        f"there is no {plain:%H:%M} on {long_date(plain.date())}, since the clocks go forward then",
        f'Did you mean "{later:%Y-%m-%d %H:%M}"?',
        later.replace(tzinfo=LONDON),
    )


def _offset(zone: str) -> timedelta:
    """The distance to UTC of `Z`, `BST`, `+01:00`, `+0100` or `+1`."""
    named = {"Z": 0, "UTC": 0, "GMT": 0, "BST": 1}
    if zone in named:
        return timedelta(hours=named[zone])
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    if int(minutes) > 59:
        raise ValueError(zone)
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    return -distance if zone[0] == "-" else distance


def _date_hint(text: str) -> str:
    """Suggests the ISO form of a British date; for anything else, gives the general rule."""
    if match := _BRITISH.match(text):
        day, month, year, clock = match.groups()
        turned = f"{year}-{int(month):02}-{int(day):02}" + (f" {clock}" if clock else "")
        if _is_real(turned):
            return f'Did you mean "{turned}"?'
    if match := _SPOKEN.match(text):
        day, month, year = match.groups()
        names = [name[:3].casefold() for name in MONTHS]
        if month[:3].casefold() in names:
            number = names.index(month[:3].casefold()) + 1
            spoken = f"{year}-{number:02}-{int(day):02}"
            if _is_real(spoken):
                return f'Did you mean "{spoken}"?'
    return DATE_HOW_TO


def _is_real(written: str) -> bool:
    try:
        datetime.fromisoformat(written.replace(".", ":"))
    except ValueError:
        return False
    return True


def plain_hyphens(text: str) -> str:
    """The text with the hyphens and dashes of word processors as plain hyphens."""
    return text if text.isascii() else re.sub("[‐‑‒–—−]", "-", text)


def parse_day(written: str) -> date:
    return parse_moment(written).date()


def parse_progress(written: str) -> Progress:
    text = " ".join(written.casefold().replace("-", " ").split())
    for progress in Progress:
        if progress.value == text:
            return progress
    words = [p.value for p in Progress]
    hint = did_you_mean(written, words, f"Progress is one of: {', '.join(words)}.")
    raise ParseError(f'there is no progress called "{written.strip()}"', hint)


def parse_precision(written: str) -> Precision:
    text = written.strip().casefold()
    for precision in Precision:
        if precision.value == text:
            return precision
    words = [p.value for p in Precision]
    hint = did_you_mean(text, words, "Precision is one of: exact, street, area.")
    raise ParseError(f'there is no precision called "{written.strip()}"', hint)


def parts_of(written: str) -> list[str]:
    """The parts between bars; the broken bar of some keyboards is accepted as well."""
    return [part.strip() for part in written.replace("¦", "|").split("|")]


def parse_deadline(written: str) -> Deadline:
    parts = parts_of(written)
    if len(parts) != 2 or not parts[1]:
        raise ParseError(
            f'cannot read the deadline "{written.strip()}"',
            'Write "2026-12-05 | what ends on that day".',
        )
    moment = parse_moment(parts[0])
    return Deadline(moment.date(), parts[1], time_of_day(moment))


def parse_update(written: str) -> Update:
    """`date | progress | words`; the date may have an hour."""
    parts = parts_of(written)
    if len(parts) != 3:
        raise ParseError(
            f'cannot read the update "{written.strip()}"',
            'Write "2026-11-25 | fixed | what happened".',
        )
    return Update(parse_moment(parts[0]), parse_progress(parts[1]) if parts[1] else None, parts[2])


def parse_allowance(written: str) -> Allowance:
    rule, because, reason = written.strip().partition(" because ")
    if not because or not reason.strip():
        raise ParseError(
            f'cannot read "Allow: {written.strip()}"',
            'Write the check and your reason: "misspelt-issue because it is the name of a street".',
        )
    return Allowance(rule.strip(), reason.strip())


def parse_lang(written: str) -> str:
    text = written.strip()
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise ParseError(
            f'there is no language code "{text}"', 'Codes are like "en", "cy" (Welsh) or "ur".'
        )
    return text.lower()


STATUSES = ("published", "draft", "hidden")


def parse_status(written: str) -> str:
    return parse_choice(written, STATUSES, "Status")


def parse_card(written: str) -> str:
    return parse_choice(written, ("map",), "Card")


def parse_choice(written: str, words: tuple[str, ...], key: str) -> str:
    text = written.strip().casefold()
    if text in words:
        return text
    first = re.match(r"\W*(\w*)", text)
    best = nearest(text, words) or (nearest(first[1], words) if first and first[1] else None)
    guess = f'Did you mean "{best}"? ' if best else ""
    raise ParseError(
        f'{key} cannot be "{written.strip()}"', f"{guess}{key} is one of: {', '.join(words)}."
    )
