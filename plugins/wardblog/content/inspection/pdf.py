"""Inspects PDFs: the text of their pages, annotations, forms, metadata and attachments."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any

from wardblog.content.inspection.archives import Inspect
from wardblog.content.inspection.findings import TOO_LARGE, FileToInspect, Findings, InspectionError
from wardblog.content.inspection.pdf_objects import Objects
from wardblog.support.late_regex import late_regex

_LARGEST, _MOST_PAGES, _MOST_NOTES = 200_000_000, 3_000, 1_000
_XMP = late_regex(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
# Programs may save changes by appending to the file, so earlier versions are still in it.
_VERSION = late_regex(rb"%%EOF\s*")
_MOST_VERSIONS = 20
_TAG = late_regex(r"<[^<>]*>")
_WORD = late_regex(r"\w{2}")
_NOTES = (b"Contents", b"V", b"T", b"TU", b"Subj")
_DAMAGED = "is damaged or locked, so it cannot be inspected"


def inspect_pdf(source: FileToInspect, findings: Findings, inspect: Inspect) -> None:
    """Inspect a PDF; raises `InspectionError` if it cannot be opened without a password."""
    # late import: see docs/architecture.md
    import pypdfium2

    data = source.whole(_LARGEST)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        if b" obj" in data:
            raise InspectionError(_DAMAGED) from None
        findings.add(data.decode("latin-1"))  # without an object it shows nothing
        return
    try:
        attached = dict(_attachments(document))
        objects = Objects(findings, is_locked=b"/Encrypt" in data)
        objects.inspect(data)
        if objects.files > len(attached):
            raise InspectionError("has files attached to its pages, which cannot be inspected")
        _inspect(document, data, findings)
        for name, content in attached.items():
            inspect(FileToInspect(name, BytesIO(content), source.depth + 1), findings)
    finally:
        document.close()
    for earlier in _earlier(data):
        _inspect_earlier(earlier, findings)


def _earlier(data: bytes) -> Iterator[bytes]:
    ends = [match.end() for match in _VERSION.finditer(data)]
    yield from (data[:end] for end in ends[:-1][-_MOST_VERSIONS:])


def _inspect_earlier(data: bytes, findings: Findings) -> None:
    """Inspect the pages of an earlier version; the first part of a linearised PDF has none."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    try:
        for number in range(min(len(document), _MOST_PAGES)):
            findings.add(_page(document, number))
    except pypdfium2.PdfiumError:
        return
    finally:
        document.close()


def _inspect(document: Any, data: bytes, findings: Findings) -> None:
    if len(document) > _MOST_PAGES:
        raise InspectionError(TOO_LARGE)
    findings.add("\n".join(document.get_metadata_dict(skip_empty=True).values()))
    for packet in _XMP.finditer(data):
        findings.add(unescape(_TAG.sub("\n", packet[0].decode("utf-8", "replace"))))
    blank = 0
    for number in range(len(document)):
        text = _page(document, number)
        blank += not _WORD.search(text)
        findings.add(text)
    if blank * 2 >= len(document) > 0:
        pages = (
            "text" if blank == len(document) else f"text on {blank} of its {len(document)} pages"
        )
        findings.doubt = f"has no {pages} that a program can read, so it was not checked"


def _page(document: Any, number: int) -> str:
    import pypdfium2.raw as pdfium

    page = document[number]
    try:
        words, notes = _text(page), list(_notes(document, page))
        is_drawn_on = notes and pdfium.FPDFPage_Flatten(page, 0) == pdfium.FLATTEN_SUCCESS
    finally:
        page.close()
    if not is_drawn_on:
        return "\n".join((words, *notes))
    page = document[number]  # now with the text of its annotations and forms
    try:
        drawn = _text(page)
    finally:
        page.close()
    return "\n".join((drawn if words in drawn else f"{words}\n{drawn}", *notes))


def _text(page: Any) -> str:
    text = page.get_textpage()
    try:
        words: str = text.get_text_range()  # including text beyond the edge of the page
        return words
    finally:
        text.close()


def _notes(document: Any, page: Any) -> Iterator[str]:
    """The text of comments and form fields, and the targets of links."""
    import pypdfium2.raw as pdfium

    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        for key in _NOTES:
            yield _value(note, key)
        if link := pdfium.FPDFAnnot_GetLink(note):
            yield _address(document, link)
        pdfium.FPDFPage_CloseAnnot(note)


def _value(note: Any, key: bytes) -> str:
    import pypdfium2.raw as pdfium

    size = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    pointer = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetStringValue(note, key, pointer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _address(document: Any, link: Any) -> str:
    import pypdfium2.raw as pdfium

    action = pdfium.FPDFLink_GetAction(link)
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
    if not size:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def _attachments(document: Any) -> Iterator[tuple[str, bytes]]:
    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        yield attachment.get_name(), bytes(attachment.get_data())
