"""Finds passwords in the environment or in the computer's keyring; they are never in a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wardblog.model import MailServer, NewsletterSettings
from wardblog.problems import CommandError, UsageError
from wardblog.support.late_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

MAIL_PASSWORD, NEWSLETTER_KEY = "WARD_MAIL_PASSWORD", "WARD_NEWSLETTER_KEY"
# What the keyring knows them by.
_SERVICE = "wardblog"
# The keyrings of computers. Others could keep a password in an open file.
_KEYRINGS = frozenset(
    f"keyring.backends.{name}"
    for name in ("SecretService", "Windows", "kwallet", "libsecret", "macOS")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordAccount:
    """An account whose password is needed: what the keyring knows it by, and in words.

    `variable` is the environment variable that can have it, and `is_known` whether it is there.
    """

    name: str
    about: str
    variable: str
    is_known: bool


def mail_password(user: str) -> str:
    """The password of a mail account; "" for a server without accounts.

    Raises `UsageError` if there is none.
    """
    return (
        _secret(MAIL_PASSWORD, user, f'the password of the mail account "{user}"') if user else ""
    )


def newsletter_key(service: str) -> str:
    """The key for a newsletter service; raises `UsageError` if there is none."""
    return _secret(NEWSLETTER_KEY, service, f"the key for {service}")


def _secret(variable: str, name: str, what: str) -> str:
    secret = os.environ.get(variable, "").strip("\r\n") or _from_keyring(name)
    if not secret:
        raise UsageError(
            f"There is no {what.removeprefix('the ')}",
            f"Save it in this computer's keyring, with: .venv/bin/keyring set {_SERVICE} "
            f"{name}\n  Or set {variable} in the environment. Never write it into a file here.",
        )
    return secret


def _from_keyring(name: str) -> str:
    try:
        # late import: see docs/architecture.md
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(_SERVICE, name) or ""
    except (KeyringError, RuntimeError, OSError):  # there is no keyring, or it stays locked
        return ""


def accounts_of(
    settings: NewsletterSettings | None, mailboxes: Iterable[MailServer] = ()
) -> list[PasswordAccount]:
    """The accounts that the settings need a password for, each once."""
    found: dict[str, PasswordAccount] = {}
    servers = [settings.outgoing, settings.mailbox] if settings else []
    for user in (one.user for one in (*servers, *mailboxes)):
        if user:
            found[user] = _account(user, f"the mail account “{user}”", MAIL_PASSWORD)
    if settings and settings.via not in ("smtp", "file"):
        found[settings.via] = _account(settings.via, f"the key for {settings.via}", NEWSLETTER_KEY)
    return list(found.values())


def _account(name: str, about: str, variable: str) -> PasswordAccount:
    is_known = bool(os.environ.get(variable, "").strip("\r\n") or _from_keyring(name))
    return PasswordAccount(name=name, about=about, variable=variable, is_known=is_known)


def can_keep() -> bool:
    """Whether this computer has a keyring of its own."""
    return next(_own_keyrings(), None) is not None


def keep(name: str, secret: str) -> None:
    """Keep a password in the computer's keyring; raises `CommandError` if it does not accept it."""
    ring = next(_own_keyrings(), None)
    if ring is None:
        raise CommandError("This computer has no keyring", "The page says how else to give it.")
    try:
        ring.set_password(_SERVICE, name, secret)
    except Exception as error:  # each keyring has errors of its own
        raise CommandError(
            "The keyring did not accept the password", "Unlock it, and try again."
        ) from error


def _own_keyrings() -> Iterator[Any]:
    """The keyrings of this computer that are known to be safe, the preferred one first."""
    try:
        # late import: see docs/architecture.md
        import keyring
    except ImportError:
        return
    chosen = keyring.get_keyring()
    for ring in getattr(chosen, "backends", (chosen,)):
        if type(ring).__module__ in _KEYRINGS:
            yield ring
