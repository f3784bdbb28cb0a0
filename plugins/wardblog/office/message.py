"""Writes the messages that are sent, with headers that no server has to change."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import quote

from wardblog.model import NewsletterSettings, Site
from wardblog.model.newsletter import STOP
from wardblog.office.mail_headers import MAIL_POLICY, encoded_header
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.subscribers.address import parse_address
from wardblog.office.subscribers.subscriber import Subscriber
from wardblog.problems import UsageError
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import host_of
from wardblog.views.sharing import mailto

# What stays in an address; other letters would make the header an encoded one.
_AS_IT_IS = "%/:?#[]@!$&'()*+,;=~"
TOKEN = "{token}"  # noqa: S105 - what stands for a token in a text


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSender:
    """Who sends: an address with a name, the site's title and the host of its address."""

    address: str
    name: str
    title: str
    host: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def sender_of(settings: NewsletterSettings, site: Site) -> MailSender:
    """The sender of the newsletter; raises `UsageError` if ward.toml has no usable address."""
    try:
        address = parse_address(settings.address)
    except ParseError as error:
        raise UsageError(
            f'"address" in [newsletter] in ward.toml cannot be used: {error.message}', error.hint
        ) from None
    return MailSender(
        address=address,
        name=" ".join((settings.name or site.title).split()),
        title=" ".join(site.title.split()),
        host=host_of(site.url) or address.rpartition("@")[2],
    )


def issue_digest(finished: FinishedIssue, sender: MailSender) -> str:
    """What changes when anything changes that subscribers receive."""
    parts = (finished.name, finished.subject, finished.html, finished.text, sender.address)
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def newsletter_message(
    finished: FinishedIssue,
    sender: MailSender,
    subscriber: Subscriber,
    unsubscribe: str,
    moment: datetime,
) -> bytes:
    """The message to one subscriber, with CRLF line ends.

    `unsubscribe` is an HTTPS address with `{token}` in it, or "". The same input gives the same
    bytes.
    """
    digest = issue_digest(finished, sender)
    unique = hashlib.sha256(f"{digest}\n{subscriber.token}\n{subscriber.address}".encode())
    message = _message(subscriber.address, moment)
    message["Message-ID"] = f"<{unique.hexdigest()[:32]}@{sender.domain}>"
    message["List-Id"] = f"<newsletter.{sender.host}>"
    _add_unsubscribe(message, sender, subscriber.token, unsubscribe)
    message["Precedence"] = "bulk"
    message.set_content(_for(finished.text, subscriber), cte="quoted-printable")
    message.add_alternative(_for(finished.html, subscriber), subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{digest[:32]}")
    return _as_bytes(message, sender, finished.subject)


def _add_unsubscribe(
    message: EmailMessage, sender: MailSender, token: str, unsubscribe: str
) -> None:
    """One address by mailto (RFC 2369), and one for a single click if there is one (RFC 8058)."""
    ways = [f"<{mailto((sender.address,), STOP, token)}>"]
    if unsubscribe:
        address = quote(unsubscribe.replace(TOKEN, token), safe=_AS_IT_IS)
        ways.insert(0, f"<{address}>")
    message["List-Unsubscribe"] = ", ".join(ways)
    if unsubscribe:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _for(text: str, subscriber: Subscriber) -> str:
    return text.replace(TOKEN, subscriber.token)


def plain_message(
    sender: MailSender,
    recipient: str,
    subject: str,
    text: str,
    moment: datetime,
    answers: str,
    unique: str,
) -> bytes:
    """A message that a program sends as the answer to another, whose Message-ID is `answers`."""
    message = _message(recipient, moment)
    digest = hashlib.sha256(unique.encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{digest}@{sender.domain}>"
    if answers:
        message["In-Reply-To"] = answers
        message["References"] = answers
    message["Auto-Submitted"] = "auto-replied"  # RFC 3834: no program answers it
    message.set_content(text, cte="quoted-printable")
    return _as_bytes(message, sender, subject)


def _message(recipient: str, moment: datetime) -> EmailMessage:
    message = EmailMessage(policy=MAIL_POLICY)
    message["To"] = recipient
    message["Date"] = format_datetime(moment)
    return message


def _as_bytes(message: EmailMessage, sender: MailSender, subject: str) -> bytes:
    """The message with From and Subject, which may hold any letters."""
    name = str(Address(display_name=sender.name)).removesuffix(" <>")
    if not name.isascii():
        name = encoded_header(sender.name, "From")
    head = (
        f"From: {name} <{sender.address}>\r\n"
        f"Subject: {encoded_header(' '.join(subject.split()), 'Subject')}\r\n"
    )
    return head.encode("ascii") + message.as_bytes()
