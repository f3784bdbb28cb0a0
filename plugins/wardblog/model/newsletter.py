"""The settings of the e-mail newsletter, and the words by which residents join and leave it."""

from __future__ import annotations

from wardblog.support.late_dataclass import dataclass

# How a connection to a mail server is encrypted: from its first byte, or from a command on.
ENCRYPTION = ("tls", "starttls", "none")
# The subjects of the messages that residents send; `views/sharing.py` makes links with them.
JOIN, STOP = "Join the newsletter", "Stop the newsletter"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server and the account on it; a `port` of 0 is the usual one for `tls`.

    `tls` is one of `ENCRYPTION`. The password is never a setting.
    """

    host: str = ""
    port: int = 0
    tls: str = "tls"
    user: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterSettings:
    """How the newsletter is made and sent: [newsletter] in ward.toml.

    `address` is both the sender and where residents write to join and leave; `name` is shown with
    it. `every` is "month" or "week", and `via` one of "smtp", "file" or a service. `outgoing` sends
    and `mailbox`, read by IMAP, receives; `folder` is a folder of it. `per_minute` is how many
    messages the provider accepts in a minute. `unsubscribe` is an HTTPS address that accepts a
    one-click request to stop, if there is one; `{token}` in it stands for the subscriber's token.
    `server` and `audience` name the account of a service and the list there. `pictures` is whether
    messages show pictures from the site. `line` is that of the heading in ward.toml.
    """

    address: str = ""
    name: str = ""
    every: str = "month"
    via: str = "file"
    outgoing: MailServer = MailServer()
    mailbox: MailServer = MailServer()
    folder: str = "INBOX"
    per_minute: int = 20
    unsubscribe: str = ""
    server: str = ""
    audience: str = ""
    pictures: bool = False
    line: int = 1

    @property
    def joins_by_mail(self) -> bool:
        """Whether residents join and leave by writing to `address`; a service has its own form.

        Only if the software reads that mailbox: otherwise a request to stop could be overlooked.
        """
        return bool(self.address and self.mailbox.host) and self.via in ("smtp", "file")
