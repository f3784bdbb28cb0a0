"""Draws maps: a picture, the script that makes it interactive, and its data."""

from __future__ import annotations

from collections.abc import Mapping

from wardblog.maps.data import map_data
from wardblog.maps.picture import picture, shared_ground, sheet_of, ward_sheet
from wardblog.maps.projection import bounds_of
from wardblog.maps.standalone import standalone
from wardblog.model.addresses import hashed_path, map_picture
from wardblog.model.map_figure import MapFigure
from wardblog.support.late_dataclass import dataclass

__all__ = ["DrawnMap", "draw", "shared_ground"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMap:
    """A map on a page: the `html` of its figure, and the files beside the page."""

    html: str
    script_path: str
    script: bytes
    data_path: str
    data: bytes
    picture_path: str
    picture: bytes


def draw(
    figure: MapFigure,
    colours: Mapping[str, str],
    imprint: str = "",
    base_url: str = "",
    ground_url: str = "",
) -> DrawnMap:
    """Draw a figure.

    `colours` are the issues' colours on white, by slug; `base_url` is the address of the base
    map, and `ground_url` that of its picture for the whole ward, if the site has them.
    """
    # late import: see docs/architecture.md
    from wardblog.maps.ward_map import live_map

    bounds = bounds_of(figure)
    drawn = picture(figure)
    boundary = figure.boundary
    if boundary is None or sheet_of(bounds) != ward_sheet(boundary):
        ground_url = ""
    html, script = live_map(bounds)
    data = map_data(figure, base_url)
    return DrawnMap(
        html=drawn.inline(ground_url) + html,
        script_path=hashed_path(f"{figure.address}map.js", script),
        script=script,
        data_path=hashed_path(f"{figure.address}map.json", data),
        data=data,
        picture_path=map_picture(figure.address),
        picture=standalone(drawn, figure, colours, imprint),
    )
