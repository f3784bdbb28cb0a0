"""Small documents for tests, made by hand: PDF, Office files, archives, films and drawings."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'


def drawing(inside: str) -> bytes:
    return f"{SVG}{inside}</svg>".encode()


def pdf(
    pages: Sequence[str] = ("Some words.",),
    info: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
    after: bytes = b"",
    catalog: str = "",
    more: Sequence[str] = (),
) -> bytes:
    """A PDF with one line of text on each page; an empty one is only drawn on.

    `catalog` is added to the first object; `more` are the objects from number 4 on.
    """
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects = [f"<< /Type /Catalog /Pages 2 0 R {catalog}>>", "", font, *more]
    kids, marks = [], []
    for note in notes:
        objects.append(note)
        marks.append(f"{len(objects)} 0 R")
    for text in pages:
        words = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn = f"BT /F1 12 Tf 50 700 Td ({words}) Tj ET" if text else "0 0 100 100 re f"
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R "
            f">> >> /Contents {len(objects)} 0 R /Annots [{' '.join(marks)}] >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    said = " ".join(f"/{name} ({value})" for name, value in (info or {}).items())
    objects.append(f"<< {said} >>")
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size "
        f"{len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ).encode()
    return out + after


def stream(data: bytes, about: str = "") -> str:
    """An object with bytes, each as the letter of Latin-1 that it is."""
    return f"<< {about} /Length {len(data)} >>\nstream\n{data.decode('latin-1')}\nendstream"


def changed(before: bytes, number: int, content: str) -> bytes:
    """A PDF in which a program put another object in the place of one, at its end."""
    start = before.rindex(b"startxref")
    place = len(before)
    out = before + f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = len(out)
    return (
        out
        + (
            f"xref\n{number} 1\n{place:010} 00000 n \ntrailer\n<< /Size {number + 1} /Root 1 0 R "
            f"/Prev {int(before[start:].split()[1])} >>\nstartxref\n{table}\n%%EOF\n"
        ).encode()
    )


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A zip whose bytes depend on nothing else."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def docx(
    paragraphs: Sequence[Sequence[str]], more: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A letter; each paragraph is a sequence of runs, as Word cuts words into pieces."""
    body = "".join(
        f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"
        for runs in paragraphs
    )
    document = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    return packed({"[Content_Types].xml": _TYPES, "word/document.xml": document, **(more or {})})


def core(author: str) -> str:
    return f"<cp:coreProperties {_CORE}><dc:creator>{author}</dc:creator></cp:coreProperties>"


def xlsx(rows: Sequence[Sequence[str]], more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook with shared words, as Excel writes them; what is only figures is a number."""
    shared: list[str] = []
    lines = []
    for row in rows:
        cells = []
        for value in row:
            if value.isdecimal():
                cells.append(f"<c><v>{value}</v></c>")
            else:
                cells.append(f'<c t="s"><v>{len(shared)}</v></c>')
                shared.append(value)
        lines.append(f"<row>{''.join(cells)}</row>")
    words = "".join(f"<si><t>{value}</t></si>" for value in shared)
    cells_of_all = "".join(lines)
    files = {
        "[Content_Types].xml": _TYPES,
        "xl/sharedStrings.xml": f"<sst {_S}>{words}</sst>",
        "xl/worksheets/sheet1.xml": (
            f"<worksheet {_S}><sheetData>{cells_of_all}</sheetData></worksheet>"
        ),
    }
    return packed({**files, **(more or {})})


def odt(text: str) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    body = (
        f'<o:document-content xmlns:o="{office}:office:1.0" xmlns:t="{office}:text:1.0"><o:body>'
        f"<o:text><t:p>{text}</t:p></o:text></o:body></o:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": body})


def box(kind: bytes, *inside: bytes) -> bytes:
    content = b"".join(inside)
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def film(*said: bytes) -> bytes:
    """An MP4 that plays nothing; `said` are boxes with what is said of it."""
    return (
        box(b"ftyp", b"isom\0\0\2\0isom")
        + box(b"mdat", b"\0" * 64)
        + box(b"moov", box(b"udta", *said))
    )
