"""The table of old addresses that belong to no post: lists of posts, feeds and uploads."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from wardblog.content.redirects import COLUMNS
from wardblog.model.addresses import EVERYTHING, FeedFormat, feed_path
from wardblog.scaffold.old_blog.archive_rows import archive_rows
from wardblog.scaffold.old_blog.model import OldBlog
from wardblog.scaffold.old_blog.names import NameTable
from wardblog.scaffold.old_blog.term_rows import term_rows
from wardblog.scaffold.old_blog.usable_addresses import in_ascii, same, usable
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import encoding_of

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


def can_be_added_to(before: bytes | None) -> bool:
    """Whether the table has the two columns; one that has not is left to the checks."""
    return not (before or b"").strip() or _Sheet.of(before or b"") is not None


def merged(before: bytes | None, rows: Mapping[str, str], written: Mapping[str, str]) -> bytes:
    """The table with new rows at its end; every other line stays byte for byte as it is.

    `written` are the rows that an earlier run wrote: only of these is one changed or removed. One
    that is gone was deleted by the councillor, and one that differs was edited, so both stay so.
    Encoding, line ends, separator and further columns stay as a spreadsheet program left them.
    """
    if not (before or b"").strip():
        return _fresh({old: new for old, new in rows.items() if old not in written}, before)
    sheet = _Sheet.of(before or b"")
    if sheet is None:
        return before or b""
    lines = [sheet.lines[0]]
    present: set[str] = set()
    for line in sheet.lines[1:]:
        cells = sheet.cells(line)
        old, new = cells[sheet.old], cells[sheet.new]
        is_ours = bool(old) and written.get(old) == new and sum(map(bool, cells)) == len(COLUMNS)
        present.add(old)
        if not is_ours or rows.get(old) == new:
            lines.append(line)
        elif old in rows:
            lines.append(sheet.line(old, rows[old]))
    added = [
        sheet.line(old, new)
        for old, new in rows.items()
        if old not in present and old not in written
    ]
    if added and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += sheet.end
    return sheet.mark + "".join((*lines, *added)).encode(sheet.codec, "surrogatepass")


def _fresh(rows: Mapping[str, str], before: bytes | None) -> bytes:
    """A table that has only these rows; without any, as it was."""
    if not rows:
        return before or b""
    file = StringIO()
    csv.writer(file, lineterminator="\n").writerows((COLUMNS, *rows.items()))
    return file.getvalue().encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A table as it is in its file: `lines` with their ends, and where its two columns are."""

    mark: bytes
    codec: str
    end: str
    separator: str
    heading: Sequence[str]
    lines: Sequence[str]

    @classmethod
    def of(cls, data: bytes) -> _Sheet | None:
        """The table; None if it cannot be read, or has not each of the two columns once."""
        mark, codec = encoding_of(data)
        try:
            text = data[len(mark) :].decode(codec, "surrogatepass")
        except UnicodeDecodeError:
            return None
        lines = list(_records(text))
        separator = max(",;\t", key=lines[0].count)
        heading = [cell.casefold() for cell in _cells(lines[0], separator)]
        if any(heading.count(name) != 1 for name in COLUMNS):
            return None
        return cls(
            mark=mark,
            codec=codec,
            end="\r\n" if "\r\n" in text else "\n",
            separator=separator,
            heading=heading,
            lines=lines,
        )

    @property
    def old(self) -> int:
        return self.heading.index(COLUMNS[0])

    @property
    def new(self) -> int:
        return self.heading.index(COLUMNS[1])

    def cells(self, line: str) -> list[str]:
        """The cells of a line, at least one for each column."""
        cells = _cells(line, self.separator)
        return cells + [""] * (len(self.heading) - len(cells))

    def line(self, old: str, new: str) -> str:
        """A row in the form of this table."""
        file = StringIO()
        values = dict(zip(COLUMNS, (old, new), strict=True))
        writer = csv.writer(file, delimiter=self.separator, lineterminator=self.end)
        writer.writerow([values.get(name, "") for name in self.heading])
        return file.getvalue()


def _records(text: str) -> Iterator[str]:
    """The lines of a table with their ends; a quoted cell may have several."""
    record = ""
    for line in StringIO(text, newline=""):
        record += line
        if record.count('"') % 2 == 0:
            yield record
            record = ""
    if record:
        yield record


def _cells(line: str, separator: str) -> list[str]:
    try:
        found = next(csv.reader(StringIO(line, newline=""), delimiter=separator), [])
    except csv.Error:
        return []  # it is not one that this command wrote
    return [cell.strip() for cell in found]
