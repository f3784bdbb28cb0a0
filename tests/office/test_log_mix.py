"""The simulated log is the same each time, in real formats, and its truth agrees with it."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from statistics import mean
from urllib.parse import unquote

import pytest

from office.log_mix import Addresses, Format, Hit, Kind, Mix, Opening, Subscription, lines, make_mix
from office.log_mix.hits import DAYS, END, START, Record
from office.log_mix.site import FEEDS, NEWSLETTER, NEWSLETTER_MARK
from office.log_mix.truth import truth_of

LINES = 30_000
ROW = tuple[str, str, int, str]  # address, target, status, agent


@pytest.fixture(scope="module")
def mix() -> Mix:
    return make_mix(LINES)


@pytest.fixture(scope="module")
def changing() -> Mix:
    return make_mix(LINES, addresses=Addresses.CHANGING)


def _row(hit: Hit) -> ROW:
    return hit.client.address, hit.target, hit.status, _agent(hit.client.agent)


@pytest.mark.long
def test_equal_arguments_give_equal_logs(mix: Mix) -> None:
    again = make_mix(LINES)
    assert again.hits == mix.hits
    assert again.truth == mix.truth
    assert make_mix(LINES, seed=2).hits != mix.hits


def test_a_log_has_as_many_lines_as_asked_for_in_order_of_time_in_four_weeks(mix: Mix) -> None:
    assert len(mix.hits) == LINES
    times = [hit.time for hit in mix.hits]
    assert times == sorted(times)
    assert START <= times[0] < times[-1] < END
    assert len({int((time - START) // 86_400) for time in times}) == DAYS


def test_too_few_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="100 lines are too few; ask for at least 25000"):
        make_mix(100)


COMBINED = re.compile(
    r"^(?:(?P<host>[\w.]+):443 )?(\S+) - - \[(\d\d/Nov/2026:[\d:]{8}) \+0000\] "
    r'"[A-Z]+ (\S+) HTTP/[\d.]+" (\d{3}) (?:\d+|-) "(?:[^"\\]|\\.)*" "((?:[^"\\]|\\.)*)"$'
)
S3 = re.compile(
    r"^[0-9a-f]{64} ward\.example\.org \[[^]]+\] (\S+) - [0-9A-F]+ WEBSITE\.[A-Z]+\.OBJECT \S+ "
    r'"[A-Z]+ (\S+) HTTP/[\d.]+" (\d{3}) \S+ \S+ \S+ \d+ \d+ "[^"]*" "(.*)" - s9lz\S+ '
)


def _combined(line: str) -> ROW | None:
    fields = COMBINED.match(line)
    if fields is None:
        return None
    _, address, _, target, status, agent = fields.groups()
    plain = re.sub(r"\\x([0-9A-F]{2})", lambda code: chr(int(code[1], 16)), agent)
    target = re.sub(r"\\x5C|\\\\", lambda _: "\\", target)
    return address, target, int(status), _agent(plain.replace('\\"', '"'))


def _s3(line: str) -> ROW | None:
    fields = S3.match(line)
    return fields and (fields[1], fields[2], int(fields[3]), _agent(fields[4]))


def _caddy(line: str) -> ROW:
    fields = json.loads(line)
    request = fields["request"]
    agent = request["headers"].get("User-Agent", [""])[0]
    return request["client_ip"], request["uri"], fields["status"], _agent(agent)


def _agent(written: str) -> str:
    """A missing agent and one of "-" look the same in a log."""
    return "" if written == "-" else written


def _cloudfront(written: list[str]) -> Iterator[ROW]:
    assert written[0] == "#Version: 1.0"
    names = written[1].removeprefix("#Fields: ").split(" ")
    for line in written[2:]:
        fields = dict(zip(names, line.split("\t"), strict=True))
        query = "" if fields["cs-uri-query"] == "-" else f"?{unquote(fields['cs-uri-query'])}"
        target = unquote(fields["cs-uri-stem"]) + query
        agent = _agent(unquote(fields["cs(User-Agent)"]))
        yield fields["c-ip"], target, int(fields["sc-status"]), agent


@pytest.mark.parametrize("form", list(Format))
def test_lines_of_each_format_say_what_was_requested(mix: Mix, form: Format) -> None:
    hits = mix.hits[::4]
    written = list(lines(hits, form))
    assert not any("\n" in line for line in written)
    expected = Counter(_row(hit) for hit in hits if hit.method)
    assert 0 < len(hits) - expected.total() < len(hits) / 100  # requests that were not HTTP
    if form is Format.CLOUDFRONT:
        rows: list[ROW | None] = list(_cloudfront(written))
    else:
        read = {Format.CADDY: _caddy, Format.S3: _s3}.get(form, _combined)
        rows = [read(line) for line in written]
    assert len(rows) == len(hits)
    assert Counter(row for row in rows if row) >= expected


def test_a_page_is_read_again_after_half_an_hour() -> None:
    record = Record()
    minutes = {"/a/": (0, 10, 29, 31, 45, 62), "/b/": (5,)}
    for path, times in minutes.items():
        for minute in times:
            record.open(START + minute * 60, 1, path, 200)
    record.open(START + 20 * 60, 2, "/a/", 304)
    record.open(START + 21 * 60, 3, "/a/", 404)
    # Of the first person 0, 31 and 62; of the second, 20.
    assert truth_of(record).reads == {"/a/": 4, "/b/": 1}


def test_who_is_subscribed_at_the_end_counts() -> None:
    feed, other = list(FEEDS)[:2]
    service = ((START, 9), (END - 60, 7))
    record = Record()
    record.subscriptions = [
        Subscription(feed=feed, name="stays", start=START, end=END),
        Subscription(feed=feed, name="comes", start=END - 60, end=END),
        Subscription(feed=feed, name="leaves", start=START, end=END - 60),
        Subscription(feed=other, name="service", start=START, end=END, announced=service),
    ]
    subscribers = truth_of(record).subscribers
    assert subscribers == dict.fromkeys(FEEDS, 0) | {feed: 2, other: 7}


def _is_read(opening: Opening, counted: list[Opening]) -> bool:
    return not any(
        other.person == opening.person
        and other.path == opening.path
        and opening.time - 1800 <= other.time <= opening.time
        for other in counted
    )


def test_reads_agree_with_a_slow_recount(mix: Mix) -> None:
    counted: dict[str, list[Opening]] = defaultdict(list)
    for opening in sorted(mix.openings, key=lambda opening: opening.time):
        if _is_read(opening, counted[opening.path]):
            counted[opening.path].append(opening)
    assert mix.truth.reads == {path: len(openings) for path, openings in counted.items()}
    assert len(mix.openings) > mix.truth.reads["/"] > 100


def test_each_opening_left_a_line(mix: Mix) -> None:
    pages = defaultdict(list)
    for hit in mix.hits:
        if hit.kind is Kind.PAGE:
            pages[hit.target.partition("?")[0]].append((hit.time, hit.status))
    assert sum(map(len, pages.values())) >= len(mix.openings)
    for opening in mix.openings:
        assert any(
            time <= opening.time <= time + 6.1 and status == opening.status
            for time, status in pages[opening.path]
        )


NUMBER = re.compile(r"(\d+) (?:subscribers?|readers)|Subscriber Count: (\d+)")


def test_subscribers_agree_with_what_services_announced_last(mix: Mix) -> None:
    last: dict[tuple[str, str], int] = {}
    for hit in mix.hits:
        announced = NUMBER.search(hit.client.agent)
        if hit.kind is Kind.SERVICE and hit.target in FEEDS and announced:
            name = re.sub(r"\W|\d", "", hit.client.agent.replace("Mozilla/5.0 (compatible; ", ""))
            last[name[:6].lower(), hit.target] = int(announced[1] or announced[2])
    people = Counter(one.feed for one in mix.subscriptions if not one.announced and one.end == END)
    for feed in FEEDS:
        of_services = sum(number for (_, path), number in last.items() if path == feed)
        assert mix.truth.subscribers[feed] == of_services + people[feed]
    assert sum(last.values()) > 10
    assert people.total() >= 10


def test_each_subscriber_asked_for_the_feed(mix: Mix) -> None:
    asked = Counter(hit.target for hit in mix.hits if hit.kind in (Kind.READER, Kind.SERVICE))
    for feed, number in mix.truth.subscribers.items():
        assert asked[feed] > 0 or number == 0


def test_shares_are_those_of_a_small_site(mix: Mix) -> None:
    kinds = mix.truth.lines_by_kind
    assert sum(kinds.values()) == LINES
    assert set(kinds) == set(map(str, Kind))

    def share(*beginnings: str) -> float:
        return sum(count for kind, count in kinds.items() if kind.startswith(beginnings)) / LINES

    assert 0.3 < share("person") < 0.38
    assert 0.07 < share(Kind.PAGE) < 0.1
    assert 0.12 < share("feed") < 0.36
    assert 0.3 < share("machine") < 0.56
    assert sum(mix.truth.reads.values()) > 0.8 * kinds[Kind.PAGE]


def _addresses_of_readers(mix: Mix) -> int:
    return len({hit.client.address for hit in mix.hits if hit.kind is Kind.READER})


def test_addresses_change_only_in_their_scenario(mix: Mix, changing: Mix) -> None:
    readers = len({one.name for one in mix.subscriptions if not one.announced})
    assert _addresses_of_readers(mix) <= readers + 3  # few have a second device
    assert _addresses_of_readers(changing) > 5 * readers
    assert changing.truth.subscribers == mix.truth.subscribers


def test_people_visit_by_day_and_after_the_newsletter(mix: Mix) -> None:
    hours = Counter(int((opening.time - START) // 3600) for opening in mix.openings)
    night = mean(hours[24 * day + hour] for day in range(DAYS) for hour in (2, 3, 4))
    evening = mean(hours[24 * day + hour] for day in range(DAYS) for hour in (19, 20, 21))
    assert evening > 8 * night
    followed = [
        hit.time - NEWSLETTER
        for hit in mix.hits
        if hit.kind is Kind.PAGE and NEWSLETTER_MARK in hit.target
    ]
    assert min(followed) > 0
    soon = [seconds for seconds in followed if seconds < 6 * 3600]
    assert len(soon) > len(followed) / 4 > 10
