"""The councillor's own replies, private/replies/*.md: which one fits, and what goes into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from wardblog.model import Issue, Site
from wardblog.office.casework.named import StreetName, street_called
from wardblog.office.private_text import PrivateText, private_text_of
from wardblog.problems import Problem, did_you_mean, has_errors
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import read_utf8
from wardblog.text.slugs import slugify

REPLIES = "replies"
# The lines above a template, and whether each may be there several times.
_KEYS: Mapping[str, bool] = {"Issue": True, "Street": True, "Allow": True}
PLACEHOLDERS: Mapping[str, str] = {
    "issue": "the issue, as inside a sentence: grit bins",
    "Issue": "the issue, as at the beginning of one: Grit bins",
    "street": 'the street, or "the ward" without one',
    "about": "what issues.toml says about the issue, without a full stop",
    "latest": '"The latest news", or that there is none about the street',
    "progress": "the newest post and how the matter stands",
    "post": "the address of that post",
    "next": "the next deadline or event",
    "places": "the entries of the council's list in the street",
    "link": "the address of the issue's page",
    "report": "where to report it",
    "reference": "the council's reference, if you answer a case",
    "surgery": "your next surgery",
    "name": "your name",
    "contact": "your e-mail address and telephone number",
    "ward": "the name of the ward",
}
# A line in which anything is missing is left out.
BUILT_IN = """\
Hello,

Thank you for getting in touch about {issue} in {street}.

The reference is {reference}.

{latest}: {progress}
{post}

What comes next: {next}

On the council's list for {street}: {places}.

{about}. Read more about it here: {link}

{report}

Best wishes,

{name}
Councillor for {ward}
{contact}
"""
# How a reply begins, and how one about a closed case does.
_OPENING = "Thank you for getting in touch about {issue} in {street}."
_CLOSED = """\
Some time ago you got in touch about {issue} in {street}. I have now closed the case.
"""
_PLACEHOLDER = late_regex(r"\{\{|\}\}|\{([^{}\n]*)\}")
_EMPTY_LINES = late_regex(r"\n{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTemplate:
    """A text with placeholders. `file` is its path below the private folder, or "" for ours."""

    file: str
    text: PrivateText
    issues: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()

    def rank(self, issue: str, street: StreetName | None) -> int:
        """How well it fits; 0 if it is for something else."""
        if self.issues and issue not in self.issues:
            return 0
        if self.streets and self.streets.isdisjoint(street.slugs if street else ()):
            return 0
        return 1 + 2 * bool(self.issues) + bool(self.streets)


def built_in(has_about: bool, is_closed: bool = False) -> ReplyTemplate:
    """Our own template, for an issue for which the councillor has none."""
    body = BUILT_IN if has_about else BUILT_IN.replace("{about}. ", "")
    if is_closed:
        body = body.replace(f"{_OPENING}\n", _CLOSED)
    return ReplyTemplate(file="", text=PrivateText(file="", body=body))


def read_templates(private: Path, site: Site) -> tuple[list[ReplyTemplate], list[Problem]]:
    """The councillor's templates by their names, and the mistakes in those that are left out."""
    templates, problems = list[ReplyTemplate](), list[Problem]()
    paths = (private / REPLIES).glob("*.md")
    for path in sorted(path for path in paths if path.is_file()):
        report = Report(f"{REPLIES}/{path.name}")
        if (text := read_utf8(path, report)) is not None:
            template = template_of(text, report.file, site, report)
            templates += [] if has_errors(report.problems) else [template]
        problems += report.problems
    return templates, problems


def template_of(words: str, file: str, site: Site, report: Report) -> ReplyTemplate:
    """The template with these words; its mistakes are reported."""
    text = private_text_of(words, file, _KEYS, report)
    template = ReplyTemplate(
        file=file,
        text=text,
        issues=frozenset(_issues(text, site, report)),
        streets=frozenset(_streets(text, site, report)),
    )
    _check_placeholders(text, report)
    return template


def fitting(
    templates: Sequence[ReplyTemplate],
    issue: Issue,
    street: StreetName | None,
    is_closed: bool = False,
) -> list[ReplyTemplate]:
    """The templates that fit best, by name; ours if there is none.

    `is_closed` is whether the reply is about a case that is closed.
    """
    best = max((one.rank(issue.slug, street) for one in templates), default=0)
    chosen = [one for one in templates if best and one.rank(issue.slug, street) == best]
    return chosen or [built_in(bool(issue.about), is_closed)]


def filled(text: str, words: Mapping[str, str]) -> tuple[str, list[str]]:
    """The text with words for its placeholders, and the placeholders that had none.

    A line with one of those is left out. `{{` and `}}` are braces.
    """
    lines, missing = list[str](), dict[str, None]()
    for line in text.split("\n"):
        names = [match[1].strip() for match in _PLACEHOLDER.finditer(line) if match[1] is not None]
        absent = [name for name in names if not words.get(name)]
        missing.update(dict.fromkeys(absent))
        if not absent:
            lines.append(_PLACEHOLDER.sub(lambda match: _word(match, words), line).rstrip())
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip(), list(missing)


def _word(match: re.Match[str], words: Mapping[str, str]) -> str:
    return match[0][0] if match[1] is None else words[match[1].strip()]


def _issues(text: PrivateText, site: Site, report: Report) -> Iterator[str]:
    names = {slugify(issue.name): issue.name for issue in site.issues}
    for entry in text.all("Issue"):
        for written in filter(None, map(str.strip, entry.value.split(","))):
            if slugify(written) in names:
                yield slugify(written)
            else:
                hint = did_you_mean(written, names.values(), f"There are: {_all(names.values())}.")
                report.stop(entry.line, f'there is no issue called "{written}"', hint)


def _streets(text: PrivateText, site: Site, report: Report) -> Iterator[str]:
    for entry in text.all("Street"):
        for written in filter(None, map(str.strip, entry.value.split(","))):
            street = street_called(written, site.gazetteer)
            yield from street.slugs
            if not street.slugs:
                guess = f'Did you mean "{street.guess}"?' if street.guess else ""
                report.stop(entry.line, f'there is no street called "{written}"', guess)


def _check_placeholders(text: PrivateText, report: Report) -> None:
    for number, line in enumerate(text.body.split("\n"), text.body_line):
        for match in _PLACEHOLDER.finditer(line):
            name = (match[1] or "").strip()
            if match[1] is not None and name not in PLACEHOLDERS:
                hint = did_you_mean(name, PLACEHOLDERS, f"There are: {_all(PLACEHOLDERS)}.")
                report.stop(number, f"there is no placeholder {{{name}}}", hint)


def _all(names: Iterable[str]) -> str:
    return ", ".join(names)
