"""Inspects XML files, which browsers show as pages of the site, so that nothing in them can run.

They are parsed as browsers parse them, since a search for dangerous words can be deceived by an
encoding or by an escape. Only what cannot become a page is accepted.
"""

from __future__ import annotations

import codecs
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from wardblog.content.files import DRAWING
from wardblog.content.inspection.findings import (
    MOST_BYTES,
    TOO_LARGE,
    FileToInspect,
    Findings,
    UnsafeFileError,
)
from wardblog.model.media_types import READ_AS_XML
from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

# Drawings are cleaned instead.
XML = READ_AS_XML - {DRAWING}
# Encodings that browsers and this parser read alike; UTF-16 only with a byte order mark.
_ENCODINGS = frozenset(("", "utf-8", "us-ascii", "iso-8859-1", "windows-1252", "utf-16"))
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What the elements of pages, drawings, formulas, style sheets and windows begin with.
_SHOWN = late_regex(
    r"\s*(?:https?://www\.w3\.org/(?:\d+/xhtml|\d+/svg|\d+/math|\d+/xsl|TR/WD-xsl)"
    r"|https?://www\.mozilla\.org/)",
    re.IGNORECASE,
)
# HTML tags in text, as in descriptions of map places; what they link to is read.
_MARKUP = late_regex(
    r"</?(?:a|b|br|div|em|font|i|p|span|strong|td|tr|u)\b([^<>\n]*)>", re.IGNORECASE
)
_RUNS = "could run code in the browser of anybody who opens it"
_REMEDY = "Save it again with the program that made it, or link to it where it was first published."
_NO_PAGE = "Write its text as a page in {content}/pages, and link to that."
_MOST_DEPTH = 200
# The parser reads a tag or comment again from its start until it has all of it.
_READ, _LONGEST_TAG = 250_000, 1_000_000
# Browsers look at so many bytes of a file whose kind they are not told.
_START = 1445
_PIECE, _OVERLAP = 1_000_000, 400


def inspect_xml(source: FileToInspect, findings: Findings | None) -> None:
    """Inspect an XML file; raises `UnsafeFileError` if it is not sound XML or could run code.

    Without `findings` its words are not searched.
    """
    # late import: see docs/architecture.md
    from xml.parsers import expat

    parser = expat.ParserCreate(namespace_separator=" ")
    _Reader(parser, findings)
    source.file.seek(0)
    start = source.file.read(4)
    if b"\0" in start and not start.startswith(_UTF_16):
        raise UnsafeFileError(_not_xml("its encoding is not UTF-8"), "Save it as UTF-8.")
    data, length = start, 0
    try:
        while data:
            length += len(data)
            parser.Parse(data, False)
            if length > MOST_BYTES or length - parser.CurrentByteIndex > _LONGEST_TAG:
                raise UnsafeFileError(TOO_LARGE)
            data = source.file.read(_READ)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        said = f"in line {error.lineno}: {expat.ErrorString(error.code)}"
        raise UnsafeFileError(_not_xml(said), _REMEDY) from None


def refuse_page(source: FileToInspect) -> None:
    """Raise `UnsafeFileError` for a file that begins as pages do.

    Servers that do not know its kind say none, and browsers then look at its first characters.
    """
    source.file.seek(0)
    start = source.file.read(_START).replace(b"\0", b"")
    for mark in (codecs.BOM_UTF8, *_UTF_16):
        start = start.removeprefix(mark)
    if start.lstrip().startswith(b"<"):
        raise UnsafeFileError(f'{_RUNS}, because it begins with "<", as pages do', _NO_PAGE)


def _not_xml(reason: str) -> str:
    return f"cannot be read as XML ({reason})"


class _Reader:
    """Refuses what could become a page, and searches everything else for personal data.

    Tags stay in the text that is searched, so that numbers in two elements are not taken for one;
      their attributes follow them.
    """

    def __init__(self, parser: XMLParserType, findings: Findings | None) -> None:
        self._parser, self._findings = parser, findings
        self._parts: list[str] = []
        self._size, self._depth, self._line = 0, 0, 1
        self._spaces: list[str] = []
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._refused_declaration
        parser.ProcessingInstructionHandler = self._refused_instruction
        parser.StartNamespaceDeclHandler = self._namespace
        parser.StartElementHandler = self._started
        parser.EndElementHandler = self._ended
        parser.CharacterDataHandler = self._said
        parser.CommentHandler = lambda text: self._said(f"<!--{text}-->")

    def _declared(self, version: str, encoding: str | None, _standalone: int) -> None:
        if version != "1.0":
            raise UnsafeFileError(_not_xml(f"its version is {version}"), _REMEDY)
        if (encoding or "").lower() not in _ENCODINGS:
            raise UnsafeFileError(_not_xml(f"its encoding is {encoding}"), "Save it as UTF-8.")

    def _refused_declaration(self, *_: Any) -> None:
        raise UnsafeFileError(f"{_RUNS}, because it has a DOCTYPE", "Remove the DOCTYPE.")

    def _refused_instruction(self, target: str, _data: str) -> None:
        raise UnsafeFileError(f'{_RUNS}, because of "<?{target}"', "Remove that line.")

    def _namespace(self, _prefix: str | None, address: str | None) -> None:
        if _SHOWN.match(address or ""):
            raise UnsafeFileError(
                f'{_RUNS}, because it may have parts of a page ("{address}")', _REMEDY
            )
        self._spaces.append(f' xmlns="{address}"')

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise UnsafeFileError(_not_xml("its elements are nested too deeply"), _REMEDY)
        values = "".join(f' {_local(one)}="{value}"' for one, value in attributes.items())
        self._said(f"<{_local(name)}>{''.join(self._spaces)}{values}")
        self._spaces.clear()

    def _ended(self, name: str) -> None:
        self._depth -= 1
        self._said(f"</{_local(name)}>")
        if not self._depth:
            self._search("".join(self._parts))

    def _said(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)
        if self._size > _PIECE:
            whole = "".join(self._parts)
            self._search(whole)
            overlap = whole[-_OVERLAP:]
            self._parts, self._size = [overlap], len(overlap)
            self._line = self._parser.CurrentLineNumber - overlap.count("\n")

    def _search(self, text: str) -> None:
        if self._findings is not None:
            self._findings.add(_MARKUP.sub(_target, unescape(text)), self._line)


def _target(tag: re.Match[str]) -> str:
    """What stands for an HTML tag: a space, or the attributes of a link."""
    return f" {tag[1]} " if "href" in tag[1].lower() else " "


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
