"""Gives each old post a file and an address of its own, or finds the file that it has already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from wardblog.content.files import MARKDOWN
from wardblog.scaffold.old_blog.existing import ExistingPost
from wardblog.scaffold.old_blog.model import OldBlog, OldPost
from wardblog.scaffold.old_blog.remembered import MoveMemory
from wardblog.scaffold.old_blog.titles import free_slug, london, wanted_slug
from wardblog.views.table import FOLDERS

# Posts without a date come last.
_LATEST = "9999"


class Standing(Enum):
    """Where a post stands: not here yet, as this command wrote it, edited, or deleted by hand."""

    NEW = "new"
    OURS = "ours"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPlace:
    """The file, slug and address of an old post; `key` is what it is remembered by.

    `guid` is "" for a post that has none, or the same as another.
    """

    key: str
    guid: str
    old: OldPost
    title: str
    file: str
    slug: str
    address: str
    standing: Standing


def places_of(
    blog: OldBlog,
    titles: Mapping[int, str],
    existing: Mapping[str, ExistingPost],
    memory: MoveMemory,
) -> list[PostPlace]:
    """A place for each post, oldest first; those that are here already keep theirs.

    `titles` are the titles by the number of the post in the blog.
    """
    keyed = _keyed(blog, titles)
    by_guid = {one.guid: one for one in existing.values() if one.guid}
    here = {
        key: found
        for key, guid, _, _ in keyed
        if (found := _found(key, guid, existing, by_guid, memory))
    }
    taken = {one.address.casefold() for one in existing.values() if one.address}
    stems = {one.rpartition(".")[0].casefold() for one in existing}
    places: list[PostPlace] = []
    for key, guid, post, title in keyed:
        if found := here.get(key):
            written = memory.posts.get(key)
            is_ours = written is not None and written.digest == found.digest
            file, slug, address = found.file, found.slug, found.address
            standing = Standing.OURS if is_ours else Standing.EDITED
        elif key in memory.posts:
            file, slug, address, standing = memory.posts[key].file, "", "", Standing.DELETED
        else:
            file, slug, address = _new(post, title, taken, stems)
            standing = Standing.NEW
        places.append(
            PostPlace(
                key=key,
                guid=guid,
                old=post,
                title=title,
                file=file,
                slug=slug,
                address=address,
                standing=standing,
            )
        )
    return places


def _keyed(blog: OldBlog, titles: Mapping[int, str]) -> list[tuple[str, str, OldPost, str]]:
    """The posts with a key and a Guid that no other has, oldest first."""
    found: list[tuple[str, str, OldPost, str]] = []
    seen: set[str] = set()
    for number, post in enumerate(blog.posts):
        guid = post.guid.strip()
        key = guid or next(iter(post.addresses), f"{post.source}:{post.line}")
        count = 1
        while key in seen:
            count += 1
            key = f"{guid or post.source} {count}"
            guid = ""
        seen.add(key)
        found.append((key, guid, post, titles[number]))
    return sorted(found, key=lambda one: (_when(one[2]), one[0]))


def _when(post: OldPost) -> str:
    moment = london(post.moment or post.modified)
    return moment.isoformat() if moment else _LATEST


def _found(
    key: str,
    guid: str,
    existing: Mapping[str, ExistingPost],
    by_guid: Mapping[str, ExistingPost],
    memory: MoveMemory,
) -> ExistingPost | None:
    """The file that a post has already, by its Guid or, without one, by its name."""
    if guid and guid in by_guid:
        return by_guid[guid]
    written = memory.posts.get(key)
    found = existing.get(written.file) if written else None
    return found if found and not found.guid else None


def _new(post: OldPost, title: str, taken: set[str], stems: set[str]) -> tuple[str, str, str]:
    moment = london(post.moment or post.modified)
    wanted = wanted_slug(post, title)
    if post.kind == "page":
        start, name = "", "pages/"
        if wanted in FOLDERS or wanted.isdecimal():
            wanted = f"old-{wanted}"
    else:
        start = f"{moment:%Y/%m}/" if moment else "drafts/"
        name = f"posts/{moment:%Y-%m-%d}-" if moment else "posts/"
    slug = free_slug(wanted, (start, name), taken, stems)
    address = f"{start}{slug}/"
    taken.add(address.casefold())
    stems.add(f"{name}{slug}".casefold())
    return f"{name}{slug}{MARKDOWN[0]}", slug, address


def taken_by(places: Iterable[PostPlace], existing: Mapping[str, ExistingPost]) -> set[str]:
    """All addresses of posts and pages, as they will be."""
    own = {place.address for place in places if place.standing is not Standing.DELETED}
    return {address for address in (*own, *(one.address for one in existing.values())) if address}
