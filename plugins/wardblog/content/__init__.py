"""Files to the model: everything in the content folder to one `Site`, with its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardblog.content import time_limit
from wardblog.content.cache import (
    BaseSite,
    CachedReading,
    ContentIndex,
    Memory,
    fingerprint_of,
    unchanged_fingerprint,
)
from wardblog.content.files import (
    ISSUES_FILE,
    SETTINGS_FILE,
    Folder,
    is_source,
    on_disk,
    outside,
    scan,
    sources,
)
from wardblog.content.markdown.markup import Markup
from wardblog.content.moments import last_moment
from wardblog.content.other_files import leaving, look_at, unusable_names
from wardblog.content.pictures import IMAGES, Pictures, Share
from wardblog.content.posts import ContentReader
from wardblog.content.references import pictures_named_in_settings, referrers
from wardblog.model import LOCAL_URL, Site, Ward
from wardblog.model.digests import digest_of
from wardblog.model.events import LONDON
from wardblog.privacy.secrets import may_hold_secrets
from wardblog.problems import Problem, stops
from wardblog.report import Report
from wardblog.text.decoding import read_utf8

__all__ = ["Memory", "Reading", "declared_issues", "read_settings_of", "read_site"]


if TYPE_CHECKING:
    from wardblog.content.settings import Settings

# How work on many things is done, by one process or by several: the results in their order.
Apply = Callable[[Callable[[str], CachedReading], Sequence[str]], Iterable[CachedReading]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read; the site is whole only if no problem stops it.

    `memory` is what the next run may take from this one, `read` names the files that this one did
    not take from the run before, and `folder` is the content as it was found.
    """

    site: Site
    problems: tuple[Problem, ...]
    memory: Memory
    read: frozenset[str]
    folder: Folder


def read_settings_of(content: Path) -> tuple[Settings | None, list[Problem]]:
    """`ward.toml` alone: what must be known before anything else is read."""
    from wardblog.content.settings import read_settings

    report = Report(SETTINGS_FILE)
    path = content / SETTINGS_FILE
    if target := outside(content, SETTINGS_FILE):
        return None, [leaving(SETTINGS_FILE, target)]
    if not path.is_file():
        report.stop(None, "this file is missing", _missing(content, "It says whose site this is"))
        return None, report.problems
    text = read_utf8(path, report)
    if text is None:
        return None, report.problems
    settings = time_limit.reported(
        report, time_limit.SECONDS, time_limit.SHORTEN_SETTINGS, partial(read_settings, text)
    )
    return settings, report.problems


def read_site(
    content: Path,
    today: date,
    markdown: Mapping[str, Any],
    memory: Memory | None = None,
    apply: Apply = map,
    folder: Folder | None = None,
    share: Share = map,
    named: frozenset[str] = frozenset(),
    moment: datetime | None = None,
) -> Reading:
    """Reads a whole content folder. `markdown` are Pelican's MARKDOWN settings.

    Of `memory` only what would be read in the same way is used; `apply` does the work on many
    files and `share` on many pictures, `folder` is the content as found, where somebody looked
    already, and `named` are the files that the theme shows. What is dated later than `moment`
    waits; without one, later than today.
    """
    memory = memory or Memory()
    folder = folder or scan(content)
    base_site = cached_base_site(memory.base_site, content, folder)
    if base_site is None:
        base_site = _lay(content, folder)
    problems = [*base_site.problems, *unusable_names(folder)]
    site = replace(
        base_site.site,
        files=frozenset(folder.shown),
        named_files=base_site.site.named_files | named,
        today=today,
    )
    author = site.councillors[0].name if site.councillors else ""
    decides = any(one.planning_committee for one in site.councillors)
    depends_on = (author, decides, site.url, site.ward.in_ireland, sorted(markdown.items()))
    environment = digest_of(repr(depends_on).encode())
    pictures = Pictures(content, folder, memory.pictures)
    pictures.all_of((f for f in folder.shown if f.startswith(IMAGES)), share)
    content_index = ContentIndex(folder, site.issues, pictures)
    now = moment or datetime.combine(today, time.max, LONDON)
    known = memory.posts if memory.environment == environment else {}
    kept = _unchanged_readings(known, content, folder, content_index, now)
    files = [*sources(folder.shown, "posts"), *sources(folder.shown, "pages")]
    wanted = [file for file in files if file not in kept]
    if wanted:
        markup = Markup(markdown)
        reader = ContentReader(content, content_index, author, site, now, markup)
        kept.update(zip(wanted, apply(reader.read, wanted), strict=True))
    found = {file: kept[file] for file in files}
    for one in found.values():
        problems += one.problems
    site = _with_posts(site, found)
    needed = referrers(site).keys()
    pictures.all_of(needed, share)
    looked = look_at(content, folder, memory.looked, needed - pictures.seen.keys())
    problems += [p for one in looked.values() for p in one.problems]
    site = replace(
        site,
        pictures={file: one.picture for file, one in pictures.seen.items()},
        inspected={file: one.inspected for file, one in looked.items() if one.inspected},
    )
    if folder.leaving:  # whatever else is wrong may come of what was not read for that
        problems = [leaving(name, target) for name, target in folder.leaving.items()]
    return Reading(
        site=replace(site, moment=last_moment(site, moment) if moment else None),
        problems=tuple(problems),
        memory=Memory(
            environment=environment,
            posts=found,
            base_site=_kept(base_site),
            looked=looked,
            pictures=pictures.seen,
        ),
        read=frozenset(wanted),
        folder=folder,
    )


def _unchanged_readings(
    known: Mapping[str, CachedReading],
    content: Path,
    folder: Folder,
    content_index: ContentIndex,
    moment: datetime,
) -> dict[str, CachedReading]:
    """The readings that would come out the same."""
    now, found = moment.timestamp(), {}
    for file, signature in folder.shown.items():
        one = known.get(file)
        if one is None or not (one.since <= now < one.until):
            continue
        seen = unchanged_fingerprint(one.print, content, file, signature)
        if seen is None or not content_index.still(one.answers):
            continue
        found[file] = one if seen is one.print else one._replace(print=seen)
    return found


def _with_posts(site: Site, found: Mapping[str, CachedReading]) -> Site:
    read = [one.post for one in found.values() if one.post is not None]
    pages = tuple(p for p in read if p.file.startswith("pages/"))
    posts = sorted((p for p in read if p.file.startswith("posts/")), key=lambda p: p.file)
    posts.sort(key=lambda p: p.date, reverse=True)
    return replace(site, posts=tuple(posts), pages=pages)


def _of_foundation(folder: Folder) -> frozenset[str]:
    """The files in which the settings, the issues and what they name may be."""
    return frozenset(f for f in folder.shown if not is_source(f) and may_hold_secrets(f))


def cached_base_site(before: BaseSite | None, content: Path, folder: Folder) -> BaseSite | None:
    """The foundation of an earlier run, if every file of it says the same."""
    names = _of_foundation(folder)
    if before is None or before.names != names:
        return None
    prints = {}
    for file, earlier in before.prints.items():
        seen = unchanged_fingerprint(earlier, content, file, folder.shown[file])
        if seen is None:
            return None
        prints[file] = seen
    return replace(before, prints=prints)


def _kept(base_site: BaseSite) -> BaseSite | None:
    """One with a mistake in it is read again: its hints may name other files."""
    return None if stops(base_site.problems) else base_site


def _lay(content: Path, folder: Folder) -> BaseSite:
    """Reads all but the posts and pages."""
    names = _of_foundation(folder)
    prints = {}
    for file in names:
        with suppress(OSError):
            prints[file] = fingerprint_of(on_disk(content, file), folder.shown[file])
    site, problems = _read_foundation(content, frozenset(folder.shown))
    return BaseSite(prints, names, site, tuple(problems))


def _read_foundation(content: Path, files: frozenset[str]) -> tuple[Site, list[Problem]]:
    # late import: see docs/architecture.md
    from wardblog.content.base_layers import read_base_layers
    from wardblog.content.issues import read_issues
    from wardblog.content.settings import BLANK

    settings, settings_problems = read_settings_of(content)
    problems = [*settings_problems]
    # A broken ward.toml stops the build, but the other files are told of at the same time.
    settings = settings or BLANK
    ground, found = read_base_layers(content, settings, files)
    outline = ground.outline
    problems += found
    report = Report(ISSUES_FILE)
    text = ""
    if ISSUES_FILE in files:
        text = read_utf8(content / ISSUES_FILE, report) or ""
    else:
        report.stop(
            None, "this file is missing", _missing(content, "It names your issues", report.file)
        )
    issues, found = read_issues(text, report, content, files, outline, ground.in_ireland)
    issues_known = bool(text) and not any(p.file == ISSUES_FILE for p in report.problems)
    problems += [*report.problems, *found]
    site = Site(
        title=settings.title,
        url=settings.url or LOCAL_URL,
        description=settings.description,
        accent=settings.accent,
        ward=Ward(
            settings.ward_name,
            settings.council,
            outline.boundary if outline else None,
            ground.in_ireland,
        ),
        councillors=settings.councillors,
        imprint=settings.imprint,
        map=replace(settings.map, streets=ground.streets),
        publish=settings.publish,
        issues=issues,
        posts=(),
        pages=(),
        files=frozenset(),
        today=date.min,
        surgeries=settings.surgeries,
        newsletter=settings.newsletter,
        hub=settings.hub,
        issues_known=issues_known,
        url_line=settings.url_line,
        allow=settings.allow,
        election=settings.election,
        lines=settings.lines,
        named_files=_named(content, files),
        settings_known=not stops(settings_problems),
    )
    return site, problems


def _named(content: Path, files: frozenset[str]) -> frozenset[str]:
    """The pictures that the settings name."""
    own = (file for file in (SETTINGS_FILE, ISSUES_FILE) if file in files)
    texts = (read_utf8(content / file, Report(file)) or "" for file in own)
    return frozenset().union(*map(pictures_named_in_settings, texts))


def _missing(content: Path, about: str, name: str = SETTINGS_FILE) -> str:
    """A hint that finds the file under a slightly wrong name, such as `ward.toml.txt`."""
    if content.is_dir():
        for path in sorted(content.iterdir()):
            if path.name.casefold().startswith(name) and path.name != name:
                return f'Rename "{path.name}" to "{name}".'
    return f"{about}; the README has an example."


def declared_issues(content: Path) -> tuple[str, ...]:
    """The names of the issues alone, for a new post; none where they cannot be read."""
    from wardblog.content.issues import issue_names

    path = content / ISSUES_FILE
    is_ours = path.is_file() and not outside(content, ISSUES_FILE)
    text = read_utf8(path, Report(ISSUES_FILE)) if is_ours else None
    return issue_names(text) if text else ()
