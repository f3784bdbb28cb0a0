"""What Pelican's settings say that pages depend on, read without Pelican itself."""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from wardblog.content.references import pictures_named_in
from wardblog.model.digests import digest_of

_PACKAGE = Path(__file__).resolve().parents[1]
# Where the work is done, which no page depends on.
_PLACES = frozenset(("PATH", "OUTPUT_PATH", "WARDBLOG_PUBLISHING"))
_JINJA = ("JINJA_ENVIRONMENT", "JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Pelican's settings, as far as they are ours to follow.

    `stamp` stands for all of them and for the software: what another stamp made is made anew.
    `is_plain` is whether no other plugin or setting changes what Pelican would write, and `named`
    are pictures of the content that the settings name.
    """

    theme: Path
    static: str
    markdown: Mapping[str, Any]
    jinja: Mapping[str, Any]
    publishing: bool
    is_plain: bool
    stamp: bytes = b""
    in_settings: frozenset[str] = frozenset()

    @cached_property
    def named(self) -> frozenset[str]:
        """The pictures of the content that the theme and the settings show."""
        files = [*(self.theme / "templates").rglob("*.html"), *(self.theme / "source").glob("*")]
        texts = (path.read_text("utf-8", "replace") for path in files if path.is_file())
        return self.in_settings.union(*map(pictures_named_in, texts))

    @classmethod
    def of(cls, settings: Mapping[str, Any], root: Path, stamp: bytes = b"") -> Choices:
        """From Pelican's settings, or from the names of a file of them; `root` is its folder."""
        return cls(
            theme=root / settings.get("THEME", "theme"),
            static=settings.get("THEME_STATIC_DIR", "theme"),
            markdown=settings.get("MARKDOWN", {}),
            jinja={name: settings.get(name) for name in _JINJA},
            publishing=bool(settings.get("WARDBLOG_PUBLISHING")),
            is_plain=_is_plain(settings),
            stamp=stamp,
            in_settings=pictures_named_in(
                repr([v for name, v in settings.items() if name.isupper() and v])
            ),
        )

    @classmethod
    def read(cls, config: Path) -> Choices:
        """From a file of settings, as Pelican would read it."""
        found = runpy.run_path(str(config))
        settings = {name: value for name, value in found.items() if name.isupper()}
        kept = {name: value for name, value in settings.items() if name not in _PLACES}
        stamp = digest_of(b"\0".join((_software(), repr(_told(kept)).encode())))
        return cls.of(settings, config.absolute().parent, stamp)


def _is_plain(settings: Mapping[str, Any]) -> bool:
    """Whether Pelican would write our pages, and nothing besides."""
    more = ("TEMPLATE_PAGES", "OUTPUT_SOURCES", "THEME_TEMPLATES_OVERRIDES", "EXTRA_PATH_METADATA",
            "THEME_STATIC_PATHS", "RELATIVE_URLS", "DEFAULT_PAGINATION")  # fmt: skip
    plugins = [getattr(p, "__name__", str(p)) for p in settings.get("PLUGINS") or ()]
    direct = list(settings.get("DIRECT_TEMPLATES") or ())
    return (
        plugins in (["wardblog.build"], ["build"])
        and direct == ["index"]
        and list(settings.get("STATIC_PATHS") or ()) == ["images"]
        and not any(settings.get(name) for name in more)
    )


def _told(value: object) -> object:
    """A value without addresses in memory, so that it is told in the same way by each run."""
    if isinstance(value, Mapping):
        return sorted((repr(key), _told(one)) for key, one in value.items())
    if isinstance(value, list | tuple):
        return [_told(one) for one in value]
    if hasattr(value, "__qualname__"):
        return f"{getattr(value, '__module__', '')}.{value.__qualname__}"
    return getattr(value, "__name__", None) or repr(value)


def _software() -> bytes:
    """A digest of our own code, of Python, and of the libraries that are installed beside it."""
    parts = [sys.version.encode()]
    for folder, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for name in sorted(names):
            path = os.path.join(folder, name)  # noqa: PTH118 - half the time for two hundred files
            with open(path, "rb") as file:  # noqa: PTH123
                parts += [path[len(str(_PACKAGE)) :].encode(), digest_of(file.read())]
    for place in sorted({p for p in sys.path if p.endswith("site-packages")}):
        if os.path.isdir(place):  # noqa: PTH112
            parts += [n.encode() for n in sorted(os.listdir(place)) if n.endswith(".dist-info")]  # noqa: PTH208
    return digest_of(b"\0".join(parts))
