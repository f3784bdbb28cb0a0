"""Old addresses of posts, pages, issues, feeds and files: pages that forward, and redirects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from urllib.parse import quote

from wardblog.model import Site
from wardblog.model.addresses import (
    FeedFormat,
    Move,
    feed_names,
    feed_path,
    index_of,
    moves,
    split_query,
)
from wardblog.model.outputs import OutputKind
from wardblog.model.redirects import feed_copy_path, page_path, with_small_escapes
from wardblog.photos import published_path
from wardblog.views.output import EMPTY_SITE, Output, Page, Values, small_file, without_posts
from wardblog.views.sharing import shared_picture

# Whether the site has a file at a path.
Exists = Callable[[str], bool]
_FEEDS = "feeds/"


def old_addresses(site: Site, exists: Exists) -> Iterator[Output]:
    """A list for hosts that redirect, and pages that forward at once, for those that do not."""
    found = all_moves(site, exists)
    if redirected := redirects(site, found):
        lines = "".join(_lines(redirected)).encode()
        yield small_file("_redirects", OutputKind.HOST, EMPTY_SITE, lines)
    yield from _pages(site, found)


def all_moves(site: Site, exists: Exists) -> tuple[Move, ...]:
    """The old addresses that lead to a page or file of the site: those of posts come first."""
    own = tuple(moves(site))
    if not site.redirects:
        return own
    titles = {
        "": site.title,
        **{f"issues/{issue.slug}/": issue.name for issue in site.issues},
        **{post.address: post.title for post in (*site.posts, *site.pages)},
    }
    others = (
        Move(old, address, titles.get(address) or f"/{address}", part)
        for old, address, part in _in_table(site, own)
        if exists(index_of(address))
    )
    return (*own, *others)


def _in_table(site: Site, own: Iterable[Move]) -> Iterator[tuple[str, str, str]]:
    """The lines of redirects.csv: the old address, the new one, and the part of that page.

    A line may lead to another old address, which leads on. Addresses have no leading slash.
    """
    moved = {f"/{move.old}": f"/{move.address}" for move in own}
    table = {row.old: row.new for row in site.redirects}
    for row in site.redirects:
        address, _, part = row.new.partition("#")
        while address in table:
            address, _, part = table[address].partition("#")
        address = moved.get(address, address).lstrip("/")
        # Pictures may get another ending when they are published.
        yield row.old.lstrip("/"), published_path(address), part


def redirects(site: Site, found: Iterable[Move]) -> Mapping[str, str]:
    """The new address of each old one; both begin with the site's base path, and are encoded."""
    base = f"{site.base_path}/"
    encoded = {_encoded(move.old): _encoded(move.address, move.part) for move in found}
    feeds = {_encoded(old): _encoded(new) for old, new in _moved_feeds(site, found).items()}
    return MappingProxyType(
        {f"{base}{old}": f"{base}{new}" for old, new in {**feeds, **encoded}.items()}
    )


def _encoded(address: str, part: str = "") -> str:
    path, query = split_query(address)
    return quote(path) + (f"?{query}" if query else "") + (f"#{quote(part)}" if part else "")


def _moved_feeds(site: Site, found: Iterable[Move]) -> dict[str, str]:
    """Redirects for the feeds of renamed issues, so that subscribers keep receiving them."""
    now = feed_names(site)
    slugs = {
        move.old.split("/")[1]: move.address.split("/")[1]
        for move in found
        if move.old.count("/") == 2
        and move.old.startswith("issues/")
        and move.address.startswith("issues/")
    }
    return {
        feed_path(old, form): feed_path(new, form)
        for old, new in slugs.items()
        if old not in now
        for form in FeedFormat
    }


def _lines(redirected: Mapping[str, str]) -> Iterator[str]:
    """The lines of `_redirects`; where a host takes only so many, the first ones count.

    Those with a query come last, since only Netlify understands them; before the others are those
    whose path alone leads elsewhere. Hosts compare addresses as they are written, so one with
    escapes is there with capital and with small letters.
    """
    plain = {old: new for old, new in redirected.items() if "?" not in old}
    small = {with_small_escapes(old): new for old, new in plain.items()}
    queries = {old: new for old, new in redirected.items() if "?" in old}
    first = {old: new for old, new in queries.items() if old.partition("?")[0] in plain}
    for old, new in {**first, **plain, **small, **queries}.items():
        path, mark, query = old.partition("?")
        # Where there is a page, Netlify redirects only with an exclamation mark.
        yield f"{path} {query.replace('&', ' ')} {new} 301!\n" if mark else f"{old} {new} 301\n"


def _pages(site: Site, found: Iterable[Move]) -> Iterator[Page]:
    """One page for each new address, which is at all its old ones."""
    own = without_posts(site)
    rows = {row.old.lstrip("/"): row for row in site.redirects}
    for move, olds in _by_target(found).items():
        first, *others = olds
        in_table = tuple(rows[old] for old in olds.values() if old in rows)
        yield Page(
            path=first,
            copies=tuple(others),
            kind=OutputKind.MOVED,
            site=replace(own, redirects=in_table),
            extra=(move, tuple(others)),
            address=move.address,
            template="moved",
            values=partial(_values, move=move),
        )


def _by_target(found: Iterable[Move]) -> dict[Move, dict[str, str]]:
    """The paths of the pages that lead to each new address, with the old address of each."""
    feeds, pages = set[str](), dict[str, Move]()
    for move in found:
        if move.address.startswith(_FEEDS) and (path := feed_copy_path(move.old)):
            feeds.add(path)
        elif path := page_path(move.old):
            pages.setdefault(path, move)
    files = _files((*feeds, *pages))
    grouped: dict[Move, dict[str, str]] = {}
    for path, move in pages.items():
        if not (files and _is_below(path, files)):
            grouped.setdefault(replace(move, old=""), {})[path] = move.old
    return grouped


def _files(paths: Iterable[str]) -> frozenset[str]:
    """The paths at old addresses that are not folders, so that no other can be below them."""
    return frozenset(path for path in paths if not path.endswith("index.html"))


def _is_below(path: str, files: frozenset[str]) -> bool:
    return any(path[:at] in files for at, sign in enumerate(path) if sign == "/")


def _values(part: Site, move: Move) -> Values:
    return {"target": move, "card": shared_picture(part)}


def feed_copies(site: Site) -> Mapping[str, tuple[str, ...]]:
    """The old addresses of each feed, as the paths of copies: feed readers follow no page.

    A server that can redirect does, and never sends a copy.
    """
    found: dict[str, list[str]] = {}
    taken: set[str] = set()
    for old, address, _ in _in_table(site, moves(site)):
        path = feed_copy_path(old) if address.startswith(_FEEDS) else ""
        if path and path not in taken:
            taken.add(path)
            found.setdefault(address, []).append(path)
    files = _files(taken)
    return {
        address: tuple(path for path in paths if not _is_below(path, files))
        for address, paths in found.items()
    }
