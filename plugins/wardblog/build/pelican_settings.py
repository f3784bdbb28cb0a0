"""Reads the Pelican settings that pages depend on, without importing Pelican."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from wardblog.build.expected_settings import comparable, difference
from wardblog.content.references import pictures_named_in
from wardblog.model.digests import digest_of
from wardblog.problems import Problem, Severity
from wardblog.support.late_dataclass import dataclass

_PACKAGE = Path(__file__).resolve().parents[1]
# The rooms that take no part in a build. A contract in pyproject.toml sees to it.
_OTHER_ROOMS = ("cli", "office", "preview", "publish", "scaffold", "sources")
# Where the work is done, which no page depends on.
_PLACES = frozenset(("PATH", "OUTPUT_PATH", "WARDBLOG_PUBLISHING"))
_JINJA = ("JINJA_ENVIRONMENT", "JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")


@dataclass(frozen=True, kw_only=True)
class Choices:
    """The Pelican settings that our build follows.

    `stamp` is a digest of all of them and of the software: a cache with another stamp is not used.
    `needs_pelican` names the plugin or setting that our own build cannot follow, if there is one,
    and `in_settings` are the pictures of the content that the settings name.
    """

    theme: Path
    static: str
    markdown: Mapping[str, Any]
    jinja: Mapping[str, Any]
    publishing: bool
    needs_pelican: Problem | None
    stamp: bytes = b""
    in_settings: frozenset[str] = frozenset()

    @cached_property
    def named(self) -> frozenset[str]:
        """The pictures of the content that the theme and the settings show."""
        texts = (*_texts_in(self.theme / "templates", ".html"), *_texts_in(self.theme / "source"))
        return self.in_settings.union(*map(pictures_named_in, texts))

    @classmethod
    def of(cls, settings: Mapping[str, Any], config: Path, stamp: bytes = b"") -> Choices:
        """From Pelican's settings, or from the names in the file `config`."""
        return cls(
            theme=config.parent / settings.get("THEME", "theme"),
            static=settings.get("THEME_STATIC_DIR", "theme"),
            markdown=settings.get("MARKDOWN", {}),
            jinja={name: settings.get(name) for name in _JINJA},
            publishing=bool(settings.get("WARDBLOG_PUBLISHING")),
            needs_pelican=_needs_pelican(settings, config),
            stamp=stamp,
            in_settings=pictures_named_in(
                repr([v for name, v in settings.items() if name.isupper() and v])
            ),
        )

    @classmethod
    def read(cls, config: Path) -> Choices:
        """From a file of settings, as Pelican would read it."""
        values: dict[str, Any] = {"__name__": "<settings>", "__file__": str(config)}
        # As `runpy.run_path` does, without what that imports.
        exec(compile(config.read_bytes(), config, "exec"), values)  # noqa: S102 - the user's own
        settings = {name: value for name, value in values.items() if name.isupper()}
        relevant = {name: value for name, value in settings.items() if name not in _PLACES}
        stamp = digest_of(b"\0".join((_software(), repr(comparable(relevant)).encode())))
        return cls.of(settings, config.absolute(), stamp)


def _needs_pelican(settings: Mapping[str, Any], config: Path) -> Problem | None:
    """The note that names the setting because of which Pelican must build the site."""
    differing = difference(settings)
    if differing is None:
        return None
    try:
        lines = config.read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    assigns = re.compile(rf"{re.escape(differing.name)}\s*[+|]?=")
    # The last of several assignments counts.
    line = max((n for n, text in enumerate(lines, 1) if assigns.match(text)), default=None)
    return slower(str(config), line, differing.reason, differing.hint)


def slower(file: str, line: int | None, reason: str, hint: str) -> Problem:
    """The note that Pelican builds the site, and why."""
    return Problem(
        file=file,
        line=line,
        message=f"Pelican builds this site, which takes longer, because {reason}",
        hint=hint,
        severity=Severity.NOTE,
    )


def _texts_in(folder: Path, ending: str = "") -> Iterator[str]:
    """The texts of the files below a folder, or of those whose names end like that."""
    for parent, _, names in os.walk(folder):
        for name in names:
            path = f"{parent}{os.sep}{name}"
            if name.endswith(ending) and os.path.isfile(path):  # noqa: PTH113 - for each command
                with open(path, "rb") as file:  # noqa: PTH123
                    yield file.read().decode("utf-8", "replace")


def _software() -> bytes:
    """A digest of our code that builds, of Python, and of the libraries that are installed."""
    parts = [sys.version.encode(), *_code(_PACKAGE)]
    for place in sorted({p for p in sys.path if p.endswith("site-packages")}):
        if os.path.isdir(place):  # noqa: PTH112
            parts += [n.encode() for n in sorted(os.listdir(place)) if n.endswith(".dist-info")]  # noqa: PTH208
    return digest_of(b"\0".join(parts))


def _code(package: Path) -> Iterator[bytes]:
    """The names and digests of the files that take part in a build."""
    root = str(package)
    left_out = {"__pycache__", *(f"{root}{os.sep}{room}" for room in _OTHER_ROOMS)}
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if not {f, f"{folder}{os.sep}{f}"} & left_out)
        for name in sorted(names):
            path = f"{folder}{os.sep}{name}"
            with open(path, "rb") as file:  # noqa: PTH123 - half the time for hundreds of files
                yield path[len(root) :].encode()
                yield digest_of(file.read())
