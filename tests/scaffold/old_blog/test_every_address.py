"""From an export to a web server: every address of the old blog answers with the right page."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import feedparser
import pytest

from newsboat import Reader, needs_newsboat
from publish.served_site import Built, place_in, publish, served, static_host
from publish.web_servers import Server
from scaffold.old_blog.exports import (
    blogger_export,
    jekyll,
    made_posts,
    rss,
    takeout,
    wxr,
)
from support import ISSUES, ROOT, picture, run_here, write_files, write_site
from wardblog.build import build_site

# With less, no tag of the posts would have a feed of its own.
POSTS = 26
SHOWN = [post for post in made_posts(POSTS) if not post.is_draft]
WITH_PICTURE = [post for post in SHOWN if post.picture]
TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be at an old address: a page with this title, a feed, or a picture."""

    title: str = ""
    feed: str = ""
    is_picture: bool = False


def wordpress_addresses() -> dict[str, Expected]:
    """As WordPress answers them, with a permalink of year, month, day and name."""
    found: dict[str, Expected] = {}
    for post in SHOWN:
        page = Expected(title=post.title)
        found[f"/{post.moment:%Y/%m/%d}/{post.slug}/"] = page
        found[f"/?p={post.identity}"] = page
        found[f"/{post.moment:%Y/%m/%d}/{post.slug}/amp/"] = page
        found[f"/{post.moment:%Y/%m/%d}/{post.slug}/?replytocom=7"] = page
        found[f"/{post.moment:%Y/%m}/"] = Expected(title=f"{post.moment:%B %Y}")
    for post in WITH_PICTURE:
        found[f"/wp-content/uploads/{post.picture}"] = Expected(is_picture=True)
        found[f"/picture-{post.number}/"] = Expected(title=post.title)
    found["/about/"] = found["/?page_id=1"] = Expected(title="About")
    found |= {
        f"/category/{slug}/": Expected(title=name)
        for name, slug in dict.fromkeys(post.category for post in SHOWN)
    }
    found["/tag/winter/"] = Expected(title="winter")
    for path in ("/feed/", "/feed", "/feed/rss2/", "/?feed=rss2"):
        found[path] = Expected(feed="rss")
    for path in ("/feed/atom/", "/?feed=atom"):
        found[path] = Expected(feed="atom")
    return found


def blogger_addresses() -> dict[str, Expected]:
    found: dict[str, Expected] = {}
    for post in SHOWN:
        address = f"/{post.moment:%Y/%m}/{post.slug}.html"
        found |= dict.fromkeys((address, f"{address}?m=1"), Expected(title=post.title))
        found[f"/{post.moment:%Y/%m}/"] = Expected(title=f"{post.moment:%B %Y}")
    found |= {
        f"/search/label/{quote(name)}": Expected(title=name)
        for name, _ in dict.fromkeys(post.category for post in SHOWN)
    }
    for path in ("/feeds/posts/default", "/feeds/posts/default?max-results=500", "/atom.xml"):
        found[path] = Expected(feed="atom")
    for path in ("/feeds/posts/default?alt=rss", "/rss.xml"):
        found[path] = Expected(feed="rss")
    return found


def jekyll_addresses() -> dict[str, Expected]:
    found = {
        f"/{post.category[1]}/{post.moment:%Y/%m/%d}/{post.slug}.html": Expected(title=post.title)
        for post in SHOWN
    }
    found |= {
        f"/assets/{post.picture.rpartition('/')[2]}": Expected(is_picture=True)
        for post in WITH_PICTURE
    }
    return {**found, "/about/": Expected(title="About"), "/feed.xml": Expected(feed="atom")}


def _export(make: Callable[[int], str]) -> Callable[[Path], Path]:
    def written(folder: Path) -> Path:
        file = folder / "export.xml"
        folder.mkdir()
        file.write_text(described(make(POSTS)), encoding="utf-8")
        return file

    return written


def _jekyll(folder: Path) -> Path:
    jekyll(folder, POSTS)
    for post in folder.rglob("*.md"):
        post.write_text(described(post.read_text(encoding="utf-8")), encoding="utf-8")
    photograph = picture(400, 300, "JPEG")
    write_files(
        folder / "assets",
        {post.picture.rpartition("/")[2]: photograph for post in WITH_PICTURE},
    )
    return folder


def described(text: str) -> str:
    """The same with pictures that are described, so that their posts are ready to be published."""
    words = "A yellow grit bin in the snow at the corner"
    text = text.replace("A picture ", f"{words}, number ")
    return re.sub(r'(&lt;img src="[^"]+")( /&gt;)', rf'\1 alt="{words}"\2', text).replace(
        ".jpg&quot; /&gt;", f".jpg&quot; alt=&quot;{words}&quot; /&gt;"
    )


BLOGS: dict[str, tuple[Callable[[Path], Path], Callable[[], dict[str, Expected]]]] = {
    "wordpress": (_export(wxr), wordpress_addresses),
    "blogger": (_export(blogger_export), blogger_addresses),
    "takeout": (_export(takeout), blogger_addresses),
    "jekyll": (_jekyll, jekyll_addresses),
}


def moved_in(own: Path, export: Callable[[Path], Path]) -> Built:
    """Our site after `make import` with all that is ready published, in a folder for a server."""
    content = write_site(own / "content", {"issues.toml": ISSUES})
    (content / "posts/fine.md").unlink()
    uploads = write_files(
        own / "uploads", {post.picture: picture(400, 300, "JPEG") for post in WITH_PICTURE}
    )
    done = run_here(
        "import", "--from", str(export(own / "old")), "--uploads", str(uploads), "--force",
        "--publish", "--content", str(content), cwd=own,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    run = build_site(ROOT / "publishconf.py", content, own / "output")
    place = place_in(own, run)
    place.folder.parent.mkdir()
    publish(run, own / "output", place.folder)
    return Built(run, place, content, own / "output")


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder that others can read, since servers that root starts work as somebody else."""
    with tempfile.TemporaryDirectory(prefix="wardblog-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def sites(home: Path) -> dict[str, Built]:
    made = {}
    for name, (export, _) in BLOGS.items():
        (home / name).mkdir()
        made[name] = moved_in(home / name, export)
    return made


def problem_at(server: Server, address: str, expected: Expected) -> str:
    """What is wrong with the answer at an old address after its redirects; "" if it is right."""
    url = address
    for _ in range(4):
        answer = server.run_text(url)
        if answer.status != 301:
            break
        parts = urlsplit(urljoin(f"http://localhost{url}", answer.headers["Location"]))
        url = f"{parts.path}?{parts.query}" if parts.query else parts.path
    kind = answer.headers.get("Content-Type", "")
    if answer.status != 200:
        return f"{address}: {answer.status} at {url}"
    if expected.title:
        title = TITLE.search(answer.body.decode())
        words = re.sub(r"<[^>]+>|\s+", " ", title[1]).strip() if title else ""
        is_right = expected.title.casefold() in words.casefold()
        return "" if is_right else f"{address}: {words} at {url}"
    if expected.feed:
        parsed = feedparser.parse(answer.body)
        is_right = expected.feed in parsed.version and expected.feed in kind and parsed.entries
        return "" if is_right else f"{address}: {kind} at {url}"
    return "" if kind.startswith("image/") else f"{address}: {kind} at {url}"


@pytest.mark.parametrize("name", ["nginx", "apache"])
@pytest.mark.parametrize("blog", BLOGS)
def test_every_address_of_the_old_blog_answers(
    blog: str, name: str, sites: dict[str, Built], home: Path
) -> None:
    addresses = BLOGS[blog][1]()
    assert len(addresses) > 2 * len(SHOWN) or blog == "jekyll"
    with served(name, sites[blog], home / f"{blog}-{name}") as server:
        problems = [problem_at(server, old, expected) for old, expected in addresses.items()]
    assert [problem for problem in problems if problem] == []


@needs_newsboat
@pytest.mark.parametrize("name", ["nginx", "apache"])
def test_newsboat_shows_no_old_post_as_new(name: str, sites: dict[str, Built], home: Path) -> None:
    """A subscriber of WordPress's feed, who had read all of it, finds nothing to read."""
    old = write_files(home / f"old-{name}", {"feed/index.html": rss(POSTS)})
    with static_host([old]) as port:
        reader = Reader(home / f"reader-{name}", f"http://127.0.0.1:{port}/feed/")
        reader.reload()
        reader.read_all()
        assert reader.titles() == {post.title for post in SHOWN}
    with served(name, sites["wordpress"], home / f"news-{name}", port):
        reader.reload()
    assert reader.titles() == {post.title for post in SHOWN}
    assert reader.unread() == set()
