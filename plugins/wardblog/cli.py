"""The commands: each reads its arguments, calls one room, and says in plain words how it went."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.addresses import is_feed
from wardblog.model import Post, Site, Visibility
from wardblog.problems import ContentStops, nearest, render, shown, stops
from wardblog.publish import HubSilent, Plan, Refused, target_of, tell_hub
from wardblog.words import counted, long_date

if TYPE_CHECKING:
    from wardblog.build import Run
    from wardblog.publish import Target
    from wardblog.starting import Draft

DONE, CONTENT, USAGE, FAULT = 0, 1, 2, 3
ROOT = Path(__file__).resolve().parents[2]
FAULT_FILE = Path(".wardblog/fault.txt")


class Usage(Exception):  # noqa: N818 - not an error of ours
    """The command was called in a way that cannot be meant."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; returns 0 done, 1 the content has problems, 2 wrong usage, 3 our fault."""
    arguments = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except Usage as usage:
        _say(str(usage))
        return USAGE
    except ContentStops as stopped:
        _say(str(stopped))
        return CONTENT
    except Refused as refused:
        _say(f"{refused}.\n  {refused.hint}".rstrip())
        return CONTENT
    except KeyboardInterrupt:
        _say("\nStopped.")
        return DONE if arguments.command == "serve" else 130
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _say(f"{where}{error.strerror or error}. Nothing more was written.")
        return CONTENT
    except Exception as error:  # noqa: BLE001 - the one place where a fault of ours ends
        FAULT_FILE.parent.mkdir(exist_ok=True)
        FAULT_FILE.write_text(traceback.format_exc(), encoding="utf-8")
        _say(
            f"The software has a fault; your content is as it was. ({error})\n"
            f"The details are in {FAULT_FILE.as_posix()}."
        )
        return FAULT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wardblog", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def command(
        name: str, run: Callable[[argparse.Namespace], int], about: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about)
        made.set_defaults(run=run)
        made.add_argument("--content", type=Path, default=Path("content"))
        return made

    html = command("html", _html, "build the site into the output folder")
    serve = command("serve", _serve, "show the site on this machine, and build it on every save")
    serve.add_argument("--port", type=int, default=8000)
    publish = command("publish", _publish, "build the site and put it where residents read it")
    publish.add_argument("--dry-run", action="store_true")
    clean = command("clean", _clean, "remove what was built")
    for builds in (html, serve, publish, clean):
        builds.add_argument("--output", type=Path, default=Path("output"))
    command("check", _check, "read everything, and tell what is wrong")
    command("rollback", _rollback, "bring back the site that was published before")
    command("start", _start, "replace the sample with a content folder of your own")
    new = command("new", _new, "write a new post's file, with every line explained")
    new.add_argument("--title", default="")
    new.add_argument("--tags", default="")
    new.add_argument("--from", dest="source", default="")
    return parser


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


def _tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _folders(arguments: argparse.Namespace) -> tuple[Path, Path]:
    """The content and output folders, refused where a build could harm what is in them."""
    content, output = _content(arguments), arguments.output
    one, other = output.resolve(), content.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise Usage(
            f"OUTPUT={output} and CONTENT={content} are inside one another.\n"
            "Choose an output folder of its own."
        )
    if output.exists() and not output.is_dir():
        raise Usage(f"OUTPUT={output} is a file. Choose a folder.")
    return content, output


def _content(arguments: argparse.Namespace) -> Path:
    content: Path = arguments.content
    if not content.is_dir():
        raise Usage(f"There is no folder called {content}. CONTENT= names your content folder.")
    return content


def _html(arguments: argparse.Namespace) -> int:
    from wardblog import build

    content, output = _folders(arguments)
    _tell_of(build.build_site(ROOT / "pelicanconf.py", content, output))
    return DONE


def _tell_of(run: Run) -> None:
    """What was built, and what waits: nothing is left out without a word."""
    if run.warnings:
        _say(render(run.warnings, run.content))

    def shown_of(posts: Iterable[Post]) -> int:
        return sum(not post.visibility.is_waiting for post in posts)

    for post in (*run.site.posts, *run.site.pages):
        where = shown(run.content / post.file)
        if post.visibility is Visibility.DRAFT:
            _tell(f"Not published, since it is a draft: {where}")
        elif post.visibility is Visibility.SCHEDULED:
            _tell(f"Waiting for {long_date(post.date)}: {where}")
    _tell(
        f"Built {counted(shown_of(run.site.posts), 'post')} and "
        f"{counted(shown_of(run.site.pages), 'page')} into {shown(run.folder.root)}: "
        f"{counted(len(run.folder.changed), 'file')} written, {len(run.gone):,} removed."
    )


def _check(arguments: argparse.Namespace) -> int:
    from wardblog import build

    content = _content(arguments)
    problems = build.check(ROOT / "pelicanconf.py", content)
    if stops(problems):
        raise ContentStops(problems, content)
    if problems:
        _say(render(problems, content))
    _tell(f"No problems, {counted(len(problems), 'warning')}." if problems else "No problems.")
    return DONE


def _publish(arguments: argparse.Namespace) -> int:
    from wardblog import build
    from wardblog.views import headers

    content, output = _folders(arguments)
    run = build.build_site(ROOT / "publishconf.py", content, output)
    _tell_of(run)
    target = target_of(run.site.publish, headers(run.site.map))
    plan = target.plan(output)
    if arguments.dry_run:
        _tell("\n".join((f"Publishing would send {plan.sentence}.", *plan.lines())))
        return DONE
    if plan.is_empty:
        _tell(f"Nothing changed; the published site is as it was.\n{_look(target, run)}")
        return DONE
    target.publish(output, plan)
    _tell("\n".join((f"Published {plan.sentence}.", *plan.lines(12), _look(target, run))))
    _tell_hub(run.site, plan)
    return DONE


def _tell_hub(site: Site, plan: Plan) -> None:
    """Once the feeds are live, the hub hears which of them changed."""
    changed = sorted(path for path in (*plan.new, *plan.changed) if is_feed(path))
    if not site.hub or not changed:
        return
    try:
        tell_hub(site.hub, [site.absolute(path) for path in changed])
    except HubSilent as silent:
        _say(
            f"warning: the hub {site.hub} was not told what changed: {silent}.\n"
            "  The site is live all the same; feed readers will find the news a little later."
        )
        return
    _tell(f"Told the hub {site.hub} of {counted(len(changed), 'changed feed')}.")


def _look(target: Target, run: Run) -> str:
    return (
        f"The site is in {target.where()}; residents read it at {run.site.url}/ once a web server "
        'shows that folder there. To look at it now, run "make serve".'
    )


def _rollback(arguments: argparse.Namespace) -> int:
    from wardblog.read import read_settings_of

    content = _content(arguments)
    settings, problems = read_settings_of(content)
    if settings is None:
        raise ContentStops(problems, content)
    target = target_of(settings.publish)
    release = target.rollback()
    _tell(
        f"Release {release} is live again, in {target.where()}. "
        'To go forward again, run "make publish".'
    )
    return DONE


def _serve(arguments: argparse.Namespace) -> int:
    from wardblog import build, preview

    content, output = _folders(arguments)
    base_path = ""

    def rebuild() -> None:
        nonlocal base_path
        try:
            run = build.build_site(ROOT / "pelicanconf.py", content, output)
        except ContentStops as stopped:
            is_there = (output / "index.html").exists()
            _say(f"{stopped}\n{'The site is shown as it was before.' if is_there else ''}".rstrip())
            return
        except Exception as error:  # noqa: BLE001 - the next save may well mend it
            _say(f"The site could not be built, and is shown as it was before. ({error})")
            return
        base_path = run.site.base_path
        _tell_of(run)

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
    _tell(f"The site is at {address} Save a post, and reload the page. Ctrl and C stop it.")
    preview.serve(server, watched, rebuild)
    return DONE


def _new(arguments: argparse.Namespace) -> int:
    from wardblog.build.clock import today
    from wardblog.read import declared_issues
    from wardblog.read.slugs import slugify
    from wardblog.starting import new_post

    content = _content(arguments)
    issues = declared_issues(content)
    draft = _draft(content, arguments.source) if arguments.source.strip() else None
    if not arguments.title.strip() and draft is None:
        raise Usage('Say what the post is called: make new TITLE="Two grit bins moved".')
    try:
        path = new_post(content, arguments.title, arguments.tags, today(), issues, draft)
    except FileExistsError as error:
        raise Usage(f"{error.filename} is there already, and was left as it is.") from None
    except ValueError as error:
        raise Usage(f"{error}.") from None
    _tell(f"Wrote {shown(path)}. Open it in your editor, and write.")
    for tag in arguments.tags.split(","):
        best = nearest(tag.strip(), issues)
        if best and slugify(best) != slugify(tag):
            _tell(f'There is no issue called "{tag.strip()}". Did you mean "{best}"?')
    return DONE


def _draft(content: Path, source: str) -> Draft:
    """What there is to say of a list, once the content has no problem that stops it."""
    from wardblog.build import read_checked
    from wardblog.starting import NothingToTell, year_on_year

    try:
        return year_on_year(read_checked(ROOT / "pelicanconf.py", content), source)
    except NothingToTell as nothing:
        raise Usage(str(nothing)) from None


def _start(arguments: argparse.Namespace) -> int:
    from wardblog.starting import start_own

    content = _content(arguments)
    _tell(
        f"This moves {content}, with everything in it, to a folder beside it,\n"
        "and puts a content folder in its place that you fill in."
    )
    sys.stdout.write('Type "yes" to do that: ')
    sys.stdout.flush()
    if sys.stdin.readline().strip().casefold() not in ("yes", "y"):
        _tell("Nothing was changed.")
        return DONE
    aside = start_own(content)
    _tell(
        f"What was there is in {shown(aside)}.\n"
        f'Fill in {shown(content)}/ward.toml, then run "make check".'
    )
    return DONE


def _clean(arguments: argparse.Namespace) -> int:
    from wardblog.build.folder import MANIFEST, OutputFolder

    folder = OutputFolder(arguments.output)
    if not folder.root.is_dir():
        _tell("There is nothing to clean.")
        return DONE
    gone = folder.finish()
    (folder.root / MANIFEST).unlink(missing_ok=True)
    if not any(folder.root.iterdir()):
        folder.root.rmdir()
    _tell(f"Removed {counted(len(gone), 'file')} from {shown(folder.root)}.")
    return DONE
