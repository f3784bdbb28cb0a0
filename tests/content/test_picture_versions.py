"""How a text tells browsers of its pictures, and what it leaves to the author."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from support import POST, picture, read_all, read_fine, write_site
from wardblog.content.picture_versions import PagePicture, page_picture, with_versions
from wardblog.model import Picture, SizedPicture
from wardblog.views.feeds.text import portable_html

KNOWN = {
    "images/wide.jpg": Picture(kind="JPEG", width=3000, height=2000),
    "images/a b,c.jpg": Picture(kind="JPEG", width=500, height=250),
    "images/small.png": Picture(kind="PNG", width=240, height=160),
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
        '<img alt="Bin" src="/blog/images/small.png" width="240" height="160" decoding="async">'
        "</picture>"
    )


def test_a_picture_that_moves_is_one_file() -> None:
    assert shown('<img alt="Bin" src="/blog/images/moving.gif">') == (
        '<img alt="Bin" src="/blog/images/moving.gif" width="900" height="300" decoding="async">'
    )


def test_names_with_signs_can_stand_in_a_list_of_candidates() -> None:
    html = shown('<img alt="Bin" src="/blog/images/a%20b%2Cc.jpg">')
    name = "/blog/images/a%20b%2Cc.jpg"
    assert f'srcset="{name}.240.jpg 240w, {name}.400.jpg 400w, {name} 500w"' in html


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
def test_candidates_of_an_authors_own_are_reported(candidates: str, tmp_path: Path) -> None:
    text = f'Words <img alt="A bin" srcset="{candidates}" src="../images/bin.jpg">'
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace("Some text.", text),
        "images/bin.jpg": picture(9, 9, "JPEG"),
    }
    _, problems = read_all(write_site(tmp_path, files))
    assert [p.rule for p in problems] == ["unsafe-html"]


def test_a_page_has_a_picture_in_the_versions_that_are_published() -> None:
    shown = page_picture("/blog", SizedPicture("images/a b.jpg", "JPEG", 3000, 4000), "A bin")
    name = "/blog/images/a%20b.jpg"
    assert shown == PagePicture(
        src=name,
        srcset=f"{name}.240.jpg 240w, {name}.400.jpg 400w, {name}.800.jpg 800w, {name} 1200w",
        webp=f"{name}.240.webp 240w, {name}.400.webp 400w, {name}.800.webp 800w, {name}.webp 1200w",
        width=1200,
        height=1600,
        alt="A bin",
    )


def test_a_page_has_a_small_picture_in_one_size() -> None:
    shown = page_picture("", SizedPicture("images/a.webp", "WebP", 200, 180))
    assert (shown.src, shown.srcset, shown.webp) == ("/images/a.webp", "", "")
    shown = page_picture("", SizedPicture("images/a.heic", "HEIC", 200, 180))
    assert (shown.src, shown.srcset, shown.webp) == (
        "/images/a.heic.jpg", "", "/images/a.heic.webp"
    )  # fmt: skip


PICTURES: dict[str, str | bytes] = {
    "images/bin.jpg": picture(900, 300, "JPEG"),
    "images/lane.png": picture(400, 300),
    "images/sign.png": picture(159, 400),
    "posts/beside.png": picture(200, 200),
}


@pytest.mark.parametrize(
    ("line", "text", "lead", "is_in_text"),
    [
        ("", "Words.", "", False),
        ("", "![A bin](../images/bin.jpg) ![A lane](../images/lane.png)", "images/bin.jpg", True),
        ("", "![A sign](../images/sign.png) ![A lane](/images/lane.png)", "images/lane.png", True),
        ("", "![A house](beside.png)", "posts/beside.png", True),
        ("", '<picture><img src="../images/bin.jpg" alt="A bin"></picture>', "images/bin.jpg",
         True),
        ("", "[A bin](../images/bin.jpg)", "", False),
        ("", "    ![A bin](../images/bin.jpg)", "", False),
        ("Image: images/bin.jpg", "Words.", "images/bin.jpg", False),
        ("Image: images/sign.png", "Words.", "images/sign.png", False),
        ("Image: images/bin.jpg", "![A lane](../images/lane.png)", "images/bin.jpg", False),
        ("Image: images/bin.jpg", "![A lane](../images/lane.png) ![A bin](../images/bin.jpg)",
         "images/bin.jpg", True),
    ],
)  # fmt: skip
def test_the_picture_of_a_post_is_that_of_its_header_or_the_first_of_its_text(
    line: str, text: str, lead: str, is_in_text: bool, tmp_path: Path
) -> None:
    post = POST.replace("Some text.", text).replace("\n\n", f"\n{line}\n\n" if line else "\n\n", 1)
    found = read_fine(tmp_path, {**PICTURES, "posts/fine.md": post}).posts[0]
    assert (found.lead.file if found.lead else "") == lead
    assert found.is_lead_in_text is is_in_text


@pytest.mark.parametrize(
    ("line", "text", "alt"),
    [
        ("images/bin.jpg", "Words.", ""),
        ("images/bin.jpg | A  yellow bin", "Words.", "A yellow bin"),
        ("images/bin.jpg ¦ A yellow bin", "Words.", "A yellow bin"),
        ("images/bin.jpg |", "Words.", ""),
        ("images/bin.jpg", "![A red bin](../images/bin.jpg)", "A red bin"),
        ("images/bin.jpg | A yellow bin", "![A red bin](../images/bin.jpg)", "A yellow bin"),
        ("images/bin.jpg", "![A lane](../images/lane.png)", ""),
    ],
)
def test_a_picture_is_described_in_its_line_or_where_the_text_shows_it(
    line: str, text: str, alt: str, tmp_path: Path
) -> None:
    post = POST.replace("Some text.", text).replace("\n\n", f"\nImage: {line}\n\n", 1)
    found = read_fine(tmp_path, {**PICTURES, "posts/fine.md": post}).posts[0]
    assert (found.image, found.image_alt) == ("images/bin.jpg", alt)


def test_a_line_with_two_bars_is_reported(tmp_path: Path) -> None:
    post = POST.replace("\n\n", "\nImage: images/bin.jpg | A | B\n\n", 1)
    _, problems = read_all(write_site(tmp_path, {**PICTURES, "posts/fine.md": post}))
    assert [p.message for p in problems] == ['cannot read the image "images/bin.jpg | A | B"']


def test_a_picture_that_moves_stands_for_no_post(tmp_path: Path) -> None:
    frames = [Image.new("L", (300, 300), shade) for shade in (0, 255)]
    file = BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    text = POST.replace("Some text.", "![Waves](../images/waves.gif)")
    files: dict[str, str | bytes] = {"images/waves.gif": file.getvalue(), "posts/fine.md": text}
    assert read_fine(tmp_path, files).posts[0].lead is None
