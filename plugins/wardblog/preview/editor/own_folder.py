"""A folder of one editor alone: several may run for the same content at once."""

from __future__ import annotations

import re
import secrets

from wardblog.preview.editor.desk import Desk
from wardblog.support.held_folder import HeldFolder, remove_left
from wardblog.support.private_files import private_folder

_FOLDER = "running"
_NAME = re.compile(r"[0-9a-f]{32}")


class OwnFolder:
    """What this editor keeps only while it runs; nobody else touches its folder meanwhile.

    The folders of editors that were killed are removed when it is made.
    """

    def __init__(self, desk: Desk) -> None:
        parent = desk.folder / _FOLDER
        private_folder(parent)
        remove_left(one for one in list(parent.iterdir()) if _NAME.fullmatch(one.name))
        self._held = HeldFolder(parent / secrets.token_hex(16))
        self.path = self._held.path

    def close(self) -> None:
        """Remove the folder."""
        self._held.remove()
