"""Reading a log again changes nothing, and reading it in parts loses nothing."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.logs import (
    ABOUT,
    CHROME,
    FEED,
    IPHONE,
    daily,
    in_order,
    line,
    log_of,
    read_totals,
    visit,
)
from office.test_stats_formats import VISITS, s3
from wardblog.office.statistics.count_logs import count_logs
from wardblog.office.statistics.stored import read_parts, write_parts
from wardblog.office.statistics.totals import DayTotals, FeedDay, subscribers
from wardblog.problems import CommandError

READER = "newsboat/2.37 (Linux x86_64)"
HOUR, DAY = 3_600, 86_400


@cache
def week() -> tuple[str, ...]:
    """Visits by day and night, of people who come back, with feed readers between them."""
    chance = random.Random(3)  # noqa: S311 - the same each time
    lines = []
    for n in range(160):
        at, address = chance.randrange(6 * DAY), f"192.0.2.{chance.randrange(40)}"
        agent = chance.choice((CHROME, IPHONE))
        if chance.random() < 0.6:
            lines += visit(f"/p{n % 9}/", at, address, agent=agent)
        else:
            lines += [line(f"/p{n % 9}/", at + k * 400, address, agent) for k in range(n % 3 + 1)]
    for n in range(6):
        # No two lines of the same length are in the same second: nothing tells them apart.
        hours = (hour + n / HOUR for hour in range(n, 24, 5))
        lines += daily(range(7), f"198.51.100.{n}", READER, list(hours))
    return tuple(in_order(lines))


def count(private: Path, *paths: Path) -> bytes:
    """What is stored after these were read."""
    count_logs(paths, private, ABOUT)
    return (private / "stats/totals.json").read_bytes()


def whole(folder: Path) -> bytes:
    return count(folder / "whole", log_of(folder, week()))


def counts(private: Path) -> list[DayTotals]:
    return list(read_totals(private).values())


def test_the_same_log_twice(tmp_path: Path) -> None:
    once = whole(tmp_path)
    again = count(tmp_path / "whole", tmp_path / "access.log")
    assert again == once
    assert b'"reads":{"/p' in once


def test_the_same_log_under_another_name(tmp_path: Path) -> None:
    """Rotated and compressed, copied, and piped."""
    once = whole(tmp_path)
    packed = tmp_path / "copies/access.log.1.gz"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress((tmp_path / "access.log").read_bytes()))
    assert count(tmp_path / "whole", packed) == once
    copied = log_of(tmp_path, week(), "my-copy-of-it.txt")
    count(tmp_path / "whole", copied)
    assert counts(tmp_path / "whole") == [DayTotals(**t) for t in totals_in(once)]


def totals_in(stored: bytes) -> list[dict[str, Any]]:
    found = []
    for parts in json.loads(stored)["days"].values():
        (part,) = parts
        found.append(part)
    keys = ("reads", "campaigns", "excluded")
    return [
        {
            **{key: part[key] for key in keys},
            "hours": tuple(part["hours"]),
            "feeds": feeds_in(part["feeds"]),
        }
        for part in found
    ]


def feeds_in(stored: dict[str, Any]) -> dict[str, Any]:
    return {path: FeedDay(one["readers"], one["services"]) for path, one in stored.items()}


@pytest.mark.long
@given(st.lists(st.integers(0, len(week())), max_size=5).map(sorted))
def test_a_log_that_grows_is_counted_as_if_read_once(
    tmp_path_factory: pytest.TempPathFactory, cuts: Sequence[int]
) -> None:
    """Cut at any line, also in the middle of a second or of a visit."""
    folder = tmp_path_factory.mktemp("grown")
    for cut in cuts:
        if cut:
            count(folder / "parts", log_of(folder, week()[:cut]))
    assert count(folder / "parts", log_of(folder, week())) == whole(folder)


@pytest.mark.long
@given(st.lists(st.integers(1, len(week()) - 1), min_size=1, max_size=4, unique=True).map(sorted))
def test_rotated_files_in_any_order_are_one_log(
    tmp_path_factory: pytest.TempPathFactory, cuts: Sequence[int]
) -> None:
    folder = tmp_path_factory.mktemp("rotated")
    ends = [0, *cuts, len(week())]
    pairs = list(pairwise(ends))
    paths = [
        log_of(folder, week()[begin:end], f"access.log.{len(pairs) - n}")
        for n, (begin, end) in enumerate(pairs)
    ]
    random.Random(1).shuffle(paths)  # noqa: S311 - the same each time
    assert count(folder / "parts", *paths) == whole(folder)


@given(st.integers(1, len(week()) - 1), st.integers(1, len(week()) - 1))
def test_overlapping_files_count_each_line_once(
    tmp_path_factory: pytest.TempPathFactory, one: int, other: int
) -> None:
    """In one run: `access.log.1`, its copy, and a file that has some lines of both."""
    folder = tmp_path_factory.mktemp("overlapping")
    begin, end = min(one, other), max(one, other)
    paths = [
        log_of(folder, week()[:end], "access.log.2"),
        log_of(folder, week()[:end], "access.log.2.old"),
        log_of(folder, week()[begin:], "access.log.1"),
    ]
    paths[1] = paths[1].rename(folder / "access.log.3")
    assert count(folder / "parts", *paths) == whole(folder)


def lines_counted(totals: Sequence[DayTotals]) -> int:
    return sum(one.all_reads + sum(one.excluded.values()) for one in totals)


@pytest.mark.long
@given(st.lists(st.integers(0, len(week())), min_size=2, max_size=6))
def test_parts_in_separate_runs_lose_no_line_and_count_none_twice(
    tmp_path_factory: pytest.TempPathFactory, ends: Sequence[int]
) -> None:
    """Each run gets any part of the log, and in the end all has been given."""
    folder = tmp_path_factory.mktemp("parts")
    parts = [*zip(ends[::2], ends[1::2], strict=False)]
    covered = sorted({0, len(week()), *ends})
    for begin, end in [*parts, *pairwise(covered)]:
        if some := week()[min(begin, end) : max(begin, end)]:
            count(folder / "parts", log_of(folder, some))
    whole(folder)
    lines = lines_counted(counts(folder / "parts"))
    assert abs(lines - len(week())) <= len(ends), "only in a second that is cut is it a guess"
    reads = sum(one.all_reads for one in counts(folder / "parts"))
    wanted = sum(one.all_reads for one in counts(folder / "whole"))
    assert abs(reads - wanted) <= 30, "only visits that a cut divides may differ"
    count(folder / "parts", log_of(folder, week()))
    assert counts(folder / "parts") == counts(folder / "whole")


def test_a_cut_where_nobody_is_there_changes_nothing(tmp_path: Path) -> None:
    """Where no visit is divided, parts in separate runs come to the same as the whole."""
    lines = [
        one
        for day in range(5)
        for one in visit(f"/p{day}/", day * DAY + day * HOUR, f"192.0.2.{day}")
    ]
    log = log_of(tmp_path, lines)
    count(tmp_path / "whole", log)
    for n in range(0, len(lines), 2):
        count(tmp_path / "parts", log_of(tmp_path / "new", lines[n : n + 2]))
    assert counts(tmp_path / "parts") == counts(tmp_path / "whole")


def test_the_end_of_one_run_may_be_in_the_same_second_as_the_begin_of_the_next(
    tmp_path: Path,
) -> None:
    lines = [line("/", -9, status=404)]
    lines += [line(f"/{'x' * n}/", 0, status=404) for n in range(6)]
    for part in (lines[:3], lines[3:]):
        count(tmp_path / "private", log_of(tmp_path, part))
    assert lines_counted(counts(tmp_path / "private")) == 7
    for part in (lines, lines[:3], lines[3:], lines[:5]):
        count(tmp_path / "private", log_of(tmp_path, part))
    assert lines_counted(counts(tmp_path / "private")) == 7


def test_an_overlap_that_ends_within_a_second(tmp_path: Path) -> None:
    """The mark is a second and how many of its lines are known."""
    lines = [line(f"/{n}/", n // 5 * 600, status=404) for n in range(60)]
    for begin, end in ((0, 33), (12, 48), (30, 60)):
        count(tmp_path / "private", log_of(tmp_path, lines[begin:end]))
    assert lines_counted(counts(tmp_path / "private")) == 60


@pytest.mark.parametrize("is_stored", [False, True])
def test_copies_of_a_log_are_reported_once(is_stored: bool, tmp_path: Path) -> None:
    """What is said of the logs is what is stored of them, whatever was stored before."""
    names = ("access.log", "access.log (1)", "access.log.bak")
    paths = [log_of(tmp_path / "logs", week(), name) for name in names]
    single = count_logs(paths[:1], tmp_path / "single", ABOUT)
    if is_stored:
        count(tmp_path / "private", log_of(tmp_path, week()[: len(week()) // 2]))
    found = count_logs(paths, tmp_path / "private", ABOUT)
    assert lines_counted([found.total]) == len(week())
    assert found.as_json() == single.as_json()
    assert found.days == read_totals(tmp_path / "private")


def test_logs_that_overlap_are_reported_once(tmp_path: Path) -> None:
    third = len(week()) // 3
    one, other = week()[: 2 * third], week()[third:]
    paths = [log_of(tmp_path, one, "one.log"), log_of(tmp_path, other, "other.log")]
    found = count_logs(paths, tmp_path / "private", ABOUT)
    assert lines_counted([found.total]) == len(week())


def test_the_lock_is_held_from_reading_to_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, module = log_of(tmp_path, week()), "wardblog.office.statistics.count_logs"
    held = []

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            with pytest.raises(CommandError, match="Another command"):
                count_logs([log], tmp_path / "private", ABOUT)
            held.append(name)
            return real(*arguments)

        return call

    for name, real in (("read_parts", read_parts), ("write_parts", write_parts)):
        monkeypatch.setattr(f"{module}.{name}", watched(name, real))
    count_logs([log], tmp_path / "private", ABOUT)
    assert held == ["read_parts", "write_parts"]


def two_hosts() -> tuple[list[str], list[str]]:
    """Two servers of one site; each has its own visitors all day."""
    one = [line(f"/a{n}/", n * 700 - 40_000, "192.0.2.1", status=404) for n in range(110)]
    other = [line(f"/b{n}/", n * 900 - 40_000, "192.0.2.2", status=404) for n in range(80)]
    return one, other


def test_logs_of_two_servers_are_added_and_have_a_mark_each(tmp_path: Path) -> None:
    """Both are called access.log; one is read for longer than the other."""
    one, other = two_hosts()
    a, b = (log_of(tmp_path / name, lines) for name, lines in (("a", one), ("b", other)))
    first = count(tmp_path / "private", a, b)
    assert lines_counted(counts(tmp_path / "private")) == len(one) + len(other)
    assert count(tmp_path / "private", b) == first
    assert count(tmp_path / "private", b, a) == first
    more = [line("/c/", 50_000, "192.0.2.1", status=404)]
    count(tmp_path / "private", log_of(tmp_path / "a", [*one, *more]))
    count(tmp_path / "private", b)
    assert lines_counted(counts(tmp_path / "private")) == len(one) + len(other) + 1


def test_logs_of_two_servers_in_separate_runs(tmp_path: Path) -> None:
    one, other = two_hosts()
    for lines in (one[:70], other[:40], one, other, one[30:], other[50:]):
        count(tmp_path / "private", log_of(tmp_path, lines))
    assert lines_counted(counts(tmp_path / "private")) == len(one) + len(other)


def test_interleaved_files_of_one_folder_are_read_by_time(tmp_path: Path) -> None:
    """Two processes of one server, each with a file; a visit goes to both."""
    page = [line("/", n * 60, f"192.0.2.{n}") for n in range(9)]
    style = [one for n in range(9) for one in visit("/x.css", n * 60 + 1, f"192.0.2.{n}")]
    logs = [log_of(tmp_path, page, "access.log.1"), log_of(tmp_path, style, "access.log.2")]
    count(tmp_path / "private", *logs)
    assert sum(one.all_reads for one in counts(tmp_path / "private")) == 9


def test_a_clock_that_goes_back(tmp_path: Path) -> None:
    """At the end of summer time an hour comes twice; and a server's clock is set right."""
    lines = [*visit("/", 5_000), *visit("/a/", 1_000, "192.0.2.8"), *visit("/b/", 9_000)]
    log = log_of(tmp_path, lines)
    once = count(tmp_path / "private", log)
    assert count(tmp_path / "private", log) == once
    assert sum(one.all_reads for one in counts(tmp_path / "private")) == 3


def test_the_hour_that_comes_twice(tmp_path: Path) -> None:
    begin = "25/Oct/2026:0"
    lines = [
        line("/", 0, f"192.0.2.{n}", status=304).replace("16/Nov/2026:12:00:00 +0000", stamp)
        for n, stamp in enumerate((f"{begin}1:30:00 +0100", f"{begin}1:30:00 +0000"))
    ]
    log = log_of(tmp_path, lines)
    once = count(tmp_path / "private", log)
    assert count(tmp_path / "private", log) == once
    ((_, (part,)),) = read_parts(tmp_path / "private").items()
    assert part.totals.hours[1] == 2
    assert part.last - part.first == HOUR


def test_a_day_that_is_not_over_goes_on(tmp_path: Path) -> None:
    """A visit that waited for its style at the end of a run counts in the next."""
    lines = visit("/", 0)
    count(tmp_path / "private", log_of(tmp_path, lines[:1]))
    (day,) = counts(tmp_path / "private")
    assert day.excluded == {"no sign of a browser": 1}
    count(tmp_path / "private", log_of(tmp_path, lines))
    (day,) = counts(tmp_path / "private")
    assert day.reads == {"/": {"none": 1}}
    assert day.excluded == {"not a page": 1}


def test_days_are_those_of_london(tmp_path: Path) -> None:
    late = line("/", 11.5 * HOUR, status=304).replace("16/Nov", "01/Jul")
    count(tmp_path / "private", log_of(tmp_path, [late]))
    ((day, one),) = read_totals(tmp_path / "private").items()
    assert (day.isoformat(), one.hours[0]) == ("2026-07-02", 1)


def test_old_days_stay_when_their_logs_are_gone(tmp_path: Path) -> None:
    count(tmp_path / "private", log_of(tmp_path, week()))
    before = read_totals(tmp_path / "private")
    later = [line("/", 9 * DAY, status=304)]
    count(tmp_path / "private", log_of(tmp_path, later))
    after = read_totals(tmp_path / "private")
    assert {day: one for day, one in after.items() if day in before} == before
    assert len(after) == len(before) + 1


def test_who_is_known_from_an_older_log_stays_known_when_it_is_gone(tmp_path: Path) -> None:
    """The files that a browser had kept from an earlier day are in a log that was deleted."""
    lines = [*visit("/"), line("/a/", DAY), line("/b/", DAY + 5 * HOUR)]
    once = count(tmp_path / "private", log_of(tmp_path, lines))
    assert sum(one.all_reads for one in counts(tmp_path / "private")) == 3
    assert count(tmp_path / "private", log_of(tmp_path, lines[2:])) == once
    count(tmp_path / "new", log_of(tmp_path, lines[2:]))
    assert sum(one.all_reads for one in counts(tmp_path / "new")) == 0


def test_subscribers_are_known_from_several_runs(tmp_path: Path) -> None:
    """Each day's log alone; the median is that of the week."""
    for day in range(7):
        lines = [one for n in range(5) for one in daily([day], f"192.0.2.{n}", READER)]
        count(tmp_path / "private", log_of(tmp_path, in_order(lines)))
    assert subscribers(sorted(read_totals(tmp_path / "private").items())) == {FEED: 5}


def test_s3_may_write_lines_late(tmp_path: Path) -> None:
    """A file that comes hours later has lines of the same time."""
    many = [
        s3((f"192.0.2.{n}", n * 300, *VISITS[0][2:4], 404, *VISITS[0][5:])) for n in range(60)
    ]  # fmt: skip
    early = [log_of(tmp_path, many[::2], "2026-11-16-12-00-00-0123456789ABCDEF")]
    count(tmp_path / "private", *early)
    late = log_of(tmp_path, many[1::2], "2026-11-16-18-00-00-0123456789ABCDE0")
    once = count(tmp_path / "private", *early, late)
    assert lines_counted(counts(tmp_path / "private")) == 60
    assert count(tmp_path / "private", late, *early) == once


def test_what_is_stored_has_no_address_and_no_program(tmp_path: Path) -> None:
    stored = whole(tmp_path)
    for word in (b"192.0.2", b"198.51", b"Mozilla", b"Chrome", b"newsboat", b"iPhone", b"Linux"):
        assert word not in stored
    fields = {field for days in json.loads(stored)["days"].values() for p in days for field in p}
    assert fields == {
        "log", "first", "last", "at_last", "tail", "profile", "history", "settled", "reads",
        "hours", "campaigns", "feeds", "excluded",
    }  # fmt: skip
