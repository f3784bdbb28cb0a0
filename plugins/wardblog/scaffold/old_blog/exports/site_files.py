"""The folder of a website that a program makes from Markdown: its files, and facts about a post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wardblog.problems import CommandError
from wardblog.scaffold.old_blog.exports.export_files import ExportFile
from wardblog.scaffold.old_blog.exports.file_kinds import HTML, MARKDOWN, UNREAD
from wardblog.scaffold.old_blog.exports.front_matter import (
    Document,
    Values,
    inside,
    listed,
    read_document,
    read_settings,
    word,
    words,
)
from wardblog.scaffold.old_blog.exports.left_out import LeftOut
from wardblog.scaffold.old_blog.exports.moments import if_changed, written_moment
from wardblog.scaffold.old_blog.exports.short_words import words_of
from wardblog.scaffold.old_blog.exports.site_paths import (
    each_once,
    path_on,
    site_of,
)
from wardblog.scaffold.old_blog.model import (
    OldBlog,
    OldComment,
    OldPost,
    OldTerm,
    PostKind,
    PostState,
    Program,
    terms_of,
)
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import join_url, parts_of

_ABOUT_SOFTWARE = frozenset(
    ("readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "todo")
)
_SUMMARIES = ("summary", "excerpt", "description")
_PICTURE_KEYS = (
    "image", "images", "featured_image", "featuredImage", "feature_image", "cover", "cover_image",
    "coverImage", "thumbnail", "banner", "teaser", "header",
)  # fmt: skip
_PICTURE_PARTS = ("image", "path", "url", "src", "feature", "overlay_image", "teaser")
_ALTS = ("image_alt", "imageAlt", "cover_alt", "featured_image_alt")
_FORMER = ("wordpress_url", "blogger_orig_url", "original_url", "originalUrl")
# What programs and their plugins call the further addresses of a post.
_ALIASES = ("aliases", "alias", "redirect_from", "redirectFrom")
_DATED = late_regex(r"(\d{4}-\d{1,2}-\d{1,2})-(.*)")


class SiteFiles:
    """The files of a site by their paths from its folder."""

    def __init__(self, files: Sequence[ExportFile], folder: str) -> None:
        start = f"{folder}/" if folder else ""
        self._files = {
            file.name.removeprefix(start): file for file in files if file.name.startswith(start)
        }

    def __iter__(self) -> Iterator[tuple[str, ExportFile]]:
        return iter(self._files.items())

    def first(self, *names: str) -> ExportFile | None:
        """The first of these files that is there."""
        return next((self._files[name] for name in names if name in self._files), None)

    def settings(self, *names: str) -> Values:
        """The settings in the first of these files; raises `CommandError`."""
        file = self.first(*names)
        return read_settings(file) if file else {}

    def below(self, folder: str) -> Iterator[tuple[str, ExportFile]]:
        """The files below a folder, each with its path from there."""
        start = f"{folder.strip('/')}/" if folder.strip("/.") else ""
        for name, file in self._files.items():
            if name.startswith(start):
                yield name.removeprefix(start), file


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What the settings of a site say; `url` has no slash at its end, `base` has one at both."""

    title: str
    url: str
    base: str = "/"
    author: str = ""
    lang: str = ""
    people: Mapping[str, str]

    def full(self, path: str) -> str:
        """The URL of a path on the site; the path itself, if it is not known where the site is."""
        if not path or parts_of(path).scheme or path.startswith("//"):
            return path
        parts = parts_of(self.url)
        host = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
        return f"{host}/{path.lstrip('/')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPost:
    """A post with what depends on the program: where it was, when, and what it is about.

    An address that is not known is "".
    """

    document: Document
    kind: PostKind
    addresses: tuple[str, ...]
    guid: str
    slug: str
    moment: datetime | None
    modified: datetime | None
    state: PostState
    terms: tuple[OldTerm, ...]
    lang: str = ""


def old_blog(
    program: Program,
    facts: SiteFacts,
    posts: Iterable[OldPost | None],
    feeds: Iterable[str],
    left_out: LeftOut,
) -> OldBlog:
    """The blog, whose posts are all on one page of a list; those that are None are left out."""
    found = tuple(filter(None, posts))
    return OldBlog(
        title=facts.title,
        url=facts.url,
        posts=found,
        pictures=(),
        feeds=each_once(feeds),
        terms=terms_of(found),
        left_out=left_out.words(),
        program=program,
    )


def old_post(placed: PlacedPost, facts: SiteFacts) -> OldPost:
    """The post, with what all such programs write in the same way."""
    document, values = placed.document, placed.document.values
    main = next(filter(None, placed.addresses), "/")
    picture, alt = picture_of(values)
    return OldPost(
        kind=placed.kind,
        guid=placed.guid,
        addresses=each_once((*placed.addresses, *_on_former_blog(values, facts))),
        title=words_of(word(values, "title")) or titled(placed.slug),
        moment=placed.moment,
        modified=if_changed(placed.modified, placed.moment),
        author=author_of(values, facts),
        text=document.text,
        is_markdown=document.file.path.suffix.casefold() not in HTML,
        summary=words_of(word(values, *_SUMMARIES)),
        state=placed.state,
        terms=tuple(replace(term, name=words_of(term.name)) for term in placed.terms),
        comments=tuple(_comments(values)),
        picture=facts.full(join_url(main, picture)) if picture else "",
        picture_alt=words_of(alt),
        slug=placed.slug,
        lang=(placed.lang or facts.lang).replace("_", "-").partition("-")[0].casefold(),
        source=document.file.shown,
        line=document.line,
    )


def former_addresses(values: Values) -> list[str]:
    """The addresses that led to it as well, as they are written."""
    return words(values, *_ALIASES, splits="\n")


def _on_former_blog(values: Values, facts: SiteFacts) -> Iterator[str]:
    """Addresses from before the blog moved to this program, if its host has not changed."""
    for url in (word(values, name) for name in _FORMER):
        yield path_on(url, (site_of(facts.url),)) if parts_of(url).netloc else ""


def _comments(values: Values) -> Iterator[OldComment]:
    """The comments that a converter from WordPress wrote into the header."""
    for comment in listed(values, "comments"):
        yield OldComment(
            author=words_of(word(comment, "author")),
            moment=written_moment(word(comment, "date_gmt", "date"), UTC, UTC),
            html=str(comment.get("content", "")).strip(),
        )


def picture_of(values: Values) -> tuple[str, str]:
    """The address of the picture above the text, as it is written, and its words."""
    alt = word(values, *_ALTS)
    for key in _PICTURE_KEYS:
        part = inside(values, key)
        if found := word(part, *_PICTURE_PARTS) if part else word(values, key):
            return found, word(part, "alt", "image_alt", "image_description") or alt
    return "", ""


def author_of(values: Values, facts: SiteFacts) -> str:
    """The names of the authors; a short name is looked up in the site's list of people."""
    for key in ("author", "authors"):
        if name := word(inside(values, key), "name", "display_name"):
            return name
        if names := words(values, key):
            return ", ".join(facts.people.get(name, name) for name in names)
    return facts.author


def zone_of(settings: Values) -> tzinfo:
    """The zone that the settings name; UTC if they name none that exists."""
    try:
        return ZoneInfo(word(settings, "timezone") or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def people_in(site: SiteFiles, *names: str) -> dict[str, str]:
    """The authors in a file of data: their names by their short names."""
    found = site.settings(*names)
    return {key: word(inside(found, key), "name", "display_name") or key for key in found}


def documents(
    files: Iterator[tuple[str, ExportFile]], left_out: LeftOut
) -> Iterator[tuple[str, Document]]:
    """The texts among files, with their paths; what cannot be read is said and left out."""
    for name, file in files:
        suffix = file.path.suffix.casefold()
        if suffix in UNREAD:
            left_out.add(f"file in {UNREAD[suffix]}", f"files in {UNREAD[suffix]}")
        elif suffix in MARKDOWN | HTML and not _is_no_text(file):
            try:
                yield name, read_document(file)
            except CommandError as error:
                left_out.say(f"{error}, so this file was left out")


def _is_no_text(file: ExportFile) -> bool:
    """Whether it is about the software, or the page that is shown where there is none."""
    return file.path.stem.casefold() in (*_ABOUT_SOFTWARE, "404")


def dated_name(stem: str) -> tuple[str, str]:
    """The day and the rest of a name such as `2016-05-03-a-post`; ("", name) without a day."""
    found = _DATED.fullmatch(stem)
    return (found[1], found[2]) if found else ("", stem)


def titled(slug: str) -> str:
    """A title from a name in an address: `Two grit bins` for `two-grit-bins`."""
    text = slug.replace("-", " ").replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def state_of(is_draft: bool, moment: datetime | None, now: datetime) -> PostState:
    """The state of a post of a site that is made again each day."""
    if is_draft:
        return "draft"
    return "scheduled" if moment and moment > now else "published"
