"""The preview of an issue: on a phone and on a desktop, in light and dark, and as plain text."""

from __future__ import annotations

from pathlib import Path

from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.newsletter.record import PREVIEW, newsletters_in
from wardblog.office.newsletter.render import MOST_BYTES, template
from wardblog.support.private_files import private_folder, write_private
from wardblog.text.words import sized

_DARK = "@media (prefers-color-scheme: dark)"


def write_preview(finished: FinishedIssue, sender: str, notes: list[str], private: Path) -> Path:
    """Write the preview and return its page; raises `OSError`.

    `issue.html` and `issue.txt` are as they would be sent. In `light.html` and `dark.html` the
    colours do not depend on the computer.
    """
    folder = newsletters_in(private) / PREVIEW
    private_folder(private, folder.parent, folder)
    page = template("preview.html")(
        issue=finished, sender=sender, notes=notes, size=sized(len(finished.html.encode())),
        most=sized(MOST_BYTES),
    )  # fmt: skip
    for name, text in {
        "issue.html": finished.html,
        "issue.txt": finished.text,
        "light.html": in_colours(finished.html, is_dark=False),
        "dark.html": in_colours(finished.html, is_dark=True),
        "index.html": page,
    }.items():
        write_private(folder / name, text.encode())
    return folder / "index.html"


def in_colours(html: str, *, is_dark: bool) -> str:
    """The HTML with its dark colours on any computer, or on none."""
    return html.replace(_DARK, "@media all" if is_dark else "@media not all")
