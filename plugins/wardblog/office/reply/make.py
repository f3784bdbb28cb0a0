"""Makes a reply to paste into an e-mail, and says what it is without."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from wardblog.model import Issue, Site
from wardblog.office import guard
from wardblog.office.casework.named import StreetName
from wardblog.office.private_text import PrivateText
from wardblog.office.reply.facts import ReplyFacts, facts_of
from wardblog.office.reply.templates import (
    PLACEHOLDERS,
    ReplyTemplate,
    filled,
    fitting,
    read_templates,
    stops,
)
from wardblog.office.share.texts import html_of
from wardblog.problems import ContentError, Problem, Severity
from wardblog.text.words import counted

# What posts are only warned of, but may be held against the councillor.
_SERIOUS = frozenset(("predetermination",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply. `template` is the file that it is made from, or "" for the built-in one.

    `left_out` says what it is without, and `doubts` are what to look at before it is sent.
    """

    text: str
    template: str
    left_out: tuple[str, ...]
    doubts: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySubject:
    """What a reply is about; `is_closed` is whether it answers a case that is closed."""

    issue: Issue
    street: StreetName | None = None
    reference: str = ""
    is_closed: bool = False


def reply_about(site: Site, private: Path, about: ReplySubject, faulty: Collection[str]) -> Reply:
    """A reply about an issue, from the best template of the councillor's.

    `faulty` are the files of posts that have problems; they are not used. Raises `ContentError` if
    that template has a mistake.
    """
    templates, problems = read_templates(private, site)
    best = fitting(templates, about.issue, about.street, about.is_closed)
    chosen = best[0]
    if mistakes := stops(problems, chosen.file):
        raise ContentError(mistakes, private)
    facts = facts_of(site, about.issue, about.street, faulty, about.reference)
    text, missing = filled(chosen.text.body, facts.words)
    others = [problem for problem in problems if problem.file != chosen.file]
    return Reply(
        text=text,
        template=chosen.file,
        left_out=(*facts.left_out, *_missing(missing, chosen), *_other_templates(best, others)),
        doubts=_doubts(site, text, chosen, facts),
    )


def _missing(names: Collection[str], template: ReplyTemplate) -> list[str]:
    """What the councillor's own template asks for in vain; ours may be without anything."""
    if not template.file:
        return [_ABSENT[name] for name in names if name in _ABSENT]
    return [f"the line with {{{name}}}: there is none ({PLACEHOLDERS[name]})" for name in names]


_ABSENT = {
    "progress": "news: there is no post about this",
    "next": "a next date: there is none ahead",
    "report": "where to report it: issues.toml has no report_url for this issue",
}


def _other_templates(best: list[ReplyTemplate], problems: list[Problem]) -> list[str]:
    found = []
    if len(best) > 1:
        names = ", ".join(one.file for one in best[1:])
        found.append(f"{counted(len(best) - 1, 'other template')} that would fit as well: {names}")
    if files := sorted({problem.file for problem in problems}):
        found.append(f"templates with a mistake: {', '.join(files)}")
    return found


def _doubts(
    site: Site, text: str, template: ReplyTemplate, facts: ReplyFacts
) -> tuple[Problem, ...]:
    """What the rules for posts would stop; what the author of the post has answered counts."""
    name = template.file or "the reply"
    own = PrivateText(file=name, entries=template.text.all("Allow"), body=text)
    answered = {one.rule for one in facts.post.allowances} if facts.post else set[str]()
    return tuple(
        replace(one, line=None)
        for one in guard.problems_of(site, own, html_of(text))
        if one.severity is Severity.STOP or one.rule in _SERIOUS
        if one.rule not in answered
    )
