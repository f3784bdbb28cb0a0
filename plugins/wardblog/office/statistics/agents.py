"""What a User-Agent says about the program: a browser, a crawler, a feed reader or a service.

Anybody can write anything there, so a browser's name proves nothing; `visitors.py` looks at how
visitors behave.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache

from wardblog.support.late_dataclass import dataclass

# Longer ones are nobody's.
_LONGEST = 1_000
_MOST_REMEMBERED = 20_000
# No ward has more subscribers with one service; a larger number is not believed. One that is not
# known by name is believed less.
MOST_SUBSCRIBERS, MOST_WITH_UNKNOWN = 10_000, 1_000
_ANNOUNCED = re.compile(
    r"(?<![\d.])(\d{1,9})[ _](?:subscriber|reader|user)s?(?![a-z])"
    r"|(?:subscribers?|readers|users)(?:[ _]count)?[ _:=]{1,3}(\d{1,9})(?![\d.])",
    re.IGNORECASE,
)
_FEED_ID = re.compile(r"feed-?id[:=]\s?([0-9A-Za-z]{1,40})", re.IGNORECASE)
# Feed readers that say so, and those whose name does not. crawlerdetect takes some for crawlers.
_READERS = re.compile(
    r"rss|feed(?!burner|validator|search)|\batom\b|news ?(?:boat|beuter|wire|fire|blur|flow)"
    r"|netnewswire|newsflash|newsify|\bnews/|nextcloud|liferea|akregator|thunderbird|seamonkey"
    r"|reeder|unread/|lire/|fluent ?reader|quiterss|vienna|elfeed|gnus|emacs|miniflux|inoreader"
    r"|theoldreader|bazqux|raven ?reader|readkit|fiery|capy ?reader|readyou|read ?you|flym|twine/"
    r"|aggregator|netvibes|bloglines|blogtrottr|simplepie|magpie|planet|kill-the-newsletter|vivaldi"
    r"|yarr\b|\bsfeed|snownews|canto|tapestry|current/|stringer|selfoss|leed\b|fever|pluma|podcast"
    r"|overcast|antennapod|artykul|nunti|spotlite|ttrss|gpodder|feedbro|livemarks|\bbrief/",
    re.IGNORECASE,
)
# Robots with such a word in their name, who read for nobody: also directories that list feeds.
_NO_READERS = re.compile(
    r"validator|rss-is-dead|awario|datafeedwatch|googlebot|bingbot|yandex|ahrefs|semrush|mj12|dotbot"
    r"|petalbot|gptbot|claudebot|ccbot|bytespider|amazonbot|applebot|facebookexternalhit|rssingbot"
    r"|feedsearch|feedbot|rssbot|spider|scour|podchaser|hub\b|pubsubhubbub|superfeedr|uptime|monitor\b"
    r"|podcast ?index|feedspot|flipboard|read-aloud|^node\b",
    re.IGNORECASE,
)
# Services that fetch from many addresses, also for people who read them by e-mail or chat.
_SERVICES = re.compile(
    r"feedly|feedbin|inoreader|newsblur|theoldreader|bazqux|blogtrottr|netvibes"
    r"|feedfetcher-google|bloglines|feed ?wrangler|g2reader|slack|ifttt|zapier|mailchimp"
    r"|buttondown|kill-the-newsletter|feedrabbit|follow\.it|specificfeeds|monitorss|feedpress"
    r"|newsgator|dreamwidth|livejournal|omnivore|readwise|matter/|feeder\.co|rss\.app|dlvr\.it",
    re.IGNORECASE,
)
# What programs write who are not browsers: the address of their page, or that of their owner.
_GENERIC = re.compile(
    r"://|\bwww\.|\S@\S|bot\b|bot[/_;-]|crawl|spider|scrap|slurp|fetch|headless|phantom|selenium"
    r"|preview|monitor|check|scan|\bpython|\bjava/|\bgo-http|\bruby|\bperl|\bphp|curl|wget|libwww"
    r"|lighthouse|validator|archiver?|okhttp|axios|node-fetch|undici|httpclient|guzzle|\bdart",
    re.IGNORECASE,
)
_BROWSER = re.compile(r"Mozilla/\d|Opera/\d|(?:E?Links|Lynx|w3m)\b", re.IGNORECASE)
_DIGITS = re.compile(rb"\d+")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9.!+ -]{0,40}")
_ORDINARY = frozenset({"mozilla", "compatible", "like", "gecko", "http", "https"})


class Program(Enum):
    """What kind of program sent the request."""

    BROWSER = auto()
    CRAWLER = auto()
    READER = auto()
    # Fetches a feed for many people.
    SERVICE = auto()
    # No User-Agent was sent, or one that says nothing.
    OTHER = auto()
    # The format of the log has no User-Agents.
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A program. `page` is what it is when it asks for a page, and `feed` when it asks for a feed.

    `family` is the same for all its versions. A service has a `name`, and the number of
    `subscribers` that it announces, or None.
    """

    page: Program
    feed: Program
    family: bytes = b""
    name: str = ""
    subscribers: int | None = None


class Agents(dict[bytes, Agent]):
    """Each program, by the User-Agent that the log has."""

    def __init__(self) -> None:
        super().__init__()
        # Whether the public lists have it, for all versions of a program.
        self._crawlers: dict[bytes, bool] = {}

    def __missing__(self, written: bytes) -> Agent:
        if max(len(self), len(self._crawlers)) > _MOST_REMEMBERED:
            self.clear()
            self._crawlers.clear()
        self[written] = found = self._agent(written)
        return found

    def _agent(self, written: bytes) -> Agent:
        if not written:
            return Agent(page=Program.UNKNOWN, feed=Program.UNKNOWN)
        text = written[:_LONGEST].decode("utf-8", "replace").strip()
        family = _DIGITS.sub(b"", written[:_LONGEST])
        if family not in self._crawlers:
            self._crawlers[family] = is_known_crawler(text)
        return _agent_of(text, family, self._crawlers[family])


def _agent_of(text: str, family: bytes, is_crawler: bool) -> Agent:
    if is_crawler or _GENERIC.search(text):
        page = Program.CRAWLER
    else:
        page = Program.BROWSER if _BROWSER.match(text) else Program.OTHER
    return _with_feed(text, family, page)


def _with_feed(text: str, family: bytes, page: Program) -> Agent:
    """What it is when it asks for a feed: that comes before whether it is a crawler."""
    announced = _ANNOUNCED.search(text)
    if announced:
        number = int(announced[1] or announced[2])
        most = MOST_SUBSCRIBERS if _SERVICES.search(text) else MOST_WITH_UNKNOWN
        believed = number if number <= most else None
        name = _service_name(text)
        if feed_id := _FEED_ID.search(text):
            name = f"{name} ({feed_id[1][:8]})"
        return Agent(
            page=_not_a_browser(page), feed=Program.SERVICE, family=family, name=name,
            subscribers=believed,
        )  # fmt: skip
    if _NO_READERS.search(text):
        return Agent(page=page, feed=Program.CRAWLER, family=family)
    if _SERVICES.search(text):
        return Agent(
            page=_not_a_browser(page), feed=Program.SERVICE, family=family, name=_service_name(text)
        )
    if _READERS.search(text) or is_known_reader(text):
        return Agent(page=page, feed=Program.READER, family=family)
    if page is Program.OTHER and text not in ("", "-"):
        return Agent(page=page, feed=Program.READER, family=family)
    return Agent(page=page, feed=page, family=family)


def _not_a_browser(page: Program) -> Program:
    return Program.CRAWLER if page is Program.BROWSER else page


def _service_name(text: str) -> str:
    """What a service calls itself, without its version, its number and its address."""
    if known := _SERVICES.search(text):
        return known[0].capitalize()
    for word in _NAME.findall(_ANNOUNCED.sub(" ", text)):
        name = str(word).split("/")[0].strip(" .-+!")
        if name.lower() not in _ORDINARY and len(name) > 2:
            return name[:30]
    return "Unnamed service"


def is_known_crawler(text: str) -> bool:
    """Whether one of the two public lists has it."""
    # late import: see docs/architecture.md
    from crawleruseragents import is_crawler  # type: ignore[import-untyped]

    return bool(is_crawler(text)) or _crawler_detect().is_crawler(text)


@cache
def _crawler_detect():  # type: ignore[no-untyped-def] # its types are not checked
    # late import: see docs/architecture.md
    from crawlerdetect import CrawlerDetect  # type: ignore[import-untyped]

    return CrawlerDetect()


def is_known_reader(text: str) -> bool:
    """Whether the public list of crawlers says that it reads feeds."""
    return bool(_listed_readers().search(text))


@cache
def _listed_readers() -> re.Pattern[str]:
    # late import: see docs/architecture.md
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA

    rows = (row for row in CRAWLER_USER_AGENTS_DATA if "feed-reader" in row.get("tags", ()))
    return re.compile("|".join(row["pattern"] for row in rows) or r"(?!)")
