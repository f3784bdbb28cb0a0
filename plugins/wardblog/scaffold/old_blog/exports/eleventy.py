"""Reads a blog that Eleventy makes, or any folder of Markdown with headers.

Eleventy's settings are programs, which are not run: folders and addresses are as it has them by
default, and as headers and data files say.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from wardblog.problems import CommandError
from wardblog.scaffold.old_blog.exports.export_files import ExportFile
from wardblog.scaffold.old_blog.exports.file_kinds import ELEVENTY_SETTINGS, HTML
from wardblog.scaffold.old_blog.exports.front_matter import (
    Document,
    Values,
    inside,
    is_false,
    is_true,
    read_settings,
    text_in,
    word,
    words,
)
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
)
from wardblog.scaffold.old_blog.exports.site_paths import in_path
from wardblog.scaffold.old_blog.model import OldBlog, OldPost, OldTerm
from wardblog.support.late_regex import late_regex
from wardblog.text.slugs import slugify

_INPUT = late_regex(r"""\binput\s*:\s*["']([\w./-]+)["']""")
_FACTS = ("site", "metadata", "meta")
_FEED_PERMALINK = late_regex(r"""^\s*"?permalink"?\s*:\s*["']?([^\s"']+\.xml)\b""", re.MULTILINE)
_FEED_OUTPUT = late_regex(r"""\boutputPath\s*:\s*["'](/[^"']+\.xml)["']""")
# What a program of settings lists, such as `url: "https://ward.example.org",`.
_LISTED = late_regex(r"""\b(title|url|language|lang|name)\s*:\s*["'`]([^"'`\n]+)["'`]""")
_JS = ("js", "cjs", "mjs", "ts")
_LARGEST = 100_000
_DEFAULT_FEED = "/feed/feed.xml"
# Tags that only gather posts in lists.
_LISTS = frozenset(("all", "nav", "post", "posts", "page", "pages", "blog", "article", "articles",
                    "news"))  # fmt: skip
_POST_FOLDERS = frozenset(("post", "posts", "_posts", "blog", "news", "articles", "article"))
_EXPRESSION = late_regex(r"\{\{-?\s*(.*?)\s*-?\}\}")
_TEMPLATE = late_regex(r"\{%|\{\{")


def read_eleventy(files: Sequence[ExportFile], folder: str) -> OldBlog:
    """The blog whose folder this is; raises `CommandError` if its settings cannot be read."""
    return _Eleventy(SiteFiles(files, folder)).blog()


class _Eleventy:
    def __init__(self, site: SiteFiles) -> None:
        self._site = site
        self._left_out = LeftOut()
        self._now = datetime.now(UTC)
        config = site.first(*ELEVENTY_SETTINGS)
        found = _INPUT.search(text_in(config)) if config else None
        self._input = found[1].strip("./") if found else ""
        self._facts = self._read_facts()
        self._data: dict[str, Values] = {}

    def _read_facts(self) -> SiteFacts:
        folders = dict.fromkeys((posixpath.join(self._input, "_data"), "_data"))
        names = [f"{folder}/{name}.json" for folder in folders for name in _FACTS]
        found = self._site.settings(*names) or self._in_program(folders)
        author = inside(found, "author")
        return SiteFacts(
            title=word(found, "title", "name"),
            url=word(found, "url", "baseUrl", "domain").rstrip("/"),
            author=word(author, "name") or word(found, "author"),
            lang=word(found, "language", "lang", "locale"),
            people=people_in(self._site, *(f"{folder}/authors.json" for folder in folders)),
        )

    def _in_program(self, folders: Iterable[str]) -> Values:
        """The same from a program that only lists them, which is read as text."""
        names = (f"{folder}/{name}.{end}" for folder in folders for name in _FACTS for end in _JS)
        file = self._site.first(*names)
        text = text_in(file) if file and file.size < _LARGEST else ""
        found: dict[str, object] = {}
        for match in _LISTED.finditer(text):
            found.setdefault(match[1], match[2])
        return {**found, "author": found.get("name", "")}

    def blog(self) -> OldBlog:
        posts = [self._post(*found) for found in self._found()]
        return old_blog("eleventy", self._facts, posts, self._feeds(), self._left_out)

    def _found(self) -> Iterator[tuple[str, Document]]:
        for path, document in documents(self._site.below(self._input), self._left_out):
            folders = path.split("/")[:-1]
            is_part = any(one.startswith("_") and one not in _POST_FOLDERS for one in folders)
            is_html = document.file.path.suffix.casefold() in HTML
            if (
                is_part
                or (is_html and _TEMPLATE.search(document.text))
                or not document.text.strip()
            ):
                continue
            if document.has_header or folders:
                yield path, document

    def _feeds(self) -> Iterator[str]:
        for name, file in self._site.below(self._input):
            if file.path.suffix == ".njk" and "feed" in name and file.size < _LARGEST:
                found = _FEED_PERMALINK.search(text_in(file))
                yield found[1] if found else ""
        if config := self._site.first(*ELEVENTY_SETTINGS):
            found = _FEED_OUTPUT.search(text_in(config))
            yield found[1] if found else _DEFAULT_FEED

    def _post(self, path: str, document: Document) -> OldPost | None:
        folder, name = posixpath.split(path)
        day, stem = dated_name(name.rpartition(".")[0])
        values = {**self._folder_data(folder), **document.values}
        if stem == posixpath.basename(folder):
            stem = "index"  # so that the folder is not there twice
        tags = [*words(self._folder_data(folder), "tags"), *words(document.values, "tags")]
        moment = written_moment(word(values, "date"), UTC, UTC) or written_moment(day, UTC, UTC)
        path, is_sure = self._address(values, folder, stem)
        if is_false(values, "permalink"):
            self._left_out.add("part of other pages", "parts of other pages")
            return None
        if not is_sure:
            self._left_out.say(
                f'{document.file.shown}: the address "{word(values, "permalink")}" is worked out '
                "by a program; its old address is not known"
            )
        is_among_posts = not _POST_FOLDERS.isdisjoint((*folder.split("/"), *tags))
        is_post = moment is not None and (is_among_posts or bool(day))
        is_draft = is_true(values, "draft") or is_false(values, "published")
        slug = word(values, "slug") or (posixpath.basename(folder) if stem == "index" else stem)
        placed = PlacedPost(
            document=replace(document, values=values),
            kind="post" if is_post else "page",
            addresses=(path, *former_addresses(values)),
            guid=word(values, "guid") or self._facts.full(path or f"/{folder}/{stem}/"),
            slug=slug,
            moment=moment,
            modified=written_moment(word(values, "updated", "modified", "lastmod"), UTC, UTC),
            state=state_of(is_draft, moment, self._now),
            terms=tuple(_terms(values, tags)),
            lang=word(values, "lang", "locale"),
        )  # fmt: skip
        return old_post(placed, self._facts)

    def _folder_data(self, folder: str) -> Values:
        """What the data files of a folder, and of those above it, say about its texts."""
        if folder in self._data:
            return self._data[folder]
        above = self._folder_data(posixpath.dirname(folder)) if folder else {}
        start = posixpath.join(self._input, folder, posixpath.basename(folder))
        file = self._site.first(f"{start}.11tydata.json", f"{start}.json") if folder else None
        own: Values = {}
        if file:
            try:
                own = read_settings(file)
            except CommandError as error:
                self._left_out.say(f"{error}, so this file was not used")
        elif program := folder and self._site.first(f"{start}.11tydata.js"):
            self._left_out.say(f"{program.shown} is a program, and was not used")
        self._data[folder] = {**above, **own}
        return self._data[folder]

    def _address(self, values: Values, folder: str, stem: str) -> tuple[str, bool]:
        """The path of its page, "" if it is not known; and whether that is sure."""
        written = word(values, "permalink")
        if not written:
            name = "" if stem == "index" else stem
            path = posixpath.join("/", folder, name).rstrip("/")
            return f"{in_path(path)}/", True
        slug = posixpath.basename(folder) if stem == "index" else stem
        known = {
            "page.fileSlug": slug,
            "page.filePathStem": posixpath.join("/", folder, stem),
            **{key: word(values, key) for key in values},
        }
        filled = _EXPRESSION.sub(lambda match: _worked_out(match[1], known), written)
        if "\0" in filled or "{%" in filled:
            return "", False
        filled = re.sub(r"/{2,}", "/", f"/{filled}").removesuffix("index.html")
        return in_path(filled), True


def _worked_out(expression: str, known: dict[str, str]) -> str:
    """The value of `title | slugify` and the like; a mark for what a program would be needed."""
    name, *filters = (part.strip() for part in expression.split("|"))
    value = known.get(name)
    if value is None:
        return "\0"
    for one in filters:
        if one in ("slug", "slugify"):
            value = slugify(value)
        elif one in ("lower", "downcase"):
            value = value.lower()
        else:
            return "\0"
    return value


def _terms(values: Values, tags: Sequence[str]) -> Iterator[OldTerm]:
    for name in words(values, "categories", "category"):
        yield OldTerm(kind="category", name=name, slug=slugify(name))
    for name in dict.fromkeys(tags):
        if name.casefold() not in _LISTS:
            slug = slugify(name)
            yield OldTerm(kind="tag", name=name, slug=slug, address=f"/tags/{slug}/")
