"""Where readers come from: the referrer of a request, as one of a few sources.

The sources are `newsletter`, `leaflet`, `this site`, `none`, `e-mail`, and with a name after a
colon `link: xyz` (another `from=`), `search: Google`, `social: Facebook`, `local: Our Forum` (of
community.toml), `assistant: ChatGPT` and `other: example.org`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from wardblog.model import CommunitySite

NONE, THIS_SITE, NEWSLETTER, LEAFLET, EMAIL = "none", "this site", "newsletter", "leaflet", "e-mail"
OTHER = "other"
# The sources of the codes that this software makes: `leaflet-2026-12`, `newsletter-2026-w49`, and
# with a number if there were several.
OWN_CODES = (NEWSLETTER, LEAFLET)
_OWN_CODE = re.compile(
    r"(newsletter|leaflet|poster)-\d{4}-(?:0[1-9]|1[0-2]|w(?:0[1-9]|[1-4]\d|5[0-3]))(?:-\d{1,3})?"
)
# The names of hosts, of which the last parts decide: `google` is google.com and www.google.co.uk.
_SEARCH = {
    "google": "Google", "bing": "Bing", "duckduckgo": "DuckDuckGo", "ecosia": "Ecosia",
    "yahoo": "Yahoo", "qwant": "Qwant", "startpage": "Startpage", "yandex": "Yandex",
    "baidu": "Baidu", "brave": "Brave", "kagi": "Kagi", "mojeek": "Mojeek", "ask": "Ask",
    "aol": "AOL", "swisscows": "Swisscows",
}  # fmt: skip
_SOCIAL = {
    "facebook": "Facebook", "fb": "Facebook", "instagram": "Instagram", "nextdoor": "Nextdoor",
    "twitter": "X", "t.co": "X", "x.com": "X", "linkedin": "LinkedIn", "lnkd.in": "LinkedIn",
    "reddit": "Reddit", "bsky": "Bluesky", "threads": "Threads", "whatsapp": "WhatsApp",
    "youtube": "YouTube", "youtu.be": "YouTube", "tiktok": "TikTok", "pinterest": "Pinterest",
    "telegram": "Telegram", "t.me": "Telegram", "mastodon": "Mastodon", "discord": "Discord",
    "messenger": "Facebook", "snapchat": "Snapchat", "tumblr": "Tumblr",
}  # fmt: skip
_ASSISTANTS = {
    "chatgpt": "ChatGPT", "openai": "ChatGPT", "perplexity": "Perplexity", "claude": "Claude",
    "copilot.microsoft.com": "Copilot", "gemini.google.com": "Gemini",
}  # fmt: skip
_MAIL = frozenset(
    {"mail.google.com", "outlook.live.com", "outlook.office.com", "outlook.office365.com",
     "mail.yahoo.com", "mail.aol.com", "mail.proton.me", "app.fastmail.com",
     "com.google.android.gm"}
)  # fmt: skip
_NAMED = (("assistant", _ASSISTANTS), ("social", _SOCIAL), ("search", _SEARCH))
# A name, and no number: that could be the address of a visitor.
_HOST = re.compile(r"(?=.*[a-z]\.?$|.*\.xn--)[a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?")
# Endings of two parts, before which the name is: google.co.uk.
_TWO_PARTS = re.compile(r"\.(?:co|com|org|net|ac|gov|ne|or)\.[a-z]{2}$")
_MOST_REMEMBERED = 20_000
# Different other sites that are named.
_MOST_HOSTS = 2_000


def host_of(url: str) -> str:
    """The host of a URL, without `www.`; empty if there is none that could be one."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""
    return host if _HOST.fullmatch(host) else ""


class Referrers(dict[bytes, str]):
    """The source of each referrer, by what the log has."""

    def __init__(self, own: Iterable[str], community: Iterable[CommunitySite]) -> None:
        """`own` are the hosts of the site itself."""
        super().__init__()
        self._others: set[str] = set()
        self._own = frozenset(host.removeprefix("www.") for host in own if host)
        self._local = {host_of(site.url): site.name for site in community}

    def __missing__(self, written: bytes) -> str:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        self[written] = found = self._source(written)
        return found

    def _source(self, written: bytes) -> str:
        host = host_of(written[:2_000].decode("utf-8", "replace").lower())
        if not host:
            return NONE
        if host in self._own:
            return THIS_SITE
        if host in self._local and self._shares_no_host(host):
            return f"local: {self._local[host]}"
        if host in _MAIL:
            return EMAIL
        for word, names in _NAMED:
            if name := _named(host, names):
                return f"{word}: {name}"
        if host not in self._others and len(self._others) >= _MOST_HOSTS:
            return OTHER
        self._others.add(host)
        return f"{OTHER}: {host}"

    def _shares_no_host(self, host: str) -> bool:
        """A group on Facebook has the host of all of Facebook: that is Facebook."""
        return not any(_named(host, names) for _, names in _NAMED)


def _named(host: str, names: Mapping[str, str]) -> str:
    """The name of a well-known host; apps for phones have theirs in the reverse order."""
    if host in names:
        return names[host]
    parts = _TWO_PARTS.sub(".uk", host).split(".")
    if parts[0] in ("com", "org", "co") and len(parts) > 2:
        parts.reverse()
    return names.get(parts[-2], "") if len(parts) > 1 else ""


def source_of_campaign(campaign: str) -> str:
    """The source that `from=` in the link names; only codes that this software makes are ours."""
    if found := _OWN_CODE.fullmatch(campaign):
        return NEWSLETTER if found[1] == NEWSLETTER else LEAFLET
    return f"link: {campaign}"
