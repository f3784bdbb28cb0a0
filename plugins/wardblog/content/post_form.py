"""A post as a form: the values of its header lines, and its text; and a form as a post again."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from wardblog.content.header.front_matter import FENCE, PostFile, split
from wardblog.content.header.recognise import trimmed
from wardblog.content.keys import KEYS, TABLE
from wardblog.content.write import values_in, with_further_value, with_value, without_value
from wardblog.content.write_text import in_its_encoding, text_of, with_text
from wardblog.problems import CommandError, Severity
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import text_of as text_as_read

# The values of header lines by the names of their keys, as a form has them.
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderPlace:
    """Where a value begins: its line in the file, its key, and its place among the key's values."""

    line: int
    key: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostForm:
    """A post's header values and text. `text_line` is the line of the file on which it begins."""

    fields: dict[str, tuple[str, ...]]
    text: str
    text_line: int
    places: tuple[HeaderPlace, ...]

    def place_at(self, line: int) -> HeaderPlace | None:
        """The value to which a line above the text belongs; the one above goes on in it."""
        index = bisect_right([place.line for place in self.places], line)
        return self.places[index - 1] if index and line < self.text_line else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedValue:
    """A value of a form that cannot be written, with the reason and a remedy."""

    key: str
    position: int
    message: str
    hint: str


def form_of(data: bytes) -> PostForm | None:
    """A post as a form; None if the file has more on top than header lines that can be read.

    Then only the file as a whole shows all that is in it.
    """
    report = Report("")
    text = text_as_read(data, report)
    if text is None:
        return None
    report = Report("")
    document = split(text, report)
    if not document.is_readable or _is_open(document, text):
        return None
    stops = (p.line or 0 for p in report.problems if p.severity is Severity.STOP)
    if any(line < document.body_line for line in stops):
        return None
    try:
        body = text_of(data)
    except CommandError:
        return None
    top = [entry for entry in document.entries if entry.line <= document.header.stop]
    fields: dict[str, tuple[str, ...]] = {}
    places = []
    for entry in top:
        values = fields.get(entry.key, ())
        places.append(HeaderPlace(line=entry.line, key=entry.key, position=len(values)))
        fields[entry.key] = (*values, entry.value)
    for key, line in document.lines.items():
        if key not in fields and line <= document.header.stop:
            places.append(HeaderPlace(line=line, key=key, position=0))
    return PostForm(
        fields=fields,
        text=body,
        text_line=text.count("\n") - body.count("\n") + 1,
        places=tuple(sorted(places, key=lambda place: place.line)),
    )


def _is_open(document: PostFile, text: str) -> bool:
    """Whether a line of dashes opens the header and none closes it, so that one could below."""
    lines, stop = text.split("\n"), document.header.stop
    return document.is_fenced and not (stop < len(lines) and FENCE.match(lines[stop]))


def with_form(data: bytes, fields: Fields, text: str) -> tuple[bytes, list[RefusedValue]]:
    """The bytes of a post after what was changed in its form, and what could not be changed.

    Only what differs is written. Raises `Refused` for a file that cannot be shown as a form.
    """
    refused: list[RefusedValue] = []

    def change(plain: bytes) -> bytes:
        form = form_of(plain)
        before = form.fields if form else values_in(plain)
        for key in (key.name for key in TABLE):
            plain = _with_values(plain, key, before.get(key, ()), fields.get(key, ()), refused)
        return with_text(plain, text)

    return in_its_encoding(data, change), refused


def _with_values(
    data: bytes,
    key: str,
    before: Sequence[str],
    wanted: Sequence[str],
    refused: list[RefusedValue],
) -> bytes:
    """The bytes with other values of a header line; the first that is refused ends the change."""
    new = [value for written in wanted if (value := _tidied(written))]
    old = [_tidied(value) for value in before]
    if old == new:
        return data
    position = 0
    try:
        if not KEYS[key].repeats and len(new) > 1:
            raise CommandError(f'"{key}" can have one value only', "Leave the others empty.")
        for value in new:
            if position >= len(old):
                data = with_further_value(data, key, value)
            elif old[position] != value:
                data = with_value(data, key, value, position)
            position += 1
        for last in range(len(old) - 1, len(new) - 1, -1):
            data = without_value(data, key, last)
    except CommandError as error:
        place = min(position, max(len(new) - 1, 0))
        refused.append(RefusedValue(key=key, position=place, message=str(error), hint=error.hint))
    return data


def _tidied(value: str) -> str:
    return unicodedata.normalize("NFC", trimmed(value))
