"""Opens a folder of a mailbox by IMAP, to be read only, and says what is wrong if it cannot."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from wardblog.model import MailServer
from wardblog.office.network.connections import (
    IMAP_PORTS,
    PATIENCE,
    check_encryption,
    login_refused,
    port_of,
    tls_context,
    unreachable,
)
from wardblog.problems import CommandError

if TYPE_CHECKING:
    from imap_tools import BaseMailBox


@contextmanager
def opened_folder(server: MailServer, password: str, folder: str) -> Iterator[BaseMailBox]:
    """A folder in which nothing can be changed; raises `CommandError`, also for faults later on."""
    # late import: see docs/architecture.md
    from imap_tools import ImapToolsError
    from imap_tools.errors import MailboxLoginError

    check_encryption(server)
    is_open = False
    try:
        box = _connected(server)
        try:
            box.login(server.user, password, initial_folder=None)
            box.folder.set(folder, readonly=True)
            is_open = True
            yield box
            box.logout()
        finally:
            with suppress(OSError):  # it is closed already
                box.client.shutdown()
    except MailboxLoginError:
        raise login_refused(server) from None
    except ImapToolsError as error:
        if is_open:
            raise _stopped(server, folder, error) from None
        raise CommandError(
            f'The folder "{folder}" cannot be read at {server.host}',
            'Check "folder" in ward.toml. The usual one is "INBOX".',
        ) from None
    except (OSError, imaplib.IMAP4.error) as error:
        if is_open:
            raise _stopped(server, folder, error) from None
        raise unreachable(server, error) from None


def _stopped(server: MailServer, folder: str, error: Exception) -> CommandError:
    """What to say if a folder could be opened, and then not be read to its end."""
    is_over = isinstance(error, (OSError, imaplib.IMAP4.abort))
    if is_over:
        return CommandError(
            f'{server.host} stopped answering while the folder "{folder}" was read',
            "Run the same command again.",
        )
    return CommandError(
        f'{server.host} opened the folder "{folder}", and then refused to show what is in it',
        "Run the same command again later. If that does not help, ask your mail provider why.",
    )


def _connected(server: MailServer) -> BaseMailBox:
    # late import: see docs/architecture.md
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    port = port_of(server, IMAP_PORTS)
    if server.tls == "none":
        return MailBoxUnencrypted(server.host, port, timeout=PATIENCE)
    kind = MailBox if server.tls == "tls" else MailBoxStartTls
    return kind(server.host, port, timeout=PATIENCE, ssl_context=tls_context())
