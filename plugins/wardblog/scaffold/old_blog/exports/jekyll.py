"""Reads a blog that Jekyll makes: its posts, drafts, pages and collections."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property

from wardblog.scaffold.old_blog.exports.export_files import ExportFile
from wardblog.scaffold.old_blog.exports.file_kinds import HTML, JEKYLL_SETTINGS
from wardblog.scaffold.old_blog.exports.front_matter import (
    Document,
    Values,
    inside,
    is_false,
    is_true,
    listed,
    number,
    text_in,
    word,
    words,
)
from wardblog.scaffold.old_blog.exports.jekyll_permalinks import (
    Placeholders,
    expanded,
    page_style,
    slug_of,
    style_of,
)
from wardblog.scaffold.old_blog.exports.jekyll_values import with_values
from wardblog.scaffold.old_blog.exports.left_out import LeftOut
from wardblog.scaffold.old_blog.exports.moments import written_moment
from wardblog.scaffold.old_blog.exports.site_files import (
    PlacedPost,
    SiteFacts,
    SiteFiles,
    dated_name,
    documents,
    former_addresses,
    old_blog,
    old_post,
    people_in,
    state_of,
    zone_of,
)
from wardblog.scaffold.old_blog.exports.site_paths import in_path
from wardblog.scaffold.old_blog.model import OldBlog, OldPost, OldTerm
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# What jekyll-archives calls them.
_ARCHIVES = {"category": "categories", "tag": "tags"}
_FURTHER_PAGE = "/page:num/"
# Pages that list others, or are shown when there is none.
_NO_PAGES = frozenset(("index", "404", "search", "archive", "archives", "tags", "categories"))
_TEMPLATE = late_regex(r"\{%-?\s*(?:for|assign|paginate)\b")
_FEED_FILES = ("feed.xml", "atom.xml", "rss.xml", "index.xml", "feed/index.xml", "rss/index.xml")
_LARGEST_TEMPLATE = 100_000
_FEED_ID = late_regex(r"<(?:guid|id)\b[^>]*>\s*(.*?\bpost\.(?:url|id)\b.*?)\s*</")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A document with its place: `collection` is "posts", "drafts", "pages" or another's name."""

    path: str
    collection: str
    folders: tuple[str, ...]
    document: Document


def read_jekyll(files: Sequence[ExportFile], folder: str) -> OldBlog:
    """The blog whose folder this is; raises `CommandError` if its settings cannot be read."""
    return _Jekyll(SiteFiles(files, folder)).blog()


class _Jekyll:
    def __init__(self, site: SiteFiles) -> None:
        self._site = site
        self._config = site.settings(*JEKYLL_SETTINGS)
        self._left_out = LeftOut()
        self._now = datetime.now(UTC)
        self._zone = zone_of(self._config)

    def blog(self) -> OldBlog:
        posts = [self._post(found) for found in self._found()]
        further = word(self._config, "paginate_path") or _FURTHER_PAGE
        return replace(
            old_blog("jekyll", self._facts, posts, self._feeds(), self._left_out),
            on_a_page=number(self._config, "paginate"),
            further_page=f"{further.strip('/').replace(':num', '{}')}/",
        )

    @cached_property
    def _facts(self) -> SiteFacts:
        config = self._config
        base = word(config, "baseurl").strip("/")
        return SiteFacts(
            title=word(config, "title", "name"),
            url="/".join(filter(None, (word(config, "url").rstrip("/"), base))),
            base=f"/{base}/" if base else "/",
            author=word(inside(config, "author"), "name") or word(config, "author"),
            lang=word(config, "lang", "locale", "language"),
            people=people_in(self._site, "_data/authors.yml", "_data/authors.yaml"),
        )

    def _found(self) -> Iterator[_Found]:
        """All documents that are posts, drafts, pages or in a collection that is shown."""
        source = word(self._config, "source")
        inside_of = word(self._config, "collections_dir").strip("/")
        unused = tuple(words(self._config, "exclude"))
        for path, document in documents(self._site.below(source), self._left_out):
            if unused and path.startswith(unused):
                continue
            folders = tuple(path.removeprefix(f"{inside_of}/").split("/")[:-1])
            hidden = next((one for one in folders if one.startswith("_")), "")
            collection = hidden.removeprefix("_") or "pages"
            if not document.has_header or (collection == "pages" and not _is_page(path, document)):
                continue
            if collection in ("posts", "drafts", "pages") or self._is_shown(collection):
                above = folders[: folders.index(hidden)] if hidden else folders
                yield _Found(path=path, collection=collection, folders=above, document=document)

    def _is_shown(self, collection: str) -> bool:
        about = inside(inside(self._config, "collections"), collection)
        return is_true(about, "output")

    def _post(self, found: _Found) -> OldPost | None:
        document = self._with_defaults(found)
        values = document.values
        day, stem = dated_name(document.file.path.stem)
        if found.collection == "posts" and not day:
            self._left_out.add(
                "file without a date in its name", "files without a date in their names"
            )
            return None
        if "redirect_to" in values:
            self._left_out.add("page that leads elsewhere", "pages that lead elsewhere")
            return None
        moment = self._moment(word(values, "date")) or self._moment(day)
        is_draft = (
            found.collection == "drafts" or is_false(values, "published")
            or is_true(values, "draft")
        )  # fmt: skip
        is_post = found.collection in ("posts", "drafts") or (
            found.collection != "pages" and moment is not None
        )
        named = stem if day and is_post else document.file.path.stem
        written = _terms(values, found.folders if found.collection == "posts" else ())
        terms = tuple(replace(one, address=self._list_of(one)) for one in written)
        path = self._address(found, values, named, moment, terms)
        base = self._facts.base.rstrip("/")
        placed = PlacedPost(
            document=document,
            kind="post" if is_post else "page",
            addresses=(
                "" if found.collection == "drafts" else base + path,
                *(f"{base}/{old}" for old in former_addresses(values)),
            ),
            guid=self._guid(base + path, word(values, "slug") or named),
            slug=word(values, "slug") or named,
            moment=moment,
            modified=self._moment(word(values, "last_modified_at", "modified_time", "updated")),
            state=state_of(is_draft, moment, self._now),
            terms=terms,
            lang=word(values, "lang", "locale"),
        )
        return old_post(placed, self._facts)

    def _moment(self, written: str) -> datetime | None:
        """Times that have seconds and no zone are in UTC, as YAML says; Jekyll shows them so."""
        moment = written_moment(written, self._zone, UTC)
        return moment.astimezone(self._zone) if moment else None

    def _with_defaults(self, found: _Found) -> Document:
        """The document with the values that the settings give to all of its kind."""
        values: dict[str, object] = {}
        for default in listed(self._config, "defaults"):
            scope = inside(default, "scope")
            below, kind = word(scope, "path").strip("/"), word(scope, "type")
            if kind not in ("", found.collection, found.collection.removesuffix("s")):
                continue
            if not below or f"{found.path}/".startswith(f"{below.rstrip('*').rstrip('/')}/"):
                values |= inside(default, "values")
        values |= found.document.values
        text = with_values(found.document.text, site=self._config, page=values)
        return replace(found.document, values=values, text=text)

    def _list_of(self, term: OldTerm) -> str:
        """Where a plugin lists the posts of a category or tag; "" without that plugin."""
        archives = inside(self._config, "jekyll-archives")
        listed_kinds = words(archives, "enabled")
        if not {_ARCHIVES[term.kind], "all", "true", "True"} & set(listed_kinds):
            return ""
        pattern = word(inside(archives, "permalinks"), term.kind) or f"/{term.kind}/:name/"
        path = pattern.lstrip("/").replace(":name", slug_of(term.name))
        return self._facts.base + in_path(path)

    def _address(
        self,
        found: _Found,
        values: Values,
        name: str,
        moment: datetime | None,
        terms: tuple[OldTerm, ...],
    ) -> str:
        """The path of its page, from the top of the blog."""
        folder = "/".join(found.path.split("/")[:-1])
        site_style = word(self._config, "permalink") or "date"
        about = inside(inside(self._config, "collections"), found.collection)
        if found.collection == "pages":
            style = page_style(site_style, name)
        elif found.collection in ("posts", "drafts"):
            style = style_of(word(about, "permalink") or site_style)
        else:
            style = word(about, "permalink") or "/:collection/:path:output_ext"
            folder = folder.removeprefix(f"_{found.collection}").strip("/")
        return expanded(
            word(values, "permalink") or style,
            Placeholders(
                name=name,
                slug=word(values, "slug") or name,
                moment=moment,
                categories=[term.name for term in terms if term.kind == "category"],
                path=folder if found.collection == "pages" else posixpath.join(folder, name),
                collection=found.collection,
            ),
        )

    def _guid(self, path: str, slug: str) -> str:
        """What the feed of the blog gives as the name of a post."""
        if "post.url" in self._feed_id:
            return self._facts.full(path)
        return self._facts.full(f"{posixpath.dirname(path.rstrip('/')).rstrip('/')}/{slug}")

    @cached_property
    def _feed_id(self) -> str:
        """How the blog's own template of a feed writes it; "" if a plugin makes the feed."""
        file = self._site.first(*_FEED_FILES)
        is_template = file is not None and file.size < _LARGEST_TEMPLATE
        found = _FEED_ID.search(text_in(file)) if file and is_template else None
        return found[1] if found else ""

    def _feeds(self) -> Iterator[str]:
        own = [name for name in _FEED_FILES if self._site.first(name)]
        made = word(inside(self._config, "feed"), "path").lstrip("/") or "feed.xml"
        for name in own or [made]:
            yield self._facts.base + (name.removesuffix("index.xml") if "/" in name else name)


def _is_page(path: str, document: Document) -> bool:
    """Whether it is a text of its own, and not a template that lists others."""
    if document.file.path.stem.casefold() in _NO_PAGES and path.count("/") == 0:
        return False
    is_html = document.file.path.suffix.casefold() in HTML
    return bool(document.text.strip()) and not (is_html and _TEMPLATE.search(document.text))


def _terms(values: Values, folders: tuple[str, ...]) -> Iterator[OldTerm]:
    """Its categories, of which the folders above `_posts` are some, and its tags."""
    written = (*words(values, "category", splits="\n"), *words(values, "categories", splits=" "))
    for name in dict.fromkeys((*folders, *written)):
        yield OldTerm(kind="category", name=name, slug=name)
    for name in words(values, "tags", "tag", splits=" "):
        yield OldTerm(kind="tag", name=name, slug=name)
