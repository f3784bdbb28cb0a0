"""Reads the content folder into one `Site`, with the problems found in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from operator import is_
from pathlib import Path
from typing import Any

from wardblog.content.base_site import (
    cacheable,
    cached_base_site,
    declared_issues,
    read_base_site,
    read_settings_of,
    read_where_published_of,
)
from wardblog.content.cache import (
    CachedReading,
    CheckedFile,
    ContentCache,
    ContentIndex,
    WholeReading,
)
from wardblog.content.files import (
    CASEWORK_FILE,
    FileFingerprint,
    Folder,
    scan,
    sources,
    unchanged_fingerprint,
)
from wardblog.content.markdown.markup import Markup
from wardblog.content.moments import NEVER, last_moment
from wardblog.content.other_files import check_files, leads_outside, unusable_names
from wardblog.content.picture_versions import sized_picture
from wardblog.content.pictures import IMAGES, Pictures, Share
from wardblog.content.posts import ContentReader
from wardblog.content.references import referrers
from wardblog.model import Councillor, Picture, Post, Site
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

# In place of a reading that there is not.
_NOTHING = CachedReading(
    fingerprint=FileFingerprint((-1, 0, 0, 0), False, b""), since=0, until=0, answers=(), post=None,
    problems=(),
)  # fmt: skip
# Maps a function over files, in this process or in several; the results are in order.
Apply = Callable[[Callable[[str], CachedReading], Sequence[str]], Iterable[CachedReading]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The result of reading the content; the site is complete only if no problem stops it.

    `cache` is for the next run, `read` names the posts and pages that were not in the cache,
    `renewed` those that were and whose files have another time, and `folder` lists the files of
    the content folder.
    """

    site: Site
    problems: tuple[Problem, ...]
    cache: ContentCache
    read: frozenset[str]
    renewed: frozenset[str]
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
    before = cache.whole if cache.whole and cache.whole.has_files_of(folder) else None
    files = before.files if before else frozenset(folder.shown)
    base_site = cached_base_site(cache.base_site, content, folder, files)
    base_site = base_site or read_base_site(content, folder)
    site = _with_files(base_site.site, files, named, today)
    problems = [*base_site.problems, *unusable_names(folder), *_quarters_ahead(site)]
    environment = _environment(site, markdown)
    pictures = Pictures(content, folder, cache.pictures)
    pictures.all_of((f for f in folder.shown if f.startswith(IMAGES)), share)
    site = replace(site, councillors=_with_portraits(site.councillors, pictures))
    content_index = ContentIndex(folder, site, pictures)
    now = moment or datetime.combine(today, time.max, LONDON)
    known = cache.posts if cache.environment == environment else {}
    before = before if before and known and before.holds(content_index, now) else None
    found, wanted, renewed = _kept_readings(known, content, folder, content_index, now, before)
    if wanted:
        reader = ContentReader(content, content_index, _author(site), site, now, Markup(markdown))
        found.update(zip(wanted, apply(reader.read, wanted), strict=True))
    problems += [p for one in found.values() for p in one.problems if not _is_unsure(p, site)]
    site = _with_posts(site, found, before, [known[f].post for f in wanted] if before else [])
    pictures.all_of(referrers(site), share)
    others = referrers(site).keys() - pictures.inspected.keys()
    checked = check_files(content, folder, files, cache.checked_files, others)
    problems += _problems_of_files(site, checked.values())
    if folder.leaving:  # other problems may only be due to the links that were not followed
        problems = [leads_outside(name, target) for name, target in folder.leaving.items()]
    return Reading(
        site=_with_inspected(site, pictures, checked, moment),
        problems=tuple(problems),
        cache=ContentCache(
            environment=environment,
            posts=found,
            base_site=cacheable(base_site),
            checked_files=checked,
            pictures=pictures.inspected,
            whole=_whole(folder, files, found, before, wanted, renewed, site),
        ),
        read=frozenset(wanted),
        renewed=frozenset(renewed),
        folder=folder,
    )


def _with_files(site: Site, files: frozenset[str], named: frozenset[str], today: date) -> Site:
    """The site of a day with the files of its folder; `named` are those that the theme shows."""
    return replace(site, files=files, named_files=site.named_files | named, today=today)


def _with_inspected(
    site: Site, pictures: Pictures, checked: Mapping[str, CheckedFile], moment: datetime | None
) -> Site:
    """The site with what was found in its pictures and other files, and with its last moment."""
    return replace(
        site,
        pictures={file: one.picture for file, one in pictures.inspected.items()},
        inspected={f: one.inspected for f, one in checked.items() if one.inspected},
        moment=last_moment(site, moment) if moment else None,
    ).following(site)


def _quarters_ahead(site: Site) -> Iterator[Problem]:
    """A problem for each quarter of casework that has not ended: it cannot be counted yet."""
    for counts in site.casework:
        if counts.quarter.last_day >= site.today:
            yield Problem(
                file=CASEWORK_FILE,
                line=None,
                message=f"{counts.quarter.key} has not ended, so its cases cannot be counted yet",
                hint="Correct the quarter, or remove its lines.",
            )


def _problems_of_files(site: Site, checked: Iterable[CheckedFile]) -> Iterator[Problem]:
    """The problems of other files; of lists only those that stop the build."""
    lists = {one.file for issue in site.issues for d in issue.datasets
             for one in (d, d.previous) if one}  # fmt: skip
    for one in checked:
        for problem in one.problems:
            if problem.severity is Severity.STOP or problem.file not in lists:
                yield problem


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


def _kept_readings(
    known: Mapping[str, CachedReading],
    content: Path,
    folder: Folder,
    content_index: ContentIndex,
    moment: datetime,
    before: WholeReading | None,
) -> tuple[dict[str, CachedReading], list[str], list[str]]:
    """The readings in the order of their files, and those to be read: they are the old ones yet.

    The last are those that are known, although their files have another time now.
    With a reading `before` of the same files, which still holds, only those are asked that changed.
    """
    if before:
        found = dict(known)
        doubtful = [f for f, one in folder.shown.items() if before.shown[f] != one]
        doubtful = [f for f in {*doubtful, *before.unsettled} if f in found]
    else:
        doubtful = [*sources(folder.shown, "posts"), *sources(folder.shown, "pages")]
        found = {file: known.get(file, _NOTHING) for file in doubtful}
    now, wanted, renewed = moment.timestamp(), list[str](), list[str]()
    for file in doubtful:
        one, seen = found[file], None
        if one.since <= now < one.until and content_index.still(one.answers):
            seen = unchanged_fingerprint(one.fingerprint, content, file, folder.shown[file])
        if seen is None:
            wanted.append(file)
        elif seen is not one.fingerprint:
            found[file] = one._replace(fingerprint=seen)
            renewed.append(file)
    return found, wanted, renewed


def _with_posts(
    site: Site,
    found: Mapping[str, CachedReading],
    before: WholeReading | None,
    changed: Sequence[Post | None],
) -> Site:
    """The site with its posts, newest first, and its pages.

    With a reading `before` of the same files, `changed` are the posts in it that were read again.
    """
    if before and all(changed):
        new = {id(old): found[old.file].post for old in changed if old}
        if all(old and (p := new[id(old)]) and p.date == old.date for old in changed):
            posts, pages = (_with(new, some) for some in (before.site.posts, before.site.pages))
            return replace(site, posts=posts, pages=pages).following(before.site)
    read = [one.post for one in found.values() if one.post is not None]
    pages = tuple(p for p in read if p.file.startswith("pages/"))
    ordered = sorted((p for p in read if p.file.startswith("posts/")), key=lambda p: p.file)
    ordered.sort(key=lambda p: p.date, reverse=True)
    return replace(site, posts=tuple(ordered), pages=pages)


def _with(new: Mapping[int, Post | None], before: tuple[Post, ...]) -> tuple[Post, ...]:
    """The posts with new ones in the place of those with these ids, or the same tuple."""
    found = tuple([new.get(id(post)) or post for post in before])
    return before if all(map(is_, found, before)) else found


def _whole(
    folder: Folder,
    files: frozenset[str],
    found: Mapping[str, CachedReading],
    before: WholeReading | None,
    wanted: Sequence[str],
    renewed: Sequence[str],
    site: Site,
) -> WholeReading:
    """What holds of all these readings together; what held `before` is only narrowed."""
    new = [found[file] for file in wanted] if before else list(found.values())
    asked = before.asked if before else frozenset()
    answers = (answer for one in new for answer in one.answers)
    more = [answer for answer in answers if answer[0] != "file" and answer not in asked]
    unsure = {*before.unsettled, *wanted, *renewed} & found.keys() if before else found
    return WholeReading(
        shown=folder.shown,
        files=files,
        asked=asked.union(more) if more else asked,
        since=max((before.since if before else -NEVER, *(one.since for one in new))),
        until=min((before.until if before else NEVER, *(one.until for one in new))),
        unsettled=frozenset(f for f in unsure if not found[f].fingerprint.is_settled),
        site=site,
    )
