"""HTML in a text is held against the standard; what Markdown makes itself never is."""

from __future__ import annotations

import pytest

from support import POST, read_all, write_site


def told(body: str, folder: object) -> list[tuple[int | None, str]]:
    text = POST.replace("Some text.", f"Some text.\n\n{body}")
    _, problems = read_all(write_site(folder, {"posts/fine.md": text}))  # type: ignore[arg-type]
    return [(p.line, p.message) for p in problems if p.rule == "invalid-html"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("a </b> c", "the text has </b> without a <b> before it"),
        ("a <b> c", "<b> is not closed in its paragraph"),
        ("<b><i>x</b></i>", "<i> is not closed before </b>"),
        ("<div>\nx", "<div> is opened and never closed"),
        ("</div>", "the text has </div> without a <div> before it"),
        ("<div/>", "<div/> does not close itself in HTML"),
        ("a <br></br> b", "there is no </br> in HTML"),
        ("text <div>y</div> z", "<div> is in the middle of a paragraph"),
        ("<span><p>x</p></span>", "<p> is inside <span>, which can only contain text"),
        ("<h2><div>x</div></h2>", "<div> is inside <h2>, which can only contain text"),
        ("<a href='x.md'>a <a href='y.md'>b</a></a>", "a link is inside another link"),
        ("<ul><p>x</p></ul>", "<p> is inside <ul>, but not inside <li>"),
        ("<ul>words<li>x</li></ul>", "there is text directly inside <ul>"),
        ("<li>x</li>", "<li> is outside <ul>, <ol> or <menu>"),
        ("<dd>x</dd>", "<dd> is outside <dl> or <div>"),
        ("<table><td>x</td></table>", "<td> is outside <tr>"),
        ("<table><tr>y<td>x</table>", "there is text directly inside <tr>"),
        ("<details>x</details><summary>y</summary>", "<summary> is outside <details>"),
        ("<figcaption>x</figcaption>", "<figcaption> is outside <figure>"),
        ('<img src="x" alt="x" width="50%">', 'width="50%" of <img> must be a whole number'),
        ('<img src="x" alt="x" width="50px">', 'width="50px" of <img> must be a whole number'),
        ('<ol start="two"><li>a</ol>', 'start="two" of <ol> must be a whole number'),
        ('<p dir="left">x</p>', 'dir="left" of <p> is not a valid value'),
        ('<details open="yes">x</details>', 'open="yes" of <details> needs no value'),
        ('<p id="a b">x</p>', 'id="a b" of <p> is not a name that links can use'),
        ('<a href="x" href="y">z</a>', "HTML in the text has the same attribute twice"),
        ("a <?php x ?> b", "HTML in the text has an instruction for another program"),
        ("<!DOCTYPE html>", 'HTML in the text has a "<!" that does not begin a comment'),
        ("<p id=a>x</p>\n<p id=a>y</p>",
         'two parts of the text are called "a", so links only find the first'),
        ("## Map {#ward-map}", 'the name "ward-map" is reserved for parts of the page itself'),
    ],
)  # fmt: skip
def test_invalid_html_is_reported(body: str, message: str, tmp_path: object) -> None:
    line = 8 if "\n<p" in body else 7
    assert (line, message) in told(body, tmp_path)


@pytest.mark.parametrize(
    "body",
    [
        "1 < 2, AT&T, R&D, <https://example.org/>, <robin@example.org>",
        "`</b>` and ``<div> ` x`` and `a\n<b>`",
        "```\n</b>\n```\n\n~~~html\n<div>\n~~~",
        "    </b>\n\n- a\n\n        <b>",
        "<!-- a note: <b> -->",
        "<ul><li>a<li>b<ul><li>c</ul></ul>",
        "<table><caption>A</caption><tr><th scope=col>a<tr><td rowspan=2>b</table>",
        "<dl><div><dt>a<dd>b</div></dl>",
        "<ruby>漢<rp>(</rp><rt>Kan</rt><rp>)</rp></ruby>",
        "Line<br>\nbreak<br/> and <hr>"[:24],
        '<div class="a" markdown="1">\n\n*b*\n\n- c\n\n</div>',
        '<details markdown="1">\n<summary>A *b*</summary>\n\n1. c\n\n</details>',
        "[^1] a\n\n[^1]: b\n\n    c\n\n*[a]: d",
        "Term\n:   Words\n\n    More\n\n:   Other",
        "1. a\n    - b\n\n        c\n2. d\n\n> e\n>\n> - f",
        "| a | b |\n|---|---|\n| `</b>` <br> c | d |",
        "# A {#a .b}\n\n## A"[3:],
        '<audio controls src="../a.mp3"></audio>',
        "<ins>a</ins> <del>b</del> H<sub>2</sub>O <kbd>c</kbd> <abbr title='d'>e</abbr>",
        "## Ward map\n\n## Ward map",
    ],
)
def test_valid_html_passes(body: str, tmp_path: object) -> None:
    assert told(body, tmp_path) == []


def test_a_heading_id_never_equals_an_id_of_the_theme() -> None:
    from wardblog.content.markdown.markup import Markup

    markup = Markup({"extension_configs": {"markdown.extensions.toc": {}}})
    assert markup.html("## Ward map") == '<h2 id="about-ward-map">Ward map</h2>'
    assert markup.html("## Wards") == '<h2 id="wards">Wards</h2>'


def test_code_and_comments_are_replaced_by_spaces() -> None:
    from wardblog.check.html_tokens import has_html, without_code

    text = "a `<b>` c\n\n```\n<i>\n```\n\n<!-- <u>\n-->\n\n    <s>\n\n<em>"
    blanked = without_code(text)
    assert len(blanked) == len(text)
    assert blanked.split() == ["a", "c", "<em>"]
    assert has_html(text)
    assert not has_html(text.replace("<em>", "<https://example.org/> 1 <2"))
