"""Which services `make ward` says that it asks, before it asks them."""

from __future__ import annotations

import pytest

from wardblog.problems import UsageError
from wardblog.sources.collect import contacted
from wardblog.sources.ward_data import WardRequest

ONS, OS, OSM = "the Office for National Statistics", "Ordnance Survey", "OpenStreetMap"


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"postcode": "SW11 5JY"}, [ONS, OS, OSM]),
        ({"postcode": "n1 1aa"}, [ONS, OS, OSM]),
        ({"postcode": "NG1 1AA"}, [ONS, OS, OSM]),
        ({"postcode": "bt74 7aa"}, [ONS, OSM]),
        ({"code": "E05014020"}, [ONS, OS, OSM]),
        ({"code": "N10000303"}, [ONS, OSM]),
        ({"name": "Northcote, Wandsworth"}, [ONS, OS, OSM]),
    ],
)
def test_all_that_will_be_asked_are_named(asked: dict[str, str], names: list[str]) -> None:
    services = contacted(WardRequest(year=2026, **asked))
    assert [one.name.startswith(n) for one, n in zip(services, names, strict=True)] == [
        True for _ in names
    ]


@pytest.mark.parametrize("asked", [{"postcode": "banana"}, {"code": "XYZ"}, {"code": "E04001234"}])
def test_nobody_is_named_for_what_no_service_knows(asked: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        contacted(WardRequest(year=2026, **asked))
