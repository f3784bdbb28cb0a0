"""What the W3C feed validator complains of, at its strictest, as far as our feeds can touch it.

The rules were read from its documentation and its behaviour (https://validator.w3.org/feed/docs/);
each complaint begins with the name of the validator's own message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
POINT = "{http://www.georss.org/georss}point"
ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "georss": "http://www.georss.org/georss",
}
RELS = {"alternate", "current", "enclosure", "hub", "next-archive", "prev-archive", "self"}
METADATA = {"author", "category", "generator", "icon", "id", "link", "logo", "rights", "subtitle",
            "title", "updated"}  # fmt: skip
ELEMENTS = set(
    re.findall(
        r"\w+",
        "a abbr address article aside b bdi blockquote br caption cite code col colgroup dd del"
        " details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins"
        " kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table"
        " tbody td tfoot th thead time tr u ul var wbr",
    )
)
ATTRIBUTES = set(
    re.findall(
        r"\w+",
        "align alt class colspan datetime dir height href hreflang id lang reversed rowspan scope"
        " span src start title width",
    )
)
RFC822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"\d{4} \d\d:\d\d:\d\d [+-]\d\d[03]0"
)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
FULL_URI = re.compile(r"https?://[\w.:-]+/[\w;/?:@&=+$.!~*'()%,#-]*", re.ASCII)
MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
NOT_TEXT = re.compile("[\u0080-\u009f\ufffd]")


def complaints(xml: bytes) -> list[str]:
    """The validator's errors, warnings and remarks about an RSS or Atom document."""
    root = etree.fromstring(xml)
    found = list(_everywhere(root, xml))
    found += _rss(root[0], xml) if root.tag == "rss" else _atom(root, xml)
    return found


def _everywhere(root: etree._Element, xml: bytes) -> Iterator[str]:
    if not xml.startswith(b"<?xml version='1.0' encoding='UTF-8'?>"):
        yield "MissingEncoding"
    for prefix, name in root.nsmap.items():
        if prefix and PREFIXES.get(prefix) != name:
            yield f"UnknownNamespace or NonstdPrefix: {prefix}"
    if root.tag != "rss" and "atom" in root.nsmap:
        yield "AvoidNamespacePrefix"
    for element in root.iter():
        for text in (element.text or "", *element.attrib.values()):
            if NOT_TEXT.search(text):
                yield f"BadCharacters: {element.tag}"
        if element.tag == POINT and not re.fullmatch(r"-?\d+(\.\d+)? -?\d+(\.\d+)?", element.text):
            yield f"InvalidCoord: {element.text}"
    for link in root.iter(f"{ATOM}link"):
        yield from _link(link)


def _link(link: etree._Element) -> Iterator[str]:
    rel, kind = link.get("rel"), link.get("type")
    if rel not in RELS:
        yield f"UnregisteredAtomLinkRel: {rel}"
    if not FULL_URI.fullmatch(link.get("href", "")):
        yield f"InvalidIRI: {link.get('href')}"
    if rel == "self" and kind not in ("application/rss+xml", "application/atom+xml"):
        yield "SelfNotAtom"
    if kind and not MEDIA_TYPE.fullmatch(kind):
        yield f"InvalidMIMEType: {kind}"
    if link.get("length") and not link.get("length", "").isdigit():
        yield "InvalidNonNegativeInteger"


def _plain(element: etree._Element | None, xml: bytes) -> Iterator[str]:
    """Plain words; what looks like HTML is taken for a mistake, unless it is written with `&#x`."""
    if element is None:
        return
    text = element.text or ""
    if re.search(r"</[a-z]+>", text):
        yield f"ContainsHTML: {text}"
    line = xml.split(b"\n")[element.sourceline - 1]
    if b"&#x" not in line and re.search(r"&(#|amp|lt|gt|copy|not|pi|\w*[\d_])|<[/a-zA-Z]", text):
        yield f"CharacterData: {text}"


@lru_cache(maxsize=5000)
def _html(text: str, is_rss: bool) -> tuple[str, ...]:
    """The same text stands in several feeds; it is parsed once."""
    return tuple(_of_html(text, is_rss))


def _of_html(text: str, is_rss: bool) -> Iterator[str]:
    try:
        html5lib.HTMLParser(strict=True).parseFragment(text)
    except html5lib.html5parser.ParseError as error:
        yield f"NotHtml: {error} in {text[:200]}"
        return
    for tag in BeautifulSoup(text, "html.parser").find_all(True):
        if tag.name not in ELEMENTS:
            yield f"SecurityRisk: {tag.name}"
        for name, value in tag.attrs.items():
            if name not in ATTRIBUTES:
                yield f"SecurityRiskAttr: {name}"
            if is_rss and name in ("href", "src") and not re.match(r"\w+:", str(value)):
                yield f"ContainsRelRef: {value}"


def _day(element: etree._Element | None) -> Iterator[str]:
    text = element.text if element is not None else ""
    if not RFC822.fullmatch(text or ""):
        yield f"InvalidRFC2822Date: {text}"
    elif format_datetime(parsedate_to_datetime(text))[:3] != text[:3]:
        yield f"IncorrectDOW: {text}"
    elif parsedate_to_datetime(text).year < 1990:
        yield f"ImplausibleDate: {text}"


def _rss(channel: etree._Element, xml: bytes) -> Iterator[str]:
    for name in ("title", "link", "description", "language", "copyright", "generator", "docs"):
        if len(channel.findall(name)) != 1 or not channel.findtext(name):
            yield f"MissingElement or DuplicateElement: {name}"
        yield from _plain(channel.find(name), xml)
    links = channel.findall(f"{ATOM}link")
    if [link.get("rel") for link in links].count("self") != 1:
        yield "MissingAtomSelfLink"
    tags = [child.tag for child in channel]
    if "item" in tags and any(tag != "item" for tag in tags[tags.index("item") :]):
        yield "MisplacedItem"
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", channel.findtext("language") or ""):
        yield "InvalidLanguage"
    yield from _day(channel.find("lastBuildDate"))
    yield from _picture(channel)
    guids = [item.findtext("guid") for item in channel.findall("item")]
    if len(guids) != len(set(guids)):
        yield "DuplicateValue: guid"
    for item in channel.findall("item"):
        yield from _item(item, xml)


def _picture(channel: etree._Element) -> Iterator[str]:
    for name in ("title", "link"):
        if channel.findtext(f"image/{name}") != channel.findtext(name):
            yield f"Image{name.capitalize()}DoesntMatch"
    if not (channel.findtext("image/url") or "").endswith((".png", ".jpg", ".gif")):
        yield "ImageUrlFormat"
    if int(channel.findtext("image/width") or 0) > 144:
        yield "InvalidWidth"
    if int(channel.findtext("image/height") or 0) > 400:
        yield "InvalidHeight"


def _item(item: etree._Element, xml: bytes) -> Iterator[str]:
    names = [child.tag for child in item]
    for name in ("title", "link", "description", CONTENT, "guid", "pubDate", f"{DC}creator"):
        if names.count(name) != 1 or not item.findtext(name):
            yield f"MissingElement or DuplicateElement: {name}"
    if names.index("description") > names.index(CONTENT):
        yield "NeedDescriptionBeforeContent"
    if "author" in names:
        yield "DuplicateItemSemantics: author"
    for name in ("title", "category"):
        for element in item.findall(name):
            if not element.text:
                yield f"NotBlank: {name}"
            yield from _plain(element, xml)
    for name in ("link", "guid"):
        if not FULL_URI.fullmatch(item.findtext(name) or ""):
            yield f"InvalidHttpGUID: {item.findtext(name)}"
    yield from _day(item.find("pubDate"))
    yield from _html(item.findtext("description") or "", is_rss=True)
    yield from _html(item.findtext(CONTENT) or "", is_rss=True)
    yield from _enclosures(item)


def _enclosures(item: etree._Element) -> Iterator[str]:
    enclosures = item.findall("enclosure")
    if len(enclosures) > 1:
        yield "DuplicateEnclosure"
    for enclosure in enclosures:
        if not FULL_URI.fullmatch(enclosure.get("url", "")):
            yield f"InvalidURLAttribute: {enclosure.get('url')}"
        if not enclosure.get("length", "").isdigit() or not MEDIA_TYPE.fullmatch(
            enclosure.get("type", "")
        ):
            yield "InvalidMIMEAttribute"


def _atom(feed: etree._Element, xml: bytes) -> Iterator[str]:
    tags = [str(child.tag).removeprefix(ATOM) for child in feed]
    if "entry" in tags and set(tags[tags.index("entry") :]) & METADATA:
        yield "MisplacedMetadata"
    for name in ("id", "title", "updated", "subtitle", "rights", "icon", "logo", "generator"):
        if tags.count(name) != 1:
            yield f"MissingElement or DuplicateElement: {name}"
    if "self" not in [link.get("rel") for link in feed.findall(f"{ATOM}link")]:
        yield "MissingSelf"
    yield from _history(feed)
    entries = feed.findall(f"{ATOM}entry")
    for message, name in (("DuplicateEntries", "id"), ("DuplicateUpdated", "updated")):
        values = [entry.findtext(f"{ATOM}{name}") for entry in entries]
        if len(values) != len(set(values)):
            yield message
    for parent in (feed, *entries):
        yield from _atom_part(parent, xml)
    for entry in entries:
        yield from _html(entry.findtext(f"{ATOM}content") or "", is_rss=False)
        if not entry.findtext(f"{ATOM}content"):
            yield "MissingTextualContent"


def _history(feed: etree._Element) -> Iterator[str]:
    rels = {link.get("rel") for link in feed.findall(f"{ATOM}link")}
    if feed.find(ARCHIVE) is not None:
        if not rels & {"prev-archive", "next-archive"}:
            yield "ArchiveIncomplete"
        if "current" not in rels:
            yield "MissingCurrentInArchive"


def _atom_part(parent: etree._Element, xml: bytes) -> Iterator[str]:
    address = parent.findtext(f"{ATOM}id") or ""
    parts = urlsplit(address)
    if not FULL_URI.fullmatch(address) or parts.netloc != parts.netloc.lower():
        yield f"NonCanonicalURI: {address}"
    for name in ("title", "summary", "subtitle", "rights"):
        element = parent.find(f"{ATOM}{name}")
        if element is not None and not element.text:
            yield f"NotBlank: {name}"
        yield from _plain(element, xml)
    for name in ("updated", "published"):
        text = parent.findtext(f"{ATOM}{name}")
        if text is not None and not RFC3339.fullmatch(text):
            yield f"InvalidRFC3339Date: {text}"
    if not parent.findtext(f"{ATOM}author/{ATOM}name"):
        yield "MissingElement: author"
    alternates = [
        (link.get("type"), link.get("hreflang"))
        for link in parent.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    ]
    if len(alternates) != 1:
        yield "DuplicateAtomLink"
