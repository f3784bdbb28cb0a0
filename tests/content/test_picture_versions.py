"""How a text tells browsers of its pictures, and what it leaves to the author."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import POST, picture, read_all, read_fine, write_site
from wardblog.content.picture_versions import with_versions
from wardblog.model import Picture
from wardblog.views.feeds.text import portable_html

KNOWN = {
    "images/wide.jpg": Picture(kind="JPEG", width=3000, height=2000),
    "images/a b,c.jpg": Picture(kind="JPEG", width=500, height=250),
    "images/small.png": Picture(kind="PNG", width=300, height=200),
    "images/moving.gif": Picture(kind="GIF", width=900, height=300, frames=5),
}
WIDE = '<img alt="Bin" src="/blog/images/wide.jpg">'


def shown(html: str) -> str:
    return with_versions(html, "/blog", KNOWN.get)


@pytest.mark.parametrize(
    "html",
    [
        "<p>No picture.</p>",
        '<img alt="Bin" src="/blog/images/gone.jpg">',
        '<img alt="Bin" src="/blog/images/map.svg">',
        '<img alt="Bin" src="https://example.org/blog/images/wide.jpg">',
        '<img alt="Bin" src="/images/wide.jpg">',
        f'<picture><source srcset="/blog/x.webp">{WIDE}</picture>',
        '<img alt="Bin" srcset="/x.jpg 2x" src="/blog/images/wide.jpg">',
        "<code>&lt;img src=&quot;/blog/images/wide.jpg&quot;&gt;</code>",
    ],
)
def test_what_is_no_picture_of_ours_stays_as_it_is(html: str) -> None:
    assert shown(html) == html


def test_a_picture_that_needs_no_smaller_one_names_none() -> None:
    assert shown('<img alt="Bin" src="/blog/images/small.png" />') == (
        '<picture><source type="image/webp" srcset="/blog/images/small.png.webp">'
        '<img alt="Bin" src="/blog/images/small.png" width="300" height="200" decoding="async">'
        "</picture>"
    )


def test_a_picture_that_moves_is_one_file() -> None:
    assert shown('<img alt="Bin" src="/blog/images/moving.gif">') == (
        '<img alt="Bin" src="/blog/images/moving.gif" width="900" height="300" decoding="async">'
    )


def test_names_with_signs_can_stand_in_a_list_of_candidates() -> None:
    html = shown('<img alt="Bin" src="/blog/images/a%20b%2Cc.jpg">')
    assert (
        'srcset="/blog/images/a%20b%2Cc.jpg.400.jpg 400w, /blog/images/a%20b%2Cc.jpg 500w"' in html
    )


def test_what_an_author_says_of_a_picture_counts() -> None:
    html = shown('<img loading="eager" height=90 alt="Bin" src=/blog/images/wide.jpg>' + WIDE)
    assert html.count("loading=") == 2
    assert 'loading="eager" height=90' in html
    assert html.count("width=") == 1  # that of the second


def test_only_pictures_after_the_first_wait_until_a_reader_comes_near() -> None:
    assert [part.count('loading="lazy"') for part in shown(WIDE * 3).split("</picture>")] == [
        0, 1, 1, 0
    ]  # fmt: skip


def test_a_feed_has_the_one_that_every_reader_shows() -> None:
    assert portable_html(shown(WIDE), "https://example.org/blog/2026/11/x/") == (
        '<img alt="Bin" src="https://example.org/blog/images/wide.jpg" width="1600" height="1067">'
    )


def test_our_own_versions_are_no_html_that_fetches(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "![A bin](../images/bin.jpg)")
    files: dict[str, str | bytes] = {
        "posts/fine.md": text,
        "images/bin.jpg": picture(900, 300, "JPEG"),
    }
    site = read_fine(tmp_path, files)
    assert "<picture>" in site.posts[0].html


@pytest.mark.parametrize(
    "candidates", ["//example.org/x 2x", "/\\example.org/x", "https://example.org/x 1x", "/x 2x"]
)
def test_candidates_of_an_authors_own_are_told(candidates: str, tmp_path: Path) -> None:
    text = f'Words <img alt="A bin" srcset="{candidates}" src="../images/bin.jpg">'
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace("Some text.", text),
        "images/bin.jpg": picture(9, 9, "JPEG"),
    }
    _, problems = read_all(write_site(tmp_path, files))
    assert [p.rule for p in problems] == ["unsafe-html"]
