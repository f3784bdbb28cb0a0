"""A GET writes nothing: every page that can be opened leaves all files and folders as they were."""

from __future__ import annotations

import shutil
from pathlib import Path

from editor.commands import mention
from editor.running import RunningEditor
from support import write_files
from wardblog.office.diary import DIARY_FILE
from wardblog.preview.editor.offices import OFFICES
from wardblog.preview.editor.routes import ROUTES
from wardblog.preview.editor.settings.groups import FILES, GROUPS
from wardblog.preview.editor.shown_files import id_of
from wardblog.preview.editor.static_files import static_files

LEAFLET = "leaflets/2026-11-20-fine.md"
TEMPLATE = "replies/missed-bins.md"


def tree(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """All files and folders, with their modes, sizes and times: what is made and removed shows."""
    found = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        data = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (about.st_mode, about.st_size, about.st_mtime_ns, data)
    return found


def addresses(editor: RunningEditor) -> dict[str, list[str]]:
    """Addresses that are there for each path of a GET route with variable parts."""
    desk = editor.editor.desk
    fine, picture = desk.ids.of("posts/fine.md"), desk.ids.of("images/x.png")
    leaflet = id_of(desk, LEAFLET)
    return {
        "post/{id}": [f"post/{fine}", f"post/{fine}?as=text"],
        "post/{id}/document": [f"post/{fine}/document", f"post/{fine}/document?as=text"],
        "job/{id}": ["job/0"],
        "share/{id}": [f"share/{fine}"],
        "private/{id}": [f"private/{id_of(desk, name)}" for name in (DIARY_FILE, TEMPLATE)],
        "made/{id}": [f"made/{leaflet}"],
        "office/{name}": [f"office/{one.name}" for one in OFFICES],
        "static/{name*}": [f"static/{name}" for name in sorted(static_files())[:3]],
        "pictures/preview/{id}": ["pictures/preview/0"],
        "pictures/small/{id}": [f"pictures/small/{picture}"],
        "settings/{group}": [f"settings/{one.address}" for one in GROUPS],
        "settings/text/{file}": [f"settings/text/{file}" for file in FILES],
        "places/leaflet/{name}": ["places/leaflet/leaflet.js"],
    }


def open_all(editor: RunningEditor) -> dict[str, int]:
    """Open the address of every GET route; return the statuses."""
    known, statuses = addresses(editor), {}
    for route in ROUTES:
        if route.method == "GET":
            for path in known[route.path] if "{" in route.path else [route.path]:
                statuses[path] = editor.get(path).status
    return statuses


def test_no_page_writes_anything(editor: RunningEditor) -> None:
    folder = editor.content.parent
    shutil.rmtree(editor.private)
    before = tree(folder)
    assert before
    open_all(editor)
    assert tree(folder) == before

    words = {LEAFLET: "Title: A fine post\n\nSome words.\n", TEMPLATE: "\nMy own words.\n"}
    write_files(editor.private, words)
    mention(editor)
    before = tree(folder)
    statuses = open_all(editor)
    assert tree(folder) == before
    assert statuses.pop("see") == 302
    nowhere = {path for path, status in statuses.items() if status != 200}
    assert len(statuses) > 50
    assert nowhere <= {"job/0", "pictures/preview/0", f"made/{id_of(editor.editor.desk, LEAFLET)}"}
