"""`make publish`: build the site and put it where residents read it."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    DONE,
    ROOT,
    WORKPLACE,
    add_output_argument,
    confirm,
    content_and_output,
    print_error,
    print_line,
    protected_folders,
    report_build,
)
from wardblog.model import Site
from wardblog.model.outputs import OutputKind
from wardblog.problems import display_path
from wardblog.publish import (
    CommandError,
    HubError,
    Identity,
    Publication,
    PublishPlan,
    check_path,
    hosting_of,
    interrupted_by_signals,
    notify_hub,
    pending_changes,
    project_lock,
    target_of,
)
from wardblog.support.progress_bar import progress_bars
from wardblog.text.words import counted

if TYPE_CHECKING:
    from wardblog.build import Run
    from wardblog.publish import Target


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_output_argument(parser)
    parser.add_argument("--dry-run", action="store_true", help="only show what would change")
    parser.add_argument("--force", action="store_true", help="answer yes to every question")


def run(arguments: argparse.Namespace) -> int:
    with project_lock(WORKPLACE), interrupted_by_signals():
        return _publish(arguments)


def _publish(arguments: argparse.Namespace) -> int:
    from wardblog import build

    content, output = content_and_output(arguments)
    with progress_bars() as watch:
        result = build.build_site(ROOT / "publishconf.py", content, output, watch=watch)
    report_build(result)
    check_path(result.site.publish, protected_folders(content, output))
    target = target_of(result.site.publish, hosting_of(result.site))
    with target.reading() if arguments.dry_run else target.locked():
        publication = Publication.of(result.site, output, result.kinds, target)
        plan = publication.plan
        confirmation = publication.confirmation(may_be_new=_runs_unattended())
        questions = confirmation.questions.replace("{content}", display_path(content))
        if plan.is_empty:
            print_line(
                f"Nothing to publish: the live site is up to date.\n{_where(target, result)}"
            )
            _print_later(result.site)
            return DONE
        if arguments.dry_run:
            print_line("\n".join((f"Publishing would send {plan.sentence}.", *plan.lines())))
            if questions:
                print_line(f"It would ask first:\n{questions}")
            _warn(confirmation.warning)
            return DONE
        print_line("\n".join((f"Publishing {plan.sentence}.", *plan.lines(12))))
        if questions and not arguments.force:
            _ask(questions)
        _warn(confirmation.warning)
        publication.send(WORKPLACE)
    build.announce(result.site)
    print_line(f"Published.\n{_where(target, result)}")
    _print_later(result.site)
    _notify_hub(result.site, plan)
    _verify(publication)
    return DONE


def _runs_unattended() -> bool:
    """Whether an automated service such as GitHub Actions runs this, so nobody can answer."""
    return os.environ.get("CI", "").casefold() not in ("", "0", "false")


def _warn(message: str) -> None:
    if message:
        print_error(f"warning: {message}")


def _print_later(site: Site) -> None:
    """Say which changes residents will see only after another publish."""
    if sentences := pending_changes(site):
        print_line(f"{sentences} docs/publishing.md explains how to do this automatically.")


def _ask(questions: str) -> None:
    """Ask the person at the terminal; without a terminal, the answer is no."""
    if not sys.stdin or not sys.stdin.isatty():
        raise CommandError(
            f"{questions}\nNothing was published",
            "If this is what you want, run: make publish FORCE=1",
        )
    print_error(questions)
    if not confirm("to publish anyway"):
        raise CommandError("Nothing was published; the live site was not changed")


def _verify(publication: Publication) -> None:
    """Compare the live pages with what was sent; only warn, since the host may just be slow."""
    if differences := publication.differences():
        slow = " (this host can take a few minutes)" if publication.target.is_slow else ""
        first = f"residents cannot see what you published yet{slow}:"
        _warn("\n  ".join((first, *differences)))


def _notify_hub(site: Site, plan: PublishPlan) -> None:
    """Tell the WebSub hub which feeds changed, once they are live."""
    files = plan.manifest.files
    changed = sorted(path for path in plan.sent if files[path].kind is OutputKind.FEED)
    if not site.hub or not changed:
        return
    try:
        notify_hub(site.hub, [site.absolute(path) for path in changed])
    except HubError as silent:
        _warn(
            f"the hub {site.hub} could not be told about the changes: {silent}.\n"
            "  The site is live, but some feed readers will show the news a little later."
        )
        return
    print_line(f"Told the hub {site.hub} about {counted(len(changed), 'changed feed')}.")


def _where(target: Target, run: Run) -> str:
    if run.site.publish.to != "folder":
        return f"The site is in {target.where()}; residents read it at {run.site.url}/"
    identity = Identity.of(run.site)
    if identity.is_example:
        own = 'to start your own, run "make start"'
        start = own if identity.is_sample else "your own address goes into ward.toml, as url"
        return (
            f"Nothing has left this computer: {run.site.url}/ is only an example address.\n"
            f"The site is in {target.where()}. Residents can read it once you have an address of "
            f'your own.\nTo see it now, run "make serve"; {start}.'
        )
    return (
        f"The site is in {target.where()}; residents can read it at {run.site.url}/ once a web "
        'server is set up to show that folder. To see it now, run "make serve".'
    )
