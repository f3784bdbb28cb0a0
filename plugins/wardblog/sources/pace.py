"""Keeps to the pace that a service asks for, also from one run of a command to the next."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path

from wardblog.sources.services import Service
from wardblog.support.private_files import private_folder, write_private


class Pace:
    """When each service was last asked; in a private file, if there is one.

    A file that cannot be read or written does no harm: the pace is then kept within one run.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._asked: dict[str, float] = {}
        if path is not None:
            with suppress(OSError, ValueError, AttributeError, TypeError):
                read = json.loads(path.read_bytes())
                self._asked = {str(host): float(moment) for host, moment in read.items()}

    def seconds_until(self, service: Service) -> float:
        """The seconds until the service may be asked again; 0 if it may be asked now."""
        last = self._asked.get(service.host)
        if last is None or not service.pace:
            return 0.0
        passed = time.time() - last
        # A clock that was set back makes nobody wait for longer.
        return max(service.pace - passed, 0.0) if passed >= 0 else service.pace

    def note(self, service: Service) -> None:
        """Remember that the service was asked just now."""
        if not service.pace:
            return
        self._asked[service.host] = time.time()
        if self._path is not None:
            with suppress(OSError):
                private_folder(self._path.parent)
                write_private(self._path, json.dumps(self._asked, sort_keys=True).encode())
