"""Texts of WordPress: blank lines as paragraphs, shortcodes, and the comments of blocks."""

from __future__ import annotations

import pytest

from scaffold.old_blog.old_texts import (
    ADDRESSES,
    BIN,
    SITE,
    UPLOADS,
    convert,
    convert_classic,
    notes,
    old_post,
)
from wardblog.scaffold.old_blog.converted import TextContext
from wardblog.scaffold.old_blog.markdown import converted

PICTURE = "![A bin](../images/2014/bin.jpg)"
SHOWN = (
    f'<img class="alignleft size-medium wp-image-7" src="{UPLOADS}/bin-300x200.jpg" alt="A bin">'
)

CLASSIC = {
    "paragraphs": ("One.\n\nTwo.\r\n\r\n&nbsp;\n\nThree.", "One.\n\nTwo.\n\nThree."),
    "lines": ("We met at the crossing and walked the whole road.\nIt took an hour.",
              "We met at the crossing and walked the whole road.\\\nIt took an hour."),
    "around blocks": ("One.\n<h3>Two</h3>\nThree.\n<ul>\n <li>a</li>\n\n <li>b\nc</li>\n</ul>\nFour.",
                      "One.\n\n## Two\n\nThree.\n\n- a\n- b\\\n    c\n\nFour."),
    "quotation": ("<blockquote>One.\n\nTwo.</blockquote>", "> One.\n>\n> Two."),
    "bold over lines": ("<strong>a\n\nb</strong>\nc", "**a**\n\n**b**\\\nc"),
    "code": ("a\n<pre>x\n\n  y</pre>\nb", "a\n\n```\nx\n\n  y\n```\n\nb"),
    "a tag over lines": ('<a\nhref="https://x.org/">a</a>', "[a](https://x.org/)"),
    "a picture": (f'<a href="{BIN}">{SHOWN}</a>One.\n\nTwo.', f"{PICTURE}\n\nOne.\n\nTwo."),
    "more": ("One.\n\n<!--more Read on-->\n\nTwo.<!--nextpage-->Three.", "One.\n\nTwo.\n\nThree."),
    "more in a line": ("One.<!--more-->Two.", "One.\n\nTwo."),
    "an address": ("https://www.youtube.com/watch?v=abcdefghijk&feature=x\n\nSee https://youtu.be/a.",
                   "[Video on YouTube](https://www.youtube.com/watch?v=abcdefghijk)\n\nSee https://youtu.be/a."),
    "brackets": ("[sic] and [Updated 3 May] and [1], [a=b", "[sic] and [Updated 3 May] and [1], [a=b"),
    "escaped": ("Write [[gallery]] here.", "Write [gallery] here."),
    "caption": (f'[caption id="attachment_7" align="alignleft" width="300"]<a href="{BIN}">{SHOWN}</a> In "snow"[/caption]',
                "![A bin](../images/2014/bin.jpg 'In \"snow\"')"),
    "caption, old": (f'[caption width="300" caption="In snow"]{SHOWN}[/caption]',
                     '![A bin](../images/2014/bin.jpg "In snow")'),
    "gallery": ('a [gallery ids="7" columns="2"] b', 'a\n\n![A yellow bin](../images/2014/bin.jpg "The new bin")\n\nb'),
    "embed": ("[embed width=\"3\"]https://vimeo.com/1234[/embed]", "[Video on Vimeo](https://vimeo.com/1234)"),
    "youtube": ("[youtube abcdefghijk]", "[Video on YouTube](https://www.youtube.com/watch?v=abcdefghijk)"),
    "youtube, new": ("[youtube=http://www.youtube.com/watch?v=abcdefghijk&amp;w=320]",
                     "[Video on YouTube](https://www.youtube.com/watch?v=abcdefghijk)"),
    "vimeo": ("[vimeo 1234 w=500&h=280]", "[Video on Vimeo](https://vimeo.com/1234)"),
    "sound": ('[audio mp3="https://x.org/a.mp3"][/audio]', "[Shown on x.org](https://x.org/a.mp3)"),
    "map": ("[googlemaps https://maps.google.com/maps?q=Eland+Road&amp;output=embed]",
            "[Map on Google Maps](https://www.google.com/maps/search/?api=1&query=Eland%20Road)"),
    "source code": ('[code language="php"]&lt;? a\n\n b[/code]', "```php\n<? a\n\n b\n```"),
    "a button": ('[button url="https://x.org/"]Go[/button]', "[Go](https://x.org/)"),
    "a quotation": ("[quote]a[/quote]", "> a"),
    "columns": ("[one_half]a[/one_half][one_half_last]b[/one_half_last]", "a\n\nb"),
    "a page builder": ('[vc_row][vc_column width="1/2"]a[/vc_column][/vc_row]', "a"),
    "a note": ("a [footnote]Of *b*.[/footnote] c", "a[^1] c\n\n[^1]: Of \\*b\\*."),
}  # fmt: skip


@pytest.mark.parametrize("case", CLASSIC)
def test_texts_of_the_old_editor(case: str) -> None:
    text, markdown = CLASSIC[case]
    result = convert_classic(text)
    assert (result.text, result.notes) == (f"{markdown}\n", ())


def test_a_gallery_without_numbers_shows_the_pictures_of_its_post() -> None:
    result = convert_classic("a\n\n[gallery]")
    assert result.text == (
        'a\n\n![A yellow bin](../images/2014/bin.jpg "The new bin")\n\n'
        f"[Gone]({UPLOADS}/gone.jpg)\n"
    )
    assert notes(result) == [(5, "picture", f"{UPLOADS}/gone.jpg")]
    assert convert_classic('[gallery exclude="8"]').notes == ()


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


def block(name: str, html: str, data: str = "") -> str:
    return f"<!-- wp:{name} {data}-->\n{html}\n<!-- /wp:{name} -->\n\n"


BLOCKS = {
    "paragraphs": (block("paragraph", "<p>a</p>") + block("heading", '<h2 class="wp-block-heading">b</h2>'),
                   "a\n\n## b"),
    "a picture": (block("image", f'<figure class="wp-block-image"><a href="{BIN}">{SHOWN}</a>'
                                 "<figcaption>In snow</figcaption></figure>", '{"id":7} '),
                  '![A bin](../images/2014/bin.jpg "In snow")'),
    "a gallery": (block("gallery", '<figure class="wp-block-gallery">'
                        + block("image", f"<figure>{SHOWN}<figcaption>One</figcaption></figure>")
                        + block("image", f"<figure>{SHOWN}</figure>")
                        + "<figcaption>Both</figcaption></figure>", '{"linkTo":"none"} '),
                  f'![A bin](../images/2014/bin.jpg "One")\n\n{PICTURE}\n\nBoth'),
    "an old gallery": (f'<!-- wp:gallery {{"ids":[7]}} --><ul class="wp-block-gallery"><li class="blocks-gallery-item">'
                       f"<figure>{SHOWN}</figure></li></ul><!-- /wp:gallery -->", PICTURE),
    "columns": (block("columns", '<div class="wp-block-columns">' + block("column", "<div><p>a</p></div>")
                      + block("column", "<div><p>b</p></div>") + "</div>"), "a\n\nb"),
    "buttons": (block("buttons", '<div><div class="wp-block-button"><a class="wp-block-button__link" '
                      'href="https://x.org/?utm_source=y">Go</a></div></div>'), "[Go](https://x.org/)"),
    "a file": (block("file", f'<div class="wp-block-file"><a href="{UPLOADS}/plan.pdf">The plan</a>'
                     f'<a href="{UPLOADS}/plan.pdf" class="wp-block-file__button" download>Download</a></div>'),
               "[The plan](../files/2014/plan.pdf)"),
    "an embed": (block("embed", '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n'
                       "https://www.youtube.com/watch?v=abcdefghijk\n</div><figcaption>Film</figcaption></figure>",
                       '{"url":"https://www.youtube.com/watch?v=abcdefghijk"} '),
                 "[Video on YouTube](https://www.youtube.com/watch?v=abcdefghijk)\n\nFilm"),
    "an embed alone": ('<!-- wp:core-embed/vimeo {"url":"https://vimeo.com/1234"} /-->',
                       "[Video on Vimeo](https://vimeo.com/1234)"),
    "a table": (block("table", '<figure class="wp-block-table"><table><tbody><tr><td>Day</td><td>Time</td></tr>'
                      "<tr><td>Mon</td><td>6</td></tr></tbody></table><figcaption>Hours</figcaption></figure>"),
                "| Day | Time |\n|---|---|\n| Mon | 6 |\n\nHours"),
    "picture and words": (block("media-text", f'<div class="wp-block-media-text"><figure>{SHOWN}</figure>'
                                f'<div class="wp-block-media-text__content">{block("paragraph", "<p>a</p>")}</div></div>'),
                          f"{PICTURE}\n\na"),
    "a cover": (block("cover", '<div class="wp-block-cover"><div><p>a</p></div></div>',
                      f'{{"url":"{BIN}","alt":"A bin"}} '), f"{PICTURE}\n\na"),
    "a separator": (block("separator", "<hr/>") + block("spacer", '<div aria-hidden="true"></div>')
                    + block("paragraph", "<p>a</p>"), "---\n\na"),
    "a shortcode": (block("shortcode", "[gallery ids='7']"),
                    '![A yellow bin](../images/2014/bin.jpg "The new bin")'),
    "lists": (block("list", "<ul>" + block("list-item", "<li>a"
                    + block("list", "<ol>" + block("list-item", "<li>b</li>") + "</ol>", '{"ordered":true} ')
                    + "</li>") + "</ul>"), "- a\n    1. b"),
    "classic inside": (block("freeform", "<p>a</p>\n<p>b</p>"), "a\n\nb"),
}  # fmt: skip


@pytest.mark.parametrize("case", BLOCKS)
def test_texts_of_the_new_editor(case: str) -> None:
    html, markdown = BLOCKS[case]
    result = convert(html, number="13")
    assert (result.text, result.notes) == (f"{markdown}\n", ())


def test_comments_follow_as_quotations_if_they_are_asked_for() -> None:
    from datetime import UTC, datetime

    from wardblog.scaffold.old_blog.model import OldComment

    comments = (
        OldComment(author="A <b>Reader", moment=datetime(2014, 5, 3, tzinfo=UTC), html="Well *done*.\n\nBins!"),
        OldComment(author="", moment=None, html='<p>See <a href="/2014/03/other/">this</a>.</p>'),
    )  # fmt: skip
    post = old_post("<p>a</p>", comments=comments)
    assert converted(post, TextContext("posts/x.md", ADDRESSES)).text == "a\n"
    assert converted(post, TextContext("posts/x.md", ADDRESSES, comments=True)).text == (
        "a\n\n## Comments\n\n> **A Reader**, 3 May 2014:\n>\n> Well \\*done\\*.\n>\n> Bins!\n\n"
        "> **A reader**:\n>\n> See [this](2014-03-01-other.md).\n"
    )


def test_text_in_the_wrong_encoding_is_repaired() -> None:
    assert convert("<p>Ynys MÃ´n â€“ itâ€™s fine</p>").text == "Ynys Môn – it’s fine\n"


def test_lines_of_notes_are_those_of_the_new_text() -> None:
    text = (
        f'One\ntwo three four five.\n\n<pre>a\n\n\nb</pre>\n\n[poll id=1]\n\n<a href="/gone/">x</a>'
    )
    result = convert_classic(text)
    lines = result.text.split("\n")
    assert [(lines[line - 1], kind) for line, kind, _ in notes(result)] == [
        ("<!-- [poll id=1] -->", "shortcode"), (f"[x]({SITE}/gone/)", "link"),
    ]  # fmt: skip
