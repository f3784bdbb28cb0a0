"""What a leaflet costs: seconds from the words to both PDF files, and their bytes."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from office.leaflets import EIGHT, leaflet_of, poster_of, sample_site
from wardblog.office.leaflet.make import MadeLeaflet
from wardblog.office.leaflet.papers import LEAFLET_SIZES


def main(pairs: int) -> None:
    """Leaflets of eight posts and a poster, without reading the site."""
    sample_site()
    for size in LEAFLET_SIZES:
        _measure(f"leaflet of 8 posts, {size}", partial(_leaflet, size), pairs)
    _measure("poster, A4", _poster, pairs)


def _leaflet(size: str, folder: Path) -> MadeLeaflet:
    return leaflet_of(folder, ",".join(EIGHT), size)


def _poster(folder: Path) -> MadeLeaflet:
    return poster_of(folder, "Ward surgery")


def _measure(what: str, make: Callable[[Path], MadeLeaflet], times: int) -> None:
    """The first turn loads the libraries, as each run of the command does."""
    taken = []
    with tempfile.TemporaryDirectory() as name:
        for _ in range(times):
            start = time.perf_counter()
            made = make(Path(name))
            taken.append(time.perf_counter() - start)
        sizes = [path.stat().st_size / 1000 for path in (made.printer, made.screen)]
    print(
        f"{what}: first {taken[0]:.2f} s, then {statistics.median(taken[1:] or taken):.2f} s; "
        f"for the printer {sizes[0]:,.0f} kB, for the screen {sizes[1]:,.0f} kB"
    )
