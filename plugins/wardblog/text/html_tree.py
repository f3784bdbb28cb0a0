"""HTML as a tree, taken apart as browsers do it: the one that every check of HTML reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# Where libxml2 and the standard's parser (https://html.spec.whatwg.org/#parsing) go different ways:
# comments and what browsers take for one, such as `<!-- a --!>`, `<!>`, `<?x>` and `</ p>`.
_DISPUTED = re.compile(rb"<!(?!doctype html>)|<\?|</(?![a-zA-Z])|\x00", re.IGNORECASE)


def parse_html(html: bytes) -> tuple[_Element | None, tuple[str, ...]]:
    """The root of a page or a fragment in UTF-8, without comments; and what libxml2 faults in it.

    There is no root where there is nothing at all.
    """
    # late import: see docs/architecture.md
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    root: _Element | None = etree.fromstring(html, parser) if html.strip() else None
    # This parser knows the elements of HTML 4 alone, and takes later ones for mistakes.
    faults = tuple(
        " ".join(fault.message.split())
        for fault in parser.error_log
        if fault.type_name not in ("HTML_UNKNOWN_TAG", "DTD_ID_REDEFINED")
    )
    if root is not None and _DISPUTED.search(html):
        root = _parse_as_browsers(html)
    return root, faults


def _parse_as_browsers(html: bytes) -> _Element:
    """The tree by the standard's own algorithm, which takes some fifty times as long."""
    import warnings

    import html5lib
    from lxml import etree

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names that XML does not have are written in another way
        document = html5lib.parse(
            html, treebuilder="lxml", namespaceHTMLElements=False, transport_encoding="utf-8"
        )
    root: _Element = document.getroot()
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root
