"""An issue as files for other mail programs: a message (RFC 5322), and a web page."""

from __future__ import annotations

from datetime import datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

from wardblog.model import NewsletterSettings, Site
from wardblog.model.events import LONDON
from wardblog.model.newsletter import STOP
from wardblog.office.mail_headers import MAIL_POLICY, encoded_header
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.newsletter.record import newsletters_in
from wardblog.office.newsletter.view import stop_address
from wardblog.support.private_files import private_folder, write_private
from wardblog.views.sharing import mailto


def write_mail_files(
    finished: FinishedIssue, settings: NewsletterSettings, site: Site, private: Path
) -> tuple[Path, Path]:
    """Write `2026-12.eml` and `2026-12.html`; raises `OSError`."""
    private_folder(private, newsletters_in(private))
    message, page = mail_files(finished.name, private)
    write_private(message, message_bytes(finished, settings, site))
    write_private(page, finished.html.encode())
    return message, page


def mail_files(name: str, private: Path) -> tuple[Path, Path]:
    """Where the message and the page of an issue are, with `via = "file"`."""
    folder = newsletters_in(private)
    return folder / f"{name}.eml", folder / f"{name}.html"


def remove_mail_files(finished: FinishedIssue, private: Path) -> None:
    """Remove what was written while [newsletter] had other settings; raises `OSError`."""
    for path in mail_files(finished.name, private):
        path.unlink(missing_ok=True)


def message_bytes(finished: FinishedIssue, settings: NewsletterSettings, site: Site) -> bytes:
    """The message, without a recipient; the same bytes for the same issue."""
    message = EmailMessage(policy=MAIL_POLICY)
    if settings.address:
        message["From"] = Address(settings.name or site.title, addr_spec=settings.address)
    message["Date"] = datetime.combine(site.today, time(), LONDON)
    message["List-Unsubscribe"] = f"<{mailto((stop_address(site, settings),), STOP)}>"
    # Outlook opens the file as a draft that can be sent.
    message["X-Unsent"] = "1"
    message.set_content(finished.text, cte="quoted-printable")
    message.add_alternative(finished.html, subtype="html", cte="quoted-printable")
    message.set_boundary(sha256(f"{finished.text}{finished.html}".encode()).hexdigest()[:40])
    subject = encoded_header(finished.subject, "Subject")
    return f"Subject: {subject}\r\n".encode("ascii") + message.as_bytes()
