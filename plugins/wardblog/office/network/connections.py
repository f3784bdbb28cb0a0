"""What connections to mail servers have in common: the port, the certificate, the errors."""

from __future__ import annotations

import socket
import ssl

from wardblog.model import MailServer
from wardblog.problems import CommandError, UsageError
from wardblog.support.urls import is_this_computer

# Seconds without an answer.
PATIENCE = 60.0
SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}
IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}


def port_of(server: MailServer, usual: dict[str, int]) -> int:
    return server.port or usual[server.tls]


def check_encryption(server: MailServer) -> None:
    """Refuse to send a password or an address where others could read it: raises `UsageError`."""
    if server.tls == "none" and not is_this_computer(server.host):
        raise UsageError(
            f'The connection to {server.host} would not be encrypted (tls = "none")',
            'Write "tls" or "starttls" in ward.toml. Your provider says which.',
        )


def tls_context() -> ssl.SSLContext:
    """Accepts only certificates that this computer trusts, for the right name."""
    return ssl.create_default_context()


def unreachable(server: MailServer, error: Exception) -> CommandError:
    """What to say if there is no connection."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return CommandError(
            f"{server.host} has no certificate that this computer trusts ({error.verify_message})",
            "Nothing was sent to it. Check the name of the server in ward.toml.",
        )
    if isinstance(error, ssl.SSLError):
        return CommandError(
            f"{server.host} does not answer with encryption on this port",
            'Check the port, and whether your provider wants "tls" or "starttls".',
        )
    if isinstance(error, socket.gaierror):
        return CommandError(
            f"There is no server called {server.host}, or this computer is not online",
            "Check the name in ward.toml, and your connection to the internet.",
        )
    return CommandError(
        f"{server.host} does not answer",
        "Check the name and the port in ward.toml, and your connection to the internet.",
    )


def login_refused(server: MailServer) -> CommandError:
    return CommandError(
        f'{server.host} refuses the user "{server.user}" or the password',
        "Some providers want a password made for programs (an app password) instead of your own.",
    )
