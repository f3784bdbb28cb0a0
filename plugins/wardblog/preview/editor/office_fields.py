"""The fields of the office pages: what can be chosen, and the option that a value becomes.

No value from a page names a path, and none can be an option of its own: each becomes the end of
`--name=value`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.editor.uploads import KeptUploads
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.visible import escape_controls_in_line

if TYPE_CHECKING:
    from wardblog.model import Site

# An option and its value; None for an option that has none.
Option = tuple[str, str | None]
_MOST_POSTS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form, which becomes the option `--option=value`.

    `kind` is a name in `CHOICES`, or text, date, number, flag or upload. `choices` are pairs of a
    value and its words, `most` is the number of characters, `upload` the kind of file, and `before`
    what the option has before the value.
    """

    option: str
    label: str
    kind: str = "text"
    help: str = ""
    example: str = ""
    is_required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    most: int = 200
    upload: str = ""
    before: str = ""


def options_of(desk: Desk, fields: tuple[Field, ...], request: EditorRequest) -> list[Option]:
    """The options that the values of a form become; raises `CommandError` for anything else."""
    found: list[Option] = []
    for field in fields:
        if field.kind == "flag":
            found += [(field.option, None)] if request.flag(field.option) else []
            continue
        value = _value(desk, field, request)
        if field.is_required and not value:
            raise CommandError(f"“{field.label}” is empty", "Fill it in, and try again.")
        if value:
            found.append((field.option, f"{field.before}{value}"))
    return found


def uploads_in(fields: tuple[Field, ...], request: EditorRequest) -> list[str]:
    """The ids of what was uploaded for a form."""
    given = (request.text(one.option, 32) for one in fields if one.kind == "upload")
    return [one for one in given if one]


def _value(desk: Desk, field: Field, request: EditorRequest) -> str:
    """What was given for a field, checked; empty for nothing."""
    if field.kind == "posts":
        return _posts(desk, request.texts(field.option, 16, _MOST_POSTS))
    given = " ".join(request.text(field.option, field.most).split())
    if not given:
        return ""
    if field.kind == "upload":
        return str(desk.keep(KeptUploads).path(given, field.upload))
    if parse := _PARSERS.get(field.kind):
        return parse(field.label, given)
    if given not in (value for value, _ in choices_of(desk, field)):
        raise CommandError(f"“{field.label}” cannot be “{given}”", "Choose one from the list.")
    return given


def _words(label: str, given: str) -> str:
    if escape_controls_in_line(given) != given:
        raise CommandError(f"“{label}” has characters that cannot be shown", "Type it again.")
    return given


def _date(label: str, given: str) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise CommandError(f"“{label}” is not a date", "Choose a day.") from None


def _number(label: str, given: str) -> str:
    if not (given.isascii() and given.isdecimal() and len(given) < 7):
        raise CommandError(f"“{label}” is not a number", "Write digits only.")
    return str(int(given))


_PARSERS: Mapping[str, Callable[[str, str], str]] = {
    "text": _words,
    "street": _words,
    "date": _date,
    "number": _number,
}


def _posts(desk: Desk, ids: list[str]) -> str:
    known = {value for value, _ in _published(desk)}
    if not set(ids) <= known:
        raise CommandError("One of these posts is not published", "Choose others.")
    return ", ".join(desk.ids.file(one) for one in ids)


def choices_of(desk: Desk, field: Field) -> list[tuple[str, str]]:
    """The values that a field can have, each with its words; empty if anything can be typed."""
    find = CHOICES.get(field.kind)
    return find(desk) if find else list(field.choices)


def _site(desk: Desk) -> Site | None:
    return desk.live.shown_site()


def _published(desk: Desk) -> list[tuple[str, str]]:
    site = _site(desk)
    return [(desk.ids.of(post.file), post.title) for post in site.published] if site else []


def _issues(desk: Desk) -> list[tuple[str, str]]:
    # late import: see docs/architecture.md
    from wardblog.content import declared_issues

    return [(name, name) for name in declared_issues(desk.content)]


def _streets(desk: Desk) -> list[tuple[str, str]]:
    site = _site(desk)
    names = dict.fromkeys(one.name for one in site.gazetteer.streets) if site else {}
    return [(name, name) for name in names]


def _cases(desk: Desk) -> list[tuple[str, str]]:
    # late import: see docs/architecture.md
    from wardblog.preview.editor.office_lists import open_cases

    cases = (one for one in open_cases(desk) if one.id)
    return [
        (one.id, f"{one.id}: {one.issue}{f', {one.street}' if one.street else ''}") for one in cases
    ]


def _events(desk: Desk) -> list[tuple[str, str]]:
    # late import: see docs/architecture.md
    from wardblog.model import Event
    from wardblog.text.words import long_date
    from wardblog.views.coming import shown_occasions

    site = _site(desk)
    found: dict[str, str] = {}
    for one in shown_occasions(site) if site else ():
        event = one.what.not_over(site.now) if site and isinstance(one.what, Event) else None
        if event and not event.is_cancelled:
            found.setdefault(event.words, f"{event.words}, {long_date(event.start.date())}")
    return list(found.items())


def _sources(desk: Desk) -> list[tuple[str, str]]:
    # late import: see docs/architecture.md
    from wardblog.content import read_settings_of

    settings, _ = read_settings_of(desk.content)
    kinds = dict.fromkeys(one.kind for one in settings.sources) if settings else {}
    return [(kind, kind) for kind in kinds]


# What can be chosen in the fields of each kind. A street can also be typed.
CHOICES: Mapping[str, Callable[[Desk], list[tuple[str, str]]]] = {
    "posts": _published,
    "issue": _issues,
    "street": _streets,
    "case": _cases,
    "event": _events,
    "source": _sources,
}
