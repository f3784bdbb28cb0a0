"""A councillor's desk for the tests of casework: a content folder, a private one, and commands."""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from support import TODAY, WARD, run, run_here, write_files, write_site
from wardblog.model.events import LONDON

HEADER = "id,opened,issue,street,status,next,due,reference,closed,note"
# The columns that a councillor may add, each with somebody who must never be shown.
PEOPLE = {
    "Name": "Canary Nightingale",
    "E-mail": "canary.nightingale@example.net",
    "Phone": "07700 900461",
    "Address": "46 Canaryfinch Road",
    "Reported by": "Canary Goldfinch",
    "GP": "Dr Canary Bullfinch",
}
CANARIES = ("anary", "900461", "ightingale", "finch")
GAZETTEER = (
    "kind,name,lat,lon\n"
    "street,Eland Road,51.4652,-0.1609\n"
    "street,Gideon Road,51.4668,-0.1583\n"
    "street,Lavender Hill,51.4663,-0.1599\n"
)
WITH_STREETS = (
    WARD + '\n[map]\ngazetteer = "data/gazetteer.csv"\ngazetteer_attribution = "Names: a sketch"\n'
)


@dataclass(frozen=True)
class CaseDesk:
    """The folders in which a councillor runs commands."""

    folder: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def private(self) -> Path:
        return self.folder / "private"

    @property
    def casework(self) -> Path:
        return self.private / "casework.csv"

    def write(self, text: str | bytes) -> None:
        write_files(self.private, {"casework.csv": text})

    def run(self, *words: str, day: date = TODAY) -> subprocess.CompletedProcess[str]:
        """A command on some day, without a terminal."""
        place = ("--content", str(self.content))
        return run_here(*words, *place, cwd=self.folder, SOURCE_DATE_EPOCH=_seconds(day))

    def at_terminal(self, answers: str, *words: str) -> subprocess.CompletedProcess[str]:
        controller, terminal = pty.openpty()
        try:
            os.write(controller, answers.encode())
            return run(*words, "--content", str(self.content), cwd=self.folder, stdin=terminal)
        finally:
            os.close(controller)
            os.close(terminal)


def _seconds(day: date) -> str:
    """Ten in the morning of a day in the ward."""
    return str(int(datetime.combine(day, time(10), LONDON).timestamp()))


def desk_in(folder: Path, files: Mapping[str, str | bytes] | None = None) -> CaseDesk:
    write_site(folder / "content", {"ward.toml": WITH_STREETS, "data/gazetteer.csv": GAZETTEER}
               | dict(files or {}))  # fmt: skip
    return CaseDesk(folder)


def everything_in(folder: Path) -> bytes:
    """All bytes of all files below a folder."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
