"""Reports columns and names in a council's list that are about people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wardblog.content.tables.column_names import may_name_people
from wardblog.content.tables.name_column import Naming
from wardblog.model import Disclosure, Place
from wardblog.places.columns import Row
from wardblog.report import Report
from wardblog.support.late_regex import late_regex

# An identifier that cannot be a name: "8", "LB000123", or none.
_PLAIN = late_regex(r"(?:[A-Za-z]{0,4}[ /.-]?\d{1,8})?")
# A column of numbers, such as "Max occupants", names nobody.
_LETTERS = late_regex(r"[^\W\d_]{2}")


def name_people(names: Sequence[str], rows: Sequence[Row], used: str, report: Report) -> None:
    """Report which columns are left out because they may identify people."""
    matches = [
        name
        for name in dict.fromkeys(names)
        if name != used
        and may_name_people(name)
        and any(_LETTERS.search(row.values.get(name, "")) for row in rows)
    ]
    if matches:
        quoted = [f'"{name}"' for name in matches]
        listed = " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
        are = (
            "column {} may hold people's names, and is"
            if len(matches) == 1
            else ("columns {} may hold people's names, and are")
        )
        report.note(1, f"the {are.format(listed)} not published")


def disclosed(naming: Naming, places: Sequence[Place], lines: Sequence[int]) -> Disclosure:
    """Return the personal data in the names and identifiers; `lines` are those of the places."""
    # late import: see docs/architecture.md
    from wardblog.privacy import find_personal

    rows = (
        " | ".join(
            (
                p.name,
                *([] if _PLAIN.fullmatch(p.identifier) else [" ".join(p.identifier.split())]),
                *([p.about] if p.about else []),
            )
        )
        for p in places
    )
    # A blank line separates the rows, so a match on line 2n + 1 is in row n.
    matches = find_personal("\n\n".join(rows))
    personal = tuple(replace(one, line=lines[(one.line - 1) // 2]) for one in matches)
    doubt = naming.doubt
    return Disclosure(
        personal=personal,
        people=doubt.column if doubt and doubt.is_of_people else "",
        text=doubt.column if doubt and not doubt.is_of_people else "",
        line=doubt.line if doubt else 1,
        named_by=naming.said,
        not_used=naming.not_used,
    )
