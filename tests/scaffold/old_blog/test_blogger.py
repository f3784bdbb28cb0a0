"""Exports of Blogger, in the older form and in that of Takeout."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scaffold.old_blog.exports import BLOGGER_SITE, blogger_export, made_posts, takeout
from scaffold.old_blog.reading import only, read, refused, zipped
from wardblog.scaffold.old_blog.exports.open_blog import open_blog
from wardblog.scaffold.old_blog.model import OldBlog

_KIND = "http://schemas.google.com/blogger/2008/kind#"


def _old(folder: Path, entries: str, head: str = "") -> OldBlog:
    """The blog in an older export; the prefix `app` is not declared, as in real ones."""
    return read(
        folder,
        f"""<?xml version='1.0' encoding='UTF-8'?>
        <feed xmlns='http://www.w3.org/2005/Atom' xmlns:gd='http://schemas.google.com/g/2005'
          xmlns:thr='http://purl.org/syndication/thread/1.0'>
        <id>tag:blogger.com,1999:blog-1.archive</id><updated>2018-08-02T12:38:27.320-07:00</updated>
        <title type='text'>Ward</title>{head}
        <link rel='alternate' type='text/html' href='{BLOGGER_SITE}/'/>{entries}</feed>""",
        "blog-08-02-2018.xml",
    )


def _entry(inside: str, kind: str = "post", number: int = 5) -> str:
    return f"""<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id>
    <published>2016-05-03T23:30:00.000-07:00</published>
    <category scheme='http://schemas.google.com/g/2005#kind' term='{_KIND}{kind}'/>
    {inside}</entry>"""


def _takeout(folder: Path, entries: str) -> OldBlog:
    return read(
        folder,
        f"""<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'
        xmlns:blogger='http://schemas.google.com/blogger/2018'>
        <id>tag:blogger.com,1999:blog-1</id><title>Ward</title>{entries}</feed>""",
        "feed.atom",
    )


def _taken(inside: str, kind: str = "POST", status: str = "LIVE", number: int = 5) -> str:
    return f"""<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id>
    <blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status>
    <author><name>Robin</name><blogger:type>BLOGGER</blogger:type></author>
    <published>2016-05-03T09:00:00Z</published>{inside}</entry>"""


def test_a_post_has_its_address_its_guid_and_its_labels(tmp_path: Path) -> None:
    label = "<category scheme='http://www.blogger.com/atom/ns#' term='Grit bins &amp;amp; more'/>"
    link = f"<link rel='alternate' type='text/html' href='{BLOGGER_SITE}/2016/05/two-bins.html'/>"
    blog = _old(
        tmp_path,
        _entry(
            f"<title type='text'>Two &amp;quot;bins&amp;quot;</title>{label}{link}"
            "<updated>2017-01-01T00:00:00.000Z</updated>"
            "<content type='html'>&lt;b&gt;Hi&lt;/b&gt; &amp;amp; bye</content>"
            "<author><name>Robin</name><email>noreply@blogger.com</email></author>"
        ),
    )
    post = only(blog)
    assert (post.kind, post.state, post.title, post.author) == (
        "post", "published", 'Two "bins"', "Robin",
    )  # fmt: skip
    assert (post.addresses, post.slug) == (("/2016/05/two-bins.html",), "two-bins")
    assert (post.guid, post.text) == ("tag:blogger.com,1999:blog-1.post-5", "<b>Hi</b> &amp; bye")
    assert post.moment == datetime(2016, 5, 4, 6, 30, tzinfo=UTC)
    assert post.modified == datetime(2017, 1, 1, tzinfo=UTC)
    (term,) = post.terms
    assert (term.name, term.address) == (
        "Grit bins & more", "/search/label/Grit%20bins%20%26amp%3B%20more",
    )  # fmt: skip
    assert (blog.url, blog.title) == (BLOGGER_SITE, "Ward")
    assert "/feeds/posts/default" in blog.feeds


def test_a_draft_has_no_address(tmp_path: Path) -> None:
    draft = "<app:control><app:draft>yes</app:draft></app:control><title>Not yet</title>"
    post = only(_old(tmp_path, _entry(draft)))
    assert (post.state, post.addresses, post.slug) == ("draft", (), "")


def test_a_page_is_a_page(tmp_path: Path) -> None:
    link = f"<link rel='alternate' href='{BLOGGER_SITE}/p/about.html'/>"
    post = only(_old(tmp_path, _entry(f"<title>About</title>{link}", "page")))
    assert (post.kind, post.addresses) == ("page", ("/p/about.html",))


def test_an_address_under_another_country_is_the_blogs(tmp_path: Path) -> None:
    link = "<link rel='alternate' href='http://old-ward.blogspot.co.uk/2016/05/a.html'/>"
    assert only(_old(tmp_path, _entry(link))).addresses == ("/2016/05/a.html",)


def test_a_post_of_a_later_day_than_the_export_is_scheduled(tmp_path: Path) -> None:
    entry = _entry("<title>Later</title>").replace("2016-05-03T23", "2018-09-01T23")
    assert only(_old(tmp_path, entry)).state == "scheduled"


def test_settings_and_the_design_are_counted_and_the_language_is_read(tmp_path: Path) -> None:
    locale = _entry("<content>cy_GB</content>", "settings").replace(
        "post-5", "settings.BLOG_LOCALE"
    )
    mail = _entry("<content>robin@old.example.org</content>", "settings")
    blog = _old(tmp_path, locale + mail + _entry("", "template") + _entry("<title>A</title>"))
    assert only(blog).lang == "cy"
    assert blog.left_out == ("2 settings of the old blog", "1 part of the old design")
    assert "robin@old.example.org" not in repr(blog)


def test_comments_go_with_their_post_wherever_they_are(tmp_path: Path) -> None:
    def comment(more: str, to: int = 5) -> str:
        return _entry(
            f"<content type='html'>Well &lt;i&gt;done&lt;/i&gt;</content>"
            f"<author><name>Alex</name></author>{more}<thr:in-reply-to "
            f"ref='tag:blogger.com,1999:blog-1.post-{to}'/>",
            "comment", 90,
        )  # fmt: skip

    removed = "<gd:extendedProperty name='blogger.contentRemoved' value='true'/>"
    blog = _old(
        tmp_path, comment("") + _entry("<title>A</title>") + comment(removed) + comment("", 6)
    )
    (found,) = only(blog).comments
    assert (found.author, found.html) == ("Alex", "Well <i>done</i>")
    assert blog.left_out == (
        "1 comment that was not shown", "1 comment on a post that is not in the export",
    )  # fmt: skip


def test_takeout_is_read(tmp_path: Path) -> None:
    post = only(
        _takeout(
            tmp_path,
            _taken(
                "<title>Workshop &amp;#39;one&amp;#39;</title><content type='html'>&lt;p&gt;x"
                "</content><blogger:metaDescription>In short.</blogger:metaDescription>"
                "<category scheme='tag:blogger.com,1999:blog-1' term='Bins'/>"
                "<category scheme='tag:blogger.com,1999:blog-1' term='One&#10;Two words'/>"
                "<category/><blogger:filename>/2016/05/one.html</blogger:filename>"
                "<blogger:trashed/><link/>"
            ),
        )
    )
    assert (post.title, post.author, post.summary) == ("Workshop 'one'", "Robin", "In short.")
    assert (post.kind, post.addresses, post.slug) == ("post", ("/2016/05/one.html",), "one")
    assert [term.name for term in post.terms] == ["Bins", "One", "Two words"]


@pytest.mark.parametrize(
    ("status", "state"), [("LIVE", "published"), ("DRAFT", "draft"), ("SCHEDULED", "scheduled")]
)
def test_each_status_of_takeout_has_a_state(tmp_path: Path, status: str, state: str) -> None:
    assert only(_takeout(tmp_path, _taken("<title>A</title>", status=status))).state == state


def test_what_is_in_the_trash_is_counted(tmp_path: Path) -> None:
    blog = _takeout(
        tmp_path,
        _taken("<title>A</title>", status="SOFT_TRASHED")
        + _taken("<title>B</title><blogger:trashed>2020-01-01T00:00:00Z</blogger:trashed>"),
    )
    assert (blog.posts, blog.left_out) == ((), ("2 posts in the trash",))


def test_comments_of_takeout_that_were_not_live_are_counted(tmp_path: Path) -> None:
    parent = "<blogger:parent>tag:blogger.com,1999:blog-1.post-5</blogger:parent>"
    entries = _taken("<title>A</title>") + "".join(
        _taken(f"{parent}<content>{status}</content>", "COMMENT", status, number)
        for number, status in enumerate(("LIVE", "GHOSTED", "SPAM"), 90)
    )
    blog = _takeout(tmp_path, entries)
    assert [comment.html for comment in only(blog).comments] == ["LIVE"]
    assert blog.left_out == ("2 comments that were not shown (such as spam)",)


def test_links_between_posts_say_where_the_blog_was(tmp_path: Path) -> None:
    def post(number: int, text: str) -> str:
        name = f"<blogger:filename>/2016/05/post-{number}.html</blogger:filename>"
        return _taken(f"{name}<content type='html'>{text}</content>", number=number)

    link = '&lt;a href="https://ward.example.org/2016/05/post-1.html"&gt;before&lt;/a&gt;'
    away = '&lt;a href="https://news.example.com/2016/05/other.html"&gt;paper&lt;/a&gt;'
    blog = _takeout(tmp_path, post(1, away * 3) + post(2, link))
    assert blog.url == "https://ward.example.org"
    assert blog.posts[1].addresses == ("/2016/05/post-2.html",)


def test_the_public_feed_says_that_it_is_not_everything(tmp_path: Path) -> None:
    head = """<search:totalResults xmlns:search='http://a9.com/-/spec/opensearchrss/1.0/'>300
    </search:totalResults>"""
    assert "has only 1 of 300 posts" in _old(tmp_path, _entry(""), head).left_out[0]


def test_takeout_of_one_blog_in_a_zip_is_read_without_the_comments_elsewhere(
    tmp_path: Path,
) -> None:
    path = zipped(
        tmp_path / "takeout.zip",
        {
            "Takeout/Blogger/Blogs/Ward/feed.atom": takeout(3),
            "Takeout/Blogger/Blogs/Ward/settings.csv": "a,b\n",
            "Takeout/Blogger/Comments/feed.atom": takeout(1),
            "Takeout/Blogger/Albums/Ward/bin.jpg": b"\xff\xd8",
            "Takeout/archive_browser.html": "<html></html>",
        },
    )
    blog = open_blog(path)
    assert [post.title for post in blog.posts] == [post.title for post in made_posts(3)]
    assert any("1 picture in" in words and "UPLOADS" in words for words in blog.left_out)


def test_takeout_of_two_blogs_asks_which(tmp_path: Path) -> None:
    files = {f"Takeout/Blogger/Blogs/{name}/feed.atom": takeout(1) for name in ("Ward", "Cats")}
    said = refused(zipped(tmp_path / "takeout.zip", files))
    assert "has 2 blogs or feeds: Takeout/Blogger/Blogs/Cats/feed.atom" in said


@pytest.mark.parametrize("make", [blogger_export, takeout])
def test_a_hundred_posts_are_all_there(tmp_path: Path, make: object) -> None:
    assert callable(make)
    blog = read(tmp_path, make(100), "feed.atom")
    for made, post in zip(made_posts(100), blog.posts, strict=True):
        assert (post.title, post.moment) == (made.title, made.moment)
        assert post.state == ("draft" if made.is_draft else "published")
        assert [term.name for term in post.terms] == [made.category[0], *(n for n, _ in made.tags)]
        assert [(one.author, one.html) for one in post.comments] == list(made.comments)
