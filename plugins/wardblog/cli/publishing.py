"""The commands that put the site where residents read it, and bring back the one before."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.common import (
    DONE,
    ROOT,
    WORKPLACE,
    confirm,
    content_folder,
    folders_of,
    say,
    tell,
)
from wardblog.cli.site import tell_of
from wardblog.model import Site
from wardblog.model.outputs import OutputKind
from wardblog.problems import ContentError, display_path, has_errors
from wardblog.publish import (
    CommandError,
    HubError,
    Identity,
    Publication,
    PublishPlan,
    check_path,
    explaining_os_errors,
    hosting_of,
    interrupted_by_signals,
    later,
    notify_hub,
    target_of,
)
from wardblog.support.progress_bar import progress_bars
from wardblog.text.words import counted

if TYPE_CHECKING:
    from wardblog.build import Run
    from wardblog.publish import Target

_SOFTWARE = ("plugins", "theme", "docs", "tests")


def publish(arguments: argparse.Namespace) -> int:
    with explaining_os_errors(WORKPLACE), interrupted_by_signals():
        return _publish_alone(arguments)


def _publish_alone(arguments: argparse.Namespace) -> int:
    from wardblog import build

    content, output = folders_of(arguments)
    with progress_bars() as watch:
        run = build.build_site(ROOT / "publishconf.py", content, output, watch=watch)
    tell_of(run)
    check_path(run.site.publish, _kept(content, output))
    target = target_of(run.site.publish, hosting_of(run.site))
    with target.looking() if arguments.dry_run else target.alone():
        publication = Publication.of(run.site, output, run.kinds, target)
        plan = publication.plan
        doubts = publication.doubts(may_be_new=_runs_unattended())
        asks = doubts.asks.replace("{content}", display_path(content))
        if plan.is_empty:
            tell(f"Nothing changed; the published site is as it was.\n{_look(target, run)}")
            _tell_of_later(run.site)
            return DONE
        if arguments.dry_run:
            tell("\n".join((f"Publishing would send {plan.sentence}.", *plan.lines())))
            if asks:
                tell(f"It would ask first:\n{asks}")
            if doubts.warns:
                say(f"warning: {doubts.warns}")
            return DONE
        tell("\n".join((f"Publishing {plan.sentence}.", *plan.lines(12))))
        if asks and not arguments.force:
            _make_sure(asks)
        if doubts.warns:
            say(f"warning: {doubts.warns}")
        publication.send(WORKPLACE)
    build.announce(run.site)
    tell(f"Published.\n{_look(target, run)}")
    _tell_of_later(run.site)
    _tell_hub(run.site, plan)
    _tell_differences(publication)
    return DONE


def _kept(content: Path, output: Path) -> dict[str, Path]:
    """The folders in which no published site may be."""
    private = Path(os.environ.get("PRIVATE") or content.absolute().parent / "private")
    own = {f"{name}/, which belongs to the software": ROOT / name for name in _SOFTWARE}
    return {
        display_path(content): content,
        display_path(output): output,
        display_path(private): private,
        **own,
    }


def _runs_unattended() -> bool:
    """Whether a service runs this that tells so, as GitHub and others do: nobody can be asked."""
    return os.environ.get("CI", "").casefold() not in ("", "0", "false")


def _tell_of_later(site: Site) -> None:
    """What residents will see only once somebody publishes again."""
    if words := later(site):
        tell(f"{words} docs/publishing.md explains how to do this automatically.")


def _make_sure(doubts: str) -> None:
    """Asks whoever sits at the terminal; where nobody does, the answer is no."""
    if not sys.stdin or not sys.stdin.isatty():
        raise CommandError(
            f"{doubts}\nNothing was published",
            "If that is meant, say so: make publish FORCE=1",
        )
    say(doubts)
    if not confirm("to publish all the same"):
        raise CommandError("Nothing was published; the live site is as it was")


def _tell_differences(publication: Publication) -> None:
    """What residents get is looked at; it is a warning, since the host may only be slow."""
    found = publication.differences()
    if not found:
        return
    later = " (such hosts take a few minutes)" if publication.target.is_slow else ""
    say("\n  ".join((f"warning: residents do not get what was published{later}:", *found)))


def _tell_hub(site: Site, plan: PublishPlan) -> None:
    """Once the feeds are live, the hub hears which of them changed."""
    files = plan.manifest.files
    changed = sorted(path for path in plan.sent if files[path].kind is OutputKind.FEED)
    if not site.hub or not changed:
        return
    try:
        notify_hub(site.hub, [site.absolute(path) for path in changed])
    except HubError as silent:
        say(
            f"warning: the hub {site.hub} was not told what changed: {silent}.\n"
            "  The site is live all the same; feed readers will find the news a little later."
        )
        return
    tell(f"Told the hub {site.hub} of {counted(len(changed), 'changed feed')}.")


def _look(target: Target, run: Run) -> str:
    if run.site.publish.to != "folder":
        return f"The site is in {target.where()}; residents read it at {run.site.url}/"
    if Identity.of(run.site).is_example:
        return (
            f"Nothing has left this computer: {run.site.url}/ is only an example of an address.\n"
            f"The site is in {target.where()}; residents read it at your own address once you "
            'have one.\nTo look at it now, run "make serve"; to begin your own, "make start".'
        )
    return (
        f"The site is in {target.where()}; residents read it at {run.site.url}/ once a web server "
        'shows that folder there. To look at it now, run "make serve".'
    )


def rollback(arguments: argparse.Namespace) -> int:
    from wardblog.content import read_settings_of

    content = content_folder(arguments)
    settings, problems = read_settings_of(content)
    if settings is None or has_errors(problems):
        raise ContentError(problems, content)
    check_path(settings.publish, _kept(content, Path("output")))
    target = target_of(settings.publish)
    site = Identity(settings.url, settings.title)
    with explaining_os_errors(WORKPLACE), interrupted_by_signals(), explaining_os_errors(target):
        release = target.rollback(site)
    tell(
        f"{release[0].upper()}{release[1:]} is live again, in {target.where()}. "
        'To go forward again, run "make publish".'
    )
    return DONE
