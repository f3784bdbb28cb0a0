"""Links in a text, brought to the one form that Pelican resolves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import MARKDOWN
from wardblog.content.markdown import html_links
from wardblog.content.markdown.html_links import (
    addresses,
    content_path,
    find_links,
    with_addresses,
    with_marks,
)
from wardblog.content.markdown.markup import Markup

FILES = frozenset(
    ("posts/a.md", "posts/b c.md", "images/bin.png", "pages/about.md", "files/minutes.pdf")
)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("b%20c.md", ("filename", "posts/b c.md")),
        ("posts/a.md", ("filename", "posts/a.md")),
        ("../pages/about.md#when", ("filename", "pages/about.md")),
        ("{filename}/pages/about.md", ("filename", "pages/about.md")),
        ("{filename}../files/minutes.pdf", ("static", "files/minutes.pdf")),
        ("|static|/images/bin.png", ("static", "images/bin.png")),
        ("../images/bin.png", ("static", "images/bin.png")),
        ("images/bin.png", ("static", "images/bin.png")),
        ("/images/bin.png", ("static", "images/bin.png")),
        ("https://example.org/a.md", None),
        ("//example.org/a.md", None),
        ("mailto:a@example.org", None),
        ("#top", None),
        ("/issues/grit-bins/", None),
        ("{tag}winter", None),
    ],
)
def test_a_link_means_a_file_of_the_content(written: str, found: tuple[str, str] | None) -> None:
    assert content_path(written, "posts/a.md", FILES) == found


def test_plain_paths_become_pelicans_marks_and_pictures_addresses() -> None:
    html = '<p><a href="b%20c.md#x">b</a><img alt="" src="../images/bin.png"></p>'
    assert with_marks(html, "posts/a.md", FILES, "") == (
        '<p><a href="{filename}/posts/b c.md#x">b</a><img alt="" src="/images/bin.png"></p>'
    )


def test_addresses_from_the_root_get_the_path_of_a_site_in_a_subfolder() -> None:
    html = '<a href="/issues/">x</a> <a href="//example.org/">y</a> <a href="#z">z</a>'
    assert with_marks(html, "posts/a.md", FILES, "/blog") == html.replace(
        '"/issues/"', '"/blog/issues/"'
    )


def test_links_know_their_lines_and_code_has_none() -> None:
    body = "A [b](gone.md).\n\n`[c](gone.md)` and <img src='x.png' alt=''>\n\n[b](gone.md)\n"
    html = Markup(MARKDOWN).html(body)
    links = find_links(html, body, 10)
    assert [(x.target, x.embeds) for x in links] == [
        ("gone.md", ""),
        ("x.png", "img"),
        ("gone.md", ""),
    ]
    assert links[0].line == 10
    assert links[1].line == 12


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Bin &# 4 &lt; <b>five</b>", "<p>Bin &amp;# 4 &lt; <b>five</b></p>"),
        ("&#x\n\nA\n\n<div>b</div>", "<p>&amp;#x</p>\n<p>A</p>\n<div>b</div>"),
        ("- &#\n- <sub>a;</sub>\n\nB -->",
         "<ul>\n<li>&amp;#</li>\n<li><sub>a;</sub></li>\n</ul>\n<p>B --&gt;</p>"),
        ("`a &# b` &#163; &#xA3; c", "<p><code>a &amp;# b</code> &#163; &#xA3; c</p>"),
        ("```\n&# <b>\n```", "<pre><code>&amp;# &lt;b&gt;\n</code></pre>"),
        ("<div>a &# b</div>\n\n<p>c</p>", "<div>a &# b</div>\n\n<p>c</p>"),
        ('<div markdown="1">a &# *b*</div>\n\nc',
         "<div>\n<p>a &amp;# <em>b</em></p>\n</div>\n<p>c</p>"),
    ],
)  # fmt: skip
def test_signs_that_begin_no_character_reference_hide_no_tag(written: str, shown: str) -> None:
    assert Markup(MARKDOWN).html(written) == shown


_PIECES = ("<", ">", "<p>", "</p>", "<a", " ", "\n", "href=", "'x'", '"y>"', '"', "'", "/",
           '<a href="b">', "img src=c ", "words")  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_tags_without_attributes_need_not_be_looked_at_for_addresses(html: str) -> None:
    def both() -> tuple[list[tuple[str, str, str]], str]:
        return list(addresses(html)), with_addresses(html, lambda tag, target: f"{tag}-{target}")

    quick = both()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html_links, "_TAG_WITH_ATTRIBUTES", html_links._TAG)
        assert quick == both()
