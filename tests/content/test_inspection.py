"""What is published as it is was read before: each kind, whatever it is inside of."""

from __future__ import annotations

import gzip
import json
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from documents import box, changed, core, docx, drawing, film, odt, packed, pdf, stream, xlsx
from runnable import DOUBTFUL, NAMES, RUNNING, SCRIPT
from support import POST, WARD, picture, read_all, read_fine, write_site
from wardblog.content.inspection import inspect_file
from wardblog.content.time_limit import TimeLimitError
from wardblog.model import InspectionResult
from wardblog.privacy.secrets import find_secrets

NUMBER, ADDRESS = "07700 900123", "jo.bloggs@btinternet.com"
KEY = "-----BEGIN RSA PRIVATE KEY-----"
SAID = f"Ring {NUMBER} or write to {ADDRESS}."


@pytest.fixture
def look(tmp_path: Path) -> Callable[[str, bytes | str], InspectionResult]:
    def looked(name: str, data: bytes | str) -> InspectionResult:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return inspect_file(path, f"files/{name}")

    return looked


Look = Callable[[str, bytes | str], InspectionResult]


def words(found: InspectionResult) -> set[str]:
    assert not found.problem
    return {one.value for one in found.personal}


RUNNABLE = RUNNING | DOUBTFUL
BOTH = {"+447700900123", ADDRESS}
TEXTS = (
    "csv", "tsv", "txt", "json", "geojson", "ics", "vtt", "srt", "yaml", "yml", "log", "rtf", "css",
    "TXT",
)  # fmt: skip


@pytest.mark.parametrize("ending", TEXTS)
def test_every_kind_of_text_is_read(ending: str, look: Look) -> None:
    assert words(look(f"a.{ending}", SAID)) == BOTH


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_in_every_encoding(encoding: str, look: Look) -> None:
    assert words(look("a.csv", f"Café,{SAID}".encode(encoding))) == BOTH


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"a": "jo.bloggs\\u0040btinternet.com", "b": "07700 90012\\u0033"}'),
        ("a.kml", "<kml><a>jo.bloggs&#64;btinternet.com</a> 07700&#32;900123</kml>"),
        ("a.ics", "DESCRIPTION:Ring 07700 90\r\n 0123 or jo.bloggs@btinter\r\n net.com"),
        ("a.rtf", r"{\rtf1{\info{\author jo.bloggs\'40btinternet.com}}\b {07}700 \b0 900123\par}"),
        ("a.css", r'a::after { content: "jo.bloggs\40 btinternet.com 07700 900123" }'),
    ],
)  # fmt: skip
def test_escaped_characters_are_decoded(name: str, text: str, look: Look) -> None:
    assert words(look(name, text)) == BOTH


@pytest.mark.long
@pytest.mark.parametrize(
    "place",
    [
        999_999,
        *(
            pytest.param(n, marks=pytest.mark.long)
            for n in (900_000, 999_990, 1_000_005, 4_500_000)
        ),
    ],
)
def test_a_long_text_is_read_to_its_end(place: int, look: Look) -> None:
    line = "Grit bin,Eland Road,2\n"
    before = line * (place // len(line))
    before += "x" * (place - len(before) - 1) + " "
    found = look("a.csv", f"{before}{SAID}\n{line * 100}")
    assert words(found) == BOTH
    assert {one.line for one in found.personal} == {place // len(line) + 1}
    assert words(look("b.txt", "word " * (place // 5) + SAID)) == BOTH


def test_a_text_that_is_too_large_is_refused(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardblog.content.inspection.findings.MOST_BYTES", 10_000)
    assert look("a.csv", "a,b\n" * 5000).problem == "is too large to be inspected"


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.log"])
def test_binary_data_is_not_accepted_as_text(name: str, look: Look) -> None:
    assert look(name, picture()).problem == "is not a text file, although its name says so"


@pytest.mark.parametrize("name", RUNNABLE)
def test_a_file_that_a_browser_would_run_is_refused(name: str, look: Look) -> None:
    found = look(name, RUNNABLE[name])
    if name == "drawing.svg":
        assert found.harm == "script"  # and the copy that is published is without it
    else:
        assert found.problem
        assert found.is_unsafe


@pytest.mark.parametrize("at", range(999_990 - 400, 1_000_002, 67))
def test_it_does_not_matter_where_in_a_file_it_is(at: int, look: Look) -> None:
    assert look("a.xml", f"<r>{'x' * at}{SCRIPT}{'x' * 2000}</r>").is_unsafe
    assert look("b.xml", f"<r>{'x' * 1_000_000}<a>jo.bloggs&#{'0' * at}64;x.com</a></r>").personal


@pytest.mark.parametrize("sign", [*range(9), 11, 12, *range(14, 32)])
def test_control_characters_are_refused(sign: int, look: Look) -> None:
    assert look("a.xml", f"<r>{chr(sign)}</r>").is_unsafe
    assert look("b.xml", f"<r>&#{sign};</r>").is_unsafe
    if sign not in (11, 12):
        assert look("a.txt", f"07700{chr(sign)} 900123").problem


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "us-ascii", "iso-8859-1", "windows-1252", "utf-16"]
)
@pytest.mark.parametrize("ending", ["xml", "KML", "gpx", "gml", "rss", "atom", "opml", "rdf"])
def test_xml_is_read_in_the_usual_encodings(encoding: str, ending: str, look: Look) -> None:
    said = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{said}"?><r><a b="{NUMBER}"/>\n{ADDRESS}</r>'
    found = look(f"a.{ending}", text.encode(encoding))
    assert words(found) == BOTH
    assert {one.value: one.line for one in found.personal}[ADDRESS] == 2


@pytest.mark.parametrize(
    "text",
    [
        f"<r><![CDATA[<b>{NUMBER}</b> {ADDRESS}]]></r>",
        f"<r><!-- {SAID} --></r>",
        f'<r a="{NUMBER}" b="{ADDRESS}"/>',
        f'<r xmlns:x="mailto:{ADDRESS}"><x:a>{NUMBER}</x:a></r>',
        f"<r>&lt;p&gt;{NUMBER}&lt;/p&gt;jo.bloggs&amp;#64;btinternet.com</r>",
        f"<r>{'x ' * 499_995}{SAID}{' x' * 400_000}</r>",
        f'<r>&lt;a href="mailto:{ADDRESS}"&gt;Jo&lt;/a&gt;<td>{NUMBER}</td></r>',
        f"<r>{'<a/>' * 300_000}<b>{SAID}</b></r>",
    ],
)
def test_all_words_in_xml_are_read(text: str, look: Look) -> None:
    assert words(look("a.xml", text)) == BOTH


def test_numbers_in_two_elements_are_two_numbers(look: Look) -> None:
    assert look("a.gpx", "<gpx><lat>07700</lat><ele>900123</ele></gpx>") == InspectionResult()


def remarked() -> bytes:
    """An archive with a remark beside it, and another one beside its member."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("a.csv")
        info.comment = NUMBER.encode()
        archive.writestr(info, "a,b")
        archive.comment = ADDRESS.encode()
    return file.getvalue()


RTL = '<w:ins xmlns:w="urn:w" w:author="Jo jo.bloggs@btinternet.com"/>'
DOCUMENTS: dict[str, bytes | str] = {
    "runs.docx": docx([["Ring 077", "00 900", "123 or ", "jo.bloggs@", "btinternet.com"]]),
    "author.docx": docx([[f"Ring {NUMBER}"]], {"docProps/core.xml": core(ADDRESS)}),
    "comment.docx": docx([["Words"]], {"word/comments.xml": f"<c><p>{SAID}</p></c>"}),
    "link.docx": docx(
        [[NUMBER]], {"word/_rels/document.xml.rels": f'<R><r Target="mailto:{ADDRESS}"/></R>'}
    ),
    "rows.xlsx": xlsx([["Street", "Ring"], ["Eland Road", "7700900123", ADDRESS]]),
    "hidden.xlsx": xlsx([["Street"]], {"xl/worksheets/sheet2.xml": (
        '<worksheet><sheetData><row hidden="1"><c t="inlineStr"><is><t>07700 900123</t></is></c>'
        f'<c t="str"><v>{ADDRESS}</v></c></row></sheetData></worksheet>'
    )}),
    "notes.pptx": packed({
        "[Content_Types].xml": "<Types/>",
        "ppt/notesSlides/n1.xml": f'<n xmlns:a="urn:a"><a:p><a:t>{SAID}</a:t></a:p></n>',
    }),
    "a.odt": odt(SAID),
    "a.ods": odt(SAID),
    "a.zip": packed({"notes/list.csv": SAID}),
    "deep.zip": packed({"a.zip": packed({"b.docx": docx([[SAID]])})}),
    "names.zip": packed({f"{ADDRESS} {NUMBER}.txt": "x"}),
    "drawn.zip": packed({"a.svg": drawing(f"<text>{SAID}</text>")}),
    "a.csv.gz": gzip.compress(SAID.encode()),
    "words.pdf": pdf(["Page one.", SAID]),
    "beyond.pdf": pdf([f"{'Words beyond the edge of the page. ' * 9}{SAID}"]),
    "about.pdf": pdf(["Words."], {"Author": SAID}),
    "noted.pdf": pdf(["Words."], notes=[
        f"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents ({SAID}) >>"
    ]),
    "filled.pdf": pdf([NUMBER], notes=[
        f"<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /FT /Tx /T (mail) /V ({ADDRESS}) >>"
    ]),
    "linked.pdf": pdf([NUMBER], notes=[
        f"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (mailto:{ADDRESS})>> >>"
    ]),
    "packet.pdf": pdf(["Words."], after=f"<x:xmpmeta><a>{SAID}</a></x:xmpmeta>".encode()),
    "a.mp4": film(box(b"\xa9cmt", b"\0\x10\0\0", SAID.encode())),
    "a.mov": film(box(b"meta", b"\0\0\0\0", SAID.encode())),
    "title.mp4": film(box(b"titl", b"\0\0\0\0\x15\xc7", SAID.encode())),
    "wide.mp4": film(box(b"auth", b"\0\0\0\0\x15\xc7\xfe\xff", SAID.encode("utf-16-be"))),
    "spare.mp4": film(box(b"free", SAID.encode())),
    "remark.zip": remarked(),
    "mac.zip": packed({"a.csv": "a,b", ".DS_Store": b"\0\1" + SAID.encode("utf-16-be")}),
    "drawn.docx": docx([["Words"]], {"word/media/image1.emf": b"\1\0" + SAID.encode("utf-16-le")}),
    "quoted.kml": "<k>07700<br/>900123 <href>mailto:jo.bloggs%40btinternet.com</href></k>",
    "drawn.svg": drawing(f"<text>{SAID}</text>"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_words_of_a_document_are_read_wherever_they_are(name: str, look: Look) -> None:
    assert words(look(name, DOCUMENTS[name])) == BOTH


FORM = "/Type /XObject /Subtype /Form /BBox [0 0 300 20] /Resources << /Font << /F1 3 0 R >> >>"
DRAWN = f"BT /F1 12 Tf 2 2 Td ({SAID}) Tj ET".encode()
STAMP = "<< /Type /Annot /Subtype /Stamp /Rect [0 0 300 20] /AP << /N 4 0 R >> >>"
PACKET = f"<x:xmpmeta><a>{SAID}</a></x:xmpmeta>"
HEX = f"\ufeff{SAID}".encode("utf-16-be").hex()
IN_OBJECTS = {
    "bookmark": pdf(
        catalog="/Outlines 4 0 R",
        more=["<< /First 5 0 R /Last 5 0 R /Count 1 >>", f"<< /Title ({SAID}) /Parent 4 0 R >>"],
    ),
    "layer": pdf(
        catalog="/OCProperties << /OCGs [4 0 R] >>", more=[f"<< /Type /OCG /Name ({SAID}) >>"]
    ),
    "formatted note": pdf(
        notes=[f"<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] /RC (<p>{SAID}</p>) >>"]
    ),
    "drawn note": pdf(notes=[STAMP], more=[stream(DRAWN, FORM)]),
    "answer of a field": pdf(
        catalog="/AcroForm << /Fields [4 0 R] >>", more=[f"<< /FT /Tx /T (phone) /V ({SAID}) >>"]
    ),
    "choice": pdf(
        notes=[f"<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /FT /Ch /Opt [({SAID})] >>"]
    ),
    "alternative text": pdf(
        catalog="/StructTreeRoot 4 0 R", more=[f"<< /S /Figure /Alt <{HEX}> >>"]
    ),
    "property": pdf(info={"Company": SAID}),
    "page label": pdf(catalog=f"/PageLabels << /Nums [0 << /P ({SAID}) >>] >>"),
    "packed packet": pdf(
        catalog="/Metadata 4 0 R",
        more=[stream(zlib.compress(PACKET.encode()), "/Type /Metadata /Filter /FlateDecode")],
    ),
    "wide packet": pdf(
        catalog="/Metadata 4 0 R", more=[stream(PACKET.encode("utf-16"), "/Type /Metadata")]
    ),
    "packed objects": pdf(
        more=[stream(zlib.compress(f"9 0 << /Title ({SAID}) >>".encode()),
                     "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode")]
    ),
    "words before a change": changed(pdf([SAID]), 4, stream(b"BT /F1 12 Tf (Gone.) Tj ET")),
    "escapes": pdf(info={"Company": r"Ring 07700 \0710\060123 or jo.bloggs\100btinternet.com"}),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_OBJECTS)
def test_hidden_text_of_a_pdf_is_searched(name: str, look: Look) -> None:
    assert words(look("a.pdf", IN_OBJECTS[name])) == BOTH


def test_files_in_a_pdf_are_inspected_or_refused(look: Look) -> None:
    file = [
        "<< /Type /Filespec /F (a.txt) /EF << /F 5 0 R >> >>",
        stream(zlib.compress(SAID.encode()), "/Type /EmbeddedFile /Filter /FlateDecode"),
    ]
    named = pdf(catalog="/Names << /EmbeddedFiles << /Names [(a.txt) 4 0 R] >> >>", more=file)
    assert words(look("a.pdf", named)) == BOTH
    note = "<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 4 0 R >>"
    reason = "has files attached to its pages, which cannot be inspected"
    assert look("b.pdf", pdf(notes=[note], more=file)).problem == reason
    assert look("c.pdf", pdf(catalog="/AF [4 0 R]", more=file)).problem == reason


def test_a_photograph_in_a_pdf_must_not_say_where_it_was_taken(look: Look) -> None:
    about = "/Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    data = pdf(more=[stream(jpeg(), f"{about} /Filter /DCTDecode")])
    reason = "has a photograph in it that says where it was taken"
    assert look("a.pdf", data).problem == reason
    packet = stream(b"<x:xmpmeta><exif:GPSLatitude>51</exif:GPSLatitude>", "/Type /Metadata")
    assert look("b.pdf", pdf(more=[packet])).problem == reason


HMO = [
    ["Ref", "Address", "Licence Holder"],
    ["H1", "10 Alma Road", "Acme Lettings Ltd"],
    ["H2", "Flat 2, 12 Alma Road", "Margaret Thornbury"],
]
CSV = "\n".join(f'{ref},"{address}",{holder}' for ref, address, holder in HMO)
ROWS = [dict(zip(HMO[0], row, strict=True)) for row in HMO[1:]]
_T = "xmlns:t='urn:t' xmlns:o='urn:o'"
TABLES: dict[str, bytes | str] = {
    "a.csv": CSV,
    "titled.csv": f"Register of licences\n\n{CSV}",
    "semicolons.csv": CSV.replace(",", ";").replace("Flat 2; 12", "Flat 2, 12"),
    "tabs.tsv": CSV.replace(",", "\t").replace("Flat 2\t 12", "Flat 2, 12"),
    "a.json": json.dumps(ROWS),
    "a.geojson": json.dumps({"features": [{"properties": row} for row in ROWS]}),
    "a.xlsx": xlsx(HMO),
    "a.docx": packed({
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": "<tbl>" + "".join(
            f"<tr>{''.join(f'<tc><p><t>{cell}</t></p></tc>' for cell in row)}</tr>" for row in HMO
        ) + "</tbl>",
    }),
    "a.ods": packed({
        "content.xml": f"<o:x {_T}><t:table>" + "".join(
            f"<t:table-row>{''.join(f'<t:table-cell>{cell}</t:table-cell>' for cell in row)}"
            '<t:table-cell t:number-columns-repeated="16000"/></t:table-row>' for row in HMO
        ) + "</t:table></o:x>",
    }),
    "a.zip": packed({"in/a.csv": CSV}),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_people_at_their_addresses_is_refused(name: str, look: Look) -> None:
    found = look(name, TABLES[name])
    row = 5 if name == "titled.csv" else 3
    assert found.problem == (
        f'has people\'s names beside addresses, in the column "Licence Holder" (first in row {row})'
    )
    assert found.remedy == "Leave that column out, and save it again."


@pytest.mark.parametrize("rows", [6_000, pytest.param(60_000, marks=pytest.mark.long)])
def test_people_are_found_in_the_last_row_of_a_long_table(look: Look, rows: int) -> None:
    lines = "H1,10 Alma Road,Acme Lettings Ltd\n" * rows
    found = look("a.csv", f"Ref,Address,Licence Holder\n{lines}H2,12 Alma Road,David Okonkwo\n")
    assert f"(first in row {rows + 2})" in found.problem


@pytest.mark.parametrize(
    "table",
    [
        "Premises,Address\nWilliam Hill,12 High Street\nKFC,2 High Street\nBoots,4 High Street\n",
        "School,Address,Headteacher\nJohn Burns,12 High Street,Amy Jones\n",
        "Street,Case officer\nAlma Road,Amy Jones\n",
        "Ref,Address,Licence holder\nH1,12 Alma Road,Acme Lettings Ltd\n",
        "Name,Party\nMargaret Thornbury,Example Party\nDavid Okonkwo,Example Party\n",
    ],
)
def test_tables_of_shops_schools_and_officers_pass(table: str, look: Look) -> None:
    assert look("a.csv", table) == InspectionResult()


@pytest.mark.parametrize(
    "table",
    [
        "Name,Address\nMargaret Thornbury,12 Alma Road\nDavid Okonkwo,14 Alma Road\nKFC,1 Way\n",
        "Name,Address\nMrs Thornbury,12 Alma Road\nKFC,2 High Street\nBoots,4 High Street\n",
        "Appellant,Site address\nDavid Okonkwo,14 Alma Road\n",
    ],
)
def test_tables_of_people_at_home_do_not(table: str, look: Look) -> None:
    assert "people's names beside addresses" in look("a.csv", table).problem


def test_the_cache_of_a_pivot_table_is_searched(look: Look) -> None:
    records = f'<records><r><s v="{NUMBER}"/><s v="{ADDRESS}"/></r></records>'
    book = xlsx([["Ward"]], {"xl/pivotCache/pivotCacheRecords1.xml": records})
    assert words(look("a.xlsx", book)) == BOTH
    filtered = f'<table><filter val="{NUMBER}"/><dataValidation prompt="{ADDRESS}"/></table>'
    assert words(look("b.xlsx", xlsx([["Ward"]], {"xl/tables/table1.xml": filtered}))) == BOTH


def test_the_tags_of_a_recording_are_searched(look: Look) -> None:
    comment = b"\x03eng\0" + SAID.encode()
    frame = b"COMM" + len(comment).to_bytes(4, "big") + b"\0\0" + comment
    tags = b"ID3\x03\0\0" + bytes((0, 0, 0, len(frame))) + frame  # all of them short
    frames = (b"\xff\xfb\x90\x64" + bytes(413)) * 30  # a second of silence
    assert words(look("a.mp3", tags + frames)) == BOTH
    assert not look("b.mp3", frames).problem


def jpeg() -> bytes:
    exif, file = Image.Exif(), BytesIO()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 27.0, 59.0), 3: "W", 4: (0.0, 9.0, 0.0)})
    Image.new("RGB", (8, 8), "teal").save(file, "JPEG", exif=exif)
    return file.getvalue()


LOCKED = bytearray(packed({"a.txt": "x"}))
for at in (LOCKED.find(b"PK\x03\x04") + 6, LOCKED.find(b"PK\x01\x02") + 8):
    LOCKED[at] |= 1
REFUSED: dict[str, tuple[bytes | Callable[[], bytes], str | None]] = {
    "a.dwg": (b"AC1032", "is of a kind that cannot be inspected"),
    "a": (b"words", "is of a kind that cannot be inspected"),
    "a.7z": (b"7z", "is of a kind that cannot be inspected"),
    "a.webm": (b"\x1aE\xdf\xa3", "is of a kind that cannot be inspected"),
    "a.xls": (b"\xd0\xcf\x11\xe0", "is of a kind that cannot be inspected"),
    "a.docx": (b"PK\x03\x04", "is damaged, so it cannot be inspected"),
    "b.docx": (packed({"x.xml": "<x/>"}), "is not an office document, although its name says so"),
    "c.docx": (docx([["x"]], {"word/x.xml": "<open>"}), "is damaged, so it cannot be inspected"),
    "m.docx": (
        docx([["x"]], {"word/vbaProject.bin": b"\0"}),
        'contains "vbaProject.bin", which is of a kind that cannot be inspected',
    ),
    "p.docx": (
        docx([["x"]], {"word/media/image1.jpeg": jpeg()}),
        'contains "image1.jpeg", which says where it was taken',
    ),
    "a.zip": (
        packed({"in/plan.dwg": b"x", "b.txt": "x"}),
        'contains "plan.dwg", which is of a kind that cannot be inspected',
    ),
    "s.zip": (
        packed({"a.svg": drawing("<script/>")}),
        'contains "a.svg", which contains "script", which can run code or load something',
    ),
    "k.zip": (packed({"a.txt": KEY}), 'contains "a.txt", which contains a private key'),
    "locked.zip": (bytes(LOCKED), "is locked with a password, so it cannot be inspected"),
    "deep.zip": (
        packed({"a.zip": packed({"b.zip": packed({"c.zip": packed({"d.txt": "x"})})})}),
        None,
    ),
    "bomb.zip": (lambda: packed({"a.txt": b"a" * 60_000_000}), "is too large to be inspected"),
    "a.gz": (b"\x1f\x8b\x08", "is damaged, so it cannot be inspected"),
    "bomb.csv.gz": (lambda: gzip.compress(b"a" * 60_000_000), "is too large to be inspected"),
    "a.pdf": (pdf()[:300], "is damaged or locked, so it cannot be inspected"),
    "a.mp4": (
        b"not a film, by any means",
        "is not a video or recording, although its name says so",
    ),
    "a.mov": (film(box(b"\xa9xyz", b"\0\x12\x15\xc7+51.46-000.16/")), "says where it was recorded"),
    "b.mov": (
        film(box(b"meta", b"mdtacom.apple.quicktime.location.ISO6709+51.4638-000.1640+012.0/")),
        "says where it was recorded",
    ),
    "b.mp4": (film(box(b"loci", bytes(20))), "says where it was recorded"),
    "a.mp3": (b"no sound, whatever its name says", "is not a recording, although its name says so"),
    "c.mp4": (
        film(box(b"hdlr", bytes(8), b"sbtl", bytes(13))),
        "has subtitles that cannot be inspected",
    ),
    "o.rtf": (
        rb"{\rtf1 x {\object\objemb{\*\objdata 0105}}}",
        "contains another file, which cannot be inspected",
    ),
    "p.rtf": (
        rb"{\rtf1 x {\pict\jpegblip ffd8ffe1001845786966000049492a}}",
        "contains another file, which cannot be inspected",
    ),
    "front.zip": (
        b"Words in front of it. " + packed({"a.txt": "x"}),
        "has data before its first file, which cannot be inspected",
    ),
    "a.svg": (b"<svg", "cannot be read as SVG"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_inspected_is_refused_with_the_reason(name: str, look: Look) -> None:
    data, reason = REFUSED[name]
    found = look(name, data() if callable(data) else data)
    assert found.problem
    assert reason is None or found.problem == reason


INNOCENT: dict[str, bytes | str] = {
    "list.csv": "Street,Bins\nEland Road,2\n",
    "minutes.pdf": pdf(["The committee met on 3 November 2026."], {"Author": "Wandsworth Council"}),
    "report.docx": docx([["Bins"], ["moved"]], {"docProps/core.xml": core("Robin Sample")}),
    "figures.xlsx": xlsx([["Ward", "UPRN"], ["Shaftesbury", "100022684030"], ["x", "46000"]]),
    "film.mp4": film(box(b"\xa9too", b"\0\x0a\0\0Lavf60.3.1")),
    "walk.gpx": '<gpx xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="51.4" lon="-0.1"/></gpx>',
    "shapes.zip": packed({"a.prj": "GEOGCS", "a.csv": "a,b\n"}),
    "style.css": "a { color: red }",
}  # fmt: skip


@pytest.mark.parametrize("name", INNOCENT)
def test_files_without_personal_data_are_accepted(name: str, look: Look) -> None:
    assert look(name, INNOCENT[name]) == InspectionResult()


def test_an_answer_in_the_post_or_in_the_settings_lets_a_file_pass(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "[The plan](../files/plan.dwg)")
    answered = text.replace("Tags:", "Allow: private-file because I drew it\nTags:")
    files: dict[str, str | bytes] = {"posts/fine.md": text, "files/plan.dwg": b"AC1032"}
    _, problems = read_all(write_site(tmp_path / "a", files))
    assert [(p.rule, p.file, p.line) for p in problems] == [("private-file", "posts/fine.md", 5)]
    read_fine(tmp_path / "b", {**files, "posts/fine.md": answered})
    allowed = WARD + '\n[guard]\nallow = ["files/plan.dwg"]\n'
    read_fine(tmp_path / "c", {**files, "ward.toml": allowed})
    other = {"posts/more.md": answered.replace("fine", "other")}
    read_fine(tmp_path / "d", {**files, **other})  # one answer for the file is enough


def test_no_answer_is_taken_for_settings_and_for_what_runs(tmp_path: Path) -> None:
    text = POST.replace("Some text.", "[a](../ward.toml) [b](../files/a.html)").replace(
        "Tags:", "Allow: private-file because I like it\nTags:"
    )
    _, problems = read_all(write_site(tmp_path, {"posts/fine.md": text, "files/a.html": "x"}))
    assert [p.rule for p in problems] == ["unsafe-file", "unsafe-file"]


@pytest.mark.parametrize("name", [*(n for n in RUNNABLE if n != "drawing.svg"), *NAMES])
def test_nobody_can_allow_what_a_browser_would_run(name: str, tmp_path: Path) -> None:
    text = POST.replace("Some text.", f"[a](../files/{name})").replace(
        "Tags:", "Allow: private-file because I like it\nTags:"
    )
    ward = f'{WARD}\n[guard]\nallow = ["files/{name}"]\n'
    files: dict[str, str | bytes] = {
        f"files/{name}": RUNNABLE.get(name, b"x"),
        "posts/fine.md": text,
        "ward.toml": ward,
    }
    _, problems = read_all(write_site(tmp_path, files))
    assert "unsafe-file" in [p.rule for p in problems]


def test_a_name_with_full_stops_is_no_program(tmp_path: Path) -> None:
    links = "[a](../files/www.example.com.txt) [b](../files/node.js.csv) [c](../files/a.pl.gpx)"
    files: dict[str, str | bytes] = {
        "files/www.example.com.txt": "Words",
        "files/node.js.csv": "a,b",
        "files/a.pl.gpx": "<gpx/>",
        "posts/fine.md": POST.replace("Some text.", links),
    }
    read_fine(tmp_path, files)


def test_a_file_that_takes_too_long_might_run_unless_a_quick_look_says_no(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(*_: object) -> InspectionResult:
        raise TimeLimitError

    monkeypatch.setattr("wardblog.content.inspection.inspect_file", too_slow)
    runs = f"<r>{SCRIPT}</r>"
    for name, data, rule in (
        ("a.xml", "<r/>", "private-file"), ("b.xml", runs, "unsafe-file"),
        ("a.SVG", "<r/>", "unsafe-file"), ("a.xml.gz", "<r/>", "unsafe-file"),
        ("a.csv", "a,b", "private-file"),
    ):  # fmt: skip
        text = POST.replace("Some text.", f"[a](../files/{name})")
        files: dict[str, str | bytes] = {f"files/{name}": data, "posts/fine.md": text}
        _, problems = read_all(write_site(tmp_path / name, files))
        assert [p.rule for p in problems] == [rule], name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_key_is_found_however_far_down(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    for size in (4_000_000 - 12, 4_000_100, 9_000_000):
        lines = "word\n" * (size // 5)
        path.write_bytes(f"{lines}{KEY}\nMII\n".encode(encoding))
        found = find_secrets(path, "notes.txt")
        assert [(p.line, p.message) for p in found] == [(size // 5 + 1, "this is a private key")]


def test_the_number_of_matches_is_limited(look: Look) -> None:
    found = look("a.csv", "\n".join(f"a,07700 9{n:05}" for n in range(3000)))
    assert 400 < len(found.personal) < 3000


def test_archives_of_programs_are_read_by_their_members(look: Look) -> None:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "x")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", SAID)
    assert look("a.zip", data.getvalue()).problem == "is damaged, so it cannot be inspected"
