"""Reads the export of a Blogger blog: the older `blog-DATE.xml`, and `feed.atom` of Takeout."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from wardblog.scaffold.old_blog.exports.export_files import ExportFile
from wardblog.scaffold.old_blog.exports.left_out import LeftOut
from wardblog.scaffold.old_blog.exports.moments import if_changed, iso_moment
from wardblog.scaffold.old_blog.exports.short_words import words_of
from wardblog.scaffold.old_blog.exports.site_paths import each_once, last_part, path_on, site_of
from wardblog.scaffold.old_blog.exports.xml_entries import entries_of, inner_text, short_name
from wardblog.scaffold.old_blog.model import (
    OldBlog,
    OldComment,
    OldPost,
    OldTerm,
    PostState,
    terms_of,
)
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from lxml.etree import _Element

_FEEDS = ("/feeds/posts/default", "/feeds/posts/default?alt=rss", "/feeds/posts/summary",
          "/atom.xml", "/rss.xml")  # fmt: skip
_KIND = "/blogger/2008/kind#"
_STATES: dict[str, PostState] = {
    "": "published", "live": "published", "draft": "draft", "scheduled": "scheduled",
}  # fmt: skip
_OTHERS = {
    "template": ("part of the old design", "parts of the old design"),
    "settings": ("setting of the old blog", "settings of the old blog"),
}
_HOSTED = late_regex(r"(https?://[\w.-]+)(/\d{4}/\d\d/[^\s\"'<>?#]+\.html)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An entry; `fields` are its texts, and those of `app:control` and the author, by names."""

    fields: dict[str, str]
    kind: str
    labels: tuple[str, ...]
    links: dict[str, str]
    answers: str
    is_removed: bool
    line: int

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    @property
    def published(self) -> datetime | None:
        return iso_moment(self["published"]) or iso_moment(self["blogger:created"])


def read_blogger(file: ExportFile) -> OldBlog:
    """The blog in this file; raises `CommandError`."""
    reader = _Reader(file)
    for element in entries_of(file, reader.left_out):
        if short_name(element.tag) == "entry":
            reader.sort(_entry(element))
        else:
            reader.read_feed(element)
    return reader.blog()


class _Reader:
    """Gathers the posts, and the comments on them, which may come before or after."""

    def __init__(self, file: ExportFile) -> None:
        self.left_out = LeftOut()
        self._file = file
        self._posts: list[_Entry] = []
        self._comments: dict[str, list[OldComment]] = defaultdict(list)
        self._title = self._url = self._lang = ""
        self._total = ""
        self._updated: datetime | None = None

    def read_feed(self, feed: _Element) -> None:
        for child in feed:
            name = short_name(child.tag)
            if name == "title":
                self._title = words_of(inner_text(child))
            elif name == "updated":
                self._updated = iso_moment(inner_text(child))
            elif name == "link" and child.get("rel") == "alternate":
                self._url = (child.get("href") or "").rstrip("/")
            elif name == "search:totalResults":
                self._total = inner_text(child).strip()

    def sort(self, entry: _Entry) -> None:
        """Keep posts, pages and comments, and count the rest."""
        status = entry["blogger:status"].casefold()
        if entry.kind == "comment":
            self._keep_comment(entry, status)
        elif entry["blogger:trashed"] or status not in _STATES:
            self.left_out.add("post in the trash", "posts in the trash")
        elif entry.kind in ("post", "page"):
            self._posts.append(entry)
        else:
            if entry["id"].endswith(".BLOG_LOCALE"):
                self._lang = entry["content"].partition("_")[0].partition("-")[0].casefold()
            self.left_out.add(*_OTHERS.get(entry.kind, ("other entry", "other entries")))

    def _keep_comment(self, entry: _Entry, status: str) -> None:
        is_shown = status in ("", "live") and entry["app:draft"] != "yes"
        if entry.is_removed or not is_shown:
            self.left_out.add(
                "comment that was not shown", "comments that were not shown (such as spam)"
            )
            return
        self._comments[entry["blogger:parent"] or entry.answers].append(
            OldComment(
                author=words_of(entry["author"]), moment=entry.published, html=entry["content"]
            )
        )

    def blog(self) -> OldBlog:
        self._url = self._url or self._guessed_url()
        posts = tuple(self._post(entry) for entry in self._posts)
        if re.fullmatch(r"\d{1,9}", self._total) and int(self._total) > len(posts):
            self.left_out.say(
                f"{self._file.shown} has only {len(posts):,} of {int(self._total):,} posts: it is "
                "a feed. Takeout gives all of them"
            )
        unplaced = set(self._comments) - {entry["id"] for entry in self._posts}
        self.left_out.add(
            "comment on a post that is not in the export",
            "comments on posts that are not in the export",
            sum(len(self._comments[name]) for name in unplaced),
        )
        return OldBlog(
            title=self._title,
            url=self._url,
            posts=posts,
            pictures=(),
            feeds=_FEEDS,
            terms=terms_of(posts),
            left_out=self.left_out.words(),
            program="blogger",
        )

    def _guessed_url(self) -> str:
        """Takeout does not say where the blog is; links between its posts do."""
        paths = {entry["blogger:filename"] for entry in self._posts} - {""}
        found = Counter(
            host
            for entry in self._posts
            for host, path in _HOSTED.findall(entry["content"])
            if path in paths
        )
        return next((host for host, _ in found.most_common(1)), "")

    def _post(self, entry: _Entry) -> OldPost:
        is_page = entry.kind == "page"
        addresses = each_once(self._addresses(entry))
        published, updated = entry.published, iso_moment(entry["updated"])
        return OldPost(
            kind="page" if is_page else "post",
            guid=entry["id"],
            addresses=addresses,
            title=words_of(entry["title"]),
            moment=published,
            modified=if_changed(updated, published),
            author=words_of(entry["author"]),
            text=entry.fields.get("content", ""),
            is_markdown=False,
            summary=words_of(entry["blogger:metaDescription"] or entry["summary"]),
            state=self._state(entry),
            terms=tuple(_term(label) for label in entry.labels),
            comments=tuple(self._comments.get(entry["id"], ())),
            picture="",
            picture_alt="",
            slug=last_part(addresses[0]) if addresses else "",
            lang=self._lang,
            source=self._file.shown,
            line=entry.line,
        )

    def _state(self, entry: _Entry) -> PostState:
        if entry["app:draft"] == "yes":
            return "draft"
        state = _STATES[entry["blogger:status"].casefold()]
        is_later = self._updated and entry.published and entry.published > self._updated
        return "scheduled" if state == "published" and is_later else state

    def _addresses(self, entry: _Entry) -> Iterator[str]:
        link = entry.links.get("alternate", "")
        yield path_on(link, (site_of(self._url or link),))
        yield path_on(entry["blogger:filename"], ())


def _entry(element: _Element) -> _Entry:
    fields: dict[str, str] = {}
    links: dict[str, str] = {}
    labels: list[str] = []
    kind, answers, line, is_removed = "", "", element.sourceline or 1, False
    for child in element:
        name = short_name(child.tag)
        if name == "category":
            term = child.get("term") or ""
            if _KIND in term:
                kind = term.partition(_KIND)[2]
            else:
                # Takeout may write all labels into one, on a line each.
                labels += filter(None, map(str.strip, term.split("\n")))
        elif name == "link":
            links.setdefault(child.get("rel") or "", child.get("href") or "")
        elif name == "thr:in-reply-to":
            answers = answers or (child.get("ref") or "").strip()
        elif name == "gd:extendedProperty":
            is_removed = is_removed or child.get("name") == "blogger.contentRemoved"
        elif name in ("author", "app:control"):
            for part in child:
                if (inner := short_name(part.tag)) in ("name", "app:draft"):
                    fields["author" if inner == "name" else inner] = part.text or ""
        else:
            fields[name] = inner_text(child)
            line = child.sourceline or line if name == "content" else line
    return _Entry(
        fields=fields,
        kind=(fields.get("blogger:type", "").strip() or kind or "post").casefold(),
        labels=tuple(dict.fromkeys(labels)),
        links=links,
        answers=answers,
        is_removed=is_removed,
        line=line,
    )


def _term(label: str) -> OldTerm:
    slug = quote(label, safe="")
    return OldTerm(kind="tag", name=words_of(label), slug=label, address=f"/search/label/{slug}")
