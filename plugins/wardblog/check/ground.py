"""Check that the names of the gazetteer and the base map give nobody away.

They come from maps that anybody may edit, and there are thousands of them. So only a name that has
a mark of personal data is read closely: figures, an address, a title, or a home of somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from wardblog.check.allowed import allowed_on, if_public, quoted
from wardblog.model import PersonalData, PersonalKind, Site
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex

_MOST_REPORTED = 5
_MARKED = late_regex(
    r"\d\D{0,2}\d\D{0,2}\d\D{0,2}\d|@|\bhome of\b|\b(?:mr|mrs|ms|miss|mx)\b"
    r"|['’]s? (?:old |new |front |back )?(?:house|home|flat|door|bungalow|cottage)",
    re.IGNORECASE,
)


def personal_names(site: Site) -> Iterator[Problem]:
    """Names of streets, places and what else is on the map that give somebody away."""
    for where, match in islice(_matches(site), _MOST_REPORTED):
        yield Problem(
            file="ward.toml",
            line=site.lines.get("map"),
            message=f"a name in the {where} gives away {quoted(match)}",
            hint=f"Remove it from the {where}.{if_public(match)}",
        )


def _matches(site: Site) -> Iterator[tuple[str, PersonalData]]:
    """What is found, and whether it is in the gazetteer or the base map."""
    gazetteer = (entry.name for entry in (*site.gazetteer.streets, *site.gazetteer.places))
    for where, names in (
        ("gazetteer", gazetteer),
        ("base map", site.map.base.names if site.map.base else ()),
    ):
        for match in _personal(filter(_MARKED.search, dict.fromkeys(names))):
            if match not in allowed_on(site):
                yield where, match


def _personal(names: Iterable[str]) -> Iterator[PersonalData]:
    for name in names:
        # late import: see docs/architecture.md
        from wardblog.content.personal_data import is_of_somebody
        from wardblog.privacy import find_personal

        found = find_personal(name)
        yield from found
        if not found and is_of_somebody(name):
            yield PersonalData(kind=PersonalKind.ADDRESS, words=name, value=name.casefold(), line=1)
