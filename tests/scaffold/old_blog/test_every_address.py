"""From an export to a web server: every address of the old blog answers with the right page."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import feedparser
import pytest

from newsboat import Reader, needs_newsboat
from publish.served_site import Built, place_in, publish, served, static_host
from publish.web_servers import Server
from scaffold.old_blog.exports import (
    MadePost,
    blogger_export,
    eleventy,
    hugo,
    jekyll,
    made_posts,
    rss,
    takeout,
    wxr,
)
from support import ISSUES, ROOT, mostly_long, picture, run_here, write_files, write_site
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


# What must be at the old addresses of one kind, such as those of months.
Expectations = dict[str, Expected]
RSS, ATOM, PICTURE = Expected(feed="rss"), Expected(feed="atom"), Expected(is_picture=True)
HOME, ALL = Expected(title="Shaftesbury ward blog"), Expected(title="All posts, by year")
ABOUT, YEAR = Expected(title="About"), Expected(title="2010")
TERMS = Counter(term for post in SHOWN for term in (post.category, *post.tags))
# The categories with their numbers in WordPress.
CATEGORIES = {post.category: post.number % 6 + 1 for post in SHOWN}
TAGS = dict.fromkeys(term for post in SHOWN for term in post.tags)


def month_of(post: MadePost) -> Expected:
    return Expected(title=f"{post.moment:%B %Y}")


def further(first: str, posts: int, expected: Expected) -> Expectations:
    """The second and all later pages of a list, with ten posts on each."""
    return {f"{first}page/{n}/": expected for n in range(2, (posts + 9) // 10 + 1)}


def of_terms(
    address: Callable[[tuple[str, str]], str], names: Collection[tuple[str, str]]
) -> Expectations:
    return {address(term): Expected(title=term[0]) for term in names}


def wordpress_addresses() -> dict[str, Expectations]:
    """As WordPress answers them, with a permalink of year, month, day and name."""
    posts: Expectations = {}
    dates: Expectations = {"/2010/": YEAR, **further("/2010/", len(SHOWN), YEAR)}
    for post in SHOWN:
        page, day = Expected(title=post.title), f"/{post.moment:%Y/%m/%d}/"
        posts |= dict.fromkeys(
            (
                f"{day}{post.slug}/",
                f"{day}{post.slug}/amp/",
                f"{day}{post.slug}/?replytocom=7",
                f"/?p={post.identity}",
            ),
            page,
        )
        dates |= dict.fromkeys(
            (day, f"/{post.moment:%Y/%m}/", f"/?m={post.moment:%Y%m}"), month_of(post)
        )
    lists = {f"/category/{slug}/": (name, slug) for name, slug in CATEGORIES}
    lists |= {f"/tag/{slug}/": (name, slug) for name, slug in TAGS}
    sizes = [post.picture.replace(".jpg", "-300x200.jpg") for post in WITH_PICTURE]
    pages = {"/about/": ABOUT, "/?page_id=1": ABOUT}
    attached = {f"/picture-{post.number}/": Expected(title=post.title) for post in WITH_PICTURE}
    term_pages = [further(one, TERMS[term], Expected(title=term[0])) for one, term in lists.items()]
    return {
        "posts": posts,
        "pages": pages | attached,
        "pictures": {f"/wp-content/uploads/{post.picture}": PICTURE for post in WITH_PICTURE},
        "smaller pictures": {f"/wp-content/uploads/{size}": PICTURE for size in sizes},
        "terms": {old: Expected(title=name) for old, (name, _) in lists.items()}
        | of_terms(lambda term: f"/?tag={term[1]}", TAGS)
        | of_terms(lambda term: f"/?cat={CATEGORIES[term]}", CATEGORIES),
        "dates": dates,
        "authors": {"/author/robin/": HOME, "/?author=1": HOME},
        "further pages": further("/", len(SHOWN), ALL)
        | further("/author/robin/", len(SHOWN), ALL)
        | {old: page for found in term_pages for old, page in found.items()},
        "feeds": dict.fromkeys(("/feed/", "/feed", "/feed/rss2/", "/?feed=rss2"), RSS)
        | dict.fromkeys(("/feed/atom/", "/?feed=atom"), ATOM),
        "feeds of lists": dict.fromkeys((f"{one}feed/" for one in (*lists, "/author/robin/")), RSS),
    }


def blogger_addresses() -> dict[str, Expectations]:
    posts: Expectations = {}
    dates: Expectations = {"/2010/": YEAR}
    for post in SHOWN:
        address = f"/{post.moment:%Y/%m}/{post.slug}.html"
        posts |= dict.fromkeys((address, f"{address}?m=1"), Expected(title=post.title))
        archive = f"/{post.moment:%Y_%m}_01_archive.html"
        dates |= dict.fromkeys((f"/{post.moment:%Y/%m}/", archive), month_of(post))
    labels = [*CATEGORIES, *TAGS]
    atom = ("/feeds/posts/default", "/feeds/posts/default?max-results=500", "/atom.xml")
    return {
        "posts": posts,
        "terms": of_terms(lambda term: f"/search/label/{quote(term[0])}", labels)
        | of_terms(lambda term: f"/search/label/{quote(term[0])}?max-results=20", labels),
        "dates": dates,
        "feeds": dict.fromkeys(atom, ATOM)
        | dict.fromkeys(("/feeds/posts/default?alt=rss", "/rss.xml"), RSS),
        "feeds of lists": {f"/feeds/posts/default/-/{quote(name)}": ATOM for name, _ in labels}
        | {f"/feeds/posts/default/-/{name}?alt=rss": RSS for name, _ in labels if " " not in name},
    }


def jekyll_addresses() -> dict[str, Expectations]:
    """With the plugin that makes pages of categories and tags, and one that divides the list."""
    posts = {
        f"/{post.category[1]}/{post.moment:%Y/%m/%d}/{post.slug}.html": Expected(title=post.title)
        for post in SHOWN
    }
    names = [post.picture.rpartition("/")[2] for post in WITH_PICTURE]
    # Its posts name their categories as they are in addresses, of which one is an issue of ours.
    named = [(issue_name(short), short) for _, short in CATEGORIES]
    return {
        "posts": posts,
        "pages": {"/about/": ABOUT},
        "pictures": {f"/assets/{name}": PICTURE for name in names},
        "terms": of_terms(lambda term: f"/category/{term[1]}/", named)
        | of_terms(lambda term: f"/tag/{term[1]}/", TAGS),
        "further pages": {f"/page{number}/": ALL for number in range(2, 6)},
        "feeds": {"/feed.xml": ATOM},
    }


def hugo_addresses() -> dict[str, Expectations]:
    posts = {f"/posts/{post.slug}/": Expected(title=post.title) for post in SHOWN}
    lists = {f"/categories/{slug(name)}/": (name, short) for name, short in CATEGORIES}
    lists |= {f"/tags/{short}/": (name, short) for name, short in TAGS}
    term_pages = [further(one, TERMS[term], Expected(title=term[0])) for one, term in lists.items()]
    return {
        "posts": posts,
        "pages": {"/about/": ABOUT},
        "pictures": {
            f"/posts/{post.slug}/{post.picture.rpartition('/')[2]}": PICTURE
            for post in WITH_PICTURE
        },
        "terms": {old: Expected(title=name) for old, (name, _) in lists.items()},
        "sections": {"/posts/": ALL},
        "further pages": further("/", len(SHOWN), ALL)
        | further("/posts/", len(SHOWN), ALL)
        | {old: page for found in term_pages for old, page in found.items()},
        "feeds": {"/index.xml": RSS},
        "feeds of lists": {f"{one}index.xml": RSS for one in ("/posts/", *lists)},
    }


def eleventy_addresses() -> dict[str, Expectations]:
    names = [post.picture.rpartition("/")[2] for post in WITH_PICTURE]
    return {
        "posts": {f"/posts/{post.slug}/": Expected(title=post.title) for post in SHOWN},
        "pages": {"/about/": ABOUT},
        "pictures": {f"/img/{name}": PICTURE for name in names},
        "terms": of_terms(lambda term: f"/tags/{slug(term[0])}/", [*CATEGORIES, *TAGS]),
        "sections": {"/posts/": ALL},
        "feeds": {"/feed/feed.xml": ATOM},
    }


def issue_name(short: str) -> str:
    return "Grit bins" if short == "grit-bins" else short


def slug(name: str) -> str:
    return name.casefold().replace(" ", "-")


def _export(make: Callable[[int], str]) -> Callable[[Path], Path]:
    def written(folder: Path) -> Path:
        file = folder / "export.xml"
        folder.mkdir()
        file.write_text(described(make(POSTS)), encoding="utf-8")
        return file

    return written


def _jekyll(folder: Path) -> Path:
    jekyll(folder, POSTS)
    with (folder / "_config.yml").open("a", encoding="utf-8") as settings:
        settings.write("paginate: 5\njekyll-archives:\n  enabled: [categories, tags]\n")
    return _with_pictures(folder, "assets/{name}")


def _hugo(folder: Path) -> Path:
    return _with_pictures(hugo(folder, POSTS), "content/posts/{slug}/{name}")


def _eleventy(folder: Path) -> Path:
    return _with_pictures(eleventy(folder, POSTS), "src/img/{name}")


def _with_pictures(folder: Path, place: str) -> Path:
    """The folder of a blog whose pictures are there, and are described."""
    for post in folder.rglob("*.md"):
        post.write_text(described(post.read_text(encoding="utf-8")), encoding="utf-8")
    photograph = picture(400, 300, "JPEG")
    names = {post.slug: post.picture.rpartition("/")[2] for post in WITH_PICTURE}
    files = {place.format(slug=short, name=name): photograph for short, name in names.items()}
    write_files(folder, files)
    return folder


def described(text: str) -> str:
    """The same with pictures that are described, so that their posts are ready to be published."""
    words = "A yellow grit bin in the snow at the corner"
    text = text.replace("A picture ", f"{words}, number ")
    return re.sub(r'(&lt;img src="[^"]+")( /&gt;)', rf'\1 alt="{words}"\2', text).replace(
        ".jpg&quot; /&gt;", f".jpg&quot; alt=&quot;{words}&quot; /&gt;"
    )


BLOGS: dict[str, tuple[Callable[[Path], Path], Callable[[], dict[str, Expectations]]]] = {
    "wordpress": (_export(wxr), wordpress_addresses),
    "blogger": (_export(blogger_export), blogger_addresses),
    "takeout": (_export(takeout), blogger_addresses),
    "jekyll": (_jekyll, jekyll_addresses),
    "hugo": (_hugo, hugo_addresses),
    "eleventy": (_eleventy, eleventy_addresses),
}
# How many addresses of each kind are visited on each web server.
_OF_BLOGGER = {"posts": 50, "terms": 16, "dates": 7, "feeds": 5, "feeds of lists": 12}
COUNTS: dict[str, dict[str, int]] = {
    "wordpress": {
        "posts": 100, "pages": 8, "pictures": 6, "smaller pictures": 6, "terms": 16, "dates": 34,
        "authors": 2, "further pages": 5, "feeds": 6, "feeds of lists": 9,
    },
    "blogger": _OF_BLOGGER,
    "takeout": _OF_BLOGGER,
    "jekyll": {
        "posts": 25, "pages": 1, "pictures": 6, "terms": 8, "further pages": 4, "feeds": 1,
    },
    "hugo": {
        "posts": 25, "pages": 1, "pictures": 6, "terms": 8, "sections": 1, "further pages": 5,
        "feeds": 1, "feeds of lists": 9,
    },
    "eleventy": {
        "posts": 25, "pages": 1, "pictures": 6, "terms": 8, "sections": 1, "feeds": 1,
    },
}  # fmt: skip


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
    checked = run_here("check", "--content", str(content), cwd=own)
    assert (checked.returncode, checked.stdout) == (0, "No problems.\n"), checked.stdout
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
def site_of(home: Path) -> Callable[[str], Built]:
    """The site that an old blog has become; each is made once."""

    @cache
    def made(blog: str) -> Built:
        (home / blog).mkdir()
        return moved_in(home / blog, BLOGS[blog][0])

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


# An export, and the folder of a site; the other programs are read in the same two ways.
IN_A_SHORT_RUN = (("wordpress", "nginx"), ("jekyll", "apache"))


@pytest.mark.long
@pytest.mark.parametrize(
    ("blog", "name"),
    [
        pytest.param(*both, marks=() if both in IN_A_SHORT_RUN else pytest.mark.long)
        for both in product(BLOGS, ("nginx", "apache"))
    ],
)
def test_every_address_of_the_old_blog_answers(
    blog: str, name: str, site_of: Callable[[str], Built], home: Path
) -> None:
    kinds = BLOGS[blog][1]()
    with served(name, site_of(blog), home / f"{blog}-{name}") as server:
        problems = {
            kind: [problem_at(server, old, expected) for old, expected in addresses.items()]
            for kind, addresses in kinds.items()
        }
    assert [one for found in problems.values() for one in found if one] == []
    assert {kind: len(found) for kind, found in problems.items()} == COUNTS[blog]


@needs_newsboat
@pytest.mark.parametrize("name", mostly_long(("nginx", "apache"), "nginx"))
def test_newsboat_shows_no_old_post_as_new(
    name: str, site_of: Callable[[str], Built], home: Path
) -> None:
    """A subscriber of WordPress's feed, who had read all of it, finds nothing to read."""
    old = write_files(home / f"old-{name}", {"feed/index.html": rss(POSTS)})
    with static_host([old]) as port:
        reader = Reader(home / f"reader-{name}", f"http://127.0.0.1:{port}/feed/")
        reader.reload()
        reader.read_all()
        assert reader.titles() == {post.title for post in SHOWN}
    with served(name, site_of("wordpress"), home / f"news-{name}", port):
        reader.reload()
    assert reader.titles() == {post.title for post in SHOWN}
    assert reader.unread() == set()
