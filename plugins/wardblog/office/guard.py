"""Checks what leaves the private side, such as a newsletter, with the rules that posts have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time

from wardblog.check import RULES, SiteRule, check_post, with_answers_applied
from wardblog.content.commitments import commitments_of
from wardblog.content.election_words import emblems_of, mailboxes_of
from wardblog.content.header.fields import parse_allowance
from wardblog.content.header.front_matter import PostFile
from wardblog.content.markdown.html_links import find_links
from wardblog.content.personal_data import personal_in
from wardblog.model import Allowance, BodyText, PersonalData, Post, Site
from wardblog.model.events import LONDON
from wardblog.office.private_text import PrivateText
from wardblog.privacy import find_personal
from wardblog.problems import Problem, did_you_mean
from wardblog.report import Report
from wardblog.support.late_regex import late_regex

# The rules about what a text says; the others are about posts as a part of the site.
_OF_POSTS = frozenset(
    ("hard-words", "long-sentence", "no-alternative", "useless-alternative",
     "empty-link", "link-text", "unsafe-html", "left-out-html", "table-headers")
)  # fmt: skip
_OF_SITE = frozenset(
    ("personal-data", "predetermination", "election-email", "election-logo", "election-link")
)
# The line that answers a problem; it is not published.
_ALLOW = "Allow"
# Two numbers with at least four decimals, which is a house: "51.4652, -0.1609", or in the address
# of a map "!3d51.4652!4d-0.1609".
_NUMBERS = late_regex(r"(?<![\d.])(-?\d{1,2}\.\d{4,})(?:!4d|[^\d\n]{1,12}?)(-?\d{1,2}\.\d{4,})")
# The latitudes and longitudes of the United Kingdom, in degrees.
_LATITUDES, _LONGITUDES = (49, 61), (-9, 2)
# The National Grid to 10 metres or less, a plus code, and three words.
_CODES = late_regex(
    r"\b[HNOST][A-HJ-Z] ?\d{4,5} ?\d{4,5}\b"
    r"|\b[2-9CFGHJMPQRVWX]{4}(?:[2-9CFGHJMPQRVWX]{4})?\+[2-9CFGHJMPQRVWX]{2,3}\b"
    r"|///[a-z]+\.[a-z]+\.[a-z]+"
)


def problems_of(site: Site, text: PrivateText, html: str) -> list[Problem]:
    """The problems of a text; `html` is its Markdown as it will be shown.

    Their files are paths below the private folder. As in a post, an `Allow` line answers one.
    """
    post = _as_post(site, text, html)
    alone = replace(site, posts=(), pages=(post,))
    problems = [p for p in check_post(post) if p.rule in _OF_POSTS]
    for rule in RULES:
        if isinstance(rule, SiteRule) and rule.name in _OF_SITE:
            found = rule.labelled(rule.check(alone))
            problems += [problem for problem in found if problem.file == text.file]
    problems += _positions(text)
    report = Report(text.file)
    answered = with_answers_applied(problems, {text.file: _with_answers(post, text, report)})
    return [_about_content(problem) for problem in (*answered, *report.problems)]


def _about_content(problem: Problem) -> Problem:
    """The problem, where a hint may name a file of the content: this one is in another folder."""
    return replace(problem, hint=problem.hint.replace("{content}/", ""))


def _with_answers(post: Post, text: PrivateText, report: Report) -> Post:
    """The post with the answers of its author; one that answers no check is reported."""
    known = [rule.name for rule in RULES if rule.answerable]
    found: list[Allowance] = []
    for entry in text.all(_ALLOW):
        with report.at(entry.line):
            answer = parse_allowance(entry.value)
            found.append(answer)
            if answer.rule not in known:
                report.warn(
                    entry.line,
                    f'there is no check called "{answer.rule}" that can be answered',
                    did_you_mean(answer.rule, known),
                )
    return replace(post, allowances=tuple(found))


def _as_post(site: Site, text: PrivateText, html: str) -> Post:
    """The text as the rules read it."""
    document = PostFile(entries=(), body=text.body, body_line=text.body_line, lines={})
    links = find_links(html, text.body, text.body_line)
    titled = replace(
        document,
        entries=tuple(replace(entry, key="Title") for entry in text.entries if entry.key != _ALLOW),
    )
    decides = any(one.planning_committee for one in site.councillors)
    return Post(
        file=text.file,
        title=text.first("Title"),
        slug="",
        address="",
        date=datetime.combine(site.today, time(), LONDON),
        body=BodyText(html, text.body, text.body_line),
        author=" and ".join(one.name for one in site.councillors),
        links=links,
        personal=(*_in_entries(text), *personal_in(document, html, "")),
        mailboxes=mailboxes_of(titled, links),
        emblems=emblems_of(html, links),
        commitments=commitments_of(titled, html) if decides else (),
        lines={entry.key: (entry.line,) for entry in reversed(text.entries)},
    )


def _in_entries(text: PrivateText) -> Iterator[PersonalData]:
    for entry in text.entries:
        for match in find_personal(entry.value) if entry.key != _ALLOW else ():
            yield replace(match, line=entry.line, last=entry.line if match.last else 0)


def _positions(text: PrivateText) -> Iterator[Problem]:
    """Exact positions, which would say more than the posts do."""
    lines = [(entry.line, entry.value) for entry in text.entries if entry.key != _ALLOW]
    lines += enumerate(text.body.split("\n"), text.body_line)
    for number, words in lines:
        if position := _position_in(words):
            yield Problem(
                file=text.file,
                line=number,
                message=f'"{position}" is an exact position, such as that of a house',
                hint="Name the street instead.",
                rule="exact-pin",
            )


def _position_in(words: str) -> str:
    """The first exact position in the United Kingdom, or ""."""
    for match in _NUMBERS.finditer(words):
        first, second = float(match[1]), float(match[2])
        if _is_here(first, second) or _is_here(second, first):
            return match[0]
    code = _CODES.search(words)
    return code[0] if code else ""


def _is_here(latitude: float, longitude: float) -> bool:
    return (
        _LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]
    )


def missing_imprint(site: Site, words: str, file: str, what: str) -> Iterator[Problem]:
    """The problem of a finished text that has no imprint; `what` names it, as in "the message"."""
    if _squeezed(site.imprint.sentence) not in _squeezed(words):
        yield Problem(
            file=file,
            line=None,
            message=f"{what} has no imprint",
            hint="The law requires it wherever the material is shown.",
            rule="missing-imprint",
        )


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
