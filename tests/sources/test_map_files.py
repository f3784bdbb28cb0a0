"""Maps that were downloaded by hand, in the forms in which they come."""

from __future__ import annotations

import json
import sqlite3
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import numpy as np
import osmium
import pyogrio
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.places.grids import Grid, to_degrees
from wardblog.places.shapes import DOWNLOAD_AGAIN
from wardblog.report import ParseError, Report
from wardblog.sources.grid_boxes import box_on
from wardblog.sources.map_files import read_map_file
from wardblog.sources.map_rows import KINDS, LocalMetres, MapRow, NamedPlace
from wardblog.sources.ward_files import base_map, gazetteer
from wardblog.support.extras import install_hint

# A ward of a kilometre around TQ 280 750, in metres on the grid.
EAST, NORTH = 528_000, 175_000
[(LATITUDE, LONGITUDE)] = to_degrees(Grid.BRITISH, [EAST], [NORTH])
PLANE = LocalMetres(shapely.Point(LONGITUDE, LATITUDE))
WARD = PLANE.to_degrees(shapely.box(-500, -500, 500, 500))
NAMES = list[tuple[str, str]]


def on_grid(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, lambda pairs: pairs + np.array((EAST, NORTH)))


def line(x: float = 0, y: float = 0) -> shapely.LineString:
    return shapely.LineString([(x, y), (x + 100, y), (x + 200, y + 20)])


def square(x: float = 0, y: float = 0, size: float = 50) -> BaseGeometry:
    return shapely.box(x, y, x + size, y + size)


def write_layer(
    path: Path,
    layer: str,
    shapes: list[BaseGeometry],
    crs: str = "EPSG:27700",
    **columns: Any,
) -> Path:
    """Write a layer on the grid; shapes are in metres from the middle of the ward."""
    form = {"LineString": "LineString", "Point": "Point"}.get(shapes[0].geom_type, "Polygon")
    pyogrio.raw.write(
        str(path),
        shapely.to_wkb(np.array([on_grid(shape) for shape in shapes])),
        [np.array(values, dtype=object) for values in columns.values()],
        np.array(list(columns)),
        layer=layer,
        geometry_type=form,
        crs=crs,
        **({"append": True} if path.exists() else {}),
    )
    return path


def read(path: Path) -> tuple[list[MapRow], list[NamedPlace]]:
    report = Report(path.name)
    found = read_map_file(path, WARD, report)
    assert report.problems == []
    return found


def kinds_and_names(rows: list[MapRow]) -> NAMES:
    return [(row.kind, row.name) for row in rows]


@pytest.fixture(scope="module")
def open_roads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """OS Open Roads as a GeoPackage."""
    path = tmp_path_factory.mktemp("roads") / "oproad_gb.gpkg"
    write_layer(
        path,
        "road_link",
        [line(0, 0), line(0, 50), line(0, 100), line(0, 150), line(50_000, 0)],
        id=["1", "2", "3", "4", "5"],
        road_classification=["Unclassified", "A Road", "Unknown", "A Road", "Unclassified"],
        road_function=["Local Road", "A Road", "Local Access Road", "A Road", "Local Road"],
        form_of_way=["Single Carriageway"] * 5,
        road_classification_number=[None, "A3205", None, "A3", None],
        name_1=["Heol y Frenhines", None, None, "Deep Road", "Far Road"],
        name_1_lang=["cym", None, None, None, None],
        name_2=["Queen Street", None, None, None, None],
        name_2_lang=["eng", None, None, None, None],
        road_structure=[None, None, None, "Road In Tunnel", None],
    )
    return write_layer(path, "road_node", [shapely.Point(0, 0)], form_of_road_node=["junction"])


ROADS = [("road", "Heol y Frenhines"), ("road-major", "A3205"), ("road", "")]


def test_open_roads_as_a_geopackage(open_roads: Path) -> None:
    rows, places = read(open_roads)
    assert kinds_and_names(rows) == ROADS
    assert [(place.kind, place.name) for place in places] == [
        ("street", "Heol y Frenhines"),
        ("street", "Queen Street"),
        ("street", "Deep Road"),  # in a tunnel, so not on the map
    ]
    first = PLANE.from_degrees(rows[0].shape)
    # Grid north differs from north by less than two degrees here.
    assert first.hausdorff_distance(line()) < 8


def test_only_the_box_around_the_ward_is_asked_for(
    open_roads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    read_layer = pyogrio.raw.read

    def watched(*arguments: Any, **options: Any) -> Any:
        found = read_layer(*arguments, **options)
        asked.append((options["bbox"], len(found[2])))
        return found

    monkeypatch.setattr(pyogrio.raw, "read", watched)
    read(open_roads)
    assert [number for _, number in asked] == [4, 1]  # of five roads, and one junction
    assert asked[0][0] == pytest.approx((EAST - 700, NORTH - 700, EAST + 700, NORTH + 700), abs=40)


def test_the_zip_as_downloaded(open_roads: Path, tmp_path: Path) -> None:
    download = tmp_path / "oproad_gpkg_gb.zip"
    with zipfile.ZipFile(download, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(open_roads, "Data/oproad_gb.gpkg")
        archive.writestr("Doc/licence.txt", "made up")
        archive.writestr("Doc/metadata.json", "{}")
    assert kinds_and_names(read(download)[0]) == ROADS
    assert [path.name for path in tmp_path.iterdir()] == ["oproad_gpkg_gb.zip"]


def test_open_roads_as_shapefiles_by_squares(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    columns: dict[str, Any] = {
        "class": ["A Road", "Unclassified"],
        "roadNumber": ["A3205", None],
        "name1": ["Battersea Park Road", "Eland Road"],
        "name2": [None, None],
        "formOfWay": ["Single Carriageway"] * 2,
        "structure": [None, None],
    }
    write_layer(data / "TQ_RoadLink.shp", "TQ_RoadLink", [line(), line(0, 90)], **columns)
    write_layer(data / "NY_RoadLink.shp", "NY_RoadLink", [line(-200_000, 300_000)] * 2, **columns)
    expected = [("road-major", "Battersea Park Road"), ("road", "Eland Road")]
    assert kinds_and_names(read(data / "TQ_RoadLink.shp")[0]) == expected
    assert kinds_and_names(read(data)[0]) == expected
    download = tmp_path / "oproad_essh_gb.zip"
    with zipfile.ZipFile(download, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(data.iterdir()):
            archive.write(file, f"data/{file.name}")
    assert kinds_and_names(read(download)[0]) == expected


def test_welsh_letters_in_a_shapefile_that_does_not_name_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "SH_RoadLink.shp"
    write_layer(path, "SH_RoadLink", [line()], name1=["Ffordd y Tŵr Môn"], formOfWay=["x"])
    path.with_suffix(".cpg").unlink()
    assert kinds_and_names(read(path)[0]) == [("road", "Ffordd y Tŵr Môn")]


def test_openmap_local_with_its_many_layers(tmp_path: Path) -> None:
    path = tmp_path / "opmplc_gb.gpkg"
    none = [None]
    write_layer(
        path, "road", [line(), line(0, 40), line(0, 80)],
        distinctive_name=["Eland Road", None, "Made Parade"],
        road_number=[None, "A3205", None],
        classification=["Local Street", "Primary Road, Collapsed Dual Carriageway",
                        "Pedestrianised Street"],
    )  # fmt: skip
    write_layer(path, "building", [square(200), square(300)], feature_code=[25014, 25014])
    write_layer(
        path, "important_building", [square(300)], distinctive_name=["Made Library"],
        building_theme=["Library"],
    )  # fmt: skip
    write_layer(
        path, "functional_site", [square(-300, 0, 90)], distinctive_name=["Made School"],
        site_theme=["Education"], classification=["Primary Education"],
    )  # fmt: skip
    write_layer(path, "named_place", [shapely.Point(0, 200)], distinctive_name=["Made Town"])
    write_layer(path, "railway_track", [line(0, 300)], classification=["Multi Track"])
    write_layer(path, "railway_tunnel", [line(0, 320)], feature_code=[25303])
    write_layer(
        path, "railway_station", [shapely.Point(10, 300)], distinctive_name=["Made Junction"]
    )
    write_layer(path, "surface_water_line", [line(0, 350)], feature_code=[25600])
    write_layer(path, "surface_water_area", [square(0, 400)], feature_code=[25609])
    write_layer(path, "tidal_water", [square(100, 400)], feature_code=[25608])
    write_layer(path, "foreshore", [square(200, 400)], feature_code=[25612])
    write_layer(path, "woodland", [square(-400, -400, 200)], feature_code=[25999])
    write_layer(path, "electricity_transmission_line", [line(0, 10)], classification=none)
    rows, places = read(path)
    assert sorted(kinds_and_names(rows)) == [
        ("building", ""),
        ("building", ""),
        ("building", "Made Library"),
        ("green", ""),
        ("rail", ""),
        ("road", "Eland Road"),
        ("road", "Made Parade"),
        ("road-major", "A3205"),
        ("water", ""),
        ("water", ""),
        ("water", ""),
    ]
    assert sorted((place.kind, place.name) for place in places) == [
        ("place", "Made Junction"),
        ("place", "Made Library"),
        ("place", "Made School"),
        ("place", "Made Town"),
        ("street", "Eland Road"),
        ("street", "Made Parade"),
    ]
    features = json.loads(base_map(rows, WARD, "Contains OS data"))["features"]
    assert {feature["properties"]["kind"] for feature in features} == set(KINDS) - {"path"}
    # The library, which is in two layers, is drawn once.
    assert sum(feature["properties"]["kind"] == "building" for feature in features) == 2


OSM = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="made up">
{nodes}{ways}{relations}</osm>
"""


class MadeOsm:
    """Collects ways and relations, with positions in metres from the middle of the ward."""

    def __init__(self) -> None:
        self.nodes: list[str] = []
        self.ways: list[str] = []
        self.relations: list[str] = []

    def node(self, x: float, y: float, **tags: str) -> int:
        point = PLANE.to_degrees(shapely.Point(x, y))
        number = len(self.nodes) + 1
        place = f'lat="{point.y:.7f}" lon="{point.x:.7f}"'
        self.nodes.append(f'<node id="{number}" version="1" {place}>{_tags(tags)}</node>\n')
        return number

    def way(self, shape: BaseGeometry, **tags: str) -> int:
        pairs = shapely.get_coordinates(shape).tolist()
        is_closed = pairs[0] == pairs[-1]
        nodes = [self.node(x, y) for x, y in (pairs[:-1] if is_closed else pairs)]
        refs = "".join(f'<nd ref="{node}"/>' for node in nodes + nodes[:1] * is_closed)
        number = len(self.ways) + 1
        self.ways.append(f'<way id="{number}" version="1">{refs}{_tags(tags)}</way>\n')
        return number

    def relation(self, *members: tuple[int, str], **tags: str) -> None:
        refs = "".join(f'<member type="way" ref="{n}" role="{role}"/>' for n, role in members)
        tags = {"type": "multipolygon", **tags}
        number = len(self.relations) + 1
        self.relations.append(
            f'<relation id="{number}" version="1">{refs}{_tags(tags)}</relation>\n'
        )

    def write(self, path: Path) -> Path:
        text = OSM.format(
            nodes="".join(self.nodes), ways="".join(self.ways), relations="".join(self.relations)
        )
        path.write_text(text, encoding="utf-8")
        return path


def _tags(tags: dict[str, str]) -> str:
    return "".join(
        f"<tag k={quoteattr(key.replace('__', ':'))} v={quoteattr(value)}/>"
        for key, value in tags.items()
    )


def made_osm() -> MadeOsm:
    osm = MadeOsm()
    osm.way(line(), highway="residential", name="Heol y Frenhines", name__en="Queen Street")
    osm.way(line(0, 40), highway="footway", footway="sidewalk")
    osm.way(square(0, 100, 40), highway="residential", junction="roundabout", name="Made Circus")
    osm.way(square(100, 100), building="house", name="Rose Cottage")
    osm.way(line(0, 200), railway="rail", layer="1")
    osm.way(line(90_000, 0), highway="residential", name="Far Road")
    outer, inner = osm.way(square(-300, -300, 200)), osm.way(square(-250, -250, 50))
    osm.relation((outer, "outer"), (inner, "inner"), leisure="park", name="Made Park")
    osm.node(5, 5, place="suburb", name="Made Town")
    return osm


OF_OSM = [
    ("road", "Heol y Frenhines"),
    ("road", "Made Circus"),
    ("rail", ""),
    ("green", "Made Park"),
    ("building", ""),
]


def check_osm(path: Path) -> None:
    rows, places = read(path)
    assert sorted(kinds_and_names(rows)) == sorted(OF_OSM)
    [park] = [row for row in rows if row.kind == "green"]
    assert PLANE.from_degrees(park.shape).area == pytest.approx(200**2 - 50**2, rel=0.001)
    assert sorted((place.kind, place.name) for place in places) == [
        ("place", "Made Park"),
        ("place", "Made Town"),
        ("street", "Heol y Frenhines"),
        ("street", "Made Circus"),
        ("street", "Queen Street"),
    ]


def test_a_file_of_openstreetmap(tmp_path: Path) -> None:
    check_osm(made_osm().write(tmp_path / "map.osm"))


@pytest.mark.long
def test_an_extract_of_openstreetmap_as_pbf(tmp_path: Path) -> None:
    check_osm(made_file(tmp_path, "greater-london-latest.osm.pbf"))


def feature(shape: BaseGeometry, **properties: object) -> dict[str, Any]:
    geometry = shapely.geometry.mapping(PLANE.to_degrees(shape))
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write_geojson(path: Path, *features: object, **more: object) -> Path:
    data = {"type": "FeatureCollection", "features": features, **more}
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_geojson_exported_from_openstreetmap(tmp_path: Path) -> None:
    path = write_geojson(
        tmp_path / "export.geojson",
        feature(line(), **{"@id": "way/1", "highway": "residential", "name": "Eland Road"}),
        feature(square(), building="yes", **{"@id": "way/2"}),
        feature(shapely.MultiLineString([line(0, 50), line(0, 80)]), highway="footway"),
        feature(shapely.Point(0, 0), amenity="library", name="Made Library"),
        feature(line(0, 90), layer=1, other=None, waterway="river", name="Made River"),
    )
    rows, places = read(path)
    assert kinds_and_names(rows) == [
        ("road", "Eland Road"),
        ("building", ""),
        ("path", ""),
        ("path", ""),
        ("water", "Made River"),
    ]
    assert [place.name for place in places] == ["Eland Road", "Made Library"]


def test_our_own_base_map(tmp_path: Path) -> None:
    first = [
        MapRow("road", "Eland Road", PLANE.to_degrees(line())),
        MapRow("green", "Made Park", PLANE.to_degrees(square(200, 200))),
        MapRow("building", "", PLANE.to_degrees(square(300, 0))),
    ]
    path = tmp_path / "basemap.geojson"
    path.write_bytes(base_map(first, WARD, "Made up"))
    rows, places = read(path)
    assert base_map(rows, WARD, "Made up") == path.read_bytes()
    assert [(place.kind, place.name) for place in places] == [("place", "Made Park")]
    assert b"street,Eland Road," in gazetteer(places, rows, WARD)


def test_geojson_of_open_roads_on_the_grid(tmp_path: Path) -> None:
    on_the_grid = shapely.geometry.mapping(on_grid(line()))
    properties = {"class": "B Road", "name1": "Eland Road", "formOfWay": "Single Carriageway"}
    path = write_geojson(
        tmp_path / "roads.geojson",
        {"type": "Feature", "properties": properties, "geometry": on_the_grid},
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
    )
    [row], _ = read(path)
    assert (row.kind, row.name) == ("road-major", "Eland Road")
    assert PLANE.from_degrees(row.shape).hausdorff_distance(line()) < 8


def test_a_saved_answer_of_overpass(tmp_path: Path) -> None:
    pairs = shapely.get_coordinates(PLANE.to_degrees(line())).tolist()
    element = {
        "type": "way", "id": 1, "tags": {"highway": "residential", "name": "Eland Road"},
        "geometry": [{"lat": lat, "lon": lon} for lon, lat in pairs],
    }  # fmt: skip
    far = {**element, "id": 2, "geometry": [{"lat": lat + 1, "lon": lon} for lon, lat in pairs]}
    path = tmp_path / "export.json"
    path.write_text(json.dumps({"version": 0.6, "osm3s": {}, "elements": [element, far]}))
    rows, places = read(path)
    assert kinds_and_names(rows) == [("road", "Eland Road")]
    assert len(places) == 1


def test_features_that_cannot_be_drawn_get_one_warning(tmp_path: Path) -> None:
    broken = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "LineString"},
    }
    path = write_geojson(
        tmp_path / "map.geojson", broken, broken, feature(line(), highway="residential")
    )
    report = Report("map.geojson")
    rows, _ = read_map_file(path, WARD, report)
    assert len(rows) == 1
    [problem] = report.problems
    assert problem.message == "2 features of this map cannot be drawn and were left out"


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_positions_that_are_not_numbers_are_left_out_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "map.geojson"
    odd = '{"type": "Feature", "properties": {"highway": "path", "name": "Odd"}, "geometry": %s}'
    odd %= '{"type": "LineString", "coordinates": [[NaN, 51], [0, 51]]}'
    good = json.dumps(feature(line(), highway="residential", name="Eland Road"))
    path.write_text(f'{{"type": "FeatureCollection", "features": [{odd}, {good}]}}')
    report = Report(path.name)
    assert kinds_and_names(read_map_file(path, WARD, report)[0]) == [("road", "Eland Road")]
    assert [p.message for p in report.problems] == [
        "1 feature of this map cannot be drawn and was left out"
    ]


def damaged_database() -> bytes:
    """SQLite quotes what is damaged in its message, which Python then cannot decode."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE a (b)")
        return database.serialize().replace(b"TABLE a", b"TABLE\xcea")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("map.gpkg", b"SQLite format 3\x00 and nothing more", "this file cannot be read as a map"),
        ("map.gpkg", damaged_database(), "this file cannot be read as a map"),
        ("map.shp", b"x" * 200, "the .shx file that belongs to this Shapefile is missing"),
        ("map.osm", b"<html>", "this file cannot be read as a map"),
        ("map.osm.pbf", b"x" * 200, "this file cannot be read as a map"),
        ("map.zip", b"PK\x03\x04", "this zip is damaged or cut off"),
        ("map.kml", b"<kml/>", 'cannot read a map from a file ending in ".kml"'),
        ("map", b"x", 'cannot read a map from a file without an ending such as ".gpkg"'),
        ("map.geojson", b'{"type": "FeatureColl', "this is not GeoJSON: the text is cut off"),
        ("map.geojson", b'{"type": "Topology"}', "this TopoJSON is damaged"),
        ("map.geojson", b"\xff\xfe\x00", "this file is not saved as UTF-8 text"),
        ("map.geojson", b'{"type": "FeatureCollection", "features": []}', "nothing near the ward"),
        ("map.json", b'{"elements": []}', "the map service has nothing in this area"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_plain_words(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ParseError) as error:
        read_map_file(path, WARD, Report(name))
    assert message in error.value.message
    assert error.value.hint


def made_file(folder: Path, name: str) -> Path:
    """A small map in one of the forms."""
    if name.endswith(".pbf"):
        text = made_osm().write(folder / "text.osm")
        with osmium.SimpleWriter(str(folder / name)) as writer:
            for thing in osmium.FileProcessor(str(text)):
                writer.add(thing)
        return folder / name
    if name.endswith(".osm"):
        return made_osm().write(folder / name)
    lines: list[BaseGeometry] = [line(0, y) for y in range(60)]
    columns: dict[str, Any] = {"class": ["B Road"] * 60, "formOfWay": ["Slip Road"] * 60}
    return write_layer(folder / name, "RoadLink", lines, **columns)


@pytest.mark.long
@pytest.mark.parametrize("name", ["map.gpkg", "map.shp", "map.osm", "map.osm.pbf"])
def test_a_file_that_is_cut_off_is_refused_rather_than_read_in_part(
    tmp_path: Path, name: str
) -> None:
    path = made_file(tmp_path, name)
    read(path)
    data = path.read_bytes()
    for part in (0.3, 0.9):
        path.write_bytes(data[: int(len(data) * part)])
        with pytest.raises(ParseError, match="this file cannot be read as a map"):
            read_map_file(path, WARD, Report(name))


@pytest.mark.parametrize("ending", [".shx", ".dbf"])
def test_a_shapefile_without_its_other_files_says_which_is_missing(
    tmp_path: Path, ending: str
) -> None:
    path = made_file(tmp_path, "TQ_RoadLink.shp")
    path.with_suffix(ending).unlink()
    with pytest.raises(ParseError, match=rf"the \{ending} file .* is missing") as error:
        read_map_file(path, WARD, Report("x"))
    assert error.value.hint.startswith("Keep all its files together")


def test_a_zip_or_folder_without_a_map_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="this folder has no map"):
        read_map_file(tmp_path, WARD, Report("x"))
    path = tmp_path / "list.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("list.csv", "a,b")
    with pytest.raises(ParseError, match="this zip has no map"):
        read_map_file(path, WARD, Report("x"))


def test_a_zip_that_leads_elsewhere_writes_nothing_there(tmp_path: Path, open_roads: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / "map.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(open_roads, "../../escaped.gpkg")
    assert kinds_and_names(read(path)[0]) == ROADS
    assert [file.name for file in tmp_path.rglob("*.gpkg")] == []


def test_a_map_of_another_place_is_refused(open_roads: Path) -> None:
    with pytest.raises(ParseError, match="nothing near the ward in this file"):
        read_map_file(open_roads, shapely.box(-3.2, 55.9, -3.1, 56), Report("x"))


def test_an_unknown_coordinate_system_is_refused_by_name(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "x.gpkg", "road", [line()], crs="EPSG:2154", name=["x"])
    with pytest.raises(ParseError, match='coordinate system "EPSG:2154"'):
        read_map_file(path, WARD, Report("x"))


def test_without_the_library_the_message_says_what_to_run(
    open_roads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    with pytest.raises(ParseError, match="need a library that is not installed") as error:
        read_map_file(open_roads, WARD, Report("x"))
    assert error.value.hint == install_hint("geodata")


@pytest.mark.parametrize(
    "grid", [Grid.BRITISH, Grid.IRISH, Grid.ITM, Grid.WEB_MERCATOR, Grid.DEGREES]
)
def test_the_box_on_a_grid_holds_the_area(grid: Grid) -> None:
    west, south, east, north = box_on(grid, (-5.95, 54.55, -5.85, 54.65))
    corners = to_degrees(grid, [west, east], [south, north])
    assert corners[0] == pytest.approx((54.55, -5.95), abs=0.01)
    assert corners[1] == pytest.approx((54.65, -5.85), abs=0.01)


def test_an_area_outside_a_grid_is_refused() -> None:
    with pytest.raises(ParseError, match="the ward is outside the British National Grid"):
        box_on(Grid.BRITISH, (10, 40, 11, 41))


def test_a_saved_answer_that_is_cut_off_has_to_be_downloaded_again(tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    path.write_text('{"version": 0.6, "generator": "Overpass API", "elements": [{', "utf-8")
    with pytest.raises(ParseError, match="cut off") as caught:
        read_map_file(path, shapely.box(-1.56, 53.80, -1.55, 53.81), Report(""))
    assert caught.value.hint == DOWNLOAD_AGAIN
