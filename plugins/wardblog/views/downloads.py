"""The councils' lists as downloads, with the published columns only, in UTF-8 and WGS84."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from functools import partial

from wardblog.model import CountTable, Dataset, Issue, Place, Site
from wardblog.model.addresses import downloads_of
from wardblog.model.outputs import OutputKind
from wardblog.text.attribution import attribution
from wardblog.text.words import degrees
from wardblog.views.list_reports import reports_of, with_progress
from wardblog.views.output import EMPTY_SITE, File

# Each column with the kind of its cells (https://www.w3.org/TR/xmlschema-2/) and what it means.
# Date and attribution are in every row, since people copy single rows.
_COLUMNS = (
    ("identifier", "string", "The number or letters that the source gives this place"),
    ("name", "string", "What the place is called"),
    ("latitude", "decimal", "Degrees north, WGS84"),
    ("longitude", "decimal", "Degrees east, WGS84; west is negative"),
    ("progress", "string", "The progress of any report about this place"),
    ("in_ward", "string", "Whether it lies in the ward: yes or no"),
    ("as_of", "date", "The day for which the source gives the list"),
    ("attribution", "string", "The words that the licence requires wherever this is used"),
)
# Those of lists that say more about their places.
_MORE_COLUMNS = (
    ("about", "string", "What the source says about this place"),
    ("link", "anyURI", "The page about it at the source"),
)


def downloads(site: Site) -> Iterator[File]:
    for issue in site.issues:
        yield from _of_tables(site, issue)
        reports = reports_of(site.posts_on(issue))
        for listed in issue.lists:
            dataset = with_progress(listed, reports)
            table, description, map_data = downloads_of(dataset)
            credit = full_attribution(site, dataset)
            knows_ward = site.ward.boundary is not None
            for path, make in (
                (table, partial(_csv, dataset, credit, knows_ward)),
                (map_data, partial(_geojson, dataset, issue.name, credit)),
                (description, partial(_description, dataset, table, credit)),
            ):
                extra = (dataset, credit, knows_ward, issue.name)
                yield File(
                    path=path, kind=OutputKind.DATA, site=EMPTY_SITE, extra=extra,
                    content=_without_site(make),
                )  # fmt: skip


def _without_site(make: Callable[[], bytes]) -> Callable[[Site], bytes]:
    return lambda _: make()


def full_attribution(site: Site, dataset: Dataset) -> str:
    """The attribution of the list, and of the boundary that says what is in the ward."""
    boundary = site.ward.boundary.attribution if site.ward.boundary else ""
    source = f"Source: {dataset.source}." if dataset.source else ""
    return " ".join(part for part in (source, attribution(dataset), boundary) if part)


def _day(dataset: Dataset) -> str:
    return dataset.as_of.isoformat() if dataset.as_of else ""


def _csv(dataset: Dataset, credit: str, knows_ward: bool) -> bytes:
    """Every place of the list; if the boundary is known, with whether it is in the ward."""
    # late import: see docs/architecture.md
    import csv

    from wardblog.text.formulas import no_formula

    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")  # RFC 4180
    says_more = _says_more(dataset)
    writer.writerow([name for name, _, _ in _columns(dataset)])
    for place, inside in zip(dataset.places, dataset.inside, strict=True):
        writer.writerow(
            (
                no_formula(place.identifier),
                no_formula(place.name),
                degrees(place.point.latitude),
                degrees(place.point.longitude),
                place.progress.value if place.progress else "",
                ("yes" if inside else "no") if knows_ward else "",
                _day(dataset),
                no_formula(credit),
                *((no_formula(place.about), no_formula(place.link)) if says_more else ()),
            )
        )
    # With a byte order mark; without it Excel shows wrong letters in Welsh names.
    return file.getvalue().encode("utf-8-sig")


def _says_more(dataset: Dataset) -> bool:
    return any(place.about or place.link for place in dataset.places)


def _columns(dataset: Dataset) -> tuple[tuple[str, str, str], ...]:
    return (*_COLUMNS, *_MORE_COLUMNS) if _says_more(dataset) else _COLUMNS


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _geojson(dataset: Dataset, issue: str, credit: str) -> bytes:
    """The places that the map shows (RFC 7946), with source, licence and date as members."""
    collection = {
        "type": "FeatureCollection",
        "title": dataset.title,
        "issue": issue,
        "source": dataset.source,
        "source_url": dataset.source_url,
        "licence": dataset.licence,
        "attribution": credit,
        "as_of": _day(dataset),
    }
    # One line for each place, so that the file can be read and compared with `diff`.
    lines = ",\n".join(json.dumps(_feature(p), ensure_ascii=False) for p in dataset.shown)
    members = json.dumps(collection, ensure_ascii=False).removesuffix("}")
    return f'{members}, "features": [\n{lines}\n]}}\n'.encode()


def _feature(place: Place) -> dict[str, object]:
    more = {"about": place.about, "link": place.link} if place.about or place.link else {}
    return {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [place.point.longitude, place.point.latitude],
        },
        "properties": {
            "identifier": place.identifier,
            "name": place.name,
            "progress": place.progress.value if place.progress else None,
            **more,
        },
    }


def _description(dataset: Dataset, table: str, credit: str) -> bytes:
    """The columns and the source of the table (https://www.w3.org/TR/tabular-metadata/)."""
    about = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": table.rsplit("/", 1)[-1],
        "dc:title": dataset.title,
        "dc:source": dataset.source_url or dataset.source,
        "dc:publisher": dataset.source,
        "dc:license": dataset.licence,
        "dc:rights": credit,
        "dc:date": _day(dataset),
        "tableSchema": {
            "columns": [
                {"name": name, "titles": name, "datatype": kind, "dc:description": words}
                for name, kind, words in _columns(dataset)
            ]
        },
    }
    return _json({key: value for key, value in about.items() if value})


# Tables of counts, which have columns of their own, and no places.


def _of_tables(site: Site, issue: Issue) -> Iterator[File]:
    for dataset in issue.datasets:
        if dataset.table is None:
            continue
        path, description = downloads_of(dataset)
        credit = full_attribution(site, dataset)
        for file, make in (
            (path, partial(_table_csv, dataset, dataset.table, credit)),
            (description, partial(_table_description, dataset, dataset.table, credit)),
        ):
            yield File(
                path=file, kind=OutputKind.DATA, site=EMPTY_SITE, extra=(dataset, credit),
                content=_without_site(make),
            )  # fmt: skip


def _table_columns(table: CountTable) -> tuple[tuple[str, str, str], ...]:
    links = (("link", "anyURI", "Where there is more about it"),) if _has_links(table) else ()
    return (
        *((name, "string", "As the source calls it") for name in table.words),
        *((name, "decimal", "How many") for name in table.counts),
        *links,
        *(column for column in _COLUMNS if column[0] in ("as_of", "attribution")),
    )


def _has_links(table: CountTable) -> bool:
    return any(row.link for row in table.rows)


def _table_csv(dataset: Dataset, table: CountTable, credit: str) -> bytes:
    # late import: see docs/architecture.md
    import csv

    from wardblog.text.formulas import no_formula

    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")  # RFC 4180
    writer.writerow([no_formula(name) for name, _, _ in _table_columns(table)])
    for row in table.rows:
        words, counts = map(no_formula, row.words), map(_number, row.counts)
        links = [no_formula(row.link)] if _has_links(table) else []
        writer.writerow((*words, *counts, *links, _day(dataset), no_formula(credit)))
    return file.getvalue().encode("utf-8-sig")


def _number(number: float) -> str:
    """A number as programs read it: without a point, if it is whole."""
    return str(int(number)) if number == int(number) else repr(number)


def _table_description(dataset: Dataset, table: CountTable, credit: str) -> bytes:
    about = json.loads(_description(dataset, downloads_of(dataset)[0], credit))
    about["tableSchema"]["columns"] = [
        {"name": name, "titles": name, "datatype": kind, "dc:description": words}
        for name, kind, words in _table_columns(table)
    ]
    return _json(about)
