"""The words of a message that is only in HTML."""

from __future__ import annotations

import re

_BLOCKS = ("p", "div", "br", "tr", "li", "h1", "h2", "h3", "blockquote", "hr")


def text_of_html(html: str) -> str:
    """The text of a message, with a line for each paragraph; quotations begin with ">"."""
    if not html.strip():
        return ""
    # late import: see docs/architecture.md
    from lxml import html as lxml_html
    from lxml.etree import LxmlError

    try:
        root = lxml_html.document_fromstring(re.sub(r"<\?xml[^>]*>", "", html))
    except (LxmlError, ValueError):
        return ""
    for element in root.xpath("//script|//style|//head|//comment()|//processing-instruction()"):
        if element.getparent() is not None:
            element.drop_tree()
    for quotation in root.xpath("//blockquote|//*[contains(@class, 'gmail_quote')]"):
        quotation.text = f"\n> {quotation.text or ''}"
    for element in root.iter(*_BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    return str(root.text_content())
