"""Decides what the tags of OpenStreetMap mean on a map of a ward.

The tags are explained at https://wiki.openstreetmap.org/wiki/Map_features.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.model import METRES_PER_DEGREE
from wardblog.sources.map_rows import COASTLINE, MapRow, NamedPlace, PlaceKind, simple_parts

Tags = Mapping[str, str]

_MAJOR = ("motorway", "trunk", "primary", "secondary")
_ROADS = {
    **dict.fromkeys((*_MAJOR, *(f"{name}_link" for name in _MAJOR)), "road-major"),
    **dict.fromkeys(
        ("tertiary", "tertiary_link", "unclassified", "residential", "living_street", "road",
         "service", "pedestrian", "busway", "bus_guideway"),
        "road",
    ),
    **dict.fromkeys(("footway", "cycleway", "path", "steps", "bridleway", "track"), "path"),
}  # fmt: skip
# Beside a road, or on one parcel of land: they would only thicken what is drawn already.
_LESSER_SERVICE = ("driveway", "parking_aisle", "drive-through", "emergency_access")
_LESSER_PATHS = ("sidewalk", "crossing", "traffic_island", "access_aisle", "link")
_RAILWAYS = (
    "rail", "light_rail", "subway", "tram", "narrow_gauge", "preserved", "funicular", "monorail"
)  # fmt: skip
_RIVERS = ("river", "canal", "stream", "tidal_channel")
# Key to the values that make an area one of this kind.
_WATER: dict[str, tuple[str, ...]] = {
    "natural": ("water",),
    "waterway": ("riverbank", "dock"),
    "landuse": ("reservoir", "basin"),
}
_GREEN: dict[str, tuple[str, ...]] = {
    "leisure": ("park", "garden", "playground", "recreation_ground", "golf_course", "pitch",
                "nature_reserve", "common", "dog_park"),
    "landuse": ("forest", "grass", "meadow", "recreation_ground", "village_green", "cemetery",
                "allotments", "orchard", "vineyard"),
    "natural": ("wood", "scrub", "heath", "grassland", "moor", "fell", "wetland"),
    "amenity": ("grave_yard",),
}  # fmt: skip
_NO_BUILDING = ("", "no", "proposed", "entrance", "demolished", "razed")
# Buildings and sites that people use to say where something is; a home's name stays out.
_LANDMARKS: dict[str, tuple[str, ...]] = {
    "place": ("city", "town", "village", "hamlet", "suburb", "quarter", "neighbourhood",
              "locality", "square", "island", "islet"),
    "railway": ("station", "halt", "tram_stop"),
    "amenity": ("library", "school", "college", "university", "hospital", "clinic", "townhall",
                "place_of_worship", "community_centre", "police", "fire_station", "marketplace",
                "theatre", "cinema", "arts_centre", "courthouse", "bus_station",
                "ferry_terminal", "grave_yard", "post_office", "pub"),
    "leisure": ("park", "playground", "recreation_ground", "golf_course", "nature_reserve",
                "common", "sports_centre", "stadium", "swimming_pool"),
    "landuse": ("forest", "recreation_ground", "village_green", "cemetery", "allotments",
                "residential", "industrial", "retail", "reservoir"),
    "natural": ("wood", "water", "heath", "peak", "beach", "bay", "cape", "hill", "valley"),
    "tourism": ("museum", "gallery"),
    "historic": ("castle", "monument"),
    "memorial": ("war_memorial",),
}  # fmt: skip
_CLOSED_TO_ALL = ("private", "no")
# A longer tunnel is not seen from the street; a shorter one is how the street goes on.
_LONGEST_TUNNEL = 100 / METRES_PER_DEGREE
_OTHER_NAMES = ("name:en", "name:cy", "name:gd", "name:ga", "name:kw", "alt_name")

# What to ask for: keys, with the values that are wanted. Of landmarks those with a name; an island
# is not asked for with its whole coast, nor a region with all that it surrounds.
WANTED_LINES: dict[str, tuple[str, ...]] = {
    "highway": tuple(_ROADS),
    "railway": _RAILWAYS,
    "waterway": (*_RIVERS, "drain", "ditch"),
    "natural": ("coastline",),
}
WANTED_AREAS: dict[str, tuple[str, ...]] = {
    key: (*_WATER.get(key, ()), *_GREEN.get(key, ())) for key in {**_WATER, **_GREEN}
}
WANTED_LANDMARKS = _LANDMARKS
WANTED_SITES = {key: _LANDMARKS[key] for key in ("amenity", "leisure", "tourism")}


def map_rows(tags: Tags, shape: BaseGeometry) -> Iterator[MapRow]:
    """What something in OpenStreetMap is on the map; a closed line is an area if its tags say so.

    The shape is in degrees: a point, a line or an area. A street with tram tracks gives two rows.
    """
    name = _name(tags)
    if isinstance(shape, shapely.LineString):
        lines = list(_line_rows(tags, shape, name))
        yield from lines
        if lines or not _is_closed(shape) or tags.get("area") == "no":
            return
        shape = shapely.Polygon(shape)
    if not isinstance(shape, shapely.Polygon | shapely.MultiPolygon):
        return
    if tags.get("natural") == "coastline":
        # An island, as some programs give it: with the land on the left of its coast.
        for part in simple_parts(shape, shapely.Polygon):
            yield MapRow(COASTLINE, "", shapely.reverse(shapely.normalize(part).exterior))
    elif kind := _area_kind(tags):
        yield MapRow(kind, name if kind != "building" or _is_landmark(tags) else "", shape)


def _is_closed(line: shapely.LineString) -> bool:
    return line.is_closed and len(line.coords) >= 4


def _line_rows(tags: Tags, line: BaseGeometry, name: str) -> Iterator[MapRow]:
    if tags.get("natural") == "coastline":
        yield MapRow(COASTLINE, "", line)
    if _is_hidden(tags, line):
        return
    if kind := _road_kind(tags):
        number = _number(tags) if kind == "road-major" else ""
        yield MapRow(kind, name or number, line)
        name = ""  # the name on a street with tracks is the street's
    if tags.get("railway") in _RAILWAYS and "service" not in tags:
        yield MapRow("rail", name, line)
    waterway = tags.get("waterway", "")
    if waterway in _RIVERS or (waterway in ("drain", "ditch") and name):
        yield MapRow("water", name, line)


def _road_kind(tags: Tags) -> str:
    """The kind of a road or path, or "" if it is not one to draw."""
    if tags.get("area") == "yes" or tags.get("indoor") == "yes":
        return ""
    kind = _ROADS.get(tags.get("highway", ""), "")
    if tags.get("service") in _LESSER_SERVICE:
        return ""
    if any(tags.get(key) in _LESSER_PATHS for key in ("footway", "path", "cycleway")):
        return ""
    is_street = kind and tags.get("highway") not in ("service", "track") and kind != "path"
    if tags.get("access") in _CLOSED_TO_ALL and not is_street and not tags.get("name"):
        return ""
    return kind


def _is_hidden(tags: Tags, line: BaseGeometry) -> bool:
    """Whether the line is below ground, further than a street goes under a railway."""
    if tags.get("location") == "underground":
        return True
    return tags.get("tunnel", "no") not in ("no", "building_passage") and (
        line.length > _LONGEST_TUNNEL
    )


def _area_kind(tags: Tags) -> str:
    if tags.get("building", "") not in _NO_BUILDING:
        return "" if tags.get("location") == "underground" else "building"
    if _has(tags, _WATER):
        return "" if tags.get("tunnel", "no") != "no" else "water"
    is_garden = tags.get("leisure") == "garden" and (
        tags.get("access") in _CLOSED_TO_ALL or tags.get("garden:type") == "residential"
    )
    return "green" if _has(tags, _GREEN) and not is_garden else ""


def named_places(tags: Tags, shape: BaseGeometry) -> Iterator[NamedPlace]:
    """The names under which people know a street or landmark; streets in Wales have two."""
    kind: PlaceKind = "street"
    number = ""
    if isinstance(shape, shapely.LineString) and (road := _road_kind(tags)):
        number = _number(tags) if road == "road-major" else ""
        middle = shape.interpolate(0.5, normalized=True)
    elif (is_square := tags.get("highway") == "pedestrian") or _is_landmark(tags):
        kind = "street" if is_square else "place"
        is_ring = isinstance(shape, shapely.LineString) and _is_closed(shape)
        middle = (shapely.polygonize([shape]) if is_ring else shape).representative_point()
    else:
        return
    for name in dict.fromkeys((_name(tags) or number, *_other_names(tags))):
        if name:
            yield NamedPlace(kind, name, middle.y, middle.x)


def _number(tags: Tags) -> str:
    return tags.get("ref", "").split(";")[0].strip()


def _is_landmark(tags: Tags) -> bool:
    return _has(tags, _LANDMARKS)


def _has(tags: Tags, wanted: Mapping[str, tuple[str, ...]]) -> bool:
    return any(tags.get(key) in values for key, values in wanted.items())


def _name(tags: Tags) -> str:
    return " ".join(str(tags.get("name") or "").split())


def _other_names(tags: Tags) -> list[str]:
    return [
        " ".join(name.split())
        for key in _OTHER_NAMES
        for name in str(tags.get(key) or "").split(";")
    ]
