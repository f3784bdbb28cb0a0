"""Folders of Hugo. The addresses are those that Hugo 0.168 gave for the same files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scaffold.old_blog.exports import hugo, made_posts
from scaffold.old_blog.reading import only, read_folder, refused
from wardblog.scaffold.old_blog.exports.open_blog import open_blog
from wardblog.scaffold.old_blog.model import OldBlog, OldPost

_CONFIG = 'baseURL = "https://old.example.org/"\ntitle = "Ward"\nlanguageCode = "en-gb"\n'


def _blog(folder: Path, files: dict[str, str], config: str = "") -> OldBlog:
    content = {f"content/{name}": text for name, text in files.items()}
    return read_folder(folder, {"hugo.toml": _CONFIG + config, **content})


def _one(folder: Path, header: str, name: str = "posts/two-bins.md", config: str = "") -> OldPost:
    text = f'+++\ntitle = "Two bins"\ndate = 2016-05-03\n{header}+++\n\nText.\n'
    return only(_blog(folder, {name: text}, config))


def test_a_post_has_its_address_and_its_guid(tmp_path: Path) -> None:
    blog = _blog(
        tmp_path,
        {
            "posts/two-bins.md": '---\ntitle: "Two bins"\ndate: 2016-05-03T10:00:00+01:00\n'
            "lastmod: 2016-06-01\nsummary: In short.\nauthor: Robin\n---\nText.\n"
        },
    )
    post = only(blog)
    assert (post.kind, post.state, post.title) == ("post", "published", "Two bins")
    assert (post.addresses, post.slug) == (("/posts/two-bins/",), "two-bins")
    assert post.guid == "https://old.example.org/posts/two-bins/"
    assert post.moment == datetime(2016, 5, 3, 9, tzinfo=UTC)
    assert post.modified == datetime(2016, 6, 1, tzinfo=UTC)
    assert (post.summary, post.author, post.lang) == ("In short.", "Robin", "en")
    assert (post.text, post.line) == ("Text.\n", 8)
    assert blog.feeds == ("/index.xml", "/posts/index.xml")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("posts/Hello World.md", "/posts/hello-world/"),
        ("posts/2016-05-03-dated.md", "/posts/2016-05-03-dated/"),
        ("posts/bundle/index.md", "/posts/bundle/"),
        ("posts/under_score.and.dots.md", "/posts/under_score.and.dots/"),
        ("posts/Ŷ-café.md", "/posts/%C5%B7-caf%C3%A9/"),
        ("posts/a--b---c.md", "/posts/a--b---c/"),
        ("posts/a & b.md", "/posts/a--b/"),
        ("posts/it's (a) test, 50% [x].md", "/posts/its-a-test-50-x/"),
        ("posts/deep/er/c.html", "/posts/deep/er/c/"),
        ("posts/welsh.cy.md", "/cy/posts/welsh/"),
    ],
)
def test_names_of_files_become_addresses(tmp_path: Path, name: str, address: str) -> None:
    assert _one(tmp_path, "", name).addresses == (address,)


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ('slug = "My Slug"\n', "/posts/my-slug/"),
        ('slug = "A & B - C"\n', "/posts/a-b-c/"),
        ('url = "/Some/Where.html"\n', "/Some/Where.html"),
        ('url = "Some/Rel"\n', "/Some/Rel/"),
    ],
)
def test_headers_decide_addresses(tmp_path: Path, header: str, address: str) -> None:
    assert _one(tmp_path, header).addresses == (address,)


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("/:year/:month/:slugorfilename/", "/2016/05/two-bins/"),
        ("/:year/:month/:day/:title", "/2016/05/03/its-news-really-yes-no-1-2/"),
        ("/:sections/:filename.html", "/posts/two-bins.html"),
        ("/:monthname/:weekdayname/:yearday/:contentbasename/", "/may/tuesday/124/two-bins/"),
    ],
)
def test_patterns_of_addresses(tmp_path: Path, pattern: str, address: str) -> None:
    config = f'[permalinks]\nposts = "{pattern}"\n'
    text = '+++\ntitle = "It\'s news! Really? Yes & no: 1/2"\ndate = 2016-05-03\n+++\nx\n'
    post = only(_blog(tmp_path, {"posts/two-bins.md": text}, config))
    assert post.addresses == (address,)
    (tmp_path / "hugo.toml").write_text(
        _CONFIG + f'[permalinks.page]\nposts = "{pattern}"\n[permalinks.section]\nposts = "/x/"\n'
    )
    assert only(open_blog(tmp_path)).addresses == (address,)


def test_only_folders_with_a_page_are_sections(tmp_path: Path) -> None:
    text = '+++\ntitle = "A"\ndate = 2016-05-03\n+++\nx\n'
    files = {"posts/in/_index.md": "", "posts/in/er/a.md": text, "posts/out/b.md": text}
    blog = _blog(tmp_path, files, '[permalinks]\nposts = "/:sections/:filename/"\n')
    assert {post.addresses[0] for post in blog.posts} == {"/posts/in/a/", "/posts/b/"}
    assert blog.left_out == ("1 page that lists a section",)


def test_former_addresses_are_from_the_top_or_beside_the_page(tmp_path: Path) -> None:
    post = _one(tmp_path, 'aliases = ["/old/hello/", "beside", "../up", "/x.html", "y/z.html"]\n')
    assert post.addresses[1:] == (
        "/old/hello/", "/posts/beside/", "/up/", "/x.html", "/posts/y/z.html",
    )  # fmt: skip


def test_terms_have_the_addresses_of_their_lists(tmp_path: Path) -> None:
    post = _one(tmp_path, 'tags = ["Grit bins & more", "C++", "R#"]\ncategories = ["Café"]\n')
    assert [(term.kind, term.name, term.address) for term in post.terms] == [
        ("tag", "Grit bins & more", "/tags/grit-bins--more/"),
        ("tag", "C++", "/tags/c++/"),
        ("tag", "R#", "/tags/r%23/"),
        ("category", "Café", "/categories/caf%C3%A9/"),
    ]


@pytest.mark.parametrize(
    ("config", "number"),
    [("", 10), ("paginate = 5\n", 5), ("[pagination]\npagerSize = 20\n", 20)],
)
def test_lists_are_divided_as_the_settings_say(tmp_path: Path, config: str, number: int) -> None:
    blog = _blog(tmp_path, {"posts/a.md": "+++\ntitle = 'A'\n+++\nText.\n"}, config)
    assert (blog.on_a_page, blog.further_page) == (number, "page/{}/")


def test_other_taxonomies_are_tags(tmp_path: Path) -> None:
    config = '[taxonomies]\nseries = "series"\ntag = "topics"\n'
    post = _one(tmp_path, 'topics = ["a"]\nseries = ["b"]\ntags = ["c"]\n', config=config)
    assert {(term.name, term.address) for term in post.terms} == {
        ("a", "/topics/a/"), ("b", "/series/b/"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "state"),
    [
        ("draft = true\n", "draft"),
        ("draft = false\n", "published"),
        ("publishDate = 2199-01-01\n", "scheduled"),
        ("expiryDate = 2017-01-01\n", "draft"),
        ("expiryDate = 2199-01-01\n", "published"),
    ],
)
def test_switches_and_dates_decide_the_state(tmp_path: Path, header: str, state: str) -> None:
    assert _one(tmp_path, header).state == state


@pytest.mark.parametrize(
    ("name", "header", "kind"),
    [
        ("about.md", "", "page"), ("page/about.md", "", "page"), ("posts/a.md", "", "post"),
        ("blog/a.md", "", "post"), ("about.md", 'type = "post"\n', "post"),
        ("posts/a.md", 'type = "page"\n', "page"),
    ],
)  # fmt: skip
def test_what_is_a_page(tmp_path: Path, name: str, header: str, kind: str) -> None:
    assert _one(tmp_path, header, name).kind == kind


def test_what_has_no_page_of_its_own_is_left_out(tmp_path: Path) -> None:
    text = "---\ntitle: X\n{}\n---\nx\n"
    files = {
        "posts/_index.md": text.format(""), "_index.md": text.format(""),
        "parts/a.md": text.format("headless: true"),
        "parts/b.md": text.format("build:\n  render: never"), "a.org": "x", "b.adoc": "x",
    }  # fmt: skip
    blog = _blog(tmp_path, files)
    assert blog.posts == ()
    assert set(blog.left_out) == {
        "2 pages that list a section", "2 parts of other pages", "1 file in Org mode",
        "1 file in AsciiDoc",
    }  # fmt: skip


def test_headers_in_json_are_read(tmp_path: Path) -> None:
    text = '{"title": "Two bins",\n "date": "2016-05-03", "draft": true, "weight": 3}\n\nText.\n'
    post = only(_blog(tmp_path, {"posts/a.md": text}))
    assert (post.title, post.state, post.text, post.line) == ("Two bins", "draft", "Text.\n", 4)


@pytest.mark.parametrize(
    ("header", "picture"),
    [
        ('image = "/img/a.jpg"\n', "https://old.example.org/img/a.jpg"),
        ('images = ["a.jpg", "b.jpg"]\n', "https://old.example.org/posts/two-bins/a.jpg"),
        ('[cover]\nimage = "a.jpg"\nalt = "A"\n', "https://old.example.org/posts/two-bins/a.jpg"),
        ('featuredImage = "/a.jpg"\n', "https://old.example.org/a.jpg"),
    ],
)
def test_pictures_are_beside_the_page_or_from_the_top(
    tmp_path: Path, header: str, picture: str
) -> None:
    assert _one(tmp_path, header, "posts/two-bins/index.md").picture == picture


def test_settings_in_a_folder_and_languages_with_their_own_folders(tmp_path: Path) -> None:
    text = "---\ntitle: X\ntags: [One Two]\n---\nx\n"
    blog = read_folder(
        tmp_path,
        {
            "config/_default/hugo.toml": _CONFIG + 'defaultContentLanguage = "en"\n'
            "defaultContentLanguageInSubdir = true\nuglyURLs = true\n"
            '[frontmatter]\ndate = [":filename", ":default"]\n',
            "config/_default/languages.toml": '[en]\ncontentDir = "content/english"\n'
            '[cy]\ncontentDir = "content/cymraeg"\n',
            "config/_default/permalinks.yaml": "post: /:year/:monthname/:day/:filename/\n",
            "content/english/post/2016-05-01-dated.md": text,
            "content/english/blog/2016-05-01-dated.md": text,
            "content/cymraeg/blog/heddiw.md": "---\ntitle: H\ndate: 2016-01-02\n---\nx\n",
        },
    )
    assert {(post.addresses[0], post.lang) for post in blog.posts} == {
        ("/en/2016/may/01/2016-05-01-dated.html", "en"),
        ("/en/blog/dated.html", "en"),
        ("/cy/blog/heddiw.html", "cy"),
    }
    assert {term.address for term in blog.terms} == {"/en/tags/one-two.html"}
    assert all(post.moment for post in blog.posts)


def test_a_site_below_the_top_keeps_its_folder(tmp_path: Path) -> None:
    files = {
        "config.yaml": "baseURL: https://old.example.org/ward/\ntitle: Ward\n",
        "content/post/a.md": "---\ntitle: A\ndate: 2016-05-03\naliases: [/b/]\n---\nx\n",
    }
    blog = read_folder(tmp_path, files)
    assert only(blog).addresses == ("/ward/post/a/", "/ward/b/")
    assert only(blog).guid == "https://old.example.org/ward/post/a/"


def test_settings_that_cannot_be_read_say_where(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text('title = "Ward"\nbaseURL = https://x\n')
    assert "hugo.toml:2: this cannot be read as TOML" in refused(tmp_path)


def test_a_hundred_posts_are_all_there(tmp_path: Path) -> None:
    blog = open_blog(hugo(tmp_path, 100))
    found = {post.slug: post for post in blog.posts if post.kind == "post"}
    for made in made_posts(100):
        post = found[made.slug]
        assert (post.title, post.moment) == (made.title, made.moment)
        assert post.addresses == (f"/posts/{made.slug}/",)
        assert post.state == ("draft" if made.is_draft else "published")
        assert {term.name for term in post.terms} == {made.category[0], *(n for n, _ in made.tags)}


@pytest.mark.parametrize(
    "header", ["---\ntitle: Two\n---\n", '+++\ntitle = "Two"\n+++\n', '{"title": "Two"}\n']
)
def test_blank_lines_may_stand_above_a_header(tmp_path: Path, header: str) -> None:
    post = only(_blog(tmp_path, {"posts/two.md": f"\n  \n{header}\nText.\n"}))
    assert (post.title, post.text) == ("Two", "Text.\n")
    assert post.line == header.count("\n") + 4


def test_a_fault_below_blank_lines_is_reported_with_its_line(tmp_path: Path) -> None:
    blog = _blog(tmp_path, {"posts/a.md": "\n\n---\ntitle: a: b\n---\n", "posts/b.md": "Text.\n"})
    assert "posts/a.md:4: this cannot be read" in blog.left_out[0]
