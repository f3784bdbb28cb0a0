"""That looking for a sign first changes nothing about the HTML, nor what is passed over."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from support import MARKDOWN
from wardblog.content.markdown.converter import (
    PLAIN,
    SIGNS,
    Converter,
    QuickPattern,
    quicken,
    unneeded_for,
    without_plain,
)
from wardblog.content.markdown.finishing import finished
from wardblog.content.markdown.lenient import as_meant
from wardblog.content.markdown.lenient.steps import in_steps
from wardblog.content.markdown.lenient.typed import AsTyped
from wardblog.content.markdown.markup import Markup

_PIECES = (
    "`", "``", "\\`", "\\\\`", "[", "![", "](", ")", "]: ", "https://a.example.org/", "www.a.uk",
    "WwW.b.org", "wwW.c.uk", "@", "a@b.org", ".gov.uk", ".GOV.UK", "x.llyw.cymru", "> ", ">", "#",
    "###### ", "=", "---", "===", ": ", ":   ", "\n", "\n\n", "    ", "* ", "1. ", "**", "_", "a",
    "word ", "<b>", "</b>", "&amp;", "[^1]", "{#id}",
)  # fmt: skip


def _converter() -> Markdown:
    return Markdown(extensions=["extra", "sane_lists", "toc", AsTyped()], output_format="html")


_AS_WRITTEN, _QUICK = _converter(), _converter()
quicken(_QUICK)


def _patterns(converter: Markdown) -> list[object]:
    inline = [getattr(p, "compiled_re", None) for p in converter.inlinePatterns]
    return [*inline, *(getattr(p, "RE", None) for p in converter.parser.blockprocessors)]


def test_each_pattern_in_the_table_is_one_of_the_library_in_this_version() -> None:
    patterns = [p for p in _patterns(_AS_WRITTEN) if isinstance(p, re.Pattern)]
    assert SIGNS.keys() <= {pattern.pattern for pattern in patterns}
    quick = [p for p in _patterns(_QUICK) if isinstance(p, QuickPattern)]
    assert len(quick) == sum(pattern.pattern in SIGNS for pattern in patterns)


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_a_text_becomes_the_same_html_with_the_signs_as_without(text: str) -> None:
    assert _QUICK.reset().convert(text) == _AS_WRITTEN.reset().convert(text)


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_every_match_of_a_pattern_has_one_of_its_signs(text: str) -> None:
    for pattern, signs in SIGNS.items():
        for flags in (re.DOTALL, re.MULTILINE):
            if re.search(pattern, text, flags):
                assert any(sign in text for sign in signs), pattern


# Words and marks as a paragraph has them, and paragraphs of all kinds.
_IN_A_LINE = st.lists(
    st.sampled_from((
        "a", "Two words", "3.5", "2", "**", "*", "[", "](http://a.b/c-d)", "](#x)", " ", ". ", ":",
        ": ", "!", "![", "?", ",", "(", ")", '"', "’", "-", "_", "a_b", "é", "×", "…", "/", "//",
        "[Our link](https://example.org/)", "**Bold one.**", "*stress*", "**a**b", "www.", "www.1",
        ".uk", "@", "&", "& ", "&amp;", "<b>", "{#b}", "`", "\\", "|", "~", "=", "  ", "\xa0",
        "\x02", "\u2028", PLAIN, "ŵ", "س",
    )),
    max_size=14,
).map("".join)  # fmt: skip
_BLOCK = st.sampled_from((
    "A plain one.", "Two: 3.5 words, **yes**", "(c) is it?", "- a", "- a\n- b", "    code",
    "    in", "1. a", "1. a\n\n    b", "# H", "## H {#x}", "H\n==", "> q", "> q\n> --", "[^1] x",
    "[^1]: note", "    more", "[a]: http://b.c", "[a]", ": def", "a | b\n---|---\n1 | 2", "[TOC]",
    "* * *", "a  \nb", "*[A]: all", "```\n", "~~~\nx", "<div>", "</div>", "<!-- a",
    '![a](b.png "c")', "M & S", "\n", "-\ta", "3) a", "\ta", "\x0b", "\r",
))  # fmt: skip
_TEXTS = st.lists(st.one_of(_IN_A_LINE, _BLOCK), max_size=8).map("\n\n".join)
_USUAL = Markup(MARKDOWN)
_THOROUGH = Markup(MARKDOWN)
_THOROUGH_CONVERTER = Markdown(
    extensions=[*_THOROUGH._extensions, AsTyped()],
    extension_configs=_THOROUGH._configs,
    output_format="html",
)


def _thorough(text: str) -> str:
    html = _THOROUGH_CONVERTER.reset().convert(text)
    return finished(re.sub(r"<!--.*?-->\n?", "", html, flags=re.DOTALL).strip())


@given(_TEXTS)
def test_a_text_becomes_the_same_html_whatever_is_passed_over(text: str) -> None:
    meant, doubts = in_steps(text)
    assert as_meant(text) == (meant, doubts)
    assert _USUAL._html(meant) == _thorough(meant)


@given(_TEXTS)
def test_the_html_is_the_same_where_extensions_are_left_out(text: str) -> None:
    assert _USUAL._converted(text) == _thorough(text)


def test_a_long_text_that_is_not_quite_plain_is_read_at_once() -> None:
    for piece in ("Words, and more (or not). ", "**a ", "*a. ", "[a: ", "**a** [b](http://c"):
        assert without_plain(f"{piece * 2000}`")[1] == []


def test_plain_paragraphs_are_not_converted_and_others_are() -> None:
    text = "\nOne.\n\n**Two** is [here](https://a.b/).\n\n- three\n\nFour, at 3.30: *yes*.\n"
    assert without_plain(text) == (
        f"\n{PLAIN}\n\n- three\n\n{PLAIN}\n\n",
        ['<p>One.</p>\n<p><strong>Two</strong> is <a href="https://a.b/">here</a>.</p>',
         "<p>Four, at 3.30: <em>yes</em>.</p>"],
    )  # fmt: skip
    for far in ("A <b>", "```", "*[A]: all", ": all", "M&S", PLAIN):
        assert without_plain(f"One.\n\n{far}\n") == (f"One.\n\n{far}\n", [])


def test_a_text_is_converted_as_a_whole_with_extensions_that_read_any_word() -> None:
    glossary = {"markdown.extensions.extra": {"abbr": {"glossary": {"TRO": "an order"}}}}
    shown = Markup({"extension_configs": glossary}).html("TRO -- a")
    assert shown == '<p><abbr title="an order">TRO</abbr> -- a</p>'
    smart = Markup({"extensions": ["markdown.extensions.smarty"]}).html("TRO -- a")
    assert smart == "<p>TRO &ndash; a</p>"


def test_only_extensions_without_options_are_left_out() -> None:
    assert "markdown.extensions.toc" in unneeded_for("Words.")
    marker = {"markdown.extensions.toc": {"marker": "Words."}}
    converter = Converter(unneeded_for("Words."), extensions=list(marker), extension_configs=marker)
    assert converter.convert("Words.") == '<div class="toc">\n<ul></ul>\n</div>'
    assert "markdown.extensions.footnotes" not in unneeded_for("a[\x02^1]")
