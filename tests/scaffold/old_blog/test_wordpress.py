"""Exports of WordPress: what becomes of each kind of item, and odd values in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scaffold.old_blog.exports import (
    FIRST_DAY,
    SITE,
    made_posts,
    wxr,
    wxr_comment,
    wxr_item,
    wxr_meta,
    wxr_of,
)
from scaffold.old_blog.old_texts import convert
from scaffold.old_blog.reading import only, read, read_folder, read_wxr, refused, zipped
from wardblog.scaffold.old_blog.exports.open_blog import open_blog
from wardblog.scaffold.old_blog.model import OldAuthor, OldTerm

_SUMMER = datetime(2016, 7, 1, 8, tzinfo=UTC)  # 9 o'clock in London
_LINK = f"{SITE}/2010/01/07/two-bins/"


def _post(more: str = "", **values: str) -> str:
    given = {"title": "Two bins", "slug": "two-bins", "link": _LINK, "text": "Some text.", **values}
    return wxr_item(number=7, moment=FIRST_DAY, more=more, **given)


def test_a_published_post_has_its_addresses_its_guid_and_its_author(tmp_path: Path) -> None:
    blog = read_wxr(tmp_path, _post(excerpt="In <em>short</em>."))
    post = only(blog)
    assert (blog.title, blog.url) == ("Old ward blog", SITE)
    assert (post.kind, post.state, post.title) == ("post", "published", "Two bins")
    assert post.addresses == ("/2010/01/07/two-bins/", "/?p=7")
    assert (post.guid, post.number, post.slug) == (f"{SITE}/?p=7", "7", "two-bins")
    assert (post.author, post.summary, post.lang) == ("Robin Sample", "In short.", "en")
    assert (post.text, post.is_markdown, post.is_classic) == ("Some text.", False, True)
    assert post.moment == FIRST_DAY


def test_the_line_is_the_one_on_which_the_text_begins(tmp_path: Path) -> None:
    post = only(read_wxr(tmp_path, _post(text="Here it begins.\nAnd goes on.")))
    lines = (tmp_path / "export.xml").read_text().split("\n")
    assert post.line is not None
    assert "Here it begins." in lines[post.line - 1]
    assert post.source.endswith("export.xml")


def test_lines_beyond_the_65_535th_are_right(tmp_path: Path) -> None:
    items = _post() + "\n" * 70_000 + wxr_item(number=8, title="Far", slug="far", text="Far away.")
    far = read_wxr(tmp_path, items).posts[1]
    assert far.line is not None
    assert "Far away." in (tmp_path / "export.xml").read_text().split("\n")[far.line - 1]


@pytest.mark.parametrize(
    ("status", "state"),
    [("publish", "published"), ("draft", "draft"), ("pending", "draft"), ("private", "private"),
     ("future", "scheduled"), ("in-progress", "draft")],
)  # fmt: skip
def test_each_status_has_a_state(tmp_path: Path, status: str, state: str) -> None:
    assert only(read_wxr(tmp_path, _post(state=status))).state == state


def test_a_post_with_a_password_is_not_published(tmp_path: Path) -> None:
    item = _post().replace("<wp:post_password><![CDATA[]]>", "<wp:post_password><![CDATA[tree]]>")
    post = only(read_wxr(tmp_path, item))
    assert post.state == "password"
    assert "tree" not in repr(post)


def test_a_draft_has_no_slug_and_the_time_of_the_blogs_clock(tmp_path: Path) -> None:
    item = wxr_item(number=9, title="", slug="", state="draft", moment=_SUMMER)
    post = only(read_wxr(tmp_path, item))
    assert (post.title, post.slug, post.addresses) == ("", "", ("/?p=9",))
    assert post.moment == datetime(2016, 7, 1, 8, tzinfo=UTC)  # in summer time


def test_a_blog_elsewhere_has_its_own_clock(tmp_path: Path) -> None:
    abroad = _post().replace("2010-01-04 09:30:00]]></wp:post_date>",
                             "2010-01-04 04:30:00]]></wp:post_date>")  # fmt: skip
    draft = wxr_item(number=9, title="D", slug="", state="draft", moment=_SUMMER)
    first, second = read_wxr(tmp_path, abroad + draft).posts
    assert first.moment == FIRST_DAY
    assert first.moment is not None
    assert first.moment.utcoffset() == timedelta(hours=-5)
    assert second.moment == datetime(2016, 7, 1, 14, tzinfo=UTC)


@pytest.mark.parametrize("date", ["0000-00-00 00:00:00", "-0001-11-30 00:00:00", "", "soon"])
def test_what_is_no_date_is_none(tmp_path: Path, date: str) -> None:
    item = _post().replace(f"{FIRST_DAY:%Y-%m-%d %H:%M:%S}", date)
    assert only(read_wxr(tmp_path, item)).moment is None


def test_types_that_are_not_for_residents_are_counted(tmp_path: Path) -> None:
    kinds = (
        "revision",
        "revision",
        "nav_menu_item",
        "feedback",
        "wp_template",
        "custom_css",
        "event",
    )
    items = "".join(
        wxr_item(number=n, title="X", slug=f"x-{n}", kind=kind) for n, kind in enumerate(kinds, 20)
    )
    items += wxr_item(number=40, title="Gone", slug="gone", state="trash")
    items += wxr_item(number=41, title="", slug="", state="auto-draft")
    blog = read_wxr(tmp_path, items)
    assert blog.posts == ()
    assert blog.left_out == (
        "2 earlier versions of posts",
        "1 menu entry",
        "1 message sent with a form",
        "2 parts of the old design",
        '1 item of the type "event"',
        "2 items in the trash, or never begun",
    )


def test_the_picture_above_a_post_may_come_later_in_the_export(tmp_path: Path) -> None:
    picture = wxr_item(
        number=12, title="bin", slug="bin", kind="attachment", state="inherit", link=f"{SITE}/bin/",
        excerpt="The &quot;bin&quot;",
        more="<wp:post_parent>7</wp:post_parent>"
        f"<wp:attachment_url>{SITE}/wp-content/uploads/2010/01/bin.jpg</wp:attachment_url>"
        + wxr_meta("_wp_attached_file", "2010/01/bin.jpg")
        + wxr_meta("_wp_attachment_image_alt", "A yellow bin")
        + wxr_meta("_wp_attachment_metadata", 'a:2:{s:5:"width";i:640;s:4:"file";s:3:"x.j";}'),
    )  # fmt: skip
    blog = read_wxr(tmp_path, _post(more=wxr_meta("_thumbnail_id", "12")) + picture)
    address = f"{SITE}/wp-content/uploads/2010/01/bin.jpg"
    assert (only(blog).picture, only(blog).picture_alt) == (address, "A yellow bin")
    (found,) = blog.pictures
    assert (found.url, found.alt, found.caption) == (address, "A yellow bin", 'The "bin"')
    assert (found.page_address, found.number, found.post_number) == ("/bin/", "12", "7")


def test_a_picture_that_is_not_in_the_export_is_none(tmp_path: Path) -> None:
    assert only(read_wxr(tmp_path, _post(more=wxr_meta("_thumbnail_id", "99")))).picture == ""


def test_categories_and_tags_have_names_in_plain_text_and_addresses(tmp_path: Path) -> None:
    more = (
        '<category domain="category" nicename="fish-chips"><![CDATA[Fish &amp; chips]]></category>'
        '<category domain="post_tag" nicename="caf%c3%a9s"><![CDATA[Cafés]]></category>'
        '<category domain="post_format" nicename="post-format-aside"><![CDATA[Aside]]></category>'
        '<category domain="series" nicename="crossing"><![CDATA[The crossing]]></category>'
    )
    assert only(read_wxr(tmp_path, _post(more=more))).terms == (
        OldTerm(kind="category", name="Fish & chips", slug="fish-chips",
                address="/category/fish-chips/"),
        OldTerm(kind="tag", name="Cafés", slug="cafés", address="/tag/caf%c3%a9s/"),
        OldTerm(kind="tag", name="The crossing", slug="crossing"),
    )  # fmt: skip


def test_authors_have_lists_unless_their_login_is_an_email_address(tmp_path: Path) -> None:
    other = wxr_item(number=8, title="Two", slug="two").replace("[robin]", "[robin@example.org]")
    blog = read_wxr(tmp_path, _post() + other)
    assert blog.authors == (
        OldAuthor(name="Robin Sample", address="/author/robin/", number="1"),
        OldAuthor(name="robin@example.org", address="", number=""),
    )
    assert (blog.program, blog.on_a_page) == ("wordpress", 10)


def test_a_category_is_listed_below_the_one_above_it(tmp_path: Path) -> None:
    declared = (
        "<wp:category><wp:term_id>50</wp:term_id><wp:category_nicename>bins</wp:category_nicename>"
        "<wp:category_parent>streets</wp:category_parent><wp:cat_name>Bins</wp:cat_name>"
        "</wp:category><wp:category><wp:term_id>51</wp:term_id>"
        "<wp:category_nicename>streets</wp:category_nicename><wp:category_parent>bins"
        "</wp:category_parent><wp:cat_name>Streets</wp:cat_name></wp:category>"
    )
    more = '<category domain="category" nicename="bins"><![CDATA[Bins]]></category>'
    blog = read_wxr(tmp_path, declared + _post(more=more))
    # Each is above the other here, which ends after one round.
    assert only(blog).terms[0].address == "/category/streets/bins/"
    assert {"Bins", "Streets", "Grit bins"} <= {term.name for term in blog.terms}


def test_the_oldest_exports_write_each_category_twice_and_no_slug(tmp_path: Path) -> None:
    more = (
        "<category><![CDATA[Planning]]></category>"
        '<category domain="category" nicename="planning"><![CDATA[Planning]]></category>'
        '<category domain="tag"><![CDATA[winter]]></category>'
    )
    export = wxr_of(_post(more=more)).replace("export/1.2/", "export/1.0/")
    post = only(read(tmp_path, export.replace("<wp:post_type><![CDATA[post]]></wp:post_type>", "")))
    assert [(term.kind, term.name) for term in post.terms] == [
        ("category", "Planning"), ("tag", "winter"),
    ]  # fmt: skip
    assert post.kind == "post"


def test_without_addresses_in_words_lists_and_feeds_have_numbers(tmp_path: Path) -> None:
    more = (
        '<category domain="category" nicename="planning"><![CDATA[Planning]]></category>'
        '<category domain="post_tag" nicename="winter"><![CDATA[winter]]></category>'
    )
    blog = read_wxr(tmp_path, _post(more=more, link=f"{SITE}/?p=7"))
    assert [term.address for term in only(blog).terms] == ["/?cat=2", "/?tag=winter"]
    assert only(blog).addresses == ("/?p=7",)
    assert blog.feeds == ("/?feed=rss2", "/?feed=rss", "/?feed=atom", "/?feed=rdf")


def test_feeds_are_where_wordpress_has_them(tmp_path: Path) -> None:
    feeds = read_wxr(tmp_path, _post()).feeds
    assert {"/feed/", "/feed/atom/", "/?feed=rss2"} <= set(feeds)


def test_a_blog_in_a_folder_of_a_site_keeps_the_folder(tmp_path: Path) -> None:
    export = wxr_of(_post(link=f"{SITE}/blog/two-bins/"), f"{SITE}/blog")
    blog = read(tmp_path, export)
    assert only(blog).addresses == ("/blog/two-bins/", "/blog/?p=7", "/?p=7")
    assert blog.feeds[0] == "/blog/feed/"


def test_addresses_on_another_host_are_not_the_blogs(tmp_path: Path) -> None:
    post = only(read_wxr(tmp_path, _post(link="https://www.old.example.org/a/")))
    assert post.addresses == ("/a/", "/?p=7")
    post = only(read_wxr(tmp_path, _post(link="https://elsewhere.example/a/")))
    assert post.addresses == ("/?p=7",)


def test_an_address_that_a_post_had_before_is_kept(tmp_path: Path) -> None:
    more = wxr_meta("_wp_old_slug", "bins") + wxr_meta("_wp_old_slug", "bins-2")
    assert only(read_wxr(tmp_path, _post(more=more))).addresses == (
        "/2010/01/07/two-bins/", "/?p=7", "/2010/01/07/bins/", "/2010/01/07/bins-2/",
    )  # fmt: skip


def test_an_encoded_slug_is_read_and_its_address_stays(tmp_path: Path) -> None:
    post = only(read_wxr(tmp_path, _post(slug="caf%c3%a9", link=f"{SITE}/caf%c3%a9/")))
    assert (post.slug, post.addresses[0]) == ("café", "/caf%c3%a9/")


def test_only_comments_that_residents_could_read_are_kept(tmp_path: Path) -> None:
    later = FIRST_DAY + timedelta(days=1)
    more = (
        wxr_comment("Sam", "Second &amp; last", later)
        + wxr_comment("Alex", "First", FIRST_DAY, kind="")
        + wxr_comment("X", "Buy", FIRST_DAY, approved="spam")
        + wxr_comment("X", "Waiting", FIRST_DAY, approved="0")
        + wxr_comment("X", "Gone", FIRST_DAY, approved="trash")
        + wxr_comment("X", "[...]", FIRST_DAY, kind="pingback")
        + wxr_comment("X", "A note", FIRST_DAY, kind="note")
    )
    blog = read_wxr(tmp_path, _post(more=more))
    found = [(one.author, one.html, one.moment) for one in only(blog).comments]
    assert found == [("Alex", "First", FIRST_DAY), ("Sam", "Second &amp; last", later)]
    assert "3 comments that were not shown (such as spam)" in blog.left_out
    assert "2 pingbacks, trackbacks and notes" in blog.left_out
    assert "somebody@example.com" not in repr(blog)
    assert "192.0.2.7" not in repr(blog)


def test_a_title_is_plain_text(tmp_path: Path) -> None:
    post = only(read_wxr(tmp_path, _post(title="Fish &amp; <i>chips</i> &#8211; l&#039;été")))
    assert post.title == "Fish & chips – l'été"


def test_the_summary_for_search_engines_is_taken_if_there_is_no_other(tmp_path: Path) -> None:
    more = wxr_meta("_yoast_wpseo_metadesc", "Where the bins are.")
    assert only(read_wxr(tmp_path, _post(more=more))).summary == "Where the bins are."
    more = wxr_meta("_yoast_wpseo_metadesc", "%%excerpt%%")
    assert only(read_wxr(tmp_path, _post(more=more))).summary == ""


def test_several_authors_are_named_from_their_terms(tmp_path: Path) -> None:
    more = (
        '<category domain="author" nicename="cap-robin"><![CDATA[ROBIN]]></category>'
        '<category domain="author" nicename="cap-asha"><![CDATA[asha]]></category>'
    )
    assert only(read_wxr(tmp_path, _post(more=more))).author == "Robin Sample, asha"


def test_a_post_in_welsh_has_its_language(tmp_path: Path) -> None:
    more = '<category domain="language" nicename="cy"><![CDATA[Cymraeg]]></category>'
    post = only(read_wxr(tmp_path, _post(more=more)))
    assert (post.lang, post.terms) == ("cy", ())


def test_a_block_that_is_written_once_is_put_where_it_is_used(tmp_path: Path) -> None:
    text = 'Before\n<!-- wp:block {"ref":30} /-->\n<!-- wp:block {"ref":31} /-->\nAfter'
    block = wxr_item(
        number=30, title="Contact", slug="contact", kind="wp_block", text="<p>Me</p>\n"
    )
    post = only(read_wxr(tmp_path, _post(text=text) + block))
    assert post.text == 'Before\n<p>Me</p>\n<!-- wp:block {"ref":31} /-->\nAfter'


def test_a_block_within_itself_ends(tmp_path: Path) -> None:
    used = '<!-- wp:block {"ref":30} /-->'
    block = wxr_item(number=30, title="Loop", slug="loop", kind="wp_block", text=f"x{used}{used}")
    post = only(read_wxr(tmp_path, _post(text=used) + block))
    assert post.text.startswith("xx")
    assert len(post.text) < 10_000


def test_the_end_of_a_section_in_the_text_is_read(tmp_path: Path) -> None:
    post = only(read_wxr(tmp_path, _post(text="if (a[b[0]]]]><![CDATA[> 1) & <b>more</b>")))
    assert post.text == "if (a[b[0]]> 1) & <b>more</b>"


def test_text_that_is_escaped_and_not_in_a_section_is_read(tmp_path: Path) -> None:
    item = _post(text="@").replace("<![CDATA[@]]>", "&lt;p&gt;Fish &amp;amp; chips&lt;/p&gt;")
    assert only(read_wxr(tmp_path, item)).text == "<p>Fish &amp; chips</p>"


def test_when_it_was_changed_is_read(tmp_path: Path) -> None:
    changed = "<wp:post_modified_gmt>2011-02-03 10:00:00</wp:post_modified_gmt>"
    assert only(read_wxr(tmp_path, _post(more=changed))).modified == datetime(
        2011, 2, 3, 10, tzinfo=UTC
    )
    changed = f"<wp:post_modified_gmt>{FIRST_DAY:%Y-%m-%d %H:%M:%S}</wp:post_modified_gmt>"
    assert only(read_wxr(tmp_path, _post(more=changed))).modified is None


def test_an_export_in_parts_is_one_blog_and_has_each_post_once(tmp_path: Path) -> None:
    second = wxr_item(number=8, title="Next", slug="next")
    blog = read_folder(
        tmp_path, {"a.xml": wxr_of(_post()), "b.xml": wxr_of(_post() + second), "notes.txt": "x"}
    )
    assert [post.title for post in blog.posts] == ["Two bins", "Next"]
    assert "1 item that is in the export twice" in blog.left_out


def test_exports_of_two_blogs_are_not_mixed(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(wxr_of(_post()))
    (tmp_path / "b.xml").write_text(wxr_of(_post(), "https://other.example"))
    assert "b.xml is an export of https://other.example, but" in refused(tmp_path)


def test_an_export_without_authors_terms_or_addresses_is_read(tmp_path: Path) -> None:
    export = """<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"
    xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Bare</title>
    <wp:wxr_version>1.2</wp:wxr_version><item><title>Alone</title><wp:post_id>1</wp:post_id>
    <content:encoded>
    <![CDATA[one]]><![CDATA[two]]></content:encoded></item></channel></rss>"""
    blog = read(tmp_path, export)
    post = only(blog)
    assert (post.title, post.text.strip(), post.moment) == ("Alone", "onetwo", None)
    assert (post.state, post.author, post.addresses) == ("published", "", ("/?p=1",))


@pytest.mark.long
def test_a_thousand_posts_are_all_there(tmp_path: Path) -> None:
    blog = read(tmp_path, wxr(1000))
    made = list(made_posts(1000))
    found = {post.number: post for post in blog.posts if post.kind == "post"}
    assert len(found) == 1000
    for post in made:
        assert found[str(post.identity)].title == post.title
        assert found[str(post.identity)].moment == post.moment
        assert bool(found[str(post.identity)].picture) == bool(post.picture)
    assert len(blog.pictures) == sum(bool(post.picture) for post in made)


def test_it_is_the_same_in_a_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "export.zip", {"old.2026-11-01.xml": wxr(5)})
    assert [post.title for post in open_blog(path).posts][:5] == [
        post.title for post in made_posts(5)
    ]


def test_footnotes_that_the_export_keeps_apart_are_in_the_text(tmp_path: Path) -> None:
    mention = '<p>Late<sup data-fn="ab-1"><a href="#ab-1" id="ab-1-link">1</a></sup>.</p>'
    notes = '[{"content":"By <em>two<\\/em> years.","id":"ab-1"}]'
    text = f"<!-- wp:paragraph -->{mention}<!-- /wp:paragraph --><!-- wp:footnotes /-->"
    post = only(read_wxr(tmp_path, _post(text=text, more=wxr_meta("footnotes", notes))))
    assert convert(post.text).text == "Late[^1].\n\n[^1]: By *two* years.\n"


@pytest.mark.parametrize("notes", ["", "[", '{"a": 1}', '[{"content": "x"}, 3]'])
def test_footnotes_that_cannot_be_read_are_none(tmp_path: Path, notes: str) -> None:
    text = "<!-- wp:paragraph --><p>A</p><!-- /wp:paragraph --><!-- wp:footnotes /-->"
    post = only(read_wxr(tmp_path, _post(text=text, more=wxr_meta("footnotes", notes))))
    assert convert(post.text).text.partition("\n")[0] == "A"
