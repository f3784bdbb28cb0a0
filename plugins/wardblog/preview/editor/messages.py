"""What the checks say of a post, for its page: by field, by line of the text, or by file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from wardblog.check.rules import RULES
from wardblog.content.files import is_source
from wardblog.content.keys import KEYS
from wardblog.content.post_form import PostForm, RefusedValue, form_of
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.editor_words import PUBLIC, hint_in_editor
from wardblog.preview.editor.problem_links import help_with
from wardblog.problems import Problem, Severity, displayed
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.words import counted

# The checks that a line of the post can answer.
_ANSWERABLE = frozenset(rule.name for rule in RULES if rule.answerable)
# The hint of a line that is missing names it; the problem itself is on the first line.
_MISSING = late_regex(r'Add a (?:first )?line such as "([A-Za-z-]+): ([^"]*)"')
# How many problems of other files a page lists; all of them are on the list of posts.
_MOST_ELSEWHERE = 20
# How many of its own a page lists, which has to do it again whenever somebody pauses.
MOST_OWN = 100
MORE_HINT = "The rest is listed once some of these are fixed."

Message = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a page shows a file: as a form, whose text begins on line `text_line`, or as it is."""

    form: PostForm | None = None
    text_line: int = 1


def shown_as(data: bytes, mode: str, text: str | None = None) -> Shown:
    """How a page shows these bytes; `text` is that of its editor, which ends where the file does.

    Without a `text` it is that of the file.
    """
    form = form_of(data) if mode == "form" else None
    if form is None:
        return Shown()
    if text is None:
        return Shown(form=form, text_line=form.text_line)
    lines = form.text_line + form.text.count("\n")
    return Shown(form=form, text_line=lines - len(re.split("\r\n|[\r\n\u2028\u2029]", text)) + 1)


def of_post(
    desk: Desk, file: str, shown: Shown, refused: Iterable[RefusedValue] = ()
) -> tuple[list[Message], int]:
    """The messages of a post, and how many problems in other files stop the site.

    Those of other files follow its own.
    """
    found = [p for p in desk.live.found if p.file == file or p.severity is Severity.STOP]
    about = [p for p in found if p.file == file and p.severity is not Severity.NOTE]
    own = [_message(desk, p, shown) for p in about]
    others = [p for p in found if p.file != file]
    said = [_refusal(one) for one in refused]
    elsewhere = [_message(desk, p, None) for p in others[:_MOST_ELSEWHERE]]
    own.sort(key=lambda one: one["severity"] != "stop")
    if more := len(own[MOST_OWN:]):
        own[MOST_OWN:] = [_plain(own[MOST_OWN]["severity"], more_words(more), MORE_HINT)]
    return [*said, *own, *elsewhere], len(others)


def more_words(count: int) -> str:
    """What a page says of problems that it does not list."""
    return f"this file has {counted(count, 'more problem', 'more problems')}"


def of_site(desk: Desk, most: int = 500) -> list[Message]:
    """The messages of all files, those that stop the site first, up to `most`."""
    found = [p for p in desk.live.found if p.severity is not Severity.NOTE]
    found.sort(key=lambda p: p.severity is not Severity.STOP)
    return [_message(desk, p, None) for p in found[:most]]


def _message(desk: Desk, problem: Problem, shown: Shown | None) -> Message:
    """A message as JSON; `shown` is None for a file other than the page's own."""
    made: Message = {
        "severity": "stop" if problem.severity is Severity.STOP else "warn",
        "message": displayed(problem.message, desk.content),
        "hint": displayed(problem.hint, desk.content),
        "rule": problem.rule,
        "field": None,
        "position": 0,
        "line": problem.line,
        "file": None,
        "id": None,
        "can_answer": False,
        "links": [],
    }
    if shown is None:
        made |= {"file": problem.file, "id": desk.ids.of(problem.file) if is_source(problem.file)
                 else None}  # fmt: skip
        found = help_with(desk, problem)
        made |= {name: found[name] for name in ("message", "hint", "where")}
        made |= {"to": found["link"], "links": found["links"]}
    elif shown.form is not None:
        made |= _placed(problem, shown.form, shown.text_line)
        made["can_answer"] = problem.rule in _ANSWERABLE
        made["hint"], is_setting = hint_in_editor(made["hint"])
        made["links"] = [list(PUBLIC)] if is_setting else []
    return made


def _placed(problem: Problem, form: PostForm, text_line: int) -> Message:
    """The field of a message with its new hint, or its line in the text."""
    missing = _MISSING.search(problem.hint)
    if missing and missing[1] in KEYS and "missing" in problem.message:
        hint = f'Fill in "{missing[1]}", such as: {missing[2]}'
        return {"field": missing[1], "line": None, "hint": hint}
    if problem.line is None:
        return {}
    if problem.line >= text_line:
        return {"line": problem.line - text_line + 1}
    place = form.place_at(problem.line)
    if place is None:
        return {"line": 1 if problem.line > 1 else None}
    return {"field": place.key, "position": place.position, "line": None}


def _refusal(refused: RefusedValue) -> Message:
    place = {"field": refused.key, "position": refused.position}
    return _plain("stop", refused.message, refused.hint) | place


def _plain(severity: str, message: str, hint: str) -> Message:
    """A message without a place."""
    return {
        "severity": severity,
        "message": message,
        "hint": hint,
        "rule": "",
        "field": None,
        "position": 0,
        "line": None,
        "file": None,
        "id": None,
        "can_answer": False,
        "links": [],
    }


def has_stop(messages: Sequence[Message]) -> bool:
    """Whether a message of the page's own file stops it from being published."""
    return any(one["severity"] == "stop" and one["file"] is None for one in messages)
