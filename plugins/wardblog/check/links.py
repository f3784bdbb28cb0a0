"""Links to other posts, pictures and files lead somewhere, and pictures are the site's own."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from wardblog.model import Link, Post, Site, Visibility
from wardblog.problems import Problem, nearest
from wardblog.read.markup import SOURCES, content_path
from wardblog.words import long_date


def broken_link(site: Site) -> Iterator[Problem]:
    pages = {p.file: p for p in (*site.posts, *site.pages)}
    for post in (*site.posts, *site.pages):
        for link in post.links:
            problem = _problem(post, link, site, pages)
            if problem:
                yield problem


def _problem(post: Post, link: Link, site: Site, pages: dict[str, Post]) -> Problem | None:
    found = content_path(link.target, post.file, site.files)
    if found is None:
        return _unfound(post, link, site)
    what, path = found
    if path not in site.files:
        return _missing(post, link, path, site)
    linked = pages.get(path)
    if what == "filename" and linked is not None:
        is_waiting = linked.visibility in (Visibility.DRAFT, Visibility.SCHEDULED)
        if is_waiting and post.visibility is Visibility.PUBLISHED:
            return Problem(
                post.file,
                link.line,
                f'the link "{link.target}" leads to a post that is not published yet',
                f"{{content}}/{path} is {_waiting(linked)}. Publish it, or take the link out.",
            )
    return None


def _waiting(post: Post) -> str:
    if post.visibility is Visibility.DRAFT:
        return "a draft"
    return f"dated {long_date(post.date)}"


def _unfound(post: Post, link: Link, site: Site) -> Problem | None:
    parts = urlsplit(link.target)
    if link.is_embedded and (parts.scheme in ("http", "https") or parts.netloc):
        return Problem(
            post.file,
            link.line,
            f"this would be fetched from {parts.netloc}, and tell it who reads the page",
            "Save the picture in {content}/images and show it from there.",
        )
    is_local = not parts.scheme and not parts.netloc and parts.path
    if is_local and (link.is_embedded or parts.path.endswith(SOURCES)):
        path = parts.path.lstrip("/")
        return _missing(post, link, path, site)
    return None


def _missing(post: Post, link: Link, path: str, site: Site) -> Problem:
    is_source = path.endswith(SOURCES)
    what = "post or page" if is_source else "image" if link.is_embedded else "file"
    return Problem(post.file, link.line, f'there is no {what} "{link.target}"', _guess(path, site))


def _guess(path: str, site: Site) -> str:
    """The file with nearly the same path, or the same or nearly the same name elsewhere."""
    name = path.rsplit("/", 1)[-1]
    by_name = {f.rsplit("/", 1)[-1]: f for f in sorted(site.files, reverse=True)}
    best = nearest(path, site.files) or by_name.get(nearest(name, by_name) or "")
    if best:
        return f'Did you mean "{best}"?'
    return "Paths are written from the file's own folder, or with a slash from {content} on."


def missing_image(site: Site) -> Iterator[Problem]:
    """The picture that a post names in its header."""
    for post in (*site.posts, *site.pages):
        if post.image and post.image not in site.files:
            yield Problem(
                post.file,
                post.line_of("Image"),
                f'there is no image "{post.image}"',
                _guess(post.image.lstrip("/"), site),
            )
