"""Files to the model: everything in the content folder to one `Site`, with its problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from wardblog.model import Boundary, Post, Site, Ward
from wardblog.problems import Problem
from wardblog.read import issues as issues_file
from wardblog.read import settings as settings_file
from wardblog.read.boundary import Outline
from wardblog.read.files import content_files, looping_folders, sources
from wardblog.read.ground import read_ground
from wardblog.read.issues import issue_names, read_issues
from wardblog.read.markup import Markup
from wardblog.read.posts import PostReader
from wardblog.read.report import Report
from wardblog.read.secrets import find_secrets
from wardblog.read.settings import BLANK, LOCAL_URL, Settings, read_settings
from wardblog.read.text import read_utf8

__all__ = ["Reading", "declared_issues", "read_settings_of", "read_site"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read; the site is whole only if no problem stops it."""

    site: Site
    problems: tuple[Problem, ...]


def read_settings_of(content: Path) -> tuple[Settings | None, list[Problem]]:
    """`ward.toml` alone: what must be known before anything else is read."""
    report = Report(settings_file.FILE)
    path = content / settings_file.FILE
    if not path.is_file():
        report.stop(None, "this file is missing", _missing(content, "It says whose site this is"))
        return None, report.problems
    text = read_utf8(path, report)
    return (read_settings(text, report) if text is not None else None), report.problems


def read_site(content: Path, today: date, markdown: Mapping[str, Any]) -> Reading:
    """Reads a whole content folder. `markdown` are Pelican's MARKDOWN settings."""
    settings, problems = read_settings_of(content)
    files = content_files(content)
    problems += [
        Problem(name, None, "this is a link to a folder above it", "Take the link away.")
        for name in looping_folders(content)
    ]
    # A broken ward.toml stops the build, but the other files are told of at the same time.
    settings = settings or BLANK
    outline, streets, found = read_ground(content, settings, files)
    problems += found
    report = Report(issues_file.FILE)
    text = ""
    if issues_file.FILE in files:
        text = read_utf8(content / issues_file.FILE, report) or ""
    else:
        report.stop(
            None, "this file is missing", _missing(content, "It names your issues", report.file)
        )
    issues, found = read_issues(text, report, content, files, outline)
    issues_known = bool(text) and not any(p.file == issues_file.FILE for p in report.problems)
    problems += [*report.problems, *found, *find_secrets(content)]
    url = settings.url or LOCAL_URL
    site = Site(
        settings.title,
        url,
        settings.description,
        settings.accent,
        Ward(settings.ward_name, settings.council, _boundary(outline)),
        settings.councillors,
        settings.imprint,
        replace(settings.map, streets=streets),
        settings.publish,
        issues,
        (),
        (),
        files,
        today,
        settings.surgeries,
        settings.newsletter,
        settings.hub,
        issues_known,
        settings.url_line,
    )
    return _with_posts(site, content, Markup(markdown), problems)


def _missing(content: Path, about: str, name: str = settings_file.FILE) -> str:
    """A hint that finds the file under a slightly wrong name, such as `ward.toml.txt`."""
    if content.is_dir():
        for path in sorted(content.iterdir()):
            if path.name.casefold().startswith(name) and path.name != name:
                return f'Rename "{path.name}" to "{name}".'
    return f"{about}; the README has an example."


def _boundary(outline: Outline | None) -> Boundary | None:
    return outline.boundary if outline else None


def _with_posts(site: Site, content: Path, markup: Markup, problems: list[Problem]) -> Reading:
    author = site.councillors[0].name if site.councillors else ""
    reader = PostReader(site.issues, site.files, author, site.base_path, site.today, markup)

    def read_all(folder: str, is_page: bool) -> tuple[Post, ...]:
        found: list[Post] = []
        for file in sources(site.files, folder):
            post, report = reader.read(content / file, file, is_page)
            problems.extend(report.problems)
            if post is not None:
                found.append(post)
        return tuple(found)

    posts = sorted(read_all("posts", is_page=False), key=lambda p: p.file)
    posts.sort(key=lambda p: p.date, reverse=True)
    site = replace(site, posts=tuple(posts), pages=read_all("pages", is_page=True))
    return Reading(site, tuple(problems))


def declared_issues(content: Path) -> tuple[str, ...]:
    """The names of the issues alone, for a new post; none where they cannot be read."""
    path = content / issues_file.FILE
    text = read_utf8(path, Report(issues_file.FILE)) if path.is_file() else None
    return issue_names(text) if text else ()
