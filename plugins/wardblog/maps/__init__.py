"""Maps for residents: a picture, the script that makes it interactive, and its data."""

from __future__ import annotations

from dataclasses import dataclass

from wardblog.maps.data import map_data
from wardblog.maps.picture import picture
from wardblog.maps.projection import bounds_of
from wardblog.model import MapFigure

__all__ = ["DrawnMap", "draw"]


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map as it stands on a page: `html` in the figure, the files beside the page."""

    html: str
    script_path: str
    script: bytes
    data_path: str
    data: bytes


def draw(figure: MapFigure, base_path: str) -> DrawnMap:
    """Draws a figure. `base_path` is the path below which the site stands, such as `/blog`."""
    # Here, since importing Folium takes a third of a second that a site without maps can save.
    from wardblog.maps.ward_map import PlacesLayer, WardMap

    bounds = bounds_of(figure)
    data_path = f"{figure.address}map.json"
    ward_map = WardMap(bounds, figure.settings, picture(figure, bounds))
    PlacesLayer(f"{base_path}/{data_path}").add_to(ward_map)
    ward_map.render()
    page = ward_map.get_root()
    return DrawnMap(
        page.html.render().strip(),
        f"{figure.address}map.js",
        (page.script.render().strip() + "\n").encode("utf-8"),
        data_path,
        map_data(figure),
    )
