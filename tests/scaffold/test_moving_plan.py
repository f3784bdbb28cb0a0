"""The files that an old blog becomes: names, addresses, header lines, and old addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growth import assert_grows_with_input
from scaffold.old_blogs import (
    SITE,
    Desk,
    category,
    desk_in,
    headers,
    old_blog,
    old_picture,
    old_post,
    tag,
)
from support import POST, examples, read_all
from wardblog.content.write import values_in
from wardblog.scaffold.old_blog.headers import post_data
from wardblog.scaffold.old_blog.model import OldAuthor, OldBlog, OldPost, OldTerm
from wardblog.scaffold.old_blog.titles import FreeNames
from wardblog.scaffold.old_blog.usable_addresses import usable


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path)


def headers_of(desk: Desk, *posts: OldPost) -> dict[str, list[str]]:
    """The header lines of each file that these posts become."""
    desk.move(old_blog(*posts))
    return {file: headers(text) for file, text in desk.texts().items()}


def line(lines: list[str], key: str) -> str:
    return next((one.partition(": ")[2] for one in lines if one.startswith(f"{key}: ")), "")


def aliases(lines: list[str]) -> list[str]:
    return [one.partition(": ")[2] for one in lines if one.startswith("Aliases: ")]


def test_a_post_has_the_lines_that_make_new_would_write(desk: Desk) -> None:
    post = old_post(
        title="Two  bins\nmoved &amp; <em>filled</em>",
        author="A Guest",
        summary="<p>They are now where people asked.</p>",
        lang="cy",
        terms=(category("Grit bins"), tag("Winter")),
    )
    other = old_post(2, author="admin")
    found = headers_of(desk, post, other)["posts/2014-03-07-hello-1.md"]
    assert [one for one in found if not one.startswith(("Aliases", "Guid"))] == [
        "Title: Two bins moved & filled",
        "Date: 2014-03-07 09:30",
        "Tags: Grit bins, Winter",
        "Slug: hello-1",
        "Summary: They are now where people asked.",
        "Author: A Guest",
        "Lang: cy",
        "Status: draft",
    ]


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2014, 7, 1, 23, 30, tzinfo=UTC), "2014-07-02 00:30"),
        (datetime(2014, 1, 1, 9, 0, tzinfo=timezone(timedelta(hours=-5))), "2014-01-01 14:00"),
        (datetime(2014, 10, 26, 1, 30, tzinfo=UTC), "2014-10-26 01:30"),
        (datetime(2014, 6, 30, 23, 0, tzinfo=UTC), "2014-07-01"),
    ],
)
def test_dates_are_in_london_time(desk: Desk, moment: datetime, written: str) -> None:
    ((file, lines),) = headers_of(desk, old_post(moment=moment)).items()
    assert line(lines, "Date") == written
    assert file == f"posts/{written[:10]}-hello-1.md"


def test_two_posts_with_one_address_get_two(desk: Desk) -> None:
    later = datetime(2014, 3, 20, tzinfo=UTC)
    april = datetime(2014, 4, 20, tzinfo=UTC)
    posts = [
        old_post(1, slug="bins"),
        old_post(2, slug="bins"),
        old_post(3, slug="BINS", moment=later),
        old_post(4, slug="bins", moment=april),
    ]
    found = headers_of(desk, *posts)
    assert list(found) == [
        "posts/2014-03-07-bins-2.md",
        "posts/2014-03-07-bins.md",
        "posts/2014-03-20-bins-3.md",
        "posts/2014-04-20-bins.md",
    ]
    again = desk_in(desk.content.parent / "again")
    assert headers_of(again, *reversed(posts)) == found


def test_an_address_of_the_new_blog_stays_what_it_is(tmp_path: Path) -> None:
    own = POST.replace("Date: 2026-11-20 09:00", "Date: 2014-03-01\nSlug: hello-1")
    pages = {"pages/about.md": "Title: About us\nSlug: about\n\nUs.\n", "posts/own.md": own}
    desk = desk_in(tmp_path, pages)
    posts = (
        old_post(1),
        old_post(2, kind="page", slug="about", addresses=("/about/", "/our-team/")),
        old_post(3, kind="page", slug="map", addresses=("/map/",)),
        old_post(4, kind="page", slug="2014", addresses=("/2014/",)),
    )
    found = headers_of(desk, *posts)
    assert set(found) >= {
        "posts/2014-03-07-hello-1-2.md",
        "pages/about-2.md",
        "pages/old-map.md",
        "pages/old-2014.md",
    }
    assert "/about/" not in aliases(found["pages/about-2.md"])
    assert "/our-team/" in aliases(found["pages/about-2.md"])


@pytest.mark.parametrize(
    ("values", "title", "slug"),
    [
        ({"title": "", "slug": "", "text": "<p>The bins moved. More.</p>"}, "The bins moved", ""),
        ({"title": " ", "slug": "old", "text": ""}, "Without a title, 7 March 2014", "old"),
        ({"title": "!?", "slug": ""}, "!?", "post"),
        ({"title": "x", "slug": "caf%C3%A9-%D1%8F"}, "x", "cafe-ia"),
        ({"title": "Bins " * 60, "slug": ""}, ("Bins " * 60).strip(), "bins-" * 19 + "bins"),
    ],
)
def test_titles_and_addresses_are_made_where_the_old_ones_do_not_do(
    desk: Desk, values: dict[str, Any], title: str, slug: str
) -> None:
    ((_, lines),) = headers_of(desk, old_post(**values)).items()
    assert line(lines, "Title") == title
    assert line(lines, "Slug") == (slug or "the-bins-moved")


@pytest.mark.parametrize(
    "title",
    ["> said", "- list", "# one", "Status: draft", "Title: x", "{% x %}", "'q'", "a | b", "%PDF",
     "Bins Status: draft", "&lt;script&gt;", "[x](y)", "---", "\u202eodd\u202c", "A&amp;amp;B"],
)  # fmt: skip
def test_odd_titles_are_read_back(desk: Desk, title: str) -> None:
    desk.move(old_blog(old_post(title=title)))
    _, problems = read_all(desk.content)
    ((file, text),) = desk.texts().items()
    assert [one for one in problems if one.file == file and one.line == 1] == []
    assert line(headers(text), "Slug") == "hello-1"


def test_a_draft_without_a_date_stays_without_one(desk: Desk) -> None:
    ((file, lines),) = headers_of(desk, old_post(moment=None, state="draft")).items()
    assert file == "posts/hello-1.md"
    assert line(lines, "Date") == ""
    assert read_all(desk.content)[1] == []


def test_old_addresses_become_aliases(desk: Desk) -> None:
    post = old_post(
        addresses=("/blog/2014/hello.html", "/2014/03/hello-1/", "/", "/blog/2014/hello.html",
                   "/feeds/x.rss.xml", "not a path"),
    )  # fmt: skip
    ((_, lines),) = headers_of(desk, post).items()
    assert aliases(lines) == ["/blog/2014/hello.html"]


def test_an_old_address_leads_to_one_post_only(desk: Desk) -> None:
    posts = (old_post(1, addresses=("/a/",)), old_post(2, addresses=("/a", "/b/index.html")))
    found = headers_of(desk, *posts)
    assert aliases(found["posts/2014-03-07-hello-1.md"]) == ["/a/"]
    assert aliases(found["posts/2014-03-07-hello-2.md"]) == ["/b/index.html"]


def test_the_page_of_a_picture_leads_to_its_post(desk: Desk) -> None:
    shown = old_picture("bin.jpg", page_address="/2014/03/07/hello-1/bin/", post_number="1")
    desk.move(old_blog(old_post(), pictures=(shown,)))
    (text,) = desk.texts().values()
    assert aliases(headers(text))[-1] == "/2014/03/07/hello-1/bin/"


def test_links_between_posts_lead_to_their_files(desk: Desk) -> None:
    text = f'<p>See <a href="{SITE}/?p=1">the other</a> and <a href="/about/">us</a>.</p>'
    page = old_post(3, kind="page", slug="about", addresses=("/about/",))
    desk.move(old_blog(old_post(1), old_post(2, text=text), page))
    body = desk.texts()["posts/2014-03-07-hello-2.md"]
    assert "See [the other](2014-03-07-hello-1.md) and [us](../pages/about.md)." in body


def test_categories_tags_and_feeds_get_a_row_in_the_table_of_old_addresses(desk: Desk) -> None:
    posts = [old_post(n, terms=(category("Grit bin"), tag("Winter"))) for n in range(1, 4)]
    posts.append(old_post(4, terms=(category("Uncategorized"), tag("Ice"))))
    posts.append(old_post(5, terms=(tag("Secret"),), state="private"))
    feeds = ("/feed/", "/feed/atom/", "/comments/feed/", "/feeds/posts/default",
             "/feeds/posts/default?alt=rss", "/feed.json", "/feed.xml", "/index.xml")  # fmt: skip
    desk.move(old_blog(*posts, feeds=feeds))
    rows = (desk.content / "redirects.csv").read_text().splitlines()
    assert [one for one in rows if "alt=rss" not in one] == [
        "old,new",
        "/2014/03/07/,/2014/03/",
        "/?m=201403,/2014/03/",
        "/?tag=ice,/tags/ice/",
        "/?tag=secret,/",
        "/?tag=winter,/tags/winter/",
        "/category/grit-bin/,/issues/grit-bins/",
        "/category/grit-bin/feed/,/feeds/grit-bins.rss.xml",
        "/category/uncategorized/,/",
        "/category/uncategorized/feed/,/feeds/all.rss.xml",
        "/feed.json,/feeds/all.json",
        "/feed.xml,/feeds/all.atom.xml",
        "/feed/,/feeds/all.rss.xml",
        "/feed/atom/,/feeds/all.atom.xml",
        "/feeds/posts/default,/feeds/all.atom.xml",
        "/index.xml,/feeds/all.rss.xml",
        "/tag/ice/,/tags/ice/",
        "/tag/ice/feed/,/feeds/all.rss.xml",
        "/tag/secret/,/",
        "/tag/secret/feed/,/feeds/all.rss.xml",
        "/tag/winter/,/tags/winter/",
        "/tag/winter/feed/,/feeds/winter.rss.xml",
    ]


def rows_of(desk: Desk, blog: OldBlog) -> list[str]:
    desk.move(blog)
    return (desk.content / "redirects.csv").read_text().splitlines()


def test_an_address_that_stays_the_same_has_no_row(desk: Desk) -> None:
    bins = OldTerm(kind="tag", name="Grit bins", slug="grit-bins", address="/tags/grit-bins/")
    ice = OldTerm(kind="tag", name="Ice", slug="ice", address="/tags/ice")
    moved = OldTerm(kind="category", name="Ice", slug="ice", address="/issues/grit-bins/")
    post = old_post(terms=(bins, ice, moved))
    assert rows_of(desk, old_blog(post, program="eleventy")) == [
        "old,new",
        "/tags/grit-bins/,/issues/grit-bins/",
    ]


def test_authors_have_rows_for_their_lists(desk: Desk) -> None:
    authors = (
        OldAuthor(name="admin", address="/author/admin/", number="1"),
        OldAuthor(name="Alex", address="", number="2"),
    )
    posts = [old_post(number, terms=()) for number in range(1, 12)]
    assert rows_of(desk, old_blog(*posts, authors=authors)) == [
        "old,new",
        "/2014/03/07/,/2014/03/",
        "/2014/03/page/2/,/2014/03/",
        "/2014/page/2/,/2014/",
        "/?author=1,/",
        "/?author=2,/",
        "/?m=201403,/2014/03/",
        "/author/admin/,/",
        "/author/admin/feed/,/feeds/all.rss.xml",
        "/author/admin/page/2/,/all/",
        "/page/2/,/all/",
    ]


def test_days_without_a_post_have_no_row(desk: Desk) -> None:
    later = datetime(2015, 1, 2, 9, tzinfo=UTC)
    private = datetime(2016, 1, 2, 9, tzinfo=UTC)
    blog = old_blog(
        old_post(1, terms=()),
        old_post(2, terms=(), moment=later),
        old_post(3, terms=(), moment=private, state="private"),
    )
    rows = rows_of(desk, blog)
    assert [row for row in rows if row.count("/") > 5] == [
        "/2014/03/07/,/2014/03/",
        "/2015/01/02/,/2015/01/",
    ]
    (desk.content / "posts/2015-01-02-hello-2.md").unlink()
    assert rows_of(desk, blog) == ["old,new", "/2014/03/07/,/2014/03/", "/?m=201403,/2014/03/"]


def test_rows_of_the_councillor_stay_and_those_that_she_deleted_do_not_come_back(
    desk: Desk,
) -> None:
    table = desk.content / "redirects.csv"
    table.write_text("old,new,note\n/mine/,/issues/potholes/,hers\n")
    blog = old_blog(old_post(), feeds=("/feed/", "/feed/atom/", "/rss.xml"))
    desk.move(blog)
    written = table.read_text()
    assert written.startswith("old,new,note\n/mine/,/issues/potholes/,hers\n/2014/03/07/,")
    edited = written.replace("/feed/atom/,/feeds/all.atom.xml\n", "")
    edited = edited.replace("/rss.xml,/feeds/all.rss.xml", "/rss.xml,/feeds/grit-bins.rss.xml")
    assert edited != written
    table.write_text(edited)
    desk.move(blog)
    assert sorted(table.read_text().splitlines()) == sorted(edited.splitlines())
    once = table.read_bytes()
    desk.move(blog)
    assert table.read_bytes() == once


@settings(max_examples=examples(200))
@given(title=st.text(max_size=80), summary=st.text(max_size=80), slug=st.text(max_size=20))
def test_any_words_can_be_written(
    tmp_path_factory: pytest.TempPathFactory, title: str, summary: str, slug: str
) -> None:
    desk = desk_in(tmp_path_factory.mktemp("any"))
    desk.move(old_blog(old_post(title=title, summary=summary, slug=slug)))
    ((file, text),) = desk.texts().items()
    values = values_in(text.encode())
    assert values["Status"] == ("draft",)
    assert values["Title"][0]
    assert file.startswith("posts/2014-03-07-")
    assert file == f"posts/2014-03-07-{values['Slug'][0]}.md"


def test_a_value_that_cannot_be_read_back_loses_its_odd_signs() -> None:
    lines = [("Title", "Bins Status: draft"), ("Date", "2014-03-07"), ("Tags", "general")]
    assert values_in(post_data(lines, "Text.\n"))["Title"] == ("Bins Status draft",)


def test_files_that_any_site_has_are_no_old_addresses(sample: Path) -> None:
    own = [
        path.name for path in sample.glob("[!.]*") if path.is_file() and path.name != "index.html"
    ]
    assert {"404.html", "robots.txt", "_headers"} <= set(own)
    free = [name for name in own if usable(f"/{name}", frozenset())]
    assert all(name.startswith("map.") for name in free)  # with a digest, which no old address has
    assert usable("/about.html", frozenset())


def test_no_file_has_a_name_that_windows_keeps_for_a_device(desk: Desk) -> None:
    pages = (old_post(1, kind="page", slug="aux"), old_post(2, slug="con", moment=None))
    desk.move(old_blog(*pages, old_post(3, slug="nul")))
    assert list(desk.texts()) == [
        "pages/old-aux.md", "posts/2014-03-07-old-nul.md", "posts/old-con.md",
    ]  # fmt: skip


def test_thousands_of_posts_with_one_name_take_no_longer_each() -> None:
    slugs = _free_slugs(20_000)()
    assert (slugs[1], slugs[-1], len(set(slugs))) == ("post-2", "post-20000", 20_000)
    assert_grows_with_input(_free_slugs, 2_000)


def _free_slugs(number: int) -> Callable[[], list[str]]:
    free = FreeNames((), ())
    return lambda: [free.take("post", "drafts/", "posts/") for _ in range(number)]
