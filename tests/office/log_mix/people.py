"""The people who read the site: who they are, where they come from, and how often."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Final

from .addresses import (
    Addresses,
    Habit,
    Line,
    address_in,
    home_line,
    mobile_address,
    phone_line,
)
from .browsers import (
    MANAGED,
    Browser,
    app_browser,
    computer_browser,
    managed_browser,
    phone_browser,
)
from .clock import moment_after_newsletter, moment_of_people
from .hits import DAY, START, Client, Kind, Record
from .previews import preview_of_share
from .site import (
    LEAFLET_MARK,
    LINKS_OF_NEWSLETTER,
    NEWSLETTER_MARK,
    assets_of,
    choose_page,
    size_of,
    version,
)
from .visits import Entrance, Visit

# Where visits come from, with their shares.
_SOURCES: Final = {
    "search": 33.0,
    "facebook": 13.0,
    "app": 6.0,
    "direct": 17.0,
    "whatsapp": 9.0,
    "newsletter": 11.0,
    "leaflet": 2.5,
    "site": 5.0,
    "social": 2.5,
    "reader": 2.0,
}
_SEARCH: Final = {
    "https://www.google.com/": 60.0,
    "https://www.google.co.uk/": 14.0,
    "https://www.bing.com/": 10.0,
    "https://duckduckgo.com/": 5.0,
    "https://www.ecosia.org/": 2.0,
    "https://search.brave.com/": 1.0,
    "https://uk.search.yahoo.com/": 1.5,
    "android-app://com.google.android.googlequicksearchbox/": 3.0,
    "https://chatgpt.com/": 2.0,
    "https://www.perplexity.ai/": 0.5,
    "": 4.0,
}
_SITES: Final = (
    "https://www.wandsworth.gov.uk/",
    "https://nextdoor.co.uk/",
    "https://www.swlondoner.co.uk/",
    "https://shaftesbury-residents.example.org/",
)
_SOCIAL: Final = ("https://t.co/", "https://go.bsky.app/", "https://out.reddit.com/", "")
# How many visits a person makes in the four weeks.
_VISITS: Final = ((1, 1), (2, 2), (3, 5), (6, 12), (15, 40))
_VISITS_WEIGHTS: Final = (60, 19, 11, 7, 3)


@dataclass(slots=True, kw_only=True)
class Person:
    """A person with one to three browsers, each with its own cache."""

    number: int
    line: Line
    phone: Browser | None
    computer: Browser | None
    apps: dict[bool, Browser] = field(default_factory=dict)  # by whether it is that of Facebook
    hides: str = ""  # the network of a VPN or a relay


def _person(chance: Random, number: int, scenario: Addresses, shared: list[Line]) -> Person:
    """Return a new person. One in four shares the line of somebody before them."""
    device = chance.choices(("phone", "computer", "both"), (52, 30, 18))[0]
    phone = phone_browser(chance) if device != "computer" else None
    computer = computer_browser(chance) if device != "phone" else None
    if shared and chance.random() < 0.25:
        line = chance.choice(shared[-40:])
    else:
        line = phone_line(chance, scenario) if device == "phone" else home_line(chance, scenario)
        shared.append(line)
    hides = chance.choices(("", "relay", "hetzner", "digitalocean"), (935, 50, 9, 6))[0]
    return Person(number=number, line=line, phone=phone, computer=computer, hides=hides)


def _employee(chance: Random, number: int, offices: list[Line]) -> Person:
    """Return somebody in an office or a school: many computers, one address, equal browsers."""
    line = offices[min(int(chance.expovariate(1 / 8)), len(offices) - 1)]
    return Person(number=number, line=line, phone=None, computer=managed_browser(chance))


@dataclass(slots=True, kw_only=True)
class Crowd:
    """Lets people visit until there are enough lines."""

    record: Record
    chance: Random
    scenario: Addresses
    people: int = 0  # how many there are so far

    def run(self, lines: int) -> None:
        """Record visits of as many people as make this number of lines."""
        chance = self.chance
        offices = [Line(Habit.FIXED, chance.getrandbits(32)) for _ in range(40)]
        shared: list[Line] = []
        while len(self.record.hits) < lines:
            self.people += 1
            if chance.random() < 0.06:
                person = _employee(chance, self.people, offices)
            else:
                person = _person(chance, self.people, self.scenario, shared)
            low, high = chance.choices(_VISITS, _VISITS_WEIGHTS)[0]
            self._visits_of(person, chance.randint(low, high))

    def _visits_of(self, person: Person, count: int) -> None:
        chance = self.chance
        shares = list(_SOURCES.values())
        sources = chance.choices(list(_SOURCES), shares, k=count)
        if chance.random() < (0.1 if count == 1 else 0.45):
            self._visited_before(person)
        plans = sorted((self._moment(source), source) for source in sources)
        for time, source in plans:
            self._visit(person, time, source)

    def _visited_before(self, person: Person) -> None:
        """Fill the caches of a person who knew the site before the log begins."""
        time = START - self.chance.uniform(0.2, 60) * DAY
        paths = {"/", *(choose_page(self.chance, START) for _ in range(self.chance.randint(1, 5)))}
        for browser in (person.phone, person.computer):
            if browser is not None:
                for path in sorted(paths):
                    assets = filter(browser.loads, assets_of(path, time))
                    browser.remember(assets, {path: version(path, START)}, time)

    def _moment(self, source: str) -> float:
        return (moment_after_newsletter if source == "newsletter" else moment_of_people)(
            self.chance
        )

    def _visit(self, person: Person, time: float, source: str) -> None:
        chance = self.chance
        browser = self._browser(person, source)
        entrance = self._entrance(source, time)
        if chance.random() < 0.002:
            self._through_translator(person, browser, entrance, time)
            return
        address, later = self._address(person, browser, time)
        Visit(
            record=self.record,
            chance=chance,
            person=person.number,
            browser=browser,
            address=address,
            later_address=later,
        ).run(entrance, time)
        if browser.agent in MANAGED:
            others = chance.choices((0, 1, 3, chance.randint(9, 28)), (960, 28, 8, 4))[0]
            self._join(others, browser, entrance, time, address)
        elif chance.random() < 0.012:
            other = phone_browser(chance) if chance.random() < 0.7 else browser
            self._join(1, other, entrance, time, address)
        if chance.random() < 0.045:
            moment = time + chance.uniform(30, 600)
            preview_of_share(self.record, chance, entrance.path, moment, address)

    def _join(
        self, count: int, like: Browser, entrance: Entrance, time: float, address: str
    ) -> None:
        """Let others at the same address, such as a school class, soon open the same page."""
        for _ in range(count):
            self.people += 1
            Visit(
                record=self.record,
                chance=self.chance,
                person=self.people,
                browser=Browser(agent=like.agent, protocol=like.protocol),
                address=address,
            ).run(entrance, time + self.chance.uniform(10, 900))

    def _browser(self, person: Person, source: str) -> Browser:
        chance = self.chance
        if person.phone is None or person.computer is None:
            own = person.phone or person.computer
        else:
            own = person.phone if chance.random() < 0.6 else person.computer
        if own is None:
            raise ValueError(f"person {person.number} has no browser")
        if source in ("facebook", "app") and own.is_phone:
            is_facebook = source == "facebook"
            if is_facebook not in person.apps:
                person.apps[is_facebook] = app_browser(chance, is_facebook=is_facebook)
            return person.apps[is_facebook]
        return own

    def _address(self, person: Person, browser: Browser, time: float) -> tuple[str, str]:
        """Return the address of a visit, and the one that it continues with, if another."""
        chance = self.chance
        if person.hides and (person.hides != "relay" or "Version/" in browser.agent):
            return address_in(chance, person.hides), ""
        is_out = browser.is_phone and chance.random() < 0.3
        if self.scenario is Addresses.CHANGING and browser.is_phone and chance.random() < 0.04:
            return person.line.address(time), mobile_address(chance)
        return (mobile_address(chance) if is_out else person.line.address(time)), ""

    def _entrance(self, source: str, time: float) -> Entrance:
        chance = self.chance
        path = choose_page(chance, time)
        match source:
            case "search":
                referrer = chance.choices(list(_SEARCH), list(_SEARCH.values()))[0]
                query = "utm_source=chatgpt.com" if "chatgpt" in referrer else ""
                return Entrance(path=path, query=query, referrer=referrer)
            case "facebook":
                return self._from_facebook(path)
            case "newsletter":
                return self._from_newsletter()
            case "leaflet":
                path = chance.choice(("/", "/", "/subscribe/"))
                return Entrance(path=path, query=LEAFLET_MARK)
            case "site":
                return Entrance(path=path, referrer=chance.choice(_SITES))
            case "social":
                return Entrance(path=path, referrer=chance.choice(_SOCIAL))
            case "direct":
                return Entrance(path=path if chance.random() < 0.4 else "/")
            case _:
                return Entrance(path=path, steps=1 if chance.random() < 0.6 else 0)

    def _from_facebook(self, path: str) -> Entrance:
        chance = self.chance
        click = f"fbclid=IwY2xjawN{chance.getrandbits(96):024x}"
        referrer = chance.choice(
            ("https://m.facebook.com/", "https://l.facebook.com/", "https://lm.facebook.com/", "")
        )
        query = click if chance.random() < 0.8 else ""
        steps = 1 if chance.random() < 0.55 else 0
        return Entrance(path=path, query=query, referrer=referrer, steps=steps)

    def _from_newsletter(self) -> Entrance:
        chance = self.chance
        path = chance.choices(LINKS_OF_NEWSLETTER, (30, 26, 18, 14, 12))[0]
        mails = ("", "https://outlook.live.com/", "https://mail.google.com/")
        referrer = chance.choices(mails, (88, 8, 4))[0]
        return Entrance(path=path, query=NEWSLETTER_MARK, referrer=referrer)

    def _through_translator(
        self, person: Person, browser: Browser, entrance: Entrance, time: float
    ) -> None:
        """Record that somebody reads a page in translation, which Google fetches for them."""
        client = Client(address_in(self.chance, "google proxy"), f"{browser.agent},gzip(gfe)")
        referrer = "https://translate.google.com/"
        path = entrance.path
        self.record.add(time, client, path, Kind.PAGE, size=size_of(path), referrer=referrer)
        self.record.open(time, person.number, path, 200)
