"""The commands that build, check and show the site on this machine, and clean up after it."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    CONTENT,
    DONE,
    ROOT,
    Usage,
    folders_of,
    print_for_programs,
    say,
    tell,
)
from wardblog.model import Post, Visibility
from wardblog.problems import Severity, did_you_mean, display_path, has_errors, nearest, render
from wardblog.support.progress_bar import progress_bars
from wardblog.text.words import counted, long_date

if TYPE_CHECKING:
    from wardblog.build import Run
    from wardblog.build.record import Cause
    from wardblog.build.site import Explained

_LAST_PORT = 65535


def html(arguments: argparse.Namespace) -> int:
    from wardblog import build

    content, output = folders_of(arguments)
    with progress_bars() as watch:
        run = build.build_site(ROOT / "pelicanconf.py", content, output, watch=watch)
    tell_of(run)
    return DONE


def tell_of(run: Run) -> None:
    """What was built, and what waits: nothing is left out without a word."""
    if run.notes:
        tell(render(run.notes, run.content, notes=True))
    if run.warnings:
        say(render(run.warnings, run.content, fresh=run.reading.read))

    def shown_of(posts: Iterable[Post]) -> int:
        return sum(not post.visibility.is_waiting for post in posts)

    waiting = [p for p in (*run.site.posts, *run.site.pages) if p.visibility.is_waiting]
    for post in waiting:
        where = display_path(run.content / post.file)
        if post.visibility is Visibility.DRAFT:
            tell(f"Not published, since it is a draft: {where}")
        elif post.visibility is Visibility.SCHEDULED:
            tell(f"Waiting for {long_date(post.date)}: {where}")
    tell(
        f"Built {counted(shown_of(run.site.posts), 'post')} and "
        f"{counted(shown_of(run.site.pages), 'page')} into {display_path(run.folder.root)}: "
        f"{counted(len(run.folder.changed), 'file')} written, {len(run.gone):,} removed."
    )


def check(arguments: argparse.Namespace) -> int:
    from wardblog import build
    from wardblog.cli.formats import FORMATS

    content, output = folders_of(arguments)
    chosen = arguments.format or "text"
    if chosen != "text" and chosen not in FORMATS:
        hint = did_you_mean(chosen, FORMATS, f"There are: text, {', '.join(FORMATS)}.")
        raise Usage(f'FORMAT cannot be "{chosen}". {hint}')
    with progress_bars() as watch:
        problems = build.check(ROOT / "pelicanconf.py", content, output=output, watch=watch)
    if chosen != "text":
        # What of a file's name is no text is replaced.
        print_for_programs(FORMATS[chosen](problems, content).encode("utf-8", "replace").decode())
        return CONTENT if has_errors(problems) else DONE
    if told := render(problems, content, most=None):
        say(told)
    if has_errors(problems):
        return CONTENT
    if notes := render((p for p in problems if p.severity is Severity.NOTE), content, notes=True):
        tell(notes)
    warnings = sum(p.severity is Severity.WARN for p in problems)
    tell(f"No problems, {counted(warnings, 'warning')}." if warnings else "No problems.")
    return DONE


def serve(arguments: argparse.Namespace) -> int:
    from wardblog import preview
    from wardblog.build.live import live_site

    content, output = folders_of(arguments)
    config, port = ROOT / "pelicanconf.py", _port(arguments.port)
    with progress_bars() as watch:
        site = live_site(config, content, output, watch)
        site.update()
    shown_site = preview.Preview(site, tell)
    try:
        server = preview.make_server(shown_site, port)
    except OSError as error:
        why = "Another program may have it"
        if isinstance(error, PermissionError):
            why = "Ports below 1024 are for the system"
        other = 8001 if port == 8000 else 8000
        raise Usage(
            f"Port {port} cannot be used ({error.strerror}). {why}: try make serve PORT={other}."
        ) from None
    if site.problems or site.warnings:
        say(site.problems or site.warnings)
    address = f"http://localhost:{port}{site.base_path}/"
    tell(
        f"The site is at {address} with drafts and later posts, which are marked.\n"
        "Save a file, and the page shows it. Ctrl and C stop it."
    )
    folders = [p for p in (content, ROOT / "theme", config) if p.exists()]
    preview.serve(server, shown_site, folders)
    return DONE


def _port(written: str) -> int:
    if written.isascii() and written.isdecimal() and 1 <= int(written[:6]) <= _LAST_PORT:
        return int(written[:6])
    raise Usage(f'PORT cannot be "{written}". It is a number up to {_LAST_PORT}, such as 8001.')


def why(arguments: argparse.Namespace) -> int:
    """Says what a page depends on, and what last changed it."""
    from wardblog import build

    content, output = folders_of(arguments)
    config, asked = ROOT / "pelicanconf.py", arguments.page.strip()
    if not asked:
        raise Usage("Say which page: make why PAGE=issues/grit-bins/")
    found = build.explain(config, content, output, asked)
    if found is None:
        known = build.addresses(config, content)
        best = nearest(asked.strip("/"), [address.strip("/") for address in known])
        guess = f' Did you mean "{best}/"?' if best else ""
        raise Usage(f'There is no page "{asked}" on this site.{guess}')
    needs = (f"  {line}".replace("{content}", display_path(content)) for line in found.needs)
    address = found.path.removesuffix("index.html")
    tell("\n".join((f"/{address} is made from:", *needs, _last(found, display_path(content)))))
    return DONE


def _last(found: Explained, content: str) -> str:
    """When a page was made anew, and because of what."""
    if not found.is_built:
        return "It has not been built yet."
    behind = " Something of that changed since: the next build looks at it again."
    if found.cause is None:
        said = "It was made together with the whole site, and has not changed since."
    else:
        day = long_date(date.fromisoformat(found.cause.day))
        said = f"It was last made anew on {day}, because {_causes(found.cause, content)}."
    return said + (behind if found.is_behind else "")


def _causes(cause: Cause, content: str) -> str:
    from wardblog.build.explain import DATE, THEME

    own = (THEME, DATE)
    names = [name if name.startswith(own) else f"{content}/{name}" for name in cause.because]
    return f"{' and '.join(names)} changed" if names else "its file was not as it was written"


def clean(arguments: argparse.Namespace) -> int:
    from wardblog.build.folder import OutputFolder
    from wardblog.build.manifest import MANIFEST
    from wardblog.build.site import CACHE

    shutil.rmtree(CACHE, ignore_errors=True)  # so that the next build is one from nothing
    folder = OutputFolder(root=arguments.output)
    if not folder.root.is_dir():
        tell("There is nothing to clean.")
        return DONE
    gone = folder.finish()
    (folder.root / MANIFEST).unlink(missing_ok=True)
    if not any(folder.root.iterdir()):
        folder.root.rmdir()
    tell(f"Removed {counted(len(gone), 'file')} from {display_path(folder.root)}.")
    return DONE
