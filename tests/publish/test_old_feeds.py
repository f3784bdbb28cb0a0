"""A feed reader (newsboat) that followed an earlier blog shows none of its posts as new."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from newsboat import Reader, needs_newsboat
from publish.served_site import Built, place_in, publish, served, static_host
from support import ISSUES, ROOT, WARD, write_files, write_site
from wardblog.build import build_site

pytestmark = needs_newsboat
POSTS = 12
OLD = "https://old.example.org"


def guid(number: int) -> str:
    """As WordPress makes them, as Blogger does, and the address of a post itself."""
    ways = (f"{OLD}/?p={number}", f"tag:blogger.com,1999:blog-8070.post-{number}",
            f"{OLD}/2015/03/post-{number}/")  # fmt: skip
    return ways[number % 3]


def day(number: int) -> date:
    return date(2015, 3, 1) + timedelta(number)


OLD_RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>The old blog</title>'
    f"<link>{OLD}</link><description>News</description>"
    + "".join(
        f"<item><title>Post {n}</title><link>{OLD}/2015/03/post-{n}/</link>"
        f'<guid isPermaLink="false">{guid(n)}</guid>'
        f"<pubDate>{day(n):%a, %d %b %Y} 09:00:00 +0000</pubDate>"
        f"<description>Words {n}</description></item>"
        for n in range(POSTS)
    )
    + "</channel></rss>"
)
OLD_ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The old blog</title>'
    f"<id>{OLD}/</id><updated>2015-03-20T09:00:00Z</updated><author><name>Robin</name></author>"
    + "".join(
        f"<entry><title>Post {n}</title><id>{guid(n)}</id>"
        f'<link rel="alternate" href="{OLD}/2015/03/post-{n}/"/>'
        f"<updated>{day(n)}T09:00:00Z</updated><content>Words {n}</content></entry>"
        for n in range(POSTS)
    )
    + "</feed>"
)
# The addresses of the old feeds, and what was there.
FEEDS = {"/feed/": OLD_RSS, "/rss.xml": OLD_RSS, "/atom.xml": OLD_ATOM,
         "/feeds/posts/default": OLD_ATOM}  # fmt: skip
NEW_POST = "Title: A new post\nDate: 2026-11-20\nTags: general\n\nSome text.\n"


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that others can read, since servers that root starts work as somebody else."""
    with tempfile.TemporaryDirectory(prefix="wardblog-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def moved_in(own: Path, keeps_ids: bool = True) -> Built:
    """Our site with the posts of the old blog, their ids and addresses, and one new post."""
    posts: dict[str, str | bytes] = {
        f"posts/{n}.md": f"Title: Post {n}\nDate: {day(n)} 09:00\nTags: general\n"
        + (f"Guid: {guid(n)}\n" if keeps_ids else "")
        + f"Aliases: /2015/03/post-{n}/\nSlug: now-{n}\n\nWords {n}\n"
        for n in range(POSTS)
    }
    table = "old,new\n" + "".join(
        f"{old},/feeds/all.{'rss' if was is OLD_RSS else 'atom'}.xml\n"
        for old, was in FEEDS.items()
    )
    files = {**posts, "posts/fine.md": NEW_POST, "redirects.csv": table, "issues.toml": ISSUES}
    content = write_site(own / "content", {**files, "ward.toml": WARD})
    run = build_site(ROOT / "publishconf.py", content, own / "output")
    place = place_in(own, run)
    place.folder.parent.mkdir()
    publish(run, own / "output", place.folder)
    return Built(run, place, content, own / "output")


def old_blog(folder: Path) -> Path:
    return write_files(
        folder, {f"{old.strip('/')}{'' if '.' in old else '/index.html'}": was
                 for old, was in FEEDS.items()}
    )  # fmt: skip


def subscribed(folder: Path, port: int) -> dict[str, Reader]:
    """A reader of each old feed, which has read all of it."""
    readers = {
        old: Reader(folder / str(n), f"http://127.0.0.1:{port}{old}") for n, old in enumerate(FEEDS)
    }
    for old, reader in readers.items():
        reader.reload()
        assert reader.titles() == {f"Post {n}" for n in range(POSTS)}, old
        reader.read_all()
    return readers


def new_in(readers: dict[str, Reader]) -> dict[str, set[str]]:
    """What each shows as new after it has fetched its feed again."""
    for reader in readers.values():
        reader.reload()
    return {old: reader.unread() for old, reader in readers.items()}


@pytest.mark.parametrize("name", ["nginx", "apache"])
def test_after_the_move_only_the_new_post_is_new(name: str, home: Path) -> None:
    with static_host([old_blog(home / "old")]) as port:
        readers = subscribed(home / "readers", port)
    with served(name, moved_in(home / "new"), home / name, port):
        assert new_in(readers) == {old: {"A new post"} for old in FEEDS}


def test_on_a_host_without_redirects_too(home: Path) -> None:
    folders = [old_blog(home / "old")]
    with static_host(folders) as port:
        readers = subscribed(home / "readers", port)
        folders.append(moved_in(home / "new").output)
        assert new_in(readers) == {old: {"A new post"} for old in FEEDS}


def test_without_their_ids_all_posts_would_be_new(home: Path) -> None:
    folders = [old_blog(home / "old")]
    with static_host(folders) as port:
        readers = subscribed(home / "readers", port)
        folders.append(moved_in(home / "new", keeps_ids=False).output)
        assert {len(titles) for titles in new_in(readers).values()} == {POSTS + 1}
