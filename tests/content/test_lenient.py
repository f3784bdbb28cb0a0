"""Markdown as people write it: what they typed, and the HTML that it becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import MARKDOWN, POST, ROOT, read_all, run_pelican, write_site
from wardblog.content.markdown.lenient import as_meant
from wardblog.content.markdown.markup import Markup
from wardblog.problems import Severity

SETTINGS: dict[str, dict[str, object]] = {
    "extension_configs": {
        **MARKDOWN["extension_configs"],  # type: ignore[dict-item]
        "markdown.extensions.sane_lists": {},
    }
}


def html_of(text: str) -> str:
    """The HTML, without the line breaks that nobody sees."""
    return Markup(SETTINGS).html(text).replace(">\n<", "><")


LISTS = {
    "right below a line": (
        "Asked:\n- salt\n- a lid",
        "<p>Asked:</p><ul><li>salt</li><li>a lid</li></ul>",
    ),
    "right below words without a colon": (
        "We asked for\n* salt\n* a lid",
        "<p>We asked for</p><ul><li>salt</li><li>a lid</li></ul>",
    ),
    "one item below a colon": ("Asked:\n- salt", "<p>Asked:</p><ul><li>salt</li></ul>"),
    "a bold line above": (
        "**Asked:**\n- salt",
        "<p><strong>Asked:</strong></p><ul><li>salt</li></ul>",
    ),
    "numbers right below a line": (
        "Next:\n1. write\n2. wait",
        "<p>Next:</p><ol><li>write</li><li>wait</li></ol>",
    ),
    "items that wrap": (
        "Asked:\n- salt in\n  every bin\n- a lid",
        "<p>Asked:</p><ul><li>salt in\n  every bin</li><li>a lid</li></ul>",
    ),
    "far to the right": (
        "Asked:\n     - salt\n     - a lid",
        "<p>Asked:</p><ul><li>salt</li><li>a lid</li></ul>",
    ),
    "in a quotation": (
        "> Asked:\n> - salt\n> - a lid",
        "<blockquote><p>Asked:</p><ul><li>salt</li><li>a lid</li></ul></blockquote>",
    ),
    "nested by two": (
        "- North\n  - Eland Road\n  - Elsley Road\n- South",
        "<ul><li>North<ul><li>Eland Road</li><li>Elsley Road</li></ul></li><li>South</li></ul>",
    ),
    "nested by three": (
        "1. North\n   - Eland Road\n2. South",
        "<ol><li>North<ul><li>Eland Road</li></ul></li><li>South</li></ol>",
    ),
    "nested by two, three deep": (
        "- a\n  - b\n    - c\n- d",
        "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>",
    ),
    "nested by a tab": ("- a\n\t- b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
    "nested by spaces that do not break": (
        "- a\n\xa0\xa0- b",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
    ),
    "a paragraph in an item, by two": (
        "- a\n\n  more\n\n- b",
        "<ul><li><p>a</p><p>more</p></li><li><p>b</p></li></ul>",
    ),
    "Word's bullets": ("• one\n• two", "<ul><li>one</li><li>two</li></ul>"),
    "Word's bullets without a space": ("•one\n•two", "<ul><li>one</li><li>two</li></ul>"),
    "Word's bullets below a line": (
        "Asked:\n·\tsalt\n·\ta lid",
        "<p>Asked:</p><ul><li>salt</li><li>a lid</li></ul>",
    ),
    "a sign of Word's own fonts": ("\uf0b7 one\n\uf0b7 two", "<ul><li>one</li><li>two</li></ul>"),
    "Word's second level": (
        "• one\no\ttwo\n▪ three\n• four",
        "<ul><li>one<ul><li>two<ul><li>three</li></ul></li></ul></li><li>four</li></ul>",
    ),
    "words behind Word's bullets": (
        "• one\n• two\nThat is all.",
        "<ul><li>one</li><li>two</li></ul><p>That is all.</p>",
    ),
    "dashes": ("– one\n– two", "<ul><li>one</li><li>two</li></ul>"),
    "a dash below a colon": ("Asked:\n— salt", "<p>Asked:</p><ul><li>salt</li></ul>"),
    "ticks, which mean something": ("✓ salt\n✗ lid", "<ul><li>✓ salt</li><li>✗ lid</li></ul>"),
    "a space that does not break": ("-\xa0one\n-\xa0two", "<ul><li>one</li><li>two</li></ul>"),
    "without a space": ("-salt\n-sand\n-£5", "<ul><li>salt</li><li>sand</li><li>£5</li></ul>"),
    "stars without a space": ("*salt\n*sand", "<ul><li>salt</li><li>sand</li></ul>"),
    "numbers without a space": ("1.Write\n2.Wait", "<ol><li>Write</li><li>Wait</li></ol>"),
    "numbers with a bracket": ("1) one\n2) two", "<ol><li>one</li><li>two</li></ol>"),
    "numbers in brackets": ("(1) one\n(2) two", "<ol><li>one</li><li>two</li></ol>"),
    "numbers from five on": ("5) one\n6) two", '<ol start="5"><li>one</li><li>two</li></ol>'),
    "letters": ("a) one\nb) two", '<ol type="a"><li>one</li><li>two</li></ol>'),
    "letters in brackets, apart": (
        "(a) one\n\n(b) two",
        '<ol type="a"><li><p>one</p></li><li><p>two</p></li></ol>',
    ),
    "capitals": ("A. one\nB. two", '<ol type="A"><li>one</li><li>two</li></ol>'),
    "Roman numbers": (
        "(i) one\n(ii) two\n(iii) three",
        '<ol type="i"><li>one</li><li>two</li><li>three</li></ol>',
    ),
    "a list inside, below a blank line": (
        "1. a\n\n    - b\n2. c",
        "<ol><li><p>a</p><ul><li>b</li></ul></li><li><p>c</p></li></ol>",
    ),
    "lists inside lists, below a blank line": (
        "- a\n\n  - b\n    - c\n  - d\n- e",
        (
            "<ul><li><p>a</p><ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li>"
            "<li><p>e</p></li></ul>"
        ),
    ),
    "a paragraph and a list inside": (
        "- a\n\n  more\n\n  - b\n- c",
        "<ul><li><p>a</p><p>more</p><ul><li>b</li></ul></li><li><p>c</p></li></ul>",
    ),
    "Roman numbers below letters": (
        "a) one\n(i) in\n(ii) and in\nb) two",
        '<ol type="a"><li>one<ol type="i"><li>in</li><li>and in</li></ol></li><li>two</li></ol>',
    ),
}


@pytest.mark.parametrize("case", LISTS)
def test_a_list_is_a_list_however_it_was_typed(case: str) -> None:
    written, html = LISTS[case]
    assert html_of(written) == html


LINES = {
    "an address": (
        "1 Sample Street\nLondon\nSW11 0XX",
        "<p>1 Sample Street<br>\nLondon<br>\nSW11 0XX</p>",
    ),
    "an address below a colon": (
        "Write to:\nThe Town Hall\nLondon SW18 2PU",
        "<p>Write to:<br>\nThe Town Hall<br>\nLondon SW18 2PU</p>",
    ),
    "an address, and more": (
        "Write to:\nThe Town Hall\nLondon SW18 2PU\nby Friday, please.",
        "<p>Write to:<br>\nThe Town Hall<br>\nLondon SW18 2PU<br>\nby Friday, please.</p>",
    ),
    "an address below a long line": (
        (
            "Send what you think of the plans for the old depot to\nThe Town Hall\nHigh Street\n"
            "London SW18 2PU"
        ),
        (
            "<p>Send what you think of the plans for the old depot to<br>\nThe Town Hall<br>\n"
            "High Street<br>\nLondon SW18 2PU</p>"
        ),
    ),
    "verse": (
        "Roses are red\nViolets are blue\nSalt is white\nAnd so are you.",
        "<p>Roses are red<br>\nViolets are blue<br>\nSalt is white<br>\nAnd so are you.</p>",
    ),
    "labels": ("Where: the library\nWhen: at noon", "<p>Where: the library<br>\nWhen: at noon</p>"),
    "opening hours": (
        "Monday 9am to 5pm\nTuesday 9am to 5pm",
        "<p>Monday 9am to 5pm<br>\nTuesday 9am to 5pm</p>",
    ),
    "a sign-off": ("Kind regards,\nRobin", "<p>Kind regards,<br>\nRobin</p>"),
    "thanks": ("Thanks again,\nRobin", "<p>Thanks again,<br>\nRobin</p>"),
    "a bold line above a paragraph": (
        "**Eland Road**\nThe council has agreed that it is resurfaced in the spring.",
        (
            "<p><strong>Eland Road</strong><br>\nThe council has agreed that it is resurfaced "
            "in the spring.</p>"
        ),
    ),
    "a bold name at the end of a wrapped line": (
        "**Eland Road**\nis resurfaced in the spring.",
        "<p><strong>Eland Road</strong>\nis resurfaced in the spring.</p>",
    ),
    "a backslash at the end": ("One\\\ntwo", "<p>One<br>\ntwo</p>"),
    "Word's line separator": ("One\u2028two", "<p>One<br>\ntwo</p>"),
    "a wrapped paragraph": (
        (
            "The bins in Acanthus Road and in Dorothy\nRoad are full, and those in Ashley\n"
            "Crescent are nearly empty."
        ),
        (
            "<p>The bins in Acanthus Road and in Dorothy\nRoad are full, and those in Ashley\n"
            "Crescent are nearly empty.</p>"
        ),
    ),
    "a wrapped paragraph with a short end": (
        "The council met for hours to talk, at last, about the\nTown Hall\nand its roof.",
        "<p>The council met for hours to talk, at last, about the\nTown Hall\nand its roof.</p>",
    ),
    "lines that their author broke": ("One  \nTwo\nThree", "<p>One<br>\nTwo\nThree</p>"),
}


@pytest.mark.parametrize("case", LINES)
def test_lines_that_are_meant_stay_lines(case: str) -> None:
    written, html = LINES[case]
    assert html_of(written) == html


TABLE = "| a | b |\n|---|---|\n| c | d |"
TABLE_HTML = (
    "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
    "<tbody><tr><td>c</td><td>d</td></tr></tbody></table>"
)
BLOCKS = {
    "a table right below a line": (f"Look:\n{TABLE}", f"<p>Look:</p>{TABLE_HTML}"),
    "words right below a table": (f"{TABLE}\nThat is all.", f"{TABLE_HTML}<p>That is all.</p>"),
    "a table without outer bars": (
        "Look:\na | b\n--|--\nc | d",
        f"<p>Look:</p>{TABLE_HTML}",
    ),
    "a heading right below a line": (
        "Words\n## Where\nMore",
        "<p>Words</p><h2>Where</h2><p>More</p>",
    ),
    "a heading without a space": ("##Where\n\nHere", "<h2>Where</h2><p>Here</p>"),
    "a number with its sign": ("#1 is salt", "<p>#1 is salt</p>"),
    "a hashtag": ("#SaveOurLibrary", "<p>#SaveOurLibrary</p>"),
    "hashtags": ("#grit #salt", "<p>#grit #salt</p>"),
    "a quotation right below a line": (
        "She said:\n> No.",
        "<p>She said:</p><blockquote><p>No.</p></blockquote>",
    ),
    "code right below a line": (
        "So:\n```\n- x\n```\nEnd",
        "<p>So:</p><pre><code>- x\n</code></pre><p>End</p>",
    ),
    "a rule of long dashes": ("Words\n———\nMore", "<p>Words</p><hr><p>More</p>"),
    "a rule of dashes below a paragraph": (
        "Words that are\ntwo lines\n---\nMore",
        "<p>Words that are\ntwo lines</p><hr><p>More</p>",
    ),
    "a heading by a line below it": ("Where\n-----\n\nHere", "<h2>Where</h2><p>Here</p>"),
    "a year": ("2026. It was cold.", "<p>2026. It was cold.</p>"),
    "a year in a wrapped line": ("It was in\n2026. Cold.", "<p>It was in\n2026. Cold.</p>"),
}


@pytest.mark.parametrize("case", BLOCKS)
def test_blocks_need_no_blank_lines(case: str) -> None:
    written, html = BLOCKS[case]
    assert html_of(written) == html


UNTOUCHED = [
    "-5 degrees\n-6 degrees",
    "It froze to\n-5 degrees.",
    "1.5 metres\n2.5 metres of snow fell in the night before last, said the council.",
    "A line with a dash\n– like this – in the middle of a sentence that is wrapped somewhere.",
    "– Robin Sample",
    "*All of it*\n\n*is emphasised*",
    "**Bold**\n\n---\n\n* * *\n\n- - -",
    "A. Smith wrote to us.\n\nC. Jones did not.",
    "a) is the only one",
    "i. e. is Latin",
    "```\nAsked:\n- salt\nhttps://example.org\n```",
    "~~~\n• one\n~~~",
    "    Asked:\n    - salt",
    "<div>\nAsked:\n- salt\n\n• one\n</div>",
    "<!-- Asked:\n- salt\n• one -->",
    "[^1]: A note:\n- salt\n\n    • more",
    "[here]: https://example.org/x\n[there]: https://example.org/y",
    "*[SID]: School\n*[TRO]: Order",
    "Term\n:   Meaning\n- salt",
    "- a\n    - b\n        - c\n\n            code",
    "-   a\n\n    more\n\n        code",
    "| - a | • b |\n|-----|-----|\n| - c | • d |",
    "> A quotation\n> of two lines, which go on.",
    "Title\n=====\n\nWords",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_right_or_no_list_stays_as_it_is(text: str) -> None:
    meant, doubts = as_meant(text)
    assert (meant, doubts) == (text, ())


DOUBTS = {
    "We met.\n- and left": (
        2,
        '"-" begins this line, right below a line of text, and would be part of it',
    ),
    "We met.\n\nWe sat.\n1. and left": (
        4,
        '"1." begins this line, right below a line of text, and would be part of it',
    ),
    "- one\n- two\nThat is all": (3, "this line would be part of the list item above it"),
    "Robin Sample\nAsha Specimen\nKim Pattern": (1, "these short lines would be joined into one"),
}


@pytest.mark.parametrize("text", DOUBTS)
def test_what_is_not_clear_stays_and_is_named_with_its_line(text: str) -> None:
    meant, doubts = as_meant(text)
    assert meant == text
    assert [(doubt.line, doubt.message) for doubt in doubts] == [DOUBTS[text]]


@pytest.mark.parametrize("end", ["  ", "\\"])
def test_short_lines_that_are_ended_are_no_doubt(end: str) -> None:
    text = f"Robin Sample{end}\nAsha Specimen{end}\nKim Pattern"
    meant, doubts = as_meant(text)
    assert (meant, doubts) == ("Robin Sample  \nAsha Specimen  \nKim Pattern", ())


def test_a_doubt_is_a_warning_on_the_line_of_the_file(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "Some text.\n\nWe met.\n- and left")
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert [(p.line, p.severity, p.hint) for p in problems] == [
        (
            8,
            Severity.WARN,
            "Leave a blank line above it if a list begins here; otherwise join the two lines.",
        )
    ]


ADDRESSES = {
    "See https://www.example.org/a_b_c/.": (
        "https://www.example.org/a_b_c/",
        "https://www.example.org/a_b_c/",
    ),
    "(See https://example.org/x_(y))": ("https://example.org/x_(y)", "https://example.org/x_(y)"),
    "See https://example.org/?a=1&b=2, please": (
        "https://example.org/?a=1&amp;b=2",
        "https://example.org/?a=1&amp;b=2",
    ),
    "See https://example.org/?a=1&amp;b=2": (
        "https://example.org/?a=1&amp;b=2",
        "https://example.org/?a=1&amp;b=2",
    ),
    "Look at https://example.org now": ("https://example.org", "https://example.org"),
    "See **https://example.org**": ("https://example.org", "https://example.org"),
    "See www.example.org/x!": ("https://www.example.org/x", "www.example.org/x"),
    "See wandsworth.gov.uk/parking.": (
        "https://wandsworth.gov.uk/parking",
        "wandsworth.gov.uk/parking",
    ),
    "Write to planning@example.gov.uk.": (
        "mailto:planning@example.gov.uk",
        "planning@example.gov.uk",
    ),
    "- See https://example.org": ("https://example.org", "https://example.org"),
    "## https://example.org": ("https://example.org", "https://example.org"),
    "“https://example.org”": ("https://example.org", "https://example.org"),
}


@pytest.mark.parametrize("text", ADDRESSES)
def test_a_bare_address_is_a_link(text: str) -> None:
    target, words = ADDRESSES[text]
    assert f'<a href="{target}">{words}</a>' in html_of(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[https://a.org](https://b.org)", '<p><a href="https://b.org">https://a.org</a></p>'),
        ('<a href="https://b.org">www.a.org</a>', '<p><a href="https://b.org">www.a.org</a></p>'),
        (
            '<a href="https://b.org">x</a> www.a.org',
            '<p><a href="https://b.org">x</a> <a href="https://www.a.org">www.a.org</a></p>',
        ),
        ("`https://a.org`", "<p><code>https://a.org</code></p>"),
        ("![www.a.org](x.png)", '<p><img alt="www.a.org" src="x.png"></p>'),
        ("<div>https://a.org</div>", "<div>https://a.org</div>"),
        ("Booking.com and e.g. this", "<p>Booking.com and e.g. this</p>"),
        ("https:// is how they begin", "<p>https:// is how they begin</p>"),
        ("bins (at) a.gov.uk", "<p>bins (at) a.gov.uk</p>"),
        ("a@b and @robin", "<p>a@b and @robin</p>"),
    ],
)
def test_what_is_a_link_already_or_none_stays(text: str, html: str) -> None:
    assert html_of(text) == html


def test_a_bare_address_is_checked_like_any_other_link(tmp_path: Path) -> None:
    body = "Words.\n\nSee http://localhost:8000/x and www.example.org."
    site, problems = read_all(
        write_site(tmp_path, {"posts/fine.md": POST.replace("Some text.", body)})
    )
    assert [(x.target, x.line) for x in site.posts[0].links] == [
        ("http://localhost:8000/x", 7),
        ("https://www.example.org", 7),
    ]
    assert [(p.line, p.rule) for p in problems] == [(7, "broken-link")]


def test_an_email_address_is_left_to_the_guard(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "Write to jo.bloggs@gmail.com.")
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert [(p.line, p.rule) for p in problems] == [(5, "personal-data")]


def test_pelicans_own_build_gets_the_same(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "Asked:\n- salt\n  - grit\n\nSee www.example.org")
    content = write_site(tmp_path / "content", {"posts/fine.md": text})
    site, problems = read_all(content)
    assert not problems
    words = (str(content), "-s", "pelicanconf.py", "-q", "-o", str(tmp_path / "out"))
    done = run_pelican(*words, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out/2026/11/a-fine-post/index.html").read_text(encoding="utf-8")
    assert site.posts[0].html in page
    assert '<a href="https://www.example.org">' in page
