"""The table of old addresses that belong to no post: categories, tags, feeds and uploads."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from urllib.parse import quote, unquote, urlsplit

from wardblog.model.addresses import POSTS_FOR_A_FEED, FeedFormat, feed_path
from wardblog.photos import published_path
from wardblog.scaffold.old_blog.model import OldBlog, OldTerm
from wardblog.scaffold.old_blog.names import NameTable
from wardblog.scaffold.old_blog.old_paths import in_ascii, same, usable
from wardblog.scaffold.old_blog.pictures import same_site
from wardblog.text.slugs import slugify

REDIRECTS_FILE = "redirects.csv"
_COLUMNS = "old,new"
_ALL = "all"
# How the feeds of comments are called, which have no new address.
_COMMENTS = "/comments/"


def wanted_rows(
    blog: OldBlog,
    names: NameTable,
    files: Mapping[str, str],
    taken: frozenset[str],
    aliases: Iterable[str],
) -> dict[str, str]:
    """Each old address with the new one, sorted; `files` are those of the content by old URL."""
    own = {same(alias) for alias in aliases}
    rows: dict[str, str] = {}
    for written, new in (*_feeds(blog), *_terms(blog, names), *_uploads(blog, files)):
        old = in_ascii(written)
        if same(old) not in own and usable(old, taken):
            own.add(same(old))
            rows[old] = new
    return dict(sorted(rows.items()))


def _feeds(blog: OldBlog) -> Iterator[tuple[str, str]]:
    for feed in blog.feeds:
        if _COMMENTS not in feed:
            yield feed, f"/{feed_path(_ALL, _format_of(feed))}"


def _format_of(feed: str) -> FeedFormat:
    """A feed in the same format: only then do feed readers recognise what they have."""
    path = feed.casefold()
    if "json" in path:
        return FeedFormat.JSON
    is_atom = "atom" in path or path.endswith("/feed.xml")  # of Jekyll and Eleventy
    is_atom = is_atom or ("/feeds/posts" in path and "alt=rss" not in path)
    return FeedFormat.ATOM if is_atom else FeedFormat.RSS


def term_rows(blog: OldBlog, names: NameTable) -> dict[str, str]:
    """The pages and feeds of categories and tags, with those of their issue or tag."""
    return dict(_terms(blog, names))


def _terms(blog: OldBlog, names: NameTable) -> Iterator[tuple[str, str]]:
    """Categories and tags: to their issue or tag, and their feeds to its feed."""
    counts: Counter[str] = Counter()
    for post in blog.posts:
        if post.state == "published" and post.kind == "post":
            tags = names.tags([(term.kind, term.name) for term in post.terms])
            counts.update(map(slugify, tags))
    issues = {slugify(issue) for issue in names.issues}
    for term in _all_terms(blog):
        if not term.address:
            continue
        slug = slugify(names.tags([(term.kind, term.name)])[-1])
        if slug in issues:
            yield term.address, f"/issues/{slug}/"
        elif counts[slug] and slug != "general":
            yield term.address, f"/tags/{slug}/"
        else:
            yield term.address, "/"
        has_feed = slug in issues or (counts[slug] >= POSTS_FOR_A_FEED and slug != "general")
        if has_feed and term.address.endswith("/"):
            yield f"{term.address}feed/", f"/{feed_path(slug)}"


def _all_terms(blog: OldBlog) -> dict[OldTerm, None]:
    terms = dict.fromkeys(blog.terms)
    return terms | dict.fromkeys(term for post in blog.posts for term in post.terms)


def _uploads(blog: OldBlog, files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for url, file in files.items():
        path = urlsplit(url).path
        if not url.startswith(("http://", "https://")):
            path = url
        elif not blog.url or not same_site(url, blog.url):
            continue
        new = f"/{quote(published_path(file))}"
        if unquote(path) != unquote(new):
            yield path, new


def merged(before: bytes | None, rows: Mapping[str, str], written: Mapping[str, str]) -> bytes:
    """The table with new rows; those of the councillor stay as they are, and come first.

    `written` are the rows that an earlier run wrote. One of them that is gone was deleted by the
    councillor, and one that differs was edited, so both stay so.
    """
    text = (before or b"").decode("utf-8-sig", "replace").replace("\r\n", "\n")
    lines = [line for line in text.split("\n") if line.strip()]
    heading = lines[0] if lines else _COLUMNS
    theirs: list[str] = []
    present: set[str] = set()
    for line in lines[1:]:
        cells = [cell.strip() for cell in next(csv.reader([line]), [])]
        old, new = (*cells, "", "")[:2]
        present.add(old)
        if written.get(old) != new or (len(cells) > 2 and any(cells[2:])):
            theirs.append(line)
    own = {next(csv.reader([line]))[0].strip() for line in theirs}
    ours = [
        (old, new)
        for old, new in rows.items()
        if old not in own and (old in present or old not in written)
    ]
    if not theirs and not ours and before is None:
        return b""
    file = StringIO()
    csv.writer(file, lineterminator="\n").writerows(ours)
    return "".join([f"{line}\n" for line in (heading, *theirs)] + [file.getvalue()]).encode()
