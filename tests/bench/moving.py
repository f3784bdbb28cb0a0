"""What `make import` costs: an old blog of 1,000 posts, with a picture in every fourth.

The peer turns the same HTML into Markdown with markdownify, and does nothing else.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from scaffold.old_blog.exports import blogger_export, jekyll, made_posts, wxr
from support import picture, run, write_files, write_site

LIMIT = 30.0


def main(posts: int, pairs: int) -> None:
    """The whole command in a process of its own: reading, writing and checking all posts."""
    plain = [_plain_markdown(posts) for _ in range(pairs)]
    first, again = zip(*(_wordpress(posts) for _ in range(pairs)), strict=True)
    print(
        f"moving {posts:,} posts from WordPress: {statistics.median(first):.1f} s (goal: "
        f"{LIMIT:g} s), a second run {statistics.median(again):.1f} s; markdownify alone "
        f"{statistics.median(plain):.1f} s"
    )
    others: dict[str, Callable[[Path], Path]] = {
        "Blogger": lambda folder: _export(folder, blogger_export(posts)),
        "Jekyll": lambda folder: jekyll(folder / "old", posts),
    }
    for name, make in others.items():
        took = [_once(make) for _ in range(pairs)]
        print(f"moving {posts:,} posts from {name}: {statistics.median(took):.1f} s")


def _wordpress(posts: int) -> tuple[float, float]:
    """The seconds of a first run, and of a second one that changes nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = _export(folder, wxr(posts))
        photographs = {
            post.picture: picture(800, 500 + post.number % 100, "JPEG")
            for post in made_posts(posts)
            if post.picture
        }
        write_files(folder / "uploads", photographs)
        return _command(folder, source, "--uploads", "uploads"), _command(folder, source)


def _once(make: Callable[[Path], Path]) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return _command(folder, make(folder))


def _export(folder: Path, text: str) -> Path:
    (folder / "export.xml").write_text(text, encoding="utf-8")
    return folder / "export.xml"


def _command(folder: Path, source: Path, *words: str) -> float:
    if not (folder / "content").exists():
        write_site(folder / "content")
    start = time.perf_counter()
    done = run("import", "--from", str(source), *words, "--force", cwd=folder, PYTHONHASHSEED="0")
    assert done.returncode == 0, done.stdout + done.stderr
    return time.perf_counter() - start


def _plain_markdown(posts: int) -> float:
    from markdownify import markdownify

    texts = [post.html for post in made_posts(posts)]
    start = time.perf_counter()
    size = sum(len(markdownify(text)) for text in texts)
    assert size > posts
    return time.perf_counter() - start
