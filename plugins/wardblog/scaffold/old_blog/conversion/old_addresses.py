"""Finds the new place of an old post or picture, in whatever form its old address is written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from copy import copy
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode

from wardblog.scaffold.old_blog.model import OldPicture
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import join_url, split_url

# `photo-300x200.jpg`, and what WordPress adds to the copies that it made smaller or turned.
_SIZE = late_regex(r"-\d{2,5}x\d{2,5}(?=\.[a-z]{3,4}$)", re.IGNORECASE)
_SCALED = late_regex(r"-(?:scaled|rotated)(?=\.[a-z]{3,4}$)", re.IGNORECASE)
# Photon, the copies that WordPress.com serves: https://i0.wp.com/host/path
_PHOTON = late_regex(r"^/(?P<host>[\w.-]+\.[a-z]{2,})(?P<path>/.*)$", re.IGNORECASE)
_PHOTON_HOST = late_regex(r"i\d\.wp\.com$")
# Google's pictures have their size in a folder (`/s320/`, `/w400-h300/`) or at the end (`=s320`).
_GOOGLE_HOST = late_regex(
    r"(?:\d+\.bp\.blogspot\.com|[\w-]+\.googleusercontent\.com|\w+\.ggpht\.com)$"
)
_GOOGLE_FOLDER = late_regex(r"/(?:s\d+|w\d+|h\d+)(?:-[a-z0-9-]+)?(?=/[^/]*$)")
_GOOGLE_END = late_regex(r"=(?:s\d+|w\d+|h\d+)(?:-[a-z0-9-]+)*$")
_BLOGGER_HOST = late_regex(r"^\d+\.(?=bp\.blogspot\.com$)")
# The comments of a post, its form for phones, and its form for other sites.
_PART_OF_PAGE = late_regex(r"/(?:comment-page-\d+|amp|embed)/?$")
_DATED = late_regex(r"^\d{4}-\d{1,2}-\d{1,2}-")
_PICTURE = late_regex(r"\.(?:jpe?g|png|gif|webp|avif|heic|bmp|tiff?|svg)$", re.IGNORECASE)
_UPLOAD = late_regex(
    r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|csv|rtf|txt|zip|mp3|m4a|ogg|wav|mp4|m4v|mov|webm|kml|gpx"
    r"|ics)$",
    re.IGNORECASE,
)
# Hosts of pictures that nobody sees, and that only count readers.
_COUNTER = late_regex(
    r"(?:^|\.)(?:stats\.wordpress\.com|pixel\.wp\.com|feeds\.wordpress\.com|feedproxy\.google\.com"
    r"|feeds\.feedburner\.com|assoc-amazon\.\w+(?:\.\w+)?|amazon-adsystem\.com|double[c]lick\.net"
    r"|google-analytics\.com|b\.scorecardresearch\.com|statcounter\.com|quantserve\.com)$"
)
# Parameters that say where a reader came from, and nothing of what is shown.
_TRACKING = late_regex(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|ref_src|ref_url|_hs(?:enc|mi)|mkt_tok"
    r"|yclid|twclid|wbraid|gbraid|oly_(?:anon|enc)_id|vero_id|s_cid|share)$",
    re.IGNORECASE,
)
# Those that show an old page in another form.
_FORMS = frozenset(("m", "amp", "replytocom", "print", "preview", "showcomment", "spref"))
_WEB = ("http", "https", "")


def is_picture_address(address: str) -> bool:
    parts = split_url(address)
    return bool(parts and _PICTURE.search(parts.path))


def is_upload_address(address: str) -> bool:
    parts = split_url(address)
    return bool(parts and _UPLOAD.search(parts.path))


def is_of_reader_counter(address: str) -> bool:
    parts = split_url(address)
    return bool(parts and _COUNTER.search(parts.hostname or ""))


def without_tracking(address: str) -> str:
    """Return the URL without parameters such as `utm_source` and `fbclid`."""
    before, mark, query = address.partition("?")
    if not mark:
        return address
    query, sign, fragment = query.partition("#")
    pairs = query.split("&")
    kept = [pair for pair in pairs if not _TRACKING.match(unquote(pair.split("=")[0]))]
    if len(kept) == len(pairs):
        return address
    return before + ("?" + "&".join(kept) if kept else "") + sign + fragment


def _stem(path: str) -> str:
    return posixpath.splitext(path.rpartition("/")[2])[0]


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.").removeprefix("m.")


def _without_google_size(path: str) -> str:
    return _GOOGLE_END.sub("=s0", _GOOGLE_FOLDER.sub("/s0", path))


class OldAddresses:
    """The old addresses of a blog, with the new files or paths that they lead to.

    The keys of `posts` and `pictures` are URLs or paths of the old site. `attachments` are the
    pictures in the export, which galleries name by their numbers.
    """

    def __init__(
        self,
        site: str,
        *,
        posts: Mapping[str, str],
        pictures: Mapping[str, str] | None = None,
        attachments: Iterable[OldPicture] = (),
    ) -> None:
        self.site = site if "://" in site or not site else f"https://{site}"
        parts = split_url(self.site)
        self._host = _host(parts) if parts else ""
        self._page = f"{self.site}/" if self.site and not self.site.endswith("/") else self.site
        self._posts = {self._page_key(address): new for address, new in posts.items()}
        self._named: dict[str, set[str]] = {}
        for key, new in self._posts.items():
            self._named.setdefault(_stem(key), set()).add(new)
        self._pictures = {self._picture_key(old): new for old, new in (pictures or {}).items()}
        self._numbered: dict[str, OldPicture] = {}
        self._of_post: dict[str, list[OldPicture]] = {}
        self._by_key: dict[str, OldPicture] = {}
        self._by_page: dict[str, OldPicture] = {}
        for attachment in attachments:
            self._add(attachment)

    def _add(self, attachment: OldPicture) -> None:
        if attachment.number:
            self._numbered[attachment.number] = attachment
        if attachment.post_number and is_picture_address(attachment.url):
            self._of_post.setdefault(attachment.post_number, []).append(attachment)
        if attachment.page_address:
            self._by_page.setdefault(self._page_key(attachment.page_address), attachment)
        self._by_key.setdefault(self._picture_key(attachment.url), attachment)

    def beside(self, page: str) -> OldAddresses:
        """The same, for texts that name the files beside their page, as those of Hugo do."""
        found = copy(self)
        found._page = self.absolute(page)
        return found

    def absolute(self, address: str) -> str:
        """Return the URL that an address in an old text means; of an unknown site, the path."""
        address = address.strip()
        if address.startswith("//"):
            return f"https:{address}"
        parts = split_url(address)
        if parts is None or parts.scheme:
            return address
        return join_url(self._page or "/", address)

    def is_own(self, address: str) -> bool:
        """Whether an address is one of the old site."""
        parts = split_url(address)
        if parts is None or parts.scheme.lower() not in _WEB:
            return False
        return _host(parts) == self._host if parts.netloc else True

    def post(self, address: str) -> str:
        """Return the new file of the post or page at an old address, or ""."""
        if not self.is_own(address):
            return ""
        key = self._page_key(address)
        path = key.partition("?")[0]
        return self._posts.get(key, "") or (self._posts.get(path, "") if path != "/" else "")

    def post_named(self, name: str) -> str:
        """Return the new file of the post whose old file had this name, or "".

        Only the name itself counts, without its folder, its ending and its date.
        """
        files = self._named.get(_DATED.sub("", _stem(name.rstrip("/"))).lower(), ())
        return next(iter(files)) if len(files) == 1 else ""

    def picture(self, address: str) -> str:
        """Return the new file of a picture or another upload, or ""."""
        key = self._picture_key(address)
        if found := self._pictures.get(key):
            return found
        shown = self._by_page.get(self._page_key(address)) if self.is_own(address) else None
        return self._pictures.get(self._picture_key(shown.url), "") if shown else ""

    def full(self, address: str) -> str:
        """Return the URL of a picture in its full size, without what only changes its size."""
        absolute = self.absolute(address)
        parts = split_url(absolute)
        if parts is None or parts.scheme not in _WEB:
            return absolute
        host, path = parts.netloc, parts.path
        if _PHOTON_HOST.match(parts.hostname or "") and (photon := _PHOTON.match(path)):
            host, path = photon["host"], photon["path"]
        elif _GOOGLE_HOST.match(parts.hostname or ""):
            return f"https://{host}{_without_google_size(path)}"
        if not _PICTURE.search(path):
            return absolute.partition("#")[0]
        path = _SIZE.sub("", path) if "/uploads/" in path or "/files/" in path else path
        before = f"{parts.scheme}://{host}" if host else ""
        return before + quote(unquote(path), safe="/%:@!$&+,;=~")

    def numbered(self, number: str) -> OldPicture | None:
        """Return the picture that WordPress gave this number."""
        return self._numbered.get(number)

    def of_post(self, number: str) -> list[OldPicture]:
        """Return the pictures that were uploaded to the post with this number."""
        return self._of_post.get(number, [])

    def attachment(self, address: str) -> OldPicture | None:
        """Return what the export says about a picture, or about the page that shows it alone."""
        found = self._by_key.get(self._picture_key(address))
        return found or (self._by_page.get(self._page_key(address)) if self._by_page else None)

    def _page_key(self, address: str) -> str:
        parts = split_url(self.absolute(address))
        if parts is None:
            return address
        path = unquote(parts.path).lower().removesuffix("index.html").removesuffix("index.php")
        path = _PART_OF_PAGE.sub("", path).rstrip("/") or "/"
        pairs = [
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.match(name) and name.lower() not in _FORMS
        ]
        return path + (f"?{urlencode(sorted(pairs))}" if pairs else "")

    def _picture_key(self, address: str) -> str:
        parts = split_url(self.full(address))
        if parts is None:
            return address
        path = posixpath.normpath(unquote(parts.path)) if parts.path else ""
        query = parts.query if not _PICTURE.search(path) and path in ("", "/") else ""
        host = _BLOGGER_HOST.sub("", _host(parts) or self._host)
        return f"{host}{_SCALED.sub('', path).lower()}?{query}"
