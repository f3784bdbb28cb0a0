"""Finds places, names pins, and answers with the lines that put them into a post."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from wardblog.content.base_site import cached_base_site, read_base_site
from wardblog.content.cache import BaseSite
from wardblog.content.files import scan
from wardblog.model import Place, Precision, Site
from wardblog.model.media_types import media_type
from wardblog.places.coordinates import validated_point
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import answer
from wardblog.preview.editor.place_find import FoundSpot, PlaceFinder
from wardblog.preview.editor.place_lines import PlacePin, Way
from wardblog.preview.editor.place_map import base_map, leaflet_file, map_script, map_values
from wardblog.preview.editor.place_reader import PostLines
from wardblog.preview.editor.request import BadRequestError, EditorRequest, MissingError
from wardblog.preview.pages import Response
from wardblog.problems import Problem, Severity
from wardblog.report import ParseError
from wardblog.support.visible import escape_controls_in_line

_LONGEST, _LONGEST_NAME, _MOST_LINES = 6000, 200, 5000
_RESIDENTS_SEE = {
    Precision.EXACT: "Residents see a pin at exactly this spot.",
    Precision.STREET: "Residents see a circle of about 100 m, and not the spot itself.",
    Precision.AREA: "Residents see a circle of about 500 m, and not the spot itself.",
}
_AS_IN_LIST = "It is an entry of a list, and is shown as exactly as in that list."
_EXACT_PIN = "exact-pin"
_CHOOSE = (
    'Choose "This street" (about 100 m) or "This part of the ward" (about 500 m), so that no pin '
    "shows somebody's front door."
)
_HOUSE = (
    "the name has the number of a house, which would show whose home it is",
    "Leave the number out, unless it is a public building.",
)


class PlaceDesk:
    """Finds places on the site as it is; what is slow is kept until the places change."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._base: BaseSite | None = None
        self._of: tuple[object, ...] = ()
        self._finder: PlaceFinder | None = None

    def site(self) -> Site:
        """The site as last read, or while that has faults, all of it but the posts."""
        if shown := self._desk.live.shown_site():
            return shown
        content, folder = self._desk.content, scan(self._desk.content)
        known = cached_base_site(self._base, content, folder, frozenset(folder.shown))
        self._base = known or read_base_site(content, folder)
        return self._base.site

    def finder(self) -> PlaceFinder:
        site = self.site()
        # A draft that was typed on makes another site, with the very same places.
        parts = (site.gazetteer, site.issues, site.map.base, site.ward.boundary, site.ward.name)
        is_same = len(parts) == len(self._of) and all(map(_is, parts, self._of))
        if self._finder is None or not is_same:
            self._of, self._finder = parts, PlaceFinder(site)
        return self._finder


def _is(one: object, other: object) -> bool:
    return one is other


def find_places(desk: Desk, request: EditorRequest) -> Response:
    """What may be meant by `words` in a post with the header lines `fields`."""
    finder, post = desk.keep(PlaceDesk).finder(), _post_lines(request)
    found = finder.find(request.text("words", _LONGEST), post)
    results = [_spot_values(one) for one in found.spots]
    return answer({"results": results, "message": found.message, "hint": found.hint})


def name_place(desk: Desk, request: EditorRequest) -> Response:
    """What a pin at `lat` and `lng` is called, and the lines for each way to show it.

    `name` is what the councillor calls it, `where` what it was found by, and `progress` how far
    the matter has got there; each may be "". The answer has no `ways` if there can be no such pin.
    """
    finder, post = desk.keep(PlaceDesk).finder(), _post_lines(request)
    latitude, longitude = request.number("lat", -90, 90), request.number("lng", -180, 180)
    try:
        point = validated_point(round(latitude, 6), round(longitude, 6))
    except ParseError as error:
        return answer({"message": f"{_sentence(error.message)}.", "hint": error.hint})
    name = _name(request.text("name", _LONGEST_NAME)) or finder.lines.names.nearest(point)
    where, progress = request.text("where", _LONGEST), request.text("progress", _LONGEST_NAME)
    spot = PlacePin(point=point, name=name, where=where, progress=progress)
    return answer(_named(finder, spot, post))


def read_place(desk: Desk, request: EditorRequest) -> Response:
    """What a `value` of the post means now: its name, where it is, and how it is shown.

    The answer has no `ways`, but words, if it cannot be read.
    """
    finder, post = desk.keep(PlaceDesk).finder(), _post_lines(request)
    value = request.text("value", _LONGEST)
    try:
        place = finder.lines.reader.read(value, post)
        exact = finder.lines.reader.read(value, post, Precision.EXACT)
    except ParseError as error:
        return answer({"message": f"{_sentence(error.message)}.", "hint": error.hint})
    spot = PlacePin(
        point=exact.point,
        name=place.name,
        where=finder.lines.reader.where_in(value),
        progress=place.progress.value if place.progress else "",
    )
    values = {"where": spot.where, "progress": spot.progress, "shown": place.precision.value}
    return answer({**_named(finder, spot, post), **values})


def place_map(desk: Desk, request: EditorRequest) -> Response:
    """The outline of the ward, and what the map shows at first."""
    del request
    return answer(map_values(desk.keep(PlaceDesk).site()))


def place_base(desk: Desk, request: EditorRequest) -> Response:
    """The base map."""
    del request
    return Response(
        status=HTTPStatus.OK,
        media_type="application/json",
        content=base_map(desk.keep(PlaceDesk).site()),
    )


def place_script(desk: Desk, request: EditorRequest) -> Response:
    """The theme's scripts that draw a map."""
    del desk, request
    return Response(status=HTTPStatus.OK, media_type=media_type("map.js"), content=map_script())


def place_leaflet(desk: Desk, request: EditorRequest) -> Response:
    """A file of Leaflet, which draws what the scripts say."""
    del desk
    name = request.parts["name"]
    content = leaflet_file(name)
    if content is None:
        raise MissingError("The editor has no such file")
    return Response(status=HTTPStatus.OK, media_type=media_type(name), content=content)


def _post_lines(request: EditorRequest) -> PostLines:
    """The header lines that matter, from the post's form; a wrong type is refused."""
    given = request.data.get("fields")
    if not isinstance(given, dict):
        raise BadRequestError('The editor cannot read the value "fields" of this request')
    fields = EditorRequest(data=given)

    def lines(name: str) -> list[str]:
        return fields.texts(name, _LONGEST, _MOST_LINES) if name in given else []

    others = lines("Places")
    before = request.text("before", _LONGEST)
    if before in others:
        others.remove(before)
    return PostLines(
        tags=", ".join(lines("Tags")),
        precision="".join(lines("Precision")[:1]),
        others=tuple(other for other in others if other.strip()),
        allow=tuple(lines("Allow")),
    )


def _spot_values(found: FoundSpot) -> dict[str, Any]:
    spot = found.spot
    return {
        "name": spot.name,
        "where": spot.where,
        "progress": spot.progress,
        "lat": spot.point.latitude,
        "lng": spot.point.longitude,
        "about": found.about,
    }


def _named(finder: PlaceFinder, spot: PlacePin, post: PostLines) -> dict[str, Any]:
    ways = finder.lines.ways(spot, post)
    return {
        "name": spot.name,
        "street": finder.lines.names.nearest(spot.point),
        "lat": spot.point.latitude,
        "lng": spot.point.longitude,
        "about": finder.lies(spot.point),
        "choice": _proposed(spot, ways, post).value,
        "ways": [_way_values(way, post, finder.is_house(spot.name)) for way in ways],
    }


def _proposed(spot: PlacePin, ways: tuple[Way, ...], post: PostLines) -> Precision:
    """How to show a place unless the councillor says otherwise: never so that the guard stops."""
    if len(ways) == 1:
        return ways[0].choice
    exact = ways[0]
    if any(problem.rule == _EXACT_PIN for problem in exact.problems):
        return post.shown if post.shown is not Precision.EXACT else Precision.STREET
    if spot.where and post.shown is Precision.EXACT:
        return Precision.STREET
    return post.shown


def _way_values(way: Way, post: PostLines, is_house: bool) -> dict[str, Any]:
    place = way.place
    is_entry = place is not None and bool(place.entry or place.identifier)
    problems = [_problem_values(problem, is_entry) for problem in way.problems]
    if is_house and place:
        message, hint = _HOUSE
        problems.append({"severity": "warn", "message": f"{_sentence(message)}.", "hint": hint})
    changes = bool(place) and way.precision != post.precision and bool(post.others)
    return {
        "choice": way.choice.value,
        "value": way.value,
        "precision": way.precision,
        "words": _AS_IN_LIST if is_entry else _RESIDENTS_SEE[way.choice],
        "note": _all_places(len(post.others)) if changes else "",
        "circle": _circle(place) if place else None,
        "messages": problems,
    }


def _all_places(others: int) -> str:
    which = "the other place" if others == 1 else f"the other {others} places"
    return f"A post shows all its places in the same way, so this changes {which} as well."


def _circle(place: Place) -> dict[str, float]:
    """The middle of what residents see, with its radius in metres: 0 for a pin."""
    return {
        "lat": place.point.latitude,
        "lng": place.point.longitude,
        "radius": place.precision.radius,
    }


def _problem_values(problem: Problem, is_entry: bool) -> dict[str, str]:
    """A problem in the guard's words; what to do about an exact pin can be done right here."""
    hint = _CHOOSE if problem.rule == _EXACT_PIN and not is_entry else problem.hint
    return {
        "severity": "stop" if problem.severity is Severity.STOP else "warn",
        "message": f"{_sentence(problem.message)}.",
        "hint": hint,
    }


def _name(written: str) -> str:
    return " ".join(escape_controls_in_line(written).split())


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
