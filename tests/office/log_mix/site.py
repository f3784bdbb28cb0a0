"""The site that is visited: its pages with their assets, its feeds, and when they change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final
from zlib import crc32

from .hits import DAY, START

ORIGIN: Final = "https://ward.example.org"
HOST: Final = "ward.example.org"

# Days (after the start) on which posts appear, and that of a new theme, which changes every page.
PUBLISHED: Final = (1.35, 4.75, 8.5, 10.4, 15.45, 18.7, 22.4, 25.5)
NEW_THEME: Final = 12.3
NEWSLETTER: Final = START + 10 * DAY + 18.25 * 3600  # Thursday, 18:15
NEWSLETTER_MARK: Final = "from=newsletter-2026-11"
LEAFLET_MARK: Final = "from=leaflet-2026-10"

IMAGES_CACHED: Final = 3600.0  # seconds for which a browser does not ask for an image again


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: how often people choose it, its pictures, and the day on which it appeared."""

    path: str
    weight: float
    images: tuple[str, ...] = ()
    map: bool = False
    since: float = -100.0
    often: bool = False  # whether it changes each time a post appears


def _post(path: str, weight: float, images: int, since: float = -100.0) -> Page:
    name = path.rstrip("/").rsplit("/", 1)[1]
    pictures = tuple(f"/images/{name}-{number}.jpg" for number in range(1, images + 1))
    return Page(path=path, weight=weight, images=pictures, map=images % 2 == 1, since=since)


PAGES: Final = (
    Page(path="/", weight=22, images=("/images/high-street.jpg",), map=True, often=True),
    Page(path="/issues/", weight=5, often=True),
    Page(path="/issues/grit-bins/", weight=9, map=True, often=True),
    Page(path="/issues/planning/", weight=8, map=True, often=True),
    Page(path="/issues/parking/", weight=5, map=True),
    Page(path="/issues/trees/", weight=2, map=True),
    Page(path="/issues/crossings/", weight=2, map=True),
    Page(path="/streets/", weight=2),
    Page(path="/streets/eland-road/", weight=3, map=True),
    Page(path="/streets/wandsworth-common-north-side/", weight=1.2, map=True),
    Page(path="/streets/lavender-hill/", weight=1.8, map=True),
    Page(path="/streets/mysore-road/", weight=0.5, map=True),
    Page(path="/streets/st-johns-hill/", weight=1.1, map=True),
    Page(path="/figures/", weight=1.5),
    Page(path="/subscribe/", weight=3),
    Page(path="/about/", weight=2, images=("/images/councillors.jpg",)),
    Page(path="/map/", weight=2, map=True),
    Page(path="/community/", weight=1),
    Page(path="/2026/11/", weight=1, often=True),
    Page(path="/2026/10/", weight=0.6),
    _post("/2026/11/grit-bins-moved/", 14, 3, PUBLISHED[0]),
    _post("/2026/11/surgery-dates/", 3, 0, PUBLISHED[1]),
    _post("/2026/11/clapham-junction-works/", 9, 2, PUBLISHED[2]),
    _post("/2026/11/library-hours/", 12, 1, PUBLISHED[3]),
    _post("/2026/11/planning-corner-shop/", 6, 1, PUBLISHED[4]),
    _post("/2026/11/bonfire-thanks/", 2, 4, PUBLISHED[5]),
    _post("/2026/11/bus-route-77/", 7, 1, PUBLISHED[6]),
    _post("/2026/11/first-frost/", 3, 1, PUBLISHED[7]),
    _post("/2026/10/school-crossing/", 3, 2),
    _post("/2026/10/fly-tipping-map/", 2.5, 1),
    _post("/2026/10/parking-consultation/", 5, 0),
    _post("/2026/09/pocket-park/", 2, 4),
    _post("/2026/07/summer-fair/", 1, 6),
    _post("/2026/03/council-tax-explained/", 4, 0),
    _post("/2025/12/christmas-collections/", 5, 0),
    _post("/2025/06/cycle-lane/", 1, 2),
)
BY_PATH: Final = {page.path: page for page in PAGES}
LINKS_OF_NEWSLETTER: Final = (
    "/2026/11/grit-bins-moved/",
    "/2026/11/library-hours/",
    "/2026/11/clapham-junction-works/",
    "/issues/planning/",
    "/",
)

# Feeds, each with how often it is chosen.
FEEDS: Final = {
    "/feeds/all.rss.xml": 10.0,
    "/feeds/all.atom.xml": 5.0,
    "/feeds/all.json": 1.0,
    "/feeds/grit-bins.rss.xml": 1.6,
    "/feeds/planning.rss.xml": 2.4,
    "/feeds/streets/eland-road.rss.xml": 0.7,
}
CALENDARS: Final = ("/calendar.ics", "/issues/planning/calendar.ics")
PDF: Final = "/leaflets/2026-10.pdf"
MAP_PROGRAMS: Final = (
    "/theme/leaflet/leaflet.8d1f0ab37c52.js",
    "/theme/leaflet/leaflet.20be7713fa41.css",
    "/theme/live.77ac02d4e9b1.css",
    "/theme/map.c3a5d10f7e26.js",
)


def size_of(path: str) -> int:
    """Return how many bytes the server sends for a path: always the same for each."""
    number = crc32(path.encode())
    if path.endswith((".jpg", ".pdf")):
        return 40_000 + number % 180_000
    return 2_400 + number % 16_000


def theme(name: str, ending: str, time: float) -> str:
    """Return the path of a file of the theme, whose name holds a digest of its bytes."""
    digests = ("0123456789ab", "4be19c27d05f")
    return f"/theme/{name}.{digests[time >= START + NEW_THEME * DAY]}.{ending}"


def version(path: str, time: float) -> int:
    """Return a number that changes whenever the bytes of a page or a feed change."""
    day = (time - START) / DAY
    page = BY_PATH.get(path)
    is_often = path.startswith("/feeds/") if page is None else page.often
    posts = sum(day >= published for published in PUBLISHED) if is_often else 0
    return posts + 100 * (page is not None and day >= NEW_THEME)


@cache
def _assets(path: str, is_new_theme: bool) -> tuple[str, ...]:
    page = BY_PATH[path]
    time = START + (NEW_THEME + 1 if is_new_theme else 0) * DAY
    scripts = (theme("near", "js", time),) if page.map else ()
    maps = (f"{path}map.svg",) if page.map else ()
    style = (theme("style", "css", time), theme("print", "css", time))
    return (*style, theme("icon", "svg", time), *scripts, *maps, *page.images)


def assets_of(path: str, time: float) -> tuple[str, ...]:
    """Return what a browser loads with a page, in this order."""
    return _assets(path, time >= START + NEW_THEME * DAY)


def pages_at(time: float) -> tuple[list[str], list[float]]:
    """Return the paths of the pages that exist at a time, and their weights.

    A new post is chosen more often in its first days.
    """
    return _pages_on(int((time - START) / DAY * 4))


@cache
def _pages_on(quarter: int) -> tuple[list[str], list[float]]:
    day = quarter / 4
    pages = [page for page in PAGES if page.since <= day]
    weights = [page.weight * (2.5 if 0 <= day - page.since < 3 else 1) for page in pages]
    return [page.path for page in pages], weights


def choose_page(chance: Random, time: float) -> str:
    """Return the path of a page as people choose them."""
    return chance.choices(*pages_at(time))[0]


def any_page(chance: Random, time: float) -> str:
    """Return the path of a page as machines find them: each as often as any other."""
    return chance.choice(pages_at(time)[0])


def choose_feed(chance: Random) -> str:
    """Return the path of a feed as people choose them."""
    return chance.choices(list(FEEDS), list(FEEDS.values()))[0]
