"""The table of old addresses that belong to no post: lists of posts, feeds and uploads."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from wardblog.model.addresses import EVERYTHING, FeedFormat, feed_path
from wardblog.scaffold.old_blog.archive_rows import archive_rows
from wardblog.scaffold.old_blog.model import OldBlog
from wardblog.scaffold.old_blog.names import NameTable
from wardblog.scaffold.old_blog.old_paths import in_ascii, same, usable
from wardblog.scaffold.old_blog.term_rows import term_rows

REDIRECTS_FILE = "redirects.csv"
_COLUMNS = "old,new"
# How the feeds of comments are called, which have no new address.
_COMMENTS = "/comments/"


def wanted_rows(
    blog: OldBlog,
    names: NameTable,
    uploads: Iterable[tuple[str, str]],
    taken: frozenset[str],
    aliases: Iterable[str],
) -> dict[str, str]:
    """Each old address with the new one, sorted; `uploads` are the rows of old files.

    An address that stays as it is needs no row.
    """
    own = {same(alias) for alias in aliases}
    rows: dict[str, str] = {}
    found = (*_feeds(blog), *term_rows(blog, names), *archive_rows(blog), *uploads)
    # What is now the page of another tag, issue, month or year.
    kept = {same(new).casefold() for _, new in found}
    for written, new in found:
        old = in_ascii(written)
        if same(old) not in own and same(old).casefold() not in kept and usable(old, taken):
            own.add(same(old))
            rows[old] = new
    return dict(sorted(rows.items()))


def _feeds(blog: OldBlog) -> Iterator[tuple[str, str]]:
    for feed in blog.feeds:
        if _COMMENTS not in feed:
            yield feed, f"/{feed_path(EVERYTHING, _format_of(feed))}"


def _format_of(feed: str) -> FeedFormat:
    """A feed in the same format: only then do feed readers recognise what they have."""
    path = feed.casefold()
    if "json" in path:
        return FeedFormat.JSON
    is_atom = "atom" in path or path.endswith("/feed.xml")  # of Jekyll and Eleventy
    is_atom = is_atom or ("/feeds/posts" in path and "alt=rss" not in path)
    return FeedFormat.ATOM if is_atom else FeedFormat.RSS


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
