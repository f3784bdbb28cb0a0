"""Feeds in RSS and Atom as exports, our own among them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scaffold.old_blog.exports import SITE, made_posts, rss
from scaffold.old_blog.reading import only, read, refused, zipped
from support import ROOT, files_in, read_all, read_fine
from wardblog.content.markdown.html_links import with_resolved
from wardblog.model import Site
from wardblog.model.addresses import lasting_address
from wardblog.problems import Severity
from wardblog.scaffold.old_blog.exports.open_blog import open_blog
from wardblog.scaffold.old_blog.model import OldBlog
from wardblog.views.feeds import feeds
from wardblog.views.feeds.text import portable_html
from wardblog.views.links import Links


def _rss(folder: Path, items: str, head: str = "") -> OldBlog:
    return read(
        folder,
        f"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:content="http://purl.org/rss/1.0/modules/content/"
        xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Ward</title>
        <link>{SITE}/</link><language>en-GB</language>{head}{items}</channel></rss>""",
        "feed.xml",
    )


_DATE = "<pubDate>Tue, 03 May 2016 09:00:00 +0000</pubDate>"


def _item(
    inside: str = "", text: str = "<content:encoded><![CDATA[<p>x</p>]]></content:encoded>"
) -> str:
    return f"""<item><title>Bins &amp;amp; more</title><link>{SITE}/2016/05/bins/</link>
    <guid isPermaLink="false">{SITE}/?p=7</guid>{text}{inside}</item>"""


def _atom(folder: Path, entries: str, attributes: str = "") -> OldBlog:
    return read(
        folder,
        f"""<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Ward</title>
        <id>{SITE}/</id><link rel="self" href="{SITE}/atom.xml"/><link href="{SITE}/"/>
        <author><name>Robin</name></author>{entries}</feed>""",
        "atom.xml",
    )


def test_an_item_of_rss_is_a_post(tmp_path: Path) -> None:
    blog = _rss(
        tmp_path,
        _item(
            "<pubDate>Tue, 03 May 2016 10:00:00 BST</pubDate><dc:creator>Robin</dc:creator>"
            "<category>Bins</category><category>Bins</category><description>In short.</description>"
            f'<enclosure url="{SITE}/a.jpg" type="image/jpeg" length="1"/>'
        ),
        f'<atom:link rel="self" href="{SITE}/feed/"/>',
    )
    post = only(blog)
    assert (post.title, post.author, post.summary) == ("Bins & more", "Robin", "In short.")
    assert (post.addresses, post.guid) == (("/2016/05/bins/", "/?p=7"), f"{SITE}/?p=7")
    assert (post.text, post.slug, post.lang) == ("<p>x</p>", "bins", "en")
    assert post.moment == datetime(2016, 5, 3, 9, tzinfo=UTC)
    assert ([term.name for term in post.terms], post.picture) == (["Bins"], f"{SITE}/a.jpg")
    assert (blog.title, blog.url, blog.feeds) == ("Ward", SITE, ("/feed/",))


def test_an_entry_of_atom_is_a_post(tmp_path: Path) -> None:
    post = only(
        _atom(
            tmp_path,
            f"""<entry xml:lang="cy"><id>tag:x,2016:1</id><title type="html">A &amp;lt; B</title>
            <link rel="alternate" href="/2016/a.html"/>
            <published>2016-05-03T10:00:00+01:00</published>
            <updated>2016-06-01T10:00:00Z</updated><category term="bins" label="Grit bins"/>
            <summary>Short.</summary><content type="html">&lt;p&gt;Long&lt;/p&gt;</content>
            <link rel="enclosure" type="image/png" href="a.png"/></entry>""",  # noqa: F541
        )
    )
    assert (post.guid, post.addresses, post.title) == ("tag:x,2016:1", ("/2016/a.html",), "A < B")
    assert (post.author, post.lang, post.summary) == ("Robin", "cy", "Short.")
    assert (post.text, post.picture) == ("<p>Long</p>", f"{SITE}/2016/a.png")
    assert post.modified == datetime(2016, 6, 1, 10, tzinfo=UTC)
    assert [term.name for term in post.terms] == ["Grit bins"]


def test_elements_in_the_text_of_an_entry_stay_markup(tmp_path: Path) -> None:
    entry = """<entry><id>a</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
    <p>Two <b>bins</b></p></div></content></entry>"""
    assert "<p>Two <b>bins</b></p>" in only(_atom(tmp_path, entry)).text
    entry = '<entry><id>a</id><content type="text">1 &lt; 2 &amp; 3</content></entry>'
    assert only(_atom(tmp_path, entry)).text == "1 &lt; 2 &amp; 3"


def test_links_and_pictures_that_depend_on_the_page_become_whole(tmp_path: Path) -> None:
    html = (
        '<img alt="a" src="pic.jpg"><a href="/x/">x</a> <a href="#n">n</a> '
        '<a href="mailto:a@b.example">m</a>'
    )
    text = f"<content:encoded><![CDATA[{html}]]></content:encoded>"
    assert only(_rss(tmp_path, _item(text=text))).text == html.replace(
        "pic.jpg", f"{SITE}/2016/05/bins/pic.jpg"
    ).replace("/x/", f"{SITE}/x/")


@pytest.mark.parametrize(
    "text",
    [
        "Only the beginning […]",
        "Words without any paragraph.",
        "&lt;p&gt;It begins here …&lt;/p&gt;",
    ],
)
def test_a_feed_of_summaries_says_so(tmp_path: Path, text: str) -> None:
    blog = _rss(tmp_path, _item(text=f"<description>{text}</description>"))
    assert "has only the beginnings of posts" in "".join(blog.left_out)


@pytest.mark.parametrize("text", ["&lt;p&gt;A whole post.&lt;/p&gt;", "Long. " * 400])
def test_a_description_may_be_the_whole_text(tmp_path: Path, text: str) -> None:
    blog = _rss(tmp_path, _item(text=f"{_DATE}<description>{text}</description>"))
    assert (blog.left_out, only(blog).summary) == ((), "")


def test_the_first_version_of_rss_with_namespaces_is_read(tmp_path: Path) -> None:
    blog = read(
        tmp_path,
        f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:content="http://purl.org/rss/1.0/modules/content/">
        <channel rdf:about="x"><title>Ward</title><link>{SITE}/</link></channel>
        <item rdf:about="{SITE}/a.html"><title>A</title><link>{SITE}/a.html</link>
        <dc:date>2005-03-01T10:00:00Z</dc:date><dc:subject>Bins</dc:subject>
        <content:encoded>&lt;p&gt;x&lt;/p&gt;</content:encoded></item></rdf:RDF>""",
        "index.rdf",
    )
    post = only(blog)
    assert (post.guid, post.addresses) == (f"{SITE}/a.html", ("/a.html",))
    assert (post.moment, blog.title) == (datetime(2005, 3, 1, 10, tzinfo=UTC), "Ward")
    assert [term.name for term in post.terms] == ["Bins"]


@pytest.mark.parametrize(
    "author", ["robin@old.example.org (Robin Sample)", "robin@old.example.org"]
)
def test_an_author_is_a_name_and_not_an_address(tmp_path: Path, author: str) -> None:
    post = only(_rss(tmp_path, _item(f"<author>{author}</author>")))
    assert post.author == ("Robin Sample" if "(" in author else "")


def _own_site(folder: Path, files: dict[str, str]) -> tuple[Site, Path]:
    """A site of ours with these posts, and the folder with its feeds."""
    site = read_fine(folder / "content", files)
    return site, _written(site, folder)


def _written(site: Site, folder: Path) -> Path:
    """Write the feeds of a site, and return their folder."""
    for path, data in files_in(feeds(site)).items():
        target = folder / "site" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder / "site/feeds"


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_our_own_feeds_give_every_post_with_its_text_from_all_archives(
    tmp_path: Path, form: str
) -> None:
    posts = {
        f"posts/p-{number}.md": f"Title: Post {number}\nDate: 2016-01-{number % 28 + 1:02} 09:00\n"
        f"Lang: {'cy' if number == 20 else 'en'}\n"
        f"Tags: general, winter\nSummary: In short {number}.\n\n- Text *{number}* & more.\n"
        for number in range(10, 60)
    }
    site, folder = _own_site(tmp_path, posts)
    blog = open_blog(folder / f"all.{form}.xml")
    assert len(blog.posts) == len(site.published) > 50
    assert blog.left_out == ()
    assert (blog.title, blog.url) == (site.title, site.absolute("").rstrip("/"))
    by_title = {post.title: post for post in blog.posts}
    for post in site.published:
        found = by_title[post.title]
        assert (found.guid, found.addresses) == (site.absolute(post.address), (f"/{post.address}",))
        assert (found.moment, found.text.strip()) == (post.date, post.html.strip())
        assert found.summary == post.summary


@pytest.mark.long
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_what_our_own_feeds_add_to_the_texts_of_the_sample_is_taken_away(
    tmp_path: Path, form: str
) -> None:
    site, problems = read_all(ROOT / "content")
    assert not [problem for problem in problems if problem.severity is Severity.STOP]
    blog = open_blog(_written(site, tmp_path) / f"all.{form}.xml")
    links, found = Links(site), {post.guid: post for post in blog.posts}
    assert len(found) == len(site.published) > 20
    assert any(post.question for post in site.published)
    for post in site.published:
        page = site.absolute(post.address)
        text = portable_html(with_resolved(post.html, links.of(post)), page)
        guid = post.guid or site.absolute(lasting_address(post))
        assert found[guid].text.strip() == text.strip()
    said = ", ".join(blog.left_out)
    assert "lists of the places of posts" in said
    assert "pieces of news about posts" in said


def test_the_text_of_another_blog_is_never_shortened(tmp_path: Path) -> None:
    html = "<ul><li>a</li></ul><p>x</p><p>Where:</p><ul><li>b</li></ul><p><small>c</small></p>"
    item = _item(text=f"<content:encoded><![CDATA[{html}]]></content:encoded>")
    assert only(_rss(tmp_path, item, "<generator>Another</generator>")).text == html


def test_an_archive_that_is_missing_is_reported(tmp_path: Path) -> None:
    head = f'<atom:link rel="self" href="{SITE}/feeds/all.rss.xml"/>'
    head += f'<atom:link rel="prev-archive" href="{SITE}/feeds/archive/all/2.rss.xml"/>'
    (said,) = _rss(tmp_path, _item(_DATE), head).left_out
    assert "save it as archive/all/2.rss.xml in the same folder" in said


def test_an_archive_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "other.xml").write_text(rss(3))
    head = f'<atom:link rel="self" href="{SITE}/feeds/all.xml"/>'
    head += f'<atom:link rel="prev-archive" href="{SITE}/feeds/..%2Fother.xml"/>'
    assert len(_rss(inner, _item(), head).posts) == 1


@pytest.mark.long
def test_archives_in_a_circle_are_read_once(tmp_path: Path) -> None:
    head = f'<atom:link rel="self" href="{SITE}/feed.xml"/>'
    head += f'<atom:link rel="prev-archive" href="{SITE}/feed.xml"/>'
    assert len(_rss(tmp_path, _item(), head).posts) == 1


def test_a_folder_of_several_feeds_asks_which(tmp_path: Path) -> None:
    for name in ("a.xml", "b.rss"):
        (tmp_path / name).write_text(rss(2))
    assert "has 2 blogs or feeds: a.xml, b.rss" in refused(tmp_path)
    assert "Unpack it" in refused(zipped(tmp_path / "z.zip", {"a.xml": rss(1), "b.xml": rss(1)}))


def test_a_hundred_items_are_all_there(tmp_path: Path) -> None:
    blog = read(tmp_path, rss(100), "old.rss")
    public = [post for post in made_posts(100) if not post.is_draft]
    for made, post in zip(public, blog.posts, strict=True):
        assert (post.title, post.moment, post.text) == (made.title, made.moment, made.html.strip())
