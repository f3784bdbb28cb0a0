"""Checks before a publish: is it the right site and destination, and does any page disappear?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
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
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted

# Removing more than one in four of the live pages at once is probably a mistake.
_MANY = 4
_MOST_LISTED = 20
_OWN_MACHINE = re.compile(rb"//localhost\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the councillor must confirm before the publish goes on, and what she should know."""

    questions: str = ""
    warning: str = ""


def inspect(site: Site, folder: Path, plan: PublishPlan) -> None:
    """Raises `CommandError` if the output has something that must not be published."""
    for post in (*site.posts, *site.pages):
        if post.visibility.is_waiting and index_of(post.address) in plan.manifest.files:
            others = (p for p in (*site.posts, *site.pages) if not p.visibility.is_waiting)
            if post.address not in {p.address for p in others}:
                raise CommandError(
                    f"{post.address} is not published yet, but is in the output folder",
                    'Run "make clean", then run this command again.',
                )
    own = site.url.encode()
    for path in plan.sent:
        text = (folder / path).read_bytes() if is_text(path) else b""
        found = _OWN_MACHINE.search(text.replace(own, b""))
        if found:
            raise CommandError(
                f"{path} contains an address that only works on your own computer: "
                f"{found[0].decode()[2:]}",
                f"Write the address that residents use, such as {site.url}/",
            )


def question_about_destination(
    target: Target, live: SiteManifest, site: Identity, may_be_new: bool
) -> str:
    """The question whether the destination is right, if this site was never published to it."""
    if may_be_new and live.site is None:
        return ""
    place = target.destination()
    if live.site and not site.is_same(live.site):
        if live.site.is_sample:
            return ""
        return f"Another site, {live.site}, is already in {place.name}. This one would replace it."
    if live.files or live.site or place.is_own:
        return ""
    return f"Nothing has been published to {place.name} before."


def questions_about_removals(plan: PublishPlan, live: SiteManifest, site: Site) -> Confirmation:
    """The question and warning about pages that residents can read now and this would remove."""
    if not Identity.of(site).is_same(live.site):
        return Confirmation()  # they are of another site
    gone = [path for path in plan.gone if path.endswith(".html")]
    pages = sum(path.endswith(".html") for path in live.files)
    kinds = {path: live.files[path].kind for path in plan.gone}
    unreplaced = [path for path in gone if not ((kind := kinds[path]) and kind.is_derived)]
    questions = []
    if len(gone) * _MANY > pages:
        questions.append(
            f"This would remove {len(gone):,} of the {counted(pages, 'page')} that residents "
            "can read now."
        )
    if unreplaced:
        moved = {post.address: post for post in _moved(plan, site)}
        questions.append(
            f"{counted(len(unreplaced), 'page')} would be removed, and no other page replaces "
            f"{'it' if len(unreplaced) == 1 else 'them'}:\n"
            f"{_list(_with_guess(_address(path), moved) for path in unreplaced)}\n"
            f"If a page has moved, {_remedy(_address(unreplaced[0]))}."
        )
    rest = [p for p, kind in kinds.items() if p not in unreplaced and _is_missed(kind)]
    warning = f"these files will be removed:\n{_list(map(_shown, rest))}" if rest else ""
    return Confirmation("\n".join(questions), warning)


def _remedy(address: str) -> str:
    """How to make an old address redirect, with one of them as the example."""
    if address.startswith("issues/"):
        return f'write its old address under the issue in issues.toml: aliases = ["/{address}"]'
    return f'write its old address in the post or page that replaced it: "Aliases: /{address}"'


def _is_missed(kind: OutputKind | None) -> bool:
    """Whether people may have kept the address of a file."""
    return kind is not None and (kind.is_derived or kind.is_followed)


def _moved(plan: PublishPlan, site: Site) -> Iterator[Post]:
    """The posts and pages that are new at their addresses."""
    new = set(plan.new)
    return (p for p in (*site.posts, *site.pages) if index_of(p.address) in new)


def _with_guess(address: str, moved: Mapping[str, Post]) -> str:
    """The address, and the new page that it probably moved to: one with a similar slug."""
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
    rest = len(lines) - _MOST_LISTED
    return "\n".join(lines if rest <= 0 else [*lines[:_MOST_LISTED], f"  and {rest:,} more"])
