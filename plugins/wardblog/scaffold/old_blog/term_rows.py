"""Where the old lists of posts by category and tag lead, with their feeds and further pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wardblog.model import GENERAL
from wardblog.model.addresses import EVERYTHING, HUGO_FEED, POSTS_FOR_A_FEED, FeedFormat, feed_path
from wardblog.scaffold.old_blog.archive_rows import further_pages, public_posts
from wardblog.scaffold.old_blog.exports.site_paths import base_of, in_path
from wardblog.scaffold.old_blog.model import OldBlog, OldTerm
from wardblog.scaffold.old_blog.names import NameTable
from wardblog.support.urls import parts_of
from wardblog.text.slugs import slugify

_LABEL = "search/label/"
_LABEL_FEED = "feeds/posts/default/-/"


def term_rows(blog: OldBlog, names: NameTable) -> Iterator[tuple[str, str]]:
    """Categories and tags: to their issue or tag, and their feeds to its feed.

    A name that has no page of its own any more leads to the home page, and to the main feed.
    """
    counts: Counter[str] = Counter()
    lengths: Counter[str] = Counter()
    for post in public_posts(blog):
        tags = names.tags([(term.kind, term.name) for term in post.terms])
        counts.update(map(slugify, tags))
        lengths.update({above for term in post.terms for above in _lists(term.address)})
    issues = {slugify(issue) for issue in names.issues}
    for term in _all_terms(blog):
        slug = slugify(names.tags([(term.kind, term.name)])[-1])
        page, feed = "/", EVERYTHING
        if slug in issues:
            page, feed = f"/issues/{slug}/", slug
        elif counts[slug] and slug != GENERAL:
            page = f"/tags/{slug}/"
            feed = slug if counts[slug] >= POSTS_FOR_A_FEED else EVERYTHING
        for address in filter(None, (term.address, _with_query(blog, term))):
            yield address, page
        for address, form in _feeds(blog, term.address):
            yield address, f"/{feed_path(feed, form)}"
        for address in further_pages(blog, term.address, lengths[term.address]):
            yield address, page


def _all_terms(blog: OldBlog) -> dict[OldTerm, None]:
    terms = dict.fromkeys(blog.terms)
    return terms | dict.fromkeys(term for post in blog.posts for term in post.terms)


def _lists(address: str) -> Iterator[str]:
    """The list at an address, and those above it, which have the same posts."""
    while address.strip("/"):
        yield address
        address = address.rstrip("/").rpartition("/")[0] + "/"


def _with_query(blog: OldBlog, term: OldTerm) -> str:
    """The address that WordPress understands besides that in words."""
    base = base_of(blog.url)
    if blog.program != "wordpress" or not term.address:
        return ""
    if term.kind == "category":
        return f"{base}?cat={term.number}" if term.number else ""
    return f"{base}?tag={in_path(term.slug)}"


def _feeds(blog: OldBlog, address: str) -> Iterator[tuple[str, FeedFormat]]:
    """The feeds of the list at an address, each with its format."""
    if blog.program == "blogger":
        base, _, label = address.partition(_LABEL)
        yield f"{base}{_LABEL_FEED}{label}", FeedFormat.ATOM
        yield f"{base}{_LABEL_FEED}{label}?alt=rss", FeedFormat.RSS
    elif not address or not parts_of(address).path.endswith("/") or "?" in address:
        return
    elif blog.program == "wordpress":
        yield f"{address}feed/", FeedFormat.RSS
    elif blog.program == "hugo":
        yield f"{address}{HUGO_FEED}", FeedFormat.RSS
