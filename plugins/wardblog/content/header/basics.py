"""What every post has: a title, a date, an address, tags, and whether it is published."""

from __future__ import annotations

import re
from datetime import datetime

from wardblog.content.cache import TrackedIndex
from wardblog.content.header import fields
from wardblog.content.header.front_matter import PostFile
from wardblog.content.markdown.markup import content_path
from wardblog.model import Tag, Visibility
from wardblog.report import Report, SkippedHourError
from wardblog.text.slugs import LONGEST, slugify


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
