"""Maps for residents: a picture, the script that makes it interactive, and its data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardblog.addresses import map_picture
from wardblog.figures import MapFigure
from wardblog.maps.data import map_data, street_data
from wardblog.maps.picture import picture
from wardblog.maps.projection import bounds_of
from wardblog.maps.standalone import standalone

__all__ = ["STREETS_PATH", "DrawnMap", "draw", "street_data"]

# The streets are the same on every map, so they are one file.
STREETS_PATH = "map/streets.json"


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map as it stands on a page: `html` in the figure, and the files beside the page."""

    html: str
    script_path: str
    script: bytes
    data_path: str
    data: bytes
    picture_path: str
    picture: bytes


def draw(
    figure: MapFigure, base_path: str, colours: Mapping[str, str], imprint: str = ""
) -> DrawnMap:
    """Draws a figure.

    `base_path` is the path below which the site stands, such as `/blog`, and `colours` are those
    of the issues on white paper, by slug.
    """
    # Here, since importing Folium takes a third of a second that a site without maps can save.
    from wardblog.maps.ward_map import PlacesLayer, WardMap

    bounds = bounds_of(figure)
    drawn = picture(figure, bounds)
    streets = f"{base_path}/{STREETS_PATH}" if figure.settings.streets else ""
    ward_map = WardMap(bounds)
    PlacesLayer().add_to(ward_map)
    ward_map.render()
    page = ward_map.get_root()
    return DrawnMap(
        drawn.inline + page.html.render().strip(),
        f"{figure.address}map.js",
        (page.script.render().strip() + "\n").encode("utf-8"),
        f"{figure.address}map.json",
        map_data(figure, streets),
        map_picture(figure.address),
        standalone(drawn, figure, colours, imprint),
    )
