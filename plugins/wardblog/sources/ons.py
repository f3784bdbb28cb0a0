"""The outlines of wards, from the Office for National Statistics (ONS Open Geography).

The form of questions and answers is that of ArcGIS REST:
https://developers.arcgis.com/rest/services-reference/enterprise/query-feature-service-layer/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from wardblog.problems import CommandError, UsageError
from wardblog.sources.answers import DAY
from wardblog.sources.ask import UPDATE, Ask, FetchError
from wardblog.sources.fetch import Fetcher
from wardblog.sources.ons_layers import Layer, Layers, arcgis, ask_for_layers
from wardblog.sources.services import service
from wardblog.support.late_dataclass import dataclass

# The first letters of the codes in each kind of outline.
_KIND_OF_CODE = {"E05": "WD", "W05": "WD", "S13": "WD", "N08": "WD", "E58": "CED", "N10": "DEA"}
_CODE = re.compile(r"[ENSW]\d{8}")
# A metre, in degrees.
_TOLERANCE = "0.00001"
_MOST_PAGES = 20
_SUFFIX = re.compile(
    r"^(?:the )?(?:london borough of|royal borough of|metropolitan borough of|borough of)\s+"
    r"|\s+(?:city|county|borough|district|metropolitan)?\s*council$",
    re.IGNORECASE,
)
_NO_DEA = (
    "In Northern Ireland, download the outlines of the district electoral areas from OpenDataNI "
    "(https://www.opendatani.gov.uk/) as GeoJSON, and name the file with FROM=."
)

Properties = Mapping[str, Any]


def can_be_asked_for(code: str) -> bool:
    """Whether ONS has outlines for codes of this kind."""
    return _CODE.fullmatch(code) is not None and code[:3] in _KIND_OF_CODE


def checked_code(code: str) -> str:
    """Return the code; raises `UsageError` if ONS has no outlines for codes of its kind."""
    if not can_be_asked_for(code):
        raise UsageError(f'"{code}" is not the code of a ward', _kinds(code))
    return code


def _kinds(code: str) -> str:
    if code[:3] in ("E04", "W04"):
        return (
            "It is the code of a parish or community, which has no outline there. Get one from "
            "your council, as GeoJSON, and name the file with FROM=."
        )
    kinds = ", ".join(_KIND_OF_CODE)
    return f"Such codes begin with {kinds}, and have six more digits, as in E05014020."


@dataclass(frozen=True, slots=True)
class ListedWard:
    """A ward as it is listed: its code, its name and its council."""

    code: str
    name: str
    council: str

    def __str__(self) -> str:
        return f"{self.code} {self.name}" + (f", {self.council}" if self.council else "")


class OpenGeography:
    """Asks ONS; each method raises `FetchError` if it gives no proper answer."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._service = service("ons")

    @cached_property
    def layers(self) -> Layers:
        return self._fetcher.fetch(ask_for_layers(self._service))

    def by_code(self, code: str) -> list[dict[str, Any]]:
        """Return the GeoJSON features of a code; raises `CommandError` if there is none."""
        kind = _KIND_OF_CODE[checked_code(code)[:3]]
        if kind == "DEA" and kind not in self.layers.newest:
            return self._joined_wards(code)
        layer = self._layer(kind)
        found = self._features(layer, {"where": f"{layer.code_field}='{code}'"})
        if not found:
            raise UsageError(
                f"There is no ward with the code {code} in the newest outlines, of {layer.year}",
                "Wards get new codes when their boundaries change. Find yours with "
                'POSTCODE="..." or NAME="ward, council".',
            )
        return found

    def at(self, latitude: float, longitude: float, in_ireland: bool) -> list[dict[str, Any]]:
        """Return the features of the ward, in Northern Ireland of the DEA, at a position."""
        kind = "DEA" if in_ireland and "DEA" in self.layers.newest else "WD"
        fields = {
            "geometry": f"{longitude:.6f},{latitude:.6f}",
            "geometryType": "esriGeometryPoint",
            "inSR": "4326",
            "spatialRel": "esriSpatialRelIntersects",
        }
        layer = self._layer(kind)
        found = self._features(layer, fields)[:1]  # on a boundary there are two
        if found and in_ireland and kind == "WD":
            return self._joined_wards(self._dea_of(_value(found[0], layer.code_field)))
        return found

    def named(self, name: str, council: str) -> list[ListedWard]:
        """Return the wards with nearly this name, or all of a council; divisions as well."""
        found = []
        for kind in ("WD", "CED"):
            layer = self._layer(kind)
            words = layer.council_field and _SUFFIX.sub("", council).strip()
            where = _like(layer.council_field, words) if words else _like(layer.name_field, name)
            found += self._listed(layer, where)
        return found

    def position(self, postcode: str) -> tuple[float, float] | None:
        """Return the latitude and longitude of a postcode, in any part of the United Kingdom."""
        name, number = self.layers.postcodes
        fields = {"where": f"PCDS='{postcode}'", "outFields": "PCDS,LAT,LONG"}
        for row in self._rows(name, number, fields, f"Looking for {postcode}"):
            latitude, longitude = row.get("LAT"), row.get("LONG")
            if isinstance(latitude, float) and isinstance(longitude, float) and latitude < 99:
                return latitude, longitude
        return None

    def _layer(self, kind: str) -> Layer:
        if kind not in self.layers.newest:
            raise FetchError(f"{self._service.host} lists no outlines of this kind", _NO_DEA)
        return self.layers.newest[kind]

    def _features(self, layer: Layer, fields: Mapping[str, str]) -> list[dict[str, Any]]:
        data = self._fetcher.fetch(
            Ask(
                service=self._service,
                path=f"{layer.name}/FeatureServer/0/query",
                words="The outline of the ward",
                read=lambda answer: arcgis(answer, self._service.host),
                fields={
                    **fields,
                    "outFields": "*",
                    "outSR": "4326",
                    "maxAllowableOffset": _TOLERANCE,
                    "geometryPrecision": "6",
                    "f": "geojson",
                },
                newest=DAY,
            )
        )
        features = data.get("features")
        properties = data.get("properties")
        is_cut = data.get("exceededTransferLimit") or (
            isinstance(properties, dict) and properties.get("exceededTransferLimit")
        )
        if not isinstance(features, list) or is_cut:
            raise FetchError(
                f"{self._service.host} gave an answer that this software cannot read", UPDATE
            )
        return [feature for feature in features if isinstance(feature, dict)]

    def _rows(
        self, name: str, number: int, fields: Mapping[str, str], words: str
    ) -> list[Properties]:
        """Return all rows of a table, page by page; their columns are in capitals."""
        rows: list[Properties] = []
        for _ in range(_MOST_PAGES):
            data = self._fetcher.fetch(
                Ask(
                    service=self._service,
                    path=f"{name}/FeatureServer/{number}/query",
                    words=words,
                    read=lambda answer: arcgis(answer, self._service.host),
                    fields={
                        **fields,
                        "returnGeometry": "false",
                        "resultOffset": str(len(rows)),
                        "f": "json",
                    },
                    newest=DAY,
                )
            )
            features = data.get("features")
            page = [
                {str(key).upper(): value for key, value in feature["attributes"].items()}
                for feature in (features if isinstance(features, list) else ())
                if isinstance(feature, dict) and isinstance(feature.get("attributes"), dict)
            ]
            rows += page
            if not page or not data.get("exceededTransferLimit"):
                break
        return rows

    def _listed(self, layer: Layer, where: str) -> list[ListedWard]:
        columns = filter(None, (layer.code_field, layer.name_field, layer.council_field))
        fields = {"where": where, "outFields": ",".join(columns)}
        return [
            ListedWard(
                str(row.get(layer.code_field, "")),
                str(row.get(layer.name_field, "")),
                str(row.get(layer.council_field, "")),
            )
            for row in self._rows(layer.name, 0, fields, "Looking for the ward")
        ]

    def _dea_of(self, ward: str) -> str:
        """Return the code of the district electoral area that a ward of Northern Ireland is in."""
        for row in self._lookup(f"{self._lookup_field('WD')}='{ward}'"):
            return str(row.get(self._lookup_field("DEA"), ""))
        raise CommandError(f"The district electoral area of the ward {ward} is not known", _NO_DEA)

    def _joined_wards(self, dea: str) -> list[dict[str, Any]]:
        """Return the wards of a district electoral area, with its code and name."""
        rows = self._lookup(f"{self._lookup_field('DEA')}='{dea}'")
        codes = sorted(
            filter(_CODE.fullmatch, (str(r.get(self._lookup_field("WD"))) for r in rows))
        )
        if not codes:
            raise CommandError(f"There is no district electoral area with the code {dea}", _NO_DEA)
        layer = self._layer("WD")
        among = ",".join(f"'{code}'" for code in codes)
        own = ("DEA", "LGD")
        properties = {k: v for k, v in rows[0].items() if k.startswith(own) and k[-2:] != "NW"}
        return [
            {**feature, "properties": properties}
            for feature in self._features(layer, {"where": f"{layer.code_field} IN ({among})"})
        ]

    def _lookup(self, where: str) -> list[Properties]:
        if not self.layers.lookup:
            raise CommandError(
                f"{self._service.host} has no outlines of district electoral areas", _NO_DEA
            )
        fields = {"where": where, "outFields": "*"}
        return self._rows(self.layers.lookup, 0, fields, "Looking for the wards of the area")

    def _lookup_field(self, kind: str) -> str:
        match = re.search(rf"{kind}\d\d", self.layers.lookup, re.IGNORECASE)
        return f"{match[0].upper()}CD" if match else f"{kind}CD"


def _value(feature: Mapping[str, Any], key: str) -> str:
    """Return a property of a feature; services spell its name in capitals or not."""
    properties = feature.get("properties")
    for name, value in (properties if isinstance(properties, dict) else {}).items():
        if name.upper() == key:
            return str(value)
    return ""


def _like(column: str, words: str) -> str:
    """A condition in SQL: the column has the longest of these words in it, in any case.

    Without an S at its end, "Marys" finds "Mary's".
    """
    plain = re.findall(r"[^\W_]+", re.sub(r"['’]?S\b", "", words.upper()))
    return f"UPPER({column}) LIKE '%{max(plain, key=len, default='')}%'"
