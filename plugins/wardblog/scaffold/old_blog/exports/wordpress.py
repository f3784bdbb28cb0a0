"""Reads the export of a WordPress blog (WXR 1.0 to 1.2), in one file or split into several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from wardblog.problems import CommandError
from wardblog.scaffold.old_blog.exports.export_files import ExportFile
from wardblog.scaffold.old_blog.exports.left_out import LeftOut
from wardblog.scaffold.old_blog.exports.moments import usual_zone
from wardblog.scaffold.old_blog.exports.short_words import words_of
from wardblog.scaffold.old_blog.exports.site_paths import base_of, each_once, path_on, site_of
from wardblog.scaffold.old_blog.exports.wordpress_items import Item, children_of, item_of
from wardblog.scaffold.old_blog.exports.wordpress_terms import Terms
from wardblog.scaffold.old_blog.exports.xml_entries import entries_of, short_name
from wardblog.scaffold.old_blog.model import (
    OldAuthor,
    OldBlog,
    OldComment,
    OldPicture,
    OldPost,
    OldTerm,
    PostKind,
    PostState,
)
from wardblog.support.late_regex import late_regex
from wardblog.text.slugs import slugify

if TYPE_CHECKING:
    from lxml.etree import _Element

_KINDS: dict[str, PostKind] = {"post": "post", "page": "page"}
_STATES: dict[str, PostState] = {
    "publish": "published",
    "private": "private",
    "future": "scheduled",
}
_TRASH, _EMPTY = "trash", "auto-draft"
_BLOCK = "wp_block"
# Types that are not for residents, each as it is counted; of others the name is said.
_PARTS = {
    "revision": ("earlier version of a post", "earlier versions of posts"),
    "nav_menu_item": ("menu entry", "menu entries"),
    "feedback": ("message sent with a form", "messages sent with a form"),
    **dict.fromkeys(
        ("wp_template", "wp_template_part", "wp_navigation", "wp_global_styles", "wp_font_family",
         "wp_font_face", "custom_css", "customize_changeset", "oembed_cache", "user_request"),
        ("part of the old design", "parts of the old design"),
    ),
}  # fmt: skip
_FEEDS = ("feed/", "feed/rss2/", "feed/rss/", "feed/atom/", "feed/rdf/", "?feed=rss2", "?feed=rss",
          "?feed=atom", "?feed=rdf")  # fmt: skip
# Unless the blog was set up in another way, which the export does not say.
_ON_A_PAGE = 10
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# A block that is written once and used in several posts.
_MOST_BLOCKS = 50  # in one post, so that a block which uses itself ends
_USED_BLOCK = late_regex(r'<!-- wp:block (\{[^{}]*?"ref":\s*(\d+)[^{}]*\}) /-->')


def read_wordpress(files: Sequence[ExportFile]) -> OldBlog:
    """The blog in these files, which must be exports of the same blog.

    Raises `CommandError`.
    """
    reader = _Reader()
    for file in files:
        reader.read(file)
    return reader.blog()


class _Reader:
    """Gathers the items of all files, since an item may name one that comes later."""

    def __init__(self) -> None:
        self._left_out = LeftOut()
        self._posts: list[Item] = []
        self._attachments: dict[str, Item] = {}
        self._blocks: dict[str, str] = {}
        self._seen: set[tuple[str, ...]] = set()
        self._authors: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._terms = Terms()
        self._channel: dict[str, str] = {}
        self._first = ""

    def read(self, file: ExportFile) -> None:
        for element in entries_of(file, self._left_out):
            name = short_name(element.tag)
            if name == "item":
                self._sort(item_of(element, file.shown, self._left_out))
            elif name == "rss":
                self._read_channel(element, file)

    def _read_channel(self, root: _Element, file: ExportFile) -> None:
        channel = next((one for one in root if short_name(one.tag) == "channel"), root)
        fields = children_of(channel)
        if not self._channel:
            self._channel, self._first = fields, file.shown
        elif (url := _url_of(fields)) and site_of(url) != site_of(_url_of(self._channel)):
            raise CommandError(
                f"{file.shown} is an export of {url}, but {self._first} is one of "
                f"{_url_of(self._channel)}",
                "Import one blog at a time: put the files of each in a folder of its own.",
            )
        for child in channel:
            name = short_name(child.tag)
            if name == "wp:author":
                about = children_of(child)
                login = about.get("wp:author_login", "").casefold()
                self._numbers[login] = about.get("wp:author_id", "")
                self._authors[login] = words_of(about.get("wp:author_display_name", ""))
            elif name in ("wp:category", "wp:tag", "wp:term"):
                self._terms.declare(name, children_of(child))

    def _sort(self, item: Item) -> None:
        """Keep what is for residents, and count the rest."""
        key = (item.kind, item.number, item["guid"], item["wp:post_name"])
        if key in self._seen and any(key[1:]):
            self._left_out.add(
                "item that is in the export twice", "items that are in the export twice"
            )
            return
        self._seen.add(key)
        if item.state in (_TRASH, _EMPTY):
            self._left_out.add(
                "item in the trash, or never begun", "items in the trash, or never begun"
            )
        elif item.kind == "attachment":
            self._attachments[item.number] = item
        elif item.kind in _KINDS:
            self._posts.append(item)
        elif item.kind == _BLOCK:
            self._blocks[item.number] = item["content:encoded"]
        elif part := _PARTS.get(item.kind):
            self._left_out.add(*part)
        else:
            self._left_out.add(
                f'item of the type "{item.kind}"', f'items of the type "{item.kind}"'
            )

    def blog(self) -> OldBlog:
        is_pretty = any("?" not in item["link"] for item in self._posts if item.state == "publish")
        self._terms.settle(self._base, is_pretty)
        posts = tuple(self._post(item) for item in self._posts)
        return OldBlog(
            title=words_of(self._channel.get("title", "")),
            url=_url_of(self._channel),
            posts=posts,
            pictures=tuple(self._pictures()),
            feeds=tuple(self._base + path for path in _FEEDS if is_pretty or "?" in path),
            terms=self._terms.all(),
            left_out=self._left_out.words(),
            program="wordpress",
            authors=tuple(self._lists_of_authors(is_pretty)),
            on_a_page=_ON_A_PAGE if is_pretty else 0,
        )

    @cached_property
    def _sites(self) -> tuple[str, ...]:
        names = ("wp:base_blog_url", "link")
        return tuple(filter(None, (site_of(self._channel.get(name, "")) for name in names)))

    @cached_property
    def _base(self) -> str:
        """The path of the blog on its site, with a slash at both ends."""
        return base_of(_url_of(self._channel))

    @cached_property
    def _zone(self) -> tzinfo:
        return usual_zone(item.moment for item in self._posts if item.moment and item.local)

    @cached_property
    def _lang(self) -> str:
        return self._channel.get("language", "").partition("-")[0].casefold()

    def _post(self, item: Item) -> OldPost:
        local = item.local.replace(tzinfo=self._zone) if item.local else None
        picture, alt = self._thumbnail(item)
        text = self._with_blocks(item.text)
        return OldPost(
            kind=_KINDS[item.kind],
            guid=item["guid"],
            addresses=each_once(self._addresses(item)),
            title=words_of(item["title"]),
            moment=item.moment or local,
            modified=item.modified,
            author=self._author(item),
            text=text,
            is_markdown=False,
            summary=item.summary,
            state="password" if item["wp:post_password"] else _STATES.get(item.state, "draft"),
            terms=tuple(self._terms_of(item)),
            comments=_by_date(item.comments),
            picture=picture,
            picture_alt=alt,
            slug=unquote(item["wp:post_name"]),
            lang=next((t.slug[:2] for t in item.terms if t.domain == "language"), self._lang),
            source=item.source,
            line=item.line,
            number=item.number,
            is_classic="<!-- wp:" not in text,
        )

    def _addresses(self, item: Item) -> Iterator[str]:
        link = path_on(item["link"], self._sites)
        yield link
        if item.number:
            query = "page_id" if item.kind == "page" else "p"
            yield f"{self._base}?{query}={item.number}"
        if "?" not in link and (name := item["wp:post_name"]) and f"/{name}" in link:
            before, _, after = link.rpartition(f"/{name}")
            for old in item.meta.get("_wp_old_slug", ()):
                yield f"{before}/{old}{after}"
        yield path_on(item["guid"], self._sites)

    def _author(self, item: Item) -> str:
        """The name that residents saw; a plugin for several authors makes terms of them."""
        several = [term.name for term in item.terms if term.domain == "author"]
        names = several or [item["dc:creator"]]
        return ", ".join(self._authors.get(name.casefold()) or name for name in names)

    def _lists_of_authors(self, is_pretty: bool) -> Iterator[OldAuthor]:
        """Everybody with a list of posts, whose address is usually made of the login."""
        public = (item["dc:creator"] for item in self._posts if item.state == "publish")
        for login in dict.fromkeys((*self._numbers, *(name.casefold() for name in public))):
            # An e-mail address is never made public, not even in this form.
            slug = "" if "@" in login else slugify(login)
            yield OldAuthor(
                name=self._authors.get(login) or login,
                address=f"{self._base}author/{slug}/" if slug and is_pretty else "",
                number=self._numbers.get(login, ""),
            )

    def _terms_of(self, item: Item) -> Iterator[OldTerm]:
        found = (self._terms.term(term) for term in item.terms)
        yield from dict.fromkeys(term for term in found if term)

    def _with_blocks(self, text: str) -> str:
        """The text with the blocks in it that are written elsewhere in the export."""
        left = _MOST_BLOCKS

        def block(match: re.Match[str]) -> str:
            nonlocal left
            found = self._blocks.get(match[2])
            if found is None or left <= 0:
                return match[0]
            left -= 1
            # A block may use others.
            return _USED_BLOCK.sub(block, found.strip())

        return _USED_BLOCK.sub(block, text) if "<!-- wp:block " in text else text

    def _thumbnail(self, item: Item) -> tuple[str, str]:
        number = next(iter(item.meta.get("_thumbnail_id", ())), "")
        picture = self._attachments.get(number)
        return (_file_url(picture), _alt(picture)) if picture else ("", "")

    def _pictures(self) -> Iterator[OldPicture]:
        for item in self._attachments.values():
            if url := _file_url(item):
                page = path_on(item["link"], self._sites)
                yield OldPicture(
                    url=url,
                    alt=_alt(item),
                    caption=words_of(item["excerpt:encoded"]),
                    page_address="" if url.endswith(page) else page,
                    number=item.number,
                    post_number=item["wp:post_parent"].removeprefix("0"),
                )


def _url_of(channel: dict[str, str]) -> str:
    names = ("wp:base_blog_url", "link", "wp:base_site_url")
    return next(filter(None, (channel.get(name, "") for name in names)), "").rstrip("/")


def _file_url(item: Item) -> str:
    return item["wp:attachment_url"] or item["guid"]


def _alt(item: Item) -> str:
    return words_of(next(iter(item.meta.get("_wp_attachment_image_alt", ())), ""))


def _by_date(comments: tuple[OldComment, ...]) -> tuple[OldComment, ...]:
    return tuple(sorted(comments, key=lambda comment: comment.moment or _NEVER))
