"""What the guard says of the files of a build, before they are put in their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from wardblog.build.plan import BuildPlan
from wardblog.build.record import Audit
from wardblog.build.writers import Watched
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
from wardblog.problems import Problem
from wardblog.text.words import counted
from wardblog.views import CardFile, File, Files, Output, Page

# What is looked at; pictures and files of the content were looked at before.
_LOOKED_AT = (".html", ".xml", ".json", ".geojson", ".csv", ".opml", ".ics", ".svg", "card.png")
# Where a message names the page that it is about.
_ADDRESS = re.compile(r"/\S*")


def audit_of(
    plan: BuildPlan, root: Path, output: Output, found: Watched
) -> tuple[Audit | None, tuple[Reference, ...]]:
    """What is wrong with an output's files, and which of the theme's links wait for other pages.

    `root` is the folder that they are for.
    """
    problems: list[Problem] = []
    own: list[Reference] = []
    others: list[Reference] = []
    for path, content in found.contents.items() if _is_looked_at(output) else ():
        if path.endswith(_LOOKED_AT):
            file = _file(plan, root, output, path, content, found)
            problems += check_built(file)
            of_post, of_theme = references(file)
            own += of_post
            others += of_theme
    audit = Audit(tuple(problems), tuple(own)) if problems or own else None
    return audit, tuple(others)


def _is_looked_at(output: Output) -> bool:
    return isinstance(output, Page | CardFile | File | Files)


def _file(
    plan: BuildPlan, root: Path, output: Output, path: str, content: bytes, found: Watched
) -> BuiltFile:
    site, due = plan.site, found.credits
    is_page = isinstance(output, Page) and path.endswith(".html")
    if path.endswith(".json"):
        is_map = path.rsplit("/", 1)[-1].startswith("map.") and site.map.tiles != "none"
        due = (site.map.tile_attribution,) if is_map else ()
    about = plan.templates.path(output.template) if isinstance(output, Page) else root / path
    post = output.texts[0] if is_page and output.texts and _is_posts(output) else None
    return BuiltFile(
        path=path,
        content=content,
        about=str(about.absolute()),
        site=site,
        resolver=plan.resolver,
        exists=lambda other: (
            other in plan.paths or other in found.contents or other in found.others
        ),
        post=post,
        credits=due,
        inspected=plan.inspected,
    )


def _is_posts(output: Output) -> bool:
    return isinstance(output, Page) and output.template in ("article", "page")


class SiteAudit:
    """Judges a build as a whole: what was found in its files, and what leads from one to another.

    `read` gives the bytes of a page of the site, made now or before; None for one that is not.
    """

    def __init__(self, posts: Mapping[str, Post], read: Callable[[str], bytes | None]) -> None:
        self._posts, self._read = posts, read
        self._ids: dict[str, frozenset[str] | None] = {}

    def problems(self, audits: Iterable[Audit], others: Iterable[Reference]) -> Iterator[Problem]:
        """All problems, after the authors' answers; of one fault in many files, the first few."""
        found: list[Problem] = []
        for audit in audits:
            found += audit.problems
            for one in audit.references:
                found += check_reference(one, self._ids_of(one.path), self._posts.get(one.about))
        # The theme has the same links on every page.
        for one in {(r.about, r.path, r.fragment): r for r in others}.values():
            found += check_reference(one, self._ids_of(one.path), None)
        return with_answers_applied(_few(found), self._posts)

    def _ids_of(self, path: str) -> frozenset[str] | None:
        if path not in self._ids:
            content = self._read(path)
            self._ids[path] = None if content is None else ids_in(content)
        return self._ids[path]


def _few(problems: Iterable[Problem]) -> Iterator[Problem]:
    """A template that lacks something lacks it on each page: the first of them says enough."""
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
        others = f" So it is with {counted(more, 'more page or file', 'more')}." if more else ""
        yield replace(problem, hint=problem.hint + others)
