"""What every page has: the colours, the security policy, and the banner before an election."""

from __future__ import annotations

from wardblog.model import MapSettings, Site
from wardblog.support.colours import DARK, LIGHT, readable
from wardblog.support.urls import parts_of
from wardblog.text.words import long_date


def election_banner(site: Site) -> str:
    """The banner, or "" outside the election period; it is the same on each of its days."""
    election = site.election
    if election is None or not election.is_on(site.today):
        return ""
    return election.banner or (
        f"There is an election on {long_date(election.poll)}. Until it is over, this blog carries "
        "no council e-mail addresses, no council logos, and no links to pages that a council pays "
        "for on behalf of its councillors."
    )


def issue_colours(site: Site) -> dict[str, str]:
    """Each issue's colour by slug, made readable on light paper."""
    return {issue.slug: readable(issue.colour, LIGHT) for issue in site.issues}


def colour_rules(site: Site) -> str:
    """The rules that are added to the end of the theme's style sheet."""
    named = [(":root", "accent", site.accent)]
    named += [(f".issue-{i.slug}", "issue", i.colour) for i in site.issues]
    light = [f"{where}{{--{what}:{readable(c, LIGHT)}}}" for where, what, c in named]
    dark = [f"{where}{{--{what}:{readable(c, DARK)}}}" for where, what, c in named]
    return "\n".join((*light, "@media screen and (prefers-color-scheme:dark){", *dark, "}", ""))


def content_security_policy(settings: MapSettings) -> str:
    """The policy in every page (https://www.w3.org/TR/CSP3/).

    Its last part makes the browser refuse any text that a script would insert as HTML or load as a
    script, unless the theme's own policy allows it (https://www.w3.org/TR/trusted-types/).
    """
    images = "'self'"
    if settings.tiles != "none":
        parts = parts_of(settings.tile_url)
        images += f" {parts.scheme}://{parts.netloc.replace('{s}', '*')}"
    return (
        f"default-src 'self'; img-src {images}; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; require-trusted-types-for 'script'; trusted-types default"
    )
