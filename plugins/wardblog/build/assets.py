"""The theme's files as published: small, in the ward's colours, and named after what is in them.

A page names the very files that it was made with, so that browsers may keep them for good, and a
page of yesterday never meets the style of today.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import rcssmin
import rjsmin

from wardblog.addresses import hashed_path
from wardblog.model import Site
from wardblog.read.settings import DEFAULT_ACCENT
from wardblog.views import colour_rules

_HASHED = (".css", ".js", ".svg")


@dataclass(frozen=True, slots=True)
class Assets:
    """`paths` says where a file of the theme is published; `files` has the bytes by that path."""

    paths: Mapping[str, str]
    files: Mapping[str, bytes]


def theme_assets(theme: Path, static: str, site: Site) -> Assets:
    """The files of a theme, to be published below the folder `static`."""
    paths: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for name, content in (*_sources(theme / "source", site), *_vendored(theme / "static")):
        plain = f"{static}/{name}"
        paths[name] = hashed_path(plain, content) if name.endswith(_HASHED) else plain
        files[paths[name]] = content
    return Assets(paths, files)


def _sources(source: Path, site: Site) -> Iterator[tuple[str, bytes]]:
    """Our own, without their spaces and remarks.

    The ward's own colours are in the one sheet: a page waits for every file it asks for.
    """
    style = (source / "style.css").read_text(encoding="utf-8")
    yield "style.css", (rcssmin.cssmin(style + colour_rules(site)) + "\n").encode()
    for name in ("near.js", "map.js"):
        script = (source / name).read_text(encoding="utf-8")
        yield name, (rjsmin.jsmin(script) + "\n").encode()
    icon = (source / "icon.svg").read_text(encoding="utf-8")
    yield "icon.svg", icon.replace(DEFAULT_ACCENT, site.accent).encode()


def _vendored(static: Path) -> Iterator[tuple[str, bytes]]:
    """Libraries, byte for byte."""
    for file in sorted(p for p in static.rglob("*") if p.is_file()):
        yield file.relative_to(static).as_posix(), file.read_bytes()
