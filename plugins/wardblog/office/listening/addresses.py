"""The address of a page in one form, whichever way to it a feed names."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode

from wardblog.support.late_regex import late_regex
from wardblog.support.urls import host_of, is_web_address, parts_of

# Parameters that say where a reader came from, and nothing about the page.
_TRACKING = late_regex(
    r"(?i)utm_.*|at_.*|ns_.*|mc_[ce]id|pk_.*|mtm_.*|piwik_.*|hsa_.*|_hs.*|oly_.*|vero_.*|trk.*"
    r"|fbclid|gclid|dclid|msclkid|twclid|yclid|igshid|igsh|gbraid|wbraid|_ga|_gl|cmp|ocid|icid"
    r"|ito|xtor|ref|ref_src|ref_url|referrer|referer|source|src|share|shared|sharetype|smid|smtyp"
    r"|spm|si|feature|from|fb_ref|fb_source|fb_action_.*|amp|outputtype|output|s_cid|wt\.mc_id"
    r"|cid|sfnsn|mibextid|rss|feed|partner|print|echobox|ncid|guccounter"
)
# Of these, only the values listed are tracking; others choose a page.
_ONLY = {
    "source": ("rss", "feed", "twitter", "facebook", "email", "newsletter", "atom", "mastodon",
               "bluesky", "share", "social"),
    "src": ("rss", "feed", "twitter", "facebook", "email", "newsletter", "share"),
    "from": ("rss", "feed", "newsletter", "twitter", "facebook", "email"),
    "output": ("amp",),
    "outputtype": ("amp",),
    "cid": ("rss", "feed", "newsletter"),
    "feed": ("rss", "rss2", "atom"),
    "rss": ("1", "true", "yes", ""),
    "share": ("1", "true", "twitter", "facebook", "email", "mastodon"),
}  # fmt: skip
_HOST_PREFIX = late_regex(
    r"^(?:www\d?|m|mobile|amp|(?:old|np|new)(?=\.reddit\.))\.(?=[^.]+\.[^.]+)"
)
_AMP_PATH = late_regex(r"(?i)(?<=.)/amp/?$|^/amp(?=/.)|\.amp(?=\.html?$|$)")
_INDEX = late_regex(r"(?i)/(?:index|default)\.(?:html?|php|aspx?)$")
# A part of a page that is an item of its own, such as a comment or an answer in a forum.
_OWN_PART = late_regex(
    r"(?i)^(?:!.*|\d+|(?:comment|post|reply|msg|message|issuecomment|update|answer|p|c)[-_]?\d+)$"
)
_AMP_CACHE = late_regex(r"^/[a-z](?:/s)?/([^/]+)(/.*)?$")
_VIDEO = late_regex(r"^/(?:shorts|live|embed|v)/([\w-]+)")
# Addresses that lead on to the one in a parameter.
_WRAPPERS = {
    "l.facebook.com": "u",
    "lm.facebook.com": "u",
    "google.com": "url",
    "out.reddit.com": "url",
    "youtube.com/redirect": "q",
}
# Pages that are about everything that a site has.
_SECTIONS = frozenset(
    ("news", "blog", "latest", "updates", "latest-news", "news-and-events", "events", "forum",
     "forums", "community", "home", "press", "press-releases", "newsroom", "planning", "roadworks",
     "road-works", "notices", "feed", "rss", "posts", "articles", "stories", "alerts", "whats-on",
     "area", "your-area", "crime", "consultations")
)  # fmt: skip
_DEPTH = 3


@lru_cache(maxsize=16384)
def canonical_address(link: str, depth: int = _DEPTH) -> str:
    """An address without what differs between ways to the same page; "" if it is not an address.

    The scheme, `www.`, tracking, AMP and a slash at the end are left out.
    """
    if ":" not in link or not is_web_address(link):
        return ""
    parts, host = parts_of(link), _plain_host(host_of(link))
    if depth and (target := _wrapped(host, parts.path, parts.query)):
        return canonical_address(target, depth - 1) or target
    path, query = _plain_path(parts.path), _plain_query(parts.query)
    if host == "youtu.be":
        host, path, query = "youtube.com", "/watch", f"v={path.strip('/')}"
    elif host == "youtube.com" and (video := _VIDEO.match(path)):
        path, query = "/watch", f"v={video[1]}"
    where = f"{host}:{parts.port}" if parts.port and parts.port not in (80, 443) else host
    part = f"#{parts.fragment}" if _OWN_PART.match(parts.fragment) else ""
    return f"{where}{path}{'?' if query else ''}{query}{part}"


def names_one_page(address: str) -> bool:
    """Whether a canonical address is that of one page, rather than of a site or a section."""
    _, slash, path = address.partition("/")
    if "?" in address or "#" in address:
        return True
    return bool(slash) and path.casefold() not in _SECTIONS and path != ""


def canonical_host(address: str) -> str:
    """The host of a canonical address."""
    return address.partition("/")[0].partition("?")[0]


def _plain_host(host: str) -> str:
    host = host.lower()
    while (shorter := _HOST_PREFIX.sub("", host)) != host:
        host = shorter
    return host


def _wrapped(host: str, path: str, query: str) -> str:
    """The address to which a redirecting address or a cache of AMP pages leads, or ""."""
    if host.endswith(".cdn.ampproject.org") and (found := _AMP_CACHE.match(path)):
        return f"https://{found[1]}{found[2] or ''}"
    if host.startswith("google.") and path.startswith("/amp/"):
        return f"https://{path.removeprefix('/amp/').removeprefix('s/')}"
    name = _WRAPPERS.get(host) or _WRAPPERS.get(f"{host}{path}")
    if name is None:
        return ""
    target = dict(parse_qsl(query)).get(name, "")
    return target if target.startswith(("http://", "https://")) else ""


def _plain_path(path: str) -> str:
    path = quote(unquote(path, errors="replace"), safe="/:@!$&'()*+,;=~-._")
    while "//" in path:
        path = path.replace("//", "/")
    path = _INDEX.sub("", _AMP_PATH.sub("", path))
    return path.rstrip("/")


def _plain_query(query: str) -> str:
    pairs = (
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _is_tracking(name.casefold(), value.casefold())
    )
    return urlencode(sorted(pairs))


def _is_tracking(name: str, value: str) -> bool:
    if name in _ONLY:
        return value in _ONLY[name]
    return bool(_TRACKING.fullmatch(name))
