"""Remembers which messages were dealt with, without saying what was in them."""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import field
from datetime import datetime
from pathlib import Path

from wardblog.office.subscribers.address import address_key
from wardblog.office.subscribers.mail import ReceivedMail
from wardblog.problems import CommandError, display_path
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder, write_private

_FILE = "mailbox.json"


@dataclass(slots=True, kw_only=True)
class MailMemory:
    """What private/mailbox.json holds: digests of messages and of forgotten addresses.

    Nobody can tell an address from its digest without `key`, and nobody can list the addresses with
    it. `validity` and `last` are where reading goes on: the UIDVALIDITY of the folder (RFC 9051,
    2.3.1.1) and the last UID up to which all messages were dealt with.
    """

    key: str = field(default_factory=lambda: secrets.token_hex(32))
    validity: int = 0
    last: int = 0
    handled: dict[str, str] = field(default_factory=dict)
    forgotten: dict[str, str] = field(default_factory=dict)

    def is_handled(self, mail: ReceivedMail) -> bool:
        return self._digest(mail.identity) in self.handled

    def handle(self, mail: ReceivedMail) -> None:
        """Remember that a message was dealt with."""
        self.handled[self._digest(mail.identity)] = mail.received.date().isoformat()

    def forget(self, address: str, moment: datetime) -> None:
        """Ignore the messages that an address sent before this moment."""
        self.forgotten[self._digest(address_key(address))] = moment.isoformat()

    def forgotten_at(self, address: str) -> datetime | None:
        """When an address asked to be forgotten, if it did."""
        moment = self.forgotten.get(self._digest(address_key(address)))
        return datetime.fromisoformat(moment) if moment else None

    def _digest(self, words: str) -> str:
        return hmac.digest(bytes.fromhex(self.key), words.encode(), "sha256").hex()[:32]


def load_memory(private: Path) -> MailMemory:
    """Return what is remembered; raises `CommandError` if the file is damaged."""
    path = private / _FILE
    try:
        values = json.loads(path.read_bytes())
        bytes.fromhex(values["key"])
        return MailMemory(**values)
    except FileNotFoundError:
        return MailMemory()
    except (ValueError, TypeError, KeyError):
        raise CommandError(
            f"{display_path(path)} is damaged",
            "Bring it back from a backup. If there is none, delete it: all messages in the mailbox "
            "are then read again, also those of people who asked to be forgotten.",
        ) from None


def save_memory(private: Path, memory: MailMemory) -> None:
    """Replace the file atomically."""
    private_folder(private)
    values = {name: getattr(memory, name) for name in MailMemory.__dataclass_fields__}
    write_private(private / _FILE, json.dumps(values, indent=1).encode())
