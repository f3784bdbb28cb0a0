"""Texts of WordPress: blank lines as paragraphs, shortcodes, and the comments of blocks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scaffold.old_blog.old_texts import (
    ADDRESSES,
    BIN,
    SITE,
    UPLOADS,
    cases,
    convert,
    convert_classic,
    notes,
    old_post,
    rendered,
)
from wardblog.scaffold.old_blog.conversion.converted import TextContext
from wardblog.scaffold.old_blog.conversion.markdown import converted
from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses
from wardblog.scaffold.old_blog.model import OldComment, OldPicture

DAY = datetime(2014, 5, 3, tzinfo=UTC)


@pytest.mark.parametrize(("text", "markdown"), cases("classic"))
def test_texts_of_the_old_editor(text: str, markdown: str) -> None:
    result = convert_classic(text)
    assert (result.text, result.notes) == (f"{markdown}\n", ())


def test_lines_of_windows_are_lines() -> None:
    assert convert_classic("One.\r\n\r\n&nbsp;\r\n\r\nTwo.").text == "One.\n\nTwo.\n"


def test_a_gallery_without_numbers_shows_the_pictures_of_its_post() -> None:
    result = convert_classic("a\n\n[gallery]")
    assert result.text == (
        'a\n\n![A yellow bin](../images/2014/bin.jpg "The new bin")\n\n'
        f"[Gone]({UPLOADS}/gone.jpg)\n"
    )
    assert notes(result) == [(5, "picture", f"{UPLOADS}/gone.jpg")]
    assert convert_classic('[gallery exclude="8"]').notes == ()


def test_the_caption_of_a_picture_in_a_gallery_is_words() -> None:
    small = OldPicture(
        url=BIN, alt='"A" < B', caption="Speed <b 20 & more", page_address="", number="7"
    )
    addresses = OldAddresses(SITE, posts={}, pictures={BIN: "images/bin.jpg"}, attachments=(small,))
    text = converted(
        old_post("[gallery ids=7]", is_classic=True), TextContext("posts/a.md", addresses)
    ).text
    assert 'alt="&quot;A&quot; &lt; B"' in rendered(text)
    assert "Speed &lt;b 20 &amp; more" in rendered(text)


@pytest.mark.parametrize(
    ("text", "kind", "words", "comment"),
    [
        ('[contact-form-7 id="3" title="A -- B"]', "shortcode", "[contact-form-7]",
         '<!-- [contact-form-7 id="3" title="A - - B"] -->'),
        ("[poll id=3]", "shortcode", "[poll]", "<!-- [poll id=3] -->"),
        ('[gallery ids="99"]', "shortcode", "[gallery]", '<!-- [gallery ids="99"] -->'),
        ("[my_plugin]", "shortcode", "[my_plugin]", "<!-- [my_plugin] -->"),
        ('<!-- wp:latest-posts {"postsToShow":3} /-->', "block", "latest-posts",
         '<!-- wp:latest-posts {"postsToShow":3} -->'),
        ('<!-- wp:jetpack/contact-form {"subject":"x"} /-->', "block", "jetpack/contact-form",
         '<!-- wp:jetpack/contact-form {"subject":"x"} -->'),
    ],
)  # fmt: skip
def test_what_has_no_counterpart_stays_as_a_note_that_is_never_published(
    text: str, kind: str, words: str, comment: str
) -> None:
    result = convert_classic(f"One.\n\n{text}\n\nTwo.")
    assert result.text == f"One.\n\n{comment}\n\nTwo.\n"
    assert notes(result) == [(3, kind, words)]


def test_words_inside_an_unknown_shortcode_are_kept() -> None:
    result = convert_classic("[fancy colour='red']One *and* two.[/fancy]")
    assert result.text == "<!-- [fancy colour='red'] -->\n\nOne \\*and\\* two.\n"
    assert notes(result) == [(1, "shortcode", "[fancy]")]


def test_brackets_of_other_blogs_are_words() -> None:
    assert convert("<p>[gallery ids='1'] and [x a=b]</p>").text == "[gallery ids='1'] and [x a=b]\n"


@pytest.mark.parametrize(("html", "markdown"), cases("blocks"))
def test_texts_of_the_new_editor(html: str, markdown: str) -> None:
    result = convert(html, number="13")
    assert (result.text, result.notes) == (f"{markdown}\n", ())


def test_comments_follow_as_quotations_if_they_are_asked_for() -> None:
    comments = (
        OldComment(author="A <b>Reader", moment=DAY, html="Well *done*.\n\nBins!"),
        OldComment(author="", moment=None, html='<p>See <a href="/2014/03/other/">this</a>.</p>'),
    )
    post = old_post("<p>a</p>", comments=comments)
    assert converted(post, TextContext("posts/x.md", ADDRESSES)).text == "a\n"
    assert converted(post, TextContext("posts/x.md", ADDRESSES, comments=True)).text == (
        "a\n\n## Comments\n\n> **A Reader**, 3 May 2014:\n>\n> Well \\*done\\*.\n>\n> Bins!\n\n"
        "> **A reader**:\n>\n> See [this](2014-03-01-other.md).\n"
    )


def test_text_in_the_wrong_encoding_is_repaired() -> None:
    assert convert("<p>Ynys MÃ´n â€“ itâ€™s fine</p>").text == "Ynys Môn – it’s fine\n"


def test_signs_of_windows_are_what_they_were_there() -> None:
    assert convert("<p>It\x92s \x80 5 \x96 &#146;</p>").text == "It’s € 5 – ’\n"


def test_lines_of_notes_are_those_of_the_new_text() -> None:
    text = (
        'One\ntwo three four five.\n\n<pre>a\n\n\nb</pre>\n\n[poll id=1]\n\n<a href="/gone/">x</a>'
    )
    result = convert_classic(text)
    lines = result.text.split("\n")
    assert [(lines[line - 1], kind) for line, kind, _ in notes(result)] == [
        ("<!-- [poll id=1] -->", "shortcode"), (f"[x]({SITE}/gone/)", "link"),
    ]  # fmt: skip


def test_icons_of_other_services_are_links() -> None:
    blocks = (
        '<!-- wp:social-links --><ul><!-- wp:social-link {"url":"https://a.example/@b",'
        '"service":"mastodon"} /--><!-- wp:social-link {"url":"#","service":"x"} /--></ul>'
        "<!-- /wp:social-links -->"
    )
    assert "[Mastodon](https://a.example/@b)" in convert(blocks).text
    assert "#" not in convert(blocks).text
