"""Report which column of each list names its places."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.check.personal import lists_of
from wardblog.model import Site
from wardblog.problems import Problem, Severity


def names_of_lists(site: Site) -> Iterator[Problem]:
    """A note for each list, for `make check`."""
    for listed in lists_of(site):
        given = listed.disclosure
        if given.named_by:
            yield Problem(
                file=listed.file,
                line=1,
                message=given.named_by,
                hint=given.not_used,
                severity=Severity.NOTE,
            )
