"""Residents read the words of an old post exactly, whatever Markdown might see in them."""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from scaffold.old_blog.old_texts import convert, convert_classic, rendered, words_of

# What is written as it is, since Markdown as the project reads it sees only words there.
PLAIN = (
    "5 * 3 = 15 and 2*2", "snake_case_name and _", "a - b + c = d", "C# and #1 and number #5",
    "1986. It was a year", "Price: £5.", "a.b, (c) [d] {e", "5 < 6 > 4 & <3", "AT&T, Q&A",
    "~50 people", "a | b", "back\\slash", "one ` tick", "50% ^ 2", "a/b://c", "a: b",
    "[sic] he said", "Yes! [really]", "See a_b_c.pdf", "Tel. 020 7946 0123", "-5 degrees",
    "https://example.org/a_b_c?d=e&f=g", "robin_sample@example.org", "@robin_sample", "’tis “so”",
)  # fmt: skip
ESCAPED = {
    "*so* and *there*": "\\*so\\* and \\*there\\*",
    "_so_ he": "\\_so\\_ he",
    "1. One thing": "1\\. One thing",
    "# One": "\\# One",
    "> quoted": "\\> quoted",
    "- dash": "\\- dash",
    "+ plus": "\\+ plus",
    "[a](b)": "\\[a](b)",
    "[a]: b": "\\[a]: b",
    "*[HTML]: b": "\\*\\[HTML]: b",
    "[TOC]": "\\[TOC]",
    "`a` b": "\\`a\\` b",
    "a {: .b}": "a \\{: .b}",
    "<b> is bold": "&lt;b> is bold",
    "&copy; is ©": "&amp;copy; is ©",
    ": a": "&#58; a",
    "a \\* b": "a \\\\* b",
}


@pytest.mark.parametrize("words", PLAIN)
def test_words_that_markdown_reads_as_words_have_no_backslash(words: str) -> None:
    markdown = convert(f"<p>{escape(words, quote=False)}</p>").text
    assert markdown == f"{words}\n"
    assert words_of(rendered(markdown)) == words


@pytest.mark.parametrize("words", ESCAPED)
def test_words_that_markdown_would_misread_are_escaped(words: str) -> None:
    markdown = convert(f"<p>{escape(words, quote=False)}</p>").text
    assert markdown == f"{ESCAPED[words]}\n"
    assert words_of(rendered(markdown)) == words


PIECES = (
    "*", "_", "`", "[", "]", "](", "(", ")", "a", "b", "word", "1.", "1986.", "12.", "-", "+", "#",
    "##", ">", "<", "<b", "</b>", "&copy;", "&", "&amp;", "{", "}", "{: .x}", "{#id}", "[^1]",
    "[^1]:", "[TOC]", "*[HTML]:", "[a]:", ":", "~~~", "```", "===", "---", "***", "___", "|",
    "| --- |", "\\", "\\*", "!", "![a](b)", "[a](b)", "www.a.uk", "https://a.org/b_c_", "a@b.org",
    "_a_", "__a__", "**a**", "*a*", ".", ",", "$", '"', "'", "<!--", "-->", "<div>", "<!", "x*y",
    "x_y_z", "[[a]]", "~", "=", "%}", "{{ a }}", "{% a %}", "C#", "5 * 3", "|filename|a",
    "{filename}a.md", "a:", "Title: x", "é",
)  # fmt: skip
_TEXTS = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from(("", " ", " "))), min_size=1, max_size=8
).map(lambda parts: escape("".join(a + b for a, b in parts), quote=False))
_MARKS = (
    "{}", "<b>{}</b>", "<i>{}</i>", "<b><i>{}</i></b>", '<a href="https://x.org/a_b*c">{}</a>',
    "<code>{}</code>", "<sub>{}</sub>", "<s>{}</s>",
)  # fmt: skip


def _marked(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from(_MARKS).map(lambda mark: mark.format(text.replace("{", "&#123;")))


_INLINE = st.recursive(
    _TEXTS.flatmap(_marked),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map("".join).flatmap(_marked),
    max_leaves=4,
)
_LINES = st.lists(_INLINE, min_size=1, max_size=3).map("<br>".join)


def _in(before: str, between: str, after: str, most: int = 3) -> st.SearchStrategy[str]:
    inner = st.lists(_LINES, min_size=1, max_size=most).map(between.join)
    return inner.map(lambda words: f"{before}{words}{after}")


_TABLE = "<table><tr><th>{}</th><th>{}</th></tr><tr><td>{}</td><td>{}</td></tr></table>"
_BLOCKS = st.one_of(
    _in("<p>", "", "</p>", 1),
    _in("<p>", "</p><p>", "</p>"),
    _INLINE.map(lambda words: f"<h3>{words}</h3>"),
    _in("<ul><li>", "</li><li>", "</li></ul>"),
    _in("<ol><li>", "</li><li>", "</li></ol>"),
    _in("<blockquote><p>", "</p><p>", "</p></blockquote>"),
    st.lists(_LINES, min_size=4, max_size=4).map(lambda cells: _TABLE.format(*cells)),
)  # fmt: skip
_TYPED_BULLET = re.compile(r"[-*–•·](?:\s|$)|[-*–•·][A-Za-z\[(\"*]")
# An address takes what follows it up to a space, so nothing that needs an entity may.
_JOINED_ADDRESS = re.compile(r"(?:://|www\.|@)[^\s<>]*&")
_TYPED_RULE = re.compile(r"([-–—_=*~•·#])(?:\s?\1){2,}")


def _has_typed_marks(html: str) -> bool:
    """Whether lines look like a list or a rule, which they become on purpose."""
    plain = re.sub(r"</?(?:b|i|a|code|sub|s)\b[^>]*>", "", html)
    lines = [unescape(line).strip() for line in re.split(r"<[^<>]*>", plain)]
    bullets = sum(_TYPED_BULLET.match(line) is not None for line in lines)
    return bullets > 1 or any(map(_TYPED_RULE.fullmatch, lines))


@given(st.lists(_BLOCKS, min_size=1, max_size=3).map("\n".join))
@example(
    "<ul><li>*_*<br><b>_</b><br>*'[</li><li>*___***&amp;#_***</li>"
    "<li><sub>*****&lt;b**</sub></li></ul>\n"
    "<p>*_**<br>*é********<br>*--&gt;</p>"
)
@example('<p><code>[</code> ![a](b) <a href="https://x.org/">]</a></p>')
@example('<p><code>]</code> [a](b) <a href="https://x.org/">[</a></p>')
def test_any_words_in_any_block_are_read_as_they_were(html: str) -> None:
    assume(not _has_typed_marks(html) and not _JOINED_ADDRESS.search(html))
    markdown = convert(html).text
    assert words_of(rendered(markdown)) == words_of(html), markdown


@given(st.lists(_BLOCKS, min_size=1, max_size=3).map("\n".join))
def test_the_result_looks_as_if_a_person_had_written_it(html: str) -> None:
    lines = convert(html).text.split("\n")
    assert not any(line != line.rstrip() for line in lines), lines
    assert not any(a == b == "" for a, b in pairwise(lines))
    assert not any("&nbsp;" in line or "\xa0" in line for line in lines)


_TAGS = st.sampled_from(
    ("<p>", "</p>", "<b>", "</b>", "<div>", "</div>", "<ul>", "<li>", "</ul>", "<table>", "<tr>",
     "<td>", "</table>", "<br>", "<a href='#x'>", "</a>", "<img src=x.jpg>", "<pre>", "</pre>",
     "<code>",
     "<blockquote>", "</blockquote>", "<figure>", "<figcaption>", "<iframe src='//[x'>", "<h2>",
     "</h2>", "<dl>", "<dt>", "<dd>", "<sup><a href='#fn1'>1</a></sup>", "<li id=fn1>", "<object>",
     "<q>",
     '<!-- wp:cover {"url":"x"} -->', "<!-- wp:x {bad} /-->", "[gallery ids='7']", "[caption]",
     "[/caption]", "[code]", "[/code]", "[x y=z]", "[/x]", "[embed]", "[footnote]a[/footnote]",
     "\n\n", "text", "\x00", "\U00100001",
     "<ol start='²'>", "<wardblog-leftover number=9></wardblog-leftover>", "<pre 9>",
     "<img src='/emoji/1/ffffff.png'>",
     "{{< x >}}", "{% raw %}", "```", "&#xD800;", "<a href='http://[bad'>", "<img src='http://[bad'>")
)  # fmt: skip


@given(st.lists(_TAGS, max_size=14).map("".join), st.sampled_from(("html", "classic", "markdown")))
def test_no_text_stops_the_conversion(text: str, kind: str) -> None:
    result = (
        convert_classic(text)
        if kind == "classic"
        else convert(text, is_markdown=kind == "markdown")
    )
    lines = result.text.count("\n")
    found = [note.line for note in result.notes]
    found += [picture.line for picture in result.pictures]
    found += [link.line for link in result.links]
    assert all(1 <= line <= max(lines, 1) for line in found)
    assert not re.search("[\U000f0000-\U0010fffd]", result.text)


@pytest.mark.parametrize(
    "tag", ["div", "span", "b", "blockquote", "ul><li", "table><tr><td", "a", "p"]
)
def test_what_is_nested_far_too_deeply_keeps_its_words(tag: str) -> None:
    closing = "".join(f"</{name}>" for name in reversed(tag.split("><")))
    text = f"<{tag}>" * 400 + "word" + closing * 400
    assert "word" in convert(text).text


@pytest.mark.parametrize("number", ["99", "-1", "x", "²", "9" * 5000, ""])
@pytest.mark.parametrize("is_markdown", [False, True])
def test_an_element_of_ours_in_an_old_text_is_left_out(number: str, *, is_markdown: bool) -> None:
    element = f"<wardblog-leftover number={number}></wardblog-leftover>"
    result = convert(f"a {element} b\n\n{element}", is_markdown=is_markdown)
    assert result.text.split()[0] == "a"
    assert result.notes == ()


@pytest.mark.parametrize(("start", "number"), [("3", 3), ("²", 1), ("9" * 5000, 1), ("-2", 1)])
def test_a_list_begins_with_a_number_that_can_be_read(start: str, number: int) -> None:
    text = convert(f'<ol start="{start}"><li>a</li></ol>').text
    assert text == f"{number}. a\n"


def test_code_without_an_end_is_not_taken_for_another() -> None:
    text = convert_classic("<pre>kept</pre>\n\na <pre 0> b\n\n<pre 99> c").text
    assert text.count("kept") == 1
    assert text.endswith("c\n```\n")


@pytest.mark.parametrize("code", ["ffffff", "d800", "0"])
def test_a_picture_of_a_sign_that_does_not_exist_stops_nothing(code: str) -> None:
    address = f"https://s.w.org/images/core/emoji/72x72/{code.rjust(2, '0')}.png"
    text = convert(f'a <img src="{address}" alt=""> b').text
    assert text.encode() == "a \ufffd b\n".encode()
