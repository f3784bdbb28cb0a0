"""A publish as it is shown before it happens, and the digest by which it is recognised later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from wardblog.model import Visibility
from wardblog.model.addresses import index_of
from wardblog.model.digests import Digests
from wardblog.model.events import LONDON
from wardblog.model.outputs import OutputKind
from wardblog.publish.identity import Identity
from wardblog.publish.manifest import FileEntry, SiteManifest
from wardblog.publish.pending import pending_changes
from wardblog.publish.preflight import Confirmation
from wardblog.publish.publication import Publication
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import clock, counted, long_date

# From how many changed pages on one reason for all of them is looked for.
_MANY = 5
# Pages that residents come to read; the others only lead somewhere else.
_READ = frozenset((OutputKind.PAGE, OutputKind.INDEX, OutputKind.LIST))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlan:
    """What a publish would do, for a page or another program.

    `digest` covers all that is sent and removed, where it goes, and what is asked: two plans with
    the same digest do the same.
    """

    digest: str
    sentence: str
    values: Mapping[str, object]

    @classmethod
    def of(cls, publication: Publication, confirmation: Confirmation, settings: Path) -> ShownPlan:
        plan, site = publication.plan, publication.site
        files = {**publication.live.files, **plan.manifest.files}
        titles = {index_of(post.address): post.title for post in (*site.posts, *site.pages)}
        groups = {"new": plan.new, "changed": plan.changed, "gone": plan.gone}
        names = {issue.slug: issue.name for issue in site.issues}
        pages = {name: pages_of(paths, files, titles, names) for name, paths in groups.items()}
        others = {name: len(paths) - len(pages[name]) for name, paths in groups.items()}
        sentence = sentence_of({name: len(found) for name, found in pages.items()}, others)
        identity = Identity.of(site)
        values: dict[str, object] = {
            "version": 1,
            "is_empty": plan.is_empty,
            "pages": pages,
            "others": others,
            "size": plan.size,
            "lines": plan.lines(),
            "reason": _reason(publication, len(pages["changed"]), settings),
            "questions": confirmation.questions,
            "warning": confirmation.warning,
            "where": publication.target.where(),
            "to": site.publish.to,
            "url": f"{site.url}/",
            "is_example": identity.is_example,
            "is_sample": identity.is_sample,
            "is_new": publication.live.site is None and not publication.live.files,
            "live_since": live_since(publication.live),
            "later": pending_changes(site),
            "drafts": sum(
                post.visibility is Visibility.DRAFT for post in (*site.posts, *site.pages)
            ),
        }
        return cls(digest=plan_digest(publication, confirmation), sentence=sentence, values=values)

    def as_json(self) -> dict[str, object]:
        return {"digest": self.digest, "sentence": self.sentence, **self.values}


def plan_digest(publication: Publication, confirmation: Confirmation) -> str:
    """The digest of all that a publish would do; times of files make no difference."""
    plan = publication.plan
    files = plan.manifest.files
    live = publication.live
    return (
        Digests()
        .of(
            publication.target.destination().name,
            replace(publication.site.publish, line=None),
            Identity.of(publication.site),
            live.site,
            [(path, files[path].digest) for path in plan.new],
            [(path, files[path].digest, live.files[path].digest) for path in plan.changed],
            [(path, live.files[path].digest) for path in plan.gone],
            confirmation.questions,
            confirmation.warning,
        )
        .hex()
    )


def live_since(live: SiteManifest) -> str:
    """When the live site last changed, as in `3 November 2026, 6.30pm`; empty if there is none."""
    if not live.files:
        return ""
    newest = max(entry.mtime for entry in live.files.values())
    moment = datetime.fromtimestamp(newest, LONDON)
    return f"{long_date(moment.date())}, {clock(moment)}"


def pages_of(
    paths: Iterable[str],
    files: Mapping[str, FileEntry],
    titles: Mapping[str, str],
    names: Mapping[str, str],
) -> list[dict[str, str]]:
    """The pages among files: those with a title in the order of `titles`, then the others.

    `names` gives the words for parts of an address, such as the name of an issue.
    """
    order = {path: number for number, path in enumerate(titles)}
    found = sorted(
        (path for path in paths if _is_read(path, files)),
        key=lambda path: order.get(path, len(order)),
    )
    addresses = ((path, path.removesuffix("index.html")) for path in found)
    return [
        {
            "address": f"/{address}",
            "title": titles.get(path, ""),
            "words": _words_of(address, names),
        }
        for path, address in addresses
    ]


def _is_read(path: str, files: Mapping[str, FileEntry]) -> bool:
    return path.endswith(".html") and (files[path].kind in _READ or files[path].kind is None)


def _words_of(address: str, names: Mapping[str, str]) -> str:
    """An address in words, such as `Map: street lighting` for `map/street-lighting/`."""
    parts = address.removesuffix(".html").strip("/").split("/")
    words = [names.get(part, part.replace("-", " ")) for part in parts if part]
    text = ": ".join(words)
    return text[:1].upper() + text[1:] if text else "The first page"


def _reason(publication: Publication, changed: int, settings: Path) -> str:
    """Why nearly every page changes; empty if only some do."""
    before, after = publication.live.files, publication.plan.manifest.files
    both = sum(path in before and _is_read(path, after) for path in after)
    if changed < _MANY or changed * 10 < both * 9:
        return ""
    with suppress(OSError):
        if settings.stat().st_mtime > max(entry.mtime for entry in before.values()):
            return "Your settings have changed, so nearly every page does."
    return "Something that is on nearly every page has changed."


def sentence_of(pages: Mapping[str, int], others: Mapping[str, int]) -> str:
    """`3 new pages, 2 changed, 1 removed, and 14 other files`."""
    words = {"new": "new", "changed": "changed", "gone": "removed"}
    parts: list[str] = []
    for name, number in pages.items():
        if number and not parts:
            noun = "page" if number == 1 else "pages"
            parts.append(f"{number:,} {words[name]} {noun}")
        elif number:
            parts.append(f"{number:,} {words[name]}")
    rest = sum(others.values())
    other = counted(rest, "other file" if parts else "file")
    if not parts:
        return other if rest else "nothing"
    comma = "," if len(parts) > 1 else ""
    return ", ".join(parts) + (f"{comma} and {other}" if rest else "")
