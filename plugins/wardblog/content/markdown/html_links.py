"""The links in the HTML of a text: which they are, and which files of the content they mean."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterator, Mapping
from html import escape, unescape
from urllib.parse import quote, unquote

from wardblog.content.files import composed, is_text, with_existing_ending
from wardblog.model import Link
from wardblog.photos import is_picture, published_path
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import split_url

_ATTRIBUTES = r"""\s(?:[^<>"']|"[^"]*"|'[^']*')*"""
_TAG = late_regex(rf"<([a-zA-Z][a-zA-Z0-9]*)((?:{_ATTRIBUTES})?)>")
_TAG_WITH_ATTRIBUTES = late_regex(rf"<([a-zA-Z][a-zA-Z0-9]*)({_ATTRIBUTES})>")
# One attribute after the other, so that what looks like one inside a value is not taken for one.
_ATTRIBUTE = late_regex(r"""(\s([^\s"'<>/=]+)\s*=\s*)(?:(["'])(.*?)\3|([^\s"'<>=`]+))""", re.DOTALL)
_HOLD_ADDRESSES = frozenset(("href", "src", "poster", "data"))
# Pelican's own marks, as they are in the HTML that it resolves.
_MARKED = late_regex(
    r"""(<[^>]+(?:href|src|poster|data|cite|formaction|action|content)\s*=\s*)(["'])"""
    r"""([{|][^}|"']*[}|].*?)\2"""
)
_PELICAN = late_regex(r"^[{|](?P<what>[a-z]+)[|}](?P<path>.*)$")

# A link or a picture without an address, as it is written.
_NO_ADDRESS = late_regex(r"""\]\(\s*(?:<>)?\s*\)|\b(?:href|src)\s*=\s*(?:"\s*"|'\s*')""")
# What is put before an address that its author left bare.
_SCHEME = late_regex(r"^(?:https://|mailto:)")


def find_links(html: str, body: str, body_line: int, written: str = "") -> tuple[Link, ...]:
    """Return every link in the HTML, with its line in the text.

    Links that are only in the HTML before it was cleaned (`written`) come last.
    """
    shown = list(addresses(html))
    more = () if written in ("", html) else addresses(written)
    known = frozenset(shown) if written else frozenset[tuple[str, str, str]]()
    result: list[Link] = []
    seen: dict[str, int] = {}
    ends = [end.start() for end in re.finditer("\n", body)]
    for tag, attribute, target in (*shown, *(one for one in more if one not in known)):
        at = _place_of(target, body, seen.get(target, 0))
        seen[target] = max(at, 0) + 1
        line = body_line + bisect_left(ends, max(at, 0))
        result.append(Link(target, line, "" if attribute == "href" else tag))
    return tuple(result)


def _place_of(target: str, body: str, start: int) -> int:
    """Where in the text, after `start`, an address is written; -1 if it is not found."""
    if not target:
        empty = _NO_ADDRESS.search(body, start)
        return empty.start() if empty else -1
    forms = (target, unquote(target), _SCHEME.sub("", target))
    return next((at for form in forms if (at := body.find(form, start)) >= 0), -1)


def addresses(html: str) -> Iterator[tuple[str, str, str]]:
    """Each link target with the names of its tag and attribute, in lower case."""
    for tag in _TAG_WITH_ATTRIBUTES.finditer(html):
        for match in _ATTRIBUTE.finditer(tag[2]):
            if match[2].lower() not in _HOLD_ADDRESSES:
                continue
            yield tag[1].lower(), match[2].lower(), unescape(match[4] or match[5] or "")


def content_path(target: str, file: str, files: Container[str]) -> tuple[str, str] | None:
    """Return Pelican's kind of link and the path of the content file that a link refers to.

    `{filename}`, `{static}` and `{attach}` are taken as they are; a plain relative path is tried
    from the file's own folder and from the content folder, as an editor's preview does. None for a
    link that leads elsewhere.
    """
    if mark := _PELICAN.match(target):
        if mark["what"] not in ("filename", "static", "attach"):
            return None
        parts = split_url(mark["path"])
        path = resolve(composed(unquote(parts.path)), file) if parts else mark["path"]
        # A post's source is never published as it is, whatever the mark.
        if is_text(path):
            return "filename", with_existing_ending(path, files)
        return "static" if mark["what"] == "filename" else mark["what"], path
    parts = split_url(target)
    if parts is None or parts.scheme or parts.netloc or not parts.path or parts.path.endswith("/"):
        return None
    path = composed(unquote(parts.path))
    for candidate in (resolve(path, file), path.lstrip("/")):
        if is_text(candidate):
            candidate = with_existing_ending(candidate, files)
        if candidate in files:
            return ("filename" if is_text(candidate) else "static"), candidate
    return None


def resolve(path: str, file: str) -> str:
    """Return a path, as written in `file`, relative to the content folder."""
    if path.startswith("/"):
        return posixpath.normpath(path.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), path))


def with_marks(
    html: str,
    file: str,
    files: Container[str],
    base_path: str,
    downloads: Callable[[str], str | None] = lambda _: None,
) -> str:
    """Rewrite links to content files in Pelican's form, and root-relative links with `base_path`.

    `downloads` returns the address of the cleaned download of a data set's file: the file itself
    may have columns that must not be published.
    """

    def marked(_tag: str, target: str) -> str:
        linked = content_path(target, file, files)
        if linked and (download := downloads(linked[1])) is not None:
            return f"{base_path}/{download}"
        if linked and linked[0] == "static" and linked[1].startswith("images/"):
            # These are published wherever they are used.
            return f"{base_path}/{quote(published_path(linked[1]))}"
        if linked and linked[0] != "filename" and is_picture(linked[1]):
            # Never as it is, so never by Pelican.
            return f"{base_path}/{quote(published_path(linked[1]))}"
        if linked:
            mark = _PELICAN.match(target)
            parts = split_url(mark["path"] if mark else target)
            tail = f"#{parts.fragment}" if parts and parts.fragment else ""
            return f"{{{linked[0]}}}/{linked[1]}{tail}"
        if base_path and target.startswith("/") and not target.startswith("//"):
            return base_path + target
        return target

    return with_addresses(html, marked)


def marks_of(html: str) -> tuple[str, ...]:
    """Return Pelican's link marks in the HTML, each once."""
    if "{" not in html and "|" not in html:
        return ()
    return tuple(dict.fromkeys(unescape(match[3]) for match in _MARKED.finditer(html)))


def split_mark(mark: str) -> tuple[str, str, str]:
    """Split `{filename}/posts/a.md#b` into kind, path from the content folder, and fragment."""
    match = _PELICAN.match(mark)
    if match is None:
        return "", mark, ""
    path, sign, tail = match["path"].partition("#")
    return match["what"], path.lstrip("/"), sign + tail


def with_resolved(html: str, urls: Mapping[str, str]) -> str:
    """Return the HTML with its link marks replaced by their URLs."""

    def resolved(match: re.Match[str]) -> str:
        url = urls.get(unescape(match[3]))
        return match[0] if url is None else f"{match[1]}{match[2]}{escape(url)}{match[2]}"

    return _MARKED.sub(resolved, html) if urls else html


def tags(html: str) -> Iterator[tuple[str, str]]:
    """Each opening tag: its name in lower case, and its attributes as written."""
    return ((match[1].lower(), match[2]) for match in _TAG.finditer(html))


def with_addresses(html: str, change: Callable[[str, str], str]) -> str:
    """Return the HTML with each link target replaced by `change(tag name, target)`."""

    def tag(match: re.Match[str]) -> str:
        def attribute(found: re.Match[str]) -> str:
            if found[2].lower() not in _HOLD_ADDRESSES:
                return found[0]
            written = unescape(found[4] or found[5] or "")
            changed = change(match[1].lower(), written)
            if changed == written:
                return found[0]
            mark = found[3] or '"'
            return f"{found[1]}{mark}{escape(changed)}{mark}"

        return f"<{match[1]}{_ATTRIBUTE.sub(attribute, match[2])}>"

    return _TAG_WITH_ATTRIBUTES.sub(tag, html) if "=" in html else html
