"""The media types of the site's files, and how long browsers may cache them."""

from __future__ import annotations

from pathlib import PurePosixPath
from types import MappingProxyType

from wardblog.model.addresses import FeedFormat, is_hashed

_UTF8 = "; charset=utf-8"
# By file name ending. Python's own table, and those of web servers, are incomplete. From the
# registry of IANA, RFC 7946 and RFC 5545; for OPML the type that feed readers expect.
MEDIA_TYPES = {
    **{f".{form.ending}": form.media_type for form in FeedFormat if form is not FeedFormat.JSON},
    ".css": f"text/css{_UTF8}",
    ".csv": f"text/csv{_UTF8}",
    ".geojson": "application/geo+json",
    ".gif": "image/gif",
    ".heic": "image/heic",
    ".html": f"text/html{_UTF8}",
    ".ics": f"text/calendar{_UTF8}",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": f"text/javascript{_UTF8}",
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".opml": "text/x-opml",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": f"text/plain{_UTF8}",
    ".vtt": f"text/vtt{_UTF8}",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
}
# Files that a browser which opens them reads as XML, whose elements can be those of a page.
READ_AS_XML = frozenset((".xml", ".svg", ".kml", ".gpx", ".gml", ".rss", ".atom", ".opml", ".rdf"))
# A browser runs nothing in a file with this policy, and the file is not part of the site to it.
SANDBOX = (
    "default-src 'none'; img-src 'self' data:; media-src 'self'; "
    "style-src 'self' 'unsafe-inline'; sandbox"
)
# Pages and their parts, and what the browser's own viewers cannot show in a sandbox.
_WITHOUT_SANDBOX = tuple(
    ending
    for ending, kind in MEDIA_TYPES.items()
    if kind.startswith(
        ("text/html", "text/css", "text/javascript", "application/pdf", "audio/", "video/")
    )
)
# The paths of files with `SANDBOX`, as a pattern of a whole path that web servers understand; they
# may have a compressed copy.
SANDBOXED = (
    rf"(?!.*\.(?i:{'|'.join(e.removeprefix('.') for e in _WITHOUT_SANDBOX)})(\.br|\.gz)?$)"
    r".*\.(?!(?:br|gz)$)[^./]+(\.br|\.gz)?"
)
_WITHOUT_ENDING = ("LICENSE", "_headers", "_redirects")
_UNKNOWN = "application/octet-stream"
_IN_WORDS = ("text/", "application/json", "application/xml", "image/svg+xml")


def media_type(path: str) -> str:
    """The `Content-Type` of a file of the site, such as `text/html; charset=utf-8`."""
    name = PurePosixPath(path)
    if path.startswith("feeds/") and path.endswith(f".{FeedFormat.JSON.ending}"):
        return FeedFormat.JSON.media_type
    if name.name in _WITHOUT_ENDING:
        return MEDIA_TYPES[".txt"]
    endings = ("".join(name.suffixes[-2:]).lower(), name.suffix.lower())
    return next((MEDIA_TYPES[e] for e in endings if e in MEDIA_TYPES), _UNKNOWN)


def is_sandboxed(path: str) -> bool:
    """Whether a file must not run or load anything when it is opened by itself."""
    return not path.lower().endswith(_WITHOUT_SANDBOX)


def is_text(path: str) -> bool:
    """Whether a file is text, so that compressing it makes it smaller."""
    kind = media_type(path)
    return kind.startswith(_IN_WORDS) or "+json" in kind or "+xml" in kind


# Values of the `Cache-Control` header (RFC 9111, 5.2.2; RFC 8246); the times are in seconds.
IMMUTABLE = "public, max-age=31536000, immutable"
_AN_HOUR = "public, max-age=3600"
# Browsers cache other files too, but check for changes every time, so that edits show at once.
REVALIDATE = "no-cache"
CACHED_FOLDERS = MappingProxyType({"theme/": IMMUTABLE, "images/": _AN_HOUR})


def cache_control(path: str) -> str:
    """The `Cache-Control` header of a file of the site (RFC 9111)."""
    if is_hashed(path):
        return IMMUTABLE
    return next(
        (value for folder, value in CACHED_FOLDERS.items() if path.startswith(folder)), REVALIDATE
    )
