"""A log is written by whoever visits: nothing in it breaks the count, the terminal or the file."""

from __future__ import annotations

import gzip
import json
import random
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from office.logs import (
    ABOUT,
    CHROME,
    FEED,
    NOW,
    STYLE,
    counted_in,
    line,
    log_of,
    read_totals,
    result_of,
    run_stats,
    stats_json,
    visit,
)
from support import ROOT, examples, write_site
from wardblog.office.statistics.count_logs import count_logs
from wardblog.office.statistics.log_files import LogFile

SCRIPT = "<script>alert(1)</script>"
ESCAPE = "\x1b]0;owned\x07\x1b[2J\u202e"


def hostile_lines() -> list[bytes]:
    """Whatever could be in a log, between two visits that count."""
    good = line("/").encode()
    return [
        b"",
        b"\x00" * 50,
        b'"' * 5000,
        b"[" * 5000,
        b"\\" * 5001 + b'"',
        b"A" * 1_000_000,
        good.replace(b"Mozilla", b"M" * 1_000_000),
        good.replace(b"GET /", b"GET /" + b"x" * 1_000_000),
        good.replace(b"GET / ", f"GET /{SCRIPT}/ ".encode()),
        good.replace(b"GET / ", f"GET /{ESCAPE}/ ".encode()),
        good.replace(b"GET / ", b"GET /\xff\xfe\xe9/ "),
        good.replace(b"GET / HTTP/1.1", b"\\x16\\x03\\x01"),
        good.replace(b"GET / HTTP/1.1", b"-"),
        good.replace(b"GET / HTTP/1.1", b""),
        good.replace(b" 512 ", b" -99999999999999999999 "),
        good.replace(b" 200 ", b" -20 "),
        good.replace(b"2026", b"1971"),
        good.replace(b"2026", b"0000"),
        good.replace(b"2026", b"9999"),
        good.replace(b"16/Nov", b"99/Foo"),
        good.replace(b"16/Nov", b"31/Feb"),
        good.replace(b"12:00:00", b"25:61:61"),
        good.replace(b"+0000", b"+9999"),
        good.replace(b'"-"', f'"http://{SCRIPT}.example/{ESCAPE}"'.encode()),
        good.replace(b'"-"', b'"http://[::1"'),
        line("/", agent=SCRIPT + ESCAPE).encode(),
        line(FEED, agent=f"{SCRIPT}{ESCAPE} 7 subscribers").encode(),
        line(FEED, agent="Feedly " + "9" * 400 + " subscribers").encode(),
        line("/?from=" + SCRIPT).encode(),
        line("http://other.example/x/").encode(),
        line("//" * 400).encode(),
        line("/%00%0a%1b[2J/").encode(),
        b'{"request": {}}',
        b"[" * 200_000,
    ]


def test_a_hostile_log_breaks_nothing(tmp_path: Path) -> None:
    lines: list[str | bytes] = [*visit("/a/", -5000), *hostile_lines()]
    lines += visit("/b/", 5000, "192.0.2.8")
    found = result_of(tmp_path, lines)
    assert found["reads"]["/a/"] == found["reads"]["/b/"] == 1
    assert found["excluded"]["broken line"] >= 8
    assert found["excluded"]["impossible date"] >= 2


def test_what_is_stored_and_shown_is_harmless(tmp_path: Path) -> None:
    """Even where a visitor behaves as a reader does."""
    lines = []
    for n, one in enumerate(hostile_lines()):
        address = f"198.51.{n}.1".encode()
        one = one.replace(b"192.0.2.7", address)
        agent = one.split(b'"')[5] if one.count(b'"') == 6 else CHROME.encode()
        style = line(STYLE, address=f"198.51.{n}.1").encode().replace(CHROME.encode(), agent)
        lines += [one, style]
    log = log_of(tmp_path, lines)
    done = run_stats(tmp_path, "--log", str(log))
    assert done.returncode == 0, done.stderr
    stored = (tmp_path / "private/stats/totals.json").read_bytes()
    assert stored.isascii()
    for words in (stored.decode(), done.stdout, done.stderr):
        assert not [sign for sign in "\x1b\x07\x00\u202e\xff<>" if sign in words]
    assert "%3Cscript%3E" in stored.decode()
    for word in (b"192.0.2", b"198.51", b"Mozilla", b"M" * 50):
        assert word not in stored


def test_paths_and_hosts_without_end_are_not_kept(tmp_path: Path) -> None:
    """Each of 3,000 visitors comes with another page, referrer, code and service."""
    lines = []
    for n in range(3_000):
        page = line(
            f"/{n}/?from=c{n}", n, f"10.{n >> 8}.{n & 255}.1", status=304,
            referrer=f"https://h{n}.example/",
        )  # fmt: skip
        lines += [page, line(FEED, n, agent=f"Made{'abcdefghij'[n % 10]}{n} 9 subscribers")]
    counted = counted_in(tmp_path, lines)
    (day,) = counted.days.values()
    assert len(day.campaigns) <= 201
    assert len(day.by_source()) <= 3_001
    assert len(day.feeds[FEED].services) <= 100


def test_made_up_codes_leave_room_for_those_of_the_site(tmp_path: Path) -> None:
    """On several days and in several runs; reading it again changes nothing."""
    made_up = [line(f"/?from=c{n}", n * 900, f"10.{n}.0.1", status=304) for n in range(250)]
    own = [
        line(f"/?from=leaflet-{2000 + n}-10", 300_000 + n, f"10.{n}.1.1", status=304)
        for n in range(150)
    ]
    for lines in (made_up[:150], [*made_up, *own], made_up[100:], [*made_up, *own]):
        counted_in(tmp_path, lines)
    codes: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    for day in read_totals(tmp_path / "private").values():
        codes.update(day.campaigns)
        sources.update(day.by_source())
    assert len(codes) == 201
    assert sum(name.startswith("leaflet-") for name in codes) == 100
    assert codes["(other)"] == sources["link: (other)"] == 250 - 100 + 150 - 100
    assert sources["leaflet"] == 100
    before = (tmp_path / "private/stats/totals.json").read_bytes()
    counted_in(tmp_path, [*made_up, *own])
    assert (tmp_path / "private/stats/totals.json").read_bytes() == before


def test_made_up_feeds_are_together_one(tmp_path: Path) -> None:
    """A server that answers each address with a page makes them look like feeds."""
    agent = "Feedly/1.0; 3 subscribers"
    lines = [line(FEED, -9, agent=agent)]
    lines += [line(f"/feeds/{n}.rss.xml", n * 900, agent=agent) for n in range(300)]
    counted_in(tmp_path, lines)
    feeds = {f for day in read_totals(tmp_path / "private").values() for f in day.feeds}
    assert len(feeds) == 201
    assert {FEED, "(other)"} <= feeds


def test_a_compressed_log_that_is_cut_off_is_counted_so_far(tmp_path: Path) -> None:
    lines = [line("/", n * 60, status=304) + "\n" for n in range(9000)]
    whole = gzip.compress("".join(lines).encode())
    path = tmp_path / "access.log.1.gz"
    path.write_bytes(whole[: len(whole) // 2])
    counted = count_logs([path], tmp_path / "private", ABOUT)
    assert 1000 < counted.total.all_reads + sum(counted.total.excluded.values()) < 9000
    assert "access.log.1.gz" in counted.notes[0]
    path.write_bytes(whole)
    count_logs([path], tmp_path / "private", ABOUT)
    days = read_totals(tmp_path / "private").values()
    assert sum(one.all_reads + sum(one.excluded.values()) for one in days) == 9000


def packed(lines: list[str]) -> bytes:
    return gzip.compress("".join(f"{one}\n" for one in lines).encode())


def lines_in(path: Path) -> tuple[int, list[str]]:
    """How many lines were counted but for broken ones, and what was said."""
    counted = count_logs([path], path.parent / "private", ABOUT)
    total = counted.total
    excluded = {name: n for name, n in total.excluded.items() if name != "broken line"}
    return total.all_reads + sum(excluded.values()), [*counted.notes]


def noisy(count: int) -> list[str]:
    """Lines that do not pack well."""
    chance = random.Random(4)  # noqa: S311 - the same each time
    return [line(f"/{chance.randbytes(40).hex()}/", n, status=404) for n in range(count)]


def test_all_before_the_damage_is_counted(tmp_path: Path) -> None:
    """Also in a small file, which is unpacked in one piece."""
    lines, path = noisy(600), tmp_path / "access.log.gz"
    whole = packed(lines)
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + bytes(255 - one for one in whole[middle:]))
    counted, notes = lines_in(path)
    assert 250 < counted < 350
    assert notes[0].endswith("What comes before the damage was counted.")


def test_a_wrong_sum_at_the_end_loses_no_line(tmp_path: Path) -> None:
    path = tmp_path / "access.log.gz"
    path.write_bytes(packed(noisy(600))[:-8] + b"12345678")
    counted, notes = lines_in(path)
    assert (counted, len(notes)) == (600, 1)


@pytest.mark.parametrize("between", [b"", b"\0" * 100_000])
@pytest.mark.parametrize("after", [b"", b"\0" * 600, b"rubbish", b"\x1f"])
def test_several_members_and_what_comes_after_them(
    between: bytes, after: bytes, tmp_path: Path
) -> None:
    lines, path = noisy(600), tmp_path / "access.log.gz"
    path.write_bytes(packed(lines[:300]) + between + packed(lines[300:]) + after)
    assert lines_in(path) == (600, [])


def test_a_member_that_is_cut_off(tmp_path: Path) -> None:
    lines, path = noisy(600), tmp_path / "access.log.gz"
    path.write_bytes(packed(lines[:300]) + packed(lines[300:])[:5_000])
    counted, notes = lines_in(path)
    assert (300 < counted < 500, len(notes)) == (True, 1)


def test_one_bad_file_among_others_is_left_out(tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    log_of(logs, visit("/"))
    (logs / "access.log.1").symlink_to("nowhere")
    for written in ("logs/access.log*", "logs", "logs/access.log logs/access.log.1"):
        done = run_stats(tmp_path, "--log", written, "--format", "json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["reads"] == {"/": 1}
        assert "access.log.1 was left out: it cannot be read: No such file" in done.stderr
    done = run_stats(tmp_path, "--log", "logs/access.log.1")
    assert done.returncode == 1
    assert "There is nothing to count in these files" in done.stderr


def test_a_file_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    log, other = log_of(tmp_path, visit("/")), log_of(tmp_path, visit("/b/"), "b.log")
    real = Path.open

    def closed(path: Path, *arguments: Any, **named: Any) -> Any:
        if path == other:
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **named)

    with mock.patch.object(Path, "open", closed):
        found = count_logs([other, log], tmp_path / "private", ABOUT)
    assert found.total.by_path() == {"/": 1}
    assert found.notes[0].endswith("b.log was left out: it cannot be read: Permission denied.")


def test_a_file_that_is_gone_meanwhile_stops_nothing(tmp_path: Path) -> None:
    """Its name is given to the next log while the others are read."""
    path = log_of(tmp_path, visit("/"))
    file = LogFile(path)
    path.unlink()
    assert list(file.blocks()) == []
    assert file.fault.startswith("It cannot be read to its end: No such file")


@pytest.mark.parametrize("written", ["x" * 5_000, "~nobody-here/x.log", "a/" * 3_000, "\0"])
def test_what_cannot_be_a_file_is_not_found(written: str, tmp_path: Path) -> None:
    done = run_stats(tmp_path, "--log", written)
    assert done.returncode == 1
    assert "No file is called" in done.stderr


def test_a_long_list_of_files(tmp_path: Path) -> None:
    log = log_of(tmp_path, visit("/"))
    assert stats_json(tmp_path, " ".join([str(log)] * 500))["reads"] == {"/": 1}


def test_a_damaged_compressed_log_says_so(tmp_path: Path) -> None:
    bad = tmp_path / "bad.log.gz"
    bad.write_bytes(b"\x1f\x8b\x08" + b"no gzip" * 100)
    log = log_of(tmp_path, visit("/"))
    done = run_stats(tmp_path, "--log", f"{log} {bad}")
    assert done.returncode == 0
    assert "bad.log.gz" in done.stderr
    assert "1 read" in done.stdout


@pytest.mark.long
def test_a_bomb_is_no_log(tmp_path: Path) -> None:
    """A gigabyte of nothing in a megabyte: without a line end, it is not read to its end."""
    bomb = tmp_path / "access.log.1.gz"
    start = gzip.compress(("\n".join(visit("/")) + "\n").encode())
    bomb.write_bytes(start + gzip.compress(b"\0" * 10_000_000) * 100)
    write_site(tmp_path / "content")
    script = (
        "import re, sys\n"
        "from pathlib import Path\n"
        "from wardblog.cli import main\n"
        f"status = main(['stats', '--log', {str(bomb)!r}, '--format', 'json'])\n"
        "told = Path('/proc/self/status').read_text()\n"
        # Not that of `getrusage`, which begins with what the process of the tests has.
        "print(status, re.search(r'VmHWM:\\s+(\\d+)', told)[1], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))},
    )  # fmt: skip
    *notes, last = done.stderr.splitlines()
    status, kilobytes = map(int, last.split())
    assert status == 0
    assert kilobytes < 200_000
    assert "64 MB" in notes[0]
    assert json.loads(done.stdout)["reads"] == {"/": 1}


def test_what_is_no_log_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n" + bytes(range(256)) * 100)
    (tmp_path / "empty.log").write_bytes(b"")
    done = run_stats(tmp_path, "--log", "picture.png empty.log")
    assert done.returncode == 1
    assert "picture.png was left out" in done.stderr
    assert not (tmp_path / "private/stats/totals.json").exists()
    log = log_of(tmp_path, visit("/"))
    assert stats_json(tmp_path, log, "picture.png")["reads"] == {"/": 1}


@pytest.mark.parametrize(
    "stored", [b"", b"{}", b"[]", b'{"version": 1}', b'{"version": 2}', b"[" * 99_999, b"\xff",
               b'{"version": 1, "days": {"2026-11-22": [{}]}}']
)  # fmt: skip
def test_damaged_totals_stop_the_count_and_stay(stored: bytes, tmp_path: Path) -> None:
    path = tmp_path / "private/stats/totals.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(stored)
    done = run_stats(tmp_path, "--log", str(log_of(tmp_path, visit("/"))))
    assert done.returncode == 1
    assert "totals.json" in done.stderr
    assert path.read_bytes() == stored


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("first", 99_999_999_999_999), ("last", -1), ("last", float("inf")), ("first", 1.0),
        ("history", float("nan")), ("at_last", -1), ("hours", [10**16] * 24), ("tail", [-1]),
        ("profile", [[0, 10**30]] * 24), ("excluded", {"x": -5}), ("campaigns", {"x": 10**4_000}),
        ("feeds", {FEED: {"readers": 10**20, "services": {}}}), ("reads", {"/": {"none": 1e300}}),
    ],
)  # fmt: skip
def test_numbers_that_cannot_be_are_damage(key: str, value: Any, tmp_path: Path) -> None:
    counted_in(tmp_path, visit("/"))
    path = tmp_path / "private/stats/totals.json"
    stored = json.loads(path.read_bytes())
    stored["days"]["2026-11-16"][0][key] = value
    path.write_text(json.dumps(stored), encoding="utf-8")
    done = run_stats(tmp_path)
    assert done.returncode == 1
    assert "totals.json is damaged" in done.stderr


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-11-17"])
def test_a_day_that_is_not_that_of_its_lines_is_damage(day: str, tmp_path: Path) -> None:
    counted_in(tmp_path, visit("/"))
    path = tmp_path / "private/stats/totals.json"
    path.write_bytes(path.read_bytes().replace(b"2026-11-16", day.encode()))
    assert "totals.json is damaged" in run_stats(tmp_path).stderr


def test_a_day_without_parts_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "private/stats/totals.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"version": 1, "days": {"2026-11-22": []}}', encoding="utf-8")
    assert "totals.json is damaged" in run_stats(tmp_path).stderr


def test_a_folder_in_the_place_of_the_totals(tmp_path: Path) -> None:
    (tmp_path / "private/stats/totals.json").mkdir(parents=True)
    for words in ((), ("--log", str(log_of(tmp_path, visit("/"))))):
        done = run_stats(tmp_path, *words)
        assert done.returncode == 1
        assert "totals.json cannot be read: " in done.stderr


def test_addresses_are_in_no_message(tmp_path: Path) -> None:
    log = log_of(tmp_path, [*visit("/"), b"192.0.2.7 broken", line("/", agent="\x00").encode()])
    done = run_stats(tmp_path, "--log", str(log))
    assert "192.0.2" not in done.stdout + done.stderr
    assert "Chrome" not in done.stdout + done.stderr


@pytest.mark.long
def test_very_many_visitors_at_once_need_little_memory(tmp_path: Path) -> None:
    """200,000 addresses in an hour, as in an attack, with at most 750 bytes for each."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    path, many = tmp_path / "access.log", examples(200_000)
    with path.open("w") as file:
        for n in range(many):
            file.write(line("/", n / 60, f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}") + "\n")
    found = count_logs([path], tmp_path / "private", ABOUT).as_json()
    assert sum(found["excluded"].values()) == many
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < many * 3 // 4


def test_the_common_format_can_be_hostile_too(tmp_path: Path) -> None:
    lines = [one.rsplit(b' "-"', 1)[0] for one in hostile_lines()]
    assert result_of(tmp_path, lines)["excluded"]
