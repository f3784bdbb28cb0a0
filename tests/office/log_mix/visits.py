"""What one person does on the site in one visit, and which requests their browser makes."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from .browsers import Browser
from .hits import Client, Kind, Record
from .site import (
    BY_PATH,
    CALENDARS,
    IMAGES_CACHED,
    MAP_PROGRAMS,
    ORIGIN,
    PDF,
    assets_of,
    choose_feed,
    choose_page,
    size_of,
    theme,
    version,
)

_MISSPELT: Final = (
    "/grit-bins",
    "/issues/gritbins/",
    "/news/",
    "/contact.html",
    "/2026/grit-bins/",
)
_STEPS: Final = (1, 2, 3, 4, 5, 6, 7, 8)
_STEPS_WEIGHTS: Final = (46, 22, 12, 8, 5, 3, 2, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """How a person comes to the site: the page, its query string, and where the link was."""

    path: str
    query: str = ""
    referrer: str = ""
    steps: int = 0  # how many pages they look at; 0 means any number


@dataclass(slots=True, kw_only=True)
class Visit:
    """A visit of one person with one browser at one address."""

    record: Record
    chance: Random
    person: int
    browser: Browser
    address: str
    later_address: str = ""  # of a phone that leaves the house during the visit

    def run(self, entrance: Entrance, time: float) -> None:
        """Record all of a visit that begins at a time."""
        if self.browser.forgets or self.chance.random() < 0.02:
            self.browser.forget()
        path, query, referrer = entrance.path, entrance.query, entrance.referrer
        if self.chance.random() < 0.008:
            time = self._lose_the_way(time, referrer)
        steps = entrance.steps or self.chance.choices(_STEPS, _STEPS_WEIGHTS)[0]
        for step in range(steps):
            if step == 1 and self.later_address:
                self.address = self.later_address
            self.open(path, time, query=query, referrer=referrer)
            time = self._stay(path, time, query, referrer)
            referrer, query = f"{ORIGIN}{path}{'?' * bool(query)}{query}", ""
            path = self._next(path, time)

    def open(self, path: str, time: float, *, query: str = "", referrer: str = "") -> None:
        """Record that the person opens a page."""
        if referrer == "" and self.chance.random() < 0.004:
            self._send(time - 0.2, path, Kind.OTHER, status=301)  # from http to https
        if query == "" and path != "/" and self.chance.random() < 0.004:
            self._send(time - 0.1, path.rstrip("/"), Kind.OTHER, status=301, referrer=referrer)
        status = self._status_of_page(path, time)
        address = f"{path}{'?' * bool(query)}{query}"
        kind = Kind.PAGE
        if referrer and self.chance.random() < 0.025:  # fetched before it is opened, if it is
            is_opened = self.chance.random() < 0.5
            kind = Kind.PAGE if is_opened else Kind.PREFETCH
            self._send(time, address, kind, status=status, referrer=referrer)
            if not is_opened:
                return
            time += self.chance.uniform(0.5, 6)
        else:
            self._send(time, address, kind, status=status, referrer=referrer)
        self.record.open(time, self.person, path, status)
        if self.chance.random() < 0.01:  # left, or lost the connection, before anything else came
            return
        is_first = not self.browser.cached
        self._load(assets_of(path, time), time, address)
        if is_first and self.browser.asks_for_old_icons and self.browser.loads_style:
            self._load_icons(time, f"{ORIGIN}{address}")

    def _send(
        self, time: float, target: str, kind: Kind, *, status: int = 200, referrer: str = ""
    ) -> None:
        client = Client(self.address, self.browser.agent, self.browser.protocol)
        path = target.partition("?")[0]
        size = 162 if status in (301, 404) else size_of(path)
        shown = referrer if self.browser.sends_referrer else ""
        self.record.add(time, client, target, kind, status=status, size=size, referrer=shown)

    def _status_of_page(self, path: str, time: float) -> int:
        now = version(path, time)
        is_same = self.browser.seen.get(path) == now
        self.browser.seen[path] = now
        return 304 if is_same and self.chance.random() < 0.97 else 200

    def _load(self, assets: tuple[str, ...], time: float, page: str) -> None:
        """Record the assets of a page that the browser does not have."""
        browser, chance = self.browser, self.chance
        for asset in assets:
            if not browser.loads(asset):
                continue
            loaded = browser.cached.get(asset)
            is_fresh = asset.startswith("/theme/") or (
                loaded is not None and time - loaded < IMAGES_CACHED
            )
            if loaded is not None and is_fresh:
                continue
            if asset[-6:-4] in ("-3", "-4", "-5", "-6") and chance.random() < 0.4:
                continue  # further down than the person scrolls
            later = time + chance.uniform(0.06, 0.9)
            status = 200 if loaded is None else 304
            self._send(later, asset, Kind.ASSET, status=status, referrer=f"{ORIGIN}{page}")
            browser.cached[asset] = time

    def _load_icons(self, time: float, page: str) -> None:
        self._send(time + 1.1, "/favicon.ico", Kind.ASSET, referrer=page)
        if self.browser.is_phone and self.chance.random() < 0.3:
            self._send(time + 1.2, "/icon.png", Kind.ASSET)
        if self.chance.random() < 0.3:
            self._send(time + 1.3, "/apple-touch-icon.png", Kind.ASSET, status=404)

    def _stay(self, path: str, time: float, query: str, referrer: str) -> float:
        """Record what the person does on a page, and return when they leave it."""
        chance = self.chance
        address = f"{ORIGIN}{path}{'?' * bool(query)}{query}"
        is_for_later = chance.random() < 0.06  # links opened in tabs, one after the other
        time += 2 if is_for_later else min(chance.lognormvariate(3.6, 1.0), 1500)
        if BY_PATH[path].map and self.browser.loads_scripts and chance.random() < 0.16:
            self._use_map(path, time, address)
        if chance.random() < 0.035:
            self.open(path, time, query=query, referrer=referrer)  # a reload
            time += chance.uniform(3, 60)
        if chance.random() < 0.03:
            self._take_file(time, address)
        if chance.random() < 0.02:  # a tab that is shown again later, and loaded anew
            again = time + chance.uniform(300, 5400)
            self.open(path, again, query=query, referrer=referrer)
        return time

    def _use_map(self, path: str, time: float, page: str) -> None:
        for asset in (*MAP_PROGRAMS, f"{path}map.js", f"{path}map.json", "/theme/base-map.json"):
            if asset not in self.browser.cached:
                self._send(time + self.chance.random(), asset, Kind.ASSET, referrer=page)
                self.browser.cached[asset] = time

    def _take_file(self, time: float, page: str) -> None:
        chance = self.chance
        choice = chance.random()
        if choice < 0.35:
            for part in range(chance.randint(1, 4)):  # a PDF, page by page
                status = 200 if part == 0 else 206
                self._send(time + part * 0.8, PDF, Kind.OTHER, status=status, referrer=page)
        elif choice < 0.55:
            self._send(time, "/data/grit-bins.csv", Kind.OTHER, referrer=page)
        elif choice < 0.75:
            self._send(time, chance.choice(CALENDARS), Kind.OTHER, referrer=page)
        else:
            self._send(time, choose_feed(chance), Kind.FEED_LOOK, referrer=page)

    def _lose_the_way(self, time: float, referrer: str) -> float:
        """Record an address that does not exist, whose page says where to go."""
        path = self.chance.choice(_MISSPELT)
        self._send(time, path, Kind.OTHER, status=404, referrer=referrer)
        if self.browser.loads_style:
            self._load((theme("style", "css", time), theme("icon", "svg", time)), time, path)
        return time + self.chance.uniform(3, 30)

    def _next(self, path: str, time: float) -> str:
        """Return where a person goes from a page: back to the first page, or on to another."""
        if path != "/" and self.chance.random() < 0.15:
            return "/"
        paths = [choose_page(self.chance, time) for _ in range(3)]
        return next((other for other in paths if other != path), "/")
