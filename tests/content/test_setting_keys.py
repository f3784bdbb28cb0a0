"""The table of settings and the readers agree: each key of one is a key of the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from many_cases import in_one_test
from support import ROOT
from wardblog.content.community import read_community
from wardblog.content.issues import read_issues
from wardblog.content.setting_keys import choices_of, table_called
from wardblog.content.setting_keys.setting_key import SettingKey, SettingKind, SettingTable
from wardblog.content.setting_keys.tables import SETTING_TABLES
from wardblog.content.settings import read_settings
from wardblog.content.toml.table import Table
from wardblog.content.toml.values import written_value
from wardblog.model import COMMUNITY_KINDS, ENCRYPTION
from wardblog.problems import Problem
from wardblog.report import Report
from wardblog.sources.regular.kinds import KINDS as SOURCE_KINDS

FILES = ("ward.toml", "issues.toml", "community.toml")
BY_NAME = {(one.file, one.name): one for one in SETTING_TABLES}
KEYS = [(table, key) for table in SETTING_TABLES for key in table.keys]
# An address is required for some sources, and an issue for all but meetings.
SOMETIMES_REQUIRED = {("source", "issue")}
CHOICES = [(table, key) for table, key in KEYS if key.kind is SettingKind.CHOICE]
NUMBERS = [(table, key) for table, key in KEYS if key.kind is SettingKind.NUMBER]


def example(key: SettingKey) -> str:
    """A value as TOML, of the kind that the table says."""
    words = key.example or "words"
    match key.kind:
        case SettingKind.YES_NO:
            return "true"
        case SettingKind.DAY:
            return key.example
        case SettingKind.NUMBER:
            return key.example or str(key.high)
        case SettingKind.LIST | SettingKind.DAYS:
            return written_value([words])
        case SettingKind.CHOICE:
            return written_value(next(filter(None, key.choices)))
        case SettingKind.ADDRESS:
            return written_value(key.example or "https://ward.example.org")
        case _:
            return written_value(words)


def written(file: str, values: Mapping[tuple[str, str], str] = MappingProxyType({})) -> str:
    """A file with every key of the table; `values` replace the examples."""
    parts = []
    for table in sorted((t for t in SETTING_TABLES if t.file == file), key=lambda t: bool(t.name)):
        if table.name:
            parts.append(f"[[{table.name}]]" if table.repeats else f"[{table.name}]")
        parts += [
            f"{key.name} = {values.get((table.name, key.name)) or example(key)}"
            for key in table.keys
        ]
    return "\n".join(parts)


def problems_of(file: str, text: str) -> list[Problem]:
    report = Report(file)
    if file == "ward.toml":
        read_settings(text, report)
    elif file == "issues.toml":
        read_issues(text, report, Path("nowhere"), frozenset(), None)
    else:
        read_community(text, report)
    return report.problems


def said_of(problems: list[Problem], key: str) -> Iterator[str]:
    return (
        p.message for p in problems if p.message.startswith((f'"{key}" ', f'cannot read "{key}"'))
    )


@pytest.mark.parametrize("file", FILES)
def test_every_key_of_the_table_is_known_to_the_reader(file: str) -> None:
    problems = problems_of(file, written(file))
    assert [p.message for p in problems if "there is no" in p.message and "called" in p.message
            and "file called" not in p.message] == []  # fmt: skip


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("is_full", [True, False], ids=["all-keys", "no-keys"])
def test_every_key_that_a_reader_knows_is_in_the_table(
    file: str, is_full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: set[tuple[str, str]] = set()
    get, leave = Table._get, Table.leave

    def noting_get(self: Table, key: str, default: object = None) -> object:
        known.add((self.name, key))
        return get(self, key, default)

    def noting_leave(self: Table, *keys: str) -> None:
        known.update((self.name, key) for key in keys)
        leave(self, *keys)

    monkeypatch.setattr(Table, "_get", noting_get)
    monkeypatch.setattr(Table, "leave", noting_leave)
    headings = "\n".join(f"[[{t.name}]]" for t in SETTING_TABLES if t.file == file and t.name)
    problems_of(file, written(file) if is_full else headings)
    in_table = {(t.name, key.name) for t, key in KEYS if t.file == file}
    assert known - in_table == set()
    if is_full:
        assert in_table - known == set()


@pytest.mark.parametrize("file", FILES)
def test_every_table_that_a_reader_knows_is_in_the_table(file: str) -> None:
    said = next(
        p for p in problems_of(file, "[zzzzzz]\n") if "there is no table called" in p.message
    )
    names = {one.name for one in SETTING_TABLES if one.file == file and one.name}
    assert {name.strip(" .") for name in said.hint.split(":")[1].split(",")} == names


def _id(case: tuple[SettingTable, SettingKey]) -> str:
    return f"{case[0].name}.{case[1].name}"


@in_one_test("table, key", [k for k in KEYS if not k[1].is_older])
def test_every_kind_is_that_of_the_reader(table: SettingTable, key: SettingKey) -> None:
    assert list(said_of(problems_of(table.file, written(table.file)), key.name)) == []
    # What has another form is refused.
    wrong = {
        SettingKind.YES_NO: '"perhaps"',
        SettingKind.NUMBER: '"many"',
        SettingKind.DAY: '"some day"',
        SettingKind.LIST: "[[1]]",
        SettingKind.DAYS: None,
    }.get(key.kind, "3")
    if wrong is not None and key.name != "aliases":
        text = written(table.file, {(table.name, key.name): wrong})
        assert list(said_of(problems_of(table.file, text), key.name)) != []


@pytest.mark.parametrize("case", CHOICES, ids=_id)
def test_every_choice_is_accepted_and_no_other(case: tuple[SettingTable, SettingKey]) -> None:
    table, key = case
    for choice in filter(None, key.choices):
        text = written(table.file, {(table.name, key.name): written_value(choice)})
        assert list(said_of(problems_of(table.file, text), key.name)) == []
    text = written(table.file, {(table.name, key.name): '"qqqqqqqq"'})
    refused = [p for p in problems_of(table.file, text) if 'cannot be "qqqqqqqq"' in p.message]
    assert len(refused) == 1
    listed = refused[0].hint.removeprefix("It is one of: ").rstrip(".").split(", ")
    assert set(listed) == set(choices_of(table.file, table.name, key.name))


@pytest.mark.parametrize("case", NUMBERS, ids=_id)
def test_numbers_have_the_limits_of_the_reader(case: tuple[SettingTable, SettingKey]) -> None:
    table, key = case
    for number, is_fine in (
        (key.low, True), (key.high, True), (key.low - 1, False), (key.high + 1, False),
    ):  # fmt: skip
        text = written(table.file, {(table.name, key.name): str(number)})
        assert (not list(said_of(problems_of(table.file, text), key.name))) == is_fine, number


@in_one_test("table, key", KEYS)
def test_what_is_required_is_what_the_reader_misses(table: SettingTable, key: SettingKey) -> None:
    lines = written(table.file).split("\n")
    start = next(
        (n for n, line in enumerate(lines) if line.strip("[]") == table.name and "[" in line), 0
    )
    at = next(n for n in range(start, len(lines)) if lines[n].startswith(f"{key.name} = "))
    text = "\n".join(lines[:at] + lines[at + 1 :])
    missed = [p.message for p in problems_of(table.file, text)]
    is_required = key.required or (table.name, key.name) in SOMETIMES_REQUIRED
    assert (f'[{table.name}] has no "{key.name}"' in missed) == is_required


def test_the_choices_of_the_model_are_those_of_the_table() -> None:
    assert choices_of("community.toml", "site", "kind") == tuple(COMMUNITY_KINDS)
    assert choices_of("ward.toml", "newsletter", "tls") == ENCRYPTION
    assert choices_of("ward.toml", "source", "from") == tuple(SOURCE_KINDS)
    assert choices_of("issues.toml", "dataset", "grid") == ("british", "irish", "itm")


def test_no_key_is_there_twice_and_each_is_explained() -> None:
    for table in SETTING_TABLES:
        names = [key.name for key in table.keys]
        assert len(names) == len(set(names))
        for key in table.keys:
            assert key.label
            assert key.usual in ("", *key.choices)
            assert (key.kind is SettingKind.CHOICE) == bool(key.choices)
            if key.only_for:
                other, values = key.only_for
                assert set(values) <= set(table.key(other).choices)
    guide = "".join(path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md"))
    assert [
        k.name for _, k in KEYS if f"`{k.name}`" not in guide and f"{k.name} =" not in guide
    ] == []


def test_a_table_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        table_called("ward.toml", "pubish")
    with pytest.raises(KeyError):
        table_called("ward.toml", "site").key("titel")
