"""Our own build: the engine makes what changed, and publishes nothing before it is inspected.

It is chosen where no other plugin, setting or template takes part in the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wardblog.build.audit import SiteAudit
from wardblog.build.engine import MadeOutput
from wardblog.build.explain import causes_of, sources_of
from wardblog.build.record import Audit, Record
from wardblog.build.run import Run
from wardblog.build.workers import SharedWork
from wardblog.problems import ContentError, Problem, has_errors


class EngineBuild:
    """Brings the output folder up to date, or only inspects what would be in it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._records: dict[str, Record] = {}
        self._work: SharedWork[Any, MadeOutput] | None = None

    def build(self) -> None:
        """Build everything; raises `ContentError`, with the folder as it was, on a problem."""
        try:
            self.begin()
            self.make()
            self.finish()
        finally:
            self.stop()

    def begin(self) -> None:
        """Start making what changed, in other processes where possible."""
        run = self.run
        run.folder.stage()
        self._records, changed = run.engine.outdated()
        self._work = run.engine.begin(changed, run.watch)
        # Meanwhile the other processes work.
        run.state.readings.keep(run.reading, run.checked)

    def make(self) -> None:
        """Make the rest, inspect everything, and move it to its place."""
        outcomes = list(self._work.results()) if self._work else []
        self._work = None
        self._records |= collect(self.run, outcomes)
        folder = self.run.folder
        folder.existing = {f.path for record in self._records.values() for f in record.files}
        for path in folder.existing:
            if path not in folder.made and (known := folder.made_before(path)):
                folder.made[path] = known
        self._audit(outcomes)
        folder.commit()
        folder.written |= folder.existing

    def _audit(self, outcomes: Iterable[MadeOutput]) -> None:
        run = self.run
        others = (ref for outcome in outcomes for ref in outcome.references)
        audit = SiteAudit(run.posts, run.folder.read)
        problems = list(audit.problems(_audits(self._records), others))
        if has_errors(problems):
            run.folder.discard()
            raise ContentError([*run.problems, *problems], run.content)
        run.problems += problems

    def finish(self) -> None:
        """Remove old files, and record the others for the next build."""
        run, built = self.run, self.run.state.built
        run.gone = tuple(run.folder.finish())
        sources, changed = sources_of(run), run.folder.changed
        paths = {p for p, r in self._records.items() if any(f.path in changed for f in r.files)}
        causes = causes_of(run, paths, built.sources, sources) if built.is_known else {}
        built.keep(self._records, sources, causes)

    def stop(self) -> None:
        """Stop work that is no longer needed."""
        if self._work is not None:
            self._work.stop()
            self._work = None
        self.run.folder.close()

    def inspect(self) -> list[Problem]:
        """Inspect the files as they would be built; unchanged ones are not made again."""
        run, engine = self.run, self.run.engine
        records, changed = engine.outdated()
        plan, known = engine.plan, run.state.built.looks()
        looks = {
            output.path: known[output.path]
            for output in changed
            if output.path in known and known[output.path].needs == plan.needs(output)
        }
        plan.prepare()
        fresh = [output for output in changed if output.path not in looks]
        work = SharedWork(engine.inspect, fresh, "Inspecting pages", run.watch)
        looks |= zip((output.path for output in fresh), work.results(), strict=True)
        if fresh:
            # A page with a problem is inspected again: a change elsewhere may have corrected it.
            fine = {
                p: look for p, look in looks.items() if not (look.audit and look.audit.problems)
            }
            run.state.built.keep_looks(fine)
        audits = [*_audits(records), *(look.audit for look in looks.values() if look.audit)]
        others = (ref for look in looks.values() for ref in look.references)
        return list(SiteAudit(run.posts, run.rendered).problems(audits, others))


def collect(run: Run, outcomes: Iterable[MadeOutput]) -> dict[str, Record]:
    """Return the records of outputs that were made, and record their files in the folder."""
    for outcome in outcomes:
        run.folder.changed.update(outcome.changed)
        run.folder.made.update(outcome.made or {})
    return {outcome.path: outcome.record for outcome in outcomes}


def _audits(records: dict[str, Record]) -> Iterator[Audit]:
    return (record.audit for record in records.values() if record.audit)
