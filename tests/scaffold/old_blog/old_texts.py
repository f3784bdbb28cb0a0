"""Short ways to convert an old text that is written out in a test, and to read what comes of it."""

from __future__ import annotations

import re
import runpy
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from lxml import html as lxml_html

from support import ROOT
from wardblog.content.markdown.cleaning import cleaned
from wardblog.content.markdown.markup import Markup
from wardblog.scaffold.old_blog.conversion.converted import Converted, TextContext
from wardblog.scaffold.old_blog.conversion.markdown import converted
from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses
from wardblog.scaffold.old_blog.model import OldPicture, OldPost

SITE = "https://old.example.org"
UPLOADS = f"{SITE}/wp-content/uploads/2014/03"
BIN = f"{UPLOADS}/bin.jpg"
FILE = "posts/2014-04-01-here.md"

_POST = OldPost(
    kind="post",
    guid=f"{SITE}/?p=13",
    addresses=("/2014/04/here/",),
    title="Here",
    moment=None,
    modified=None,
    author="",
    text="",
    is_markdown=False,
    summary="",
    state="published",
    terms=(),
    comments=(),
    picture="",
    picture_alt="",
    slug="here",
    lang="",
    source="export.xml",
    line=None,
)
ADDRESSES = OldAddresses(
    SITE,
    posts={
        "/2014/04/here/": FILE,
        "/2014/03/other/": "posts/2014-03-01-other.md",
        "/?p=12": "posts/2014-03-01-other.md",
        "/about/": "pages/about.md",
        "/category/bins/": "/issues/grit-bins/",
    },
    pictures={BIN: "images/2014/bin.jpg", f"{UPLOADS}/plan.pdf": "files/2014/plan.pdf"},
    attachments=(
        OldPicture(
            url=BIN, alt="A yellow bin", caption="The new bin", page_address="/2014/04/here/bin/",
            number="7", post_number="13",
        ),
        OldPicture(
            url=f"{UPLOADS}/gone.jpg", alt="Gone", caption="", page_address="/?attachment_id=8",
            number="8", post_number="13",
        ),
    ),
)  # fmt: skip
CONTEXT = TextContext(FILE, ADDRESSES)


def old_post(text: str, **values: object) -> OldPost:
    """A post of an old blog with this text."""
    return replace(_POST, text=text, **values)  # type: ignore[arg-type]


def convert(text: str, **values: object) -> Converted:
    """What becomes of the HTML of a post."""
    return converted(old_post(text, **values), CONTEXT)


def convert_classic(text: str) -> Converted:
    """What becomes of a text of WordPress's old editor."""
    return convert(text, is_classic=True, number="13")


def convert_markdown(text: str) -> Converted:
    """What becomes of a text of Jekyll, Hugo or Eleventy."""
    return convert(text, is_markdown=True)


def notes(result: Converted) -> list[tuple[int, str, str]]:
    return [(note.line, note.kind, note.words) for note in result.notes]


def cases(name: str) -> list[ParameterSet]:
    """The examples in a file of `texts/`: old text, a line with an arrow, and its Markdown."""
    text = (Path(__file__).parent / f"texts/{name}.txt").read_text(encoding="utf-8")
    parts = re.split(r"^==== (.+)\n", text, flags=re.MULTILINE)[1:]
    examples = zip(parts[::2], parts[1::2], strict=True)
    return [
        pytest.param(*(side.strip("\n") for side in example.split("\n---->\n")), id=title)
        for title, example in examples
    ]


@cache
def _markup() -> Markup:
    return Markup(runpy.run_path(str(ROOT / "pelicanconf.py"))["MARKDOWN"])


def rendered(markdown: str) -> str:
    """The text as it is published, with the settings of the project."""
    return cleaned(_markup().html(markdown))


_BLOCKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "td", "th", "tr", "table", "h1", "h2", "h3", "h4", "h5",
     "h6", "blockquote", "pre", "hr", "figure", "figcaption", "dl", "dt", "dd", "img")
)  # fmt: skip


def words_of(html: str) -> str:
    """The words that residents see, with single spaces."""
    if not html.strip():
        return ""
    parts: list[str] = []

    def read(element: lxml_html.HtmlElement) -> None:
        if not isinstance(element.tag, str):
            return
        gap = " " if element.tag in _BLOCKS else ""
        parts.extend((gap, element.text or ""))
        for child in element:
            read(child)
            parts.append(child.tail or "")
        parts.append(gap)

    read(lxml_html.fromstring(f"<div>{html}</div>"))
    return " ".join("".join(parts).split())
