"""Finds the posts and events that a councillor names on the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from pathlib import PurePosixPath

from wardblog.model import Event, Post, Site, Visibility
from wardblog.office.named_posts import PostNames
from wardblog.problems import UsageError
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import slugify
from wardblog.text.words import long_date, weekday_date
from wardblog.views.coming import Occasion, shown_occasions

_MOST_NAMED = 8


def posts_named(site: Site, written: str) -> tuple[Post, ...]:
    """The published posts that are named, with commas between them; a title may have commas too.

    Each is named by its title, the last part of its address, or its file. Raises `UsageError` for
    one that does not exist, and for one that residents cannot see yet.
    """
    parts = [part.strip() for part in written.split(",")]
    names = PostNames(site)
    found: list[Post] = []
    start = 0
    while start < len(parts):
        post, end = _longest(names, parts, start)
        if post:
            refuse_unpublished(post)
            found.append(post)
        elif parts[start]:
            raise _unknown(site, names, parts[start])
        start = end
    return tuple(dict.fromkeys(found))


def _longest(names: PostNames, parts: Sequence[str], start: int) -> tuple[Post | None, int]:
    """The post that most of the parts from `start` on name together, and where they end."""
    for end in range(len(parts), start, -1):
        if post := names.called(", ".join(parts[start:end])):
            return post, end
    return names.find(parts[start]), start + 1


def refuse_unpublished(post: Post) -> None:
    """Raises `UsageError` for a post that is not on the public lists."""
    reasons = {
        Visibility.DRAFT: ("is a draft", 'Remove its line "Status: draft" first.'),
        Visibility.SCHEDULED: (
            f"is not public before {long_date(post.date)}", "Wait until then, or change its date.",
        ),
        Visibility.HIDDEN: ("is hidden", 'Remove its line "Status: hidden" first.'),
    }  # fmt: skip
    if reason := reasons.get(post.visibility):
        raise UsageError(f'"{post.title}" {reason[0]}, so it cannot be in a leaflet', reason[1])


def reference_of(site: Site, post: Post) -> str:
    """The shortest name of a post in a leaflet's file: the last part of its address, or its file.

    What it returns has letters, digits, and `.`, `_` and `-` only, and no other post has it.
    """
    is_alone = sum(other.slug == post.slug for other in site.posts) == 1
    return post.slug if is_alone and re.fullmatch(r"[\w.-]+", post.slug) else _stem(post)


def post_referred_to(site: Site, reference: str) -> Post | None:
    return next((post for post in site.posts if reference_of(site, post) == reference), None)


def _stem(post: Post) -> str:
    return PurePosixPath(post.file).stem


def _unknown(site: Site, names: PostNames, written: str) -> UsageError:
    latest = "; ".join(post.slug for post in site.published[:_MOST_NAMED])
    return names.unknown(written, f"The latest posts are: {latest}." if latest else "")


@dataclass(frozen=True, slots=True)
class PosterEvent:
    """An event on one day, with the post that announces it, if there is one."""

    event: Event
    owner: Post | None
    name: str


def event_named(site: Site, written: str) -> PosterEvent:
    """The coming event with this name, date, or post. Raises `UsageError` if there is none."""
    wanted = " ".join(written.split())
    day = _day(wanted, site.today)
    coming = [one for one in map(_coming(site, day), shown_occasions(site)) if one]
    coming = [one for one in coming if one.owner is None or _is_public(one.owner)]
    found = [one for one in coming if day or _is_called(one, wanted)]
    found.sort(key=lambda one: (one.event.start, one.event.words))
    if not found:
        raise _no_event(site, wanted, coming, day)
    first = found[0]
    others = [one for one in found if one.event.words.casefold() != first.event.words.casefold()]
    if day and others:
        names = " or ".join(f'"{one.event.words}"' for one in found)
        raise UsageError(f"There are {len(found)} events on {long_date(day)}", f"Write {names}.")
    if first.event.is_cancelled:
        raise UsageError(f'"{first.event.words}" is cancelled, so there is no poster for it')
    return first


def _is_public(post: Post) -> bool:
    return post.visibility is Visibility.PUBLISHED or post.file.startswith("pages/")


def _coming(site: Site, day: date | None) -> Callable[[Occasion], PosterEvent | None]:
    def found(one: Occasion) -> PosterEvent | None:
        if not isinstance(one.what, Event):
            return None
        event = one.what.on_or_after(day) if day else one.what.not_over(site.now)
        if event is None or event.ends <= site.now or (day and event.start.date() != day):
            return None
        return PosterEvent(event, one.owner, _name(one, event, day))

    return found


def _name(one: Occasion, event: Event, day: date | None) -> str:
    """The name of the poster's file: the same for each date of an event that repeats."""
    of_day = f"-{event.start.date().isoformat()}" if day or event.repeat is None else ""
    return f"poster-{slugify(event.words) or one.name}{of_day}"


def _is_called(one: PosterEvent, written: str) -> bool:
    names = [one.event.words, one.name]
    if one.owner:
        names += [one.owner.title, one.owner.slug, _stem(one.owner)]
    plain = written.casefold()
    return any(plain == name.casefold() or slugify(written) == slugify(name) for name in names) or (
        len(plain) > 3 and plain in one.event.words.casefold()
    )


def _day(written: str, today: date) -> date | None:
    """A date as people write it: 2026-12-05, 5 December 2026, or 5 December for the next one."""
    if not re.search(r"\d", written):
        return None
    # late import: see docs/architecture.md
    from dateutil.parser import ParserError, isoparse, parse

    try:
        return isoparse(written).date()
    except (ValueError, OverflowError):
        pass
    if not re.fullmatch(r"(?i)(?:[a-z]+,? )?\d{1,2}(?:st|nd|rd|th)? [a-z]+(?:,? \d{4})?", written):
        return None
    try:
        found = parse(written, dayfirst=True, default=_midnight(today)).date()
    except (ParserError, OverflowError):
        return None
    has_year = re.search(r"\d{4}$", written)
    return found if has_year or found >= today else found.replace(year=found.year + 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _no_event(
    site: Site, written: str, coming: Sequence[PosterEvent], day: date | None
) -> UsageError:
    listed = coming if day is None else [
        one for one in map(_coming(site, None), shown_occasions(site)) if one
    ]  # fmt: skip
    what = f"on {long_date(day)}" if day else f'called "{written}"'
    return UsageError(f"There is no coming event {what}", _which(listed))


def _which(coming: Iterable[PosterEvent]) -> str:
    rows = sorted((one.event.start, one.event.words) for one in coming)
    names = [f'"{words}" ({weekday_date(start.date())})' for start, words in rows]
    if not names:
        return "Events are in [[surgery]] of ward.toml, and in the Event lines of posts."
    return f"Coming up: {', '.join(dict.fromkeys(names[:_MOST_NAMED]))}."
