"""People who subscribe to feeds with a program of their own, and how it asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final

from .addresses import Addresses, Habit, Line, address_in, home_line, phone_line
from .hits import DAY, END, START, Client, Kind, Record, Subscription
from .site import CALENDARS, PAGES, choose_feed, size_of, version
from .tables import rows_of


class Rhythm(StrEnum):
    """When a program asks."""

    SERVER = "server"  # round the clock, every half hour or hour
    ALWAYS = "always"  # a computer that is always on, each hour
    COMPUTER = "computer"  # only when the computer is on, each half hour or hour
    PHONE = "phone"  # several times a day, when the phone likes
    SELDOM = "seldom"  # when the person opens it: once a day, or every few days


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program that reads feeds: its share, its agents, and how it asks."""

    name: str
    share: float
    agents: tuple[str, ...]
    rhythms: tuple[Rhythm, ...]
    is_conditional: bool = True  # whether it accepts 304
    is_phone: bool = False
    looks_at_site: bool = False  # whether it fetches the front page and the icon
    protocol: str = "HTTP/1.1"


PROGRAMS: Final = rows_of(Program, "readers.toml", rhythms=Rhythm)
_SHARES: Final = tuple(program.share for program in PROGRAMS)
CALENDAR_AGENTS: Final = (
    "iOS/26.1 (23B85) dataaccessd/1.0",
    "macOS/26.1 (25B78) dataaccessd/1.0",
    "Google-Calendar-Importer",
    "Microsoft.Exchange/15.20 (Exchange 15.20.9320; Windows NT 10.0; Win64; x64)",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.5.0",
    "ICSx5/2.4.1 (ical4j/4.1.1 okhttp/4.12.0) Android/15",
)


def _steady(chance: Random, start: float, end: float, seconds: float) -> Iterator[float]:
    """Yield times at an interval that is kept quite exactly, with a pause now and then."""
    time = start + chance.uniform(0, seconds)
    while time < end:
        yield time
        time += seconds + chance.expovariate(1 / 20)
        if chance.random() < 0.002:
            time += chance.uniform(3600, 20_000)


def _by_day(chance: Random, start: float, end: float, seconds: float) -> Iterator[float]:
    """Yield times while a computer is on: for hours on most days, from when it is started."""
    days_off = chance.choice(((), (), (5, 6), (2, 4), (0, 1, 3)))
    begin, hours = chance.choice(((8, 9.0), (18, 3.5), (9, 4.0), (19.5, 2.0)))
    day = int((start - START) // DAY)
    while START + day * DAY < end:
        if day % 7 not in days_off and chance.random() < 0.9:
            on = START + day * DAY + (begin + chance.gauss(0, 0.5)) * 3600
            off = on + hours * 3600 * chance.uniform(0.6, 1.3)
            time = on + chance.uniform(5, 90)
            while time < off:
                yield time
                time += seconds + chance.expovariate(1 / 10)
        day += 1


def _phone(chance: Random, start: float, end: float, times_a_day: float) -> Iterator[float]:
    """Yield times at which a phone wakes a program, mostly by day."""
    time = start + chance.uniform(0, DAY / times_a_day)
    while time < end:
        hour = (time - START) / 3600 % 24
        if 6.5 <= hour < 23.5 or chance.random() < 0.35:
            yield time
        time += DAY / times_a_day * chance.uniform(0.5, 1.6)


def _times(chance: Random, rhythm: Rhythm, start: float, end: float) -> Iterator[float]:
    minutes = chance.choice((30, 60, 60, 60, 120))
    match rhythm:
        case Rhythm.SERVER:
            return _steady(chance, start, end, chance.choice((20, 30, 60, 60, 60)) * 60)
        case Rhythm.ALWAYS:
            return _steady(chance, start, end, minutes * 60)
        case Rhythm.COMPUTER:
            return _by_day(chance, start, end, minutes * 60)
        case Rhythm.PHONE:
            return _phone(chance, start, end, chance.choice((4, 6, 8, 12, 24)))
        case Rhythm.SELDOM:
            return _phone(chance, start, end, chance.choice((0.4, 0.8, 1.0, 2.0)))


@dataclass(slots=True, kw_only=True)
class Readers:
    """Lets individual readers ask for feeds."""

    record: Record
    chance: Random
    scenario: Addresses

    def run(self, count: int) -> None:
        """Record the requests of this number of readers, subscribed for all or part of the log."""
        lines: list[Line] = []
        for number in range(count):
            program = self.chance.choices(PROGRAMS, _SHARES)[0]
            line = self._line(program, lines)
            lines.append(line)
            feeds = {choose_feed(self.chance) for _ in range(self.chance.choice((1, 1, 1, 1, 2)))}
            self._reader(f"{program.name} {number}", program, line, sorted(feeds))

    def run_calendars(self, count: int) -> None:
        """Record the requests of this number of subscribed calendars."""
        for _ in range(count):
            agent = self.chance.choice(CALENDAR_AGENTS)
            line = home_line(self.chance, self.scenario)
            path = self.chance.choice(CALENDARS)
            hours = self.chance.choice((1, 4, 8, 24))
            for time in _steady(self.chance, START, END, hours * 3600):
                client = Client(line.address(time), agent)
                if agent.startswith(("Google", "Microsoft")):
                    network = agent.partition("-")[0].partition(".")[0].lower()
                    client = Client(address_in(self.chance, network), agent)
                self.record.add(time, client, path, Kind.CALENDAR, size=size_of(path))

    def _line(self, program: Program, others: list[Line]) -> Line:
        chance = self.chance
        if program.rhythms == (Rhythm.SERVER,):  # a rented or a home server
            network = chance.choice(("", "hetzner", "ovh", "digitalocean", "amazon"))
            return Line(Habit.FIXED, chance.getrandbits(32), network=network)
        if others and chance.random() < 0.04:  # two in one household
            return chance.choice(others[-10:])
        maker = phone_line if program.is_phone else home_line
        return maker(chance, self.scenario)

    def _period(self) -> tuple[float, float]:
        """Return when somebody is subscribed: few come or leave during the log."""
        choice = self.chance.random()
        if choice < 0.06:
            return START, START + self.chance.uniform(0.5, 24) * DAY
        if choice < 0.14:
            return START + self.chance.uniform(1, 26) * DAY, END
        return START, END

    def _reader(self, name: str, program: Program, line: Line, feeds: list[str]) -> None:
        chance = self.chance
        start, end = self._period()
        agents = [chance.choice(program.agents)]
        lines = [line]
        if program.name in ("NetNewsWire", "Thunderbird") and chance.random() < 0.12:
            agents.append(chance.choice(program.agents))  # a second device of the same person
            is_at_home = chance.random() < 0.5
            lines.append(line if is_at_home else phone_line(chance, self.scenario))
        fetches = 0
        for agent, own_line in zip(agents, lines, strict=True):
            rhythm = chance.choice(program.rhythms)
            times = list(_times(chance, rhythm, start, end))
            if not times and fetches == 0:  # who subscribes asks at least once
                times = [chance.uniform(start, end)]
            fetches += len(times)
            self._ask(program, agent, own_line, feeds, times)
        for feed in feeds:
            subscription = Subscription(feed=feed, name=name, start=start, end=end)
            self.record.subscriptions.append(subscription)

    def _ask(
        self, program: Program, agent: str, line: Line, feeds: list[str], times: list[float]
    ) -> None:
        chance = self.chance
        seen: dict[str, int] = {}
        is_old_link = chance.random() < 0.04  # to http, which redirects to https
        takes_texts = program.is_conditional and chance.random() < 0.12
        for turn, time in enumerate(times):
            client = Client(line.address(time), agent, program.protocol)
            for number, feed in enumerate(feeds):
                now = version(feed, time)
                is_same = seen.get(feed) == now and program.is_conditional
                seen[feed] = now
                status = 304 if is_same else 200
                self.record.add(
                    time + number * 0.4,
                    client,
                    feed,
                    Kind.READER,
                    status=status,
                    size=size_of(feed),
                )
                if is_old_link:
                    moment = time + number * 0.4 - 0.15
                    self.record.add(moment, client, feed, Kind.READER, status=301, size=162)
                if takes_texts and turn and status == 200:
                    self._take_text(client, time)
            if program.looks_at_site and (turn == 0 or chance.random() < 0.004):
                self._look_at_site(client, time)

    def _take_text(self, client: Client, time: float) -> None:
        """Record that a program fetches the page of the newest post, to show all of its text."""
        posts = [page for page in PAGES if page.path.startswith("/2026/11/") and page.images]
        newest = max(posts, key=lambda page: (page.since <= (time - START) / DAY, page.since))
        path = newest.path
        self.record.add(time + 2, client, path, Kind.READER_SITE, size=size_of(path))

    def _look_at_site(self, client: Client, time: float) -> None:
        for delay, path in ((1.0, "/"), (1.5, "/favicon.ico")):
            self.record.add(time + delay, client, path, Kind.READER_SITE, size=size_of(path))
