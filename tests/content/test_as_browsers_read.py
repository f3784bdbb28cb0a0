"""What is checked is what a browser would follow and show, whatever a text is made of."""

from __future__ import annotations

from collections import Counter
from typing import Any

import html5lib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support import MARKDOWN, examples
from wardblog.content.bodies import Text, TextReader
from wardblog.content.cache import ContentIndex, TrackedIndex
from wardblog.content.files import Folder
from wardblog.content.header.front_matter import split
from wardblog.content.markdown.markup import Markup
from wardblog.report import Report
from wardblog.text.decoding import clean
from wardblog.text.plain_text import plain
from wardblog.views.output import EMPTY_SITE

MARKUP = Markup(MARKDOWN)
TRIES = settings(
    max_examples=examples(400), deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


class NoPictures:
    """A content folder without any file."""

    def shape(self, _file: str) -> None:
        return None


def read(body: str) -> tuple[Text, Report]:
    report = Report("posts/a.md")
    document = split(clean(f"Title: A\n\n{body}"), report)
    asking = TrackedIndex(ContentIndex(Folder(), EMPTY_SITE, NoPictures()))  # type: ignore[arg-type]
    return TextReader(MARKUP, "", "").read(document, "posts/a.md", asking, report), report


def tree(html: str) -> Any:
    return html5lib.parseFragment(html, namespaceHTMLElements=False)


PIECES = st.sampled_from(
    ("[", "]", "(", ")", "[a](b)", "![a](b)", "<a href=", "<a href='x'>", "</a>", '"', "'", "<",
     ">", " ", "\n", "\n\n", "https://example.org/", "www.example.org", "jo@x.org", "a.gov.uk/x",
     "?a=1&b=2", "&amp;", "&copy", "&#x26;", "#top", "\\", "`", "*", "_", "~", "|", "{", "}", "é",
     "مرحبا", "%20", "javascript:x", "mailto:jo@x.org", "//x.org", "[a]: /b 'c'", "[a][]", "<b>",
     "</b>", "<img src=x.png alt='y'>", "<A HREF=\"/Z\">", "<a\nhref=/x>", "<a/href=/y>",
     "<a title='>' href='/t'>", "<!--", "-->", "<x href='/n'>", "<area href=/m>", "- ", "> ", "<p>",
     "<audio src=a.mp3 controls></audio>", "word", ".", ",", ":", "!", "\u200f", "\u00a0")
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join)


def followed(html: str) -> list[tuple[str, str]]:
    """What a browser follows or loads, by the standard's own rules."""
    return [
        ("" if name == "href" else element.tag, value)
        for element in tree(html).iter()
        if isinstance(element.tag, str)
        for name, value in element.attrib.items()
        if name in ("href", "src", "poster", "data")
    ]


@TRIES
@given(TEXTS)
def test_every_address_that_a_browser_follows_is_checked(body: str) -> None:
    text, _ = read(body)
    known = Counter((link.embeds, link.target) for link in text.links)
    assert not Counter(followed(text.html)) - known


WORDS = st.text(st.characters(codec="utf-8"), max_size=30)


@TRIES
@given(WORDS, WORDS)
def test_any_words_and_address_of_a_link_are_checked_as_followed(words: str, address: str) -> None:
    text, _ = read(f"Words [{words}](<{address}>) and <{address}> and {address} end")
    known = Counter((link.embeds, link.target) for link in text.links)
    assert not Counter(followed(text.html)) - known


NOTES = st.sampled_from(
    ("<!--", "-->", "--!>", "<!-->", "<!--->", "<!- ", "<!", "<?", "?>", "</ x>", "<!-- a -->",
     "<!-- b --!> c", "<!--<!-- d -->", "<!-- e -- > f", "- ", "--", ">", "!", "word", " ", "\n",
     "\n\n", "07700 900461", "<b>", "</b>", "`", "<![CDATA[", "]]>", "<!DOCTYPE x>", "<p>", "</p>")
)  # fmt: skip


def shown(html: str) -> str:
    """The words that a browser shows."""
    return " ".join("".join(tree(html).itertext()).split())


def squeezed(words: str) -> str:
    return "".join(words.split())


@TRIES
@given(st.lists(NOTES, max_size=10).map("".join))
def test_the_words_that_are_read_are_those_that_a_browser_shows(body: str) -> None:
    text, _ = read(body)
    assert squeezed(plain(text.html)) == squeezed(shown(text.html))
    assert "<!" not in text.html
