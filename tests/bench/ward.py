"""How long `make ward` takes, and how much memory, when the services answer at once.

The ward has 500 streets and 4,000 buildings, and Code-Point Open all its 1.7 million postcodes. The
limit of memory is that of a small laptop.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from bench.builds import ISSUES, ROOT, write_settings
from sources.services import EASTING, NORTHING, overpass_answer, running, to_lonlat

STREETS, BUILDINGS, POSTCODES = 500, 4_000, 1_740_000
_AREAS = 120


def big_map(chance: random.Random) -> bytes:
    answer = json.loads(overpass_answer())
    elements: list[dict[str, Any]] = []
    for number in range(STREETS):
        x, y = chance.uniform(-500, 500), chance.uniform(-500, 500)
        across, up = chance.choice(((200, 20), (20, 200)))
        corners = [(x + across * step / 6, y + up * step / 6) for step in range(-3, 4)]
        elements.append(_way(number, corners, highway="residential", name=f"Street {number}"))
    for number in range(BUILDINGS):
        x, y = chance.uniform(-500, 500), chance.uniform(-500, 500)
        corners = [(x, y), (x + 8, y), (x + 8, y + 12), (x, y + 12), (x, y)]
        elements.append(_way(STREETS + number, corners, building="yes"))
    return json.dumps({**answer, "elements": elements}).encode()


def _way(number: int, corners: list[tuple[float, float]], **tags: str) -> dict[str, Any]:
    positions = to_lonlat([(EASTING + x, NORTHING + y) for x, y in corners])
    geometry = [{"lat": latitude, "lon": longitude} for longitude, latitude in positions]
    nodes = [number * 100 + n for n in range(len(corners))]
    return {"type": "way", "id": number, "nodes": nodes, "geometry": geometry, "tags": tags}


def all_postcodes(path: Path, chance: random.Random) -> bytes:
    """As many rows as Code-Point Open has, in as many files; 600 of them are in the ward."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for area in range(_AREAS):
            letters = f"{chr(97 + area // 26)}{chr(97 + area % 26)}"
            rows = []
            for number in range(POSTCODES // _AREAS):
                near = area == 0 and number < 600
                east, north = (
                    (EASTING + chance.randint(-500, 500), NORTHING + chance.randint(-500, 500))
                    if near
                    else (chance.randint(100_000, 600_000), chance.randint(200_000, 900_000))
                )
                code = f"{letters.upper()}{number // 2600 % 10 + 1}{number // 676 % 10}"
                code += f"{chr(65 + number // 26 % 26)}{chr(65 + number % 26)}"
                rows.append(
                    f'"{code}",10,{east},{north},"E92000001","E19000003","E18000007","",'
                    '"E09000032","E05014020"'
                )
            archive.writestr(f"Data/CSV/{letters}.csv", "\n".join(rows))
    return path.read_bytes()


def measured(folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds of wall time, and megabytes at the most, of one run with an empty cache."""
    content = folder / "content"
    content.mkdir()
    write_settings(content, ISSUES)
    command = [sys.executable, "-m", "wardblog", "ward", "--code", "E05014020", "--force"]
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment, "PYTHONPATH": str(ROOT / "plugins"),
                                  "XDG_CACHE_HOME": str(folder / "cache")},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit("make ward failed")
    return seconds, usage.ru_maxrss / (1000 if sys.platform != "darwin" else 1_000_000)


def main(runs: int) -> None:
    chance = random.Random(1)  # noqa: S311 - the same ward in every run, not a secret
    with tempfile.TemporaryDirectory() as name, running() as services:
        services.map = big_map(chance)
        services.postcodes = all_postcodes(Path(name) / "codepo_gb.zip", chance)
        found = []
        for run in range(runs):
            folder = Path(name) / str(run)
            folder.mkdir()
            found.append(measured(folder, services.addresses))
        size = (folder / "content/data/basemap.geojson").stat().st_size
    print(f"make ward from local answers, {runs} runs: {STREETS} streets, {BUILDINGS:,} buildings,")
    print(f"{POSTCODES:,} postcodes in {len(services.postcodes) / 1e6:.0f} MB, medians:")
    seconds, memory = (statistics.median(values) for values in zip(*found, strict=True))
    print(f"  time    {seconds:6.2f} s    (to reach: at most 10)")
    print(f"  memory  {memory:6.0f} MB   (to reach: at most 300)")
    print(f"  the base map is {size / 1e6:.1f} MB before it is compressed")
