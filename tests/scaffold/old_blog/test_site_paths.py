"""Addresses of the old site as paths."""

from __future__ import annotations

import pytest

from wardblog.scaffold.old_blog.exports.site_paths import (
    base_of,
    each_once,
    in_path,
    last_part,
    path_on,
    site_of,
)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://old.example.org/a/?p=1#top", "/a/?p=1"),
        ("http://www.old.example.org", "/"),
        ("//old.example.org/a", "/a"),
        ("HTTPS://OLD.example.org:8080/A", "/A"),
        ("/a/b.html#x", "/a/b.html"),
        ("https://elsewhere.example/a", ""),
        ("mailto:robin@old.example.org", ""),
        ("tag:old.example.org,2016:1", ""),
        ("a/b", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_what_is_on_the_old_site(url: str, path: str) -> None:
    assert path_on(url, ["old.example.org"]) == path


def test_a_blog_of_blogger_answers_under_every_country() -> None:
    hosts = ("ward.blogspot.com", "WARD.blogspot.co.uk", "ward.blogspot.de", "ward.blogspot.com.au")
    assert {site_of(f"https://{host}/x") for host in hosts} == {"ward.blogspot"}
    assert site_of("https://ward.example.com/x") == "ward.example.com"


def test_paths_are_from_the_top_and_each_is_there_once() -> None:
    given = [
        "a/b/",
        "/a/b/",
        "//evil.example/x",
        "/../../etc/passwd",
        "/a/./../b",
        "..",
        "",
        "/?p=1",
    ]
    assert each_once(given) == (
        "/a/b/", "/evil.example/x", "/etc/passwd", "/a/b", "/", "/?p=1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "name"),
    [("/2016/a-post/", "a-post"), ("/2016/a-post.html", "a-post"), ("/caf%c3%a9/", "café"),
     ("/v1.2/", "v1.2"), ("/?p=1", ""), ("/", "")],
)  # fmt: skip
def test_the_name_in_an_address(path: str, name: str) -> None:
    assert last_part(path) == name


def test_what_cannot_be_read_does_no_harm() -> None:
    assert (base_of("http://["), base_of("https://a.example/ward"), base_of("x")) == (
        "/", "/ward/", "/x/",
    )  # fmt: skip
    assert in_path("/a b/é%20/#x?") == "/a%20b/%C3%A9%20/%23x%3F"
