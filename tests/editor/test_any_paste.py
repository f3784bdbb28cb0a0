"""Whatever is pasted: its words stay in order, and twice as much takes twice the time."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.test_pastes import PROGRAMS, clipboard
from growth import assert_grows_with_input
from scaffold.old_blog.old_texts import rendered, words_of
from support import examples, mostly_long
from wardblog.preview.editor.paste.people import people_in
from wardblog.preview.editor.paste.result import markdown_of

_WORDS = st.lists(
    st.sampled_from(
        ["bins", "Eland", "Road", "a_b", "*", "**", "_so_", "1.", "12)", "#5", "#", "<b>", "&amp;",
         "[draft]", "[x](y)", "C:\\new", "\\", "R&D", "~~", "|", "`code`", "``", "-", "+", ">", "•",
         "https://x.org/a_b?c=d", "jane@example.org", "<jane@example.org>", "{.x}", "!", "![", "é",
         "snake_case_word", "2026.", "===", "---", "Status:", ": meaning", "é\u00a0a", "عربي", "😀"]
    ),
    min_size=1, max_size=6,
).map(" ".join)  # fmt: skip
_STYLES = st.sampled_from(
    ["", "font-weight:700", "font-style:italic", "text-decoration:line-through", "margin:0cm",
     "vertical-align:super", "font-weight:400", "mso-list:l0 level1 lfo1",
     "mso-list:l0 level3 lfo1"]
)  # fmt: skip
_INLINE = st.sampled_from(["b", "i", "span", "a", "sup", "u", "code", "o:p", "font", "del", "s"])
_BLOCK = st.sampled_from(
    ["p", "div", "h1", "h3", "ul", "ol", "blockquote", "table", "section", "li", "center", "dl",
     "menu"]
)  # fmt: skip


def _element(name: str, style: str, inner: str) -> str:
    if name == "table":
        inner = f"<tr><td>{inner}</td><td>cell</td></tr><tr><td>one</td><td>two</td></tr>"
    elif name in ("ul", "ol"):
        inner = f"<li>{inner}</li>"
    elif name == "menu":  # which has no handler of its own: its words stand beside an item
        return f'<ul style="{style}">{inner}<li>bins</li> {inner}</ul>'
    elif name == "dl":
        inner = f"<dt>term</dt><dd>{inner}</dd>"
    elif name == "a":
        return f'<a href="https://x.org/p_q">{inner}</a>'
    return f'<{name} style="{style}">{inner}</{name}>'


_LINES = st.recursive(
    _WORDS.map(escape),
    lambda inner: st.one_of(
        st.builds(_element, _INLINE, _STYLES, inner),
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.tuples(inner, inner).map("<br>".join),
    ),
    max_leaves=6,
)
_TEXTS = st.recursive(
    _LINES,
    lambda inner: st.one_of(
        st.builds(_element, _BLOCK, _STYLES, inner),
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
    ),
    max_leaves=10,
)
_WORD = re.compile(r"[^\W\d_]+")
# What a post may have of HTML, because Markdown has no sign for it; all else is forbidden.
_TAG = re.compile(r"<(?!/?(?:del|su[bp]|em|br)>|!-- -->|[\w.+-]+@)[a-zA-Z/!?]")
_FORBIDDEN = re.compile(r"javascript:|data:|file:|onerror|onclick|<script", re.I)


def letters(html: str) -> str:
    """The letters that one sees; spaces and marks may differ."""
    return "".join(_WORD.findall(words_of(html)))


@settings(max_examples=examples(3000, 60), deadline=None)
@given(_TEXTS)
def test_all_words_are_kept_in_their_order(html: str) -> None:
    assert letters(rendered(markdown_of(html, "").markdown)) == letters(html)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<ul>one<li>two</li> three</ul>", "- one\n- two\n- three\n"),
        ("<ul><li>one</li>two <b>three</b><ul><li>four</li></ul></ul>",
         "- one\n- two **three**\n    - four\n"),
        ("<dl><dt>one</dt>two<dd>three</dd></dl>", "one\n\ntwo\n\nthree\n"),
        ("<table>one<tr>two<td>three</td><td>four</td></tr><tr><td>five</td><td>six</td></tr>",
         "one two\n\n| three | four |\n|---|---|\n| five | six |\n"),
    ],
)  # fmt: skip
def test_words_beside_the_parts_of_a_list_or_table_are_kept(html: str, markdown: str) -> None:
    assert markdown_of(html, "").markdown == markdown


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>seen</li><li hidden>unseen</li></ul>",
        "<ul><li>seen</li><ul style='display:none'><li>unseen</li></ul></ul>",
        "<dl><dt>seen</dt><dd>so</dd><dt hidden>unseen</dt><dd style='display:none'>unseen</dd>",
        "<table><caption hidden>unseen</caption><tr><td>seen</td></tr></table>",
        "<table><!-- unseen --><div hidden>unseen</div><tr><td>seen</td></tr></table>",
    ],
)
def test_a_part_of_a_list_or_table_that_nobody_sees_is_left_out(html: str) -> None:
    written = markdown_of(html, "").markdown
    assert "seen" in written
    assert "unseen" not in written


_HOSTILE = st.sampled_from(
    ["<script>onerror()</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
     '<a href="javascript:alert(1)">a</a>', '<a href="data:text/html,x">b</a>', "<style>x{",
     "</p>", '<a href="java&#10;script:alert(1)">c</a>', '<a href=" &#1;javascript:x">d</a>',
     "<table><tr>", '<a href="file:///C:/x">e</a>', "<iframe srcdoc='<script>x</script>'></iframe>",
     "<!--", "-->", "<math><mtext><style><img src=x onerror=x>", "<template><b>t</b></template>",
     "<pre><code>f",
     '<img src="data:image/png;base64,AAAA">', "<object data=x>", "<base href=javascript:>", "<td>",
     "<li>", "<ul>", "</ul></td>", "<![CDATA[", "<?xml?>", "<o:p>", "\0", "\ud800", "&#0;",
     "&lt;b&gt;", "<p style='mso-list:l0 level9 lfo1'>", "<div hidden>",
     "<td rowspan=99999 colspan=99999>g</td>"]
)  # fmt: skip


@settings(max_examples=examples(3000, 80), deadline=None)
@given(st.lists(st.one_of(_HOSTILE, _WORDS.map(escape)), max_size=8).map("".join))
def test_nothing_that_runs_or_shows_files_remains(html: str) -> None:
    written = markdown_of(html, html).markdown
    shown = rendered(written)
    assert not re.search(r"<(?:script|img|iframe|object|svg|style|math|base)\b", shown, re.I)
    for address in re.findall(r'href="([^"]*)"', shown):
        assert address.startswith(("http", "mailto:", "tel:", "#", "&#")), address
    people_in(written, None)


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_html_is_left_in_what_was_pasted(name: str) -> None:
    written = markdown_of(*clipboard(name)).markdown
    assert not _TAG.search(written)
    assert not _FORBIDDEN.search(written)
    assert "\xa0" not in written
    assert "\n\n\n" not in written


# Faults that are small per element are noticed only in a long text, which takes longer.
SIZE = examples(1000, 300)
_GROWING = {
    "words": lambda size: "<p>" + "bins " * size + "</p>",
    "paragraphs": lambda size: "<p class=MsoNormal>Two bins<o:p></o:p></p>" * size,
    "lines": lambda size: "<div>Two bins</div>" * size,
    "breaks": lambda size: "<p>" + "Two bins<br>" * size,
    "spans": lambda size: "<p>" + '<span style="font-weight:700">a </span><i>b</i> ' * size,
    "links": lambda size: '<a href="https://x.org/?utm_a=b&c=d">a</a> ' * size,
    "items": lambda size: "<p style='mso-list:l0 level2 lfo1'>a</p>" * size,
    "lists": lambda size: "<ul><li>a</li></ul>" * size,
    "cells": lambda size: "<table>" + "<tr><td>a</td><td>b</td></tr>" * size + "</table>",
    "tables": lambda size: "<table><tr><td>a<td>b<tr><td>c<td>d</table>" * size,
    "nested": lambda size: "<div>" * size + "a",
    "nested lists": lambda size: "<ul><li>" * size + "a",
    "nested quotations": lambda size: "<blockquote>" * size + "a",
    "brackets": lambda size: "<p>" + "[a]( " * size,
    "signs": lambda size: "<p>" + "*_`<&" * size,
    "rules": lambda size: "<style>" + "p.a{" * size + "</style><p class=a>b",
    "comments": lambda size: "<style>" + "/*" * size + "</style>" + "<!--[if x]>" * size,
    "bold rows": lambda size: "<table>" + "<tr><td style='font-weight:700'>a" * size,
    "captions": lambda size: "<table><caption>a" + "<tr><td>b" * size,
    "addresses": lambda size: "<p>" + "&lt;a" * size + "@b",
    "anchors": lambda size: "<p>" + '<a href="#a" name="b">[1]</a>' * size,
}
_PLAIN = {
    "wrapped": lambda size: "the committee heard from two residents who spoke against it\n" * size,
    "bullets": lambda size: "• a\n" * size,
    "quoted": lambda size: "> a\n" * size,
    "deeply quoted": lambda size: ">" * size + "a",
    "spaces": lambda size: " " * size + "\n" * size,
    "hyphens": lambda size: "a-" * size + "\ncon-\ntrol and so on it goes on for long-\n" * size,
    "addresses": lambda size: "https://x.org/?utm_a=b " * size,
    "references": lambda size: "our ref " * size,
    "names": lambda size: "Dear Jane, " * size,
}


@pytest.mark.long
@pytest.mark.parametrize("kind", mostly_long(_GROWING, "spans", "items", "lines", "cells", "rules"))
def test_twice_the_html_takes_twice_the_work(kind: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        html = _GROWING[kind](size)
        return lambda: markdown_of(html, "")

    assert_grows_with_input(prepare, SIZE)


@pytest.mark.parametrize("kind", mostly_long(_PLAIN, "wrapped", "hyphens", "names"))
def test_twice_the_plain_text_takes_twice_the_work(kind: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = _PLAIN[kind](size)
        return lambda: people_in(markdown_of("", text).markdown, None)

    assert_grows_with_input(prepare, SIZE)
