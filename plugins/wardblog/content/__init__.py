"""Reads the content folder into one `Site`, with the problems found in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from wardblog.content.base_site import (
    cacheable,
    cached_base_site,
    declared_issues,
    quarters_ahead,
    read_base_site,
    read_settings_of,
    read_where_published_of,
)
from wardblog.content.cache import CachedReading, ContentCache, ContentIndex
from wardblog.content.files import Folder, scan, sources, unchanged_fingerprint
from wardblog.content.markdown.markup import Markup
from wardblog.content.moments import last_moment
from wardblog.content.other_files import check_files, leads_outside, unusable_names
from wardblog.content.picture_versions import sized_picture
from wardblog.content.pictures import IMAGES, Pictures, Share
from wardblog.content.posts import ContentReader
from wardblog.content.references import referrers
from wardblog.model import Councillor, Picture, Site
from wardblog.model.digests import digest_of
from wardblog.model.events import LONDON
from wardblog.model.gazetteer import WITHOUT_GAZETTEER
from wardblog.problems import Problem, Severity
from wardblog.support.late_dataclass import dataclass

__all__ = [
    "ContentCache",
    "Reading",
    "declared_issues",
    "read_settings_of",
    "read_site",
    "read_where_published_of",
]

# Maps a function over files, in this process or in several; the results are in order.
Apply = Callable[[Callable[[str], CachedReading], Sequence[str]], Iterable[CachedReading]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The result of reading the content; the site is complete only if no problem stops it.

    `cache` is for the next run, `read` names the posts and pages that were not in the cache, and
    `folder` lists the files of the content folder.
    """

    site: Site
    problems: tuple[Problem, ...]
    cache: ContentCache
    read: frozenset[str]
    folder: Folder


def read_site(
    content: Path,
    today: date,
    markdown: Mapping[str, Any],
    cache: ContentCache | None = None,
    apply: Apply = map,
    folder: Folder | None = None,
    share: Share = map,
    named: frozenset[str] = frozenset(),
    moment: datetime | None = None,
) -> Reading:
    """Read a whole content folder. `markdown` is Pelican's MARKDOWN setting.

    From `cache` only what is still valid is used. `apply` maps the reader over posts and `share`
    over pictures; `folder` is the list of files, if it was scanned already; `named` are the files
    that the theme shows. Posts dated later than `moment` are held back; without it, later than
    today.
    """
    cache = cache or ContentCache()
    folder = folder or scan(content)
    known_base = cached_base_site(cache.base_site, content, folder)
    base_site = known_base or read_base_site(content, folder)
    problems = [*base_site.problems, *unusable_names(folder)]
    site = replace(
        base_site.site,
        files=frozenset(folder.shown),
        named_files=base_site.site.named_files | named,
        today=today,
    )
    problems += quarters_ahead(site)
    environment = _environment(site, markdown)
    pictures = Pictures(content, folder, cache.pictures)
    pictures.all_of((f for f in folder.shown if f.startswith(IMAGES)), share)
    site = replace(site, councillors=_with_portraits(site.councillors, pictures))
    content_index = ContentIndex(folder, site, pictures)
    now = moment or datetime.combine(today, time.max, LONDON)
    known = cache.posts if cache.environment == environment else {}
    kept = _unchanged_readings(known, content, folder, content_index, now)
    files = [*sources(folder.shown, "posts"), *sources(folder.shown, "pages")]
    wanted = [file for file in files if file not in kept]
    if wanted:
        reader = ContentReader(content, content_index, _author(site), site, now, Markup(markdown))
        kept.update(zip(wanted, apply(reader.read, wanted), strict=True))
    found = {file: kept[file] for file in files}
    problems += [p for one in found.values() for p in one.problems if not _is_unsure(p, site)]
    site = _with_posts(site, found)
    needed = referrers(site).keys()
    pictures.all_of(needed, share)
    others = needed - pictures.inspected.keys()
    checked_files = check_files(content, folder, cache.checked_files, others)
    lists = {one.file for issue in site.issues for d in issue.datasets
             for one in (d, d.previous) if one}  # fmt: skip
    problems += [p for one in checked_files.values() for p in one.problems
                 if p.severity is Severity.STOP or p.file not in lists]  # fmt: skip
    if folder.leaving:  # other problems may only be due to the links that were not followed
        problems = [leads_outside(name, target) for name, target in folder.leaving.items()]
    return Reading(
        site=replace(
            site,
            pictures={file: one.picture for file, one in pictures.inspected.items()},
            inspected={f: one.inspected for f, one in checked_files.items() if one.inspected},
            moment=last_moment(site, moment) if moment else None,
        ),
        problems=tuple(problems),
        cache=ContentCache(
            environment=environment,
            posts=found,
            base_site=cacheable(base_site),
            checked_files=checked_files,
            pictures=pictures.inspected,
        ),
        read=frozenset(wanted),
        folder=folder,
    )


def _is_unsure(problem: Problem, site: Site) -> bool:
    """Whether it only says that there is no gazetteer, while ward.toml could not be read."""
    return (
        WITHOUT_GAZETTEER in problem.message
        and not site.settings_known
        and not site.gazetteer.streets
    )


def _with_portraits(
    councillors: tuple[Councillor, ...], pictures: Pictures
) -> tuple[Councillor, ...]:
    """The councillors with their photographs, as far as those can be published."""
    return tuple(
        replace(one, portrait=sized_picture(one.photo, Picture(*shape)))
        if one.photo and (shape := pictures.shape(one.photo))
        else one
        for one in councillors
    )


def _author(site: Site) -> str:
    """Who wrote a post that does not say."""
    return site.councillors[0].name if site.councillors else ""


def _environment(site: Site, markdown: Mapping[str, Any]) -> bytes:
    """A digest of what the reading of every post depends on."""
    decides = any(one.planning_committee for one in site.councillors)
    streets = [(street.name, street.slug) for street in site.gazetteer.streets]
    areas = sorted({postcode.name[:2] for postcode in site.gazetteer.postcodes})
    home = (site.ward.name, site.ward.council, site.gazetteer.places, areas) if streets else ()
    parts = (
        _author(site), decides, site.url, site.ward.in_ireland, sorted(markdown.items()), streets,
        home,
    )  # fmt: skip
    return digest_of(repr(parts).encode())


def _unchanged_readings(
    known: Mapping[str, CachedReading],
    content: Path,
    folder: Folder,
    content_index: ContentIndex,
    moment: datetime,
) -> dict[str, CachedReading]:
    """Return the cached readings that are still valid."""
    now, found = moment.timestamp(), {}
    for file, signature in folder.shown.items():
        one = known.get(file)
        if one is None or not (one.since <= now < one.until):
            continue
        seen = unchanged_fingerprint(one.fingerprint, content, file, signature)
        if seen is None or not content_index.still(one.answers):
            continue
        found[file] = one if seen is one.fingerprint else one._replace(fingerprint=seen)
    return found


def _with_posts(site: Site, found: Mapping[str, CachedReading]) -> Site:
    read = [one.post for one in found.values() if one.post is not None]
    pages = tuple(p for p in read if p.file.startswith("pages/"))
    posts = sorted((p for p in read if p.file.startswith("posts/")), key=lambda p: p.file)
    posts.sort(key=lambda p: p.date, reverse=True)
    return replace(site, posts=tuple(posts), pages=pages)
