"""Real mail servers on the loopback: dovecot for mailboxes, aiosmtpd for what is sent."""

from __future__ import annotations

import asyncio
import email
import os
import re
import shutil
import smtplib
import ssl
import subprocess
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from install_programs import find_program
from publish.servers import free_port, running
from wardblog.model import MailServer, NewsletterSettings

DOVECOT = find_program("dovecot")
PASSWORD = "correct-horse"  # noqa: S105 - of servers that run only here
NEWS = "news@ward.example.org"
# Dovecot refuses mailboxes of root.
_NOBODY = 65534

_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {internal}
mail_location = maildir:{folder}/mail/%Lu
first_valid_uid = 1
first_valid_gid = 1
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login
ssl = {ssl}
{certificate}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%Lu allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  # Nobody has to wait after a wrong password.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service lmtp {{
  user = {internal}
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Certificate:
    """A certificate for the loopback that no computer trusts by itself."""

    certificate: Path
    key: Path


def make_certificate(folder: Path) -> Certificate:
    found = Certificate(folder / "cert.pem", folder / "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "3650", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-addext", "basicConstraints=critical,CA:TRUE",
         "-keyout", str(found.key), "-out", str(found.certificate)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return found


@dataclass(frozen=True)
class MailServers:
    """Dovecot's ports and mailboxes."""

    folder: Path
    imap: int
    imaps: int
    lmtp: int

    def deliver(
        self, recipient: str, message: bytes, sender: str = "sender@mail.example.net"
    ) -> None:
        """Put a message into a mailbox as a mail server does; the sender is the envelope's."""
        with smtplib.LMTP("127.0.0.1", self.lmtp) as lmtp:
            lmtp.sendmail(sender, [recipient], message)

    def inbox(self, user: str) -> list[bytes]:
        """The messages of a mailbox as they are on the disk, oldest first."""
        folder = self.folder / "mail" / user.lower()
        paths = [path for name in ("new", "cur") for path in (folder / name).glob("*")]
        return [path.read_bytes() for path in sorted(paths, key=_arrival)]

    def flags(self, user: str) -> list[str]:
        """Where each message is and how it is marked, by Maildir's name for it."""
        folder = self.folder / "mail" / user.lower()
        return sorted(
            path.name.partition(":2,")[2] for name in ("new", "cur")
            for path in (folder / name).glob("*")
        )  # fmt: skip


def _arrival(path: Path) -> tuple[int, ...]:
    """The numbers at the beginning of a name in a Maildir: the second, and M with the fraction."""
    match = re.match(r"(\d+)\.M(\d+)", path.name)
    assert match, path
    return int(match[1]), int(match[2])


@contextmanager
def dovecot(certificate: Certificate | None = None) -> Iterator[MailServers]:
    if DOVECOT is None:
        pytest.skip("dovecot is not installed")
    folder = Path(tempfile.mkdtemp(prefix="ward-mail-"))
    is_root = os.geteuid() == 0
    uid, gid = (_NOBODY, _NOBODY) if is_root else (os.getuid(), os.getgid())
    try:
        folder.chmod(0o755)
        (folder / "mail").mkdir()
        if is_root:
            os.chown(folder / "mail", uid, gid)
        servers = MailServers(folder, free_port(), free_port(), free_port())
        names = (
            subprocess.run(
                ["id", "-un", str(uid)], capture_output=True, text=True, check=True
            ).stdout.strip(),
            subprocess.run(
                ["id", "-gn", str(uid)], capture_output=True, text=True, check=True
            ).stdout.strip(),
        )
        config = folder / "dovecot.conf"
        config.write_text(
            _CONFIG.format(
                folder=folder,
                internal=names[0],
                group=names[1],
                password=PASSWORD,
                uid=uid,
                gid=gid,
                imap=servers.imap,
                imaps=servers.imaps if certificate else 0,
                lmtp=servers.lmtp,
                ssl="yes" if certificate else "no",
                certificate=f"ssl_cert = <{certificate.certificate}\nssl_key = <{certificate.key}"
                if certificate
                else "",
            )
        )
        with running([DOVECOT, "-F", "-c", str(config)], servers.imap):
            yield servers
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class SentMail:
    """A message that our server accepted."""

    sender: str
    recipient: str
    data: bytes
    is_encrypted: bool

    @property
    def message(self) -> EmailMessage:
        from email.policy import default

        parsed = email.message_from_bytes(self.data, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed


# What to do with a recipient: the answer to RCPT, or "" to accept.
Refusal = Callable[[str], str]


def _cut(server: SMTP) -> None:
    """End the connection without a word."""
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


@dataclass
class Outbox:
    """A server that sends: it records what it accepts, and passes it on if it is told to whom."""

    onward: MailServers | None = None
    sent: list[SentMail] = field(default_factory=list)
    refuse: Refusal = lambda _: ""
    answer_to_data: Refusal = lambda _: ""
    logins: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        del session
        if answer := self.refuse(address):
            if answer == "drop":
                _cut(server)
                return "421 gone"
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd names it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        data = envelope.original_content or b""
        (recipient,) = envelope.rcpt_tos
        answer = self.answer_to_data(recipient)
        del session
        assert server.transport is not None
        is_encrypted = server.transport.get_extra_info("ssl_object") is not None
        if answer and answer != "accept and drop":
            return answer
        with self.lock:
            self.sent.append(SentMail(envelope.mail_from or "", recipient, data, is_encrypted))
        if self.onward is not None:
            self.onward.deliver(recipient, data, envelope.mail_from or "")
        if answer:
            _cut(server)
        return "250 accepted"

    def login(self, *words: object) -> AuthResult:
        """What aiosmtpd calls with the session, the mechanism and, last, the login."""
        data = words[-1]
        assert isinstance(data, LoginPassword)
        user, password = data.login.decode(), data.password.decode()
        self.logins.append((user, password))
        return AuthResult(success=password == PASSWORD, handled=False)

    @property
    def counts(self) -> Counter[str]:
        """How many messages each recipient got."""
        return Counter(mail.recipient for mail in self.sent)


@contextmanager
def outbox(
    onward: MailServers | None = None, tls: str = "none", certificate: Certificate | None = None
) -> Iterator[Outbox]:
    found = Outbox(onward)
    context = None
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate.certificate, certificate.key)
    controller = Controller(
        found,
        hostname="127.0.0.1",
        port=free_port(),
        ssl_context=context if tls == "tls" else None,
        tls_context=context if tls == "starttls" else None,
        require_starttls=tls == "starttls",
        authenticator=found.login,
        auth_required=False,
        auth_require_tls=tls == "starttls",
        decode_data=False,
        data_size_limit=None,
        server_hostname="localhost",
    )
    controller.start()
    found.port = controller.port
    try:
        yield found
    finally:
        controller.stop()


def settings_for(
    outbox: Outbox, servers: MailServers | None = None, **changes: object
) -> NewsletterSettings:
    """The settings of a councillor whose account is on these servers."""
    from dataclasses import replace

    found = NewsletterSettings(
        address=NEWS,
        name="Your ward councillors",
        via="smtp",
        outgoing=MailServer(host="127.0.0.1", port=outbox.port, tls="none"),
        mailbox=MailServer(host="127.0.0.1", port=servers.imap, tls="none", user=NEWS)
        if servers
        else MailServer(),
        per_minute=1000,
    )
    return replace(found, **changes)  # type: ignore[arg-type] # fields by their names
