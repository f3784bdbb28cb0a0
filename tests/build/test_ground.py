"""The base map in a build: one picture of it for all pages, drawn again only if it changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from made_ward import made_ward
from support import DATASET, ISSUES, POST, ROOT, WARD, map_feature, write_files, write_site
from wardblog.build import build_site
from wardblog.maps.ground import ground
from wardblog.model import base_map

MADE = made_ward(60, 200)
PLACED = "Places: Elm Road | 51.46{n}, -0.15{n}\n"
FILES = {
    "ward.toml": WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun')
    + '[map]\nbase = "data/basemap.geojson"\n',
    "issues.toml": ISSUES + DATASET,
    "data/ward.geojson": MADE.outline,
    "data/basemap.geojson": MADE.base_map,
    "data/bins.csv": "Map ID,Location,Latitude,Longitude\n1,Elm Road,51.461,-0.158\n",
    **{
        f"posts/{n}.md": POST.replace("fine", str(n)).replace("Tags:", PLACED.format(n=n) + "Tags:")
        for n in range(1, 3)
    },
}


def grounds(output: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in output.glob("map/ground.*.svg")}


def build(content: Path) -> Path:
    output = content.parent / "output"
    build_site(ROOT / "pelicanconf.py", content, output)
    return output


@pytest.mark.long
def test_all_maps_share_one_ground_which_only_a_change_of_the_base_map_draws_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    content = write_site(tmp_path / "content", FILES)
    ground.cache_clear()
    output = build(content)
    first = grounds(output)
    (name,) = first
    pages = [p for p in output.rglob("index.html") if "map-picture" in p.read_text()]
    assert len(pages) >= 4
    assert all(f'<use href="/map/{name}#ground"/>' in page.read_text() for page in pages)
    # One for pages, and one for cards, which are square.
    assert ground.cache_info().misses <= 2

    read: list[bytes] = []
    decoded = base_map._decoded

    def noting(coded: bytes) -> object:
        read.append(coded)
        return decoded(coded)

    monkeypatch.setattr(base_map, "_decoded", noting)
    post = content / "posts" / "1.md"
    post.write_text(post.read_text() + "\nOne more sentence.\n")
    output = build(content)
    assert any("One more sentence" in p.read_text() for p in output.rglob("index.html"))
    assert (grounds(output), read) == (first, [])

    changed = json.loads(FILES["data/basemap.geojson"])
    changed["features"].append(
        map_feature("road-major", "LineString", [[-0.16, 51.462], [-0.15, 51.462]], "New Road")
    )
    write_files(content, {"data/basemap.geojson": json.dumps(changed)})
    after = grounds(build(content))
    assert len(after) == 1
    assert first.keys() != after.keys()
