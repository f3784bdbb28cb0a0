"""What a base map costs: bytes of a page and of the file, and seconds of a build.

Stock Folium shows the same GeoJSON as
one layer of its page, below a marker for each place.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import brotli
import folium

from made_ward import made_ward
from support import DATASET, ISSUES, POST, ROOT, WARD, write_site

STREETS, BUILDINGS, PLACES = 500, 4000, 50
MADE = made_ward(STREETS, BUILDINGS)
FIRST_VIEW = ("issues/grit-bins/index.html", "theme/style.*.css", "theme/near.*.js",
              "map/ground.*.svg")  # fmt: skip
OURS = "import sys; sys.modules['rnc2rng'] = None; import wardblog.__main__"


def weight(data: bytes) -> int:
    return len(brotli.compress(data, quality=11))


def places() -> list[tuple[str, float, float]]:
    ring = json.loads(MADE.outline)["features"][0]["geometry"]["coordinates"][0]
    west, south = (min(position[n] for position in ring) for n in (0, 1))
    east, north = (max(position[n] for position in ring) for n in (0, 1))
    chance = random.Random(2)  # noqa: S311 - the same in every run, not a secret
    return [
        (f"Oak {n} at Elm Road", chance.uniform(south, north), chance.uniform(west, east))
        for n in range(PLACES)
    ]


def site(folder: Path, *, has_base: bool) -> Path:
    """A project folder with the ward, its list of places and a post to edit."""
    rows = "".join(
        f"{n},{name},{lat:.6f},{lon:.6f}\n" for n, (name, lat, lon) in enumerate(places())
    )
    settings = WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun')
    files = {
        "issues.toml": f'{ISSUES}{DATASET}show = "all"\n',
        "data/ward.geojson": MADE.outline,
        "data/bins.csv": "Map ID,Location,Latitude,Longitude\n" + rows,
        "posts/fine.md": POST.replace("Tags:", "Places: Elm Road | 51.463, -0.153\nTags:"),
    }
    if has_base:
        files["data/basemap.geojson"] = MADE.base_map
        settings += '[map]\nbase = "data/basemap.geojson"\n'
    write_site(folder / "content", {**files, "ward.toml": settings})
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "theme", folder / "theme")
    return folder


def build(folder: Path) -> float:
    """Seconds of the processor's time that the command takes, which other work changes little."""
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", OURS, "html", "--content", "content", "--output", "output"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")}, check=True,
        capture_output=True,
    )  # fmt: skip
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime


def edited(folder: Path, turn: int) -> float:
    post = folder / "content/posts/fine.md"
    text = post.read_text()
    post.write_text(f"{text[: text.index('Some text')]}Some text, {'again ' * (turn + 1)}.\n")
    return build(folder)


def stock_page() -> bytes:
    page = folium.Map(location=(51.463, -0.153), zoom_start=15, tiles=None)
    folium.GeoJson(MADE.base_map).add_to(page)
    for name, lat, lon in places():
        folium.Marker((lat, lon), popup=folium.Popup(name), tooltip=name).add_to(page)
    return str(page.get_root().render()).encode()


def main(pairs: int) -> None:
    print(f"A base map of {STREETS} streets and {BUILDINGS:,} buildings, medians of {pairs} pairs:")
    with tempfile.TemporaryDirectory() as name:
        both = [site(Path(name) / word, has_base=word == "with") for word in ("with", "without")]
        first = [build(folder) for folder in both]
        edits = [[edited(folder, turn) for folder in both] for turn in range(pairs)]
        output = both[0] / "output"
        page = {one: weight(next(output.glob(one)).read_bytes()) for one in FIRST_VIEW}
        base = weight(next(output.glob("map/base.*.json")).read_bytes())
    start = time.perf_counter()
    stock = stock_page()
    took = time.perf_counter() - start
    middle = statistics.median(one - other for one, other in edits)
    least = min(one for one, _ in edits) - min(other for _, other in edits)
    print(f"  first view of a hub with {PLACES} places: {sum(page.values()):,} bytes by Brotli "
          f"(to reach: 20,000), of which the ground {page[FIRST_VIEW[-1]]:,}")  # fmt: skip
    print(f"  base map of the interactive map: {base:,} bytes by Brotli (to reach: 120,000)")
    print(f"  build, first time: {first[0]:.2f} s, without base map {first[1]:.2f} s "
          f"(to reach: +1.5 s)")  # fmt: skip
    print(f"  build, after an edit: {middle:+.3f} s for the base map (to reach: +0.02 s); "
          f"between the quickest of each {least:+.3f} s")  # fmt: skip
    print(f"  stock Folium: a page of {weight(stock):,} bytes by Brotli, made in {took:.2f} s")
