"""What every page says in the time before an election."""

from __future__ import annotations

from wardblog.model import Site
from wardblog.text.words import long_date


def election_banner(site: Site) -> str:
    """The banner of the day, or nothing; it is the same on every day of that time."""
    election = site.election
    if election is None or not election.is_on(site.today):
        return ""
    return election.banner or (
        f"There is an election on {long_date(election.poll)}. Until it is over, this blog carries "
        "no council e-mail addresses, no council logos, and no links to what a council pays for on "
        "behalf of its councillors."
    )
