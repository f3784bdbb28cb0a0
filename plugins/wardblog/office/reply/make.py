"""Makes a reply to paste into an e-mail, and says what it is without."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
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
)
from wardblog.office.share.texts import html_of
from wardblog.problems import Problem, Severity
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted

# What posts are only warned of, but may be held against the councillor.
_SERIOUS = frozenset(("predetermination",))
_OF_PERSON = "personal-data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply. `template` is the file that it is made from, or "" for the built-in one.

    `left_out` says what it is without, `doubts` are what to look at before it is sent, and
    `mistakes` are those in templates, which were therefore not used.
    """

    text: str
    template: str
    left_out: tuple[str, ...]
    doubts: tuple[Problem, ...]
    mistakes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySubject:
    """What a reply is about; `is_closed` is whether it answers a case that is closed."""

    issue: Issue
    street: StreetName | None = None
    reference: str = ""
    is_closed: bool = False


def reply_about(site: Site, private: Path, about: ReplySubject, faulty: Collection[str]) -> Reply:
    """A reply about an issue, from the best template of the councillor's.

    `faulty` are the files of posts that have problems; they are not used, and neither is a template
    that has a mistake.
    """
    templates, problems = read_templates(private, site)
    best = fitting(templates, about.issue, about.street, about.is_closed)
    chosen = best[0]
    facts = facts_of(site, about.issue, about.street, faulty, about.reference)
    text, missing = filled(chosen.text.body, facts.words)
    return Reply(
        text=text,
        template=chosen.file,
        left_out=(*facts.left_out, *_missing(missing, chosen), *_other_templates(best)),
        doubts=_doubts(site, text, chosen, facts),
        mistakes=tuple(problems),
    )


def _missing(names: Collection[str], template: ReplyTemplate) -> list[str]:
    """Placeholders of the councillor's own template for which there is nothing to say."""
    if not template.file:
        return [_ABSENT[name] for name in names if name in _ABSENT]
    return [f"the line with {{{name}}}: there is none ({PLACEHOLDERS[name]})" for name in names]


_ABSENT = {
    "progress": "news: there is no post about this",
    "next": "a next date: nothing is coming up",
    "report": "where to report it: issues.toml has no report_url for this issue",
}


def _other_templates(best: list[ReplyTemplate]) -> list[str]:
    if len(best) == 1:
        return []
    names = ", ".join(one.file for one in best[1:])
    return [f"{counted(len(best) - 1, 'other template')} that would fit as well: {names}"]


def _doubts(
    site: Site, text: str, template: ReplyTemplate, facts: ReplyFacts
) -> tuple[Problem, ...]:
    """What the rules for posts would stop; what the author of the post has answered counts."""
    name = template.file or "the reply"
    own = PrivateText(file=name, entries=template.text.all("Allow"), body=text)
    answered = {one.rule for one in facts.post.allowances} if facts.post else set[str]()
    answered.discard(_OF_PERSON)  # who agreed to that post alone
    return tuple(
        replace(one, line=None)
        for one in guard.problems_of(site, own, html_of(text))
        if one.severity is Severity.STOP or one.rule in _SERIOUS
        if one.rule not in answered
    )
