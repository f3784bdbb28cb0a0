"""Posts and pages: each Markdown file of the content folder to one `Post`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from wardblog.content import time_limit
from wardblog.content.bodies import TextReader
from wardblog.content.cache import CachedReading, ContentIndex, TrackedIndex
from wardblog.content.commitments import commitments_of
from wardblog.content.election_words import mailboxes_of
from wardblog.content.events import parse_event
from wardblog.content.files import on_disk
from wardblog.content.fingerprints import FileFingerprint, fingerprint_of
from wardblog.content.header import fields
from wardblog.content.header.fields import LONDON
from wardblog.content.header.front_matter import PostFile, split
from wardblog.content.header.values import Values, report_empty, report_harm
from wardblog.content.markdown.markup import Markup, content_path
from wardblog.model import PersonalData, Post, Precision, Site, Tag, Visibility
from wardblog.model.digests import Digests, digest_of, text_digest
from wardblog.photos import is_picture
from wardblog.privacy.secrets import find_secrets
from wardblog.problems import Problem
from wardblog.report import Report, SkippedHourError
from wardblog.text.decoding import clean, read_utf8
from wardblog.text.plain_text import summary_of
from wardblog.text.slugs import LONGEST, slugify

T = TypeVar("T")
# How a draft says that it is one, as far as can be told without reading it.
_DRAFT = re.compile(rb"^status[ \t]*:[ \t]*draft\b", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEADER = 2000
# What stands for the date of a page that has none.
UNDATED = datetime(2000, 1, 1, tzinfo=LONDON)


class ContentReader:
    """Reads posts and pages against one site's issues, files and day; `site` has none yet."""

    def __init__(
        self,
        content: Path,
        content_index: ContentIndex,
        author: str,
        site: Site,
        now: datetime,
        markup: Markup,
    ) -> None:
        self._content = content
        self._in_ireland = site.ward.in_ireland
        self._content_index = content_index
        self._author = author
        self._texts = TextReader(markup, site.base_path, site.url)
        self._now = now
        # How somebody will vote matters only of those who decide on planning applications.
        self._decides = any(one.planning_committee for one in site.councillors)
        self._markup = markup
        self._digests = Digests()

    def read(self, file: str) -> CachedReading:
        """One file's post, or None where it is no text, with what lacks, and how long it holds."""
        try:
            size = self._content_index.files[file][0]
            return time_limit.run_within(time_limit.seconds_for_text(size), self._read, file)
        except time_limit.TimeLimitError:
            return self._unread(file)

    def _unread(self, file: str) -> CachedReading:
        """What is known of a file that takes too long to read."""
        path = on_disk(self._content, file)
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        slow = time_limit.TimeLimitError(
            time_limit.slowest_line(data.decode("utf-8", "replace").replace("\r\n", "\n"))
        )
        problem = Problem(file=file, line=slow.line, message=slow.message, hint=slow.hint)
        if _DRAFT.search(data[:_LONGEST_HEADER]):
            problem = problem.as_warning()
        seen = FileFingerprint(self._content_index.files[file], False, digest_of(data))
        since, until = _day_of(self._now)
        return CachedReading(
            fingerprint=seen, since=since, until=until, answers=(), post=None, problems=(problem,)
        )

    def _read(self, file: str) -> CachedReading:
        path, signature = on_disk(self._content, file), self._content_index.files[file]
        report = Report(file)
        asked = TrackedIndex(self._content_index)
        try:  # before the text: what is saved meanwhile is read again by the next run
            seen = fingerprint_of(path, signature)
        except OSError:
            seen = FileFingerprint(signature, False, b"")
        text = read_utf8(path, report)
        secrets = find_secrets(path, file)
        document = None if text is None else split(text, report)
        if document is None or not document.is_readable:
            since, until = _day_of(self._now)
            problems = (*report.problems, *secrets)
            return CachedReading(
                fingerprint=seen, since=since, until=until, answers=(), post=None, problems=problems
            )
        report_harm(document, report)
        post = self._post(document, asked, file, report)
        if _is_draft(document):
            # An unfinished draft must not stand in the way of the rest.
            report.problems = [p.as_warning() for p in report.problems]
        since, until = _holds(post, self._now)
        problems = (*report.problems, *secrets)
        head, shown = self._digests.of(post), text_digest(post.body)
        return CachedReading(
            fingerprint=seen,
            since=since,
            until=until,
            answers=asked.answers,
            post=post,
            problems=problems,
            head=head,
            text=shown,
        )

    def _post(self, document: PostFile, asked: TrackedIndex, file: str, report: Report) -> Post:
        is_page = file.startswith("pages/")
        value = Values(document, report)
        title = self._title(document, report)
        moment = self._moment(document, file, is_page, report)
        slug = self._slug(document, title, report)
        tags = self._tags(document, asked, report)
        progress = value.one("Progress", fields.parse_progress)
        precision = value.one("Precision", fields.parse_precision) or Precision.EXACT
        text = self._texts.read(document, file, asked, report)
        summary = ""
        with report.at(document.lines.get("Summary")):
            summary = self._markup.words(value.text("Summary"))
        report_empty(document, report)
        lang = value.one("Lang", fields.parse_lang)
        author = document.first("Author")
        image = document.first("Image")
        picture = _image(image.value, file, asked) if image else ""
        updates = value.each("Updated", fields.parse_update)
        post = Post(
            file=file,
            title=title or "",
            slug=slug or "",
            address="",
            date=moment or self._undated(is_page),
            body=text.body,
            visibility=self._visibility(document, moment, report),
            summary=clean(summary or summary_of(text.html, title or "")),
            tags=tags,
            issues=tuple(t.slug for t in tags if asked.issue(t.slug)),
            author=author.value if author else self._author,
            lang=lang or "en",
            modified=value.one("Modified", fields.parse_moment),
            image=picture,
            image_size=asked.size(picture) if picture and not is_picture(picture) else 0,
            places=value.each(
                "Places",
                lambda v: fields.parse_place(v, precision, progress, self._in_ireland),
            ),
            precision=precision,
            progress=progress,
            reference=value.text("Reference"),
            position=value.text("Position"),
            card=value.one("Card", fields.parse_card) or "",
            updates=tuple(sorted(updates, key=lambda u: u.moment)),
            deadlines=value.each("Deadline", fields.parse_deadline),
            events=value.each("Event", lambda v: parse_event(v, moment.date() if moment else None)),
            aliases=value.each("Aliases", fields.parse_alias),
            allowances=value.each("Allow", fields.parse_allowance),
            links=text.links,
            marks=text.marks,
            pictures=text.pictures,
            files=_with_image(text.files, picture, asked),
            personal=_personal(document, text.html, summary),
            mailboxes=mailboxes_of(document, text.links),
            emblems=text.emblems,
            commitments=commitments_of(document, text.html) if self._decides else (),
            lines=document.lines,
        )
        address = f"{slug}/" if is_page else f"{post.date:%Y}/{post.date:%m}/{slug}/"
        if not slug or (moment is None and not is_page):
            address = ""  # it has none yet, but the rest of it is checked all the same
        return _with_latest_progress(post, address, self._now)

    def _undated(self, is_page: bool) -> datetime:
        """A page needs no date; a post is of today until it has one."""
        return (
            UNDATED if is_page else datetime.combine(self._now.date(), datetime.min.time(), LONDON)
        )

    def _title(self, document: PostFile, report: Report) -> str | None:
        entry = document.first("Title")
        if entry is None:
            report.stop(1, "the title is missing", 'Add a first line such as "Title: Two bins".')
            return None
        return entry.value

    def _moment(
        self, document: PostFile, file: str, is_page: bool, report: Report
    ) -> datetime | None:
        entry = document.first("Date")
        if entry is None:
            if not is_page and not _is_draft(document):
                named = re.match(r"(?:.*/)?(\d{4}-\d{2}-\d{2})", file)
                example = named[1] if named else f"{self._now:%Y-%m-%d}"
                report.stop(1, "the date is missing", f'Add a line such as "Date: {example}".')
            return None
        with report.at(entry.line):
            try:
                return fields.parse_moment(entry.value)
            except SkippedHourError as skipped:  # it only says which of two posts is the later one
                report.warn(entry.line, skipped.message, skipped.hint)
                return skipped.meant
        return None

    def _slug(self, document: PostFile, title: str | None, report: Report) -> str | None:
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
            return self._short(slug, entry.line, report)
        if title is None:
            return None
        slug = slugify(title)
        if not slug:
            line = document.first("Title")
            report.stop(
                line.line if line else None,
                f'no address can be made from the title "{title}"',
                'Add a line such as "Slug: my-post".',
            )
        return self._short(slug, document.lines.get("Title"), report)

    @staticmethod
    def _short(slug: str, line: int | None, report: Report) -> str | None:
        if len(slug) > LONGEST:
            report.stop(
                line,
                f"the address would have {len(slug)} letters, which is too long",
                'Add a short one, such as "Slug: my-post".',
            )
            return None
        return slug or None

    @staticmethod
    def _tags(document: PostFile, asked: TrackedIndex, report: Report) -> tuple[Tag, ...]:
        """Pelican's tags; an issue is named as in `issues.toml`, whatever its case and number."""
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
                    "Tags are separated by commas. Is one missing?",
                )
                continue
            if issue := asked.issue(slug):
                tags.setdefault(slugify(issue), Tag(issue, slugify(issue)))
            elif slug:
                tags.setdefault(slug, Tag(name, slug))
        return tuple(tags.values())

    def _visibility(
        self, document: PostFile, moment: datetime | None, report: Report
    ) -> Visibility:
        entry = document.first("Status")
        status = "published"
        if entry:
            with report.at(entry.line):
                status = fields.parse_status(entry.value)
        if status == "draft":
            return Visibility.DRAFT
        if moment and moment.date() > self._now.date():
            return Visibility.SCHEDULED
        return Visibility(status)


def _personal(document: PostFile, html: str, summary: str) -> tuple[PersonalData, ...]:
    # Here, since a run that reads no post anew need not import it.
    from wardblog.content.personal_data import personal_in

    return personal_in(document, html, summary)


def _image(written: str, file: str, asked: TrackedIndex) -> str:
    """The picture's path in the content folder, or what was written if there is none."""
    found = content_path(written, file, asked)
    return found[1] if found else written


def _with_image(files: tuple[str, ...], image: str, asked: TrackedIndex) -> tuple[str, ...]:
    """The files of the text, and the picture that the header names."""
    return (*files, image) if image and image not in files and image in asked else files


# The end of time, for what never changes by itself.
_NEVER = 1 << 62


def _day_of(now: datetime) -> tuple[int, int]:
    """When the day of a moment begins and ends, in seconds since 1970."""
    start = datetime.combine(now.date(), datetime.min.time(), LONDON)
    end = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), LONDON)
    return int(start.timestamp()), int(end.timestamp())


def _holds(post: Post, now: datetime) -> tuple[int, int]:
    """From when until before when the file would be read in the same way.

    A post without a date that can be read has that of the day, and is read again tomorrow.
    """
    shown = datetime.combine(post.date.date(), datetime.min.time(), LONDON)
    moments = [shown.timestamp(), *(update.moment.timestamp() for update in post.updates)]
    since = max((int(m) for m in moments if m <= now.timestamp()), default=-_NEVER)
    until = min((int(m) for m in moments if m > now.timestamp()), default=_NEVER)
    if post.date.date() != now.date():
        return since, until
    start, end = _day_of(now)
    return max(since, start), min(until, end)


def _is_draft(document: PostFile) -> bool:
    status = document.first("Status")
    return status is not None and status.value.casefold() == "draft"


def _with_latest_progress(post: Post, address: str, now: datetime) -> Post:
    """The newest `Updated` line says how far a report has got, else the post's `Progress`."""
    dated = [u for u in post.updates if u.progress and u.moment <= now]
    latest = dated[-1].progress if dated else post.progress
    places = tuple(
        replace(p, progress=latest) if p.progress in (None, post.progress) else p
        for p in post.places
    )
    return replace(post, address=address, progress=latest, places=places)
