"""What somebody may mean who types a place: a street, a postcode, a position, a list's entry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.content.header.fields import HeaderContext
from wardblog.content.header.place_line import parse_place
from wardblog.model import Place, Point, Precision, Site
from wardblog.model.gazetteer import WITHOUT_GAZETTEER
from wardblog.places.place_search import FoundName, PlaceSearch
from wardblog.places.ward_distance import metres_outside
from wardblog.preview.editor.place_lines import PlaceLines, PlacePin
from wardblog.preview.editor.place_reader import PostLines
from wardblog.report import ParseError, UnknownPlaceError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.postcodes import ANY_POSTCODE

MOST = 8
_MOST_ENTRIES = 3
_KILOMETRE = 1000
# "12 Eland Road", "Flat 2, 14a Eland Road".
_HOUSE = late_regex(r"^(?:.*[\s,])?\d+\s?[a-z]?,?\s+(\D.*)$", re.IGNORECASE)
_KINDS = {"street": "Street", "place": "Place", "postcode": "Postcode"}
_ON_THE_MAP = "Check the spelling, or click on the map where it is."
_WITHOUT_NAMES = (
    "Click on the map where it is, or paste a link to a map. make ward fetches the streets and "
    "postcodes of your ward."
)
_NO_HOUSES = "The number of a house is left out, since it would show whose home it is."
NOTHING_TYPED = "Type a street, a postcode or a position, or paste a link to a map."


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSpot:
    """A place that may be meant; `about` says what it is, and how far it is from the ward."""

    spot: PlacePin
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSpots:
    """What was found, and words about it: why there is nothing, and what to do."""

    spots: tuple[FoundSpot, ...] = ()
    message: str = ""
    hint: str = ""


class PlaceFinder:
    """Finds places of a site by what is typed. The tables are made when first needed."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._search = PlaceSearch(site.gazetteer)
        self.lines = PlaceLines(site)

    def find(self, words: str, post: PostLines) -> FoundSpots:
        """Return what may be meant in a post with these lines, the likeliest first."""
        words = " ".join(words.split())
        if not words:
            return FoundSpots(message=NOTHING_TYPED)
        try:
            if at := self._position(words, post):
                return FoundSpots(spots=(at,))
        except ParseError as error:
            found = self._named(words, post)
            return FoundSpots(spots=found) if found else _failed(error)
        found = self._named(words, post)
        if not found:
            return self._unknown(words)
        return FoundSpots(spots=found, message=_NO_HOUSES if self.is_house(words) else "")

    def lies(self, point: Point) -> str:
        """Return how far a position is from the ward, in words; "" if its outline is not known."""
        boundary, name = self._site.ward.boundary, self._site.ward.name
        ward = f"{name} ward" if name else "the ward"
        if boundary is None:
            return ""
        metres = metres_outside(boundary, point)
        if not metres:
            return f"in {ward}"
        if metres < _KILOMETRE - 5:
            return f"{max(10, round(metres, -1)):.0f} m outside {ward}"
        return f"{metres / _KILOMETRE:.0f} km outside {ward}"

    def _position(self, words: str, post: PostLines) -> FoundSpot | None:
        """What was typed as figures, a reference, a link or a whole line; None if it is a name.

        Raises `ParseError` for what can only be a position, but is not a valid one.
        """
        if "|" in words or "¦" in words:
            return self._of_place(self.lines.reader.read(words, post, Precision.EXACT), words)
        context = HeaderContext(in_ireland=self._site.ward.in_ireland)
        try:
            place = parse_place(f"Here | {words}", context)
        except UnknownPlaceError:
            return None
        except ParseError:
            if "+" not in words:
                raise
            place = self.lines.reader.read(f"Here | {words}", post, Precision.EXACT)
            if place.precision is not Precision.EXACT:
                return None
        return self._of_place(place, "")

    def _of_place(self, place: Place, line: str) -> FoundSpot:
        """A place that was read; `line` is the whole line, if there was more than a position."""
        where, progress = (
            self.lines.reader.where_in(line),
            place.progress.value if place.progress else "",
        )
        name = place.name if line else ""
        spot = PlacePin(point=place.point, name=name, where=where, progress=progress)
        position = f"{place.point.latitude:.5f}, {place.point.longitude:.5f}"
        return FoundSpot(spot=spot, about=self._about(position, place.point))

    def _about(self, what: str, point: Point) -> str:
        return ", ".join(part for part in (what, self.lies(point)) if part)

    def _named(self, words: str, post: PostLines) -> tuple[FoundSpot, ...]:
        entries = tuple(self._entries(words, post))[:_MOST_ENTRIES]
        names = [spot for name in self._search.find(words, MOST) for spot in self._spots(name)]
        spots = {one.spot: one for one in (*names[: MOST - len(entries)], *entries)}
        return tuple(spots.values())

    def _spots(self, found: FoundName) -> Iterator[FoundSpot]:
        """The one spot of an entry of the gazetteer, with what chooses it from its namesakes."""
        entry, kind = found.entry, _KINDS[found.kind]
        if found.kind == "postcode":
            name = self.lines.names.nearest(entry.point)
            spot = PlacePin(point=entry.point, name=name or entry.name, where=entry.name)
            what = f"{kind} {entry.name}" if name else kind
            yield FoundSpot(spot=spot, about=self._about(what, entry.point))
            return
        meaning = self.lines.reader.asked.meaning(entry.name)
        choices = dict(zip(meaning.entries, meaning.choices, strict=False))
        where = choices.get(entry, entry.name)
        what = f"{kind} ({where})" if entry in choices else kind
        spot = PlacePin(point=entry.point, name=entry.name, where=where)
        yield FoundSpot(spot=spot, about=self._about(what, entry.point))

    def _entries(self, words: str, post: PostLines) -> Iterator[FoundSpot]:
        """The entries of lists with this number or name; a post may refer to its issues' lists."""
        issues = self.lines.reader.issues(post)
        for match in self.lines.reader.asked.entry(words).matches:
            place, name = match.place, match.reference or match.place.name
            where = name if match.issue in issues else ""
            spot = PlacePin(point=place.point, name=place.name, where=where)
            yield FoundSpot(spot=spot, about=self._about(f'In "{match.title}"', place.point))

    def is_house(self, words: str) -> bool:
        """Whether a name is that of a street with the number of a house before it."""
        asked, house = self.lines.reader.asked, _HOUSE.match(words)
        if house is None or asked.meaning(words).entries:
            return False
        return bool(asked.meaning(house[1]).entries)

    def _unknown(self, words: str) -> FoundSpots:
        """Why nothing was found."""
        if not (self._site.gazetteer.streets or self._site.gazetteer.places):
            return FoundSpots(message=f'Cannot find "{words}": {WITHOUT_GAZETTEER} of streets.',
                              hint=_WITHOUT_NAMES)  # fmt: skip
        if ANY_POSTCODE.fullmatch(words):
            return FoundSpots(message=f'"{words}" is not among the postcodes of the gazetteer.',
                              hint=_ON_THE_MAP)  # fmt: skip
        message = f'Cannot find "{words}": the gazetteer has no street or place of that name.'
        return FoundSpots(message=message, hint=_ON_THE_MAP)


def _failed(error: ParseError) -> FoundSpots:
    return FoundSpots(message=f"{_sentence(error.message)}.", hint=error.hint)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
