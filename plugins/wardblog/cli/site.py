"""The commands that build, check and show the site on this machine, and clean up after it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from wardblog.cli.common import DONE, ROOT, Usage, content_of, folders_of, say, tell
from wardblog.model import Post, Visibility
from wardblog.problems import ContentStops, render, shown, stops
from wardblog.words import counted, long_date

if TYPE_CHECKING:
    from wardblog.build import Run


def html(arguments: argparse.Namespace) -> int:
    from wardblog import build

    content, output = folders_of(arguments)
    tell_of(build.build_site(ROOT / "pelicanconf.py", content, output))
    return DONE


def tell_of(run: Run) -> None:
    """What was built, and what waits: nothing is left out without a word."""
    if run.warnings:
        say(render(run.warnings, run.content))

    def shown_of(posts: Iterable[Post]) -> int:
        return sum(not post.visibility.is_waiting for post in posts)

    waiting = [p for p in (*run.site.posts, *run.site.pages) if p.visibility.is_waiting]
    for post in waiting:
        where = shown(run.content / post.file)
        if post.visibility is Visibility.DRAFT:
            tell(f"Not published, since it is a draft: {where}")
        elif post.visibility is Visibility.SCHEDULED:
            tell(f"Waiting for {long_date(post.date)}: {where}")
    tell(
        f"Built {counted(shown_of(run.site.posts), 'post')} and "
        f"{counted(shown_of(run.site.pages), 'page')} into {shown(run.folder.root)}: "
        f"{counted(len(run.folder.changed), 'file')} written, {len(run.gone):,} removed."
    )


def check(arguments: argparse.Namespace) -> int:
    from wardblog import build

    content = content_of(arguments)
    problems = build.check(ROOT / "pelicanconf.py", content)
    if stops(problems):
        raise ContentStops(problems, content)
    if problems:
        say(render(problems, content))
    tell(f"No problems, {counted(len(problems), 'warning')}." if problems else "No problems.")
    return DONE


def serve(arguments: argparse.Namespace) -> int:
    from wardblog import build, preview

    content, output = folders_of(arguments)
    base_path = ""

    def rebuild() -> None:
        nonlocal base_path
        try:
            run = build.build_site(ROOT / "pelicanconf.py", content, output)
        except ContentStops as stopped:
            is_there = (output / "index.html").exists()
            say(f"{stopped}\n{'The site is shown as it was before.' if is_there else ''}".rstrip())
            return
        except Exception as error:  # noqa: BLE001 - the next save may well mend it
            say(f"The site could not be built, and is shown as it was before. ({error})")
            return
        base_path = run.site.base_path
        tell_of(run)

    rebuild()
    output.mkdir(parents=True, exist_ok=True)
    watched = [p for p in (content, ROOT / "theme", ROOT / "pelicanconf.py") if p.exists()]
    try:
        server = preview.make_server(output, base_path, arguments.port)
    except OSError as error:
        raise Usage(
            f"Port {arguments.port} cannot be used ({error.strerror}). "
            "Another program may have it: try make serve PORT=8001."
        ) from None
    address = f"http://localhost:{arguments.port}{base_path}/"
    tell(f"The site is at {address} Save a post, and reload the page. Ctrl and C stop it.")
    preview.serve(server, watched, rebuild)
    return DONE


def clean(arguments: argparse.Namespace) -> int:
    from wardblog.build.folder import MANIFEST, OutputFolder

    folder = OutputFolder(arguments.output)
    if not folder.root.is_dir():
        tell("There is nothing to clean.")
        return DONE
    gone = folder.finish()
    (folder.root / MANIFEST).unlink(missing_ok=True)
    if not any(folder.root.iterdir()):
        folder.root.rmdir()
    tell(f"Removed {counted(len(gone), 'file')} from {shown(folder.root)}.")
    return DONE
