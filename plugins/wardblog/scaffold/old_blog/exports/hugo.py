"""Reads a blog that Hugo makes: the Markdown in its content folders."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property

from wardblog.scaffold.old_blog.exports.export_files import ExportFile
from wardblog.scaffold.old_blog.exports.front_matter import (
    Document,
    Values,
    inside,
    is_true,
    listed,
    number,
    word,
    words,
)
from wardblog.scaffold.old_blog.exports.hugo_permalinks import expanded, of_file, of_words
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
from wardblog.scaffold.old_blog.exports.site_paths import base_of, in_path
from wardblog.scaffold.old_blog.model import OldBlog, OldPost, OldTerm, TermKind

_NAMES = ("hugo", "config")
_FORMS = ("toml", "yaml", "yml", "json")
# Settings that may be in a file of their own, in the folder of settings.
_PARTS = ("permalinks", "params", "taxonomies", "languages", "frontmatter")
_DATES = ("date", "publishdate", "pubdate", "published", "lastmod", "modified")
_PAGE_SECTIONS = frozenset(("page", "pages", "static", "info"))
# Unless the settings say another number.
_ON_A_PAGE = 10
_TAXONOMIES = {"tag": "tags", "category": "categories"}


def read_hugo(files: Sequence[ExportFile], folder: str) -> OldBlog:
    """The blog whose folder this is; raises `CommandError` if its settings cannot be read."""
    return _Hugo(SiteFiles(files, folder)).blog()


class _Hugo:
    def __init__(self, site: SiteFiles) -> None:
        self._site = site
        self._config = _settings(site)
        self._left_out = LeftOut()
        self._now = datetime.now(UTC)
        self._zone = zone_of(self._config)
        self._seen: set[str] = set()
        self._url = word(self._config, "baseurl").rstrip("/")
        self._base = base_of(self._url)
        self._main_lang = word(self._config, "defaultcontentlanguage") or "en"

    def blog(self) -> OldBlog:
        posts = [self._post(*found) for found in self._found()]
        names = ["index.xml", *(f"{one}/index.xml" for one in sorted(self._seen))]
        feeds = (self._base + in_path(path) for path in names)
        blog = old_blog("hugo", self._facts, posts, feeds, self._left_out)
        pagination = inside(self._config, "pagination")
        on_a_page = number(pagination, "pagerSize") or number(self._config, "paginate")
        return replace(blog, on_a_page=on_a_page or _ON_A_PAGE)

    @cached_property
    def _facts(self) -> SiteFacts:
        config, params = self._config, inside(self._config, "params")
        main = inside(inside(config, "languages"), self._main_lang)
        author = inside(config, "author") or inside(params, "author")
        return SiteFacts(
            title=word(config, "title") or word(main, "title"),
            url=self._url,
            base=self._base,
            author=word(author, "name") or word(params, "author") or word(config, "author"),
            lang=word(config, "languagecode", "locale") or self._main_lang,
            people=people_in(self._site, "data/authors.yml", "data/authors.yaml",
                             "data/authors.toml", "data/authors.json"),
        )  # fmt: skip

    @cached_property
    def _folders(self) -> Mapping[str, str]:
        """The content folders with their languages; "" is the language of what names none."""
        own = {
            word(inside(languages, lang), "contentDir", "contentdir").strip("/"): lang
            for languages in (inside(self._config, "languages"),)
            for lang in languages
        }
        own.pop("", None)
        return own or {word(self._config, "contentdir").strip("/") or "content": ""}

    def _found(self) -> Iterator[tuple[str, str, Document]]:
        """Each document with its path in its content folder, and its language or ""."""
        inner = sorted(self._folders.items(), key=lambda one: -len(one[0]))
        for folder, lang in inner:
            others = tuple(f"{one}/" for one, _ in inner if one.startswith(f"{folder}/"))
            for path, document in documents(self._site.below(folder), self._left_out):
                if not (others and f"{folder}/{path}".startswith(others)):
                    yield path, lang, document

    def _post(self, path: str, lang: str, document: Document) -> OldPost | None:
        folder, name = posixpath.split(path)
        stem, suffix = self._without_lang(name.rpartition(".")[0])
        lang = lang or suffix
        values = {key.casefold(): value for key, value in document.values.items()}
        build = inside(values, "build") or inside(values, "_build")
        if stem == "_index":
            self._left_out.add("page that lists a section", "pages that list a section")
            return None
        if is_true(values, "headless") or word(build, "render") in ("never", "false"):
            self._left_out.add("part of other pages", "parts of other pages")
            return None
        if stem == "index":
            folder, stem = posixpath.split(folder)
        if folder:
            self._seen.add(folder.split("/")[0])
        day, rest = dated_name(stem)
        values |= {"": day} if day else {}
        moment = next(filter(None, (self._moment(values, name) for name in self._dates)), None)
        expires = self._moment(values, "expirydate") or self._moment(values, "unpublishdate")
        is_over = expires is not None and expires < self._now
        begins = self._moment(values, "publishdate") or moment
        is_page = self._is_page(values, folder, moment)
        slug = word(values, "slug") or (rest if day and "" in self._dates else "")
        main = self._address(values, folder, stem, slug, moment, lang)
        placed = PlacedPost(
            document=document,
            kind="page" if is_page else "post",
            addresses=(main, *self._former(values, main, lang)),
            guid=self._facts.full(main),
            slug=slug or stem,
            moment=moment or self._moment(values, ""),
            modified=self._moment(values, "lastmod") or self._moment(values, "modified"),
            state=state_of(is_true(values, "draft") or is_over, begins, self._now),
            terms=tuple(self._terms(values, lang)),
            lang=lang,
        )
        return old_post(placed, self._facts)

    def _is_page(self, values: Values, folder: str, moment: datetime | None) -> bool:
        kind = word(values, "type")
        section = folder.split("/")[0]
        return (
            kind in ("page", "pages")
            or section in _PAGE_SECTIONS
            or not moment
            or not (section or kind)
        )

    def _without_lang(self, stem: str) -> tuple[str, str]:
        """The name of a file without the language at its end, and the language."""
        name, dot, lang = stem.rpartition(".")
        known = inside(self._config, "languages") or {"cy": "", "en": ""}
        return (name, lang) if dot and lang in known else (stem, "")

    @cached_property
    def _dates(self) -> Sequence[str]:
        """The names of dates, the first that is there counting; "" is the day in a file's name."""
        is_in_name = ":filename" in words(inside(self._config, "frontmatter"), "date")
        return ("", *_DATES) if is_in_name else _DATES

    def _moment(self, values: Values, name: str) -> datetime | None:
        return written_moment(word(values, name), self._zone, self._zone)

    def _address(
        self, values: Values, folder: str, stem: str, slug: str, moment: datetime | None, lang: str
    ) -> str:
        """The path of its page on the site."""
        prefix = self._base + self._lang_folder(lang)
        if url := word(values, "url"):
            path = url.lstrip("/")
            if "." not in posixpath.basename(path):
                path = f"{path.rstrip('/')}/"
            return in_path(self._base + path if url.startswith("/") else prefix + path)
        if pattern := self._pattern(folder.split("/")[0]):
            path = expanded(pattern, values, self._sections(folder), slug, stem, moment)
        else:
            path = posixpath.join(of_file(folder), of_words(slug) or of_file(stem)) + "/"
        keeps_case = is_true(self._config, "disablepathtolower")
        path = self._ending(path.lstrip("/"))
        return in_path(prefix + (path if keeps_case else path.lower()))

    def _ending(self, path: str) -> str:
        """The path of a folder, or of a file if the site is set up so."""
        is_ugly = is_true(self._config, "uglyurls") and path.endswith("/")
        return f"{path[:-1]}.html" if is_ugly else path

    def _sections(self, folder: str) -> str:
        """The innermost section above a text; below the first, only a folder with a page is one."""
        while "/" in folder and folder not in self._with_pages:
            folder = posixpath.dirname(folder)
        return folder

    @cached_property
    def _with_pages(self) -> frozenset[str]:
        """The folders that have a page of their own, as paths from their content folder."""
        return frozenset(
            posixpath.dirname(path)
            for folder in self._folders
            for path, file in self._site.below(folder)
            if file.path.name.startswith("_index.")
        )

    def _lang_folder(self, lang: str) -> str:
        own = is_true(self._config, "defaultcontentlanguageinsubdir")
        return f"{lang}/" if lang and (lang != self._main_lang or own) else ""

    def _pattern(self, section: str) -> str:
        """The pattern of addresses of a section; "" if it has none."""
        for rule in listed(self._config, "permalinks"):
            target = word(inside(rule, "target"), "path").strip("{}/")
            if target.split("/")[0] == section:
                return word(rule, "pattern")
        found = inside(self._config, "permalinks")
        return word(inside(found, "page") or found, section) or word(found, section)

    def _former(self, values: Values, main: str, lang: str) -> Iterator[str]:
        """The addresses that lead to it; those without a slash are beside its own."""
        for alias in former_addresses(values):
            path = self._base + self._lang_folder(lang) + alias[1:]
            if not alias.startswith("/"):
                path = posixpath.normpath(posixpath.join(posixpath.dirname(main[:-1]), alias))
            is_file = "." in posixpath.basename(path)
            yield in_path(path if is_file else self._ending(f"{path.rstrip('/')}/"))

    def _terms(self, values: Values, lang: str) -> Iterator[OldTerm]:
        """Its categories and tags; what another taxonomy says is a tag."""
        taxonomies = inside(self._config, "taxonomies") or _TAXONOMIES
        for single, plural in taxonomies.items():
            kind: TermKind = "category" if single == "category" else "tag"
            if single in ("author", "layout"):
                continue
            for name in words(values, str(plural).casefold()):
                slug = of_file(name).lower()
                path = self._ending(f"{self._base}{self._lang_folder(lang)}{plural}/{slug}/")
                yield OldTerm(kind=kind, name=name, slug=slug, address=in_path(path))


def _settings(site: SiteFiles) -> Values:
    """The settings, with the names of the topmost in small letters, as Hugo takes them."""
    roots = ("", "config/_default/")
    names = [f"{root}{name}.{form}" for root in roots for name in _NAMES for form in _FORMS]
    found = dict(site.settings(*names))
    for part in _PARTS:
        own = site.settings(*(f"config/_default/{part}.{form}" for form in _FORMS))
        if own:
            found[part] = dict(own)
    return {key.casefold(): value for key, value in found.items()}
