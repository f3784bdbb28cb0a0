"""Removes from a post's HTML everything that is not on the list of allowed elements."""

from __future__ import annotations

import re
from html import unescape

import nh3

from wardblog.problems import nearest
from wardblog.support.late_regex import late_regex
from wardblog.text.html_tree import is_plain_html

# Links with other schemes are removed; those without a scheme are on the site itself.
SCHEMES = frozenset(
    ("ftp", "geo", "http", "https", "mailto", "matrix", "signal", "sms", "tel", "webcal",
     "whatsapp", "xmpp")
)  # fmt: skip
# Elements that any reader of HTML shows; feeds have no others.
PORTABLE = frozenset(
    ("a", "abbr", "address", "article", "aside", "b", "bdi", "blockquote", "br", "caption", "cite",
     "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
     "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i",
     "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp",
     "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot",
     "th", "thead", "time", "tr", "u", "ul", "var", "wbr")
)  # fmt: skip
# A feed has a link to what these play.
PLAYERS = frozenset(("audio", "video", "source", "track"))
# Attributes that every feed reader understands, by element.
PORTABLE_ATTRIBUTES = {
    "*": frozenset(("lang", "dir", "title")),
    "a": frozenset(("href", "hreflang")),
    "col": frozenset(("span",)),
    "colgroup": frozenset(("span",)),
    "img": frozenset(("src", "alt", "width", "height")),
    "ol": frozenset(("start", "reversed")),
    "td": frozenset(("colspan", "rowspan", "align")),
    "th": frozenset(("colspan", "rowspan", "align", "scope")),
    "time": frozenset(("datetime",)),
}
_PLAYED = frozenset(
    ("src", "controls", "preload", "muted", "loop", "width", "height", "poster", "kind", "srclang",
     "label", "default", "media", "type")
)  # fmt: skip
# Attributes that are allowed on pages only.
_MORE = {
    "*": frozenset(("id", "class", "role")),
    "a": frozenset(("rel", "download", "type")),
    "blockquote": frozenset(("cite",)),
    "del": frozenset(("cite", "datetime")),
    "details": frozenset(("open",)),
    "img": frozenset(("loading", "decoding", "sizes")),
    "ins": frozenset(("cite", "datetime")),
    "li": frozenset(("value",)),
    "ol": frozenset(("type",)),
    "q": frozenset(("cite",)),
    "td": frozenset(("headers",)),
    "th": frozenset(("headers", "abbr")),
    **dict.fromkeys(PLAYERS, _PLAYED),
}
ELEMENTS = PORTABLE | PLAYERS | {"picture"}
ATTRIBUTES = {
    name: PORTABLE_ATTRIBUTES.get(name, frozenset()) | _MORE.get(name, frozenset())
    for name in (*PORTABLE_ATTRIBUTES, *_MORE)
}
ADDRESSES = frozenset(("href", "src", "cite", "poster"))
# What browsers take out of an address before they look at its scheme (https://url.spec.whatwg.org).
_UNSEEN = late_regex("[\t\n\r]|^[\x00-\x20]+")
_SCHEME = late_regex(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_RUNNING = ("javascript", "vbscript", "livescript", "mocha")
# In words that are shown as they are, such as a place's name, these are not a typing mistake.
_TAG_THAT_RUNS = late_regex(
    r"<\s*/?\s*(?P<element>script|iframe|frame|frameset|object|embed|applet|style|meta)(?![\w-])"
    r"|<[a-z][^<>]*?[\s/\"'](?P<handler>on[a-z]{3,})\s*=",
    re.IGNORECASE,
)
_ADDRESS_THAT_RUNS = late_regex(r"\b((?:java|vb)script:)(?=\S)|\b(data:text/html)", re.IGNORECASE)


# The rule about that, and what is said of it.
HARM = "unsafe-data"
HARM_REASON = "could run in a browser"
HARM_HINT = "Remove it. Only plain words are allowed here."


def cleaned(html: str) -> str:
    """Return the HTML with only allowed elements and attributes, and with all elements closed."""
    return html if is_plain_html(html) else _CLEANER.clean(html)


def is_known_attribute(element: str, name: str) -> bool:
    return (
        name in ATTRIBUTES["*"] or name in ATTRIBUTES.get(element, ()) or name.startswith("aria-")
    )


def scheme_of(address: str) -> str:
    """Return the scheme of a URL as a browser reads it, in lower case; "" if there is none."""
    match = _SCHEME.match(_UNSEEN.sub("", address))
    return match[1].lower() if match else ""


def is_misspelt(address: str) -> bool:
    """Whether an address begins with what was meant to be a scheme, or leads to one's own disk."""
    scheme = scheme_of(address)
    meant = ("https", "http", "mailto")
    return scheme == "file" or (scheme not in SCHEMES and bool(nearest(scheme, meant)))


def is_address_kept(address: str) -> bool:
    return scheme_of(address) in ("", *SCHEMES)


def runs(address: str) -> bool:
    """Whether a browser would run the URL as code."""
    plain = _UNSEEN.sub("", address)
    return scheme_of(plain) in _RUNNING or plain.lower().startswith("data:text/html")


def differs(html: str, after: str) -> bool:
    """Whether cleaning changed more than the spelling of single characters."""
    return html != after and unescape(html) != unescape(after)


def tag_that_runs(words: str) -> str:
    """Return what in a text looks like a harmful tag, such as `<script>` or `"onclick"`, or ""."""
    match = _TAG_THAT_RUNS.search(words) if "<" in words else None
    if match is None:
        return ""
    element, handler = match["element"], match["handler"]
    return f"<{element.lower()}>" if element else f'"{handler.lower()}"'


def harm_in(words: str) -> str:
    """What would run or fetch if somebody took words that stand for themselves as HTML.

    Bold letters and a lone "<" are only words.
    """
    if not ("<" in words or ":" in words or "&" in words):
        return ""
    read = _UNSEEN.sub("", unescape(words))
    match = _ADDRESS_THAT_RUNS.search(read)
    return tag_that_runs(read) or (f'"{match[0].lower()}"' if match else "")


def _kept(_element: str, name: str, value: str) -> str | None:
    """What the library asks of links and pictures alone holds for every address."""
    return value if name not in ("cite", "poster") or is_address_kept(value) else None


_CLEANER = nh3.Cleaner(
    tags=set(ELEMENTS),
    attributes={name: set(allowed) for name, allowed in ATTRIBUTES.items()},
    attribute_filter=_kept,
    generic_attribute_prefixes={"aria-"},
    url_schemes=set(SCHEMES),
    link_rel=None,
)
