"""What other sites show inside a post, as a plain link to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qs, quote, unquote

from wardblog.scaffold.old_blog.conversion.old_addresses import (
    is_upload_address,
    without_tracking,
)
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import is_web_address, parts_of, short_host


@dataclass(frozen=True, slots=True)
class Embed:
    """Where to link to, and words for the link."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class _Service:
    """`host` is matched against a whole host name without `www.`."""

    host: str
    words: str
    address: Callable[[SplitResult], str]


_YOUTUBE = late_regex(r"/(?:embed|v|shorts|live)/([\w-]{6,})|^/([\w-]{6,})$")
_VIMEO = late_regex(r"/(?:video/)?(\d+)")


def _same(parts: SplitResult) -> str:
    return without_tracking(parts._replace(scheme="https").geturl())


def _youtube(parts: SplitResult) -> str:
    query = parse_qs(parts.query)
    match = _YOUTUBE.search(parts.path)
    if query.get("list") and (match is None or "videoseries" in parts.path):
        return f"https://www.youtube.com/playlist?list={quote(query['list'][0])}"
    number = (query.get("v") or [match[1] or match[2] if match else ""])[0]
    if not number:
        return _same(parts)
    start = (query.get("start") or query.get("t") or [""])[0]
    since = f"&t={start}" if re.fullmatch(r"\w{1,8}", start) else ""
    return f"https://www.youtube.com/watch?v={number}{since}"


def _vimeo(parts: SplitResult) -> str:
    match = _VIMEO.search(parts.path)
    return f"https://vimeo.com/{match[1]}" if match else _same(parts)


def _google_map(parts: SplitResult) -> str:
    query = parse_qs(parts.query)
    if query.get("mid"):
        return f"https://www.google.com/maps/d/viewer?mid={quote(query['mid'][0])}"
    if query.get("q"):
        return f"https://www.google.com/maps/search/?api=1&query={quote(query['q'][0])}"
    if query.get("ll"):
        return f"https://www.google.com/maps/search/?api=1&query={quote(query['ll'][0])}"
    if query.get("pb"):
        return _google_place(query["pb"][0]) or _same(parts)
    return _same(parts)


def _google_place(packed: str) -> str:
    """A map link from the packed form, which has the longitude before the latitude."""
    match = re.search(r"!2d(-?\d+\.\d+)!3d(-?\d+\.\d+)", packed)
    return f"https://www.google.com/maps/@{match[2]},{match[1]},16z" if match else ""


def _facebook(parts: SplitResult) -> str:
    return (parse_qs(parts.query).get("href") or [_same(parts)])[0]


def _soundcloud(parts: SplitResult) -> str:
    return (parse_qs(parts.query).get("url") or [_same(parts)])[0]


def _open_street_map(parts: SplitResult) -> str:
    box = (parse_qs(parts.query).get("bbox") or [""])[0].split(",")
    try:
        west, south, east, north = map(float, box)
    except ValueError:
        return _same(parts)
    return (
        f"https://www.openstreetmap.org/#map=16/{(south + north) / 2:.5f}/{(west + east) / 2:.5f}"
    )


_SERVICES = (
    _Service(r"(?:m\.|music\.)?youtube(?:-nocookie)?\.com|youtu\.be", "Video on YouTube", _youtube),
    _Service(r"(?:player\.)?vimeo\.com", "Video on Vimeo", _vimeo),
    _Service(r"(?:[\w-]+\.)?dailymotion\.com|dai\.ly", "Video on Dailymotion", _same),
    _Service(r"(?:maps\.)?google\.(?:com|co\.uk|[a-z]{2})", "Map on Google Maps", _google_map),
    _Service(r"openstreetmap\.org", "Map on OpenStreetMap", _open_street_map),
    _Service(r"(?:web\.|m\.)?facebook\.com|fb\.watch", "Post on Facebook", _facebook),
    _Service(r"(?:platform\.|mobile\.)?(?:twitter|x)\.com", "Post on Twitter", _same),
    _Service(r"instagram\.com|instagr\.am", "Photograph on Instagram", _same),
    _Service(r"(?:w\.)?soundcloud\.com", "Recording on SoundCloud", _soundcloud),
    _Service(r"open\.spotify\.com", "Recording on Spotify", _same),
    _Service(r"(?:[\w-]+\.)?flickr\.com|flic\.kr", "Photographs on Flickr", _same),
    _Service(r"docs\.google\.com|drive\.google\.com", "Document on Google Drive", _same),
    _Service(r"(?:[\w-]+\.)?scribd\.com", "Document on Scribd", _same),
    _Service(r"(?:[\w-]+\.)?slideshare\.net", "Slides on SlideShare", _same),
    _Service(r"(?:[\w-]+\.)?issuu\.com", "Document on Issuu", _same),
    _Service(r"(?:[\w-]+\.)?tiktok\.com", "Video on TikTok", _same),
    _Service(r"(?:[\w-]+\.)?bsky\.app", "Post on Bluesky", _same),
    _Service(r"gist\.github\.com", "Code on GitHub", _same),
)
# Frames that show nothing anybody would follow.
_NOT_SHOWN = late_regex(
    r"(?:[\w-]+\.)*(?:double[c]lick\.net|googlesyndication\.com|amazon-adsystem\.com|addthis\.com"
    r"|googletagmanager\.com|assoc-amazon\.\w+|feedburner\.com|sharethis\.com|disqus\.com)"
)
_PLUGIN_OF_FACEBOOK = late_regex(r"/(?:plugins/)?(?:like|share|follow|page|likebox)", re.IGNORECASE)


def is_known(address: str) -> bool:
    """Whether a URL is one of a service whose pages WordPress shows inside a post."""
    host = short_host(address)
    return any(re.fullmatch(service.host, host) for service in _SERVICES)


def is_advertisement(address: str) -> bool:
    host, path = short_host(address), parts_of(address).path
    is_button = host.endswith("facebook.com") and _PLUGIN_OF_FACEBOOK.match(path)
    return bool(_NOT_SHOWN.fullmatch(host) or is_button)


def embed_of(address: str, title: str = "") -> Embed | None:
    """Return the link to what a frame shows, or None if there is no address to link to.

    `title` is what the frame calls itself.
    """
    address = address.strip()
    address = f"https:{address}" if address.startswith("//") else address
    if not is_web_address(address):
        return None
    parts, host = parts_of(address), short_host(address)
    for service in _SERVICES:
        if re.fullmatch(service.host, host):
            return Embed(service.address(parts), _words(title, service.words))
    words = file_words(address) if is_upload_address(address) else f"Shown on {host}"
    return Embed(without_tracking(address), _words(title, words))


_SOUND = late_regex(r"\.(?:mp3|m4a|ogg|oga|wav)$", re.IGNORECASE)
_FILM = late_regex(r"\.(?:mp4|m4v|mov|webm|ogv|avi|wmv)$", re.IGNORECASE)


def file_words(address: str) -> str:
    """Return words for a link to a file: its name, and what it is if it is played."""
    name = unquote(address.partition("?")[0].partition("#")[0].rpartition("/")[2])
    if _SOUND.search(name):
        return f"Recording: {name}"
    return f"Video: {name}" if _FILM.search(name) else name


_PLAYER = late_regex(r"(?:youtube|vimeo|facebook|google maps?)?\s*(?:video|embed|embedded)?\s*"
                     r"(?:player|post|content|iframe|map)?", re.IGNORECASE)  # fmt: skip


def _words(title: str, words: str) -> str:
    title = " ".join(title.split())
    if not title or _PLAYER.fullmatch(title):
        return words
    return f"{title} ({words[:1].lower()}{words[1:]})"
