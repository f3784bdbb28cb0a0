"""The environment of the commands that the editor starts: only what they need is passed on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from wardblog.preview.editor.desk import Desk
from wardblog.sources.services import REGULAR_SERVICES, SERVICES

# What programs need to find themselves, the person's home, her language, clock and keyring.
_NAMES = frozenset(
    (
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP",
        "TMP", "SOURCE_DATE_EPOCH", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
        "XDG_RUNTIME_DIR", "XDG_STATE_HOME", "DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND",
        # Windows
        "SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA",
        "PROGRAMFILES", "USERPROFILE", "USERNAME", "HOMEDRIVE", "HOMEPATH", "SYSTEMDRIVE",
        # networks with a proxy or certificates of their own
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
        # mirrors of the services that are asked
        *(row.variable for row in (*SERVICES.values(), *REGULAR_SERVICES.values())),
    )
)  # fmt: skip
_BEGINNINGS = ("LC_",)
# What only some commands need, by what they do.
_FOR: Mapping[str, tuple[str, ...]] = {
    "publish": ("AWS_", "GIT_", "SSH_AUTH_SOCK", "RSYNC_RSH"),
    "mail": ("WARD_MAIL_PASSWORD", "WARD_NEWSLETTER_KEY", "WARD_BUTTONDOWN", "WARD_MAILCHIMP"),
    "install": ("PIP_", "VIRTUAL_ENV"),
}


def environment_of(desk: Desk, purpose: str, plugins: Path) -> dict[str, str]:
    """The environment of a command; `purpose` is a name in `_FOR`, or empty.

    The editor's key and token are not in the environment at all.
    """
    own = _FOR.get(purpose, ())
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _NAMES or name.startswith((*_BEGINNINGS, *own))
    }
    return {
        **kept,
        "OUTPUT": str(desk.output),
        "PRIVATE": str(desk.private),
        "PYTHONPATH": str(plugins),
        "PYTHONIOENCODING": "utf-8:backslashreplace",
    }
