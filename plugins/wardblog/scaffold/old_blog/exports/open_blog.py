"""Finds out what kind of export a file or folder is, and reads it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from wardblog.problems import UsageError, display_path
from wardblog.scaffold.old_blog.exports.export_files import ExportFile, export_files, file_below
from wardblog.scaffold.old_blog.exports.file_kinds import (
    ELEVENTY_SETTINGS,
    JEKYLL_SETTINGS,
    MARKDOWN,
    PICTURES,
)
from wardblog.scaffold.old_blog.model import OldBlog
from wardblog.support.late_regex import late_regex
from wardblog.text.words import counted

_START = 300_000
_WORDPRESS = late_regex(r"<wp:(?:wxr_version|post_id|post_type)\b|\bwordpress\.org/export/")
_BLOGGER = late_regex(r"schemas\.google\.com/blogger/|tag:blogger\.com,1999:blog-|<blogger:type>")
_ROOT = late_regex(r"<(?:[\w-]+:)?(\w+)[\s>/]")
_BEFORE_ROOT = late_regex(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*", re.DOTALL
)
_FEEDS = frozenset(("rss", "feed", "RDF"))
_XML = frozenset((".xml", ".atom", ".rss", ".rdf", ".wxr"))
_HELP = (
    "It can be a WordPress or Blogger export, an RSS or Atom feed, or the folder of a blog made "
    "with Jekyll, Hugo or Eleventy."
)


def open_blog(path: Path) -> OldBlog:
    """Read the export at a path: a file, a folder, or a zip of either.

    Raises `CommandError`, with the file, the line and what to do.
    """
    with export_files(path) as files:
        blog = _of_site(files) or _of_xml(path, files) or _of_markdown(files)
        if blog is None:
            raise UsageError(f"{display_path(path)} is not the export of a blog", _HELP)
        return _with_word_on_pictures(blog, path, files)


def _with_word_on_pictures(blog: OldBlog, path: Path, files: Sequence[ExportFile]) -> OldBlog:
    pictures = sum(file.path.suffix.casefold() in PICTURES for file in files)
    if not pictures or path.is_dir():
        return blog
    words = (
        f"{counted(pictures, 'picture')} in {display_path(path)}: unpack it, and give its folder "
        "as UPLOADS to import them"
    )
    return replace(blog, left_out=(*blog.left_out, words))


def _kind_of(file: ExportFile) -> str:
    """`wordpress`, `blogger`, `feed`, or "" for another file."""
    with file.open() as stream:
        data = stream.read(_START)
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    text = data.decode(encoding, "replace")
    before = _BEFORE_ROOT.match(text.lstrip("\ufeffï»¿"))
    root = _ROOT.match(text.lstrip("\ufeffï»¿"), before.end() if before else 0)
    if not root or root[1] not in _FEEDS:
        return ""
    if root[1] == "rss" and _WORDPRESS.search(text):
        return "wordpress"
    return "blogger" if root[1] == "feed" and _BLOGGER.search(text) else "feed"


def _of_xml(path: Path, files: Sequence[ExportFile]) -> OldBlog | None:
    """The blog of an export or feed; None if there is none among the files."""
    kinds: dict[str, list[ExportFile]] = {}
    for file in files:
        if file.path.suffix.casefold() in _XML or path.is_file():
            kinds.setdefault(_kind_of(file), []).append(file)
    if found := kinds.get("wordpress"):
        # late import: see docs/architecture.md
        from wardblog.scaffold.old_blog.exports.wordpress import read_wordpress

        return read_wordpress(found)
    if found := kinds.get("blogger"):
        # late import: see docs/architecture.md
        from wardblog.scaffold.old_blog.exports.blogger import read_blogger

        # Takeout has a file of the comments that one wrote on other blogs as well.
        own = [file for file in found if "Comments" not in file.path.parts]
        return read_blogger(_only(path, own or found))
    if found := kinds.get("feed"):
        # late import: see docs/architecture.md
        from wardblog.scaffold.old_blog.exports.feeds import read_feed

        file = _only(path, found)
        if len(files) == 1:
            return read_feed(file, lambda name: file_below(path.parent, name))
        named = {one.name: one for one in files}
        return read_feed(file, lambda name: named.get(str(file.path.parent / name)))
    return None


def _only(path: Path, found: Sequence[ExportFile]) -> ExportFile:
    """The one file to read; of a feed in several formats or parts, one must be chosen."""
    if len(found) > 1:
        names = ", ".join(file.name for file in found[:5]) + (", ..." if len(found) > 5 else "")
        raise UsageError(
            f"{display_path(path)} has {len(found)} blogs or feeds: {names}",
            f'Give one of them, as in: make import FROM="{found[0].shown}"'
            if path.is_dir()
            else "Unpack it, and give one of them as FROM.",
        )
    return found[0]


def _of_site(files: Sequence[ExportFile]) -> OldBlog | None:
    """The blog that a known program makes from these files; None if they are not for one."""
    names = {file.name for file in files}
    known = ((_hugo_root, _hugo), (_eleventy_root, _eleventy), (_jekyll_root, _jekyll))
    for root_of, reader in known:
        found = (root_of(PurePosixPath(name), names) for name in names)
        if roots := {root for root in found if root is not None}:
            return reader(files, min(roots, key=lambda root: (root.count("/"), len(root), root)))
    return None


def _of_markdown(files: Sequence[ExportFile]) -> OldBlog | None:
    """The blog of a folder of Markdown, such as `_posts` alone; None if there is no Markdown."""
    found = any(file.path.suffix.casefold() in MARKDOWN for file in files)
    return _eleventy(files, "") if found else None


def _hugo_root(path: PurePosixPath, names: Collection[str]) -> str | None:
    if path.suffix not in (".toml", ".yaml", ".yml", ".json"):
        return None
    if path.parent.name == "_default" and path.stem in ("hugo", "config"):
        return _folder(path.parents[2] if len(path.parts) > 2 else path.parent)
    if path.stem == "hugo":
        return _folder(path.parent)
    start = _folder(path.parent / "content") + "/"
    has_content = path.stem == "config" and any(name.startswith(start) for name in names)
    return _folder(path.parent) if has_content else None


def _eleventy_root(path: PurePosixPath, _names: Collection[str]) -> str | None:
    return _folder(path.parent) if path.name in ELEVENTY_SETTINGS else None


def _jekyll_root(path: PurePosixPath, _names: Collection[str]) -> str | None:
    if path.name in JEKYLL_SETTINGS:
        return _folder(path.parent)
    if "_posts" in path.parts[:-1]:
        return "/".join(path.parts[: path.parts.index("_posts")])
    return None


def _folder(path: PurePosixPath) -> str:
    return "" if str(path) == "." else str(path)


def _hugo(files: Sequence[ExportFile], root: str) -> OldBlog:
    # late import: see docs/architecture.md
    from wardblog.scaffold.old_blog.exports.hugo import read_hugo

    return read_hugo(files, root)


def _eleventy(files: Sequence[ExportFile], root: str) -> OldBlog:
    # late import: see docs/architecture.md
    from wardblog.scaffold.old_blog.exports.eleventy import read_eleventy

    return read_eleventy(files, root)


def _jekyll(files: Sequence[ExportFile], root: str) -> OldBlog:
    # late import: see docs/architecture.md
    from wardblog.scaffold.old_blog.exports.jekyll import read_jekyll

    return read_jekyll(files, root)
