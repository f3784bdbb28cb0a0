"""What is at old addresses: pages that forward, copies of feeds, and ids that stay."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from feed_rules import ATOM
from support import (
    POST,
    WARD,
    files_in,
    files_of,
    picture,
    read_all,
    read_fine,
    run_here,
    write_site,
)
from wardblog.model import Site
from wardblog.model.redirects import feed_copy_path, needs_host, page_path
from wardblog.views import redirects
from wardblog.views.feeds import feeds

URL = "https://ward.example.org/2026/11/a-fine-post/"
GUID = "https://old.example.org/?p=123"
DRAFT = POST.replace("A fine post", "A draft").replace("Tags", "Status: draft\nTags")


def with_lines(lines: str) -> dict[str, str | bytes]:
    return {"posts/fine.md": POST.replace("\n\nSome", f"\n{lines}\n\nSome")}


def table(*lines: str) -> dict[str, str | bytes]:
    return {"redirects.csv": "\n".join(("old,new", *lines, ""))}


@pytest.mark.parametrize(
    ("old", "page", "feed"),
    [
        ("/2015/03/hello/", "2015/03/hello/index.html", "2015/03/hello/index.html"),
        ("/hello", "hello/index.html", "hello/index.html"),
        ("/hello.html", "hello.html", ""),
        ("/a.htm", "a.htm", ""),
        ("/index.php", "index.php/index.html", "index.php/index.html"),
        ("/2015/st.-mary/", "2015/st.-mary/index.html", "2015/st.-mary/index.html"),
        ("/plan.doc", "plan.doc/index.html", "plan.doc/index.html"),
        ("/atom.xml", "", "atom.xml"),
        ("/blog.rss", "blog.rss/index.html", "blog.rss"),
        ("/feed.json", "", "feed.json"),
        ("/bin.JPG", "", ""),
        ("/?p=123", "", ""),
        ("/index.php?p=123", "", ""),
        ("/what?/", "what?/index.html", "what?/index.html"),
    ],
)
def test_what_can_be_at_an_old_address(old: str, page: str, feed: str) -> None:
    assert (page_path(old), feed_copy_path(old)) == (page, feed)
    assert needs_host(old) == (not page and not feed)


def built(folder: Path, files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """The files of a site, built by `make html`."""
    content = write_site(folder / "content", files)
    done = run_here("html", "--content", str(content), "--output", str(folder / "output"))
    assert done.returncode == 0, done.stderr
    return files_of(folder / "output")


def _leads_on(path: str, content: bytes) -> bool:
    """Whether it is the page of an old address; the search leads on where there are no scripts."""
    return b'http-equiv="refresh"' in content and path != "search/index.html"


def test_all_old_addresses_of_a_post_have_the_same_page(tmp_path: Path) -> None:
    files = built(tmp_path, with_lines("Aliases: /one/\n  /two.html\n  /three\n  /three/\n  /?p=4"))
    pages = {path for path, content in files.items() if _leads_on(path, content)}
    assert pages == {"one/index.html", "two.html", "three/index.html"}
    assert len({files[path] for path in pages}) == 1
    assert b'content="0; url=/2026/11/a-fine-post/"' in files["two.html"]
    assert files["_redirects"].decode().splitlines()[-1] == "/ p=4 /2026/11/a-fine-post/ 301!"


def test_a_file_and_a_folder_cannot_have_one_name(tmp_path: Path) -> None:
    files = built(
        tmp_path,
        with_lines("Aliases: /a.html\n  /a.html/amp/")
        | table("/x.xml,/feeds/all.rss.xml", "/x.xml/more/,/", "/x.xml/feed/,/feeds/all.rss.xml"),
    )
    assert {path for path in files if path.startswith(("a.", "x."))} == {"a.html", "x.xml"}
    assert b"/a.html/amp/ /2026/11/a-fine-post/ 301\n" in files["_redirects"]


def test_the_copy_of_a_feed_changes_with_it(tmp_path: Path) -> None:
    lines = table("/feed/,/feeds/all.rss.xml", "/old.json,/feeds/grit-bins.json", "/feed/x,/feed/")
    files = built(tmp_path, lines)
    assert files["feed/index.html"] == files["feeds/all.rss.xml"]
    assert files["old.json"] == files["feeds/grit-bins.json"]
    files = built(tmp_path, lines | with_lines("Summary: Changed"))
    assert b"Changed" in files["feed/index.html"]
    assert files["feed/index.html"] == files["feeds/all.rss.xml"]
    files = built(tmp_path, table("/feed.xml,/feeds/all.rss.xml"))
    assert "feed/index.html" not in files
    assert files["feed.xml"] == files["feeds/all.rss.xml"]


def test_a_line_of_the_table_leads_on_and_to_a_part_of_a_page(tmp_path: Path) -> None:
    lines = table("/a/,/b/", "/b/,/c/#part", "/c/,/old/", "/d/,/issues/grit-bins/#posts", "/e/,/")
    site = read_fine(tmp_path, with_lines("Aliases: /old/") | lines)
    post = "/2026/11/a-fine-post/"
    assert redirects(site) == {
        "/old/": post, "/a/": post, "/b/": post, "/c/": post,
        "/d/": "/issues/grit-bins/#posts", "/e/": "/",
    }  # fmt: skip
    files = built(tmp_path / "built", lines | with_lines("Aliases: /old/"))
    assert b'content="0; url=/issues/grit-bins/#posts"' in files["d/index.html"]
    assert b">Grit bins</a>" in files["d/index.html"]


def test_what_only_a_draft_has_waits_for_it(tmp_path: Path) -> None:
    lines = table("/bin.png,/images/bin.png", "/a/,/2026/11/a-draft/", "/b/,/old/")
    draft = DRAFT.replace("Tags", "Aliases: /old/\nImage: images/bin.png | A yellow bin\nTags")
    waiting = {"posts/draft.md": draft, "images/bin.png": picture(), **lines}
    assert redirects(read_fine(tmp_path / "draft", waiting)) == {}
    files = {**waiting, "posts/draft.md": draft.replace("Status: draft\n", "")}
    assert redirects(read_fine(tmp_path / "published", files)) == {
        "/old/": "/2026/11/a-draft/",
        "/bin.png": "/images/bin.png",
        "/a/": "/2026/11/a-draft/",
        "/b/": "/2026/11/a-draft/",
    }


def test_a_picture_leads_to_what_browsers_can_show(tmp_path: Path) -> None:
    """An AVIF picture is published as JPEG, under a name of its own."""
    files = with_lines("Image: images/bin.avif | A bin in the snow, full of grit") | {
        "images/bin.avif": picture(kind="AVIF"),
        **table("/up/bin.avif,/images/bin.avif"),
    }
    assert redirects(read_fine(tmp_path, files)) == {"/up/bin.avif": "/images/bin.avif.jpg"}


def test_why_names_the_table(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content", table("/category/bins/,/issues/grit-bins/"))
    done = run_here("why", "--page", "/category/bins/", "--content", str(content))
    assert "content/redirects.csv" in done.stdout, done.stdout + done.stderr


def ids(site: Site) -> tuple[list[str], list[str], list[str], list[str]]:
    """The ids of the entries in RSS, Atom and JSON, newest first, and which are permanent links."""
    found = files_in(feeds(site))
    rss = etree.fromstring(found["feeds/all.rss.xml"]).findall(".//guid")
    atom = etree.fromstring(found["feeds/all.atom.xml"]).findall(f"{ATOM}entry/{ATOM}id")
    items = json.loads(found["feeds/all.json"])["items"]
    return (
        [str(one.text) for one in rss],
        [str(one.text) for one in atom],
        [item["id"] for item in items],
        [str(one.get("isPermaLink")) for one in rss],
    )


@pytest.mark.parametrize(
    ("guid", "in_atom"),
    [
        (GUID, GUID),
        ("tag:blogger.com,1999:blog-8070.post-47", "tag:blogger.com,1999:blog-8070.post-47"),
        ("urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",) * 2,
        ("https://old.example.org/café#a",) * 2,
        ("47 at http://old.example.org", URL),
        ("4711", URL),
        ("https://old.example.org/a b", URL),
        ("https://old.example.org/50%", URL),
        ("/2015/03/hello/", URL),
    ],
)
def test_a_post_keeps_its_id(guid: str, in_atom: str, tmp_path: Path) -> None:
    site = read_fine(tmp_path, with_lines(f"Guid: {guid}"))
    assert ids(site) == ([guid], [in_atom], [guid], ["false"])


def test_an_id_that_is_the_posts_own_address_is_a_permanent_link(tmp_path: Path) -> None:
    assert ids(read_fine(tmp_path, with_lines(f"Guid: {URL}"))) == ([URL], [URL], [URL], ["true"])


def test_news_about_a_post_has_an_id_of_ours(tmp_path: Path) -> None:
    lines = f"Guid: {GUID}\nProgress: reported\nUpdated: 2026-11-21 | fixed | Done"
    rss, atom, in_json, permanent = ids(read_fine(tmp_path, with_lines(lines)))
    assert rss == atom == in_json
    assert rss[1] == GUID
    assert rss[0].startswith(f"{URL}#")
    assert permanent == ["true", "false"]


def test_feeds_with_such_ids_are_valid(tmp_path: Path) -> None:
    for path, content in files_in(feeds(read_fine(tmp_path, with_lines(f"Guid: {GUID}")))).items():
        if path.endswith(".xml") and path.startswith("feeds/all."):
            parsed = feedparser.parse(content)
            assert not parsed.bozo, path
            assert [entry.id for entry in parsed.entries] == [GUID]
            assert parsed.entries[0].link == URL


@pytest.mark.parametrize("guid", ["x" * 1001, "a\u0000b"])
def test_what_cannot_be_an_id_is_reported(guid: str, tmp_path: Path) -> None:
    _, problems = read_all(write_site(tmp_path, with_lines(f"Guid: {guid}")))
    assert [problem.line for problem in problems] == [4]


def test_the_table_is_read_whatever_wrote_it(tmp_path: Path) -> None:
    text = "\ufeffNote;New ;Old\r\nthe feed;/feeds/all.rss.xml;/feed/\r\n;/;/a%20b/\r\n"
    site = read_fine(tmp_path, {"redirects.csv": text.encode()})
    assert [(row.old, row.new, row.line) for row in site.redirects] == [
        ("/feed/", "/feeds/all.rss.xml", 2),
        ("/a b/", "/", 3),
    ]
    assert read_fine(tmp_path / "empty", {"redirects.csv": ""}).redirects == ()
    assert read_fine(tmp_path / "header", {"redirects.csv": "old,new\n"}).redirects == ()


def test_in_a_folder_of_a_host_all_addresses_are_below_it(tmp_path: Path) -> None:
    ward = WARD.replace('ward.example.org"', 'ward.example.org/blog"')
    lines = with_lines("Aliases: /?p=1") | table("/feed/,/feeds/all.rss.xml") | {"ward.toml": ward}
    assert redirects(read_fine(tmp_path, lines)) == {
        "/blog/?p=1": "/blog/2026/11/a-fine-post/",
        "/blog/feed/": "/blog/feeds/all.rss.xml",
    }
