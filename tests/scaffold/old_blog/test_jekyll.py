"""Folders of Jekyll: where its posts were, and what its headers and settings mean."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scaffold.old_blog.exports import jekyll, made_posts
from scaffold.old_blog.reading import only, read_folder, zipped
from wardblog.scaffold.old_blog.exports.open_blog import open_blog
from wardblog.scaffold.old_blog.model import OldBlog, OldPost

_CONFIG = 'title: Ward\nurl: "https://old.example.org"\n'
_POST = "---\ntitle: Two bins\n---\nText.\n"


def _blog(folder: Path, files: dict[str, str], config: str = "") -> OldBlog:
    return read_folder(folder, {"_config.yml": _CONFIG + config, **files})


def _one(folder: Path, header: str, name: str = "_posts/2016-05-03-two-bins.md",
         config: str = "") -> OldPost:  # fmt: skip
    return only(_blog(folder, {name: f"---\ntitle: Two bins\n{header}---\nText.\n"}, config))


def test_a_post_has_its_day_and_name_from_its_file(tmp_path: Path) -> None:
    blog = _blog(tmp_path, {"_posts/2016-05-03-two-bins.md": _POST})
    post = only(blog)
    assert (post.kind, post.state, post.is_markdown) == ("post", "published", True)
    assert (post.title, post.slug, post.text, post.line) == ("Two bins", "two-bins", "Text.\n", 4)
    assert post.addresses == ("/2016/05/03/two-bins.html",)
    assert post.guid == "https://old.example.org/2016/05/03/two-bins"
    assert post.moment == datetime(2016, 5, 3, tzinfo=UTC)
    assert (blog.title, blog.url, blog.feeds) == ("Ward", "https://old.example.org", ("/feed.xml",))


@pytest.mark.parametrize(
    ("permalink", "address"),
    [
        ("date", "/bins/2016/05/03/two-bins.html"),
        ("pretty", "/bins/2016/05/03/two-bins/"),
        ("ordinal", "/bins/2016/124/two-bins.html"),
        ("weekdate", "/bins/2016/W18/Tue/two-bins.html"),
        ("none", "/bins/two-bins.html"),
        ("/:categories/:year/:month/:title", "/bins/2016/05/two-bins"),
        ("/blog/:i_month-:i_day-:short_year/:slug/", "/blog/5-3-16/two-bins/"),
        ("/:year-:month-:day-:title/", "/2016-05-03-two-bins/"),
        ("/:nonsense/:title/", "/two-bins/"),
    ],
)
def test_each_style_of_addresses(tmp_path: Path, permalink: str, address: str) -> None:
    post = _one(tmp_path, "category: Bins\n", config=f'permalink: "{permalink}"\n')
    assert post.addresses == (address,)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("2017-2-5-no-zeroes.md", "/2017/02/05/no-zeroes.html"),
        ("2016-05-03-MixedCase_name.markdown", "/2016/05/03/MixedCase_name.html"),
        ("2016-05-03-special-chars-(+).mkd", "/2016/05/03/special-chars-(+).html"),
        ("2016-05-03-hash-#1.md", "/2016/05/03/hash-1.html"),
        ("2016-05-03-café.md", "/2016/05/03/caf%C3%A9.html"),
        ("2016-05-03-a-page.html", "/2016/05/03/a-page.html"),
    ],
)
def test_odd_names_of_files(tmp_path: Path, name: str, address: str) -> None:
    post = _one(tmp_path, "", f"_posts/{name}")
    assert post.addresses == (address,)
    assert post.is_markdown == (not name.endswith(".html"))


def test_the_address_in_the_header_comes_first_and_former_ones_are_kept(tmp_path: Path) -> None:
    post = _one(tmp_path, "permalink: /bins/\nredirect_from:\n  - /old/\n  - older.html\n")
    assert post.addresses == ("/bins/", "/old/", "/older.html")
    assert _one(tmp_path, "redirect_from: /old one/\n").addresses[1] == "/old one/"


def test_folders_above_the_posts_are_categories(tmp_path: Path) -> None:
    post = _one(tmp_path, "categories: [Grit Bins, C]\n", "news/_posts/sub/2016-05-03-two-bins.md")
    assert [term.name for term in post.terms] == ["news", "Grit Bins", "C"]
    assert post.addresses == ("/news/grit%20bins/c/2016/05/03/two-bins.html",)


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("tags: one two\n", ["one", "two"]),
        ("tags: [one two, three]\n", ["one two", "three"]),
        ("tags:\n- one two\n- 3\n-\n", ["one two", "3"]),
        ("tag: one\n", ["one"]),
        ("tags:\n", []),
        ("tags: []\n", []),
    ],
)
def test_tags_are_a_list_or_words(tmp_path: Path, header: str, names: list[str]) -> None:
    assert [term.name for term in _one(tmp_path, header).terms] == names


@pytest.mark.parametrize(
    ("date", "moment", "day"),
    [
        ("2016-05-03 09:30:00 +0100", datetime(2016, 5, 3, 8, 30, tzinfo=UTC), "2016/05/03"),
        ("2016-05-03 9:30 BST", datetime(2016, 5, 3, 8, 30, tzinfo=UTC), "2016/05/03"),
        ("2016-5-3 12:30 am", datetime(2016, 5, 2, 23, 30, tzinfo=UTC), "2016/05/03"),
        ("Tue, 03 May 2016 09:30:00 GMT", datetime(2016, 5, 3, 9, 30, tzinfo=UTC), "2016/05/03"),
        ("2016-05-03T23:30:00-07:00", datetime(2016, 5, 4, 6, 30, tzinfo=UTC), "2016/05/04"),
        # YAML takes a time with seconds as one in UTC, which is an hour later in summer.
        ("2016-05-03 23:30:00", datetime(2016, 5, 3, 23, 30, tzinfo=UTC), "2016/05/04"),
        ("2016-05-03 23:30", datetime(2016, 5, 3, 22, 30, tzinfo=UTC), "2016/05/03"),
        ("2016-05-04", datetime(2016, 5, 3, 23, tzinfo=UTC), "2016/05/04"),
        ("soon", datetime(2016, 5, 2, 23, tzinfo=UTC), "2016/05/03"),
    ],
)
def test_dates_in_headers(tmp_path: Path, date: str, moment: datetime, day: str) -> None:
    post = _one(tmp_path, f"date: {date}\n", config="timezone: Europe/London\n")
    assert (post.moment, post.addresses) == (moment, (f"/{day}/two-bins.html",))


def test_drafts_and_what_is_not_published(tmp_path: Path) -> None:
    post = _one(tmp_path, "", "_drafts/two-bins.md")
    assert (post.state, post.moment, post.addresses, post.slug) == ("draft", None, (), "two-bins")
    assert _one(tmp_path / "b", "published: false\n").state == "draft"
    assert _one(tmp_path / "c", "", "_posts/2199-01-01-later.md").state == "scheduled"


def test_a_file_without_a_day_is_reported(tmp_path: Path) -> None:
    blog = _blog(tmp_path, {"_posts/notes.md": _POST, "_posts/2019-05-05.md": _POST})
    assert (blog.posts, blog.left_out) == ((), ("2 files without a date in their names",))


def test_pages_and_shown_collections_are_pages(tmp_path: Path) -> None:
    page = "---\ntitle: About\n---\nMe.\n"
    blog = _blog(
        tmp_path,
        {
            "about.md": page, "ward/map.markdown": page, "index.md": page, "README.md": "# Ward\n",
            "archive.html": "---\n---\n{% for post in site.posts %}x{% endfor %}", "plain.md": "x",
            "contact.html": "---\ntitle: C\n---\n<p>Me</p>", "_layouts/post.html": page,
            "_surgeries/library.md": page, "_hidden/a.md": page, "_site/about.html": page,
            "gone.md": "---\nredirect_to: /about/\n---\nx", "vendor/a.md": page,
            "leave/out.md": page,
        },
        "permalink: pretty\ncollections:\n  surgeries:\n    output: true\n  hidden:\n"
        "    output: false\nexclude: [leave/]\n",
    )  # fmt: skip
    assert {post.addresses[0] for post in blog.posts} == {
        "/about/", "/ward/map/", "/contact/", "/surgeries/library.html",
    }  # fmt: skip
    assert {post.kind for post in blog.posts} == {"page"}
    assert blog.left_out == ("1 page that leads elsewhere",)


def test_pages_have_endings_unless_addresses_are_pretty(tmp_path: Path) -> None:
    assert _one(tmp_path, "", "ward/about.md").addresses == ("/ward/about.html",)


def test_values_for_all_come_from_the_settings(tmp_path: Path) -> None:
    config = """defaults:
  - scope: {path: "", type: posts}
    values: {permalink: "/p/:title/", author: asha, lang: cy}
  - scope: {path: "other"}
    values: {published: false}
  - scope: {path: "", type: pages}
    values: {author: nobody}
"""
    files = {"_posts/2016-05-03-two-bins.md": _POST, "_data/authors.yml": "asha:\n  name: Asha S\n"}
    post = only(_blog(tmp_path, files, config))
    assert (post.addresses, post.author, post.lang) == (("/p/two-bins/",), "Asha S", "cy")
    assert post.state == "published"


def test_lists_are_where_plugins_make_them(tmp_path: Path) -> None:
    post = {"_posts/2016-05-03-a.md": "---\ncategory: Dog Fouling\ntags: [Ice, Snow]\n---\nText.\n"}
    config = (
        "paginate: 7\npaginate_path: /blog/p:num/\njekyll-archives:\n  enabled: [tags]\n"
        "  permalinks:\n    tag: /about/:name/\n"
    )
    blog = _blog(tmp_path / "one", post, config)
    assert [term.address for term in blog.terms] == ["", "/about/ice/", "/about/snow/"]
    assert (blog.on_a_page, blog.further_page) == (7, "blog/p{}/")
    every = _blog(tmp_path / "two", post, "jekyll-archives:\n  enabled: all\n")
    assert every.terms[0].address == "/category/dog-fouling/"
    none = _blog(tmp_path / "three", post)
    assert {term.address for term in none.terms} == {""}
    assert (none.on_a_page, none.further_page) == (0, "page{}/")


def test_a_blog_below_the_top_of_its_site_keeps_that_folder(tmp_path: Path) -> None:
    blog = _blog(
        tmp_path, {"_posts/2016-05-03-two-bins.md": _POST}, 'baseurl: "/ward"\npermalink: pretty\n'
    )
    assert blog.url == "https://old.example.org/ward"
    assert blog.feeds == ("/ward/feed.xml",)
    assert only(blog).addresses == ("/ward/2016/05/03/two-bins/",)
    assert only(blog).guid == "https://old.example.org/ward/2016/05/03/two-bins"


def test_the_blogs_own_feed_decides_what_its_guids_are(tmp_path: Path) -> None:
    feed = """---
layout: null
---
<rss><channel>{% for post in site.posts %}<item>
<guid isPermaLink="true">{{ post.url | prepend: site.url }}</guid></item>{% endfor %}
</channel></rss>
"""
    blog = _blog(tmp_path, {"_posts/2016-05-03-two-bins.md": _POST, "rss.xml": feed})
    assert blog.feeds == ("/rss.xml",)
    assert only(blog).guid == "https://old.example.org/2016/05/03/two-bins.html"


def test_without_a_url_in_the_settings_guids_are_paths(tmp_path: Path) -> None:
    blog = read_folder(tmp_path, {"_posts/2016-05-03-two-bins.md": _POST})
    assert (blog.url, only(blog).guid) == ("", "/2016/05/03/two-bins")


@pytest.mark.parametrize(
    ("header", "picture", "alt"),
    [
        (
            "image: /assets/a.jpg\nimage_alt: A bin\n",
            "https://old.example.org/assets/a.jpg",
            "A bin",
        ),
        ("image: a.jpg\n", "https://old.example.org/2016/05/03/a.jpg", ""),
        ("image:\n  path: /a.jpg\n  alt: A bin\n", "https://old.example.org/a.jpg", "A bin"),
        ("header:\n  teaser: /t.jpg\n", "https://old.example.org/t.jpg", ""),
        ("thumbnail: https://cdn.example/a.jpg\n", "https://cdn.example/a.jpg", ""),
    ],
)
def test_pictures_in_headers(tmp_path: Path, header: str, picture: str, alt: str) -> None:
    post = _one(tmp_path, header)
    assert (post.picture, post.picture_alt) == (picture, alt)


def test_what_a_converter_from_wordpress_wrote_is_kept(tmp_path: Path) -> None:
    header = """status: publish
published: true
author:
  display_name: Robin Sample
  login: robin
  email: robin@old.example.org
wordpress_id: 319
wordpress_url: http://old.example.org/?p=319
blogger_orig_url: http://elsewhere.blogspot.com/2010/09/two-bins.html
date: '2010-09-24 10:05:39 +0100'
categories:
- Tips &amp; tricks
comments:
- id: 7
  author: Alex
  author_email: alex@example.com
  date: '2010-09-25 11:00:00 +0100'
  date_gmt: '2010-09-25 10:00:00 +0000'
  content: |
    Well <em>done</em>.
"""
    post = _one(tmp_path, header)
    assert (post.author, post.addresses[1:]) == ("Robin Sample", ("/?p=319",))
    assert [term.name for term in post.terms] == ["Tips & tricks"]
    (comment,) = post.comments
    assert (comment.author, comment.html) == ("Alex", "Well <em>done</em>.")
    assert comment.moment == datetime(2010, 9, 25, 10, tzinfo=UTC)
    assert "@" not in repr(post)
    assert _one(tmp_path / "b", "comments: true\n").comments == ()


def test_texts_in_other_languages_are_counted(tmp_path: Path) -> None:
    files = {"_posts/2016-05-03-a.textile": _POST, "_posts/2016-05-04-b.textile": _POST}
    assert _blog(tmp_path, files).left_out == ("2 files in Textile",)


def test_a_header_that_cannot_be_read_is_left_out_and_reported_with_its_line(
    tmp_path: Path,
) -> None:
    broken = "---\nlayout: post\ntitle: Grit bins: where\n---\nText.\n"
    blog = _blog(tmp_path, {"_posts/2016-05-03-a.md": broken, "_posts/2016-05-04-b.md": _POST})
    assert only(blog).title == "Two bins"
    (said,) = blog.left_out
    assert "2016-05-03-a.md:3: this cannot be read as YAML, so this file was left out" in said


def test_a_line_of_three_dots_ends_a_header(tmp_path: Path) -> None:
    files = {"_posts/2016-05-03-a.md": "---\ntitle: No\n...\n\n\nText.\n---\nMore.\n"}
    post = only(_blog(tmp_path, files))
    assert (post.title, post.text, post.line) == ("No", "Text.\n---\nMore.\n", 6)


def test_a_copy_of_a_repository_in_a_zip_is_read(tmp_path: Path) -> None:
    folder = jekyll(tmp_path / "ward", 30)
    files = {
        f"ward-main/{path.relative_to(folder)}": path.read_text()
        for path in folder.rglob("*") if path.is_file()
    }  # fmt: skip
    blog = open_blog(zipped(tmp_path / "ward-main.zip", {**files, "ward-main/README.md": "# Hi"}))
    found = {post.slug: post for post in blog.posts if post.kind == "post"}
    for made in made_posts(30):
        post = found[made.slug]
        assert (post.title, post.state) == (made.title, "draft" if made.is_draft else "published")
        assert post.moment == made.moment.replace(second=0)


def test_a_folder_of_posts_alone_is_read(tmp_path: Path) -> None:
    blog = read_folder(tmp_path, {"2016-05-03-two-bins.md": _POST, "2016-05-04-b.md": _POST})
    assert [post.kind for post in blog.posts] == ["post", "post"]
    assert blog.posts[0].moment == datetime(2016, 5, 3, tzinfo=UTC)


def test_links_to_other_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(_POST.replace("Two bins", "Secret"))
    folder = tmp_path / "ward"
    _blog(folder, {"_posts/2016-05-03-two-bins.md": _POST})
    (folder / "_posts/2016-05-04-secret.md").symlink_to(tmp_path / "secret.md")
    assert only(open_blog(folder)).title == "Two bins"


def test_the_page_for_what_is_not_found_is_never_a_page(tmp_path: Path) -> None:
    page = "---\npermalink: /404.html\n---\nSorry.\n"
    files = {"pages/404.md": page, "404.html": page, "about.md": "---\n---\nText.\n"}
    assert [post.slug for post in read_folder(tmp_path, {**files, "_config.yml": ""}).posts] == [
        "about"
    ]


def test_a_text_may_show_values_of_the_settings_and_of_its_header(tmp_path: Path) -> None:
    text = (
        "{{ site.email }} {{site.links.forum}}/new {{ page.venue }} {{ site.gone }}\n"
        "{{ site.url }}\n"
        "{% raw %}{{ site.email }}{% endraw %}\n"
    )
    config = "email: a@b.example\nurl: https://c.example\nlinks:\n  forum: https://d.example\n"
    header = "---\nvenue: The hall\n---\n"
    files = {"_config.yml": config, "_posts/2016-05-03-a.md": header + text}
    assert only(read_folder(tmp_path, files)).text == (
        "a@b.example https://d.example/new The hall {{ site.gone }}\n{{ site.url }}\n"
        "{% raw %}{{ site.email }}{% endraw %}\n"
    )
