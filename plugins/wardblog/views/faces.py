"""The councillors as pages show them: a portrait, a line about them, and how to reach them."""

from __future__ import annotations

from wardblog.content.picture_versions import PagePicture, page_picture
from wardblog.model import Councillor, Site
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import initials

# The diameter of a portrait, in CSS pixels; the same as in the style sheet.
PORTRAIT = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A councillor with a portrait, or initials in its place.

    The portrait fills a circle; `sizes` is how wide the whole picture is then, for the browser.
    """

    councillor: Councillor
    picture: PagePicture | None
    sizes: str
    initials: str


def faces_of(site: Site) -> tuple[Face, ...]:
    return tuple(_face(site, councillor) for councillor in site.councillors)


def _face(site: Site, councillor: Councillor) -> Face:
    photo = councillor.portrait
    return Face(
        councillor=councillor,
        picture=page_picture(site.base_path, photo) if photo else None,
        sizes=f"{round(PORTRAIT * max(1, photo.width / photo.height))}px" if photo else "",
        initials=initials(councillor.name),
    )
