"""`make reply`: write a reply to paste into an e-mail."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.cli.casework import load_cases
from wardblog.cli.common import (
    DONE,
    ROOT,
    content_folder,
    print_error,
    print_for_programs,
    private_folder_of,
)
from wardblog.problems import ContentError, Severity, UsageError, render
from wardblog.support.late_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wardblog.model import Issue, Site
    from wardblog.office.casework.named import StreetName
    from wardblog.office.reply.make import Reply
    from wardblog.problems import Problem

_EXAMPLE = 'make reply ISSUE="Grit bins" STREET="Eland Road", or for a case: make reply CASE=17'


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reply is about, as written; `of_case` is the id of the case that it answers."""

    issue: str
    street: str
    reference: str = ""
    of_case: str = ""
    is_street_of_case: bool = False
    is_reference_odd: bool = False
    is_closed: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--issue", default="", help="what the reply is about")
    parser.add_argument("--street", default="", help="the street that it is about")
    parser.add_argument("--case", default="", help="the number of a case to answer")


def run(arguments: argparse.Namespace) -> int:
    from wardblog.build import use_site
    from wardblog.office.reply.make import ReplySubject, reply_about

    content = content_folder(arguments)
    private = private_folder_of(content)
    asked = _asked(arguments, private)

    def answer(site: Site, problems: list[Problem]) -> tuple[Reply, StreetName | None]:
        faulty = _faulty(problems, content)
        about = ReplySubject(
            issue=_issue(site, asked),
            street=_street(site, asked),
            reference=asked.reference,
            is_closed=asked.is_closed,
        )
        return reply_about(site, private, about, faulty), about.street

    reply, street = use_site(ROOT / "pelicanconf.py", content, answer)
    print_for_programs(reply.text)
    print_error(_remarks(reply, asked, street, private))
    return DONE


def _asked(arguments: argparse.Namespace, private: Path) -> Asked:
    """What is asked for; of a case, only its issue, street and reference are used."""
    from wardblog.office.casework.case import plain_id
    from wardblog.office.reply.reference import plain_reference

    issue, street, number = (
        " ".join(words.split()) for words in (arguments.issue, arguments.street, arguments.case)
    )
    if not number:
        if not issue:
            raise UsageError("Say what the reply is about", _EXAMPLE)
        return Asked(issue=issue, street=street)
    table = load_cases(private, is_quiet=True)
    cases = table.cases if table else ()
    found = [one for one in cases if one.id.casefold() == plain_id(number).casefold()]
    if not found:
        raise UsageError(f"There is no case {number}", "To see the open cases, run: make cases")
    case = found[0]
    if len(found) > 1:
        lines = " and ".join(str(one.line) for one in found)
        raise UsageError(
            f"There are {len(found)} cases {case.id}, on lines {lines}",
            "Give each a number of its own in the file.",
        )
    return Asked(
        issue=issue or case.issue,
        street=street or case.street,
        reference=plain_reference(case.reference),
        is_reference_odd=bool(case.reference and not plain_reference(case.reference)),
        of_case=case.id,
        is_street_of_case=not street,
        is_closed=case.is_closed,
    )


def _faulty(problems: Sequence[Problem], content: Path) -> frozenset[str]:
    """The files of posts with problems; raises `ContentError` for those of the site itself."""
    stopping = [problem for problem in problems if problem.severity is Severity.STOP]
    own = [problem for problem in stopping if not problem.file.startswith(("posts/", "pages/"))]
    if own:
        raise ContentError(own, content)
    return frozenset(problem.file for problem in stopping)


def _issue(site: Site, asked: Asked) -> Issue:
    from wardblog.office.casework.named import issue_called

    names = [issue.name for issue in site.issues]
    known = ", ".join(names)
    if asked.of_case and not asked.issue:
        raise UsageError(f"Case {asked.of_case} has no issue", _name_it(asked, known))
    name = issue_called(asked.issue, names)
    if not name:
        raise UsageError(f'There is no issue called "{asked.issue}"', _name_it(asked, known))
    return next(issue for issue in site.issues if issue.name == name)


def _name_it(asked: Asked, known: str) -> str:
    how = f'make reply CASE={asked.of_case} ISSUE="..."' if asked.of_case else 'ISSUE="..."'
    return f"Name one of your issues, with {how}. They are: {known}."


def _street(site: Site, asked: Asked) -> StreetName | None:
    """The street that the reply names: nothing but a street is used of what is written."""
    from wardblog.content.tables.complaint_lists import street_in
    from wardblog.office.casework.named import street_called

    street = street_called(asked.street, site.gazetteer)
    if street.slugs or not asked.street:
        return street if asked.street else None
    plain = street_in(asked.street)
    if not plain and asked.is_street_of_case:
        return None
    if not plain:
        raise UsageError(
            "What you wrote as the street is not clearly one",
            "Write only its name, or leave it out.",
        )
    street = street_called(plain, site.gazetteer)
    if street.guess and not asked.is_street_of_case:
        raise UsageError(
            f'There is no street called "{street.name}"', f'Did you mean "{street.guess}"?'
        )
    return replace(street, is_part=plain != asked.street, is_known=not site.gazetteer.streets)


def _remarks(reply: Reply, asked: Asked, street: StreetName | None, private: Path) -> str:
    """What to look at before the reply is sent, for the councillor alone."""
    line = "-" * 72
    made = f"{reply.template}" if reply.template else "the built-in text"
    lines = [line, f"This reply is made from {made}. Nothing was sent."]
    left_out = list(reply.left_out)
    if asked.is_street_of_case and asked.street and street is None:
        left_out.append(
            f"the street of case {asked.of_case}, since there is no such street: correct it in the "
            'file, or name it with STREET="..."'
        )
    if asked.is_reference_odd:
        left_out.append(f"the reference of case {asked.of_case}, since it does not look like one")
    if asked.of_case:
        left_out.append(
            f"all else about case {asked.of_case}: its note, next step and dates, and the columns "
            "about people"
        )
    if street and not street.is_known:
        lines.append(f"{street.name} is not in your list of streets. Check how it is spelt.")
    if left_out:
        lines += ["Left out:", *(f"  {words}" for words in left_out)]
    if reply.doubts:
        lines += ["Look at this before you send it:"]
        lines.append(render(reply.doubts, private, ending="Change what is wrong."))
    if reply.mistakes:
        ending = "Until then, templates with a mistake are not used."
        lines.append(render(reply.mistakes, private, ending=ending))
    return "\n".join(lines)
