"""The commands that put the site where residents read it, and bring back the one before."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from wardblog.addresses import is_feed
from wardblog.cli.common import (
    DONE,
    ROOT,
    WORKPLACE,
    content_of,
    folders_of,
    is_yes,
    say,
    tell,
)
from wardblog.cli.site import tell_of
from wardblog.model import Site
from wardblog.problems import ContentStops, shown, stops
from wardblog.progress import watched
from wardblog.publish import (
    HubSilent,
    Plan,
    Publication,
    Refused,
    alone_on_this_machine,
    hosting_of,
    plainly,
    target_of,
    tell_hub,
)
from wardblog.words import counted

if TYPE_CHECKING:
    from wardblog.build import Run
    from wardblog.publish import Target


def publish(arguments: argparse.Namespace) -> int:
    with alone_on_this_machine(WORKPLACE):
        return _publish_alone(arguments)


def _publish_alone(arguments: argparse.Namespace) -> int:
    from wardblog import build

    content, output = folders_of(arguments)
    with watched() as watch:
        run = build.build_site(ROOT / "publishconf.py", content, output, watch=watch)
    tell_of(run)
    target = target_of(run.site.publish, hosting_of(run.site))
    with target.looking() if arguments.dry_run else target.alone():
        publication = Publication.of(run.site, output, run.folder.for_residents, target)
        plan, doubts = publication.plan, publication.doubts
        asks = doubts.asks.replace("{content}", shown(content))
        if plan.is_empty:
            tell(f"Nothing changed; the published site is as it was.\n{_look(target, run)}")
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
    _tell_hub(run.site, plan)
    _tell_differences(publication)
    return DONE


def _make_sure(doubts: str) -> None:
    """Asks whoever sits at the terminal; where nobody does, the answer is no."""
    if not sys.stdin or not sys.stdin.isatty():
        raise Refused(
            f"{doubts}\nNothing was published",
            "If that is meant, say so: make publish FORCE=1",
        )
    say(doubts)
    if not is_yes("to publish all the same"):
        raise Refused("Nothing was published; the live site is as it was")


def _tell_differences(publication: Publication) -> None:
    """What residents get is looked at; it is a warning, since the host may only be slow."""
    found = publication.differences()
    if not found:
        return
    later = " (such hosts take a few minutes)" if publication.target.is_slow else ""
    say("\n  ".join((f"warning: residents do not get what was published{later}:", *found)))


def _tell_hub(site: Site, plan: Plan) -> None:
    """Once the feeds are live, the hub hears which of them changed."""
    changed = sorted(path for path in (*plan.new, *plan.changed) if is_feed(path))
    if not site.hub or not changed:
        return
    try:
        tell_hub(site.hub, [site.absolute(path) for path in changed])
    except HubSilent as silent:
        say(
            f"warning: the hub {site.hub} was not told what changed: {silent}.\n"
            "  The site is live all the same; feed readers will find the news a little later."
        )
        return
    tell(f"Told the hub {site.hub} of {counted(len(changed), 'changed feed')}.")


def _look(target: Target, run: Run) -> str:
    if run.site.publish.to != "folder":
        return f"The site is in {target.where()}; residents read it at {run.site.url}/"
    return (
        f"The site is in {target.where()}; residents read it at {run.site.url}/ once a web server "
        'shows that folder there. To look at it now, run "make serve".'
    )


def rollback(arguments: argparse.Namespace) -> int:
    from wardblog.read import read_settings_of

    content = content_of(arguments)
    settings, problems = read_settings_of(content)
    if settings is None or stops(problems):
        raise ContentStops(problems, content)
    target = target_of(settings.publish)
    with alone_on_this_machine(WORKPLACE), plainly(target):
        release = target.rollback()
    tell(
        f"{release[0].upper()}{release[1:]} is live again, in {target.where()}. "
        'To go forward again, run "make publish".'
    )
    return DONE
