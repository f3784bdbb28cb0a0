"""Sends messages through the councillor's own mail account, one by one (RFC 5321)."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from enum import Enum, auto

from wardblog.model import MailServer
from wardblog.office.network.connections import (
    PATIENCE,
    SMTP_PORTS,
    check_encryption,
    login_refused,
    port_of,
    tls_context,
    unreachable,
)
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass

# A server may take ten minutes to accept a message (RFC 5321, 4.5.3.2.6).
_LAST_PATIENCE = 600.0
# The name in EHLO: that of this computer is nobody's business.
_OUR_NAME = "[127.0.0.1]"
_LONGEST_REASON = 200
# An enhanced status code (RFC 3463) after the reply code: about policy, or about limits of ours.
_ABOUT_US = re.compile(r"5\.7\.\d+|5\.4\.[56]")
_LOGIN_FIRST = (530, 535)


class DeliveryResult(Enum):
    """What happened to a message.

    `REFUSED`: the address does not work. `LATER`: not accepted now, or for a reason that may be
    ours. `NOT_SENT`: the connection ended before the message was handed over. `UNKNOWN`: it ended
    while the server had the message. `REJECTED`: the server refuses us, whoever the recipient is.
    """

    SENT = auto()
    REFUSED = auto()
    LATER = auto()
    NOT_SENT = auto()
    UNKNOWN = auto()
    REJECTED = auto()


@dataclass(frozen=True, slots=True)
class Delivery:
    """The result, and what the server said about it."""

    result: DeliveryResult
    reason: str = ""


class SmtpAccount:
    """A connection to the server that sends, which is made again after it was lost."""

    def __init__(self, server: MailServer, password: str) -> None:
        check_encryption(server)
        self._server, self._password = server, password
        self._smtp: smtplib.SMTP | None = None

    def connect(self) -> None:
        """Connect and log in, unless that is done; raises `CommandError`."""
        if self._smtp is not None:
            return
        smtp: smtplib.SMTP | None = None
        try:
            smtp = self._opened()
            if self._server.user:
                smtp.login(self._server.user, self._password)
            self._smtp = smtp
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
            raise login_refused(self._server) from None
        except (OSError, smtplib.SMTPException) as error:
            raise unreachable(self._server, error) from None
        except UnicodeError:
            raise login_refused(self._server) from None
        finally:
            if self._smtp is None and smtp is not None:
                smtp.close()

    def _opened(self) -> smtplib.SMTP:
        server, port = self._server, port_of(self._server, SMTP_PORTS)
        if server.tls == "tls":
            return smtplib.SMTP_SSL(
                server.host, port, _OUR_NAME, timeout=PATIENCE, context=tls_context()
            )
        smtp = smtplib.SMTP(server.host, port, _OUR_NAME, timeout=PATIENCE)
        if server.tls == "starttls":
            try:
                smtp.starttls(context=tls_context())
            except (OSError, smtplib.SMTPException) as error:
                smtp.close()
                if isinstance(error, smtplib.SMTPException):
                    raise ssl.SSLError("no STARTTLS") from None
                raise
        return smtp

    def send(self, sender: str, recipient: str, message: bytes) -> Delivery:
        """Send one message with CRLF line ends; raises `CommandError` if there is no connection."""
        self.connect()
        smtp = self._smtp
        assert smtp is not None  # noqa: S101 - connect() makes it
        try:
            refused = _announced(smtp, sender, recipient)
        except (OSError, smtplib.SMTPException):
            self.close()
            return Delivery(DeliveryResult.NOT_SENT, "the connection was lost")
        if refused is not None:
            self._reset(refused)
            return refused
        try:
            delivery = _handed_over(smtp, message)
        except (OSError, smtplib.SMTPException):
            self.close()
            return Delivery(
                DeliveryResult.UNKNOWN, "the connection was lost before the server answered"
            )
        self._reset(delivery)
        return delivery

    def _reset(self, delivery: Delivery) -> None:
        """Start again after a refusal; a server that says goodbye (421) is left."""
        if delivery.result is DeliveryResult.SENT or self._smtp is None:
            return
        if delivery.reason.startswith("421"):
            self.close()
            return
        try:
            self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def close(self) -> None:
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None


def _announced(smtp: smtplib.SMTP, sender: str, recipient: str) -> Delivery | None:
    """Name the sender and the recipient; returns the refusal, if there is one."""
    smtp.ehlo_or_helo_if_needed()
    code, words = smtp.mail(sender)
    if code != 250:
        return _refusal(code, words, DeliveryResult.REJECTED)
    code, words = smtp.rcpt(recipient)
    if code not in (250, 251):
        return _refusal(code, words, _permanent(code, words))
    code, words = smtp.docmd("DATA")
    return None if code == 354 else _refusal(code, words, DeliveryResult.LATER)


def _permanent(code: int, words: bytes) -> DeliveryResult:
    """What a refusal of a recipient for good (5xx) means."""
    if code in _LOGIN_FIRST:
        return DeliveryResult.REJECTED
    return DeliveryResult.LATER if _ABOUT_US.match(_text(words)) else DeliveryResult.REFUSED


def _handed_over(smtp: smtplib.SMTP, message: bytes) -> Delivery:
    ending = b"" if message.endswith(b"\r\n") else b"\r\n"
    smtp.send(re.sub(rb"(?m)^\.", b"..", message) + ending + b".\r\n")
    if smtp.sock is not None:
        smtp.sock.settimeout(_LAST_PATIENCE)
    code, words = smtp.getreply()
    if smtp.sock is not None:
        smtp.sock.settimeout(PATIENCE)
    if 200 <= code < 300:
        return Delivery(DeliveryResult.SENT)
    return _refusal(code, words, DeliveryResult.LATER)


def _refusal(code: int, words: bytes, permanent: DeliveryResult) -> Delivery:
    """A refusal for good (5xx), or for now."""
    result = permanent if 500 <= code < 600 else DeliveryResult.LATER
    if code < 0:
        raise smtplib.SMTPServerDisconnected
    return Delivery(result, f"{code} {_text(words)}"[:_LONGEST_REASON])


def _text(words: bytes) -> str:
    text = words.decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def send_one(account: SmtpAccount, sender: str, recipient: str, message: bytes) -> None:
    """Send a single message; raises `CommandError` unless the server accepted it."""
    delivery = account.send(sender, recipient, message)
    if delivery.result is not DeliveryResult.SENT:
        raise CommandError(f"A message was not accepted: {delivery.reason}")
