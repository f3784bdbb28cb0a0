"""What a publish would do: the new site compared with the one that residents see."""

from __future__ import annotations

import filecmp
import os
from dataclasses import dataclass
from pathlib import Path

from wardblog.words import counted


@dataclass(frozen=True, slots=True)
class Plan:
    """Paths from the site's root on, each in one of the lists."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    same: tuple[str, ...]

    @property
    def sentence(self) -> str:
        total = len(self.new) + len(self.changed) + len(self.same)
        return (
            f"{counted(total, 'file')}: {len(self.new):,} new, {len(self.changed):,} changed, "
            f"{len(self.gone):,} gone"
        )

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.gone)

    def lines(self, most: int = 40) -> list[str]:
        """One line for each file that would be touched, shortened where there are many."""
        told = [f"  {sign} {path}" for sign, path in self._signed()]
        rest = len(told) - most
        return told if rest <= 0 else [*told[:most], f"  and {rest:,} more"]

    def _signed(self) -> list[tuple[str, str]]:
        signed = [("new    ", p) for p in self.new]
        signed += [("changed", p) for p in self.changed]
        return signed + [("gone   ", p) for p in self.gone]


def files_below(folder: Path) -> set[str]:
    """Paths of the files that residents can ask for; hidden ones are the software's own."""
    found: set[str] = set()
    for parent, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        below = Path(parent).relative_to(folder)
        found.update((below / n).as_posix() for n in names if not n.startswith("."))
    return found


def compare(site: Path, live: Path) -> Plan:
    """Compares two folders by the bytes of their files; `live` need not exist."""
    wanted = files_below(site)
    there = files_below(live) if live.is_dir() else set()
    both = sorted(wanted & there)
    filecmp.clear_cache()
    changed = [p for p in both if not filecmp.cmp(site / p, live / p, shallow=False)]
    same = set(both) - set(changed)
    return Plan(
        tuple(sorted(wanted - there)),
        tuple(changed),
        tuple(sorted(there - wanted)),
        tuple(sorted(same)),
    )
