"""Keeps the digest: for programs, to read, and the earlier ones for two weeks."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from wardblog.office.listening.digest import Digest, DigestItem, DigestSection, FoundAt
from wardblog.office.listening.markdown import digest_in_markdown
from wardblog.office.listening.stored import FOLDER, item_from, item_to, read_json, write_json
from wardblog.problems import CommandError
from wardblog.support.private_files import private_folder, write_private

DIGEST, MARKDOWN, EARLIER = "digest.json", "digest.md", "earlier"
_KEPT = timedelta(days=14)
_NAME = "%Y-%m-%d-%H%M"
_LISTEN_AGAIN = "Delete it, and run make listen."


def load_digest(private: Path) -> Digest | None:
    """The digest of the last run that found anything, or None; raises `CommandError`."""
    return read_json(private / FOLDER / DIGEST, _digest, _LISTEN_AGAIN)


def save_digest(private: Path, digest: Digest) -> None:
    """Replace the digest, and keep the one before it to read; raises `OSError`."""
    folder = private / FOLDER
    private_folder(private, folder)
    _keep_earlier(private, digest.made)
    write_json(folder / DIGEST, _plain(digest))
    write_private(folder / MARKDOWN, digest_in_markdown(digest).encode(errors="replace"))


def _keep_earlier(private: Path, now: datetime) -> None:
    """Put the last digest beside the earlier ones, and remove those that are too old."""
    earlier, last = private / FOLDER / EARLIER, private / FOLDER / MARKDOWN
    private_folder(earlier)
    with suppress(FileNotFoundError, CommandError):
        before = load_digest(private)
        made = before.made if before else now
        write_private(earlier / f"{made.strftime(_NAME)}.md", last.read_bytes())
    for path in earlier.glob("*.md"):
        with suppress(ValueError):
            made = datetime.strptime(path.stem, _NAME).replace(tzinfo=now.tzinfo)
            if now - made > _KEPT:
                path.unlink()


def _plain(digest: Digest) -> Mapping[str, Any]:
    return {
        "made": digest.made.isoformat(),
        "feeds": digest.feeds,
        "notes": list(digest.notes),
        "sections": [
            {
                "heading": section.heading,
                "stories": [[_plain_item(one) for one in story] for story in section.stories],
            }
            for section in digest.sections
        ],
    }


def _plain_item(entry: DigestItem) -> Mapping[str, Any]:
    return {
        "number": entry.number,
        **item_to(entry.item),
        "also": [asdict(one) for one in entry.also],
        "issues": entry.issues,
        "streets": entry.streets,
        "about": entry.about,
    }


def _digest(data: Mapping[str, Any]) -> Digest:
    return Digest(
        made=datetime.fromisoformat(data["made"]),
        feeds=int(data["feeds"]),
        notes=tuple(map(str, data["notes"])),
        sections=tuple(
            DigestSection(
                heading=str(section["heading"]),
                stories=tuple(tuple(map(_item, story)) for story in section["stories"]),
            )
            for section in data["sections"]
        ),
    )


def _item(data: Mapping[str, Any]) -> DigestItem:
    return DigestItem(
        number=int(data["number"]),
        item=item_from(data),
        also=tuple(FoundAt(site=str(o["site"]), link=str(o["link"])) for o in data["also"]),
        issues=tuple(map(str, data["issues"])),
        streets=tuple(map(str, data["streets"])),
        about=tuple(map(str, data["about"])),
    )
