"""Proposes a line in the history of a post when the application that it is about was decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from wardblog.content.replace_files import read_bytes
from wardblog.content.write import values_in, with_further_value
from wardblog.model import Post, Site
from wardblog.problems import CommandError
from wardblog.sources.regular.memory import Proposals
from wardblog.sources.regular.source import Application
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# What a state means, whatever the council calls it; the first that fits. One that fits none is
# quoted. A state without words is not news.
_UNDECIDED, _UNCLEAR = "undecided", "unclear"
_MEANINGS = (
    (late_regex(r"^(?:other|unresolved|unknown|)$", re.I), _UNCLEAR),
    (late_regex(r"\bappeal|\bprior approval|\bnot\b|\bpart\b|\bsplit\b|\blapsed\b", re.I), ""),
    (late_regex(r"withdrawn", re.I), "withdrawn"),
    (late_regex(r"\brefus|\breject|\bdeclined\b", re.I), "refused"),
    (late_regex(r"^conditions$|(?:grant|approv|permi).*\bcondition|\bconditional", re.I),
     "conditions"),
    (late_regex(r"\bgranted\b|\bgrant\b|\bapproved?\b|\bpermitted\b|\bpermit\b|\bpermission\b",
                re.I), "granted"),
    (late_regex(r"\breferred\b", re.I), "referred"),
    (late_regex(r"undecided|pending|awaiting|register|registration|received|\bvalid|consult|progress|consider|"
                r"\bopen\b|\blive\b|\bcurrent\b|\bnew\b|assess", re.I), _UNDECIDED),
)  # fmt: skip
_WORDS: Mapping[str, str] = {
    "withdrawn": "The application has been withdrawn.",
    "refused": "The council has refused permission.",
    "conditions": "The council has granted permission, with conditions.",
    "granted": "The council has granted permission.",
    "referred": "The application has been referred to another authority.",
    _UNDECIDED: "The application is being considered again.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """A line for the history of a post; `line` is the value of its `Updated` line.

    `before` is what the state meant until now, or None if it was not known. `is_dated` is whether
    the line has the day of the decision, and not only that of the proposal.
    """

    file: str
    reference: str
    line: str
    before: str | None = None
    is_dated: bool = False


def meaning_of(state: str) -> str:
    """What a state means: a key of the table of words, "unclear", or the state in small letters."""
    for pattern, meaning in _MEANINGS:
        if pattern.search(state):
            return meaning or state.casefold()
    return state.casefold()


def plain_reference(reference: str) -> str:
    """A reference as it is compared: without spaces, in small letters."""
    return "".join(reference.split()).casefold()


def state_changes(
    applications: Iterable[Application], site: Site, known: dict[str, str]
) -> list[StateChange]:
    """The lines for posts whose application has another state than before.

    `known` are the states as of the last run, which are brought up to date. An application that is
    seen for the first time has changed if it was decided after its post was written. Of several
    with one reference, the first counts that has a clear state.
    """
    posts = _posts(site)
    seen: set[str] = set()
    changes: dict[str, StateChange] = {}
    for one in applications:
        key = plain_reference(one.reference)
        post = posts.get(key)
        meaning = meaning_of(one.state)
        if post is None or meaning == _UNCLEAR or key in seen:
            continue
        seen.add(key)
        before, known[key] = known.get(key), meaning
        if _has_changed(before, meaning, one, post):
            decided = _day_of_decision(one, post, site.today)
            day = decided or max(site.today, post.date.date())
            words = _WORDS.get(meaning) or f"The council now lists it as: {one.state}."
            line = f"{day.isoformat()} | | {words}"
            changes[key] = StateChange(
                file=post.file,
                reference=one.reference,
                line=line,
                before=before,
                is_dated=decided is not None,
            )
    return list(changes.values())


def _posts(site: Site) -> dict[str, Post]:
    """The newest post about each reference."""
    found: dict[str, Post] = {}
    for post in sorted(site.posts, key=lambda post: (post.date, post.file)):
        if post.reference:
            found[plain_reference(post.reference)] = post
    return found


def _has_changed(before: str | None, meaning: str, one: Application, post: Post) -> bool:
    if before is not None:
        return meaning != before
    if meaning == _UNDECIDED or one.decided is None:
        return False
    return one.decided >= post.date.date()


def _day_of_decision(one: Application, post: Post, today: date) -> date | None:
    """The day of the decision, if it is known and after the post was written."""
    is_decision = meaning_of(one.state) != _UNDECIDED
    if is_decision and one.decided and post.date.date() <= one.decided <= today:
        return one.decided
    return None


def with_changes(
    content: Path, changes: Iterable[StateChange], known: Proposals
) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """The new bytes of the posts, by their files, and what could not be written, with a remedy.

    A line that the post has, or that was proposed before, is left out. One that cannot be written
    is forgotten in `known`, so that it is proposed again.
    """
    files: dict[str, bytes] = {}
    failures: list[tuple[str, str]] = []
    for change in changes:
        lines = known.lines.setdefault(plain_reference(change.reference), [])
        try:
            before = files.get(change.file) or read_bytes(content, change.file) or b""
            if not _is_old(change, (*lines, *values_in(before).get("Updated", ()))):
                files[change.file] = with_further_value(before, "Updated", change.line)
                lines.append(change.line)
        except CommandError as error:
            failures.append((f"{change.file} was left as it is. {error}.", error.hint))
            _forget(change, known.states)
    return files, failures


def _is_old(change: StateChange, lines: Sequence[str]) -> bool:
    """Whether lines have that of a change: on the same day, or on any if its day is not known.

    The newest line may say it on another day.
    """
    compared = lines[-1:] if change.is_dated else lines
    return change.line in lines or any(_said(line) == _said(change.line) for line in compared)


def _said(line: str) -> str:
    return line.rpartition("|")[2].strip()


def _forget(change: StateChange, known: dict[str, str]) -> None:
    key = plain_reference(change.reference)
    if change.before is None:
        known.pop(key, None)
    else:
        known[key] = change.before
