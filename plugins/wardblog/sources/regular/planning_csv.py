"""A council's own list of planning applications, in CSV, whatever its columns are called."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date

from wardblog.content.tables.sheets import TableSheet, read_csv
from wardblog.model import DataSource, Point, Site
from wardblog.places.columns import Row, find_column, find_columns
from wardblog.places.positions import locate
from wardblog.report import ParseError, Report
from wardblog.sources.ask import Ask, BusyError, refuse_web_page
from wardblog.sources.fetch import Fetcher
from wardblog.sources.regular.applications import ApplicationRecord, fetched_applications
from wardblog.sources.regular.source import Fetched, FetchedTable
from wardblog.sources.services import service_at
from wardblog.text.decoding import decode_table, refuse_other_formats

# What councils call each column, in small letters without spaces and punctuation, best first. A
# column that is not listed here is never read.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "reference": (
        "reference", "applicationreference", "applicationref", "applicationnumber", "applicationno",
        "applicationid", "appreference", "appref", "appnumber", "appno", "casereference",
        "casenumber", "caseno", "caseref", "planningreference", "planningref", "refno", "refval",
        "referencenumber", "ref",
    ),
    "address": (
        "siteaddress", "address", "location", "locationtext", "locationaddress", "sitelocation",
        "developmentaddress", "developmentlocation", "propertyaddress", "applicationaddress",
        "site",
    ),
    "description": (
        "proposal", "description", "developmentdescription", "descriptionofdevelopment",
        "proposaldescription", "descriptionofproposal", "proposeddevelopment", "development",
        "applicationdescription", "casetext",
    ),
    "received": (
        "received", "datereceived", "receiveddate", "applicationreceived", "datevalid", "validdate",
        "datevalidated", "validated", "dateregistered", "registereddate", "registrationdate",
        "registered", "applicationdate", "startdate",
    ),
    "decided": (
        "decided", "decisiondate", "datedecision", "datedecided", "dateofdecision",
        "decisionissueddate", "decisionissued", "datedecisionissued", "decisionnoticedate",
    ),
    "closes": (
        "closes", "consultationenddate", "consultationend", "consultationendsdate", "commentsby",
        "commentdate", "commentsclose", "commentsclosedate", "lastdateforcomments",
        "publicconsultationenddate", "publicconsultationend", "consultationexpirydate",
        "neighbourconsultationenddate", "neighbourconsultationexpirydate", "closingdate",
        "consultationdeadline",
    ),
    "state": (
        "state", "status", "applicationstatus", "casestatus", "currentstatus", "appstatus",
    ),
    "decision": ("decision", "decisiontext", "outcome", "decisiontype", "decisiondescription"),
    "kind": ("applicationtype", "apptype", "type", "casetype"),
    "link": (
        "link", "url", "weblink", "applicationurl", "applicationlink", "caseurl", "publicaccessurl",
        "publicaccesslink", "publicaccess", "planningurl", "moreinformation", "moreinfo", "webpage",
    ),
}  # fmt: skip


def fetch(
    source: DataSource,
    site: Site,  # noqa: ARG001 - as all sources have it
    today: date,  # noqa: ARG001
    fetcher: Fetcher,
) -> tuple[bytes, ...]:
    """The council's file; see `SourceModule`."""
    place = service_at(source.url, "the council (planning applications)", source.line_of("url"))

    def checked(answer: bytes) -> bytes:
        _refuse_broken(answer, place.host)
        return answer

    ask = Ask(service=place, path="", words="The planning applications", read=checked, fields={})
    return (fetcher.fetch(ask),)


def _refuse_broken(answer: bytes, host: str) -> None:
    """Raise `FetchError` or `ParseError` for anything but a whole list."""
    refuse_web_page(answer, host)
    columns = _columns(_sheet(answer))
    lines = decode_table(answer).rstrip("\r\n ").split("\n")
    is_cut = not answer.endswith((b"\n", b"\r")) and len(lines) > 1
    if is_cut and len(columns) > 1 and _cells(lines[-1]) < _cells(lines[0]):
        raise BusyError(f"{host} closed the connection before its answer was complete")


def _cells(line: str) -> int:
    return max(len(next(csv.reader([line], delimiter=sign), [])) for sign in ",;\t|")


def read(answers: Sequence[bytes], source: DataSource, site: Site, today: date) -> Fetched:
    """The applications in the ward, and a table of them; see `SourceModule`."""
    records = [record for answer in answers for record in records_of(answer, site)]
    council = f"{site.ward.council} Council" if site.ward.council else "the council"
    credit = FetchedTable(
        stem="",
        title="Planning applications",
        columns=(),
        rows=(),
        source=f"the planning register of {council}",
        source_url=source.url,
        attribution=f"Planning applications from {council}",
    )
    return fetched_applications(records, site, today, f"{source.issue}-applications", credit)


def records_of(answer: bytes, site: Site) -> list[ApplicationRecord]:
    """The rows of a list; raises `ParseError` if it is not one of planning applications."""
    sheet = _sheet(answer)
    columns = _columns(sheet)
    points = _points(sheet, site)
    return [_record(row, columns, point) for row, point in zip(sheet.rows, points, strict=True)]


def _sheet(answer: bytes) -> TableSheet:
    refuse_other_formats(answer, "Name the address of the list as CSV.")
    return read_csv(decode_table(answer))


def _columns(sheet: TableSheet) -> dict[str, str]:
    """The columns by what they hold; raises `ParseError` without a reference and an address."""
    found = {
        key: column for key, names in _NAMES.items() if (column := find_column(sheet.names, names))
    }
    missing = [key for key in ("reference", "address") if key not in found]
    if missing:
        listed = ", ".join(f'"{name}"' for name in sheet.names[:12] if name)
        raise ParseError(
            f"the list has no column for the {' and the '.join(missing)} of an application",
            f"It has: {listed}." if listed else "It is empty.",
        )
    return found


def _points(sheet: TableSheet, site: Site) -> Sequence[Point | None]:
    quiet = Report("")
    columns = find_columns(sheet.names, sheet.rows, False, quiet)
    if columns is None:
        return [None] * len(sheet.rows)
    return locate(columns, sheet.rows, quiet, None, lambda: site.ward.in_ireland).points


def _record(row: Row, columns: Mapping[str, str], point: Point | None) -> ApplicationRecord:
    def cell(key: str) -> str:
        return row.values.get(columns.get(key, ""), "")

    return ApplicationRecord(
        reference=cell("reference"),
        address=cell("address"),
        description=cell("description"),
        state=cell("decision") or cell("state"),
        kind=cell("kind"),
        received=cell("received"),
        decided=cell("decided"),
        closes=(cell("closes"),),
        link=cell("link"),
        lat=point.latitude if point else None,
        lon=point.longitude if point else None,
    )
