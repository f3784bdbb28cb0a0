"""That plain paragraphs are cleaned and searched as thoroughly where no parser reads them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wardblog.content.markdown.cleaning import _CLEANER, cleaned
from wardblog.privacy.shown import visible_text, visible_text_of
from wardblog.text.html_tree import is_plain_html, parse_html

_SIGNS = " .,;:!?()[]\"'“”‘’…–—£€%/+@#*_=~-\n"
_WORDS = st.one_of(
    st.sampled_from(("a", "Word", "020 7946 0123", "jo@mail.org", "  ", " \n ", "www.a.uk/x", "ŵ",
                     "https://a.b/?q=jo+x", "&amp;", "\xa0", "\r", "\x00", "<", "ǅ", "a\u0301")),
    st.text(st.one_of(st.sampled_from(_SIGNS), st.characters(max_codepoint=0x250)), max_size=4),
)  # fmt: skip
_ADDRESSES = st.sampled_from((
    "https://a.b/c-d", "http://x", "https://a.b/+447700900123", "javascript:a", "https://a/?b=c d",
    "https://a.b/jo_x", "//a", "https://www.x.org1.5.2", "https://xn--a.org", "https://a--b.org/",
    "https://1.2.3.4/", "https://a.b1.org", "https://A.org", "https://a.org", "https://a..org",
))  # fmt: skip
_LINKS = st.tuples(_ADDRESSES, _WORDS).map(lambda one: f'<a href="{one[0]}">{one[1]}</a>')
_PIECES = st.one_of(
    _WORDS,
    _WORDS,
    _LINKS,
    st.tuples(st.sampled_from(("strong", "em", "p")), _WORDS).map(
        lambda one: f"<{one[0]}>{one[1]}</{one[0]}>"
    ),
)
_PARAGRAPHS = st.lists(_PIECES, min_size=1, max_size=4).map(lambda p: f"<p>{''.join(p)}</p>")
_TEXTS = st.lists(_PARAGRAPHS, min_size=1, max_size=3).map("\n".join)


@given(_TEXTS)
def test_the_quick_way_gives_what_the_parsers_give(html: str) -> None:
    assert cleaned(html) == _CLEANER.clean(html)
    if is_plain_html(html):
        root, _ = parse_html(html.encode())
        assert root is not None
        assert visible_text(html) == visible_text_of(root)


def test_only_what_every_parser_reads_alike_is_plain() -> None:
    assert is_plain_html('<p>A <strong>b</strong>, 3.5 é.</p>\n<p><a href="https://a.b/">c</a></p>')
    for other in (
        "", "a", "<p></p>", "<p>a", "<p>a</p> ", "<p>a&amp;b</p>", "<p>\xa0</p>", "<p>a<br></p>",
        "<p><em><strong>a</strong></em></p>", "<p><strong>a</em></p>", "<div>a</div>",
        "<p>a\rb</p>",
        '<p><a href="javascript:a">a</a></p>', '<p><a href="https://a/" onclick="b">a</a></p>',
        '<p><a href="https://a/?b">a</a></p>', "<p>a<p>b</p></p>", "<p>س</p>", "<b>a</b>",
    ):  # fmt: skip
        assert not is_plain_html(other), other
