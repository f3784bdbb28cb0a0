"""Check the settings: the address that publishing needs, and colours that can be read."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.content.files import ISSUES_FILE, SETTINGS_FILE
from wardblog.model import LOCAL_URL, Site
from wardblog.problems import Problem
from wardblog.support.colours import (
    COLOURS,
    DARK,
    LIGHT,
    WANTED,
    contrast,
    is_readable,
    nearest_colour,
    readable,
)

# The rule about what publishing needs, but building does not.
NO_URL = "no-url"


def no_url(site: Site) -> Iterator[Problem]:
    if site.url == LOCAL_URL:
        yield Problem(
            file="ward.toml",
            line=site.url_line,
            message='the site has no "url" yet, so it cannot be published',
            hint='Write the site\'s public address under [site]: url = "https://ward.example.org"',
        )


def low_contrast(site: Site) -> Iterator[Problem]:
    """Colours that must be darker on a light page.

    No colour is readable on both light and dark pages, so dark pages always use a lighter one.
    """
    if not is_readable(site.accent, LIGHT):
        line = site.lines.get("site.accent")
        yield _problem(SETTINGS_FILE, line, site.accent, "the ward")
    for issue in site.issues:
        if not is_readable(issue.colour, LIGHT):
            yield _problem(ISSUES_FILE, issue.colour_line, issue.colour, f'"{issue.name}"')


def _problem(file: str, line: int | None, colour: str, whose: str) -> Problem:
    # Rounded down, so that 4.49 does not look like the 4.5 that is needed.
    measured = min(contrast(colour, LIGHT), WANTED[LIGHT] - 0.1)
    return Problem(
        file=file,
        line=line,
        message=(
            f'the colour "{colour}" of {whose} cannot be read on light pages (contrast '
            f"{measured:.1f}, at least {WANTED[LIGHT]} is needed)"
        ),
        hint=f'On light pages it is shown as "{readable(colour, LIGHT)}", on dark ones as '
        f'"{readable(colour, DARK)}". Choose another, such as '
        f'"{nearest_colour(colour, COLOURS)}".',
    )
