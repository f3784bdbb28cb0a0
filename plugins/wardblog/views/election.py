"""The banner on every page in the period before an election."""

from __future__ import annotations

from wardblog.model import Site
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
