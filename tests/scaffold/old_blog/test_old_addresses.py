"""Old posts and pictures are found in whatever form their old address is written."""

from __future__ import annotations

import pytest

from growth import assert_grows_with_input
from scaffold.old_blog.old_texts import ADDRESSES, BIN, FILE, SITE, notes, old_post
from wardblog.scaffold.old_blog.conversion.converted import TextContext
from wardblog.scaffold.old_blog.conversion.markdown import converted, pictures_in
from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses, without_tracking

OTHER = "posts/2014-03-01-other.md"


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("https://old.example.org/2014/03/other/", OTHER),
        ("http://www.old.example.org/2014/03/other", OTHER),
        ("//old.example.org/2014/03/other/#more", OTHER),
        ("/2014/03/other/?utm_source=x&fbclid=y", OTHER),
        ("/2014/03/Other/index.html", OTHER),
        ("/2014/03/other/amp/", OTHER),
        ("/2014/03/other/?replytocom=5", OTHER),
        ("/?p=12", OTHER),
        ("http://old.example.org/?p=12&utm_medium=rss", OTHER),
        ("/about", "pages/about.md"),
        ("/category/bins/", "/issues/grit-bins/"),
        ("/2014/04/here/?m=1", FILE),
        ("/?p=99", ""),
        ("/2014/03/other/more/", ""),
        ("https://new.example.org/2014/03/other/", ""),
        ("mailto:robin@old.example.org", ""),
        ("https://[broken/", ""),
    ],
)
def test_a_post_is_found_by_any_form_of_its_address(address: str, file: str) -> None:
    assert ADDRESSES.post(address) == file


@pytest.mark.parametrize(
    "address",
    [
        BIN,
        "http://www.old.example.org/wp-content/uploads/2014/03/bin.jpg?w=300&h=200",
        "/wp-content/uploads/2014/03/bin-300x200.jpg",
        "/wp-content/uploads/2014/03/bin-scaled.jpg",
        "//old.example.org/wp-content/uploads/2014/03/bin.JPG",
        "https://i0.wp.com/old.example.org/wp-content/uploads/2014/03/bin.jpg?resize=600%2C400",
        "https://i2.wp.com/old.example.org/wp-content/uploads/2014/03/bin-1024x768.jpg?ssl=1",
        "https://old.example.org/2014/04/here/bin/",
    ],
)
def test_a_picture_is_found_by_any_form_and_size(address: str) -> None:
    assert ADDRESSES.picture(address) == "images/2014/bin.jpg"


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("http://1.bp.blogspot.com/-a/B/C/s1600/x.jpg", "https://3.bp.blogspot.com/-a/B/C/s320/x.jpg"),
        ("http://1.bp.blogspot.com/-a/B/C/s1600/x.jpg", "//1.bp.blogspot.com/-a/B/C/w4-h3-c/x.jpg"),
        (
            "https://blogger.googleusercontent.com/img/a/AVv=s4032",
            "https://blogger.googleusercontent.com/img/a/AVv=w640-h480",
        ),
        (
            "https://blogger.googleusercontent.com/img/b/R2/AVv/s0/x.jpg",
            "https://blogger.googleusercontent.com/img/b/R2/AVv/s320/x.jpg",
        ),
    ],
)  # fmt: skip
def test_a_picture_of_blogger_is_found_in_any_size(stored: str, asked: str) -> None:
    addresses = OldAddresses("https://b.blogspot.com", posts={}, pictures={stored: "images/x.jpg"})
    assert addresses.picture(asked) == "images/x.jpg"
    assert addresses.full(stored).replace("3.bp", "1.bp") == addresses.full(asked).replace(
        "3.bp", "1.bp"
    )


def test_pictures_that_differ_in_more_than_their_size_are_different() -> None:
    assert ADDRESSES.picture(f"{SITE}/wp-content/uploads/2015/03/bin.jpg") == ""
    assert ADDRESSES.picture("https://other.example.org/wp-content/uploads/2014/03/bin.jpg") == ""
    assert ADDRESSES.picture(f"{SITE}/plans-1200x800/bin.jpg") == ""


def test_a_post_is_found_by_the_name_of_its_old_file() -> None:
    assert ADDRESSES.post_named("2014-03-01-other") == OTHER
    assert ADDRESSES.post_named("news/other.md") == OTHER
    assert ADDRESSES.post_named("gone") == ""


def test_two_posts_of_one_name_are_not_guessed() -> None:
    addresses = OldAddresses(SITE, posts={"/2014/a/": "posts/1.md", "/2015/a/": "posts/2.md"})
    assert addresses.post_named("a") == ""


def test_names_of_posts_are_found_as_quickly_in_a_large_blog() -> None:
    def prepare(size: int) -> object:
        posts = {f"/2014/post-{n}/": f"posts/{n}.md" for n in range(size)}
        addresses = OldAddresses(SITE, posts=posts)
        return lambda: [addresses.post_named(f"post-{n}") for n in range(size)]

    assert_grows_with_input(prepare, 1000)  # type: ignore[arg-type]


def test_only_parameters_that_say_where_a_reader_came_from_are_removed() -> None:
    address = "https://x.org/a?utm_source=b&id=3&fbclid=4&mc_cid=5#c"
    assert without_tracking(address) == "https://x.org/a?id=3#c"
    assert without_tracking("https://x.org/?utm_campaign=x") == "https://x.org/"
    assert without_tracking("https://x.org/?q=a%20b&c") == "https://x.org/?q=a%20b&c"


def test_a_site_that_is_not_known_has_paths() -> None:
    addresses = OldAddresses(
        "",
        posts={"/2016/05/hello.html": "posts/hello.md"},
        pictures={"/assets/bin.jpg": "images/b.jpg"},
    )
    assert addresses.post("/2016/05/hello.html#a") == "posts/hello.md"
    assert addresses.picture("assets/bin.jpg?x=1") == "images/b.jpg"
    assert addresses.full("/assets/bin.jpg") == "/assets/bin.jpg"
    text = "[a](/2016/05/hello.html) ![b](/assets/bin.jpg)\n\n[c](/gone/) [d](https://x.org/e)"
    post = old_post(text, is_markdown=True)
    assert pictures_in(post, addresses) == ("/assets/bin.jpg",)
    result = converted(post, TextContext("posts/here.md", addresses))
    assert (
        result.text == "[a](hello.md) ![b](../images/b.jpg)\n\n[c](/gone/) [d](https://x.org/e)\n"
    )
    assert notes(result) == [(3, "link", "/gone/")]
