"""The sending of an issue as it is shown before it happens, and exactly that sending later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.model import NewsletterSettings, Site
from wardblog.model.digests import Digests
from wardblog.office.sending import send
from wardblog.problems import changed_since_shown
from wardblog.support.late_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from wardblog.office.newsletter.finished import FinishedIssue
    from wardblog.support.progress_bar import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSending:
    """What would be asked before an issue is sent.

    `lines` say to how many people it goes, and how; `question` is how the question ends. Both the
    digest and the question are empty if nobody is left to send it to.
    """

    digest: str
    subject: str
    lines: tuple[str, ...]
    question: str = ""


class _AskedError(Exception):
    """Stops at the question; its text is how that ends."""


def show_sending(
    finished: FinishedIssue, settings: NewsletterSettings, site: Site, private: Path, watch: Watch
) -> ShownSending:
    """Do all that comes before the question, such as reading who asked to stop.

    Nothing is sent. Raises `CommandError`.
    """
    lines: list[str] = []

    def stop(question: str) -> bool:
        raise _AskedError(question)

    try:
        send(finished, settings, site, private, stop, lines.append, watch)
    except _AskedError as asked:
        question = str(asked)
        digest = _digest(finished, settings, lines, question)
        return ShownSending(
            digest=digest, subject=finished.subject, lines=tuple(lines), question=question
        )
    return ShownSending(digest="", subject=finished.subject, lines=tuple(lines))


def send_as_shown(
    finished: FinishedIssue,
    settings: NewsletterSettings,
    site: Site,
    private: Path,
    expected: str,
    say: Callable[[str], None],
    watch: Watch,
) -> None:
    """Send an issue, if the question would be the one that was shown with the digest `expected`.

    Raises `CommandError` for any other issue, sender or number of people; nothing was sent then.
    """
    lines: list[str] = []

    def note(line: str) -> None:
        lines.append(line)
        say(line)

    def agree(question: str) -> bool:
        if _digest(finished, settings, lines, question) != expected:
            raise changed_since_shown("sent")
        return True

    send(finished, settings, site, private, agree, note, watch)


def _digest(
    finished: FinishedIssue, settings: NewsletterSettings, lines: list[str], question: str
) -> str:
    """The sentence before the question says how many people, from whom and through whom."""
    return Digests().of(finished, settings, lines[-1:], question).hex()
