"""The files in private/listening/: the digest as a file for programs, and as one to read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from wardblog.office.listening.items import FeedItem
from wardblog.problems import CommandError, display_path
from wardblog.support.private_files import private_folder, write_private

T = TypeVar("T")
FOLDER = "listening"


def item_to(item: FeedItem) -> dict[str, str]:
    return {
        "site": item.site,
        "title": item.title,
        "text": item.text,
        "link": item.link,
        "guid": item.guid,
        "published": item.published.isoformat() if item.published else "",
    }


def item_from(data: Mapping[str, Any]) -> FeedItem:
    return FeedItem(
        site=str(data["site"]),
        title=str(data["title"]),
        text=str(data["text"]),
        link=str(data["link"]),
        guid=str(data["guid"]),
        published=datetime.fromisoformat(data["published"]) if data["published"] else None,
    )


def read_json(path: Path, read: Callable[[Mapping[str, Any]], T], hint: str) -> T | None:
    """What a file says, or None if there is none; raises `CommandError` if it is damaged."""
    try:
        return read(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CommandError(f"{display_path(path)} cannot be read ({error.strerror})") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CommandError(f"{display_path(path)} is damaged", hint) from None


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Replace a file, which only its owner can read; raises `OSError`."""
    private_folder(path.parent)
    # Each value in a line of its own, for who opens the file; `indent` would take much longer.
    text = json.dumps(data, ensure_ascii=False, separators=(",\n", ": "))
    write_private(path, f"{text}\n".encode(errors="replace"))
