"""The old addresses of posts, which become their header lines `Aliases`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from wardblog.scaffold.old_blog.existing import ExistingPost
from wardblog.scaffold.old_blog.model import OldPicture
from wardblog.scaffold.old_blog.post_targets import FileState, PostTarget
from wardblog.scaffold.old_blog.usable_addresses import in_ascii, same, usable


def aliases_of(
    targets: Sequence[PostTarget],
    existing: Mapping[str, ExistingPost],
    pictures: Iterable[OldPicture],
    taken: Container[str],
) -> dict[str, tuple[str, ...]]:
    """The old addresses of each post by its key, each of them once, and none that is in use.

    `existing` are the posts of the content folder by their files, `pictures` those of the old
    blog, and `taken` the addresses of the new site, in small letters.
    """
    own_files = {target.file for target in targets}
    others = (one for one in existing.values() if one.file not in own_files)
    seen = {same(alias) for one in others for alias in one.aliases}
    of_pages = _pages_of_pictures(pictures)
    aliases: dict[str, tuple[str, ...]] = {}
    for target in targets:
        if target.state is FileState.DELETED:
            continue
        own: list[str] = []
        number = target.old.number
        pages = of_pages.get(number, ()) if number else ()
        for address in map(in_ascii, (*target.old.addresses, *pages)):
            plain = same(address)
            if plain not in seen and usable(address, taken):
                seen.add(plain)
                own.append(address)
        aliases[target.key] = tuple(own)
    return aliases


def taken_addresses(
    targets: Sequence[PostTarget], existing: Mapping[str, ExistingPost]
) -> Iterator[tuple[str, str, str]]:
    """Of each page that cannot have its old address: its file, the address, and who has it."""
    files = {one.address: one.file for one in existing.values() if one.address}
    files |= {one.address: one.file for one in targets if one.address}
    for target in targets:
        old = next(iter(target.old.addresses), "")
        other = files.get(same(old).strip("/") + "/", target.file)
        if other != target.file and target.state is not FileState.DELETED:
            yield target.file, old, other


def _pages_of_pictures(pictures: Iterable[OldPicture]) -> dict[str, list[str]]:
    """The addresses of the pages about pictures, by the number of the post that they belong to."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in pictures:
        if one.page_address and one.post_number:
            found[one.post_number].append(one.page_address)
    return found
