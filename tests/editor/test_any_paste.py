"""Whatever is pasted, its words stay in order, nothing of its HTML remains, and it takes no long."""

from __future__ import annotations

import re
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.old_blog.old_texts import rendered, words_of
from support import examples
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
     "vertical-align:super", "font-weight:400", "mso-list:l0 level1 lfo1", "mso-list:l0 level3 lfo1"]
)  # fmt: skip
_INLINE = st.sampled_from(["b", "i", "span", "a", "sup", "u", "code", "o:p", "font", "del", "s"])
_BLOCK = st.sampled_from(
    ["p", "div", "h1", "h3", "ul", "ol", "blockquote", "table", "section", "li", "center", "dl"]
)


def _element(name: str, style: str, inner: str) -> str:
    if name == "table":
        inner = f"<tr><td>{inner}</td><td>cell</td></tr><tr><td>one</td><td>two</td></tr>"
    elif name in ("ul", "ol"):
        inner = f"<li>{inner}</li>"
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
_NEVER = re.compile(r"<(?!del>|/del>|su[bp]>|/su[bp]>|br>|em>|/em>|!-- -->|\S+@)[a-z/!]", re.I)


@settings(max_examples=examples(3000, 150), deadline=None)
@given(_TEXTS)
def test_all_words_are_kept_in_their_order(html: str) -> None:
    written = markdown_of(html, "").markdown
    assert _WORD.findall(words_of(rendered(written))) == _WORD.findall(words_of(html))
