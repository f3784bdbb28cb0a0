"""The optional libraries: what each is for, whether it is installed, and how it is installed.

Run as a program, this installs what is named: `python -m wardblog.support.extras site import`.
Only the standard library is used here, since nothing else may be installed yet.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from wardblog.support.late_dataclass import dataclass

# Where the lists of exact versions are.
_PROJECT = Path(__file__).resolve().parents[3]
# The name for what every command needs.
SITE = "site"
_QUIETLY = ("-qq", "--disable-pip-version-check")


@dataclass(frozen=True, slots=True)
class Extra:
    """One or more optional libraries that are installed together.

    `about` says in plain words what they are ("the libraries that make leaflets"), `megabytes` what
    they take on the disk, and `modules` are the names under which they are imported.
    """

    about: str
    megabytes: int
    modules: tuple[str, ...]


# By name. `requirements-NAME.txt` has the exact versions and checksums.
EXTRAS: Mapping[str, Extra] = {
    "casework": Extra("the calendar of bank holidays", 9, ("holidays",)),
    "figures": Extra("the lists of crawlers", 1, ("crawlerdetect", "crawleruseragents")),
    "geodata": Extra("the library that reads maps that were downloaded by hand", 107, ("pyogrio",)),
    "import": Extra("the library that turns web pages into Markdown", 1, ("markdownify",)),
    "leaflet": Extra("the libraries that make leaflets", 85, ("typst", "segno")),
    "reach": Extra(
        "the libraries that make and send newsletters and read other sites",
        25,
        ("css_inline", "feedparser", "imap_tools", "keyring"),
    ),
    "sheets": Extra("the library that reads spreadsheets", 2, ("python_calamine",)),
}


class InstallError(Exception):
    """The installer failed; it has said why."""


def requirements_of(name: str) -> Path:
    """The list of exact versions of an extra, or of `SITE`."""
    return _PROJECT / ("requirements.txt" if name == SITE else f"requirements-{name}.txt")


def is_installed(name: str) -> bool:
    """Whether all libraries of an extra can be imported, in whatever version."""
    return all(find_spec(module) is not None for module in EXTRAS[name].modules)


def is_up_to_date(name: str) -> bool:
    """Whether exactly what the list of versions names was installed, for this Python."""
    try:
        return _stamp(name).read_text(encoding="utf-8") == _installed_now(name)
    except (OSError, UnicodeDecodeError):
        return False


def install_command(name: str) -> list[str]:
    """The command that installs an extra, or `SITE`, for the Python that runs this."""
    file = str(requirements_of(name))
    return [sys.executable, "-m", "pip", "install", *_QUIETLY, "--require-hashes", "-r", file]


def install_hint(name: str) -> str:
    """What to run, for a message; paths in the working folder are given without it."""
    # late import: see docs/architecture.md
    import shlex

    here = f"{Path.cwd()}{os.sep}"
    words = [word.removeprefix(here) for word in install_command(name) if word not in _QUIETLY]
    return f"Run: {shlex.join(words) if sys.platform != 'win32' else ' '.join(words)}"


def install(name: str) -> None:
    """Install an extra, or `SITE`; it can be imported at once. Needs the internet.

    The installer writes what goes wrong to the terminal. Raises `InstallError` then.
    """
    # late import: see docs/architecture.md
    import subprocess

    if find_spec("pip") is None:  # the environment was not finished
        subprocess.run([sys.executable, "-m", "ensurepip"], check=False)
    command = install_command(name)
    done = subprocess.run(command, stdin=subprocess.DEVNULL, check=False)  # noqa: S603 - ours alone
    if done.returncode:
        raise InstallError(name)
    importlib.invalidate_caches()
    _stamp(name).write_text(_installed_now(name), encoding="utf-8")


def _stamp(name: str) -> Path:
    """The file beside the libraries that says which versions were installed."""
    return Path(sys.prefix) / f"{name}.stamp"


def _installed_now(name: str) -> str:
    """What the stamp says after an installation; libraries do not survive a new Python."""
    # late import: see docs/architecture.md
    import hashlib

    digest = hashlib.sha256(requirements_of(name).read_bytes()).hexdigest()
    return f"{digest} {sys.platform} {sys.version_info[0]}.{sys.version_info[1]}\n"


def main() -> int:
    for name in sys.argv[1:]:
        try:
            install(name)
        except InstallError:
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
