"""The pictures, maps and QR codes of a leaflet, as files for the folder in which it is set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from wardblog.content.picture_versions import IMAGE, attributes_of
from wardblog.maps.names import NAME_SIZE
from wardblog.maps.picture import WIDTH, picture
from wardblog.maps.standalone import LETTERS, LIGHT, on_paper, style_of
from wardblog.model import Picture, Place, Point, Post, Precision, Site, SizedPicture
from wardblog.model.map_figure import Dot, MapFigure
from wardblog.photos import PictureVersion
from wardblog.places.place_names import PlaceNames
from wardblog.support.late_dataclass import dataclass
from wardblog.views import issue_colours
from wardblog.views.dots import post_dots
from wardblog.views.places import figure, ground_credits
from wardblog.views.source_links import without_source

_DOTS_PER_MILLIMETRE = 300 / 25.4
# The side of a QR code, and the least side of each of its squares.
_QR_SIDE, _QR_SQUARE = 20.0, 0.5
# As many places have numbers on a map.
MOST_NUMBERED = 30
# Names on a map are at least so high, in millimetres.
_NAME_HEIGHT = 2.2
_FACTORS = ((1.0, ""), (1.35, ".n2"), (1.9, ".n1,.n2"))


@dataclass(slots=True)
class PictureFiles:
    """The files that the typesetter may read, by name, with those that were made before."""

    content: Path
    made: dict[str, bytes] = field(default_factory=dict)

    def photo(self, shown: SizedPicture, width: float, height: float) -> str:
        """The name of a picture that fills a box in millimetres at 300 dpi; never enlarged."""
        # late import: see docs/architecture.md
        from wardblog.photos.make import make_versions

        wanted = max(width / shown.width, height / shown.height) * _DOTS_PER_MILLIMETRE
        scale = min(wanted, 1.0)
        size = (max(1, round(shown.width * scale)), max(1, round(shown.height * scale)))
        name = f"photo-{len(self.made)}-{size[0]}.jpg"
        version = PictureVersion(name, "JPEG", *size)
        own = Picture(kind=shown.kind, width=shown.width, height=shown.height)
        data = (self.content / shown.file).read_bytes()
        (self.made[name],) = make_versions(data, own, (version,))
        return name

    def code(self, url: str, what: str = "") -> dict[str, Any]:
        """A QR code for an address, as it is handed to the template; `what` says what it is for."""
        # late import: see docs/architecture.md
        import segno

        made = segno.make(url, error="m", micro=False)
        squares = made.symbol_size(border=0)[0]
        file = BytesIO()
        made.save(file, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None)
        name = f"code-{len(self.made)}.svg"
        self.made[name] = file.getvalue()
        return {
            "file": name,
            "side": round(max(_QR_SIDE, squares * _QR_SQUARE), 2),
            "alt": f"QR code for {what or without_source(url)}",
            "url": url,
        }

    def map(self, shown: MapFigure, site: Site, width: float) -> dict[str, Any]:
        """A map that is `width` millimetres wide, with its attributions."""
        drawn = picture(shown)
        per_unit = width / WIDTH
        factor, hidden = next(
            (one for one in _FACTORS if one[0] * NAME_SIZE * per_unit >= _NAME_HEIGHT),
            _FACTORS[-1],
        )
        rules = style_of(shown, issue_colours(site), factor)
        rules += "" if len(shown.dots) > 1 else ".map-number{display:none}\n"
        rules += f"{hidden}{{display:none}}\n" if hidden else ""
        name = f"map-{len(self.made)}.svg"
        self.made[name] = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:.0f}" '
            f'height="{drawn.height:.0f}" viewBox="0 0 {WIDTH:.0f} {drawn.height:.0f}" '
            f'font-family="{LETTERS}"><style>{rules}</style>'
            f'<rect width="100%" height="100%" fill="{LIGHT["tint"]}"/>'
            f"{on_paper(drawn.body, factor)}</svg>"
        ).encode()
        return {
            "file": name,
            "alt": shown.label,
            "ratio": round(drawn.height / WIDTH, 4),
            "credits": " ".join(shown.credits),
        }


def alternative_of(post: Post) -> str:
    """What the picture of a post shows, in words."""
    if post.lead is None:
        return ""
    if post.lead.file == post.image and post.image_alt:
        return post.image_alt
    for tag in IMAGE.finditer(post.html):
        attributes = attributes_of(tag[1])
        if post.lead.file.endswith(re.sub(r"^.*[/}|]", "", attributes.get("src", "")) or "\0"):
            return " ".join(attributes.get("alt", "").split()) or post.title
    return post.title


def map_of_posts(site: Site, posts: Sequence[Post]) -> MapFigure | None:
    """A map of the places in some posts, or else of the ward; None if there is nothing to draw."""
    dots = tuple(post_dots(site, posts, with_links=False))
    where = f"{site.ward.name} ward" if site.ward.name else "the ward"
    if dots and (shown := figure(site, "", f"Map of the places in this leaflet: {_names(dots)}",
                                 dots)):  # fmt: skip
        return shown
    if site.ward.boundary is None:
        return None
    return MapFigure(
        address="",
        label=f"Map of {where}",
        dots=(),
        boundary=site.ward.boundary,
        settings=site.map,
        credits=ground_credits(site),
    )


def _names(dots: Sequence[Dot]) -> str:
    return ", ".join(dict.fromkeys(dot.place.name for dot in dots))


def map_of_venue(site: Site, where: str) -> MapFigure | None:
    """A map of where an event is, if the gazetteer knows one such place; else None."""
    names = PlaceNames(site.gazetteer, site.ward.boundary, (site.ward.name, site.ward.council))
    parts = [part.strip() for part in where.split(",") if part.strip()]
    for part in (where, *parts):
        entries = names.meaning(part).entries
        if len(entries) == 1 and (found := _venue(site, where, entries[0].point)):
            return found
    postcode = names.postcode(parts[-1]) if parts else None
    return _venue(site, where, postcode.point) if postcode else None


def _venue(site: Site, where: str, point: Point) -> MapFigure | None:
    place = Place(name=where.partition(",")[0], point=point, precision=Precision.STREET)
    dot = Dot(place=place, issue="", issue_name="", url="", when="")
    shown = figure(site, "", f"Map: {where}", (dot,))
    return replace(shown, focus=(point,)) if shown else None
