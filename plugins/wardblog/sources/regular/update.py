"""Plans what the sources change in the content folder, and then does it: all of it or nothing."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path

from wardblog.content.files import ISSUES_FILE
from wardblog.content.replace_files import NewFile, read_bytes, replace_files
from wardblog.model import Site
from wardblog.problems import CommandError
from wardblog.sources.regular import data_sets
from wardblog.sources.regular.data_sets import TableOf
from wardblog.sources.regular.kinds import KINDS, host_words
from wardblog.sources.regular.known_applications import references_in
from wardblog.sources.regular.meetings_page import PAGE, MeetingsOf, planned_page
from wardblog.sources.regular.memory import Proposals, read_proposals, write_proposals
from wardblog.sources.regular.raw_answers import raw_folder
from wardblog.sources.regular.run import SourceOutcome
from wardblog.sources.regular.source import Application
from wardblog.sources.regular.state_changes import plain_reference, state_changes, with_changes
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import parts_of
from wardblog.text.decoding import encoding_of
from wardblog.text.words import counted

# How many large applications are named in one run.
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchUpdate:
    """The files that change, in the order in which they are written, and what to say about it.

    `failures` are sentences about sources that gave nothing that can be used.
    """

    content: Path
    private: Path
    files: Mapping[str, NewFile]
    sentences: tuple[str, ...]
    failures: tuple[tuple[str, str], ...]
    before: Proposals
    after: Proposals

    def lines_of(self, file: str) -> list[str]:
        """The lines of a file that change, each after a minus or a plus."""
        return changed_lines(self.files[file])

    def write(self, workplace: Path) -> None:
        """Write all files or none, and remember what was proposed.

        Raises `CommandError` and `OSError`; the content folder is then as before.
        """
        if self.files:
            replace_files(self.content, self.files, workplace)
        if self.after != self.before:
            write_proposals(self.private, self.after)


def plan_update(
    content: Path, site: Site, private: Path, outcomes: Sequence[SourceOutcome]
) -> FetchUpdate:
    """Return what the sources change; nothing is written."""
    before = read_proposals(private)
    after = deepcopy(before)
    failures = [(one.failure, one.remedy) for one in outcomes if one.failure]
    tables, clashes = _tables(site, outcomes)
    failures += clashes
    sentences: list[str] = []
    new: dict[str, bytes] = {}
    _plan_tables(content, site, tables, new, sentences, failures)
    failures += _plan_page(content, private, site, outcomes, new, sentences, after)
    # Where sources disagree about an application, the council's own list counts.
    own_first = sorted(outcomes, key=lambda one: one.source.kind != "planning-csv")
    applications = [a for one in own_first if one.fetched for a in one.fetched.applications]
    sentences += _large_and_new(content, site, applications)
    changes = state_changes(applications, site, after.states)
    posts, unwritten = with_changes(content, changes, after)
    new |= posts
    failures += unwritten
    for one in outcomes:
        sentences += (
            words if words.endswith(".") else f"{host_words(one.source)}: {words}."
            for words in (one.fetched.left_out if one.fetched else ())
        )
    return FetchUpdate(
        content=content,
        private=private,
        files={
            file: NewFile(data, old)
            for file, data in new.items()
            if (old := read_bytes(content, file)) != data
        },
        sentences=tuple(dict.fromkeys(sentences)),
        failures=tuple(failures),
        before=before,
        after=after,
    )


def _tables(
    site: Site, outcomes: Sequence[SourceOutcome]
) -> tuple[list[TableOf], list[tuple[str, str]]]:
    """The tables with their issues; of two for one file only the first."""
    issues = {issue.slug: issue for issue in site.issues}
    found: dict[str, tuple[TableOf, SourceOutcome]] = {}
    clashes: list[tuple[str, str]] = []
    for outcome in outcomes:
        for table in outcome.fetched.tables if outcome.fetched else ():
            if (issue := issues.get(outcome.source.issue)) is None:
                raise _without_issue(outcome)
            one = TableOf(table, issue)
            if one.file in found:
                clashes.append(_clash(outcome, found[one.file][1], one.file))
            else:
                found[one.file] = one, outcome
    return [one for one, _ in found.values()], clashes


def _clash(outcome: SourceOutcome, other: SourceOutcome, file: str) -> tuple[str, str]:
    words = (
        f"ward.toml:{outcome.source.line}: this source would write {file}, as the one on line "
        f"{other.source.line} does, so it was left out."
    )
    return words, "Keep one of the two in ward.toml, or give each another issue."


def _without_issue(outcome: SourceOutcome) -> CommandError:
    return CommandError(
        f"ward.toml:{outcome.source.line_of('issue')}: issues.toml has no issue called "
        f'"{outcome.source.issue}"',
        "Add it to issues.toml, or name another issue here.",
    )


def _plan_tables(
    content: Path,
    site: Site,
    tables: Sequence[TableOf],
    new: dict[str, bytes],
    sentences: list[str],
    failures: list[tuple[str, str]],
) -> None:
    listed: list[TableOf] = []
    for one in tables:
        if not one.table.rows:
            has_some = read_bytes(content, one.file) is not None
            stays = ", so the earlier ones stay" if has_some else ""
            sentences.append(f"{one.table.title}: There are none in the ward now{stays}.")
            continue
        data = data_sets.csv_bytes(one.table)
        try:
            data_sets.refuse_unreadable(one.table, data)
        except CommandError as error:
            failures.append((f"{error}. The data as it was stays.", error.hint))
            continue
        is_changed = read_bytes(content, one.file) != data
        if is_changed:
            new[one.file] = data
        if is_changed or not data_sets.has_entry(content, one):
            listed.append(one)
        sentences.append(f"{one.table.title}: {counted(len(one.table.rows), 'row')}.")
    for one in listed:
        before = new.get(ISSUES_FILE, read_bytes(content, ISSUES_FILE) or b"")
        try:
            new[ISSUES_FILE] = data_sets.issues_bytes(before, [one], site.today)
        except CommandError as error:
            new.pop(one.file, None)
            failures.append((f"{error}. {one.file} stays as it was.", error.hint))


def _plan_page(
    content: Path,
    private: Path,
    site: Site,
    outcomes: Sequence[SourceOutcome],
    new: dict[str, bytes],
    sentences: list[str],
    after: Proposals,
) -> list[tuple[str, str]]:
    """Plan the page of meetings; returns what could not be planned, with a remedy."""
    found = [
        MeetingsOf(
            key=raw_folder(private, one.source).name,
            credit=_credit(one),
            meetings=one.fetched.meetings,
        )
        for one in outcomes
        if one.fetched and KINDS[one.source.kind].what == "meetings"
    ]
    if not found:
        return []
    known = deepcopy(after.meetings)
    try:
        data, notes = planned_page(read_bytes(content, PAGE), found, known, site.today)
    except CommandError as error:
        return [(f"{PAGE} was left as it is. {error}.", error.hint)]
    after.meetings.update(known)
    if data is not None:
        new[PAGE] = data
    sentences += (
        f"Meetings from {host_words(one.source)}: {len(one.fetched.meetings):,}."
        for one in outcomes
        if one.fetched and KINDS[one.source.kind].what == "meetings"
    )
    sentences += notes
    return []


def _credit(one: SourceOutcome) -> str:
    parts = parts_of(one.source.url)
    return f"[{parts.netloc}]({parts.scheme}://{parts.netloc}/)"


def _large_and_new(content: Path, site: Site, applications: Sequence[Application]) -> list[str]:
    """How to draft a post about each large application that was not in the data set before."""
    have_posts = {plain_reference(post.reference) for post in site.posts if post.reference}
    known = {plain_reference(reference) for reference in references_in(content, site)}
    new = [
        one
        for one in applications
        if one.is_large and plain_reference(one.reference) not in have_posts | known
    ]
    lines = [
        f"Large and new: {one.reference}, {one.address}. For a draft of a post: "
        f"make new FROM=planning:{one.reference}"
        for one in new[:_MOST_NAMED]
    ]
    if len(new) > _MOST_NAMED:
        lines.append(f"Older than these, there are {len(new) - _MOST_NAMED:,} more large ones.")
    return lines


def changed_lines(new: NewFile) -> list[str]:
    """The lines that differ, each after a minus or a plus."""
    old, now = (
        data.decode(encoding_of(data)[1], "replace").removeprefix("\ufeff").splitlines()
        for data in (new.before or b"", new.data)
    )
    lines = list(difflib.unified_diff(old, now, lineterm="", n=0))[2:]
    return [f"{line[0]} {line[1:].strip()}" for line in lines if line[:1] in "+-"]
