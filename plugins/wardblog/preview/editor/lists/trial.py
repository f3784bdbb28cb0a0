"""Reads a list as it would be read if it were saved, in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from wardblog.build.clock import today
from wardblog.check.rule import SiteRule
from wardblog.check.rules import RULES
from wardblog.content.base_site import read_base_site
from wardblog.content.files import ISSUES_FILE, SETTINGS_FILE, on_disk, scan
from wardblog.content.markdown.html_links import resolve
from wardblog.content.setting_keys import table_called
from wardblog.content.setting_keys.setting_key import SettingKind
from wardblog.content.toml.edit import values_of
from wardblog.content.toml.values import TomlValue, written_value
from wardblog.model import Dataset, Issue, Site
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.settings.store import file_bytes
from wardblog.preview.editor.settings.values import entries_of
from wardblog.problems import CommandError, Problem
from wardblog.support.late_dataclass import dataclass

# What the guard looks for in lists; the other rules are about posts and pages.
_RULES = ("personal-data", "people-in-list", "far-in-list", "none-inside", "attribution")
_ISSUE_KEYS = ("name", "sensitive", "colour")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A site with nothing but one list, or the reasons why there is none.

    `text` are the bytes of its issues.toml, in which the list is the only one.
    """

    site: Site
    issue: Issue | None
    dataset: Dataset | None
    problems: tuple[Problem, ...]
    text: bytes


def try_list(
    desk: Desk,
    folder: Path,
    values: Mapping[str, TomlValue],
    data: bytes,
    new_issue: str = "",
    previous: bytes | None = None,
) -> Trial:
    """Read `data` as the list that `values` describe, the keys of a [[dataset]].

    `folder` is empty, and becomes a content folder with this list alone.
    `new_issue` is the name of an issue that does not exist yet, and `previous` are the bytes of the
    file that is named as the previous list.
    """
    text = _issues_with(desk, values, new_issue)
    _copy_ground(desk, folder)
    _write(folder, ISSUES_FILE, text)
    _write(folder, str(values["file"]), data)
    if previous is not None:
        _write(folder, str(values["previous"]), previous)
    base = read_base_site(folder, scan(folder))
    site = replace(base.site, today=today())
    issue = next((one for one in site.issues if one.datasets), None)
    dataset = issue.datasets[0] if issue else None
    problems = [*base.problems]
    for rule in RULES:
        if isinstance(rule, SiteRule) and rule.name in _RULES:
            problems += rule.labelled(rule.check(site))
    ours = (str(values["file"]), str(values.get("previous", "")), ISSUES_FILE)
    return Trial(
        site=site,
        issue=issue,
        dataset=dataset,
        problems=tuple(problem for problem in problems if problem.file in ours),
        text=text,
    )


def _issues_with(desk: Desk, values: Mapping[str, TomlValue], new_issue: str) -> bytes:
    """An issues.toml with all issues, and this list alone."""
    lines: list[str] = []
    issues = [{"name": new_issue}] if new_issue else []
    for entry in [*issues_of(desk), *issues]:
        lines.append("[[issue]]")
        lines += [
            f"{key} = {written_value(entry[key])}"
            for key in _ISSUE_KEYS
            if isinstance(entry.get(key), str | bool)
        ]
    lines.append("[[dataset]]")
    lines += [f"{key} = {written_value(value)}" for key, value in values.items()]
    return ("\n".join(lines) + "\n").encode()


def issues_of(desk: Desk) -> list[Mapping[str, Any]]:
    """The issues as they are in the file; none if it cannot be read."""
    return _entries(desk, "issue")


def lists_of(desk: Desk) -> list[Mapping[str, Any]]:
    """The lists as they are in the file; none if it cannot be read."""
    return _entries(desk, "dataset")


def _entries(desk: Desk, table: str) -> list[Mapping[str, Any]]:
    try:
        values = values_of(file_bytes(desk, ISSUES_FILE), ISSUES_FILE)
    except CommandError:
        return []
    return entries_of(values, table_called(ISSUES_FILE, table))


def _copy_ground(desk: Desk, folder: Path) -> None:
    """Copy the settings there, and the files of the ward's outline, map and streets."""
    settings = file_bytes(desk, SETTINGS_FILE)
    _write(folder, SETTINGS_FILE, settings)
    try:
        values = values_of(settings, SETTINGS_FILE)
    except CommandError:
        return
    shown = scan(desk.content).shown
    for name in ("ward", "map"):
        table = table_called(SETTINGS_FILE, name)
        for entry in entries_of(values, table):
            for key in table.keys:
                written = entry.get(key.name)
                if key.kind is not SettingKind.FILE or not isinstance(written, str):
                    continue
                file = resolve(written, SETTINGS_FILE)
                if file in shown and not (folder / file).exists():
                    _copy(on_disk(desk.content, file).resolve(), folder / file)


def _copy(source: Path, target: Path) -> None:
    """Copy a file: a link would lead whatever is written here into the content folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(folder: Path, file: str, data: bytes) -> None:
    """Write a new file of the trial, in place of one that was copied."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with path.open("xb") as new:
        new.write(data)
