"""Parses HTML into a tree as browsers do."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from lxml.etree import XPath, _Element

# Where libxml2 differs from the standard (https://html.spec.whatwg.org/#parsing): comments, and
# what browsers treat as one, such as `<!-- a --!>`, `<!>`, `<?x>` and `</ p>`.
_DISPUTED = late_regex(rb"<!(?!doctype html>)|<\?|</(?![a-zA-Z])|\x00", re.IGNORECASE)

# Paragraphs, one below the other, with nothing in them but words that HTML and XML write alike,
# some of them in bold, with stress, or a link.
_WORDS = r"[a-zA-Z0-9\u00c0-\u024f \n.,;:!?()\[\]\"'“”‘’…–—£€%/+@#*_=~-]"
# Hosts that the cleaner accepts as they are: not those that end in figures, nor coded ones.
_HOST = r"(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]+"
_PARAGRAPH = (
    rf"<p>(?:{_WORDS}+|<strong>{_WORDS}+</strong>|<em>{_WORDS}+</em>"
    rf'|<a href="https?://{_HOST}(?:/[a-zA-Z0-9./_-]*)?">{_WORDS}+</a>)++</p>'
)
_PLAIN = late_regex(rf"{_PARAGRAPH}(?:\n{_PARAGRAPH})*+")


@lru_cache(maxsize=2)  # a text is cleaned, and then searched
def is_plain_html(html: str) -> bool:
    """Whether every reader of HTML finds the same in a text, and writes it in the same way."""
    return _PLAIN.fullmatch(html) is not None


def parse_html(html: bytes) -> tuple[_Element | None, tuple[str, ...]]:
    """Parse a page or fragment in UTF-8, and return its root and libxml2's error messages.

    Comments are removed. The root is None for an empty fragment.
    """
    # late import: see docs/architecture.md
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    root: _Element | None = etree.fromstring(html, parser) if html.strip() else None
    # libxml2 knows only the elements of HTML 4, and reports later ones as errors.
    faults = tuple(
        " ".join(fault.message.split())
        for fault in parser.error_log
        if fault.type_name not in ("HTML_UNKNOWN_TAG", "DTD_ID_REDEFINED")
    )
    if root is not None and _DISPUTED.search(html):
        root = _parse_as_browsers(html)
    return root, faults


@cache
def xpath(path: str) -> XPath:
    """Return a path that is compiled once; the strings that it finds do not keep their page."""
    # late import: see docs/architecture.md
    from lxml import etree

    return etree.XPath(path, smart_strings=False)


def text_in(element: _Element) -> str:
    """Return the text of an element and of all within it."""
    text: str = xpath("string()")(element)
    return text


def _parse_as_browsers(html: bytes) -> _Element:
    """Parse by the standard's algorithm, which is about fifty times slower."""
    import warnings

    import html5lib
    from lxml import etree

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names that are invalid in XML are escaped
        document = html5lib.parse(
            html, treebuilder="lxml", namespaceHTMLElements=False, transport_encoding="utf-8"
        )
    root: _Element = document.getroot()
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root
