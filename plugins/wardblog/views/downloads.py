"""The councils' lists to take away: our own columns only, in UTF-8 and WGS84."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from wardblog.addresses import downloads_of
from wardblog.model import Dataset, Place, Site
from wardblog.views.hubs import attribution
from wardblog.views.output import File, Output

# Cells that a spreadsheet would run as a formula (https://owasp.org/www-community/attacks/
# CSV_Injection) are kept as words by an apostrophe before them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def downloads(site: Site) -> Iterator[Output]:
    for issue in site.issues:
        for dataset in issue.datasets:
            table, map_data = downloads_of(dataset)
            yield File(table, _csv(dataset))
            yield File(map_data, _geojson(dataset, issue.name))


def _words(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(dataset: Dataset) -> bytes:
    """Every place of the list, with whether it lies in the ward."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")  # RFC 4180
    writer.writerow(("identifier", "name", "latitude", "longitude", "progress", "in_ward"))
    for place, inside in zip(dataset.places, dataset.inside, strict=True):
        writer.writerow(
            (
                _words(place.identifier),
                _words(place.name),
                place.point.latitude,
                place.point.longitude,
                place.progress.value if place.progress else "",
                "yes" if inside else "no",
            )
        )
    return file.getvalue().encode("utf-8")


def _geojson(dataset: Dataset, issue: str) -> bytes:
    """The places that the map shows (RFC 7946), with source, licence and date as members."""
    collection = {
        "type": "FeatureCollection",
        "title": dataset.title,
        "issue": issue,
        "source": dataset.source,
        "source_url": dataset.source_url,
        "licence": dataset.licence,
        "attribution": attribution(dataset),
        "as_of": dataset.as_of.isoformat() if dataset.as_of else "",
        "features": [_feature(place) for place in dataset.shown],
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _feature(place: Place) -> dict[str, object]:
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
        },
    }
