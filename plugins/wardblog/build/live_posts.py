"""Remembers which posts are live, and from which bytes of their files, for the editor to say so.

Each publish, and each look at what it would do, compares the site with the live one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from wardblog.build.paths import full
from wardblog.build.run import Run
from wardblog.model.addresses import index_of
from wardblog.support.private_files import private_folder, write_private

LIVE = Path(".wardblog/cache/live.json")
_MOST_BYTES = 50_000_000


def remember_live(
    run: Run, live: Mapping[str, str], built: Mapping[str, str], path: Path = LIVE
) -> None:
    """Remember the posts with a live page. `live` and `built` are the digests of files by path.

    The page of a post that was published earlier may have another address than now.
    """
    before = _read(run.content, path)
    found: dict[str, list[str]] = {}
    for post in (*run.site.posts, *run.site.pages):
        address, digest = before.get(post.file, ("", ""))
        now = index_of(post.address) if post.address else ""
        if now in live and live[now] == built.get(now):
            reading = run.reading.cache.posts.get(post.file)
            found[post.file] = [now, reading.fingerprint.digest.hex() if reading else ""]
        elif now in live or address in live:
            found[post.file] = [now if now in live else address, digest]
    values = {"content": str(full(run.content)), "posts": found}
    private_folder(path.parent)
    write_private(path, json.dumps(values, ensure_ascii=True, indent=0).encode())


def forget_live(path: Path = LIVE) -> None:
    """Forget which posts are live, such as after an earlier site was brought back."""
    path.unlink(missing_ok=True)


def live_posts(content: Path, path: Path = LIVE) -> dict[str, str]:
    """The posts that were live when that was last looked up, by file.

    Each has the digest of the file that its live page was made from, "" if that is not known.
    """
    return {file: digest for file, (_, digest) in _read(content, path).items()}


def _read(content: Path, path: Path) -> dict[str, tuple[str, str]]:
    """The address and the digest of each post; nothing if the file cannot be read."""
    try:
        stored = json.loads(path.read_bytes()[:_MOST_BYTES])
        if stored["content"] != str(full(content)):
            return {}
        return {str(f): (str(a), str(d)) for f, (a, d) in stored["posts"].items()}
    except (AttributeError, KeyError, OSError, RecursionError, TypeError, ValueError):
        return {}
