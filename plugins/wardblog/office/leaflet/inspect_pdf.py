"""Reads a finished PDF: its pages, and whether the imprint is where the law asks for it."""

from __future__ import annotations

from wardblog.model import Site
from wardblog.office.leaflet.content import imprint_of
from wardblog.office.leaflet.papers import FOLD, Paper

_IGNORED = str.maketrans(dict.fromkeys("\u200b\u00ad\ufffe\x02"))


class UnfitPdfError(RuntimeError):
    """A PDF that is not as planned, which would be a fault of ours."""


def check_pdf(data: bytes, site: Site, paper: Paper, sides: int, to: str) -> None:
    """Raises `UnfitPdfError` unless it has these sides, with the imprint on the right one.

    Representation of the People Act 1983, section 110(5) and (6): what has one side carries it
    there, and any other document on its first or last page. Ours is on the last, and with a folded
    leaflet for the printer on the outer sheet, half of which is the last page.
    """
    pages = texts_of(data)
    is_imposed = to == "printer" and paper.name == FOLD
    if len(pages) != (sides // 2 if is_imposed else sides):
        raise UnfitPdfError(f"there are {len(pages)} pages in the PDF")
    page = pages[0] if is_imposed else pages[-1]
    if _squeezed(imprint_of(site)) not in _squeezed(page):
        raise UnfitPdfError("the imprint is not on the last page of the PDF")


def texts_of(data: bytes) -> list[str]:
    """The words on each page of a PDF."""
    # late import: see docs/architecture.md
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def _squeezed(words: str) -> str:
    return "".join(words.translate(_IGNORED).split())
