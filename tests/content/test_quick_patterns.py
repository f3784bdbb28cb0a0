"""That looking for a sign first changes nothing about the HTML."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from wardblog.content.markdown.converter import SIGNS, QuickPattern, quicken
from wardblog.content.markdown.lenient.typed import AsTyped

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
