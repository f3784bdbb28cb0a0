"""`make why`: explain what a page is made from and what last changed it."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from wardblog.cli.common import DONE, ROOT, add_output_argument, content_and_output, print_line
from wardblog.problems import UsageError, display_path, nearest
from wardblog.text.words import long_date

if TYPE_CHECKING:
    from wardblog.build.record import Cause
    from wardblog.build.site import Explained


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_output_argument(parser)
    parser.add_argument("--page", default="", help="the page's address, such as issues/grit-bins/")


def run(arguments: argparse.Namespace) -> int:
    from wardblog import build

    content, output = content_and_output(arguments)
    config, page = ROOT / "pelicanconf.py", arguments.page.strip()
    if not page:
        raise UsageError("Say which page", "make why PAGE=issues/grit-bins/")
    explained = build.explain(config, content, output, page)
    if explained is None:
        addresses = [address.strip("/") for address in build.addresses(config, content)]
        best = nearest(page.strip("/"), addresses)
        guess = f'Did you mean "{best}/"?' if best else ""
        raise UsageError(f'There is no page "{page}" on this site', guess)
    needs = [f"  {line}".replace("{content}", display_path(content)) for line in explained.needs]
    address = explained.path.removesuffix("index.html")
    print_line(
        "\n".join(
            (f"/{address} is made from:", *needs, _last_build(explained, display_path(content)))
        )
    )
    return DONE


def _last_build(explained: Explained, content: str) -> str:
    """When a page was last rebuilt, and what the reason was."""
    if not explained.is_built:
        return "It has not been built yet."
    if explained.cause is None:
        last = "It was built with the whole site, and has not changed since."
    else:
        day = long_date(date.fromisoformat(explained.cause.day))
        last = f"It was last rebuilt on {day}, because {_reason(explained.cause, content)}."
    outdated = " Something it is made from has changed since: the next build checks it again."
    return last + (outdated if explained.is_behind else "")


def _reason(cause: Cause, content: str) -> str:
    from wardblog.build.explain import DATE, THEME

    own = (THEME, DATE)
    names = [name if name.startswith(own) else f"{content}/{name}" for name in cause.because]
    return f"{' and '.join(names)} changed" if names else "its file in the output folder changed"
