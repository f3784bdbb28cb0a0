"""The outline of the United Kingdom: at each of its vertices, at its extremes and beyond them."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import shapely

from growth import assert_grows_with_input
from wardblog.places.united_kingdom import in_northern_ireland, in_united_kingdom, outline

AREA = shapely.union_all([shapely.Polygon([(x, y) for y, x in part]) for part in outline()])
# Some 300 metres, less than any notch of the outline is wide.
STEP = 0.003


@pytest.mark.parametrize("number", range(len(outline())))
def test_points_on_either_side_of_each_vertex_are_classified_correctly(number: int) -> None:
    for latitude, longitude in outline()[number]:
        answers = set()
        for turn in range(8):
            north = latitude + STEP * math.sin(0.1 + turn * math.pi / 4)
            east = longitude + STEP * math.cos(0.1 + turn * math.pi / 4)
            answers.add(in_united_kingdom(north, east))
            assert in_united_kingdom(north, east) == shapely.contains_xy(AREA, east, north)
        assert answers == {True, False}, (latitude, longitude)


def test_the_parts_are_valid_and_apart() -> None:
    parts = [shapely.Polygon([(x, y) for y, x in part]) for part in outline()]
    assert all(part.is_valid for part in parts)
    assert sum(part.area for part in parts) == pytest.approx(AREA.area)


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [
        ("Bude", 50.8299, -4.5447),
        ("Holsworthy", 50.811, -4.353),
        ("Crediton", 50.790, -3.653),
        ("Hartland Point", 51.022, -4.525),
        ("Okehampton", 50.739, -4.004),
        ("Lundy", 51.180, -4.670),
        ("St Mary's, Scilly", 49.915, -6.315),
        ("Bishop Rock", 49.873, -6.445),
        ("Bardsey", 52.760, -4.790),
        ("Skomer", 51.738, -5.297),
        ("South Stack", 53.307, -4.699),
        ("Walney", 54.085, -3.250),
        ("St Kilda", 57.813, -8.578),
        ("Barra Head", 56.785, -7.633),
        ("Vatersay", 56.930, -7.540),
        ("Ness, Lewis", 58.500, -6.240),
        ("Uig, Lewis", 58.190, -7.020),
        ("Tiree", 56.500, -6.900),
        ("Foula", 60.130, -2.070),
        ("Fair Isle", 59.530, -1.630),
        ("Out Skerries", 60.425, -0.745),
        ("Muckle Flugga", 60.855, -0.885),
        ("North Ronaldsay", 59.380, -2.420),
        ("Berwick", 55.770, -2.005),
        ("Holy Island", 55.680, -1.800),
        ("Spurn", 53.575, 0.115),
        ("Lowestoft", 52.481, 1.763),
        ("North Foreland", 51.375, 1.445),
        ("Foulness", 51.600, 0.950),
        ("Dungeness", 50.913, 0.975),
        ("Portland Bill", 50.515, -2.456),
        ("Lizard", 49.959, -5.206),
        ("Rathlin", 55.300, -6.200),
        ("Enniskillen", 54.344, -7.632),
        ("Belleek", 54.479, -8.090),
        ("Crossmaglen", 54.077, -6.608),
        ("Strabane", 54.827, -7.464),
        ("Derry", 54.997, -7.309),
        ("Kilkeel", 54.060, -6.000),
        ("Portaferry", 54.380, -5.545),
    ],
)
def test_the_extremes_are_inside(name: str, latitude: float, longitude: float) -> None:
    assert in_united_kingdom(latitude, longitude), name
    assert not in_united_kingdom(longitude, latitude), f"{name}, swapped"


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [
        ("Douglas, Isle of Man", 54.150, -4.480),
        ("Point of Ayre, Isle of Man", 54.416, -4.370),
        ("Dublin", 53.350, -6.260),
        ("Dundalk", 54.000, -6.405),
        ("Letterkenny", 54.950, -7.730),
        ("Buncrana", 55.130, -7.450),
        ("Monaghan", 54.249, -6.968),
        ("Sligo", 54.270, -8.470),
        ("Calais", 50.951, 1.859),
        ("Cap Gris-Nez", 50.871, 1.585),
        ("Alderney", 49.710, -2.200),
        ("Jersey", 49.190, -2.110),
        ("Tórshavn", 62.010, -6.770),
        ("the middle of the Irish Sea", 53.800, -5.300),
        ("the Dogger Bank", 54.700, 2.500),
        ("no number", math.nan, math.nan),
        ("far beyond any latitude", 1e30, 0.0),
        ("infinity", math.inf, -math.inf),
    ],
)
def test_neighbours_and_the_sea_are_outside(name: str, latitude: float, longitude: float) -> None:
    assert not in_united_kingdom(latitude, longitude), name


def test_northern_ireland_is_told_apart_from_great_britain() -> None:
    assert in_northern_ireland(54.597, -5.930)
    assert in_northern_ireland(54.344, -7.632)
    for latitude, longitude in ((55.310, -5.780), (54.640, -4.860), (51.466, -0.160)):
        assert in_united_kingdom(latitude, longitude)
        assert not in_northern_ireland(latitude, longitude)


@pytest.mark.long
def test_a_list_of_50000_rows_takes_time_that_grows_with_its_length() -> None:
    def work(size: int) -> Callable[[], object]:
        return lambda: [in_united_kingdom(51.4 + n / 1e6, -0.15) for n in range(size)]

    in_united_kingdom(51.0, 0.0)
    assert_grows_with_input(work, 25_000)
