"""Where readers come from: the referrer of a request, as one of a few sources.

The sources are `newsletter`, `leaflet`, `this site`, `none`, `e-mail`, and with a name after a
colon `link: xyz` (another `from=`), `search: Google`, `social: Facebook`, `local: Our Forum` (of
community.toml), `assistant: ChatGPT` and `other: example.org`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from wardblog.model import CommunitySite
from wardblog.support.urls import short_host

NONE, THIS_SITE, NEWSLETTER, LEAFLET, EMAIL = "none", "this site", "newsletter", "leaflet", "e-mail"
OTHER = "other"
# The sources of the codes that this software makes: `leaflet-2026-12`, `newsletter-2026-w49`, and
# with a number if there were several.
OWN_CODES = (NEWSLETTER, LEAFLET)
_OWN_CODE = re.compile(
    r"(newsletter|leaflet|poster)-\d{4}-(?:0[1-9]|1[0-2]|w(?:0[1-9]|[1-4]\d|5[0-3]))(?:-\d{1,3})?"
)
# Hosts with their name; those below them belong to them as well.
_SEARCH = {
    "bing.com": "Bing", "duckduckgo.com": "DuckDuckGo", "ecosia.org": "Ecosia",
    "search.yahoo.com": "Yahoo", "qwant.com": "Qwant", "startpage.com": "Startpage",
    "yandex.com": "Yandex", "yandex.ru": "Yandex", "ya.ru": "Yandex", "baidu.com": "Baidu",
    "search.brave.com": "Brave", "kagi.com": "Kagi", "mojeek.com": "Mojeek", "ask.com": "Ask",
    "search.aol.com": "AOL", "search.aol.co.uk": "AOL", "swisscows.com": "Swisscows",
    "com.google.android.googlequicksearchbox": "Google",
}  # fmt: skip
_SOCIAL = {
    "facebook.com": "Facebook", "fb.com": "Facebook", "fb.me": "Facebook",
    "messenger.com": "Facebook", "com.facebook.katana": "Facebook",
    "com.facebook.lite": "Facebook", "com.facebook.orca": "Facebook",
    "instagram.com": "Instagram", "com.instagram.android": "Instagram",
    "nextdoor.com": "Nextdoor", "nextdoor.co.uk": "Nextdoor", "com.nextdoor": "Nextdoor",
    "twitter.com": "X", "t.co": "X", "x.com": "X", "com.twitter.android": "X",
    "linkedin.com": "LinkedIn", "lnkd.in": "LinkedIn", "com.linkedin.android": "LinkedIn",
    "reddit.com": "Reddit", "com.reddit.frontpage": "Reddit", "bsky.app": "Bluesky",
    "bsky.social": "Bluesky", "threads.net": "Threads", "threads.com": "Threads",
    "whatsapp.com": "WhatsApp", "wa.me": "WhatsApp", "com.whatsapp": "WhatsApp",
    "youtube.com": "YouTube", "youtu.be": "YouTube", "tiktok.com": "TikTok",
    "pinterest.com": "Pinterest", "pinterest.co.uk": "Pinterest", "telegram.org": "Telegram",
    "t.me": "Telegram", "org.telegram.messenger": "Telegram", "mastodon.social": "Mastodon",
    "mastodon.online": "Mastodon", "mastodon.world": "Mastodon", "discord.com": "Discord",
    "snapchat.com": "Snapchat", "tumblr.com": "Tumblr",
}  # fmt: skip
_ASSISTANTS = {
    "chatgpt.com": "ChatGPT", "chat.openai.com": "ChatGPT", "perplexity.ai": "Perplexity",
    "claude.ai": "Claude", "copilot.microsoft.com": "Copilot", "gemini.google.com": "Gemini",
}  # fmt: skip
# Its other hosts, such as docs.google.com, are not a search.
_GOOGLE = re.compile(r"(?:(?:news|images)\.)?google\.(?:com|(?:com?\.)?[a-z]{2})")
_MAIL = frozenset(
    {"mail.google.com", "outlook.live.com", "outlook.office.com", "outlook.office365.com",
     "mail.yahoo.com", "mail.aol.com", "mail.proton.me", "app.fastmail.com",
     "com.google.android.gm"}
)  # fmt: skip
_NAMED = (("assistant", _ASSISTANTS), ("social", _SOCIAL), ("search", _SEARCH))
# A name, and no number: that could be the address of a visitor.
_HOST = re.compile(r"(?=.*[a-z]\.?$|.*\.xn--)[a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?")
_MOST_REMEMBERED = 20_000
# Different other sites that are named.
_MOST_HOSTS = 2_000


def referring_host(url: str) -> str:
    """The host of a URL, without `www.`; empty if there is none that could be one."""
    host = short_host(url)
    return host if _HOST.fullmatch(host) else ""


class Referrers(dict[bytes, str]):
    """The source of each referrer, by what the log has."""

    def __init__(self, own: Iterable[str], community: Iterable[CommunitySite]) -> None:
        """`own` are the hosts of the site itself."""
        super().__init__()
        self._others: set[str] = set()
        self._own = frozenset(host.removeprefix("www.") for host in own if host)
        self._local = {referring_host(site.url): site.name for site in community}

    def __missing__(self, written: bytes) -> str:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        self[written] = found = self._source(written)
        return found

    def _source(self, written: bytes) -> str:
        host = referring_host(written[:2_000].decode("utf-8", "replace").lower())
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
    """The name of a well-known host, or of one below it; "" if it has none."""
    if names is _SEARCH and _GOOGLE.fullmatch(host):
        return "Google"
    parts = host.split(".")
    above = (".".join(parts[at:]) for at in range(len(parts)))
    return next((names[one] for one in above if one in names), "")


def source_of_campaign(campaign: str) -> str:
    """The source that `from=` in the link names; only codes that this software makes are ours."""
    if found := _OWN_CODE.fullmatch(campaign):
        return NEWSLETTER if found[1] == NEWSLETTER else LEAFLET
    return f"link: {campaign}"
