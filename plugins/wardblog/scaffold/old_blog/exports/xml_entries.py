"""The entries of a large XML file, one at a time, so that few of them are in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wardblog.problems import CommandError
from wardblog.scaffold.old_blog.exports.export_files import ExportFile
from wardblog.scaffold.old_blog.exports.left_out import LeftOut
from wardblog.scaffold.old_blog.exports.xml_text import XmlBytes

if TYPE_CHECKING:
    from lxml.etree import _Element

_PREFIXES = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/syndication/thread/1.0": "thr:",
    "http://purl.org/syndication/history/1.0": "fh:",
    "http://www.w3.org/2007/app": "app:",
    "http://purl.org/atom/app#": "app:",
    "http://schemas.google.com/blogger/2018": "blogger:",
    "http://schemas.google.com/g/2005": "gd:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://a9.com/-/spec/opensearchrss/1.0/": "search:",
    "http://a9.com/-/spec/opensearch/1.1/": "search:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
# Each version of WordPress's format has a namespace of its own.
_WORDPRESS = ("http://wordpress.org/export/", "https://wordpress.org/export/")
_CUT_OFF = ("Premature end", "EndTag: '</' not found", "CData section not finished",
            "Couldn't find end of Start Tag", "Extra content at the end",
            "Unescaped '<' not allowed in attributes values")  # fmt: skip


def short_name(tag: object) -> str:
    """`wp:status` for the tag of an element, `title` for RSS's and Atom's own; "" for a comment."""
    if not isinstance(tag, str):
        return ""
    if not tag.startswith("{"):
        return tag
    namespace, _, name = tag[1:].partition("}")
    if namespace.startswith(_WORDPRESS):
        return f"{'excerpt' if 'excerpt' in namespace else 'wp'}:{name}"
    prefix = _PREFIXES.get(namespace)
    return f"{namespace} {name}" if prefix is None else prefix + name


def inner_text(element: _Element) -> str:
    """The text of an element; with elements in it, as markup."""
    if not len(element):
        return element.text or ""
    # late import: see docs/architecture.md
    from lxml import etree

    parts = [element.text or ""]
    parts += [etree.tostring(child, encoding="unicode") for child in element]
    return "".join(parts)


def entries_of(file: ExportFile, left_out: LeftOut) -> Iterator[_Element]:
    """Each `item` or `entry`, and last the root, with what is not in an entry.

    An element is emptied when the next is asked for. Raises `CommandError`, with the line, for a
    file that is not well-formed.
    """
    # late import: see docs/architecture.md
    from lxml import etree

    with file.open() as stream:
        found = etree.iterparse(
            XmlBytes(stream, file.shown, left_out), events=("end",),
            tag=("{*}item", "{*}entry"), encoding="utf-8", huge_tree=True,
            resolve_entities=False, no_network=True, load_dtd=False, recover=True,
        )  # fmt: skip
        try:
            for _, element in found:
                yield element
                _free(element)
        except etree.XMLSyntaxError:
            pass  # there is nothing in the file
        # Exports use prefixes that they do not declare; every other fault is one.
        for fault in found.error_log:
            if fault.domain != etree.ErrorDomains.NAMESPACE:
                raise _not_well_formed(file, fault.message, fault.line)
        if found.root is None:
            raise _not_well_formed(file, "it is empty", 1)
        yield found.root


def _free(element: _Element) -> None:
    """Empty an element, and remove the one before it, which the parser needs no longer."""
    element.clear()
    before = element.getprevious()
    if before is not None and before.tag == element.tag:
        element.getparent().remove(before)


def _not_well_formed(file: ExportFile, said: str, line: int) -> CommandError:
    if any(words in said for words in _CUT_OFF):
        return CommandError(
            f"{file.shown}:{line}: the export is not complete, or damaged here",
            "Export the blog again; if it stops at the same place, export it in smaller parts.",
        )
    return CommandError(
        f"{file.shown}:{line}: this is not valid XML ({said.strip()})",
        "Export the blog again, or correct this line in a plain text editor.",
    )
