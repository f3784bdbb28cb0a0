"""Gives each old post a file and an address of its own, or finds the file that it has already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from unicodedata import normalize

from wardblog.content.files import MARKDOWN
from wardblog.content.keys import KEYS
from wardblog.scaffold.old_blog.existing import ExistingPost
from wardblog.scaffold.old_blog.model import OldBlog, OldPost
from wardblog.scaffold.old_blog.remembered import MoveMemory
from wardblog.scaffold.old_blog.titles import FreeNames, london, wanted_slug
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import NO_FOLDERS, slugify
from wardblog.views.table import FOLDERS

# The key of a post, its Guid, the post itself and its title.
_Keyed = tuple[str, str, OldPost, str]
# Posts without a date come last.
_LATEST = "9999"


class FileState(Enum):
    """The state of a post's file: not here yet, as this command wrote it, edited, or deleted."""

    NEW = "new"
    OURS = "ours"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTarget:
    """Where an old post goes: its file, slug and address; `key` is what it is remembered by.

    `guid` is "" for a post that has none, or the same as another. `is_withdrawn` is whether it was
    published here and has been made a draft again.
    """

    key: str
    guid: str
    old: OldPost
    title: str
    file: str
    slug: str
    address: str
    state: FileState
    is_withdrawn: bool = False


def targets_of(
    blog: OldBlog,
    titles: Mapping[int, str],
    existing: Mapping[str, ExistingPost],
    memory: MoveMemory,
) -> list[PostTarget]:
    """A target for each post, oldest first; those that are here already keep theirs.

    `titles` are the titles by the number of the post in the blog.
    """
    keyed = _keyed(blog, titles)
    here = _here(keyed, existing, memory)
    free = FreeNames(
        (one.address for one in existing.values() if one.address),
        (one.rpartition(".")[0] for one in existing),
    )
    targets: list[PostTarget] = []
    for key, guid, post, title in keyed:
        written = memory.posts.get(key)
        found = here.get(key)
        if found:
            is_ours = written is not None and written.digest == found.digest
            file, slug, address = found.file, found.slug, found.address
            state = FileState.OURS if is_ours else FileState.EDITED
        elif written:
            file, slug, address, state = written.file, "", "", FileState.DELETED
        else:
            file, slug, address = _new(post, title, free)
            state = FileState.NEW
        targets.append(
            PostTarget(
                key=key,
                guid=guid,
                old=post,
                title=title,
                file=file,
                slug=slug,
                address=address,
                state=state,
                is_withdrawn=bool(found and found.is_draft and written and written.is_public),
            )
        )
    return targets


def _keyed(blog: OldBlog, titles: Mapping[int, str]) -> list[_Keyed]:
    """The posts with a key and a Guid that no other has, oldest first."""
    found: list[_Keyed] = []
    counts: Counter[str] = Counter()
    for number, post in enumerate(blog.posts):
        guid = normalize("NFC", post.guid.strip())
        first = guid or next(iter(post.addresses), f"{_when(post)} {titles[number]}")
        key = first if first not in counts else ""
        while not key or key in counts:
            counts[first] += 1
            key, guid = f"{first} {counts[first]}", ""
        counts[key] += 1
        found.append((key, guid, post, titles[number]))
    return sorted(found, key=lambda one: (_when(one[2]), one[0]))


def _when(post: OldPost) -> str:
    moment = london(post.moment or post.modified)
    return moment.isoformat() if moment else _LATEST


def _here(
    keyed: Sequence[_Keyed], existing: Mapping[str, ExistingPost], memory: MoveMemory
) -> dict[str, ExistingPost]:
    """The files that posts have already, by the keys of the posts.

    A post is recognised by its Guid. One that has none in its file is by what was remembered or,
    without that, by its title and date.
    """
    by_guid = {one.guid: one for one in existing.values() if one.guid}
    here: dict[str, ExistingPost] = {}
    for key, guid, _, _ in keyed:
        written = memory.posts.get(key)
        named = existing.get(written.file) if written else None
        if found := by_guid.get(guid) or (named if named and not named.guid else None):
            here[key] = found
    known = {one.file for one in here.values()}
    nameless: dict[object, list[ExistingPost]] = defaultdict(list)
    for one in reversed([*existing.values()]):
        if not one.guid and one.file not in known:
            is_page = one.file.startswith("pages/")
            nameless[is_page, None if is_page else one.moment, slugify(one.title)].append(one)
    for key, guid, post, title in keyed:
        if key in here or key in memory.posts or (guid and KEYS["Guid"].accepts(guid)):
            continue
        is_page = post.kind == "page"
        if same := nameless.get((is_page, None if is_page else _minute(post), slugify(title))):
            here[key] = same.pop()
    return here


def _minute(post: OldPost) -> datetime | None:
    """The moment of a post as its line `Date` has it."""
    moment = london(post.moment or post.modified)
    return moment.replace(second=0, microsecond=0) if moment else None


def _new(post: OldPost, title: str, free: FreeNames) -> tuple[str, str, str]:
    """A file, slug and address of its own."""
    moment = london(post.moment or post.modified)
    wanted = wanted_slug(post, title)
    if post.kind == "page":
        start, name = "", "pages/"
        is_unfit = wanted in FOLDERS or wanted.isdecimal() or wanted in NO_FOLDERS
    else:
        start = f"{moment:%Y/%m}/" if moment else "drafts/"
        name = f"posts/{moment:%Y-%m-%d}-" if moment else "posts/"
        is_unfit = wanted in NO_FOLDERS
    slug = free.take(f"old-{wanted}" if is_unfit else wanted, start, name)
    return f"{name}{slug}{MARKDOWN[0]}", slug, f"{start}{slug}/"


def taken_by(targets: Iterable[PostTarget], existing: Mapping[str, ExistingPost]) -> set[str]:
    """All addresses of posts and pages, as they will be."""
    own = {target.address for target in targets if target.state is not FileState.DELETED}
    return {address for address in (*own, *(one.address for one in existing.values())) if address}
