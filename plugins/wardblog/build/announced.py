"""Remembers the events of the last publish, to warn of a change that calendars would miss.

A calendar accepts a changed event only with a higher SEQUENCE, which comes from `Modified`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from wardblog.model import Deadline, Site
from wardblog.problems import Problem, Severity
from wardblog.support.private_files import private_folder, write_private
from wardblog.views.calendar import sequence, uid
from wardblog.views.coming import Occasion, all_occasions

ANNOUNCED = Path(".wardblog/announced.json")
# When and where an event is, in a form that can be compared.
Facts = list[str]


def announce(site: Site, path: Path = ANNOUNCED) -> None:
    """Remember the events that were just published."""
    published = {uid(site, o): [sequence(o), _facts(o)] for o in _of_posts(site)}
    private_folder(path.parent)
    write_private(path, json.dumps(published, ensure_ascii=True, indent=0).encode())


def unnoticed(site: Site, path: Path = ANNOUNCED) -> Iterator[Problem]:
    """Yield a warning for each event or deadline that changed while its `Modified` did not."""
    published = _read(path)
    for occasion in _of_posts(site) if published else ():
        before, owner = published.get(uid(site, occasion)), occasion.owner
        if before is None or owner is None or before[0] < sequence(occasion):
            continue
        if before[1] != _facts(occasion):
            key = "Deadline" if isinstance(occasion.what, Deadline) else "Event"
            yield Problem(
                file=owner.file,
                line=owner.line_of(key),
                message=f'"{occasion.what.words}" has changed since it was published, '
                "but people's calendars will still show the old version",
                hint=(
                    f'Add a line such as "Modified: {site.today} 12:00", with the time of '
                    f"your change."
                ),
                severity=Severity.WARN,
            )


def _of_posts(site: Site) -> Iterator[Occasion]:
    return (o for o in all_occasions(site) if o.owner is not None)


def _facts(occasion: Occasion) -> Facts:
    what = occasion.what
    if isinstance(what, Deadline):
        return [what.day.isoformat(), str(what.hour or "")]
    rule = f"{what.repeat.rule} {what.repeat.until}" if what.repeat else ""
    end = what.end.isoformat() if what.end else str(what.last_day or "")
    return [what.start.isoformat(), end, what.where, rule]


def _read(path: Path) -> dict[str, tuple[int, Facts]]:
    """Return what was announced, or nothing if the file cannot be read."""
    try:
        stored = json.loads(path.read_bytes()[:10_000_000])
        return {str(name): (int(n), [str(f) for f in facts]) for name, (n, facts) in stored.items()}
    except (AttributeError, OSError, OverflowError, RecursionError, TypeError, ValueError):
        return {}
