"""Small spreadsheets for tests, made by hand: .xlsx and .ods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from documents import packed

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_OPEN = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "meta", "dc")
)
Cell = str | int | float | None
# Styles of cells by their numbers: none, a percentage, a padded number, a day, a moment, nothing.
PERCENT, PADDED, DAY, MOMENT, INVISIBLE = 1, 2, 3, 4, 5
_STYLES = (
    f'<styleSheet {_MAIN}><numFmts count="4"><numFmt numFmtId="164" formatCode="&quot;GB&quot;'
    '0000"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/><numFmt numFmtId="166" '
    'formatCode="0.0%;-0.0%"/><numFmt numFmtId="167" formatCode=";;;"/></numFmts>'
    '<cellXfs count="6"><xf numFmtId="0"/>'
    '<xf numFmtId="166"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/>'
    '<xf numFmtId="167"/></cellXfs></styleSheet>'
)


def row(number: int, *cells: Cell, about: str = "", styles: Mapping[int, int] | None = None) -> str:
    """A row of a sheet in .xlsx; `styles` has those of some columns, which count from 0."""
    written = "".join(
        _cell(f"{chr(65 + column)}{number}", value, (styles or {}).get(column, 0))
        for column, value in enumerate(cells)
        if value is not None
    )
    return f'<row r="{number}" {about}>{written}</row>'


def _cell(reference: str, value: Cell, style: int) -> str:
    if not isinstance(value, str):
        return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'
    if value.startswith("<"):
        return f'<c r="{reference}" s="{style}">{value}</c>'
    if value.startswith("#"):
        return f'<c r="{reference}" t="e"><v>{value}</v></c>'
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def xlsx(
    sheets: Mapping[str, Sequence[str]],
    *,
    hidden: Mapping[str, str] | None = None,
    before: str = "",
    after: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A workbook of sheets, each with its rows; `hidden` has the states of hidden ones.

    `before` and `after` are parts of each sheet around its rows.
    """
    states = hidden or {}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" state="{states.get(name, "visible")}"/>'
        for n, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    kinds = (("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"))
    links += "".join(
        f'<Relationship Id="x{kind}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for kind, target in kinds
    )
    files: dict[str, str | bytes] = {
        "_rels/.rels": (
            f'<Relationships {_LINKS}><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": f"<Relationships {_LINKS}>{links}</Relationships>",
        "xl/styles.xml": _STYLES,
    }
    for number, rows in enumerate(sheets.values(), 1):
        files[f"xl/worksheets/{number}.xml"] = (
            f"<worksheet {_MAIN}>{before}<sheetData>{''.join(rows)}</sheetData>{after}</worksheet>"
        )
    return packed({**files, **(more or {})})


def ods_row(*cells: Cell, about: str = "") -> str:
    """A row of a sheet in .ods; a cell that begins with "<" is written as it is."""
    written = "".join(
        "<table:table-cell/>"
        if value is None
        else value
        if isinstance(value, str) and value.startswith("<")
        else ods_cell(value)
        for value in cells
    )
    return f"<table:table-row {about}>{written}</table:table-row>"


def ods_cell(value: Cell, *, shown: str = "", kind: str = "", about: str = "") -> str:
    words = f"<text:p>{escape(shown or str(value))}</text:p>"
    if isinstance(value, str) and not kind:
        return f'<table:table-cell office:value-type="string" {about}>{words}</table:table-cell>'
    attribute = "date-value" if kind == "date" else "value"
    return (
        f'<table:table-cell office:value-type="{kind or "float"}" office:{attribute}="{value}" '
        f"{about}>{words}</table:table-cell>"
    )


def ods(sheets: Mapping[str, Sequence[str]], hidden: Sequence[str] = ()) -> bytes:
    """A spreadsheet of sheets, each with its rows and whatever else stands before them."""
    tables = "".join(
        f'<table:table table:name="{name}" table:style-name="{"off" if name in hidden else "on"}">'
        f"{''.join(rows)}</table:table>"
        for name, rows in sheets.items()
    )
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties '
        f'table:display="{shown}"/></style:style>'
        for name, shown in (("on", "true"), ("off", "false"))
    )
    content = (
        f"<office:document-content {_OPEN}><office:automatic-styles>{styles}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "meta.xml": f"<office:document-meta {_OPEN}><dc:creator>Jo Author</dc:creator>"
            "</office:document-meta>",
            "content.xml": content,
        }
    )
