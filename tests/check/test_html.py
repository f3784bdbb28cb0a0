"""Whatever a browser would run, fetch or send is told of, and nothing of it is published."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from html5lib import HTMLParser
from hypothesis import given, settings
from hypothesis import strategies as st

from growth import assert_grows_with_input
from support import (
    MARKDOWN,
    POST,
    ROOT,
    examples,
    files_of,
    mostly_long,
    read_all,
    read_fine,
    write_site,
)
from wardblog.build import build_site
from wardblog.check import check_post
from wardblog.content.markdown.cleaning import cleaned, differs
from wardblog.content.markdown.html_links import find_links
from wardblog.content.markdown.limits import refuse_deep, refuse_endless
from wardblog.content.markdown.markup import Markup
from wardblog.content.posts import UNDATED
from wardblog.model import BodyText, Post
from wardblog.problems import Severity
from wardblog.report import ParseError
from wardblog.views.feeds.text import portable_html

# One attack after another, as in the well-known lists of them.
ATTACKS = (Path(__file__).parent / "attacks.txt").read_text(encoding="utf-8").split("\n%%\n")
HARMLESS_ATTRIBUTES = re.compile(
    r"(id|class|href|src|alt|title|lang|dir|width|height|rel|open|controls|aria-.*|datetime|cite)$"
)
MARKUP = Markup(MARKDOWN)


def checked(text: str) -> Post:
    raw = MARKUP.html(text)
    html = cleaned(raw)
    body = BodyText(html, text, 1, raw if differs(raw, html) else "")
    links = find_links(raw, text, 1)
    return Post(
        file="posts/a.md",
        title="A",
        slug="a",
        address="a/",
        date=UNDATED,
        body=body,
        links=links,
        lines={"Date": (2,)},
    )


def parts_of(html: str) -> list[tuple[str, dict[str, str]]]:
    """Elements with their attributes, as a browser has them."""
    tree = HTMLParser(namespaceHTMLElements=False).parseFragment(html)
    return [(str(e.tag), dict(e.attrib)) for e in tree.iter() if e.tag != "DOCUMENT_FRAGMENT"]


def test_there_are_enough_attacks() -> None:
    assert len(set(ATTACKS)) >= 80


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_reported_and_not_published(attack: str, tmp_path: Path) -> None:
    text = f"Title: A\nDate: 2026-11-20\nTags: grit bins\n\nSome words.\n\n{attack}\n"
    site, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert any(p.severity is Severity.STOP for p in problems)
    assert all(p.line and p.line >= 5 for p in problems if p.rule == "unsafe-html")
    page = site.posts[0].html
    feed = portable_html(page, "https://ward.example.org/2026/11/a/")
    for name, attributes in [*parts_of(page), *parts_of(feed)]:
        assert name in ("p", "a", "img", "video", "audio", "source", "details", "summary", "div",
                        "table", "tbody", "tr", "td", "blockquote", "code", "sup")  # fmt: skip
        for key, value in attributes.items():
            assert HARMLESS_ATTRIBUTES.match(key)
            assert not re.match(r"\W*(java|vb)\s?script:|data:", value.lower())
    assert cleaned(page) == page


def test_html_in_code_and_text_is_published(tmp_path: Path) -> None:
    body = "`<script>x()</script>` and &lt;script&gt;\n\n```html\n<p onclick='x'>\n```\n\n3 < 4"
    content = write_site(tmp_path / "content", {"posts/fine.md": POST.replace("Some text.", body)})
    assert not read_all(content)[1]
    build_site(ROOT / "pelicanconf.py", content, tmp_path / "output")
    page = files_of(tmp_path / "output")["2026/11/a-fine-post/index.html"].decode()
    assert "<code>&lt;script&gt;x()&lt;/script&gt;</code>" in page


@pytest.mark.parametrize(
    ("text", "word", "hint"),
    [
        ("<center>a</center>", "<center>", "begin on the left"),
        ("<font color=red>a</font>", "<font>", "the same on every page"),
        ("<marquee>a</marquee>", "<marquee>", "moves by itself"),
        ("<blink>a</blink>", "<blink>", "moves by itself"),
        ('<svg width="9"><path d="M0"/></svg>', "<svg>", "images"),
        ('<p align="center">a</p>', '"align" on <p>', "begin on the left"),
        ('<table bgcolor="red"><tr><th>a</table>', '"bgcolor" on <table>', "every page"),
        ('<a href="https://example.org/" target="_blank">a b</a>', '"target" on <a>', "readers"),
        ("<p data-x='1'>a</p>", '"data-x" on <p>', "does nothing"),
        ("[a b](skype:robin)", 'an address that begins with "skype:"', "https://"),
        ("<acronym>a</acronym>", "<acronym>", "<abbr>"),
    ],
)
def test_harmless_html_that_is_left_out_is_reported(
    text: str, word: str, hint: str, tmp_path: Path
) -> None:
    post = POST.replace("Some text.", f"Some text.\n\n{text}")
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": post}))
    found = [p for p in problems if p.rule == "left-out-html"]
    assert [(p.message, p.line) for p in found] == [
        (f"the text has HTML with {word}, which is left out", 7)
    ]
    assert hint in found[0].hint
    assert found[0].severity is Severity.WARN


def test_all_html_that_markdown_writes_stays(tmp_path: Path) -> None:
    body = (
        '## Where {.big}\n\nA note[^1], [a link]({filename}fine.md "words") and <info@example.org>.'
        "\n\n[^1]: *Here*.\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\nTerm\n:   Words\n\n*[HTML]: Text\n"
        "\nHTML.\n\n![A bin](../images/bin.svg){: width=20 loading=lazy }\n\n3. three\n4. four\n\n"
        '<details open markdown="1"><summary>More</summary>\n\n- *x*\n\n</details>\n'
    )
    files: dict[str, str | bytes] = {
        "posts/fine.md": POST.replace("Some text.", body),
        "images/bin.svg": "<svg/>",  # of which there is but one version
    }
    html = read_fine(tmp_path, files).posts[0].html
    assert parts_of(html) == parts_of(html_of(body))


def html_of(body: str) -> str:
    return (
        MARKUP.html(body)
        .replace("{filename}fine.md", "{filename}/posts/fine.md")
        .replace("../images/", "/images/")
    )


@given(st.text(st.sampled_from("<>/ab \"'=:;&#![](){}*_`\n-|ponscritjavhe"), max_size=200))
@settings(max_examples=examples(300), deadline=None)
def test_no_text_crashes_a_rule_and_nothing_is_removed_silently(text: str) -> None:
    try:
        post = checked(text)
    except ParseError:
        return
    problems = check_post(post)
    assert cleaned(post.html) == post.html
    told = {p.rule for p in problems} & {"unsafe-html", "left-out-html", "invalid-html"}
    if not told and not _has_address_of_none(post):
        assert sorted(map(repr, parts_of(post.raw))) == sorted(map(repr, parts_of(post.html)))


def _has_address_of_none(post: Post) -> bool:
    """Of addresses that no browser can read another rule tells."""
    return any(re.match(r"\w+:|//", link.target) for link in post.links)


@pytest.mark.parametrize(
    "text",
    ["<div>" * 20_000, "<b>" * 30_000, '<a title="' * 10_000, "[a](" * 25_000, "[[a]" * 20_000,
     "<ul><li>" * 12_000, "<http://" * 12_000, "*[a]: b\n" * 12_000, "# a\n" * 25_000,
     "<table>" * 14_000, "<!--" * 25_000, "<h2>" * 25_000],
)  # fmt: skip
def test_a_text_that_would_take_minutes_is_reported(text: str) -> None:
    with pytest.raises(ParseError) as told:
        MARKUP.html(text)
    assert told.value.hint


@pytest.mark.parametrize(
    "text",
    ["<" * 50_000, "[" * 150, "**" * 20_000, "(see below) " * 8000, "[a](b.md) " * 8000,
     "< 5, " * 9000,
     "* a\n" * 20_000, "- [ ] a\n" * 9000, "```\n" + "[" * 150 + "\n```", "a <br> b\n" * 9000],
)  # fmt: skip
def test_long_texts_that_somebody_may_write_are_not_refused(text: str) -> None:
    refuse_endless(text)
    refuse_deep(text)


def test_an_unclosed_bracket_is_reported_with_its_line(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "Some text.\n\nMore.\n\n" + "[a](" * 300)
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert [(p.line, p.message) for p in problems if "opened" in p.message] == [
        (9, "more than 200 brackets are opened here and not closed")
    ]


@pytest.mark.parametrize(
    "piece",
    mostly_long(
        ["<p>", "</b>", "e.g. A ", "you can by 12 Nov ", "<p id=a>", "[a](b.md) ", "سلام "],
        "<p>",
        "e.g. A ",
        "[a](b.md) ",
    ),
)
def test_all_rules_are_quick_on_what_is_repeated(piece: str) -> None:
    def work(size: int) -> Callable[[], object]:
        return partial(check_post, checked(piece * (size // len(piece))))

    assert_grows_with_input(work, 10_000)
