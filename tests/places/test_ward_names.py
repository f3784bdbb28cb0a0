"""Names of wards are compared as people write them."""

from __future__ import annotations

import pytest

from wardblog.places.wards import plain_ward_name


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("St Mary’s", "St Mary's"),
        ("Cowley & Iffley", "Cowley and Iffley"),
        ("SHAFTESBURY Ward", "Shaftesbury"),
        ("Bishop’s-Castle  division", "bishops castle"),
    ],
)
def test_ways_to_write_a_ward_are_the_same(written: str, same: str) -> None:
    assert plain_ward_name(written) == plain_ward_name(same)
