"""Decides what the layers of Ordnance Survey's open maps are on a map of a ward.

The layers and columns of OS Open Roads, OS OpenMap Local and OS Open Greenspace are explained at
https://docs.os.uk/os-downloads. A GeoPackage has long names in small letters (`road_link`,
`name_1`), a Shapefile short ones after the letters of its square (`TQ_RoadLink`, `name1`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from shapely.geometry.base import BaseGeometry

from wardblog.sources.map_rows import MapRow, NamedPlace

Columns = Mapping[str, str]

# The kind of what is in each layer; "" for layers of which only the names are used.
_KINDS = {
    "roadlink": "road",
    "road": "road",
    "railwaytrack": "rail",
    "surfacewaterarea": "water",
    "surfacewaterline": "water",
    "tidalwater": "water",
    "woodland": "green",
    "greenspacesite": "green",
    "building": "building",
    "importantbuilding": "building",
    "glasshouse": "building",
    "functionalsite": "",
    "namedplace": "",
    "railwaystation": "",
}
_ROAD_LAYERS = ("roadlink", "road")
# The layers whose names people use to say where something is.
_PLACES = ("greenspacesite", "importantbuilding", "functionalsite", "namedplace", "railwaystation")
_MAJOR = ("motorway", "primary road", "a road", "b road")
_NAMES = ("name1", "name2", "distinctivename", "distname", "distinctivename1", "distname1")
_NUMBERS = ("roadclassificationnumber", "roadnumber")
_CLASSES = ("roadclassification", "class", "classification", "classifica")
_STRUCTURES = ("roadstructure", "structure")
_SQUARE = re.compile(r"^[HNOST][A-HJ-Z]_")


def layer_name(name: str) -> str:
    """Return the name of a layer without its square: "TQ_RoadLink" and "road_link" are one."""
    return _SQUARE.sub("", name).replace("_", "").casefold()


def is_known(layer: str) -> bool:
    """Whether this layer of Ordnance Survey (see `layer_name`) has something for the map."""
    return layer in _KINDS


def has_road_columns(columns: Columns) -> bool:
    """Whether these are the columns of OS Open Roads, whatever the file is called."""
    plain = _plain(columns)
    return "formofway" in plain and any(key in plain for key in ("roadclassification", "class"))


def map_rows_of(layer: str, columns: Columns, shape: BaseGeometry) -> Iterator[MapRow]:
    """What a feature of the layer is on the map; the shape is in degrees."""
    kind, plain = _KINDS[layer], _plain(columns)
    if not kind or "tunnel" in _first(plain, _STRUCTURES).casefold():
        return
    name = next(iter(_names(plain)), "")
    if layer in _ROAD_LAYERS and _first(plain, _CLASSES).casefold().startswith(_MAJOR):
        kind, name = "road-major", name or _first(plain, _NUMBERS)
    yield MapRow(kind, name, shape)


def named_places_of(layer: str, columns: Columns, shape: BaseGeometry) -> Iterator[NamedPlace]:
    """The names of a feature; in Wales and in the Highlands a street may have two."""
    plain = _plain(columns)
    if layer not in (*_ROAD_LAYERS, *_PLACES):
        return
    is_road = layer in _ROAD_LAYERS
    middle = shape.interpolate(0.5, normalized=True) if is_road else shape.representative_point()
    for name in _names(plain):
        yield NamedPlace("street" if is_road else "place", name, middle.y, middle.x)


def _plain(columns: Columns) -> dict[str, str]:
    return {
        key.replace("_", "").casefold(): " ".join(text.split()) for key, text in columns.items()
    }


def _names(plain: Columns) -> list[str]:
    return list(dict.fromkeys(plain[key] for key in _NAMES if plain.get(key)))


def _first(plain: Columns, keys: tuple[str, ...]) -> str:
    return next((plain[key] for key in keys if plain.get(key)), "")
