"""What the guard reads is what residents get: text, attributes, and what addresses say."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import POST, examples, html_of, read_all, shown, write_site
from wardblog.model import PersonalKind
from wardblog.privacy import find_personal
from wardblog.privacy.links import words_of_address, words_of_path
from wardblog.privacy.shown import visible_text

NUMBER = "07700 900461"


def finds(folder: Path, text: str) -> list[tuple[str, int | None]]:
    """What is reported of a post, with its line."""
    _, problems = read_all(write_site(folder, {"posts/fine.md": text}))
    return [(p.message.partition(": ")[2].strip('"'), p.line) for p in problems]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- a note --!> ring 07700 900461 -->",
        "a <!-- b --> 07700 <!-- c --> 900461",
        "07700 <b>900</b>461",
        "07700&nbsp;900461",
        "&#48;7700 900461",
        "07700\u200b 900461",
        "077**00** 900461",
        "`07700 900461`",
        "[07700 900461]: https://example.org\n\nSee [07700 900461].",
        "Words[^1]\n\n[^1]: 07700 900461",
        "*[HSE]: 07700 900461\n\nThe HSE.",
        "07700<br>900461",
        "| a | b |\n|---|---|\n| 07700 | 900461 |",
        "| a | b | c |\n|---|---|---|\n| (07700) | 900 | 461 |",
        "| a | b |\n|---|---|\n| +44 | 7700 900461 |",
        '<span class="07700 900461">A</span>',
        '<time datetime="07700 900461">noon</time>',
        '<span title="07700 900461">A</span>',
        '<span aria-label="07700 900461">A</span>',
        "[a](https://example.org/?q=07700900461)",
        "[a](https://example.org/?q=07700%20900461&x=1)",
        "[a](https://example.org/#07700+900461)",
        "[a](tel:07700900461)",
        "[a](sms:+447700900461?body=hello)",
        "[a](https://wa.me/447700900461)",
        "[a](https://t.me/+447700900461)",
    ],
)
def test_a_number_is_found_wherever_it_is_published(text: str) -> None:
    kinds = {(one.kind, one.value) for one in find_personal(shown(text))}
    assert kinds == {(PersonalKind.PHONE, "+447700900461")}


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://example.org/?q=jo@example.net)",
        "[a](https://example.org/?q=jo%40example.net)",
        "[a](https://example.org/?q=jo%2540example.net)",
        "[a](https://jo@example.net/)",
        "[a](mailto:info@wandsworth.gov.uk?cc=jo@example.net)",
        "[a](mailto:info@wandsworth.gov.uk?body=tell%20jo@example.net)",
        "<span id='jo@example.net'>A</span>",
        "| a | b |\n|---|---|\n| jo | @example.net |",
        "| a | b |\n|---|---|\n| jo@ | example.net |",
    ],
)
def test_an_email_address_is_found_wherever_it_is_published(text: str) -> None:
    found = find_personal(shown(text))
    assert {(one.kind, one.value) for one in found} == {(PersonalKind.EMAIL, "jo@example.net")}


@pytest.mark.parametrize(
    "text",
    [
        "<!-- Ring 07700 900461. -->",
        "<!--> ring 07700 900461 -->",  # Markdown takes it for a note, and it is not published
        "<!-- jo@example.net\n\nand 07700 900461 -->",
        "[a](https://mastodon.example/@jo@example.net)",
        "[a](https://www.google.com/maps/@51.4652,-0.1609,18z)",
        "[a](https://example.org/news/07700900461)",
        "[a](https://example.org/page-of/jo@example.net)",
        "[a](https://example.org/?id=20261120090012&page=2)",
        "| Road | 2024 | 2025 |\n|---|---|---|\n| Eland Road | 0 | 120345 |\n| Elsley | 0 | 7700 |",
        "| Time | Bus |\n|---|---|\n| 07:30 | 319 |\n| 0730 | 45 |",
        "![A bin](../images/IMG_20261120_090012.jpg)",
        '<span class="text wide-2">A</span>',
        '<path d="M4 5l0 -28 4 -50 13 -100"/>',
    ],
)
def test_unpublished_text_and_look_alikes_are_ignored(text: str) -> None:
    assert find_personal(shown(text)) == ()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("images/jane-07700-900461.jpg", "+447700900461"),
        ("/2016/07/ring_07700_900461/", "+447700900461"),
        ("files/jo%40example.net/", "jo@example.net"),
        ("images/QQ-12-34-56-C.png", "QQ123456C"),
    ],
)
def test_the_name_of_a_file_is_read_as_words(path: str, value: str) -> None:
    found = {one.value for one in find_personal(words_of_path(path))}
    assert found == {value}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://example.org/a/b", []),
        ("../images/bin.png", []),
        ("https://example.org/?q=bins", []),
        ("https://example.org/?q=Mrs+Khan", ["Mrs Khan"]),
        ("mailto:jo@example.net?subject=A%20bin", ["jo@example.net", "A bin"]),
        ("http://[broken", ["http://[broken"]),
    ],
)
def test_only_the_recipient_and_query_of_a_link_are_searched(
    address: str, words: list[str]
) -> None:
    assert list(words_of_address(address)) == words


def test_a_match_has_the_line_of_the_markdown_source(tmp_path: Path) -> None:
    header = POST.replace("\n\nSome text.\n", "\nReference: 07700 900111\n\n")
    body = (
        "One\n<!-- a\nnote -->\n\n- Mrs Khan of\n  14 Eland Road\n\n"
        "    07700 900123 in code\n\nRing **07700** 900&#52;61, [mail](mailto:jo%40example.net)\n"
    )
    assert finds(tmp_path, header + body) == [
        ("07700 900111", 4),
        ("Mrs Khan of 14 Eland Road", 10),
        ("07700 900123", 13),
        ("07700 900461", 15),
        ("jo@example.net", 15),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Slug: ring-07700-900461",
        "Aliases: /2016/07/ring-07700-900461/",
        "Image: images/07700-900461.png",
        "Position: 07700 900461",
        "Summary: **07700** 900461",
        "Author: Jo 07700 900461",
    ],
)
def test_every_header_line_is_searched(line: str, tmp_path: Path) -> None:
    text = POST.replace("\n\nSome text.", f"\n{line}\n\nSome text.")
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    told = [(p.file, p.line) for p in problems if p.rule == "personal-data"]
    assert ("posts/fine.md", 4) in told


PIECES = st.sampled_from(
    ["<!--", "-->", "--!>", "<!-->", "<!--->", "<!", "<?x>", "</ p>", "<b>", "</b>", "<p>", " ",
     "ring", "07700", "900461", "\n", "\n\n", "&lt;", "&amp;", "<br>", "-", "*", "`",
     "<a title='x'>", "</a>", "<script>", "</script>", "<x", ">", "'", '"']
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=examples(300), deadline=None)
def test_all_text_that_a_browser_shows_is_searched(text: str) -> None:
    html = html_of(text)
    root = html5lib.parse(html, namespaceHTMLElements=False)
    browser = "".join("".join(root.itertext()).split())
    ours = "".join(visible_text(html).split())
    for word in ("ring", "07700", "900461"):
        assert browser.count(word) <= ours.count(word), html
