"""What the editor says when the disk refuses something: what happened, and what to do about it."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from wardblog.problems import CommandError, display_path

_FULL = frozenset((errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)))
_MAKE_ROOM = (
    "The disk is full",
    "Delete something that you no longer need from this computer, then try again.",
)
_NOT_ALLOWED = (
    "{file} may not be read or changed by the editor",
    "See who may read and change it, and whether another program has it open. Then try again.",
)
_TOO_MANY_OPEN = (
    "Too many files are open on this computer",
    "Close other programs. Then try again.",
)
# The sentence and the remedy for each error; `{file}` is the file that it is about.
_SAID: Mapping[int, tuple[str, str]] = {
    **dict.fromkeys(_FULL, _MAKE_ROOM),
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EMFILE: _TOO_MANY_OPEN,
    errno.ENFILE: _TOO_MANY_OPEN,
    errno.EFBIG: ("The file is too large for this disk", "Split it into several, and try again."),
    errno.ENAMETOOLONG: ("The name of a file is too long for this disk", "Choose a shorter name."),
    errno.ENOENT: ("{file} does not exist", "Reload the page, and try again."),
    errno.EROFS: (
        "This disk can be read, but nothing can be written to it",
        "Remove the lock of the card or stick, or move the folder to another disk.",
    ),
}


class FullDiskError(CommandError):
    """Nothing more can be written until there is room on the disk."""


def disk_error(error: OSError, outcome: str = "", first: str = "") -> CommandError:
    """What to say of an error; `outcome` follows its sentence, and the remedy follows `first`."""
    known = error.errno if error.errno is not None else 0
    sentence, remedy = _SAID.get(known, ("{file} cannot be used ({why})", "Try again."))
    message = sentence.format(file=_file_of(error), why=error.strerror or error)
    kind = FullDiskError if known in _FULL else CommandError
    return kind(f"{message}. {outcome}" if outcome else message, f"{first} {remedy}".strip())


def _file_of(error: OSError) -> str:
    """The file as people know it; those that are made on the way to it have no such name."""
    path = error.filename2 or error.filename  # the second is the one that was to be replaced
    name = display_path(Path(path)) if isinstance(path, str | Path) else ""
    is_ours = any(part.startswith(".") for part in Path(name).parts)
    return name if name and not is_ours else "A file or folder"
