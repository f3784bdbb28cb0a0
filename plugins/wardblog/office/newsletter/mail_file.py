"""An issue as files for other mail programs: a message (RFC 5322), and a web page."""

from __future__ import annotations

from datetime import datetime, time
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path

from wardblog.model import NewsletterSettings, Site
from wardblog.model.events import LONDON
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.newsletter.record import newsletters_in
from wardblog.office.newsletter.view import stop_address
from wardblog.support.private_files import private_folder, write_private
from wardblog.text.mail_requests import STOP
from wardblog.views.sharing import mailto

# A long header in several lines, or encoded, is not understood everywhere (RFC 8058).
POLICY = SMTP.clone(max_line_length=998)
_LONGEST_WORD = 75


def write_mail_files(
    finished: FinishedIssue, settings: NewsletterSettings, site: Site, private: Path
) -> tuple[Path, Path]:
    """Write `2026-12.eml` and `2026-12.html`; raises `OSError`."""
    folder = newsletters_in(private)
    private_folder(private, folder)
    message, page = (folder / f"{finished.name}{ending}" for ending in (".eml", ".html"))
    write_private(message, message_bytes(finished, settings, site))
    write_private(page, finished.html.encode())
    return message, page


def message_bytes(finished: FinishedIssue, settings: NewsletterSettings, site: Site) -> bytes:
    """The message, without a recipient; the same bytes for the same issue."""
    message = EmailMessage(policy=POLICY)
    if settings.address:
        message["From"] = Address(settings.name or site.title, addr_spec=settings.address)
    message["Date"] = datetime.combine(site.today, time(), LONDON)
    message["List-Unsubscribe"] = f"<{mailto((stop_address(site, settings),), STOP)}>"
    # Outlook opens the file as a draft that can be sent.
    message["X-Unsent"] = "1"
    message.set_content(finished.text, cte="quoted-printable")
    message.add_alternative(finished.html, subtype="html", cte="quoted-printable")
    message.set_boundary(sha256(f"{finished.text}{finished.html}".encode()).hexdigest()[:40])
    return subject_line(finished.subject) + message.as_bytes()


def subject_line(subject: str) -> bytes:
    """The header, encoded in words of at most 75 characters (RFC 2047, section 2).

    A message with `POLICY` would make one long word, which some programs show as it is; and with
    shorter lines Python 3.11 writes parts of a long subject twice.
    """
    is_plain = subject.isascii() and subject.isprintable()
    header = Header(
        subject, "us-ascii" if is_plain else "utf-8", _LONGEST_WORD, header_name="Subject"
    )
    return b"Subject: %s\r\n" % header.encode(linesep="\r\n").encode("ascii")
