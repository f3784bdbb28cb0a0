"""Tables that may be open in a spreadsheet program while a command changes them."""

from __future__ import annotations

from pathlib import Path

from wardblog.problems import CommandError, display_path

# The files that these programs put beside one that is open.
_OPEN_IN = {".~lock.{}#": "LibreOffice", "~${}": "Excel"}


def refuse_if_open(path: Path) -> None:
    """Raise `CommandError` if a program has the file open: it would undo a change."""
    for form, program in _OPEN_IN.items():
        mark = path.with_name(form.format(path.name))
        if mark.exists():
            raise CommandError(
                f"{display_path(path)} is open in {program}, and was left as it is",
                "Save and close it there, and run this again. If it is not open, delete the file "
                f"{mark.name} beside it.",
            )
