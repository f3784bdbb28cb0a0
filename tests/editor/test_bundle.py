"""CodeMirror: the committed file is that of the recipe, small, and never in a published site."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

from support import ROOT, files_of, unhashed
from wardblog.preview.editor.place_map import leaflet_file, map_script

EDITOR = ROOT / "plugins/wardblog/preview/editor"
STATIC = EDITOR / "static"
VENDOR = STATIC / "vendor/codemirror"
RECIPE = EDITOR / "codemirror_bundle"
SHA256 = {
    "codemirror.js": "80313df3c3ad97e345663c31b65958ca8b22ea82a47e2d82bb0a30e456adf054",
    "LICENSE": "53c7594b012293ad90733bef0a29cc8fede72ca5bd87e924e56e1cf92b6fa556",
}
# The most that the page of a post may load, compressed.
MOST = 250_000


def test_codemirror_is_as_its_recipe_wrote_it() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}
    assert found == SHA256


def test_the_licence_names_each_package_with_the_version_of_the_lock_file() -> None:
    lock = json.loads((RECIPE / "package-lock.json").read_text())["packages"]
    licences = (VENDOR / "LICENSE").read_text()
    named = dict(re.findall(r"^(@?[a-z0-9/-]+) (\d+\.\d+\.\d+)$", licences, re.MULTILINE))
    assert {"@codemirror/view", "@lezer/markdown", "style-mod"} <= set(named)
    assert {name: lock[f"node_modules/{name}"]["version"] for name in named} == named
    assert licences.count("Permission is hereby granted") == len(named)


def test_the_lock_file_has_exact_versions_and_names_no_server() -> None:
    text = (RECIPE / "package-lock.json").read_text()
    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert all("integrity" in value for name, value in packages.items() if name)
    wanted = json.loads((RECIPE / "package.json").read_text())
    versions = wanted["dependencies"] | wanted["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())


def loaded_from(name: str, seen: set[str]) -> set[str]:
    """The modules and styles of `static/` that a module loads, itself included, now or later."""
    if name in seen or not (STATIC / name).is_file():
        return seen
    seen.add(name)
    text = (STATIC / name).read_text()
    for path in re.findall(r"([\w./-]+\.(?:js|css))[\"'`]", text):
        for folder in ((STATIC / name).parent, STATIC):
            other = (folder / path.rsplit("static/")[-1]).resolve()
            if other.is_relative_to(STATIC.resolve()):
                loaded_from(other.relative_to(STATIC.resolve()).as_posix(), seen)
    return seen


def test_the_page_of_a_post_loads_at_most_250_kilobytes() -> None:
    """With the map and all that it loads, which is more than most posts ever need."""
    names = loaded_from("post.js", set()) | {"editor.css", "post.css"}
    assert {"vendor/codemirror/codemirror.js", "post/sync.js", "api.js", "paste.js"} <= names
    assert {"places.js", "places.css", "places-map.js", "pictures.js", "pictures.css"} <= names
    files = {name: (STATIC / name).read_bytes() for name in names}
    files |= {name: leaflet_file(name) or b"" for name in ("leaflet.js", "leaflet.css")}
    files["map.js"] = map_script()
    assert all(files.values())
    sizes = {name: len(gzip.compress(data, 9)) for name, data in files.items()}
    assert sum(sizes.values()) <= MOST, sizes


def test_no_part_of_the_editor_is_in_a_site(sample: Path) -> None:
    theme = {path.name for path in (ROOT / "theme").rglob("*")}
    own = {path.name for path in STATIC.rglob("*") if path.is_file()} - theme
    assert {"codemirror.js", "post.js", "editor.css"} <= own
    published = files_of(sample)
    assert not [name for name in published if unhashed(name).rsplit("/", 1)[-1] in own]
    marks = (b"codemirror", b"ward-token", b"/_write/")
    assert not [
        name for name, data in published.items() if any(mark in data.lower() for mark in marks)
    ]
