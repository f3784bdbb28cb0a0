"""What is looked at before anything is sent: that it is the right site, and that no link dies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from wardblog.model import Post, Site
from wardblog.model.addresses import index_of
from wardblog.model.media_types import is_text
from wardblog.model.outputs import OutputKind
from wardblog.problems import nearest
from wardblog.publish.identity import Identity
from wardblog.publish.manifest import SiteManifest
from wardblog.publish.plan import PublishPlan
from wardblog.publish.target import CommandError, Target
from wardblog.text.words import counted

# Of the live pages: more than one in four going at once is rather a mistake than a wish.
_MANY = 4
_MOST_TOLD = 20
_OWN_MACHINE = re.compile(rb"//localhost\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a councillor must have meant for the publish to go on, and what she should know."""

    asks: str = ""
    warns: str = ""


def inspect(site: Site, folder: Path, plan: PublishPlan) -> None:
    """Raises `CommandError` where the output has what must not go out."""
    for post in (*site.posts, *site.pages):
        if post.visibility.is_waiting and index_of(post.address) in plan.manifest.files:
            others = (p for p in (*site.posts, *site.pages) if not p.visibility.is_waiting)
            if post.address not in {p.address for p in others}:
                raise CommandError(
                    f"{post.address} is not to be seen yet, but is in the output folder",
                    'Run "make clean", and then this command again.',
                )
    own = site.url.encode()
    for path in plan.sent:
        text = (folder / path).read_bytes() if is_text(path) else b""
        found = _OWN_MACHINE.search(text.replace(own, b""))
        if found:
            raise CommandError(
                f"{path} has an address in it that works on your own machine only: "
                f"{found[0].decode()[2:]}",
                f"Write the address that residents use, as in {site.url}/",
            )


def question_about_destination(
    target: Target, live: SiteManifest, site: Identity, may_be_new: bool
) -> str:
    """Whether the place is meant, where this site has never been published to it."""
    if may_be_new and live.site is None:
        return ""
    place = target.place()
    if live.site and not site.is_same(live.site):
        if live.site.is_sample:
            return ""
        return f"In {place.name} is another site, {live.site}; this one would take its place."
    if live.files or live.site or place.is_own:
        return ""
    return f"Nothing was published to {place.name} before."


def questions_about_removals(plan: PublishPlan, live: SiteManifest, site: Site) -> Confirmation:
    """Pages that residents can read now, and that this publish would take away."""
    if not Identity.of(site).is_same(live.site):
        return Confirmation()  # they are of another site
    gone = [path for path in plan.gone if path.endswith(".html")]
    pages = sum(path.endswith(".html") for path in live.files)
    kinds = {path: live.files[path].kind for path in plan.gone}
    unreplaced = [path for path in gone if not ((kind := kinds[path]) and kind.is_derived)]
    asks = []
    if len(gone) * _MANY > pages:
        asks.append(
            f"This would take away {len(gone):,} of the {counted(pages, 'page')} that residents "
            "can read now."
        )
    if unreplaced:
        moved = {post.address: post for post in _moved(plan, site)}
        asks.append(
            f"{counted(len(dying), 'page')} would be gone, and nobody who has the link would be "
            f"led on:\n{_list(_told(_address(path), moved) for path in dying)}\n"
            f"Where one has moved, {_remedy(_address(dying[0]))}."
        )
    rest = [p for p, kind in kinds.items() if p not in unreplaced and _is_missed(kind)]
    warns = f"these will not be there any more:\n{_list(map(_shown, rest))}" if rest else ""
    return Confirmation("\n".join(asks), warns)


def _remedy(address: str) -> str:
    """How an old address leads on, with one as the example."""
    if address.startswith("issues/"):
        return f'write its old address under the issue in issues.toml: aliases = ["/{address}"]'
    return f'write its old address into the post or page that took its place: "Aliases: /{address}"'


def _is_missed(kind: OutputKind | None) -> bool:
    """Whether people may have kept the address of a file."""
    return kind is not None and (kind.is_derived or kind.is_followed)


def _moved(plan: PublishPlan, site: Site) -> Iterator[Post]:
    """The posts and pages that are new at their addresses."""
    new = set(plan.new)
    return (p for p in (*site.posts, *site.pages) if index_of(p.address) in new)


def _told(address: str, moved: Mapping[str, Post]) -> str:
    """The address, and where it may have gone: to one that ends alike."""
    by_slug = {_slug(new): new for new in moved}
    best = nearest(_slug(address), by_slug)
    guess = f" (now /{by_slug[best]}, in {{content}}/{moved[by_slug[best]].file}?)" if best else ""
    return f"/{address}{guess}"


def _slug(address: str) -> str:
    return address.strip("/").rsplit("/", 1)[-1]


def _address(path: str) -> str:
    return path.removesuffix("index.html")


def _shown(path: str) -> str:
    return f"/{_address(path)}"


def _list(addresses: Iterable[str]) -> str:
    lines = [f"  {address}" for address in addresses]
    rest = len(lines) - _MOST_TOLD
    return "\n".join(lines if rest <= 0 else [*lines[:_MOST_TOLD], f"  and {rest:,} more"])
