"""The table of what the editor answers: its pages, and the actions that its scripts ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wardblog.preview.editor import places, session, static_files
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.paste import action as paste
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.pages import Response

Handler = Callable[[Desk, EditorRequest], Response]
# How many bytes a request may have, unless its line below says otherwise.
MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address below the editor's own; `{name}` stands for a part without a slash.

    `{name*}`, at the end, stands for the rest. GET changes nothing. `most` is the number of bytes
    that a POST may have, and `is_for_scripts` is whether a GET is answered to scripts only.
    """

    method: str
    path: str
    handler: Handler
    most: int = MOST_BYTES
    is_for_scripts: bool = False

    def matched(self, path: str) -> dict[str, str] | None:
        """The variable parts of a path; None if it is another address."""
        wanted, given = self.path.split("/"), path.split("/")
        if wanted[-1].endswith("*}") and len(given) >= len(wanted):
            last = len(wanted) - 1
            given = [*given[:last], "/".join(given[last:])]
        if len(wanted) != len(given):
            return None
        parts: dict[str, str] = {}
        for pattern, part in zip(wanted, given, strict=True):
            if pattern.startswith("{"):
                parts[pattern.strip("{*}")] = part
            elif pattern != part:
                return None
        return parts


def _get(path: str, handler: Handler, is_for_scripts: bool = False) -> Route:
    return Route(method="GET", path=path, handler=handler, is_for_scripts=is_for_scripts)


def _post(path: str, handler: Handler, most: int = MOST_BYTES) -> Route:
    return Route(method="POST", path=path, handler=handler, most=most)


ROUTES = (
    _post("paste", paste.pasted, most=paste.MOST_BYTES),
    _get("session", session.session, is_for_scripts=True),
    _get("static/{name*}", static_files.static_file),
    _post("places/find", places.find_places, most=200_000),
    _post("places/name", places.name_place, most=200_000),
    _post("places/read", places.read_place, most=200_000),
    _get("places/map", places.place_map, is_for_scripts=True),
    _get("places/base", places.place_base, is_for_scripts=True),
    _get("places/map.js", places.place_script),
    _get("places/leaflet/{name}", places.place_leaflet),
)


def find(method: str, path: str) -> tuple[Route, Mapping[str, str]] | None:
    """The route for a path below the editor's address, with the variable parts."""
    for route in ROUTES:
        if route.method == method and (parts := route.matched(path)) is not None:
            return route, parts
    return None
