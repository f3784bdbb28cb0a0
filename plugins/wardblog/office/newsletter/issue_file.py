"""The councillor's file of an issue: which one is next, how it begins, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wardblog.model import NewsletterSettings, Site
from wardblog.office.newsletter.arrangement import LATER_PARTS, PARTS
from wardblog.office.newsletter.periods import (
    NAME,
    free_name,
    period_before,
    period_of,
    words_for,
)
from wardblog.office.newsletter.record import FOLDER, Sent, newsletters_in
from wardblog.office.private_text import PrivateText, read_private_text
from wardblog.problems import CommandError, ContentError, display_path, has_errors
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder, write_private

# The lines of the file, and which may be there several times.
_KEYS = {"Title": False, "Greeting": False, "Order": True, "Leave out": True, "Allow": True}
_GREETING = "Dear neighbours,"
# The longest subject that phones show at least the beginning of, in characters.
_LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFile:
    """The file of the next issue.

    `is_new` is whether it was created now, `is_earlier` whether it is from the period before, and
    `is_in_delivery` whether the issue has been sent to some already.
    """

    name: str
    path: Path
    is_new: bool = False
    is_earlier: bool = False
    is_in_delivery: bool = False

    @property
    def file(self) -> str:
        """Its path below the private folder."""
        return f"{FOLDER}/{self.path.name}"


def next_file(site: Site, settings: NewsletterSettings, private: Path, sent: Sent) -> IssueFile:
    """The file of the next issue, created if there is none.

    One from the period before that the councillor has written in, but not sent, comes first.
    """
    folder = newsletters_in(private)
    period = period_of(settings.every, site.today)
    name = free_name(period, sent.names)
    path = folder / f"{name}.md"
    if not path.exists() and name == period and (begun := _begun(site, settings, private, sent)):
        return begun
    if path.exists():
        return IssueFile(name=name, path=path)
    private_folder(private, folder)
    write_private(path, starting_text(site, settings, name).encode())
    return IssueFile(name=name, path=path, is_new=True)


def _begun(site: Site, settings: NewsletterSettings, private: Path, sent: Sent) -> IssueFile | None:
    """The issue of the period before that was begun and not sent."""
    name = free_name(period_before(settings.every, site.today), sent.names)
    path = newsletters_in(private) / f"{name}.md"
    if not path.is_file() or not NAME.fullmatch(name):
        return None
    is_untouched = _written_in(path.read_bytes()) == _written_in(
        starting_text(site, settings, name).encode()
    )
    return None if is_untouched else IssueFile(name=name, path=path, is_earlier=True)


def _written_in(text: bytes) -> list[bytes]:
    """The lines that say whether a file was changed since it was created.

    Files from before some parts existed do not name them, and have other notes.
    """
    later = [name.encode() for name in LATER_PARTS]
    return [
        line
        for line in text.splitlines()
        if not line.startswith((b"Title:", b"#")) and line.strip() not in later
    ]


def default_title(site: Site, settings: NewsletterSettings, name: str = "") -> str:
    """The subject of an issue; that of a second one in its period, `2026-12-2`, has a number."""
    known = NAME.fullmatch(name)
    more = f" ({known[4]})" if known and known[4] else ""
    return f"{site.title}, {words_for(settings.every, site.today)}{more}"


def starting_text(site: Site, settings: NewsletterSettings, name: str = "") -> str:
    """The file as it is created, with notes."""
    return "\n".join(_lines(default_title(site, settings, name))) + "\n"


def _lines(title: str) -> Iterator[str]:
    order = list(PARTS)
    yield "# Your newsletter. Lines up here that begin with # are notes; only you see them."
    yield "# Title is the subject of the e-mail."
    yield f"Title: {title}"
    yield f"Greeting: {_GREETING}"
    yield "# The parts in their order. Move lines to change it. To put a post first, or to have an"
    yield "# older post again, add a line with its title."
    yield '# "Last chance" repeats questions that close before the next issue. "You said, we did"'
    yield "# says what was done after a question closed. A part with nothing to show is left out."
    yield f"Order: {order[0]}"
    yield from (f"       {name}" for name in order[1:])
    yield "# Posts and parts to leave out of this issue, each on a line of its own, as above."
    yield "Leave out:"
    yield "# Leave the next line empty. Below it, write your introduction, in Markdown as in posts."
    yield ""


def read_issue(issue: IssueFile, private: Path, report: Report) -> PrivateText:
    """What the councillor wrote; raises `ContentError` if it cannot be read.

    A link or a pipe in its place is refused.
    """
    if issue.path.is_symlink() or not issue.path.is_file():
        raise CommandError(f"{display_path(issue.path)} is not an ordinary file", "Remove it.")
    text = read_private_text(issue.path, issue.file, _KEYS, report)
    if text is None or has_errors(report.problems):
        raise ContentError(report.problems, private)
    for entry in text.all("Title"):
        if len(entry.value) > _LONGEST_TITLE:
            report.stop(
                entry.line,
                f"this title has {len(entry.value):,} characters, and is the subject of an e-mail",
                f"Shorten it to {_LONGEST_TITLE} at most; phones show about 40.",
            )
    return text
