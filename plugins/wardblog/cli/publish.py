"""`make publish`: build the site and put it where residents read it."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    CONTENT_PROBLEMS,
    DONE,
    ROOT,
    WORKPLACE,
    add_output_argument,
    can_ask,
    confirm,
    content_and_output,
    print_error,
    print_for_programs,
    print_line,
    protected_folders,
    report_build,
)
from wardblog.content.files import SETTINGS_FILE
from wardblog.model import Site
from wardblog.model.outputs import OutputKind
from wardblog.problems import ContentError, UsageError, changed_since_shown, display_path
from wardblog.publish import (
    CommandError,
    Confirmation,
    HubError,
    Identity,
    Publication,
    PublishPlan,
    ShownPlan,
    SiteManifest,
    check_path,
    hosting_of,
    interrupted_by_signals,
    live_since,
    notify_hub,
    pending_changes,
    plan_digest,
    project_lock,
    target_of,
)
from wardblog.support.progress_bar import listener, progress_bars
from wardblog.text.words import counted

if TYPE_CHECKING:
    from wardblog.build import Run
    from wardblog.publish import Target


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_output_argument(parser)
    parser.add_argument("--dry-run", action="store_true", help="only show what would change")
    parser.add_argument("--force", action="store_true", help="answer yes to every question")
    parser.add_argument("--format", default="", help="json, for the result of a dry run")
    parser.add_argument(
        "--expect", default="", help="the digest of a dry run: publish if nothing has changed since"
    )


def run(arguments: argparse.Namespace) -> int:
    _refuse_contradictions(arguments)
    with project_lock(WORKPLACE), interrupted_by_signals():
        return _publish(arguments)


def _refuse_contradictions(arguments: argparse.Namespace) -> None:
    if arguments.format not in ("", "json"):
        raise UsageError(f"FORMAT={arguments.format} is unknown", "Write FORMAT=json, or nothing.")
    if arguments.format and not arguments.dry_run:
        raise UsageError("FORMAT=json is for a dry run", "Add DRY_RUN=1.")
    if arguments.expect and (arguments.dry_run or arguments.force):
        raise UsageError("--expect publishes what a dry run has shown", "Use it alone.")


def _publish(arguments: argparse.Namespace) -> int:
    content, output = content_and_output(arguments)
    if not arguments.format:
        result = _built(content, output)
        report_build(result)
        return _carry_out(arguments, result, content, output)
    # late import: see docs/architecture.md
    from wardblog.cli.formats import as_json

    try:
        return _carry_out(arguments, _built(content, output), content, output)
    except ContentError as error:
        print_for_programs(as_json(error.problems, content))
        return CONTENT_PROBLEMS


def _built(content: Path, output: Path) -> Run:
    from wardblog import build

    with progress_bars() as watch:
        return build.build_site(ROOT / "publishconf.py", content, output, watch=watch)


def _carry_out(arguments: argparse.Namespace, result: Run, content: Path, output: Path) -> int:
    from wardblog import build

    check_path(result.site.publish, protected_folders(content, output))
    target = target_of(result.site.publish, hosting_of(result.site))
    with target.reading() if arguments.dry_run else target.locked():
        publication = Publication.of(result.site, output, result.kinds, target)
        plan = publication.plan
        _remember(result, publication.live, plan.manifest)
        confirmation = publication.confirmation(may_be_new=_runs_unattended())
        questions = confirmation.questions.replace("{content}", display_path(content))
        confirmation = replace(confirmation, questions=questions)
        if arguments.format:
            _print_plan(publication, confirmation, result)
            return DONE
        is_expected = arguments.expect == plan_digest(publication, confirmation)
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
        if arguments.expect and not is_expected:
            raise changed_since_shown()
        if questions and not (arguments.force or is_expected):
            _ask(questions)
        _warn(confirmation.warning)
        publication.send(WORKPLACE)
    build.announce(result.site)
    _remember(result, plan.manifest, plan.manifest)
    if other := listener():
        other.text(json.dumps({"live_since": live_since(plan.manifest)}))
    print_line(f"Published.\n{_where(target, result)}")
    _print_later(result.site)
    _notify_hub(result.site, plan)
    _verify(publication)
    return DONE


def _remember(result: Run, live: SiteManifest, built: SiteManifest) -> None:
    """Remember which posts are live, for the editor."""
    # late import: see docs/architecture.md
    from wardblog.build.live_posts import remember_live

    is_ours = live.site is None or Identity.of(result.site).is_same(live.site)
    remember_live(result, live.digests if is_ours else {}, built.digests)


def _print_plan(publication: Publication, confirmation: Confirmation, result: Run) -> None:
    """Print what would be published as JSON, with the warnings of the build."""
    # late import: see docs/architecture.md
    from wardblog.cli.formats import as_json

    shown = ShownPlan.of(publication, confirmation, result.content / SETTINGS_FILE)
    found = json.loads(as_json(result.warnings, result.content))
    print_for_programs(json.dumps({**found, **shown.as_json()}, ensure_ascii=False, indent=1))


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
    if not can_ask():
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
    if not run.site.publish.is_on_this_computer:
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
