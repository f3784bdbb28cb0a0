"""Posts and pages: each Markdown file of the content folder to one `Post`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardblog.content import time_limit
from wardblog.content.bodies import TextReader
from wardblog.content.cache import CachedReading, ContentIndex, TrackedIndex
from wardblog.content.election_words import mailboxes_of
from wardblog.content.files import FileFingerprint, draft_fingerprint, is_settled, on_disk
from wardblog.content.header import fields
from wardblog.content.header.fields import LONDON, HeaderContext
from wardblog.content.header.front_matter import PostFile, split
from wardblog.content.header.values import (
    fields_of,
    first_value,
    is_draft,
    read_date,
    read_image,
    read_slug,
    read_tags,
    read_title,
    read_visibility,
    report_empty,
    report_harm,
)
from wardblog.content.keys import KEYS, FileKind
from wardblog.content.markdown.markup import Markup
from wardblog.content.moments import day_of, valid_between
from wardblog.content.picture_versions import lead_of
from wardblog.content.references import leads_away
from wardblog.model import BodyText, Commitment, PersonalData, Post, Precision, Site
from wardblog.model.digests import Digests, digest_of, text_digest
from wardblog.photos import is_picture
from wardblog.privacy.secrets import find_secrets
from wardblog.problems import Problem
from wardblog.report import Report
from wardblog.support.late_regex import late_regex
from wardblog.support.private_files import ordinary_bytes
from wardblog.text.decoding import clean, read_utf8, text_of
from wardblog.text.directions import direction, with_whole_numbers, with_whole_numbers_in
from wardblog.text.plain_text import summary_of

if TYPE_CHECKING:
    from wardblog.content.streets import StreetReader

# The line of a draft, recognised without parsing the file.
_DRAFT = late_regex(rb"^status[ \t]*:[ \t]*draft\b", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEADER = 2000
# The date of a page that has none.
UNDATED = datetime(2000, 1, 1, tzinfo=LONDON)


class ContentReader:
    """Reads the posts and pages of a site; `site` has its settings and issues, but no posts yet."""

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
        # Only members of the planning committee must not say how they will vote.
        self._decides = any(one.planning_committee for one in site.councillors)
        self._markup = markup
        self._gazetteer, self._ward = site.gazetteer, site.ward
        self._digests = Digests()

    def read(self, file: str) -> CachedReading:
        """The post in a file, or None if it is not text, with its problems and its validity."""
        try:
            size = self._content_index.files[file][0]
            return time_limit.run_within(time_limit.seconds_for_text(size), self._read, file)
        except time_limit.TimeLimitError:
            return self._unread(file)

    def _unread(self, file: str) -> CachedReading:
        """The post for a file that takes too long to read."""
        path = on_disk(self._content, file)
        try:
            data = self._content_index.drafts.get(file) or ordinary_bytes(path)
        except OSError:
            data = b""
        slow = time_limit.TimeLimitError(
            time_limit.slowest_line(data.decode("utf-8", "replace").replace("\r\n", "\n"))
        )
        problem = Problem(file=file, line=slow.line, message=slow.message, hint=slow.hint)
        if time_limit.is_hurried() or _DRAFT.search(data[:_LONGEST_HEADER]):
            problem = problem.as_warning()
        fingerprint = FileFingerprint(self._content_index.files[file], False, digest_of(data))
        since, until = day_of(self._now)
        return CachedReading(
            fingerprint=fingerprint,
            since=since,
            until=until,
            answers=(),
            post=None,
            problems=(problem,),
        )

    def _read(self, file: str) -> CachedReading:
        path, signature = on_disk(self._content, file), self._content_index.files[file]
        report = Report(file)
        asked = TrackedIndex(self._content_index)
        draft = self._content_index.drafts.get(file)
        data = draft
        try:  # once, so that all of it is of the same bytes
            if data is None:
                data = ordinary_bytes(path)
                fingerprint = FileFingerprint(signature, is_settled(signature), digest_of(data))
            else:
                fingerprint = draft_fingerprint(data)
        except OSError:
            fingerprint = FileFingerprint(signature, False, b"")
        text = read_utf8(path, report) if data is None else text_of(data, report)
        secrets = find_secrets(path, file, data)
        document = None if text is None else split(text, report)
        if document is None or not document.is_readable:
            since, until = day_of(self._now)
            problems = (*report.problems, *secrets)
            return CachedReading(
                fingerprint=fingerprint,
                since=since,
                until=until,
                answers=(),
                post=None,
                problems=problems,
            )
        report_harm(document, report)
        post = self._post(document, asked, report)
        if is_draft(document):
            # An unfinished draft must not stop the rest of the site.
            report.problems = [p.as_warning() for p in report.problems]
        since, until = valid_between(post, self._now)
        problems = (*report.problems, *secrets)
        head, shown = self._digests.of(post), text_digest(post.body)
        return CachedReading(
            fingerprint=fingerprint,
            since=since,
            until=until,
            answers=asked.answers,
            post=post,
            problems=problems,
            head=head,
            text=shown,
        )

    def _post(self, document: PostFile, asked: TrackedIndex, report: Report) -> Post:
        kind = FileKind.PAGE if report.file.startswith("pages/") else FileKind.POST
        title = read_title(document, report)
        date = read_date(document, kind in KEYS["Date"].required, self._now, report)
        slug = read_slug(document, title, report)
        precision = first_value(document, "Precision", fields.parse_precision, report)
        own: dict[str, Any] = {
            "title": title,
            "date": date or self._undated(kind),
            "slug": slug,
            "tags": (tags := read_tags(document, asked, report)),
            "visibility": read_visibility(document, date, self._now, report),
            "precision": precision or Precision.EXACT,
            "author": author.value if (author := document.first("Author")) else self._author,
        }
        text = self._texts.read(document, report.file, asked, report)
        summary = self._summary(document, report)
        report_empty(document, report)
        own["summary"] = clean(summary or summary_of(text.html, title))
        picture, words = read_image(document, asked, report)
        alts = {one.file: one.alt for one in reversed(text.shown)}
        own |= {"image": picture, "image_alt": words or alts.get(picture, "")}
        lead = lead_of(picture, text.shown, asked.picture)
        issues = tuple(t.slug for t in tags if asked.issue(t.slug))
        context = HeaderContext(
            precision=precision or Precision.EXACT,
            day=date.date() if date else None,
            in_ireland=self._in_ireland,
            issues=issues,
            content=asked,
        )
        post = Post(
            file=report.file,
            address=_address(kind, slug, date),
            body=text.body,
            **own,
            **fields_of(document, context, own.keys(), report),
            issues=issues,
            lead=lead,
            is_lead_in_text=lead is not None and lead.file in alts,
            image_size=asked.size(picture) if picture and not is_picture(picture) else 0,
            links=text.links,
            inward=tuple(link for link in text.links if not leads_away(link)),
            marks=text.marks,
            pictures=text.pictures,
            files=_with_image(text.files, picture, asked),
            personal=_personal(document, text.html, summary),
            mailboxes=mailboxes_of(document, text.links),
            emblems=text.emblems,
            commitments=_commitments(document, text.html) if self._decides else (),
            lines=document.all_lines(),
        )
        post = _with_closing(post.settled(self._now))
        if direction(post.lang) == "rtl":
            post = _with_whole_numbers(post, text.body)
        if kind is FileKind.POST and self._gazetteer.streets:
            post = replace(post, streets=self._streets.of_post(post, text.html, self._now))
        return post

    @cached_property
    def _streets(self) -> StreetReader:
        # late import: see docs/architecture.md
        from wardblog.content.streets import StreetReader

        return StreetReader(self._gazetteer, self._ward)

    def _undated(self, kind: FileKind) -> datetime:
        """A page needs no date; a post has today's until it has its own."""
        if kind is FileKind.PAGE:
            return UNDATED
        return datetime.combine(self._now.date(), datetime.min.time(), LONDON)

    def _summary(self, document: PostFile, report: Report) -> str:
        entry = document.first("Summary")
        with report.at(document.lines.get("Summary")):
            return self._markup.words(entry.value if entry else "")
        return ""


def _with_closing(post: Post) -> Post:
    """The closing of a question is a deadline, in all places where residents see deadlines."""
    if not post.question or post.closes is None:
        return post
    closing = replace(post.closes, words=f"Have your say: {post.question}")
    return replace(post, deadlines=(*post.deadlines, closing))


def _with_whole_numbers(post: Post, body: BodyText) -> Post:
    """A right-to-left post with the groups of its numbers in their order, wherever they are."""
    return replace(
        post,
        title=with_whole_numbers(post.title),
        summary=with_whole_numbers(post.summary),
        body=replace(body, html=with_whole_numbers_in(body.html)),
        updates=tuple(replace(u, words=with_whole_numbers(u.words)) for u in post.updates),
        deadlines=tuple(replace(d, words=with_whole_numbers(d.words)) for d in post.deadlines),
        events=tuple(
            replace(e, words=with_whole_numbers(e.words), where=with_whole_numbers(e.where))
            for e in post.events
        ),
        question=with_whole_numbers(post.question),
        answers=tuple(replace(a, words=with_whole_numbers(a.words)) for a in post.answers),
        decides=with_whole_numbers(post.decides),
        outcomes=tuple(replace(o, words=with_whole_numbers(o.words)) for o in post.outcomes),
        replies=tuple(
            replace(r, who=with_whole_numbers(r.who), words=with_whole_numbers(r.words))
            for r in post.replies
        ),
    )


def _address(kind: FileKind, slug: str, date: datetime | None) -> str:
    """The address; empty while a slug or date is missing, so that the rest can be checked."""
    if kind is FileKind.PAGE:
        return f"{slug}/" if slug else ""
    return f"{date:%Y}/{date:%m}/{slug}/" if slug and date else ""


def _commitments(document: PostFile, html: str) -> tuple[Commitment, ...]:
    # late import: see docs/architecture.md
    from wardblog.content.commitments import commitments_of

    return commitments_of(document, html)


def _personal(document: PostFile, html: str, summary: str) -> tuple[PersonalData, ...]:
    # late import: see docs/architecture.md
    from wardblog.content.personal_data import personal_in

    return personal_in(document, html, summary)


def _with_image(files: tuple[str, ...], image: str, asked: TrackedIndex) -> tuple[str, ...]:
    """The files of the text, and the picture that the header names."""
    return (*files, image) if image and image not in files and image in asked else files
