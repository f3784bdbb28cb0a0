"""The output folder: a file is replaced only when its bytes change, and never half-written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

MANIFEST = ".wardblog.json"


@dataclass
class OutputFolder:
    """Writes files below one folder, and remembers which, so that the rest can be taken away."""

    root: Path
    written: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)

    def write(self, path: str, content: bytes) -> None:
        """Puts a file in place by rename; one that has these bytes already stays as it is."""
        target = self.root / path
        self.written.add(path)
        if _has(target, content):
            return
        self.changed.add(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")
        beside.write_bytes(content)
        beside.replace(target)

    def keep(self, paths: Iterable[str]) -> None:
        """Files that Pelican itself copies."""
        self.written.update(paths)

    def finish(self) -> list[str]:
        """Removes what an earlier build wrote and this one did not; returns those paths.

        Only files that the manifest names are ever removed.
        """
        gone = [path for path in self._before() if path not in self.written]
        for path in gone:
            (self.root / path).unlink(missing_ok=True)
            self._remove_empty_folders((self.root / path).parent)
        # A file that Pelican was to copy but that an ignore rule left out is not there.
        present = sorted(p for p in self.written if (self.root / p).is_file())
        self.write(MANIFEST, (json.dumps(present, indent=0) + "\n").encode())
        self.changed.discard(MANIFEST)
        return gone

    def _before(self) -> list[str]:
        try:
            manifest = json.loads((self.root / MANIFEST).read_bytes())
        except (OSError, ValueError):
            return []
        names = [n for n in manifest if isinstance(n, str)] if isinstance(manifest, list) else []
        return [n for n in names if not Path(n).is_absolute() and ".." not in Path(n).parts]

    def _remove_empty_folders(self, folder: Path) -> None:
        while folder != self.root and self.root in folder.parents:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def _has(path: Path, content: bytes) -> bool:
    try:
        if path.stat().st_size != len(content):
            return False
        return path.read_bytes() == content
    except OSError:
        return False
