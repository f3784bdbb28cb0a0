"""A file that names other files or addresses is refused before anything of them is read."""

from __future__ import annotations

import socket
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyogrio
import pytest
import shapely

from wardblog.report import ParseError, Report
from wardblog.sources.map_files import read_map_file

AREA = shapely.box(-0.2, 51.4, -0.1, 51.5)
VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="lines"><SrcDataSource>{}</SrcDataSource>'
    "<SrcLayer>secret</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"
)
OSM = '<osm version="0.6"><node id="1" lat="51.46" lon="-0.16"/>{}</osm>'


@pytest.fixture
def host() -> Iterator[socket.socket]:
    """It would hear if anybody called."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.settimeout(0.05)
        yield server


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("map.osm", VRT.format("/vsicurl/{url}/x.geojson")),
        ("map.osm", OSM.format("<!-- " + VRT.format("/vsicurl/{url}/x.geojson") + " -->")),
        ("map.osm", f'<!DOCTYPE osm [<!ENTITY x SYSTEM "{{url}}/x">]>{OSM.format("&x;")}'),
        ("map.osm.pbf", VRT.format("/vsicurl/{url}/x.geojson")),
        ("map.gpkg", VRT.format("/vsicurl/{url}/x.geojson")),
        ("map.gpkg", "<OGRWFSDataSource><URL>{url}/wfs</URL></OGRWFSDataSource>"),
        ("map.gpkg", "WFS:{url}/wfs"),
        ("map.zip/map.gpkg", VRT.format("/vsicurl/{url}/x.geojson")),
        ("map.zip/map.shp", VRT.format("/vsicurl/{url}/x.geojson")),
    ],
)
def test_no_file_makes_us_call_anybody(
    name: str, text: str, tmp_path: Path, host: socket.socket
) -> None:
    first, _, inner = name.partition("/")
    data = text.replace("{url}", "http://{}:{}".format(*host.getsockname()))
    if inner:
        with zipfile.ZipFile(tmp_path / first, "w") as archive:
            archive.writestr(inner, data)
    else:
        (tmp_path / first).write_text(data)
    with pytest.raises(ParseError, match="this file cannot be read as a map"):
        read_map_file(tmp_path / first, AREA, Report(first))
    with pytest.raises(TimeoutError):
        host.accept()


def test_no_file_leads_to_another(tmp_path: Path) -> None:
    secret = tmp_path / "secret.geojson"
    secret.write_text(
        '{"type": "Feature", "properties": {"kind": "road"}, "geometry": '
        '{"type": "LineString", "coordinates": [[-0.16, 51.46], [-0.15, 51.46]]}}'
    )
    (tmp_path / "map.gpkg").write_text(VRT.format(secret))
    with pytest.raises(ParseError, match="this file cannot be read as a map"):
        read_map_file(tmp_path / "map.gpkg", AREA, Report(""))


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE road_link RENAME TO other; CREATE VIEW road_link AS SELECT * FROM other;",
        (
            "ALTER TABLE gpkg_contents RENAME TO other; "
            "CREATE VIEW gpkg_contents AS SELECT * FROM other;"
        ),
        "DROP TABLE road_link; CREATE VIRTUAL TABLE road_link USING fts5(geom);",
    ],
)
def test_a_geopackage_with_a_program_for_a_table_is_refused(change: str, tmp_path: Path) -> None:
    path = tmp_path / "map.gpkg"
    roads = shapely.to_wkb([shapely.LineString([(-0.16, 51.46), (-0.15, 51.46)])])
    pyogrio.raw.write(
        path, roads, [], [], layer="road_link", driver="GPKG", geometry_type="LineString",
        crs="EPSG:4326", SPATIAL_INDEX="NO",
    )  # fmt: skip
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA legacy_alter_table = ON")
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (trigger,) in triggers.fetchall():
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.executescript(change)
    with pytest.raises(ParseError, match="this GeoPackage has no proper table"):
        read_map_file(path, AREA, Report(""))
