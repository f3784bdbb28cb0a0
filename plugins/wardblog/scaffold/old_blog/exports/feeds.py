"""Reads a feed in RSS or Atom, with the archives of its older entries that are beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

from wardblog.scaffold.old_blog.exports.export_files import ExportFile
from wardblog.scaffold.old_blog.exports.left_out import LeftOut
from wardblog.scaffold.old_blog.exports.moments import feed_moment, if_changed
from wardblog.scaffold.old_blog.exports.own_feeds import GENERATOR, NEWS, without_additions
from wardblog.scaffold.old_blog.exports.short_words import words_of
from wardblog.scaffold.old_blog.exports.site_paths import (
    each_once,
    last_part,
    path_on,
    site_of,
)
from wardblog.scaffold.old_blog.exports.xml_entries import entries_of, inner_text, short_name
from wardblog.scaffold.old_blog.model import OldBlog, OldPost, OldTerm, terms_of
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import join_url, parts_of

if TYPE_CHECKING:
    from lxml.etree import _Element

Beside = Callable[[str], ExportFile | None]

_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RELATIVE = late_regex(
    r"""(<[a-zA-Z][^<>]*?\s(?:src|href)=)(["'])(?![a-zA-Z][a-zA-Z0-9+.-]*:|\#|//)([^"'<>]*)\2"""
)
_ELLIPSES = ("…", "[…]", "[...]", "Read more", "Continue reading")
_BLOCKS = late_regex(r"<(?:p|div|br|ul|ol|h[1-6]|blockquote|table)\b")
_WORDPRESS_NUMBER = late_regex(r"[?&](?:p|page_id)=\d+$")
# In characters: a text without paragraphs that is longer is not a summary.
_LONG = 1500
_MOST_ARCHIVES = 10_000
_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An entry of either format; `link` is its page, `body` its HTML."""

    guid: str
    link: str
    title: str
    body: str
    summary: str
    is_whole: bool
    published: datetime | None
    updated: datetime | None
    author: str
    labels: tuple[str, ...]
    lang: str
    picture: str
    line: int


@dataclass(slots=True, kw_only=True)
class _Feed:
    """What a document says about the whole feed; `older` is the address of the next older one."""

    title: str = ""
    page: str = ""
    address: str = ""
    older: str = ""
    author: str = ""
    lang: str = ""
    base: str = ""
    is_own: bool = False


def read_feed(file: ExportFile, beside: Beside) -> OldBlog:
    """The blog of which this is a feed; `beside` gives files by their paths from its folder.

    Raises `CommandError`.
    """
    left_out = LeftOut()
    posts: dict[str, OldPost] = {}
    first = _Feed()
    current: ExportFile | None = file
    for _ in range(_MOST_ARCHIVES):
        if current is None:
            break
        feed, entries = _document(current, left_out)
        first = first if first.page or first.title else feed
        sites = (site_of(first.page or feed.page),)
        for entry in entries:
            if feed.is_own and NEWS in entry.guid:
                left_out.add("piece of news about a post", "pieces of news about posts")
            else:
                key = entry.guid or entry.link
                posts.setdefault(key, _post(entry, feed, current, sites, left_out))
        current = _older(feed, first, current, beside, left_out)
    return OldBlog(
        title=first.title,
        url=first.page.rstrip("/"),
        posts=tuple(posts.values()),
        pictures=(),
        feeds=each_once([path_on(first.address, (site_of(first.page),))]),
        terms=terms_of(posts.values()),
        left_out=left_out.words(),
    )


def _older(
    feed: _Feed, first: _Feed, current: ExportFile, beside: Beside, left_out: LeftOut
) -> ExportFile | None:
    """The archive with the next older entries; what is missing is said."""
    if not feed.older:
        return None
    folder = join_url(first.address or feed.older, ".")
    name = unquote(parts_of(feed.older).path.removeprefix(parts_of(folder).path))
    found = beside(name)
    if found is None:
        left_out.say(
            f"{current.shown} leads to older posts in {feed.older}, which is not beside it: save "
            f"it as {name} in the same folder to import them as well"
        )
    return found


def _document(file: ExportFile, left_out: LeftOut) -> tuple[_Feed, list[_Entry]]:
    entries: list[_Entry] = []
    feed = _Feed()
    for element in entries_of(file, left_out):
        if short_name(element.tag) in ("item", "entry"):
            entries.append(_entry(element))
        else:
            feed = _about(element)
    return feed, entries


def _about(root: _Element) -> _Feed:
    feed = _Feed(lang=root.get(_XML_LANG, ""), base=root.get(_XML_BASE, ""))
    channels = [root, *(one for one in root if short_name(one.tag) == "channel")]
    for child in (child for channel in channels for child in channel):
        name, text = short_name(child.tag), (child.text or "").strip()
        relation = child.get("rel") or "alternate"
        if name == "title":
            feed.title = feed.title or words_of(inner_text(child))
        elif name == "language":
            feed.lang = text
        elif name == "author":
            feed.author = _name(child)
        elif name == "generator":
            feed.is_own = text == GENERATOR
        elif name == "link" and (address := text or child.get("href") or ""):
            if relation == "self":
                feed.address = address
            elif relation in ("prev-archive", "next") and not (feed.older and relation == "next"):
                feed.older = address
            elif relation == "alternate" and child.get("type", "text/html") == "text/html":
                feed.page = feed.page or address
    return feed


def _entry(element: _Element) -> _Entry:
    texts: dict[str, str] = {}
    labels: list[str] = []
    link, picture, line = "", "", element.sourceline or 1
    for child in element:
        name = short_name(child.tag)
        if name == "link":
            relation, address = child.get("rel") or "alternate", child.get("href") or child.text
            if relation == "alternate" and not link:
                link = (address or "").strip()
            elif relation == "enclosure" and child.get("type") in _PICTURES:
                picture = picture or child.get("href") or ""
        elif name in ("enclosure", "media:content", "media:thumbnail"):
            if child.get("type", "image/jpeg") in _PICTURES:
                picture = picture or child.get("url") or ""
        elif name in ("category", "dc:subject"):
            labels.append(words_of(child.get("label") or child.get("term") or inner_text(child)))
        elif name == "author":
            texts.setdefault(name, _name(child))
        else:
            texts.setdefault(name, _markup(child))
            line = child.sourceline or line if name in ("content", "content:encoded") else line
    return _made(element, texts, labels, link, picture, line)


def _made(
    element: _Element, texts: dict[str, str], labels: list[str], link: str, picture: str, line: int
) -> _Entry:
    def first(*names: str) -> str:
        return next((texts[name].strip() for name in names if texts.get(name, "").strip()), "")

    whole = first("content:encoded", "content", "xhtml:body")
    part = first("description", "summary")
    # In RSS without `content:encoded` the description may be the whole text.
    body = whole or part
    guid = first("guid", "id") or element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    return _Entry(
        guid=guid or link,
        link=link or (guid if guid and guid.startswith("http") else ""),
        title=words_of(first("title")),
        body=body,
        summary=words_of(part) if whole and part != whole else "",
        is_whole=bool(whole) or _is_whole(part, is_atom="summary" in texts),
        published=feed_moment(first("pubDate", "published", "issued", "dc:date", "updated")),
        updated=feed_moment(first("updated", "modified", "dcterms:modified")),
        author=words_of(first("dc:creator", "author")),
        labels=tuple(dict.fromkeys(filter(None, labels))),
        lang=element.get(_XML_LANG) or first("dc:language"),
        picture=picture,
        line=line,
    )


def _is_whole(description: str, is_atom: bool) -> bool:
    """Whether what is called a description is the whole text, as in simple RSS feeds."""
    words = words_of(description)
    if is_atom or words.endswith(_ELLIPSES):
        return False
    return bool(_BLOCKS.search(description)) or len(words) > _LONG


def _markup(element: _Element) -> str:
    """The HTML of an element: escaped in it, or as elements of its own (`type="xhtml"`)."""
    text = inner_text(element)
    if element.get("type") == "text":
        return text.replace("&", "&amp;").replace("<", "&lt;")
    return text


def _name(author: _Element) -> str:
    """The name of an author: an element in Atom, `address (name)` in RSS."""
    for part in author:
        if short_name(part.tag) == "name":
            return words_of(part.text or "")
    text = (author.text or "").strip()
    named = re.search(r"\(([^()]+)\)$", text)
    return words_of(named[1]) if named else "" if "@" in text else words_of(text)


def _post(
    entry: _Entry, feed: _Feed, file: ExportFile, sites: tuple[str, ...], left_out: LeftOut
) -> OldPost:
    if not entry.is_whole:
        left_out.say(
            f"{file.shown} has only the beginnings of posts: an export of the blog has all of them"
        )
    base = join_url(feed.base or feed.page, entry.link)
    body = entry.body
    if feed.is_own:
        body, had_places = without_additions(body)
        left_out.add("list of the places of a post", "lists of the places of posts", had_places)
    address = path_on(base, sites)
    number = path_on(entry.guid, sites) if _WORDPRESS_NUMBER.search(entry.guid) else ""
    return OldPost(
        kind="post",
        guid=entry.guid,
        addresses=each_once([address, number]),
        title=entry.title,
        moment=entry.published,
        modified=if_changed(entry.updated, entry.published),
        author=entry.author or feed.author,
        text=_absolute(body, base),
        is_markdown=False,
        summary=entry.summary,
        state="published",
        terms=tuple(_terms(entry)),
        comments=(),
        picture=join_url(base, entry.picture) if entry.picture else "",
        picture_alt="",
        slug=last_part(address),
        lang=(entry.lang or feed.lang).partition("-")[0].casefold(),
        source=file.shown,
        line=entry.line,
    )


def _terms(entry: _Entry) -> Iterator[OldTerm]:
    for label in entry.labels:
        yield OldTerm(kind="tag", name=label, slug="")


def _absolute(html: str, base: str) -> str:
    """The HTML with links and pictures that do not depend on where it is shown."""
    if not base:
        return html
    return _RELATIVE.sub(lambda m: f"{m[1]}{m[2]}{join_url(base, m[3])}{m[2]}", html)
