"""The feed of a page whose site is known to have one at a fixed address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import parse_qs

from wardblog.support.late_regex import late_regex
from wardblog.support.urls import parts_of, short_host

# A profile or a hashtag on a Mastodon server, which may be on any host.
_PROFILE = late_regex(r"^/@([\w.-]+)/?$")
_HASHTAG = late_regex(r"^/(?:tags|explore/tags)/(\w+)/?$")
_ON_OTHER_SERVER = late_regex(r"^/@[\w.-]+@[\w.-]+/?$")
# Sites that have such addresses and are not Mastodon.
_NO_MASTODON = ("youtube.com", "medium.com", "tiktok.com", "threads.net", "threads.com",
                "instagram.com", "substack.com", "bsky.app", "flickr.com", "vimeo.com",
                "facebook.com")  # fmt: skip
_BLUESKY = late_regex(r"^/profile/([\w.:-]+)/?$")
_SUBREDDIT = late_regex(r"^/r/(\w+)/?(?:new/?)?$")
_CHANNEL = late_regex(r"^/channel/(UC[\w-]{10,40})(?:/\w*)?/?$")
_USER = late_regex(r"^/user/([\w.-]+)(?:/\w*)?/?$")
_MEDIUM = late_regex(r"^/(@?[\w.-]+)/?$")


def feed_of_page(url: str) -> str:
    """The address of a page's feed, or "" if it does not follow from that of the page."""
    parts, host = parts_of(url), short_host(url).removeprefix("m.")
    for name, find in _SITES.items():
        if host == name or host.endswith(f".{name}"):
            return find(host, parts.path, parts.query)
    if any(host == name or host.endswith(f".{name}") for name in _NO_MASTODON):
        return ""
    origin = f"{parts.scheme}://{parts.netloc}"
    if match := _PROFILE.match(parts.path):
        return f"{origin}/@{match[1]}.rss"
    if match := _HASHTAG.match(parts.path):
        return f"{origin}/tags/{match[1]}.rss"
    return ""


def advice_about(url: str) -> str:
    """What a councillor can do to read a page that has no feed at a known address, or ""."""
    parts, host = parts_of(url), short_host(url)
    if host == "youtube.com":
        return (
            "YouTube has a feed for the channel's own number: in the channel's description, choose "
            '"Share channel" and "Copy channel ID", and write '
            'url = "https://www.youtube.com/channel/UC...".'
        )
    if _ON_OTHER_SERVER.match(parts.path):
        return "This profile is on another server. Write its address there."
    return ""


def _youtube(_host: str, path: str, query: str) -> str:
    base = "https://www.youtube.com/feeds/videos.xml"
    if match := _CHANNEL.match(path):
        return f"{base}?channel_id={match[1]}"
    if match := _USER.match(path):
        return f"{base}?user={match[1]}"
    if path == "/playlist" and (lists := parse_qs(query).get("list")):
        return f"{base}?playlist_id={lists[0]}"
    return ""


def _bluesky(_host: str, path: str, _query: str) -> str:
    match = _BLUESKY.match(path)
    return f"https://bsky.app/profile/{match[1]}/rss" if match else ""


def _reddit(_host: str, path: str, _query: str) -> str:
    match = _SUBREDDIT.match(path)
    return f"https://www.reddit.com/r/{match[1]}/new/.rss" if match else ""


def _medium(_host: str, path: str, _query: str) -> str:
    match = _MEDIUM.match(path)
    return f"https://medium.com/feed/{match[1]}" if match else ""


def _at(path: str) -> Callable[[str, str, str], str]:
    """For services that have the feed of every site at one path."""
    return lambda host, _path, _query: f"https://{host}{path}" if host.count(".") > 1 else ""


_SITES: Mapping[str, Callable[[str, str, str], str]] = {
    "youtube.com": _youtube,
    "bsky.app": _bluesky,
    "reddit.com": _reddit,
    "medium.com": _medium,
    "substack.com": _at("/feed"),
    "wordpress.com": _at("/feed/"),
    "blogspot.com": _at("/feeds/posts/default"),
    "tumblr.com": _at("/rss"),
}
