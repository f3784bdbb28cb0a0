"""Makes the next issue of the newsletter from the site and the councillor's file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wardblog.content.election_words import mailboxes_in
from wardblog.content.files import SETTINGS_FILE
from wardblog.content.markdown.markup import Markup
from wardblog.model import NewsletterSettings, Site
from wardblog.office.guard import missing_imprint, problems_of
from wardblog.office.newsletter.arrangement import ArrangedIssue, arranged
from wardblog.office.newsletter.contents import contents_of
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.newsletter.in_delivery import issue_in_delivery
from wardblog.office.newsletter.introduction import introduction_html
from wardblog.office.newsletter.issue_file import (
    IssueFile,
    default_title,
    next_file,
    read_issue,
)
from wardblog.office.newsletter.part_views import Space
from wardblog.office.newsletter.record import keep_contents, newsletters_in, read_sent
from wardblog.office.newsletter.render import MOST_BYTES, fitting
from wardblog.office.newsletter.text_part import text_of
from wardblog.office.newsletter.view import Words, stop_address, view_of
from wardblog.office.private_text import PrivateText
from wardblog.problems import CommandError, ContentError, Problem, display_path, has_errors
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import clean
from wardblog.text.plain_text import plain
from wardblog.text.words import counted, long_date, sized

_NOT_MADE = "No newsletter was made."


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeIssue:
    """An issue, the file that arranges it, and sentences about it for the councillor.

    `finished` is None if there is nothing new and no introduction. `warnings` are problems that
    do not stop it.
    """

    file: IssueFile
    finished: FinishedIssue | None
    notes: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


def make_issue(
    site: Site, settings: NewsletterSettings, private: Path, markdown: Mapping[str, Any]
) -> MadeIssue:
    """The next issue; `markdown` has Pelican's settings for Markdown.

    Creates the councillor's file if there is none. Raises `ContentError` for problems in it, and
    `CommandError`.
    """
    _check_address(site, settings)
    sent = read_sent(private)
    if begun := issue_in_delivery(private, sent):
        return _begun(begun, private)
    file = next_file(site, settings, private, sent)
    report = Report(file.file)
    text = read_issue(file, private, report)
    contents = contents_of(site, settings.every, sent, settings.pictures)
    html = introduction_html(site, text, Markup(markdown), settings.pictures, report)
    words = _words(site, settings, file, text, html)
    issue = arranged(site, text, contents, settings.pictures, report)
    found = [*report.problems, *problems_of(site, text, words.introduction)]
    if has_errors(found):
        raise ContentError(found, private, _NOT_MADE)
    since = contents.since
    if contents.is_empty and not words.introduction:
        note = f"Nothing new was published since {long_date(since)}, so there is no newsletter yet."
        return MadeIssue(file=file, finished=None, notes=(note,), warnings=tuple(found))
    finished, notes = _finished(site, settings, file, words, issue)
    problems = [*missing_imprint(site, finished.text, file.file, "the text of the message")]
    problems += missing_imprint(site, plain(finished.html), file.file, "the message")
    if problems:
        raise ContentError(problems, private, _NOT_MADE)
    keep_contents(private, file.name, contents.since, (*issue.contents.items, *issue.left_out))
    if contents.is_empty:
        notes.insert(0, f"Nothing new was published since {long_date(since)}.")
    return MadeIssue(file=file, finished=finished, notes=tuple(notes), warnings=tuple(found))


def _begun(issue: FinishedIssue, private: Path) -> MadeIssue:
    note = "Some people have already received it, so its text can no longer be changed."
    path = newsletters_in(private) / f"{issue.name}.md"
    return MadeIssue(
        file=IssueFile(name=issue.name, path=path, is_in_delivery=True),
        finished=issue,
        notes=(note,),
    )


def _check_address(site: Site, settings: NewsletterSettings) -> None:
    """Nobody may get what they cannot stop, and council resources must not help a candidate."""
    address = stop_address(site, settings)
    if site.election and site.election.is_on(site.today) and any(mailboxes_in(address)):
        raise CommandError(
            f"Until the poll on {long_date(site.election.poll)}, the newsletter cannot come from "
            f"{address}, which belongs to a council",
            f"In {SETTINGS_FILE}, under [newsletter], write an address of your own.",
        )
    if not address:
        raise CommandError(
            f"{SETTINGS_FILE} has no e-mail address to which residents can write to stop the "
            "newsletter",
            'Under [newsletter], write a line such as: address = "news@ward.example.org"',
        )


def _words(
    site: Site, settings: NewsletterSettings, file: IssueFile, text: PrivateText, html: str
) -> Words:
    title = " ".join(clean(text.first("Title")).split())
    return Words(
        name=file.name,
        title=title or default_title(site, settings),
        greeting=clean(text.first("Greeting")),
        introduction=html,
    )


def _finished(
    site: Site, settings: NewsletterSettings, file: IssueFile, words: Words, issue: ArrangedIssue
) -> tuple[FinishedIssue, list[str]]:
    """The issue at the size that mail programs show, with sentences on what was shortened."""
    posts = sum(len(part.posts) for part in issue.parts)
    view, html, space = fitting(lambda s: view_of(site, settings, words, issue, s), posts)
    if len(html.encode()) > MOST_BYTES:
        raise CommandError(
            f"The newsletter has {sized(len(html.encode()))} even without any post, and Gmail "
            f"cuts off what is over {sized(MOST_BYTES)}",
            f"Shorten the introduction in {display_path(file.path)}.",
        )
    finished = FinishedIssue(name=file.name, subject=words.title, html=html, text=text_of(view))
    return finished, _about_space(posts, space)


def _about_space(posts: int, space: Space) -> list[str]:
    notes = []
    if space.short:
        full = f"only {space.full:,}" if space.full else "none"
        notes.append(
            f"So that Gmail does not cut it off, {full} of {counted(posts, 'post')} could be shown "
            f"with a summary; {space.short:,} only with the title."
        )
    if over := posts - space.full - space.short:
        notes.append(f"{counted(over, 'post')} had no space and are only counted, with a link.")
    return notes
