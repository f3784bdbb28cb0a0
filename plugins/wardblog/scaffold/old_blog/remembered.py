"""Remembers in the private folder what was imported from an old blog, to recognise it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from wardblog.problems import CommandError, display_path
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder, write_private

# The folder of this command below the private folder.
FOLDER = "import"
_FILE = "memory.json"
_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPost:
    """A post as it was last written: `digest` is that of the bytes of its file, in hexadecimal.

    `is_public` is whether `Status: draft` was taken out. `groups` are the groups of findings that
    it is in, by check and words.
    """

    file: str
    digest: str
    is_public: bool = False
    groups: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMemory:
    """What earlier runs wrote.

    `posts` are by their key in the old blog, `pictures` are the files of the content by their old
    URL, and `redirects` the rows of the table of old addresses that this command wrote.
    """

    posts: Mapping[str, WrittenPost] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)


def import_folder(private: Path) -> Path:
    """The private folder of this command, which is created if it is missing."""
    folder = private / FOLDER
    private_folder(private, folder)
    return folder


def read_memory(private: Path) -> MoveMemory:
    """What earlier runs remembered; nothing if there were none.

    Raises `CommandError` for a file that another program has changed.
    """
    path = private / FOLDER / _FILE
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return MoveMemory()
    except ValueError:
        raise _unreadable(path) from None
    try:
        return _memory(found)
    except (TypeError, KeyError, AttributeError, ValueError):
        raise _unreadable(path) from None


def _memory(found: Any) -> MoveMemory:
    if found["version"] != _VERSION:
        raise ValueError(found["version"])
    posts = {
        str(key): WrittenPost(
            file=str(one["file"]),
            digest=str(one["digest"]),
            is_public=bool(one["public"]),
            groups=tuple((str(check), str(words)) for check, words in one["groups"]),
        )
        for key, one in found["posts"].items()
    }
    pictures = {str(url): str(file) for url, file in found["pictures"].items()}
    redirects = {str(old): str(new) for old, new in found["redirects"].items()}
    return MoveMemory(posts=posts, pictures=pictures, redirects=redirects)


def _unreadable(path: Path) -> CommandError:
    return CommandError(
        f"{display_path(path)} cannot be read: another program has changed it",
        "Delete it. Posts that are here already are then recognised by their Guid, and stay as "
        "they are.",
    )


def write_memory(private: Path, memory: MoveMemory) -> None:
    """Replace what is remembered; raises `OSError`."""
    posts = {
        key: {
            "file": one.file,
            "digest": one.digest,
            "public": one.is_public,
            "groups": one.groups,
        }
        for key, one in sorted(memory.posts.items())
    }
    data = {
        "version": _VERSION,
        "posts": posts,
        "pictures": dict(sorted(memory.pictures.items())),
        "redirects": dict(sorted(memory.redirects.items())),
    }
    text = json.dumps(data, ensure_ascii=False, indent=1)
    write_private(import_folder(private) / _FILE, f"{text}\n".encode())
