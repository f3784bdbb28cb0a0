"""Positions in three notations, held against published reference values."""

from __future__ import annotations

import pytest

from wardblog.model import Point, Precision
from wardblog.places.coordinates import grid_metres, parse_point, rounded_to_precision
from wardblog.places.united_kingdom import in_united_kingdom
from wardblog.report import ParseError


@pytest.mark.parametrize(
    "written",
    [
        "51.46671, -0.15602",
        "51.46671,-0.15602",
        "51.46671 -0.15602",
        "(51.46671, −0.15602)",
        "51.46671°, -0.15602°",
    ],
)
def test_degrees_are_latitude_then_longitude(written: str) -> None:
    assert parse_point(written) == Point(51.46671, -0.15602)


@pytest.mark.parametrize(
    ("written", "easting", "northing"),
    [
        ("TQ 277 757", 527700, 175700),
        ("tq277757", 527700, 175700),
        ("TQ 27712 75742", 527712, 175742),
        ("TQ27", 520000, 170000),
        ("SV 9 1", 90000, 10000),
        ("HU 396 753", 439600, 1175300),
        ("NN 166 712", 216600, 771200),
    ],
)
def test_a_grid_reference_is_the_south_west_corner_of_its_square(
    written: str, easting: int, northing: int
) -> None:
    assert grid_metres(written) == (easting, northing)


def test_the_grid_agrees_with_the_ordnance_survey_to_a_few_centimetres() -> None:
    # Framingham, TP01 of OS Net's test points for OSTN15 (OSTN15_OSGM15_TestInput_OSGBtoETRS).
    point = parse_point("651409.804, 313177.450")
    assert point.latitude == pytest.approx(52.658008, abs=1e-6)
    assert point.longitude == pytest.approx(1.716074, abs=1e-6)


@pytest.mark.parametrize(
    "written", ["TQ 277 757", "527700, 175700", "527700 175700", "E 527700, N 175700"]
)
def test_all_grid_notations_name_the_same_point(written: str) -> None:
    point = parse_point(written)
    assert (point.latitude, point.longitude) == pytest.approx((51.465872, -0.163003), abs=2e-6)


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [
        ("Land's End", 50.066, -5.715),
        ("St Agnes, Scilly", 49.892, -6.345),
        ("Lizard Point", 49.959, -5.206),
        ("Dover", 51.129, 1.321),
        ("Lowestoft Ness", 52.481, 1.763),
        ("Out Stack, Shetland", 60.860, -0.873),
        ("St Kilda", 57.813, -8.578),
        ("Belleek, Fermanagh", 54.479, -8.090),
        ("Belfast", 54.597, -5.930),
        ("St Davids", 51.881, -5.269),
        ("Berwick", 55.770, -2.005),
        ("Bournemouth", 50.720, -1.880),
    ],
)
def test_the_ends_of_the_united_kingdom_are_inside(
    name: str, latitude: float, longitude: float
) -> None:
    assert in_united_kingdom(latitude, longitude), name


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [
        ("Calais", 50.951, 1.859),
        ("Boulogne", 50.726, 1.614),
        ("Dieppe", 49.923, 1.078),
        ("Cherbourg", 49.639, -1.616),
        ("Dublin", 53.350, -6.260),
        ("Cork", 51.898, -8.476),
        ("Paris", 48.857, 2.352),
        ("nowhere", 0, 0),
    ],
)
def test_the_neighbours_are_outside(name: str, latitude: float, longitude: float) -> None:
    assert not in_united_kingdom(latitude, longitude), name


@pytest.mark.parametrize(
    "written", ["", "north", "51.4", "51.4, x", "TQ 27 7", "ZZ 277 757", "1e5, 3", "nan, nan"]
)
def test_text_that_is_not_a_position_is_refused(written: str) -> None:
    with pytest.raises(ParseError):
        parse_point(written)


def test_exact_places_keep_a_tenth_of_a_metre() -> None:
    assert rounded_to_precision(Point(51.46671234, -0.15602789), Precision.EXACT) == Point(
        51.466712, -0.156028
    )


@pytest.mark.parametrize(
    ("precision", "expected"),
    [(Precision.STREET, Point(51.467, -0.156)), (Precision.AREA, Point(51.465, -0.155))],
)
def test_below_exact_a_place_lies_on_a_coarse_grid(precision: Precision, expected: Point) -> None:
    assert rounded_to_precision(Point(51.46671, -0.15602), precision) == expected


@pytest.mark.parametrize(
    "written",
    ["J 335 722", "j335722", "J 33500 72200", "333500, 372200"],
)
def test_a_position_on_the_irish_grid_is_read_as_one(written: str) -> None:
    point = parse_point(written, in_ireland=True)
    assert (point.latitude, point.longitude) == pytest.approx((54.580442, -5.936034), abs=2e-6)


def test_a_letter_alone_is_irish_wherever_the_ward_is() -> None:
    assert parse_point("J 335 722", in_ireland=False) == parse_point("J 335 722", in_ireland=True)


@pytest.mark.parametrize("in_ireland", [False, None])
def test_metres_are_british_where_the_ward_is(in_ireland: bool | None) -> None:
    point = parse_point("333500, 372200", in_ireland)
    assert (point.latitude, point.longitude) == pytest.approx((53.242655, -2.997943), abs=2e-6)


@pytest.mark.parametrize(
    "written",
    [
        "51.4665°N 0.16°W",
        "51.4665 N, 0.16 W",
        "51°27'59.4\"N 0°09'36\"W",
        "51° 27′ 59.4″ N, 0° 9′ 36″ W",
        "51°27.99'N 0°9.6'W",
    ],
)
def test_degrees_may_have_the_letters_of_a_compass(written: str) -> None:
    point = parse_point(written)
    assert (point.latitude, point.longitude) == pytest.approx((51.4665, -0.16), abs=1e-9)


@pytest.mark.parametrize("written", ["V 320 740", "J 32 7", "E17", "AB 320 740"])
def test_a_reference_outside_the_grids_is_refused(written: str) -> None:
    with pytest.raises(ParseError):
        parse_point(written)
