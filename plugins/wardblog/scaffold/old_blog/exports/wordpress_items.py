"""The items of a WordPress export (WXR) as they are written there: fields, terms and comments."""

from __future__ import annotations

import json
from dataclasses import field
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from wardblog.scaffold.old_blog.exports.left_out import LeftOut
from wardblog.scaffold.old_blog.exports.moments import (
    feed_moment,
    if_changed,
    local_moment,
    with_offset,
)
from wardblog.scaffold.old_blog.exports.short_words import words_of
from wardblog.scaffold.old_blog.exports.xml_entries import inner_text, short_name
from wardblog.scaffold.old_blog.model import OldComment
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from lxml.etree import _Element

# What is kept of the many values that WordPress and its plugins remember about an item.
_KEPT = frozenset(
    ("_thumbnail_id", "_wp_attachment_image_alt", "_wp_old_slug", "_yoast_wpseo_metadesc",
     "_aioseop_description", "rank_math_description", "footnotes")
)  # fmt: skip
_DESCRIPTIONS = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseop_description")
_FOOTNOTES = late_regex(r"<!--\s+wp:footnotes\b[^>]*?/-->")
_APPROVED = ("1", "approve", "approved")
_ANSWERS = ("", "comment")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTerm:
    """A `category` of an item: `domain` is its taxonomy, `slug` "" if it has none."""

    domain: str
    name: str
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item; `fields` are its texts by their names, such as `wp:status`, `line` is its text's."""

    fields: dict[str, str]
    terms: tuple[ItemTerm, ...]
    meta: dict[str, tuple[str, ...]]
    comments: tuple[OldComment, ...]
    source: str
    line: int
    local: datetime | None = field(default=None)
    moment: datetime | None = field(default=None)

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    @property
    def number(self) -> str:
        return self["wp:post_id"]

    @property
    def kind(self) -> str:
        """The type; the oldest exports name none, and have only posts."""
        return self["wp:post_type"] or "post"

    @property
    def state(self) -> str:
        return self["wp:status"] or "publish"

    @property
    def summary(self) -> str:
        """The excerpt, else what search engines were to show, in plain text."""
        found = [value for name in _DESCRIPTIONS for value in self.meta.get(name, ())]
        written = [value for value in found if "%" not in value]
        return words_of(next(filter(None, (self["excerpt:encoded"].strip(), *written)), ""))

    @property
    def text(self) -> str:
        """The text with its footnotes, which the editor of blocks keeps apart from it."""
        text, written = self["content:encoded"], next(iter(self.meta.get("footnotes", ())), "")
        return _FOOTNOTES.sub(lambda _: _notes(written), text, count=1) if written else text

    @property
    def modified(self) -> datetime | None:
        """When it was last changed, if it was."""
        changed = with_offset(
            local_moment(self["wp:post_modified"]), local_moment(self["wp:post_modified_gmt"])
        )
        return if_changed(changed, self.moment)


def _notes(written: str) -> str:
    """Footnotes in JSON as a list; each has a link back, as WordPress writes it."""
    try:
        notes = json.loads(written)
    except ValueError:
        return ""
    named = (
        (escape(str(one.get("id", ""))), one.get("content", ""))
        for one in (notes if isinstance(notes, list) else ())
        if isinstance(one, dict)
    )
    items = [
        f'<li id="{name}">{words} <a href="#{name}-link">↩</a></li>'
        for name, words in named
        if name
    ]
    return f"<ol>{''.join(items)}</ol>" if items else ""


def item_of(element: _Element, source: str, left_out: LeftOut) -> Item:
    """What an `<item>` has."""
    fields: dict[str, str] = {}
    terms: list[ItemTerm] = []
    meta: dict[str, tuple[str, ...]] = {}
    comments: list[OldComment] = []
    line = element.sourceline or 1
    for child in element:
        name = short_name(child.tag)
        if name == "category":
            terms.append(_term(child))
        elif name == "wp:postmeta":
            key, value = _pair(child)
            if key in _KEPT:
                meta[key] = (*meta.get(key, ()), value)
        elif name == "wp:comment":
            comments += _comments(child, left_out)
        elif name:
            fields[name] = inner_text(child) if name == "content:encoded" else _text(child)
            line = child.sourceline or line if name == "content:encoded" else line
    local = local_moment(fields.get("wp:post_date", ""))
    moment = with_offset(local, local_moment(fields.get("wp:post_date_gmt", "")))
    return Item(
        fields=fields,
        terms=tuple(terms),
        meta=meta,
        comments=tuple(comments),
        source=source,
        line=line,
        local=local,
        moment=moment or (None if local else feed_moment(fields.get("pubDate", ""))),
    )


def children_of(element: _Element) -> dict[str, str]:
    """The texts of an element's children by their names; of equal names the first."""
    found: dict[str, str] = {}
    for child in element:
        found.setdefault(short_name(child.tag), _text(child))
    return found


def _text(element: _Element) -> str:
    return inner_text(element).strip()


def _term(element: _Element) -> ItemTerm:
    return ItemTerm(
        domain=element.get("domain") or "category",
        name=words_of(inner_text(element)),
        slug=(element.get("nicename") or "").strip(),
    )


def _pair(element: _Element) -> tuple[str, str]:
    fields = children_of(element)
    return fields.get("wp:meta_key", ""), fields.get("wp:meta_value", "")


def _comments(element: _Element, left_out: LeftOut) -> list[OldComment]:
    """The comment, if residents could read it."""
    fields = children_of(element)
    if fields.get("wp:comment_type", "") not in _ANSWERS:
        left_out.add("pingback, trackback or note", "pingbacks, trackbacks and notes")
        return []
    if fields.get("wp:comment_approved", "1") not in _APPROVED:
        left_out.add("comment that was not shown", "comments that were not shown (such as spam)")
        return []
    local, utc = (
        local_moment(fields.get(name, "")) for name in ("wp:comment_date", "wp:comment_date_gmt")
    )
    return [
        OldComment(
            author=words_of(fields.get("wp:comment_author", "")),
            moment=with_offset(local, utc or local),
            html=fields.get("wp:comment_content", ""),
        )
    ]
