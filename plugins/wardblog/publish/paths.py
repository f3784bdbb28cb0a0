"""Refuse to publish into folders that the councillor writes in, or keeps private."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from wardblog.model import PublishSettings
from wardblog.publish.release_mark import MARK
from wardblog.publish.releases_folder import LOCK, RELEASES
from wardblog.publish.target import CommandError

_HINT = 'Choose a folder for the site alone in ward.toml, such as: path = "public"'


def check_path(settings: PublishSettings, protected: Mapping[str, Path]) -> None:
    """Raises `CommandError` if the folder is, contains, or is inside a protected one.

    `protected` has the folders by what a message calls them. Links are followed, and names that a
    computer may treat as equal, such as `Content` and `content`, are treated as equal.
    """
    if not settings.is_on_this_computer:
        return
    link = Path(settings.path)
    with suppress(RuntimeError):
        link = link.expanduser()
    # The last part may be our own link to the live release.
    whole = Path(os.path.realpath(link.parent)) / link.name
    _check_hidden(whole)
    for what, folder in protected.items():
        for ours in (whole, whole.with_name(f"{whole.name}{RELEASES}")):
            if is_within(ours, folder):
                raise CommandError(
                    f"The site cannot be published to {whole}: it is in {what}", _HINT
                )
            if is_within(folder, ours):
                raise CommandError(
                    f"The site cannot be published to {whole}: {what} is in it", _HINT
                )
    for what, folder in _never_replaced():
        if is_within(folder, whole):
            raise CommandError(f"The site cannot be published to {whole}: {what} is in it", _HINT)
    for above in (whole, *whole.parents):
        if what := _belongs_to(above):
            raise CommandError(f"The site cannot be published to {whole}: it is in {what}", _HINT)


def _belongs_to(folder: Path) -> str:
    """What other important folder this is, such as somebody else's content; empty for none."""
    if (folder / "ward.toml").is_file() or (folder / "issues.toml").is_file():
        return f"{folder.name}, which has somebody's content"
    if (folder / MARK).is_file() and not folder.is_symlink():
        return "another published site"
    if folder.name.endswith(RELEASES) and (folder / LOCK).is_file():
        return f"{folder.name}, which has the releases of a site"
    return ""


def _check_hidden(whole: Path) -> None:
    """Refuse hidden folders, where programs keep settings and keys."""
    with suppress(ValueError):
        whole = whole.relative_to(Path.cwd())
    if any(part.startswith(".") for part in whole.parts):
        raise CommandError(
            f"The site cannot be published to {whole}: it is in a hidden folder", _HINT
        )


def _never_replaced() -> Iterator[tuple[str, Path]]:
    yield "this project", Path.cwd()
    with suppress(RuntimeError):
        yield "your home folder", Path.home()


def is_within(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or inside it, by name or on the disk."""
    place = Path(os.path.realpath(folder))
    if place in (path, *path.parents):
        return True
    parts, others = _plain(place), _plain(path)
    if others[: len(parts)] == parts:
        return True
    return any(_is_same(above, place) for above in (path, *path.parents))


def _plain(path: Path) -> list[str]:
    return [unicodedata.normalize("NFC", part).casefold() for part in path.parts]


def _is_same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)  # noqa: PTH121 - for two paths of equal rank
    except OSError:
        return False
