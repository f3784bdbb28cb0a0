"""How many follow a feed: services say so, and other readers are told apart."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from office.logs import CHROME, FEED, GOOGLEBOT, daily, in_order, line, result_of
from wardblog.office.statistics.agents import Agents, Program

READERS = (
    "NetNewsWire (RSS Reader; https://netnewswire.com/)",
    "Reeder/5050001 CFNetwork/1568.200.51 Darwin/24.1.0",
    "newsboat/2.37 (Linux x86_64)",
    "FreshRSS/1.27.1 (Linux; https://freshrss.org)",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.4.0",
)


def subscribers(folder: Path, lines: Iterable[str]) -> int:
    found = result_of(folder, in_order(lines))["subscribers"]
    assert set(found) <= {FEED}
    return found.get(FEED, 0)


def close(number: int, wanted: int, percent: float) -> bool:
    return abs(number - wanted) <= wanted * percent / 100


@pytest.mark.parametrize("agent", [*READERS, "Feeder/2.10", "Liferea/1.15.6", "SomethingNew/0.1"])
def test_a_feed_reader_is_none_of_the_crawlers(agent: str, tmp_path: Path) -> None:
    """The lists of crawlers have some of them."""
    assert subscribers(tmp_path, daily(range(7), "192.0.2.7", agent)) == 1


@pytest.mark.parametrize(
    "agent", [GOOGLEBOT, "curl/8.5.0", "AwarioRssBot/1.0", "FeedValidator/1.3"]
)
def test_robots_that_fetch_feeds_are_no_subscribers(agent: str, tmp_path: Path) -> None:
    assert subscribers(tmp_path, daily(range(7), "192.0.2.7", agent)) == 0


@pytest.mark.parametrize(
    ("agent", "name", "number"),
    [
        ("Feedly/1.0 (+http://www.feedly.com/fetcher.html; 462 subscribers; )", "Feedly", 462),
        ("Feedbin feed-id:1697787 - 102 subscribers", "Feedbin (1697787)", 102),
        (
            'NewsBlur Feed Fetcher - 27 subscribers - https://x.example ("Mozilla/5.0")',
            "Newsblur",
            27,
        ),
        ("Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 3 subscribers; )", "Inoreader", 3),
        (
            "Mozilla/5.0 (compatible; theoldreader.com; 1 subscribers; feed-id=cead6c3a8376)",
            "Theoldreader (cead6c3a)",
            1,
        ),
        ("Mozilla/5.0 (compatible; BazQux/2.4; +https://x.example; 5 subscribers)", "Bazqux", 5),
        ("Dreamwidth Studios (a@b.example; for https://x.example; 2 readers)", "Dreamwidth", 2),
        (
            "PlainFeeder v0.0.1 (+http://x.example/about ; Subscriber Count: 8)",
            "PlainFeeder v0.0.1",
            8,
        ),
        ("Bloglines/2.0_(http://x.example;_81_subscribers)", "Bloglines", 81),
        ("Feedly/1.0 (999999999 subscribers)", "Feedly", None),
        ("Evil/1.0 (5000 subscribers)", "Evil", None),
    ],
)
def test_services_announce_their_subscribers(agent: str, name: str, number: int | None) -> None:
    found = Agents()[agent.encode()]
    assert (found.feed, found.name, found.subscribers) == (Program.SERVICE, name, number)


def test_the_latest_announcement_of_each_service_counts(tmp_path: Path) -> None:
    feedly = [f"Feedly/1.0 (+https://x.example; {n} subscribers; )" for n in (10, 12, 11)]
    lines = [one for day, a in enumerate(feedly) for one in daily([day], f"192.0.2.{day}", a)]
    lines += daily(range(3), "198.51.100.1", "Feedbin feed-id:7 - 4 subscribers")
    assert subscribers(tmp_path, lines) == 15


def test_a_service_that_nobody_believes_is_one_reader(tmp_path: Path) -> None:
    assert subscribers(tmp_path, daily([0], "192.0.2.7", "Feedly/1.0 (99999999 subscribers)")) == 1


def test_looking_at_a_feed_in_a_browser_is_not_following_it(tmp_path: Path) -> None:
    """But there are feed readers in browsers, which come again."""
    looks = [line(FEED, n * 9000, f"192.0.2.{n}") for n in range(40)]
    follower = daily(range(5), "198.51.100.1", CHROME, [9])
    assert subscribers(tmp_path, [*looks, *follower]) == 1


def test_readers_with_fixed_addresses(tmp_path: Path) -> None:
    """Whether their computer is always on or only in the evening."""
    lines = []
    for n in range(100):
        hours = (range(n % 3, 24, 1 + n % 4), (19, 20, 21.5), (8 + n / 60,))[n % 3]
        lines += daily(range(10), f"192.0.2.{n}", READERS[n % 5], hours)
    assert close(subscribers(tmp_path, lines), 100, 10)


def test_an_update_of_the_program_makes_no_new_reader(tmp_path: Path) -> None:
    lines = daily(range(4), "192.0.2.7", "newsboat/2.36 (Linux x86_64)")
    lines += daily(range(3, 7), "192.0.2.7", "newsboat/2.37 (Linux x86_64)")
    assert subscribers(tmp_path, lines) == 1


@pytest.mark.parametrize("every", [2, 3, 7])
def test_readers_that_fetch_less_than_daily(every: int, tmp_path: Path) -> None:
    lines = []
    for n in range(60):
        lines += daily(range(n % every - 22, 13, every), f"192.0.2.{n}", READERS[n % 5], [n % 24])
    assert close(subscribers(tmp_path, lines), 60, 10)


def test_readers_that_fetch_on_any_day(tmp_path: Path) -> None:
    """Four of ten days, as it happens."""
    chance, lines = random.Random(5), []  # noqa: S311 - the same each time
    for n in range(100):
        days = [day for day in range(-22, 13) if chance.random() < 0.4]
        lines += daily(days, f"192.0.2.{n}", READERS[n % 5], [8 + n % 12])
    assert close(subscribers(tmp_path, lines), 100, 12)


def moving(chance: random.Random, often: float, hours: float, readers: int = 80) -> list[str]:
    """Readers who have a new address after each fetch with this probability."""
    lines = []
    for n in range(readers):
        address, at = "", chance.random() * hours
        while at < 14 * 24:
            if not address or chance.random() < often:
                address = f"10.{chance.randrange(256)}.{chance.randrange(256)}.{n}"
            day, hour = divmod(at, 24)
            lines += daily([int(day)], address, READERS[n % 5], [hour])
            at += hours * (0.9 + chance.random() / 5)
    return lines


@pytest.mark.parametrize(
    ("often", "hours"),
    [
        pytest.param(0.04, 1, marks=pytest.mark.long),  # about daily, at any time of the day
        pytest.param(0.1, 1, marks=pytest.mark.long),
        pytest.param(0.2, 1, marks=pytest.mark.long),
        (0.3, 2),
        (0.25, 6),
        (1, 24),
        pytest.param(0.5, 24, marks=pytest.mark.long),
    ],
)
def test_readers_whose_address_changes(often: float, hours: float, tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same each time
    lines = moving(chance, often, hours)
    assert close(subscribers(tmp_path, lines), 80, 40), subscribers(tmp_path, lines)


def test_a_new_address_each_night(tmp_path: Path) -> None:
    """As some providers do it; the computer fetches in the day."""
    lines = []
    for day in range(14):
        for n in range(80):
            address = f"10.{day}.{n}.{(n * day) % 251}"
            lines += daily([day], address, READERS[n % 5], range(7 + n % 5, 23, 1 + n % 3))
    assert close(subscribers(tmp_path, lines), 80, 20)


def test_fixed_and_changing_readers_together(tmp_path: Path) -> None:
    chance = random.Random(9)  # noqa: S311 - the same each time
    lines = moving(chance, 0.1, 2, 40)
    for n in range(60):
        lines += daily(range(14), f"192.0.2.{n}", READERS[n % 5], range(n % 2, 24, 2))
    assert close(subscribers(tmp_path, lines), 100, 25)


def test_each_feed_has_its_own_readers(tmp_path: Path) -> None:
    lines = daily(range(7), "192.0.2.7", READERS[0])
    lines += daily(range(7), "192.0.2.8", READERS[0], feed="/feeds/streets/eland-road.rss.xml")
    lines += daily(range(7), "192.0.2.8", READERS[0], feed="/feeds/archive/all/1.rss.xml")
    assert result_of(tmp_path, in_order(lines))["subscribers"] == {
        FEED: 1,
        "/feeds/streets/eland-road.rss.xml": 1,
    }
