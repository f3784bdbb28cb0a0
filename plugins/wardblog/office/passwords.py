"""Finds passwords in the environment or in the computer's keyring; they are never in a file."""

from __future__ import annotations

import os

from wardblog.problems import UsageError

MAIL_PASSWORD, NEWSLETTER_KEY = "WARD_MAIL_PASSWORD", "WARD_NEWSLETTER_KEY"
# What the keyring knows them by.
_SERVICE = "wardblog"


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
