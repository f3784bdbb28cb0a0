"""Where in the editor each problem is fixed, and what it says there.

A problem of a post leads to its line, one of the settings to its field, and one of a list to the
page of the lists.
"""

from __future__ import annotations

from typing import Any

from wardblog.content.contact_details import address_in, with_replaced
from wardblog.content.files import is_source, on_disk
from wardblog.preview.editor.contact_page import link_to
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.editor_words import PUBLIC, hint_in_editor, in_editor
from wardblog.preview.editor.settings.groups import FILES, GROUPS
from wardblog.preview.editor.settings.messages import messages_of
from wardblog.preview.editor.settings.store import file_bytes
from wardblog.problems import CommandError, Problem, Severity, displayed
from wardblog.support.late_regex import late_regex
from wardblog.support.private_files import ordinary_bytes

_LISTS = "data/"
# After the settings got another address or number, posts may still have the earlier one.
_GIVES_AWAY = late_regex('this gives away (?:an e-mail address|a telephone number): "(.+)"')
_OWN = "If it used to be yours, replace it with the one in your settings. If not:"
_REPLACE = "Replace it wherever it is"


def help_with(desk: Desk, problem: Problem) -> dict[str, Any]:
    """The message, the hint, the link below the editor's address, and the words of the link.

    `links` are further ones, each with its words. The link and its words are empty if no page of
    the editor can help, as with a picture.
    """
    if problem.file in FILES:
        return {"links": [], **_of_settings(desk, problem)}
    hint, is_setting = hint_in_editor(displayed(problem.hint, desk.content), is_open=False)
    found: dict[str, Any] = {
        "message": in_editor(displayed(problem.message, desk.content)),
        "hint": in_editor(hint),
        "links": [list(PUBLIC)] if is_setting else [],
        "link": "",
        "where": problem.file,
        "words": "",
    }
    if is_source(problem.file):
        if earlier := _earlier_one(desk, problem):
            found["hint"] = f"{_OWN} {found['hint'][:1].lower()}{found['hint'][1:]}"
            found["links"] += [[link_to(earlier), _REPLACE]]
        line = f"#line-{problem.line}" if problem.line else ""
        post = desk.live.posts.get(problem.file)
        title = f"“{post.title}”" if post and post.title else problem.file
        at = f", line {problem.line}" if problem.line else ""
        return found | {
            "link": f"post/{desk.ids.of(problem.file)}{line}",
            "where": title,
            "words": f"Open {title}{at}",
        }
    if problem.file.startswith(_LISTS):
        return found | {"link": "lists", "words": "Open the lists"}
    return found


def _earlier_one(desk: Desk, problem: Problem) -> str:
    """The address or number that a post gives away; "" if none could be replaced in its file."""
    given = _GIVES_AWAY.fullmatch(problem.message)
    if given is None:
        return ""
    value = address_in(given[1])
    try:
        data = ordinary_bytes(on_disk(desk.content, problem.file))
        return value if with_replaced(data, value, "") != data else ""
    except (CommandError, OSError):
        return ""


def shown_problem(desk: Desk, value: list[str | int]) -> list[Any]:
    """A problem that a command reported, as a page shows it: the texts of `help_with`, in order.

    `value` is as `channel.PROBLEM` has it.
    """
    file, line, message, hint = value
    problem = Problem(file=str(file), line=int(line) or None, message=str(message), hint=str(hint))
    found = help_with(desk, problem)
    return [found[name] for name in ("message", "hint", "where", "link", "words", "links")]


def _of_settings(desk: Desk, problem: Problem) -> dict[str, Any]:
    """A problem of a settings file leads to the field, or to the text if no form has it."""
    stops = Problem(
        file=problem.file, line=problem.line, message=problem.message, hint=problem.hint,
        severity=Severity.STOP,
    )  # fmt: skip
    try:
        data = file_bytes(desk, problem.file)
    except (CommandError, OSError):
        data = b""
    (one,) = messages_of([stops], data, problem.file, desk.content)
    table, number, key = one["table"], one["number"], one["key"]
    group = next((g for g in GROUPS if g.file == problem.file and table in g.names), None)
    names = {name.name: name for name in group.tables} if group else {}
    keys = {found.name: found.label for found in names[table].keys} if group else {}
    said = {"message": in_editor(one["message"]), "hint": in_editor(one["hint"])}
    if group is None or (not key and not table) or (key and key not in keys):
        at = f"#line-{problem.line}" if problem.line else ""
        return {
            **said,
            "link": f"settings/text/{problem.file}{at}",
            "where": f"Settings, {problem.file}",
            "words": f"Open {problem.file} as text",
        }
    first = key or next(iter(keys))
    label = f", “{keys[key]}”" if key else ""
    return {
        **said,
        "link": f"settings/{group.address}#field-{table}-{number}-{first}",
        "where": f"Settings, {group.title}",
        "words": f"Open the settings “{group.title}”{label}",
    }
