"""Reads what every post has (title, date, address, tags, status), and the other header lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from datetime import datetime
from typing import Any, TypeVar

from wardblog.content.cache import TrackedIndex
from wardblog.content.header import fields
from wardblog.content.header.fields import HeaderContext
from wardblog.content.header.front_matter import HeaderLine, PostFile
from wardblog.content.keys import KEYS, HeaderKey
from wardblog.content.markdown.cleaning import HARM, HARM_HINT, HARM_REASON, harm_in
from wardblog.content.markdown.html_links import content_path
from wardblog.model import Tag, Visibility
from wardblog.report import ParseError, Report, SkippedHourError
from wardblog.text.slugs import LONGEST, slugify

T = TypeVar("T")
# Without these, a question cannot be answered; the rules about questions rely on their lines.
_ASKING = ("Question", "Answer", "Closes", "Decides", "Form")


def is_draft(document: PostFile) -> bool:
    status = document.first("Status")
    return status is not None and status.value.casefold() == "draft"


def read_title(document: PostFile, report: Report) -> str:
    entry = document.first("Title")
    if entry is None:
        report.stop(1, "the title is missing", 'Add a first line such as "Title: Two bins".')
        return ""
    return entry.value


def read_date(
    document: PostFile, is_required: bool, now: datetime, report: Report
) -> datetime | None:
    entry = document.first("Date")
    if entry is None:
        if is_required and not is_draft(document):
            named = re.match(r"(?:.*/)?(\d{4}-\d{2}-\d{2})", report.file)
            example = named[1] if named else f"{now:%Y-%m-%d}"
            report.stop(1, "the date is missing", f'Add a line such as "Date: {example}".')
        return None
    with report.at(entry.line):
        try:
            return fields.parse_moment(entry.value)
        except SkippedHourError as skipped:  # it only decides which of two posts is the later one
            report.warn(entry.line, skipped.message, skipped.hint)
            return skipped.meant
    return None


def read_slug(document: PostFile, title: str, report: Report) -> str:
    """The last part of the address, from its own line or from the title; empty without either."""
    entry = document.first("Slug")
    if entry:
        slug = slugify(entry.value)
        if slug != entry.value:
            report.stop(
                entry.line,
                f'"{entry.value}" cannot be part of an address',
                "A slug has small letters, digits and hyphens only"
                + (f'. Write "Slug: {slug}".' if slug else "."),
            )
        return _short(slug, entry.line, report)
    slug = slugify(title)
    if title and not slug:
        report.stop(
            document.lines.get("Title"),
            f'no address can be made from the title "{title}"',
            'Add a line such as "Slug: my-post".',
        )
    return _short(slug, document.lines.get("Title"), report)


def _short(slug: str, line: int | None, report: Report) -> str:
    if len(slug) <= LONGEST:
        return slug
    report.stop(
        line,
        f"the address would have {len(slug)} letters, which is too long",
        'Add a short one, such as "Slug: my-post".',
    )
    return ""


def read_tags(document: PostFile, asked: TrackedIndex, report: Report) -> tuple[Tag, ...]:
    """The tags; an issue is named as in `issues.toml`, whatever its case and number."""
    entry = document.first("Tags")
    if entry is None:
        return ()
    names = entry.value.split(";" if ";" in entry.value else ",")
    tags: dict[str, Tag] = {}
    for name in filter(None, (n.strip() for n in names)):
        slug = slugify(name)
        if len(slug) > LONGEST:
            report.stop(
                entry.line,
                f'the tag "{name[:40]}…" is too long',
                "Separate tags with commas. Is one missing?",
            )
            continue
        if issue := asked.issue(slug):
            tags.setdefault(slugify(issue), Tag(issue, slugify(issue)))
        elif slug:
            tags.setdefault(slug, Tag(name, slug))
    return tuple(tags.values())


def read_image(document: PostFile, asked: TrackedIndex, report: Report) -> tuple[str, str]:
    """The picture's path in the content folder, or what was written, and what it shows."""
    entry = document.first("Image")
    if entry is None:
        return "", ""
    written, *words = fields.parts_of(entry.value)
    if len(words) > 1:
        report.stop(
            entry.line,
            f'cannot read the image "{entry.value}"',
            'Write "images/grit-bin.jpg | what it shows", with one bar.',
        )
        words = []
    target = content_path(written, report.file, asked)
    return (target[1] if target else written), " ".join(" ".join(words).split())


def read_visibility(
    document: PostFile, date: datetime | None, now: datetime, report: Report
) -> Visibility:
    entry = document.first("Status")
    status = "published"
    if entry:
        with report.at(entry.line):
            status = fields.parse_status(entry.value)
    if status == "draft":
        return Visibility.DRAFT
    if date and date.date() > now.date():
        return Visibility.SCHEDULED
    return Visibility(status)


def first_value(
    document: PostFile, key: str, parse: Callable[[str], T], report: Report
) -> T | None:
    """The value of a line that does not repeat; None if missing, or reported as unreadable."""
    entry = document.first(key)
    return _parsed(entry, parse, report) if entry else None


def fields_of(
    document: PostFile, context: HeaderContext, without: Container[str], report: Report
) -> dict[str, Any]:
    """The fields of a `Post` that the lines fill, but for those in `without`.

    Missing and unreadable values have no entry; the unreadable ones are reported.
    """
    values: dict[str, Any] = {}
    for entry in document.entries:
        key = KEYS[entry.key]
        if key.field in without or (key.field in values and not key.repeats):
            continue
        value = _value(entry, key, context, report)
        if value is not None and key.repeats:
            values[key.field] = (*values.get(key.field, ()), value)
        elif value is not None:
            values[key.field] = value
    return values


def _value(entry: HeaderLine, key: HeaderKey, context: HeaderContext, report: Report) -> object:
    parse = key.parse
    if parse is None:
        return entry.value
    return _parsed(entry, lambda value: parse(value, context), report)


def _parsed(entry: HeaderLine, parse: Callable[[str], T], report: Report) -> T | None:
    try:
        return parse(entry.value)
    except ParseError as error:
        report.parse_error(error, entry.line)
        return None


def report_empty(document: PostFile, report: Report) -> None:
    """Report an empty line whose author may have meant to hide or to ask something."""
    for key in _ASKING:
        if key in document.lines and not document.first(key):
            message = f'"{key}" is empty'
            report.stop(document.lines[key], message, "Write something after it, or remove it.")
    if "Precision" in document.lines and not document.first("Precision"):
        report.stop(
            document.lines["Precision"],
            "Precision is empty, so places would be shown exactly",
            "Write exact, street or area after it.",
        )
    if "Status" in document.lines and not document.first("Status"):
        report.stop(
            document.lines["Status"],
            "Status is empty, so the post would be published",
            "Write draft, hidden or published after it.",
        )


def report_harm(document: PostFile, report: Report) -> None:
    """Stops for HTML that runs: values are plain words, wherever they go."""
    for entry in document.entries:
        if word := harm_in(entry.value):
            message = f'"{entry.key}" has {word}, which {HARM_REASON}'
            report.stop(entry.line, message, HARM_HINT, HARM)
