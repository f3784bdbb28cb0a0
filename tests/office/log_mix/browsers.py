"""The browsers of people: what they send as User-Agent, and what they load."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

WINDOWS: Final = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
_MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
_DROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15"
_KHTML = "(KHTML, like Gecko)"
_CHROME_OS = (
    f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 {_KHTML}"  # codespell:ignore cros
)
_PIXEL = "Mozilla/5.0 (Linux; Android 16; Pixel 8a Build/BP4A.260105.004; wv)"
_GALAXY = "Mozilla/5.0 (Linux; Android 15; SM-S921B Build/AP3A.240905.015.A2; wv)"
_WV = "AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/156.0.7801.64"
_FBI = "FBDV/iPhone15,4;FBMD/iPhone;FBSN/iOS;FBSV/26.1;FBSS/3;FBID/phone;FBLC/en_GB;FBOP/80"

# Each with its share of the people who use such a device.
PHONES: Final = {
    f"{_IPHONE} {_KHTML} Version/26.1 Mobile/15E148 Safari/604.1": 27.0,
    f"{_IPHONE} {_KHTML} Version/27.0 Mobile/15E148 Safari/604.1": 14.0,
    f"{_IPHONE} {_KHTML} Version/18.5 Mobile/15E148 Safari/604.1": 5.0,
    f"{_IPHONE} {_KHTML} CriOS/156.0.7801.52 Mobile/15E148 Safari/604.1": 4.0,
    f"{_IPHONE} {_KHTML} GSA/405.0.858738611 Mobile/15E148 Safari/604.1": 5.0,
    f"{_IPHONE} {_KHTML} FxiOS/158.0 Mobile/15E148 Safari/605.1.15": 0.7,
    f"{_DROID} Chrome/156.0.0.0 Mobile Safari/537.36": 22.0,
    f"{_DROID} Chrome/155.0.0.0 Mobile Safari/537.36": 6.0,
    f"{_DROID} Chrome/138.0.0.0 Mobile Safari/537.36": 1.2,
    f"{_DROID} SamsungBrowser/31.0 Chrome/148.0.0.0 Mobile Safari/537.36": 8.0,
    "Mozilla/5.0 (Android 16; Mobile; rv:158.0) Gecko/158.0 Firefox/158.0": 2.0,
    "Mozilla/5.0 (Linux; Android 16; Pixel 8a) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/156.0.0.0 Mobile DuckDuckGo/5 Safari/537.36": 1.0,
    f"{_DROID} Chrome/156.0.0.0 Mobile Safari/537.36 OPR/98.0.0.0": 0.7,
    f"{_DROID} Chrome/156.0.0.0 Mobile Safari/537.36 EdgA/156.0.0.0": 0.6,
    "Mozilla/5.0 (iPhone; CPU iPhone OS 12_5_7 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1": 0.4,
    "Mozilla/5.0 (Linux; Android 7.0; SM-G930F) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/119.0.6045.193 Mobile Safari/537.36": 0.4,
    "Mozilla/5.0 (Linux; U; Android 15; en-gb; 2312DRA50G) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Version/4.0 Chrome/123.0.6312.118 Mobile Safari/537.36 "
    "XiaoMi/MiuiBrowser/14.30.0-gn": 0.3,
}
FACEBOOK_APPS: Final = {
    f"{_IPHONE} {_KHTML} Mobile/15E148 [FBAN/FBIOS;FBAV/541.0.0.41.71;FBBV/820716;{_FBI}]": 5.0,
    f"{_PIXEL} {_WV} Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/541.0.0.49.72;IABMV/1;]": 2.0,
    f"{_GALAXY} {_WV} Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/540.0.0.52.80;IABMV/1;]": 4.0,
}
OTHER_APPS: Final = {
    f"{_IPHONE} {_KHTML} Mobile/23B85 Instagram 405.0.0.31.64 "
    "(iPhone15,4; iOS 26_1; en_GB; en; scale=3.00; 1179x2556; IABMV/1; 820716)": 2.0,
    f"{_GALAXY} {_WV} Mobile Safari/537.36 Instagram 405.0.0.43.81 Android "
    "(35/15; 480dpi; 1080x2116; samsung; SM-S921B; e1s; s5e9945; en_GB; 820716; IABMV/1)": 1.5,
    f"{_GALAXY} {_WV} Mobile Safari/537.36 WhatsApp/2.26.41": 1.0,
    f"{_PIXEL} {_WV} Mobile Safari/537.36": 1.5,
    f"{_IPHONE} {_KHTML} Mobile/15E148": 1.5,
    f"{_IPHONE} {_KHTML} Mobile/15E148 LinkedInApp/9.31.4011": 0.3,
}
COMPUTERS: Final = {
    f"{WINDOWS} Chrome/156.0.0.0 Safari/537.36": 34.0,
    f"{WINDOWS} Chrome/155.0.0.0 Safari/537.36": 6.0,
    f"{WINDOWS} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0": 19.0,
    f"{WINDOWS} Chrome/155.0.0.0 Safari/537.36 Edg/155.0.0.0": 4.0,
    f"{_MAC} AppleWebKit/537.36 {_KHTML} Chrome/156.0.0.0 Safari/537.36": 9.0,
    f"{_MAC} AppleWebKit/605.1.15 {_KHTML} Version/26.1 Safari/605.1.15": 8.0,
    f"{_MAC} AppleWebKit/605.1.15 {_KHTML} Version/27.0 Safari/605.1.15": 4.0,
    f"{_MAC} AppleWebKit/605.1.15 {_KHTML} Version/17.6 Safari/605.1.15": 2.0,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:158.0) Gecko/20100101 Firefox/158.0": 6.0,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0": 1.0,
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:158.0) Gecko/20100101 Firefox/158.0": 1.5,
    f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 {_KHTML} Chrome/156.0.0.0 "
    "Safari/537.36": 1.0,
    f"{_CHROME_OS} Chrome/155.0.0.0 Safari/537.36": 2.0,
    f"{WINDOWS} Chrome/156.0.0.0 Safari/537.36 OPR/140.0.0.0": 0.9,
    f"{WINDOWS} Chrome/156.0.0.0 Safari/537.36 Vivaldi/8.1.3900.40": 0.2,
    f"Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 {_KHTML} Chrome/109.0.0.0 "
    "Safari/537.36": 0.9,
    "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko": 0.2,
    f"Mozilla/5.0 (Linux; Android 11; KFTRWI) AppleWebKit/537.36 {_KHTML} Silk/140.4.2 "
    "like Chrome/140.0.7339.207 Safari/537.36": 0.8,
}
# What a school or an office installs on each of its computers.
MANAGED: Final = (
    f"{WINDOWS} Chrome/155.0.0.0 Safari/537.36 Edg/155.0.0.0",
    f"{WINDOWS} Chrome/156.0.0.0 Safari/537.36",
    f"{_CHROME_OS} Chrome/155.0.0.0 Safari/537.36",
)
TEXT_BROWSERS: Final = {
    "Lynx/2.9.2 libwww-FM/2.14 SSL-MM/1.4.1 OpenSSL/3.5.4": 3.0,
    "w3m/0.5.3+git20230121": 2.0,
    "ELinks/0.17.1.1 (textmode; Linux 6.12.0 x86_64; 160x48-2)": 1.0,
    "Links (2.30; Linux 6.12.0 x86_64; GNU C 14.2; text)": 1.0,
}


@dataclass(slots=True, kw_only=True)
class Browser:
    """A browser of one person, with its cache.

    `cached` holds when each asset was loaded (seconds since 1970), `seen` the version of each
    page.
    """

    agent: str
    protocol: str = "HTTP/2.0"
    loads_style: bool = True
    loads_scripts: bool = True
    loads_images: bool = True
    sends_referrer: bool = True
    forgets: bool = False  # a private window: the cache is empty in each session
    is_phone: bool = False
    cached: dict[str, float] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def loads(self, asset: str) -> bool:
        """Return whether this browser loads such an asset."""
        if asset.endswith(".css"):
            return self.loads_style
        if asset.endswith(".js"):
            return self.loads_scripts
        return self.loads_images

    def forget(self) -> None:
        """Empty the cache."""
        self.cached.clear()
        self.seen.clear()

    def remember(self, assets: Iterable[str], pages: Mapping[str, int], time: float) -> None:
        """Fill the cache as a visit at an earlier time did."""
        self.cached.update(dict.fromkeys(assets, time))
        self.seen.update(pages)

    @property
    def asks_for_old_icons(self) -> bool:
        """Whether it asks for icons at their usual paths, as Safari and old browsers do."""
        is_safari = "Version/" in self.agent and "Android" not in self.agent
        return is_safari or "Trident" in self.agent or "Windows NT 6.1" in self.agent


def _pick(chance: Random, shares: dict[str, float]) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]


def text_browser(chance: Random) -> Browser:
    """Return a browser that loads nothing but pages."""
    return Browser(
        agent=_pick(chance, TEXT_BROWSERS),
        protocol="HTTP/1.1",
        loads_style=False,
        loads_scripts=False,
        loads_images=False,
    )


def _settings(chance: Random, browser: Browser) -> Browser:
    """Give a few browsers the settings of careful people."""
    browser.protocol = chance.choices(("HTTP/2.0", "HTTP/3.0", "HTTP/1.1"), (74, 22, 4))[0]
    browser.sends_referrer = chance.random() > 0.035
    browser.forgets = chance.random() < 0.1
    browser.loads_scripts = chance.random() > 0.012
    browser.loads_images = chance.random() > 0.01
    return browser


def phone_browser(chance: Random) -> Browser:
    """Return the browser of a phone."""
    return _settings(chance, Browser(agent=_pick(chance, PHONES), is_phone=True))


def computer_browser(chance: Random) -> Browser:
    """Return the browser of a computer: of few people, one that shows text only."""
    if chance.random() < 0.004:
        return text_browser(chance)
    return _settings(chance, Browser(agent=_pick(chance, COMPUTERS)))


def app_browser(chance: Random, *, is_facebook: bool) -> Browser:
    """Return the browser inside an app, which has a cache of its own."""
    agents = FACEBOOK_APPS if is_facebook else OTHER_APPS
    return Browser(agent=_pick(chance, agents), is_phone=True)


def managed_browser(chance: Random) -> Browser:
    """Return the browser of a school or an office."""
    return Browser(agent=chance.choice(MANAGED), protocol="HTTP/1.1")


def plain_agent(chance: Random) -> str:
    """Return the agent of any common browser, as machines pretend to be."""
    return _pick(chance, COMPUTERS if chance.random() < 0.75 else PHONES)
