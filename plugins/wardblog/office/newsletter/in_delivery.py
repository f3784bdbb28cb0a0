"""Keeps the text of an issue that is being sent, so that everybody receives the same."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from wardblog.office.journal import JOURNAL_ENDING
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.newsletter.periods import NAME
from wardblog.office.newsletter.record import Sent, newsletters_in
from wardblog.problems import CommandError, display_path
from wardblog.support.private_files import private_folder, write_private

_TEXT = ".sending.json"


def keep_text(finished: FinishedIssue, private: Path) -> None:
    """Keep an issue before it is handed to the sender; raises `OSError`."""
    folder = newsletters_in(private)
    private_folder(private, folder)
    text = json.dumps(asdict(finished), indent=1, ensure_ascii=False)
    write_private(folder / f"{finished.name}{_TEXT}", f"{text}\n".encode())


def issue_in_delivery(private: Path, sent: Sent) -> FinishedIssue | None:
    """The issue that has gone to some people and not to all, as they received it, or None.

    A provider may accept no more messages until tomorrow, and then the site has other news. Raises
    `CommandError` if its text was lost.
    """
    folder = newsletters_in(private)
    begun = (path.stem for path in sorted(folder.glob(f"*{JOURNAL_ENDING}")))
    name = next((n for n in begun if NAME.fullmatch(n) and n not in sent.names), "")
    if not name:
        return None
    path = folder / f"{name}{_TEXT}"
    try:
        return FinishedIssue(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise CommandError(
            f"The newsletter {name} was sent to some people, and {display_path(path)}, which has "
            "its text, cannot be read",
            "Restore that file from a backup, so that the others receive the same.",
        ) from None
