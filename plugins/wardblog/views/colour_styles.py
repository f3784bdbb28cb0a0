"""CSS rules for the colours of the ward and of the issues, readable on light and on dark."""

from __future__ import annotations

from wardblog.model import Site
from wardblog.support.colours import DARK, LIGHT, readable


def issue_colours(site: Site) -> dict[str, str]:
    """Each issue's colour by slug, made readable on white."""
    return {issue.slug: readable(issue.colour, LIGHT) for issue in site.issues}


def colour_rules(site: Site) -> str:
    """The rules that are added to the end of the theme's style sheet."""
    named = [(":root", "accent", site.accent)]
    named += [(f".issue-{i.slug}", "issue", i.colour) for i in site.issues]
    light = [f"{where}{{--{what}:{readable(c, LIGHT)}}}" for where, what, c in named]
    dark = [f"{where}{{--{what}:{readable(c, DARK)}}}" for where, what, c in named]
    return "\n".join((*light, "@media screen and (prefers-color-scheme:dark){", *dark, "}", ""))
