"""Publishes the theme's files: minified, in the ward's colours, with a digest in their names.

Browsers may keep them for ever, and an old page never gets a new style sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from wardblog.build.state import Built
from wardblog.model import DEFAULT_ACCENT, Site
from wardblog.model.addresses import hashed_path
from wardblog.model.digests import digest_of
from wardblog.support.late_dataclass import dataclass
from wardblog.views import colour_rules

_HASHED = (".css", ".js", ".svg")
# The files, and what each is joined from: a page asks for as few of them as possible.
_MAP = ("elements", "view", "tools", "tiles", "ground", "names", "dots", "places", "popups")
_FILES = {
    "style.css": ("style.css",),
    "print.css": ("print.css",),
    "live.css": ("live.css",),
    "charts.css": ("charts.css",),
    "follow.css": ("follow.css",),
    "search.css": ("search.css",),
    **{name: (name,) for name in ("search.js", "search-others.js", "search-results.js")},
    "near.js": ("near.js",),
    "map.js": tuple(f"map/{name}.js" for name in _MAP),
    "icon.svg": ("icon.svg",),
}
# Only for sites with a gazetteer.
_OF_STREETS = {name: (name,) for name in ("find.css", "find.js", "nearby.js")}
# Only for sites with a question to residents.
_OF_QUESTIONS = {"question.css": ("question.css",)}


@dataclass(frozen=True, slots=True)
class Assets:
    """`paths` maps a file of the theme to where it is published, `files` that path to its bytes.

    `source` is the digest of what they were made from.
    """

    paths: Mapping[str, str]
    files: Mapping[str, bytes]
    source: bytes


class ThemeFiles:
    """The files of a theme, to be published below the folder `static`; they are read once."""

    def __init__(self, theme: Path, static: str, built: Built) -> None:
        self._theme, self._static, self._built = theme, static, built
        # Those of the last site, and all of it that they depend on.
        self._last: tuple[object, Assets] | None = None

    def assets(self, site: Site) -> Assets:
        names = _FILES | (_OF_STREETS if site.gazetteer.streets else {})
        if site.index.having("question"):
            names |= _OF_QUESTIONS
        needs = names, colour_rules(site), site.accent
        last = self._last  # another thread may be asking for the site before this one
        if last is None or last[0] != needs:
            last = self._last = needs, self._made(*needs)
        return last[1]

    def _made(self, names: Mapping[str, tuple[str, ...]], rules: str, accent: str) -> Assets:
        texts = {
            name: b"\n".join((self._theme / "source" / part).read_bytes() for part in parts)
            for name, parts in names.items()
        }
        vendored = dict(_vendored(self._theme / "static"))
        source = digest_of(repr((sorted(texts.items()), rules, accent)).encode())
        ours = self._built.made("assets", source)
        if ours is None:
            ours = dict(_ours({name: text.decode() for name, text in texts.items()}, rules, accent))
            self._built.keep_made("assets", source, ours)
        paths: dict[str, str] = {}
        files: dict[str, bytes] = {}
        for name, content in (*ours.items(), *vendored.items()):
            plain = f"{self._static}/{name}"
            paths[name] = hashed_path(plain, content) if name.endswith(_HASHED) else plain
            files[paths[name]] = content
        return Assets(paths, files, source)


def _ours(texts: Mapping[str, str], rules: str, accent: str) -> Iterator[tuple[str, bytes]]:
    """Minify our own files.

    The ward's colours are in the same style sheet: a page waits for every file that it loads.
    """
    # late import: see docs/architecture.md
    import rcssmin
    import rjsmin

    for name, text in texts.items():
        if name.endswith(".css"):
            sheet = text + rules if name == "style.css" else text
            yield name, (rcssmin.cssmin(sheet) + "\n").encode()
        elif name.endswith(".js"):
            yield name, (rjsmin.jsmin(text) + "\n").encode()
    yield "icon.svg", texts["icon.svg"].replace(DEFAULT_ACCENT, accent).encode()


def _vendored(static: Path) -> Iterator[tuple[str, bytes]]:
    """Return the files of libraries, byte for byte."""
    for file in sorted(p for p in static.rglob("*") if p.is_file()):
        yield file.relative_to(static).as_posix(), file.read_bytes()
