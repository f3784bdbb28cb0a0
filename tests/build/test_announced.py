"""An event that moved after it was published without a new `Modified` gives a warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import POST, read_fine
from wardblog.build.announced import announce, unnoticed
from wardblog.model import Site

EVENT = "Event: 2026-12-05 10:00 - 11:30 | Street stall | Library"
DEADLINE = "Deadline: 2026-12-05 | Comments close"


def site_with(folder: Path, lines: str) -> Site:
    return read_fine(folder, {"posts/fine.md": POST.replace("Tags", f"{lines}\nTags")})


@pytest.mark.parametrize(
    ("before", "after", "is_told"),
    [
        (EVENT, EVENT, False),
        (EVENT, EVENT.replace("12-05", "12-06"), True),
        (EVENT, EVENT.replace("10:00", "10:30"), True),
        (EVENT, EVENT.replace("11:30", "12:00"), True),
        (EVENT, EVENT.replace("Library", "Town hall"), True),
        (EVENT, EVENT.replace("12-05", "12-06") + "\nModified: 2026-11-21", False),
        (EVENT + "\nModified: 2026-11-21", EVENT + "\nModified: 2026-11-21", False),
        (EVENT + "\nModified: 2026-11-21", EVENT.replace("10:00", "9:00"), True),
        (EVENT, EVENT + " | cancelled", False),  # which is counted by itself
        (EVENT, EVENT.replace("Street stall", "Coffee"), False),  # another event
        (DEADLINE, DEADLINE.replace("12-05", "12-07"), True),
        (DEADLINE, EVENT, False),
    ],
)
def test_a_change_that_calendars_would_miss_is_reported_until_modified_is_set(
    before: str, after: str, is_told: bool, tmp_path: Path
) -> None:
    path = tmp_path / "announced.json"
    announce(site_with(tmp_path / "before", before), path)
    for _ in range(2):
        found = list(unnoticed(site_with(tmp_path / "after", after), path))
        assert bool(found) == is_told
    for problem in found:
        assert "has changed since it was published, but people's calendars" in problem.message
        assert problem.line == 3
        assert problem.hint.startswith('Add a line such as "Modified: 2026-11-22 12:00"')


@pytest.mark.parametrize("content", [b"", b"[" * 200_000, b'{"a": [1e999, []]}', b'["a"]', b"\xff"])
def test_an_unreadable_record_counts_as_none(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "announced.json"
    path.write_bytes(content)
    assert not list(unnoticed(site_with(tmp_path / "site", EVENT), path))


def test_before_the_first_publish_nothing_is_reported(tmp_path: Path) -> None:
    site = site_with(tmp_path / "site", EVENT)
    assert not list(unnoticed(site, tmp_path / "announced.json"))
    announce(site, tmp_path / ".wardblog/announced.json")
    assert (tmp_path / ".wardblog/announced.json").stat().st_mode & 0o777 == 0o600
