"""HTML of old posts as Markdown that a person would have written."""

from __future__ import annotations

from textwrap import dedent

import pytest

from scaffold.old_blog.old_texts import BIN, SITE, cases, convert, notes


@pytest.mark.parametrize(("html", "markdown"), cases("html"))
def test_html_becomes_markdown_as_a_person_writes_it(html: str, markdown: str) -> None:
    result = convert(html)
    assert result.text == f"{markdown}\n"
    assert result.notes == ()


def test_signs_that_nobody_sees_are_left_out() -> None:
    html = "<p>a\u200bb\u00ad\ufeff</p><!-- note --><style>p{}</style><script>x()</script>"
    assert convert(html).text == "ab\n"


def test_nothing_is_nothing() -> None:
    for html in ("", " \n ", "<p>&nbsp;</p>", "<div><br></div>"):
        assert convert(html).text == ""


@pytest.mark.parametrize(("html", "markdown"), cases("links"))
def test_links_lead_to_the_new_files(html: str, markdown: str) -> None:
    result = convert(html)
    assert (result.text, result.notes) == (f"{markdown}\n", ())


def test_a_link_to_the_old_site_that_leads_nowhere_is_noted() -> None:
    result = convert('<p>a</p><p><a href="/gone/">b</a> <a href="/minutes.pdf">c</a></p>')
    assert result.text == f"a\n\n[b]({SITE}/gone/) [c]({SITE}/minutes.pdf)\n"
    assert notes(result) == [(3, "link", f"{SITE}/gone/"), (3, "upload", f"{SITE}/minutes.pdf")]
    assert [(link.address, link.file, link.line) for link in result.links] == [
        (f"{SITE}/gone/", "", 3), (f"{SITE}/minutes.pdf", "", 3),
    ]  # fmt: skip


SHOWN = f'<img src="{BIN}" alt="A bin">'


@pytest.mark.parametrize(("html", "markdown"), cases("pictures"))
def test_pictures_are_paragraphs_with_their_words(html: str, markdown: str) -> None:
    result = convert(html)
    assert (result.text, result.notes) == (f"{markdown}\n", ())


def test_a_picture_says_where_it_is_used() -> None:
    result = convert(f"<p>a</p><figure>{SHOWN}<figcaption>C</figcaption></figure>")
    (picture,) = result.pictures
    assert (picture.address, picture.file, picture.alt) == (BIN, "images/2014/bin.jpg", "A bin")
    assert (picture.caption, picture.line) == ("C", 3)


def test_a_picture_that_is_not_there_becomes_a_link_and_is_noted() -> None:
    other = "https://img.example.org/a.jpg"
    path = "/wp-content/uploads/2014/03/x-300x200.jpg"
    result = convert(f'<p>a</p><p><img src="{path}" alt="X"></p><img src="{other}">')
    full = f"{SITE}/wp-content/uploads/2014/03/x.jpg"
    assert result.text == f"a\n\n[X]({full})\n\n[Picture on img.example.org]({other})\n"
    assert notes(result) == [(3, "picture", full), (5, "picture", other)]


@pytest.mark.parametrize(("html", "markdown"), cases("tables"))
def test_simple_tables_are_written_with_bars(html: str, markdown: str) -> None:
    result = convert(html)
    assert (result.text, result.notes) == (f"{markdown}\n", ())


def test_other_tables_stay_html_without_their_styles_and_are_noted() -> None:
    result = convert(
        '<p>a</p><table border="1" style="width:9px"><tr>'
        '<th colspan="2" bgcolor="red">A &amp; B</th></tr>'
        '<tr><td width="5"><a href="/about/">x</a></td><td><ul><li>y</li></ul></td></tr></table>'
    )
    assert result.text == dedent("""\
        a

        <table>
        <tr><th colspan="2">A &amp; B</th></tr>
        <tr><td><a href="../pages/about.md">x</a></td><td><ul><li>y</li></ul></td></tr>
        </table>
        """)
    assert notes(result) == [(3, "code", "table")]


NOTES = {
    "of markdown": (
        '<p>a<sup id="fnref-1"><a href="#fn-1">1</a></sup> b.</p><div class="footnotes"><hr><ol>'
        '<li id="fn-1">Note <b>x</b>. <a href="#fnref-1">&#8617;</a></li></ol></div>'
    ),
    "of word": (
        '<p>a<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a> b.</p><hr>'
        '<p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Note <b>x</b>.</p>'
    ),
    "of blocks": (
        '<p>a<sup data-fn="u" class="fn"><a href="#u" id="u-link">1</a></sup> b.</p>'
        '<ol class="wp-block-footnotes"><li id="u">Note <b>x</b>. <a href="#u-link">↩︎</a></li></ol>'
    ),
    "without names": (
        f'<p>a<sup><a href="{SITE}/2014/04/here/#fn:1">1</a></sup> b.</p><hr><ol><li>'
        f'<p>Note <b>x</b>. <a href="{SITE}/2014/04/here/#fnref:1">↩</a></p></li></ol>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NOTES)
def test_footnotes_are_footnotes(case: str) -> None:
    text = convert(NOTES[case]).text.replace("\n---\n", "")
    assert text.split() == ["a[^1]", "b.", "[^1]:", "Note", "**x**."]


@pytest.mark.parametrize(("html", "markdown"), cases("embeds"))
def test_what_other_sites_show_is_a_link(html: str, markdown: str) -> None:
    result = convert(html)
    assert (result.text, result.notes) == (f"{markdown}\n", ())


def test_forms_and_frames_without_an_address_are_noted_where_they_were() -> None:
    result = convert('<p>a</p><form action="/x"><input name="y"></form><p>b</p><iframe></iframe>')
    assert result.text == "a\n\nb\n"
    assert notes(result) == [(3, "form", "form"), (3, "embed", "embed")]
