"""Monthly counts of crimes, from data.police.uk."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from sources.council_answers import (
    CANARY,
    HTML,
    ON_ELAND_ROAD,
    OUTSIDE,
    TODAY,
    crime,
    crimes_json,
    dates_json,
    serving,
    small_site,
    source,
)
from sources.services import Reply
from support import ROOT
from wardblog.model import Boundary, Point, Ring, Site
from wardblog.report import ParseError
from wardblog.sources.ask import BusyError
from wardblog.sources.regular import police
from wardblog.sources.regular.source import Fetched
from wardblog.sources.regular.ward_area import ward_area
from wardblog.sources.services import service

OWN = source("police", issue="crime")
MONTHS = [f"2025-{n:02}" for n in range(8, 13)] + [f"2026-{n:02}" for n in range(1, 10)]


def read(*answers: bytes) -> Fetched:
    return police.read(answers, OWN, small_site(), TODAY)


def test_crimes_are_counted_by_category_and_month() -> None:
    found = read(
        dates_json("2026-09", "2026-08", "2026-07"),
        crimes_json(
            crime(1, "burglary", ON_ELAND_ROAD, "2026-09"),
            crime(2, "burglary", ON_ELAND_ROAD, "2026-09"),
            crime(3, "violent-crime", ON_ELAND_ROAD, "2026-09"),
            crime(4, "burglary", OUTSIDE, "2026-09"),
            crime(5, "burglary", None, "2026-09"),
        ),
        crimes_json(crime(6, "burglary", ON_ELAND_ROAD, "2026-08")),
        crimes_json(),
    )
    (table,) = found.tables
    assert table.columns == ("category", "total", "2026-09", "2026-08", "2026-07")
    assert table.rows == (
        ("Burglary", "3", "2", "1", "0"),
        ("Violence and sexual offences", "1", "1", "0", "0"),
    )
    assert (table.stem, table.has_places) == ("police-crime", False)
    assert table.licence == "Open Government Licence v3.0"


def test_no_point_no_street_and_no_number_of_a_crime_comes_through() -> None:
    found = repr(read(crimes_json(crime(987654, "drugs", ON_ELAND_ROAD, "2026-09"))))
    for private in (CANARY, "51.46", "987654", "street"):
        assert private not in found


def test_a_crime_in_two_answers_is_counted_once() -> None:
    same = crimes_json(crime(1, "drugs", ON_ELAND_ROAD, "2026-09"))
    assert read(same, same).tables[0].rows == (("Drugs", "1", "1"),)


@pytest.mark.parametrize(
    ("category", "name"),
    [
        ("hate-crime-online", "Hate crime online"),
        (CANARY, "Other crime"),
        ("<b>", "Other crime"),
        ("", "Other crime"),
    ],
)
def test_a_new_category_has_a_plain_name(category: str, name: str) -> None:
    assert read(crimes_json(crime(1, category, ON_ELAND_ROAD, "2026-09"))).tables[0].rows == (
        (name, "1", "1"),
    )


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (HTML, "this is a web page instead of data"),
        (b'[{"category": "x", "loc', "the answer is cut off"),
        (b'{"error": 1}', "this is not an answer from data.police.uk"),
        (b"", "the answer is empty"),
        (b"[]", "data.police.uk has no crimes in the ward for these months"),
    ],
)
def test_what_is_no_answer_is_refused_in_one_sentence(answer: bytes, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        read(answer)
    assert caught.value.message == message
    assert caught.value.hint


@pytest.mark.parametrize(
    "change",
    [{"location": {"latitude": "nan", "longitude": "0"}}, {"location": "x"}, {"location": {}},
     {"month": "2026-13"}, {"month": None}, {"location": {"latitude": [], "longitude": 1}}],
)  # fmt: skip
def test_strange_values_do_no_harm(change: dict[str, object]) -> None:
    odd = {**crime(1, "drugs", ON_ELAND_ROAD, "2026-09"), **change}
    found = read(crimes_json(odd, crime(2, "drugs", ON_ELAND_ROAD, "2026-09")))
    assert found.tables[0].rows == (("Drugs", "1", "1"),)


@pytest.mark.long
def test_five_thousand_crimes_a_month_are_counted() -> None:
    rows = [crime(n, "drugs", ON_ELAND_ROAD, "2026-09") for n in range(5000)]
    assert read(crimes_json(*rows)).tables[0].rows == (("Drugs", "5000", "5000"),)


def corners(poly: str) -> shapely.Polygon:
    pairs = [tuple(map(float, pair.split(","))) for pair in poly.split(":")]
    return shapely.Polygon([(longitude, latitude) for latitude, longitude in pairs])


def real_wards() -> list[shapely.Geometry]:
    text = (ROOT / "content/data/ward.geojson").read_text(encoding="utf-8")
    data = json.loads(text)
    return [shapely.geometry.shape(f["geometry"]) for f in data.get("features", [data])]


def awkward_wards() -> list[shapely.Geometry]:
    """A real ward; one with an island; a star; a very long coast."""
    middle = shapely.Point(-0.16, 51.46)
    coast = [(-0.2 + n / 5000, 51.45 + (n % 2) / 50 + (n % 7) / 900) for n in range(400)]
    return [
        *real_wards(),
        shapely.union(middle.buffer(0.01), shapely.Point(-0.1, 51.5).buffer(0.002)),
        middle.buffer(0.02, quad_segs=2).symmetric_difference(middle.buffer(0.015)),
        shapely.make_valid(shapely.Polygon([*coast, (-0.12, 51.40), (-0.2, 51.40)])),
    ]


def with_outline(shape: shapely.Geometry) -> Site:
    rings = tuple(
        Ring(tuple(Point(y, x) for x, y in ring.coords))
        for part in shapely.get_parts(shape)
        if isinstance(part, shapely.Polygon)
        for ring in (part.exterior, *part.interiors)
    )
    site = small_site()
    return replace(site, ward=replace(site.ward, boundary=Boundary(rings)))


@pytest.mark.parametrize("shape", awkward_wards(), ids=("real", "island", "ring", "coast"))
def test_the_polygon_of_a_request_is_short_and_cuts_nothing_off(shape: shapely.Geometry) -> None:
    area = ward_area(with_outline(shape))
    place = service("police")
    poly = police.polygon_around(area, place)
    address = f"{place.base}/crimes-street/all-crime?date=2026-01&poly={poly}"
    assert len(address.replace(",", "%2C").replace(":", "%3A")) <= 4094
    assert corners(poly).is_valid
    assert corners(poly).covers(area)


class Police:
    """The service: `most` crimes are in an answer, `busy` first answers are 429."""

    def __init__(self, most: int = 10_000) -> None:
        self.most, self.busy = most, 0
        self.crimes = [
            crime(n, "drugs", (51.4605 + n % 10 / 1100, -0.1695 + n / 2100), "2026-09")
            for n in range(40)
        ]

    def reply(self, path: str, fields: dict[str, str]) -> Reply:
        if path.endswith("crimes-street-dates"):
            return Reply(dates_json(*reversed(MONTHS)))
        if self.busy:
            self.busy -= 1
            return Reply(b"", 429, {"Retry-After": "1"})
        area = corners(fields["poly"])
        inside = [
            one for one in self.crimes
            if one["month"] == fields["date"] and _is_in(area, one["location"])
        ]  # fmt: skip
        return Reply(b"", 503) if len(inside) > self.most else Reply(crimes_json(*inside))


def _is_in(area: shapely.Polygon, location: object) -> bool:
    assert isinstance(location, dict)
    return bool(
        area.covers(shapely.Point(float(location["longitude"]), float(location["latitude"])))
    )


def test_the_newest_twelve_months_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(Police().reply) as server:
        monkeypatch.setenv("WARD_POLICE", server.base)
        answers = police.fetch(OWN, small_site(), TODAY, server.fetcher(tmp_path))
    assert [fields.get("date") for _, fields in server.asked[1:]] == list(reversed(MONTHS[-12:]))
    assert server.longest <= 4094
    (table,) = read(*answers).tables
    assert table.columns == ("category", "total", *reversed(MONTHS[-12:]))
    assert table.rows == (("Drugs", "40", "40", *["0"] * 11),)


def test_an_area_with_too_many_crimes_is_divided_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(Police(most=12).reply) as server:
        monkeypatch.setenv("WARD_POLICE", server.base)
        answers = police.fetch(OWN, small_site(), TODAY, server.fetcher(tmp_path))
    assert len(answers) > 13
    assert read(*answers).tables[0].rows[0][1] == "40"


def test_a_service_that_asks_us_to_wait_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Police()
    own.busy = 1
    with serving(own.reply) as server:
        monkeypatch.setenv("WARD_POLICE", server.base)
        answers = police.fetch(OWN, small_site(), TODAY, server.fetcher(tmp_path))
    assert len(answers) == 13
    assert read(*answers).tables[0].rows[0][1] == "40"


def test_a_service_that_stays_busy_ends_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(Police(most=-1).reply) as server:
        monkeypatch.setenv("WARD_POLICE", server.base)
        with pytest.raises(BusyError, match="too much to do"):
            police.fetch(OWN, small_site(), TODAY, server.fetcher(tmp_path))
    assert len(server.asked) < 15
