"""Where old pictures and documents lead, also the smaller copies that WordPress made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import quote, unquote

from wardblog.photos import published_path
from wardblog.scaffold.old_blog.conversion.found_pictures import pictures_of_galleries
from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses
from wardblog.scaffold.old_blog.model import OldBlog
from wardblog.scaffold.old_blog.pictures import same_site
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import parts_of

# A smaller copy in a text: `https://old.example.org/wp-content/uploads/bin-300x200.jpg`.
_COPY = late_regex(r"[^\s\"'<>()\[\],]+-\d{2,5}x\d{2,5}\.(?i:jpe?g|png|gif|webp)(?=[\s\"'<>)?])")
# What galleries show of a picture, unless the blog was set up in another way.
_IN_GALLERY = "-150x150"


def upload_rows(
    blog: OldBlog, addresses: OldAddresses, files: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Each old file with the new one; `files` are those of the content by old URL."""
    yield from _rows(blog, files)
    if blog.program == "wordpress":
        urls = dict.fromkeys((*(one.url for one in blog.pictures), *_copies(blog, addresses)))
        found = {url: file for url in urls if (file := addresses.picture(url))}
        yield from _rows(blog, found)


def _rows(blog: OldBlog, files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for url, file in files.items():
        path = parts_of(url).path
        if not url.startswith(("http://", "https://")):
            path = url
        elif not blog.url or not same_site(url, blog.url):
            continue
        new = f"/{quote(published_path(file))}"
        if unquote(path) != unquote(new):
            yield path, new


def _copies(blog: OldBlog, addresses: OldAddresses) -> Iterator[str]:
    """The smaller copies that texts and galleries show."""
    for post in blog.posts:
        if "x" in post.text:
            for match in _COPY.finditer(post.text):
                yield addresses.absolute(unescape(match[0]))
        for picture in pictures_of_galleries(post, addresses):
            before, dot, ending = picture.url.rpartition(".")
            yield f"{before.removesuffix('-scaled')}{_IN_GALLERY}{dot}{ending}"
