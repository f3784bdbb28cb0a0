"""Folders of Eleventy, and folders of Markdown that no program is known for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scaffold.old_blog.exports import eleventy, made_posts
from scaffold.old_blog.reading import only, read_folder
from wardblog.scaffold.old_blog.exports.open_blog import open_blog
from wardblog.scaffold.old_blog.model import OldBlog, OldPost

_CONFIG = 'module.exports = () => ({ dir: { input: "./src" } });\n'
_SITE = '{"title": "Ward", "url": "https://old.example.org", "author": {"name": "Robin"}}'


def _blog(folder: Path, files: dict[str, str]) -> OldBlog:
    inner = {f"src/{name}": text for name, text in files.items()}
    return read_folder(folder, {".eleventy.js": _CONFIG, "src/_data/metadata.json": _SITE, **inner})


def _one(folder: Path, header: str, name: str = "posts/2016-05-03-two-bins.md") -> OldPost:
    return only(_blog(folder, {name: f"---\ntitle: Two bins\n{header}---\nText.\n"}))


def test_a_post_has_the_address_of_its_file_without_the_day(tmp_path: Path) -> None:
    post = _one(tmp_path, "tags: [posts, Grit bins]\ndescription: In short.\n")
    assert (post.kind, post.slug, post.author) == ("post", "two-bins", "Robin")
    assert post.addresses == ("/posts/two-bins/",)
    assert post.guid == "https://old.example.org/posts/two-bins/"
    assert post.moment == datetime(2016, 5, 3, tzinfo=UTC)
    assert post.summary == "In short."
    assert [(term.name, term.address) for term in post.terms] == [("Grit bins", "/tags/grit-bins/")]


@pytest.mark.parametrize(
    ("permalink", "address"),
    [
        ("/bins/", "/bins/"),
        ("bins/index.html", "/bins/"),
        ("/bins.html", "/bins.html"),
        ('"/blog/{{ page.fileSlug }}/"', "/blog/two-bins/"),
        ('"/blog/{{ title | slugify }}/"', "/blog/two-bins-here/"),
        ('"{{ page.filePathStem }}.html"', "/posts/two-bins.html"),
    ],
)
def test_addresses_in_headers(tmp_path: Path, permalink: str, address: str) -> None:
    text = f"---\ntitle: Two bins here\npermalink: {permalink}\n---\nText.\n"
    assert only(_blog(tmp_path, {"posts/2016-05-03-two-bins.md": text})).addresses == (address,)


def test_an_address_that_a_program_makes_is_reported(tmp_path: Path) -> None:
    text = '---\ntitle: A\npermalink: "/{{ date | monthly }}/a/"\n---\nText.\n'
    blog = _blog(tmp_path, {"posts/2016-05-03-a.md": text})
    assert only(blog).addresses == ()
    assert "its old address is not known" in blog.left_out[0]


def test_what_has_no_page_is_left_out(tmp_path: Path) -> None:
    blog = _blog(tmp_path, {"posts/2016-05-03-a.md": "---\npermalink: false\n---\nx\n"})
    assert (blog.posts, blog.left_out) == ((), ("1 part of other pages",))


def test_values_for_a_folder_come_from_its_data_file(tmp_path: Path) -> None:
    text = "---\ntitle: A\ndate: 2016-05-03\ntags: bins\n---\nx\n"
    blog = _blog(
        tmp_path,
        {
            "blog/blog.11tydata.json": '{"tags": ["posts", "ward"], "lang": "cy"}',
            "blog/old/old.json": '{"draft": true}', "blog/old/a.md": text, "blog/b.md": text,
            "notes/notes.11tydata.js": "module.exports = {}", "notes/c.md": text,
        },
    )  # fmt: skip
    found = {post.slug: post for post in blog.posts}
    assert {slug: post.state for slug, post in found.items()} == {
        "a": "draft", "b": "published", "c": "published",
    }  # fmt: skip
    assert (found["a"].lang, found["a"].kind, found["c"].kind) == ("cy", "post", "page")
    assert [term.name for term in found["b"].terms] == ["ward", "bins"]
    assert any("notes.11tydata.js is a program" in words for words in blog.left_out)


def test_pages_templates_and_parts(tmp_path: Path) -> None:
    page = "---\ntitle: About\n---\nMe.\n"
    blog = _blog(
        tmp_path,
        {
            "about.md": page, "ward/index.md": page, "index.njk": page, "_includes/a.md": page,
            "list.html": "---\n---\n{% for post in collections.posts %}x{% endfor %}",
            "empty.md": "---\ntitle: E\n---\n",
        },
    )  # fmt: skip
    assert {(post.addresses[0], post.slug) for post in blog.posts} == {
        ("/about/", "about"), ("/ward/", "ward"),
    }  # fmt: skip
    assert blog.left_out == ("1 file in Nunjucks",)


def test_the_feed_is_where_its_template_says(tmp_path: Path) -> None:
    assert _blog(tmp_path / "a", {"about.md": "---\n---\nx"}).feeds == ("/feed/feed.xml",)
    template = '---json\n{\n "permalink": "atom.xml"\n}\n---\n<feed></feed>'
    assert _blog(tmp_path / "b", {"feed.njk": template}).feeds == ("/atom.xml", "/feed/feed.xml")


def test_a_blog_from_the_usual_starting_point_is_read(tmp_path: Path) -> None:
    files = {
        "eleventy.config.js": """eleventyConfig.addPlugin(feedPlugin, {
            outputPath: "/feed/all.xml" });
            export const config = { dir: { input: "content", includes: "../_includes" } };""",
        "_data/metadata.js": """export default { title: "Ward", url: "https://old.example.org/",
            language: "en", author: { name: "Robin", url: "https://other.example/" } };""",
        "content/blog/two-bins/two-bins.md": "---\ntitle: Two bins\ndate: 2016-05-03\n---\nText.\n",
        "content/blog/two-bins/bin.jpg": "x",
        "content/about.md": "---\nlayout: about\n---\nMe.\n",
        "README.md": "# Read me\n",
    }
    blog = read_folder(tmp_path, files)
    assert (blog.title, blog.url, blog.feeds) == (
        "Ward", "https://old.example.org", ("/feed/all.xml",),
    )  # fmt: skip
    post, page = sorted(blog.posts, key=lambda post: post.kind, reverse=True)
    assert (post.addresses, post.slug) == (("/blog/two-bins/",), "two-bins")
    assert (post.guid, post.author) == ("https://old.example.org/blog/two-bins/", "Robin")
    assert (page.kind, page.title, page.addresses) == ("page", "About", ("/about/",))


def test_a_folder_of_markdown_alone_is_read(tmp_path: Path) -> None:
    files = {
        "2016-05-03-bins.md": "---\ntitle: Bins\n---\nx\n",
        "posts/trees.md": "---\ntitle: Trees\ndate: 2016-05-03\n---\nx\n",
        "about.md": "+++\ntitle = 'About'\n+++\nx\n", "README.md": "# Read me\n", "notes.md": "x",
    }  # fmt: skip
    blog = read_folder(tmp_path, files)
    assert {(post.title, post.kind) for post in blog.posts} == {
        ("Bins", "post"), ("Trees", "post"), ("About", "page"),
    }  # fmt: skip


def test_a_hundred_posts_are_all_there(tmp_path: Path) -> None:
    blog = open_blog(eleventy(tmp_path, 100))
    found = {post.slug: post for post in blog.posts if post.kind == "post"}
    for made in made_posts(100):
        post = found[made.slug]
        assert (post.title, post.addresses) == (made.title, (f"/posts/{made.slug}/",))
        assert post.state == ("draft" if made.is_draft else "published")
        assert f"{post.moment:%Y-%m-%d}" == made.day
        assert {term.name for term in post.terms} == {made.category[0], *(n for n, _ in made.tags)}
