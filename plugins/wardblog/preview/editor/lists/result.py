"""What the page shows of a list: its columns, places and map, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wardblog.content.files import ISSUES_FILE
from wardblog.content.tables.column_roles import uses_of_columns
from wardblog.content.tables.council_lists import read_sheet
from wardblog.content.toml.values import TomlValue
from wardblog.model import Dataset, Issue, Site
from wardblog.model.map_figure import DotShape
from wardblog.preview.editor.editor_words import in_editor
from wardblog.preview.editor.lists.trial import Trial
from wardblog.preview.editor.lists.uploads import ListUpload
from wardblog.preview.editor.settings.messages import (
    fields_of_lines,
    form_hint,
    form_message,
    key_in_hint,
)
from wardblog.problems import Problem, Severity, displayed, sorted_unique
from wardblog.report import Report
from wardblog.text.words import counted
from wardblog.views.changes import compare
from wardblog.views.places import dataset_note, dots_of, figure, issue_lists

_MOST_ROWS, _MOST_MESSAGES, _MOST_CHANGES = 20, 50, 100
# What residents should be told about a list, but it is saved without.
_MAY_WAIT = ("source", "licence", "attribution")
_WAITS = "You can also save the list now, and do this later under “Change their details”."
# A list of one item, as it is written in a settings file.
_ONE_OF_LIST = re.compile(r'\["([^"\]]*)"\]')
_SHOWN = {Severity.STOP: "stop", Severity.WARN: "warn", Severity.NOTE: "note"}


def result_of_trial(
    trial: Trial, upload: ListUpload, values: Mapping[str, TomlValue], content: Path
) -> dict[str, Any]:
    """The answer for the page. `values` are those of the [[dataset]]."""
    is_table = values.get("show") == "table"
    sensitive = bool(trial.issue and trial.issue.is_sensitive)
    sheet = read_sheet(str(values["file"]), upload.data, Report(""))
    chosen = values.get("name_column", "")
    uses = uses_of_columns(sheet, str(chosen), is_table, sensitive) if sheet else ()
    dataset = trial.dataset
    return {
        "messages": [_message(problem, trial, content) for problem in _worst_first(trial)],
        "rows": sum(any(row.values.values()) for row in sheet.rows) if sheet else 0,
        "columns": [
            {
                "name": use.name,
                "role": use.role.value,
                "why": use.why,
                "examples": list(use.examples),
                "published": use.is_published,
            }
            for use in uses
        ],
        "names": [use.name for use in uses],
        "summary": _summary(trial, dataset),
        "places": _places(dataset),
        "table": _table(dataset),
        "map": _map(trial.site, trial.issue) if trial.issue and dataset else "",
        "changes": _changes(dataset),
    }


def _worst_first(trial: Trial) -> list[Problem]:
    order = list(_SHOWN)
    found = sorted(sorted_unique(trial.problems), key=lambda one: order.index(one.severity))
    return found[:_MOST_MESSAGES]


def _message(problem: Problem, trial: Trial, content: Path) -> dict[str, Any]:
    """A message; of one about the settings, the field, and of one about the file, the row."""
    is_setting = problem.file == ISSUES_FILE
    field = fields_of_lines(trial.text, ISSUES_FILE).get(problem.line or 0) if is_setting else None
    words = problem.message
    if field:
        words = form_message(words, ISSUES_FILE, field[0], field[2])
    key = field[2] if field else ""
    hint = _ONE_OF_LIST.sub(r"\1", in_editor(problem.hint))
    if is_setting and not key:
        key = key_in_hint(hint, ISSUES_FILE)
    hint = displayed(form_hint(hint, ISSUES_FILE), content)
    if problem.severity is not Severity.STOP and key in _MAY_WAIT:
        hint = f"{hint} {_WAITS}"
    return {
        "severity": _SHOWN[problem.severity],
        "message": displayed(words, content),
        "hint": hint,
        "line": None if is_setting else problem.line,
        "key": key,
    }


def _summary(trial: Trial, dataset: Dataset | None) -> str:
    if dataset is None:
        return ""
    if dataset.table is not None:
        return f"A table with {counted(len(dataset.table.rows), 'row')}."
    return dataset_note(trial.site, dataset)


def _places(dataset: Dataset | None) -> list[dict[str, Any]]:
    """The first places as residents would see them: those in the ward, if the list is cut down."""
    return [
        {
            "name": place.name,
            "number": place.identifier,
            "progress": place.progress.value if place.progress else "",
            "about": place.about,
            "exact": "" if not place.precision.radius else f"about {place.precision.radius} m",
        }
        for place in (dataset.shown if dataset else ())[:_MOST_ROWS]
    ]


def _table(dataset: Dataset | None) -> dict[str, Any] | None:
    if dataset is None or dataset.table is None:
        return None
    table = dataset.table
    return {
        "heads": [*table.words, *table.counts],
        "rows": [
            [*row.words, *(f"{count:,g}" for count in row.counts)]
            for row in table.rows[:_MOST_ROWS]
        ],
    }


def _map(site: Site, issue: Issue) -> str:
    """The map of the issue as an SVG file; "" if there is nothing to draw."""
    # late import: see docs/architecture.md
    from wardblog.maps.picture import picture
    from wardblog.maps.standalone import standalone

    dots = dots_of(issue_lists(site, issue))
    shown = figure(site, "", f"Map: {issue.name}", dots, issue.lists, list_address="")
    if shown is None:
        return ""
    return standalone(picture(shown), shown, {issue.slug: issue.colour}, "").decode()


def _changes(dataset: Dataset | None) -> dict[str, Any] | None:
    """What changed since the list before: the places that are new, moved and gone."""
    comparison = compare(dataset) if dataset else None
    if dataset is None or comparison is None:
        return None
    found: dict[str, list[str]] = {"new": [], "moved": [], "gone": []}
    for place, change, shown in zip(
        dataset.places, comparison.changes, comparison.shown, strict=True
    ):
        if shown and change:
            is_new = change.mark is DotShape.NEW
            words = place.name if is_new else f"{place.name}, {change.words}"
            found["new" if is_new else "moved"].append(words)
    found["gone"] = [place.name for place, _ in comparison.gone]
    return {"sentence": comparison.sentence} | {
        kind: names[:_MOST_CHANGES] for kind, names in found.items()
    }
