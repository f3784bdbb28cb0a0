"""Every page and feed of the sample keeps the promises made to residents."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import html5lib
import pytest
from bs4 import BeautifulSoup, Tag

from page_kinds import all_pages, kinds_of
from support import MARKDOWN, ROOT, TODAY, files_of, run
from wardblog.content import read_site
from wardblog.content.keys import KEYS
from wardblog.model import Progress

SITE = "https://ward.example.org"

# What check shows of the sample beside its problems, of which there are none.
NOTES = (
    "content/data/grit-bins-2025.csv:1: note: the names of the places come from the column "
    '"Location"\n'
    'content/data/grit-bins.csv:1: note: the names of the places come from the column "Location"\n'
    'content/posts/2026-11-07-eland-road.md:4: note: there is no issue called "road walks"\n'
    '  You answered: "the road walks are our Sunday walks"\n'
)


def one_of_each_kind(output: Path) -> list[str]:
    return list(kinds_of(output).values())


@pytest.fixture(scope="module")
def pages(sample: Path) -> dict[str, BeautifulSoup]:
    return {
        path: BeautifulSoup(content, "html.parser")
        for path, content in files_of(sample).items()
        if path.endswith(".html")
    }


def test_the_sample_uses_every_key() -> None:
    text = "\n".join(p.read_text() for p in (ROOT / "content/posts").glob("*.md"))
    assert [key for key in KEYS if not re.search(rf"^{key}:", text, re.MULTILINE)] == []


def test_the_sample_has_posts_of_two_winters_and_no_warning() -> None:
    done = run("check", "--content", str(ROOT / "content"))
    assert done.stdout == NOTES + "No problems.\n"
    assert done.stderr == ""
    names = [p.name for p in (ROOT / "content/posts").glob("*.md")]
    assert len(names) >= 20
    assert {name[:4] for name in names} == {"2025", "2026", "2027"}  # the last one is scheduled


@pytest.mark.parametrize(
    "pages_of", [one_of_each_kind, pytest.param(all_pages, marks=pytest.mark.long)]
)
def test_every_page_is_strictly_valid_html(
    sample: Path, pages_of: Callable[[Path], list[str]]
) -> None:
    """In a short run, one page of each kind."""
    for path in pages_of(sample):
        page = sample / path.lstrip("/")
        page = page / "index.html" if page.is_dir() else page
        html5lib.HTMLParser(strict=True).parse(page.read_text(encoding="utf-8"))


def test_every_page_starts_with_one_h1_and_skips_no_heading_level(
    pages: dict[str, BeautifulSoup],
) -> None:
    for path, page in pages.items():
        levels = [int(str(h.name)[1]) for h in page.find_all(re.compile("^h[1-6]$"))]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(b - a <= 1 for a, b in pairwise(levels)), path


def test_ids_are_unique(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        ids = [str(tag["id"]) for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), path


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(
    pages: dict[str, BeautifulSoup],
) -> None:
    for path, page in pages.items():
        assert not page.find_all("style"), path
        assert not page.find_all(style=True), path
        for tag in page.find_all(True):
            assert not [name for name in tag.attrs if name.startswith("on")], path
            if tag.name in ("script", "img", "iframe", "video", "audio", "source"):
                assert str(tag.get("src", tag.get("srcset", ""))).startswith("/"), path
            for candidate in str(tag.get("srcset", "/")).split(", "):
                assert re.match("/[^/]|/$", candidate), path
        for link in page.find_all("link"):
            if link["rel"] != ["canonical"]:
                assert str(link["href"]).startswith("/"), path


def test_every_link_inside_the_site_has_a_target(
    sample: Path, pages: dict[str, BeautifulSoup]
) -> None:
    files = set(files_of(sample))
    for path, page in pages.items():
        here = f"{SITE}/{path.removesuffix('index.html')}"
        for tag, name in [(t, n) for n in ("href", "src") for t in page.find_all(attrs={n: True})]:
            parts = urlsplit(urljoin(here, str(tag[name])))
            if f"{parts.scheme}://{parts.netloc}" != SITE:
                continue
            target = unquote(parts.path).lstrip("/")
            target += "index.html" if target.endswith("/") or not target else ""
            assert target in files, f"{path}: {tag[name]}"
            if parts.fragment:
                text = (sample / target).read_text(encoding="utf-8")
                other = pages.get(target) or BeautifulSoup(text, "html.parser")
                ids = {str(t["id"]) for t in other.find_all(id=True)}
                assert parts.fragment in ids, f"{path}: {tag[name]}"


def test_a_reader_can_reach_every_page_by_links(pages: dict[str, BeautifulSoup]) -> None:
    reached, following = set[str](), ["index.html"]
    while following:
        path = following.pop()
        reached.add(path)
        here = f"{SITE}/{path.removesuffix('index.html')}"
        for link in pages[path].select("a[href]"):
            address = urljoin(here, str(link["href"])).partition("#")[0].removeprefix(f"{SITE}/")
            target = f"{unquote(address)}index.html" if address.endswith("/") else address
            if target in pages and target not in reached:
                following.append(target)
    old_addresses = {p for p in pages if pages[p].select("meta[http-equiv=refresh]")}
    assert set(pages) - reached - old_addresses == {"404.html"}


def test_every_page_has_imprint_canonical_address_and_open_graph(
    pages: dict[str, BeautifulSoup],
) -> None:
    for path, page in pages.items():
        assert "Promoted by Chris Agent on behalf of" in page.get_text(), path
        assert page.find("meta", property="og:title"), path
        assert page.find("html", lang=True), path
        if path == "depot/index.html":
            continue  # an old address, which leads on to another page
        if path != "404.html":
            canonical = page.find("link", rel="canonical")
            assert isinstance(canonical, Tag)
            assert canonical["href"] == f"{SITE}/{path.removesuffix('index.html')}"


def test_every_picture_has_a_text_alternative(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        for picture in page.find_all("img"):
            words = str(picture["alt"])
            if words:
                assert len(words) > 10, path
            else:  # in a list, or on the home page: beside the name or title that it belongs to
                beside = picture.find_parent(["li", "article"] if path == "index.html" else "li")
                assert beside, path
                assert beside.get_text(strip=True), path


def test_every_place_of_a_map_is_on_its_page_as_text(sample: Path) -> None:
    maps = list(sample.rglob("map.*.json"))
    assert len(maps) >= 10
    for path in maps:
        page = BeautifulSoup(path.with_name("index.html").read_text(), "html.parser")
        listed = [row.get_text() for row in page.select(".places > li")]
        names = json.loads(path.read_text())["places"]["name"]
        assert len(listed) == len(names)
        for name, row in zip(names, listed, strict=True):
            assert name in row


def test_the_style_sheet_loads_nothing(sample: Path) -> None:
    """How large it may be is in test_weights.py."""
    text = next(sample.glob("theme/style.*.css")).read_text()
    assert "url(" not in text
    assert "@import" not in text


def test_every_feed_is_read_without_complaint(sample: Path) -> None:
    feeds = list(sample.glob("feeds/*.rss.xml"))
    assert len(feeds) == 8
    for path in feeds:
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, path
        assert feed.entries, path
        assert feed.feed.language == "en-GB"
        dates = [entry.published_parsed for entry in feed.entries]
        assert dates == sorted(dates, reverse=True)
        for entry in feed.entries:
            html = BeautifulSoup(entry.content[0].value, "html.parser")
            assert "Promoted by Chris Agent" in html.get_text()
            for tag in html.find_all(["a", "img"]):
                address = str(tag.get("href") or tag.get("src"))
                assert urlsplit(address).scheme in ("https", "mailto"), address


def test_no_draft_and_no_scheduled_post_is_in_any_file(sample: Path) -> None:
    for path, content in files_of(sample).items():
        assert b"Christmas tree" not in content, path
        assert b"first surgery of the new year" not in content, path


def test_the_sample_says_that_it_is_one(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        title = page.find("title")
        assert title, path
        assert "Sample: " in title.get_text(), path
    words = str(pages["index.html"].find("meta", attrs={"name": "description"}))
    assert "The councillors are invented" in words
    first = pages["about/index.html"].select_one("main p:not(.about)")
    assert first
    assert first.get_text().startswith("This site is a sample.")


def test_a_hidden_page_is_only_where_a_post_links_to_it(
    sample: Path, pages: dict[str, BeautifulSoup]
) -> None:
    assert "letter-depot/index.html" in pages
    assert b"letter-depot" not in (sample / "sitemap.xml").read_bytes()
    linking = {path for path, page in pages.items() if page.select('a[href="/letter-depot/"]')}
    assert linking == {"2026/10/forty-flats-on-the-site-of-the-old-depot/index.html"}


# What a councillor can write, and an element that only this makes.
WRITTEN = {
    "table": "table th",
    "list inside a list": "li ul, li ol",
    "quotation": "blockquote",
    "footnote": "a.footnote-ref",
    "captioned picture": ".text figure figcaption, .text img[title]",
    "right to left": "[lang=ar][dir=rtl] li",
    "cancelled event": '.coming li:-soup-contains("ancelled")',
    "old address": "meta[http-equiv=refresh]",
}


@pytest.mark.parametrize("selector", WRITTEN.values(), ids=WRITTEN)
def test_the_sample_shows_what_a_post_can_hold(
    selector: str, pages: dict[str, BeautifulSoup]
) -> None:
    assert any(page.select(selector) for page in pages.values())


def test_the_sample_has_enough_settled_matters_for_figures() -> None:
    site = read_site(ROOT / "content", TODAY, MARKDOWN).site
    fixed = [
        tag.name
        for post in site.posts
        for tag in post.tags
        if any(update.progress is Progress.FIXED for update in post.updates)
    ]
    assert fixed.count("Fly-tipping") >= 5
    assert {"Grit bins", "Road works"} <= set(fixed)
    assert "Planning" not in fixed  # an application is decided or withdrawn, not repaired
