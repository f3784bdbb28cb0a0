"""Inspects the files of a build before they are published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from wardblog.build.plan import BuildPlan
from wardblog.build.record import Audit
from wardblog.build.writers import RecordingWriter
from wardblog.check import (
    BuiltFile,
    Reference,
    check_built,
    check_reference,
    ids_in,
    references,
    with_answers_applied,
)
from wardblog.model import Post
from wardblog.model.outputs import OutputKind
from wardblog.problems import Problem
from wardblog.text.words import counted
from wardblog.views import CardFile, File, Files, Output, Page

# Files that are inspected; pictures and files of the content were inspected before.
_INSPECTED = (".html", ".xml", ".json", ".geojson", ".csv", ".opml", ".ics", ".svg", "card.png")
# The page's address in a message.
_ADDRESS = re.compile(r"/\S*")


def audit_of(
    plan: BuildPlan, root: Path, output: Output, recorder: RecordingWriter
) -> tuple[Audit | None, tuple[Reference, ...]]:
    """Return the problems of an output's files, and the theme's links to other pages.

    `root` is the folder that they are for.
    """
    problems = list(recorder.faults)
    own: list[Reference] = []
    others: list[Reference] = []
    for path, content in recorder.contents.items() if _is_inspected(output) else ():
        if path.endswith(_INSPECTED):
            file = _file(plan, root, output, path, content, recorder)
            problems += check_built(file)
            of_post, of_theme = references(file)
            own += of_post
            others += of_theme
    audit = Audit(tuple(problems), tuple(own)) if problems or own else None
    return audit, tuple(others)


def _is_inspected(output: Output) -> bool:
    return isinstance(output, Page | CardFile | File | Files)


def _file(
    plan: BuildPlan,
    root: Path,
    output: Output,
    path: str,
    content: bytes,
    recorder: RecordingWriter,
) -> BuiltFile:
    site, due = plan.site, recorder.credits
    is_page = isinstance(output, Page) and path.endswith(".html")
    if path.endswith(".json"):
        is_map = path.rsplit("/", 1)[-1].startswith("map.") and site.map.tiles != "none"
        due = (site.map.tile_attribution,) if is_map else ()
    about = plan.templates.path(output.template) if isinstance(output, Page) else root / path
    post = output.texts[0] if is_page and output.kind is OutputKind.PAGE else None
    checked = tuple(post.html for post in output.texts if post.file not in plan.rewritten)
    return BuiltFile(
        path=path,
        content=content,
        about=str(about.absolute()),
        site=site,
        resolver=plan.resolver,
        exists=lambda other: (
            other in plan.kinds or other in recorder.contents or other in recorder.others
        ),
        post=post,
        checked=checked,
        credits=due,
        inspected=plan.inspected,
        pages=plan.pages,
        kind=plan.kinds.get(path, output.kind if path == output.path else OutputKind.ASSET),
    )


class SiteAudit:
    """Collects the problems of a whole build: those of its files, and links between them.

    `read` gives the bytes of a page of the site, or None for one that does not exist.
    """

    def __init__(self, posts: Mapping[str, Post], read: Callable[[str], bytes | None]) -> None:
        self._posts, self._read = posts, read
        self._ids: dict[str, frozenset[str] | None] = {}

    def problems(self, audits: Iterable[Audit], others: Iterable[Reference]) -> Iterator[Problem]:
        """Yield all problems that nobody answered; a fault of a template is reported once."""
        problems: list[Problem] = []
        every = list(audits)
        if faults := [p for audit in every for p in audit.problems if not p.rule]:
            return with_answers_applied(
                _merged(faults), self._posts
            )  # of pages that could not be made
        for audit in every:
            problems += audit.problems
            for one in audit.references:
                problems += check_reference(one, self._ids_of(one.path), self._posts.get(one.about))
        # The theme has the same links on every page, so each is checked once.
        for one in {(r.about, r.path, r.fragment): r for r in others}.values():
            problems += check_reference(one, self._ids_of(one.path), None)
        return with_answers_applied(_merged(problems), self._posts)

    def _ids_of(self, path: str) -> frozenset[str] | None:
        if path not in self._ids:
            content = self._read(path)
            self._ids[path] = None if content is None else ids_in(content)
        return self._ids[path]


def _merged(problems: Iterable[Problem]) -> Iterator[Problem]:
    """A fault of a template is on each of its pages: report the first, and count the others."""
    first: dict[tuple[str, str, str], Problem] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for problem in problems:
        if not Path(problem.file).is_absolute():
            yield problem
            continue
        key = (problem.file, problem.rule, _ADDRESS.sub("", problem.message, count=1))
        first.setdefault(key, problem)
        counts[key] += 1
    for key, problem in first.items():
        more = counts[key] - 1
        others = (
            f" The same problem is on {counted(more, 'more page or file', 'more pages or files')}."
            if more
            else ""
        )
        yield replace(problem, hint=problem.hint + others)
