"""Reads all of a site but its posts and pages: settings, issues, lists and what maps show."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from wardblog.content import time_limit
from wardblog.content.cache import BaseSite
from wardblog.content.files import (
    CASEWORK_FILE,
    COMMUNITY_FILE,
    ISSUES_FILE,
    REDIRECTS_FILE,
    SETTINGS_FILE,
    Folder,
    fingerprint_of,
    no_sources,
    on_disk,
    target_outside,
    unchanged_fingerprint,
)
from wardblog.content.markdown.html_links import content_path
from wardblog.content.other_files import leads_outside
from wardblog.content.references import pictures_named_in_settings
from wardblog.model import LOCAL_URL, CommunitySite, Councillor, Issue, Site, Ward
from wardblog.model.casework import CaseworkQuarter
from wardblog.privacy.secrets import may_hold_secrets
from wardblog.problems import Problem, did_you_mean, has_errors
from wardblog.report import Report
from wardblog.text.decoding import decode_table, read_utf8

if TYPE_CHECKING:
    from wardblog.content.answer_counts import PublicCounts
    from wardblog.content.base_layers import BaseLayers
    from wardblog.content.redirects import RedirectTable
    from wardblog.content.settings import Settings
    from wardblog.content.where_published import WherePublished

_Read = TypeVar("_Read")


def read_settings_of(content: Path) -> tuple[Settings | None, list[Problem]]:
    """Read `ward.toml` alone, which everything else depends on."""
    from wardblog.content.settings import read_settings

    return _read_settings_file(content, read_settings)


def read_where_published_of(content: Path) -> tuple[WherePublished | None, list[Problem]]:
    """Read only where the site is published; no other problem of `ward.toml` matters then."""
    from wardblog.content.where_published import read_where_published

    return _read_settings_file(content, read_where_published)


def _read_settings_file(
    content: Path, read: Callable[[str, Report], _Read | None]
) -> tuple[_Read | None, list[Problem]]:
    report = Report(SETTINGS_FILE)
    path = content / SETTINGS_FILE
    if target := target_outside(content, SETTINGS_FILE):
        return None, [leads_outside(SETTINGS_FILE, target)]
    if not path.is_file():
        report.stop(None, "this file is missing", _missing(content, "It says whose site this is"))
        return None, report.problems
    text = read_utf8(path, report)
    if text is None:
        return None, report.problems
    settings = time_limit.run_reported(
        report, time_limit.SECONDS, time_limit.SHORTEN_SETTINGS, partial(read, text)
    )
    return settings, report.problems


def cached_base_site(
    before: BaseSite | None, content: Path, folder: Folder, files: frozenset[str]
) -> BaseSite | None:
    """Return the cached base site if none of its files has changed; `files` are the folder's."""
    names = _files_of_base_site(files)
    if before is None or before.names != names:
        return None
    fingerprints = {}
    for file, earlier in before.fingerprints.items():
        seen = unchanged_fingerprint(earlier, content, file, folder.shown[file])
        if seen is None:
            return None
        fingerprints[file] = seen
    return replace(before, fingerprints=fingerprints)


def read_base_site(content: Path, folder: Folder) -> BaseSite:
    """Read all but the posts and pages."""
    names = _files_of_base_site(frozenset(folder.shown))
    fingerprints = {}
    for file in names:
        with suppress(OSError):
            fingerprints[file] = fingerprint_of(on_disk(content, file), folder.shown[file])
    site, problems = _read_site(content, frozenset(folder.shown))
    return BaseSite(fingerprints, names, site, tuple(problems))


def cacheable(base_site: BaseSite) -> BaseSite | None:
    """Return None if it has a mistake: it is read again, as its hints may name other files."""
    return None if has_errors(base_site.problems) else base_site


def declared_issues(content: Path) -> tuple[str, ...]:
    """Return the names of the issues, for a new post; none if they cannot be read."""
    from wardblog.content.issues import issue_names

    path = content / ISSUES_FILE
    is_ours = path.is_file() and not target_outside(content, ISSUES_FILE)
    text = read_utf8(path, Report(ISSUES_FILE)) if is_ours else None
    return issue_names(text) if text else ()


def _files_of_base_site(files: frozenset[str]) -> frozenset[str]:
    """Return the files that may be settings or named in them."""
    return frozenset(filter(may_hold_secrets, no_sources(files)))


def _read_site(content: Path, files: frozenset[str]) -> tuple[Site, list[Problem]]:
    # late import: shapely is slow to import, and in most runs none of this has changed
    from wardblog.content.base_layers import read_base_layers
    from wardblog.content.settings import BLANK

    read, settings_problems = read_settings_of(content)
    settings = read or BLANK  # problems in other files are reported as well
    ground, found = read_base_layers(content, settings, files)
    problems = [*settings_problems, *found]
    boundary = ground.outline.boundary if ground.outline else None
    ward = Ward(settings.ward_name, settings.council, boundary, ground.in_ireland)
    issues, issues_known, found = _issues(content, files, ground, ward)
    problems += [*found, *_unknown_issues(settings, issues)]
    community, found = _community(content, files)
    problems += found
    casework, found = _casework(content, files, issues)
    problems += found
    counted, found = _answers(content, files)
    problems += found
    redirects, found = _redirects(content, files)
    problems += found
    site = Site(
        title=settings.title,
        url=settings.url or LOCAL_URL,
        description=settings.description,
        accent=settings.accent,
        ward=ward,
        councillors=tuple(_with_photo(one, files) for one in settings.councillors),
        imprint=settings.imprint,
        map=replace(settings.map, base=ground.base),
        publish=settings.publish,
        issues=issues,
        posts=(),
        pages=(),
        files=frozenset(),
        today=date.min,
        surgeries=settings.surgeries,
        newsletter=settings.newsletter,
        whatsapp=settings.whatsapp,
        hub=settings.hub,
        mailing=settings.mailing,
        answering=settings.answering,
        answers=counted.answers,
        me_too=counted.me_too,
        count_lines=counted.lines,
        printer=settings.printer,
        community=community,
        casework=casework,
        redirects=redirects.rows if redirects else (),
        personal_redirects=redirects.personal if redirects else (),
        gazetteer=ground.gazetteer,
        issues_known=issues_known,
        url_line=settings.url_line,
        allow=settings.allow,
        election=settings.election,
        lines=settings.lines,
        settings_known=not has_errors(settings_problems),
    )
    photos = frozenset(one.photo for one in site.councillors if one.photo)
    return replace(site, named_files=_named(content, files) | photos), problems


def _with_photo(councillor: Councillor, files: frozenset[str]) -> Councillor:
    """The councillor with the path of the photograph, or what was written if there is none."""
    found = content_path(councillor.photo, SETTINGS_FILE, files) if councillor.photo else None
    return replace(councillor, photo=found[1]) if found else councillor


def _named(content: Path, files: frozenset[str]) -> frozenset[str]:
    """Return the pictures named in the settings."""
    own = (file for file in (SETTINGS_FILE, ISSUES_FILE) if file in files)
    texts = (read_utf8(content / file, Report(file)) or "" for file in own)
    return frozenset().union(*map(pictures_named_in_settings, texts))


def _issues(
    content: Path, files: frozenset[str], ground: BaseLayers, ward: Ward
) -> tuple[tuple[Issue, ...], bool, list[Problem]]:
    """The issues with their lists, and whether their file could be read."""
    # late import: see docs/architecture.md
    from wardblog.content.issues import read_issues
    from wardblog.content.streets import StreetReader

    report, text = Report(ISSUES_FILE), ""
    if ISSUES_FILE in files:
        text = read_utf8(content / ISSUES_FILE, report) or ""
    else:
        report.stop(
            None, "this file is missing", _missing(content, "It lists your issues", report.file)
        )
    issues, found = read_issues(text, report, content, files, ground.outline, ground.in_ireland)
    if ground.gazetteer.streets:
        issues = tuple(StreetReader(ground.gazetteer, ward).of_lists(issues))
    is_known = bool(text) and not any(p.file == ISSUES_FILE for p in report.problems)
    return issues, is_known, [*report.problems, *found]


def _community(
    content: Path, files: frozenset[str]
) -> tuple[tuple[CommunitySite, ...], list[Problem]]:
    """The other local sites."""
    # late import: see docs/architecture.md
    from wardblog.content.community import read_community

    report = Report(COMMUNITY_FILE)
    text = (read_utf8(content / COMMUNITY_FILE, report) or "") if COMMUNITY_FILE in files else ""
    return read_community(text, report), report.problems


def _unknown_issues(settings: Settings, issues: tuple[Issue, ...]) -> list[Problem]:
    """The sources whose issue is not in issues.toml."""
    report = Report(SETTINGS_FILE)
    slugs = {issue.slug: issue.name for issue in issues}
    for source in settings.sources if slugs else ():
        if source.issue and source.issue not in slugs:
            report.stop(
                source.line_of("issue"),
                f'there is no issue called "{source.issue}"',
                did_you_mean(source.issue, slugs.values(), "The issues are in issues.toml."),
            )
    return report.problems


def _casework(
    content: Path, files: frozenset[str], issues: tuple[Issue, ...]
) -> tuple[tuple[CaseworkQuarter, ...], list[Problem]]:
    """The published counts of casework, if there are any."""
    if CASEWORK_FILE not in files:
        return (), []
    # late import: see docs/architecture.md
    from wardblog.content.casework_counts import read_casework_counts

    report = Report(CASEWORK_FILE)
    text = decode_table((content / CASEWORK_FILE).read_bytes())
    counts = read_casework_counts(text, [issue.name for issue in issues], report)
    return counts, report.problems


def _redirects(content: Path, files: frozenset[str]) -> tuple[RedirectTable | None, list[Problem]]:
    """The old addresses that belong to no post, if there are any."""
    if REDIRECTS_FILE not in files:
        return None, []
    # late import: see docs/architecture.md
    from wardblog.content.redirects import read_redirects

    report = Report(REDIRECTS_FILE)
    text = decode_table((content / REDIRECTS_FILE).read_bytes())
    return read_redirects(text, report), report.problems


def _answers(content: Path, files: frozenset[str]) -> tuple[PublicCounts, list[Problem]]:
    """The counts of answers to questions, which are judged once the posts are known."""
    # late import: see docs/architecture.md
    from wardblog.content.answer_counts import read_answer_files

    return read_answer_files(content, files)


def _missing(content: Path, about: str, name: str = SETTINGS_FILE) -> str:
    """Return a hint; it names a file with a slightly wrong name, such as `ward.toml.txt`."""
    if content.is_dir():
        for path in sorted(content.iterdir()):
            if path.name.casefold().startswith(name) and path.name != name:
                return f'Rename "{path.name}" to "{name}".'
    return f"{about}; the README has an example."
