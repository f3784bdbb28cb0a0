"""How long it takes to bring in what others publish about a ward, once it has been fetched.

1,000 applications are parsed, cut to the ward, checked for people and written as a data set. The
peer does only what Python's own `json` and `csv` do with them: parse, and write the same columns.
"""

from __future__ import annotations

import csv
import io
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sources.regular_server import planit_answer, planit_record
from support import SQUARE, TODAY, WARD, read_fine
from wardblog.content.replace_files import NewFile, replace_files
from wardblog.content.tables.fetched_lists import APPLICATIONS
from wardblog.model import DataSource, Site
from wardblog.sources.regular import planit
from wardblog.sources.regular.data_sets import csv_bytes, refuse_unreadable

COUNT, LIMIT = 1_000, 1.0
_WORKS = (
    "Erection of a single-storey rear extension",
    "Loft conversion with rear dormer and two rooflights to the front",
    "Change of use from shop (Class E) to café with new shopfront and awning",
    "Demolition of garages and erection of a three-storey building with 12 flats",
    "Works to two lime trees (T1, T2): crown reduction by two metres",
    "Details of conditions 3 (materials) and 4 (drainage) of permission 2024/{}",
    "Replacement of windows and doors at first-floor level; new bin store",
)
_STREETS = ("Eland Road", "Heathwall Street", "Dorothy Road", "Lavender Hill", "Taybridge Street")


def records(chance: random.Random) -> list[dict[str, Any]]:
    """As many applications as a busy ward has in a year; a tenth are outside of it."""
    found = []
    for number in range(COUNT):
        outside = number % 10 == 0
        where = [chance.uniform(-0.169, -0.151) - 0.05 * outside, chance.uniform(51.461, 51.469)]
        works = chance.choice(_WORKS).format(number)
        found.append(
            planit_record(
                number,
                description=f"{works}, {chance.choice(('no. ', 'plot '))}{number}",
                address=f"{chance.randint(1, 200)} {chance.choice(_STREETS)}, London SW11 5JY",
                location={"type": "Point", "coordinates": where},
                start_date=date(2026, chance.randint(1, 10), chance.randint(1, 28)).isoformat(),
            )
        )
    return found


def ours(pages: Sequence[bytes], site: Site, content: Path, workplace: Path) -> int:
    """Parse, cut, check and write; returns how many rows were written."""
    source = DataSource(kind="planit", issue="planning")
    (table,) = planit.read(pages, source, site, site.today).tables
    data = csv_bytes(table)
    refuse_unreadable(table, data)
    file = f"data/{table.stem}.csv"
    before = (content / file).read_bytes() if (content / file).is_file() else None
    replace_files(content, {file: NewFile(data, before)}, workplace)
    return len(table.rows)


def plain(pages: Sequence[bytes], path: Path) -> int:
    """Parse and write with the standard library alone."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(APPLICATIONS)
    count = 0
    for page in pages:
        for one in json.loads(page)["records"]:
            lon, lat = one["location"]["coordinates"]
            writer.writerow((one["uid"], one["address"], one["description"], one["start_date"],
                             one["decided_date"], one["other_fields"]["consultation_end_date"],
                             one["app_state"], one["url"], lat, lon))  # fmt: skip
            count += 1
    path.write_text(written.getvalue(), encoding="utf-8")
    return count


def _seconds(act: Callable[[], int], wanted: int) -> float:
    begun = time.process_time()
    count = act()
    taken = time.process_time() - begun
    assert count == wanted
    return taken


def applications(pairs: int) -> None:
    """1,000 applications, in seconds of the processor's time."""
    found = records(random.Random(20))  # noqa: S311 - the same each time
    pages = [planit_answer(*found[at : at + 250]) for at in range(0, COUNT, 250)]
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        boundary = WARD.replace('"Wandsworth"\n', '"Wandsworth"\nboundary = "data/ward.geojson"\n')
        site = read_fine(content, {"ward.toml": boundary, "data/ward.geojson": SQUARE})
        assert site.today == TODAY
        mine, theirs = [], []
        for _ in range(pairs):
            mine.append(_seconds(lambda: ours(pages, site, content, Path(folder) / "w"), 900))
            theirs.append(_seconds(lambda: plain(pages, Path(folder) / "plain.csv"), COUNT))
    ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
    print(
        f"{COUNT:,} applications parsed, cut to the ward and written: "
        f"{statistics.median(mine):.2f} s, at first {mine[0]:.2f} s (goal: {LIMIT:g} s); "
        f"plain json and csv {statistics.median(theirs):.3f} s, ratio {ratio:.0f}"
    )


def main(pairs: int) -> None:
    applications(pairs)
