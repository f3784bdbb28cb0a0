"""The categories and tags of a WordPress export, with the addresses they had."""

from __future__ import annotations

from urllib.parse import unquote

from wardblog.scaffold.old_blog.exports.short_words import words_of
from wardblog.scaffold.old_blog.exports.site_paths import in_path
from wardblog.scaffold.old_blog.exports.wordpress_items import ItemTerm
from wardblog.scaffold.old_blog.model import OldTerm, TermKind
from wardblog.support.late_dataclass import dataclass

_KINDS: dict[str, TermKind] = {"category": "category", "post_tag": "tag", "tag": "tag"}
# Taxonomies that say nothing about the subject of a post.
_NO_SUBJECT = frozenset(
    ("author", "language", "post_format", "nav_menu", "link_category", "wp_theme",
     "wp_pattern_category", "wp_template_part_area", "post_translations", "term_language",
     "term_translations", "category_translations")
)  # fmt: skip
_PREFIXES = {"category": ("category_nicename", "cat_name", "category_parent"),
             "tag": ("tag_slug", "tag_name", ""),
             "term": ("term_slug", "term_name", "term_parent")}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Declared:
    """A term in the list at the top of the export; `parent` is the slug of the one above it."""

    kind: TermKind
    name: str
    slug: str
    parent: str
    number: str


class Terms:
    """All terms; `settle` must be called before their addresses are asked for."""

    def __init__(self) -> None:
        self._declared: dict[tuple[TermKind, str], _Declared] = {}
        self._used: dict[OldTerm, None] = {}
        self._base, self._is_pretty = "/", True

    def declare(self, element: str, fields: dict[str, str]) -> None:
        """Remember a `wp:category`, `wp:tag` or `wp:term`, from the texts in it."""
        what = element.removeprefix("wp:")
        slug_name, name_name, parent_name = _PREFIXES[what]
        domain = fields.get("wp:term_taxonomy", "") if what == "term" else what
        if domain in _NO_SUBJECT:
            return
        term = _Declared(
            kind=_KINDS.get(domain, "tag"),
            name=words_of(fields.get(f"wp:{name_name}", "")),
            slug=fields.get(f"wp:{slug_name}", ""),
            parent=fields.get(f"wp:{parent_name}", ""),
            number=fields.get("wp:term_id", ""),
        )
        self._declared.setdefault((term.kind, term.slug), term)

    def settle(self, base: str, is_pretty: bool) -> None:
        """`base` is the path of the blog; `is_pretty` whether its addresses are in words."""
        self._base, self._is_pretty = base, is_pretty

    def term(self, written: ItemTerm) -> OldTerm | None:
        """A term of an item; None if it says nothing about its subject."""
        if written.domain in _NO_SUBJECT or not written.name:
            return None
        kind = _KINDS.get(written.domain, "tag")
        slug = written.slug or self._slug_named(kind, written.name)
        found = OldTerm(
            kind=kind,
            name=written.name,
            slug=unquote(slug),
            address=self._address(kind, slug) if written.domain in _KINDS else "",
            number=self._number(kind, slug),
        )
        self._used[found] = None
        return found

    def all(self) -> tuple[OldTerm, ...]:
        """The terms that were declared, and those that only items name."""
        listed = [
            OldTerm(
                kind=term.kind,
                name=term.name,
                slug=unquote(term.slug),
                address=self._address(term.kind, term.slug),
                number=term.number,
            )
            for term in self._declared.values()
        ]
        slugs = {(term.kind, term.slug) for term in listed}
        return (*listed, *(term for term in self._used if (term.kind, term.slug) not in slugs))

    def _slug_named(self, kind: TermKind, name: str) -> str:
        """The slug of the declared term with this name; the oldest exports give items none."""
        named = (t.slug for t in self._declared.values() if t.kind == kind and t.name == name)
        return next(named, "")

    def _number(self, kind: TermKind, slug: str) -> str:
        term = self._declared.get((kind, slug))
        return term.number if term else ""

    def _address(self, kind: TermKind, slug: str) -> str:
        """Where WordPress lists the posts, unless the blog was set up in another way."""
        if not slug:
            return ""
        if not self._is_pretty:
            if kind == "tag":
                return f"{self._base}?tag={in_path(slug)}"
            number = self._number(kind, slug)
            return f"{self._base}?cat={number}" if number else ""
        folders = "/".join(in_path(one) for one in self._line(kind, slug))
        return f"{self._base}{kind}/{folders}/"

    def _line(self, kind: TermKind, slug: str) -> list[str]:
        """The slugs from the topmost term down to this one."""
        line = [slug]
        while (term := self._declared.get((kind, line[0]))) and term.parent:
            if term.parent in line:
                break
            line.insert(0, term.parent)
        return line
