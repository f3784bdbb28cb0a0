"""Adding, changing, moving and removing in TOML files: what was not meant stays to the byte."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from support import ROOT
from wardblog.content.toml.edit import (
    AddEntry,
    MoveEntry,
    RemoveEntry,
    RemoveValue,
    SetValue,
    TomlChange,
    with_changes,
)
from wardblog.problems import CommandError

ISSUES = """\
# Our issues.

# The bins first: people ask for them.
[[issue]]  # since 2020
name = "Bins"
# colour = "#123456"
about = "a"

[[issue]]
name = "Trees"
# shown in spring

# Lists.

[[dataset]]
issue = "Bins"
file = "data/bins.csv"
"""


def edited(text: str, *changes: TomlChange) -> str:
    return with_changes(text.encode(), changes, "issues.toml").decode()


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (SetValue("issue", "about", "b", 0), 'about = "a"', 'about = "b"'),
        (
            SetValue("issue", "colour", "#654321", 0),
            '# colour = "#123456"\n',
            '# colour = "#123456"\ncolour = "#654321"\n',
        ),
        (SetValue("issue", "sensitive", True, 1), '"Trees"\n', '"Trees"\nsensitive = true\n'),
        (
            SetValue("dataset", "as_of", date(2026, 11, 1)),
            'bins.csv"\n',
            'bins.csv"\nas_of = 2026-11-01\n',
        ),
        (RemoveValue("issue", "about", 0), 'about = "a"\n', ""),
        (
            RemoveEntry("issue", 0),
            ISSUES[ISSUES.index("# The bins") : ISSUES.index('[[issue]]\nname = "Trees"')],
            "",
        ),
        (RemoveEntry("issue", 1), '[[issue]]\nname = "Trees"\n# shown in spring\n\n', ""),
        (
            RemoveEntry("dataset", 0),
            '\n[[dataset]]\nissue = "Bins"\nfile = "data/bins.csv"\n',
            "",
        ),
        (
            AddEntry("issue", {"name": "Noise", "sensitive": True}),
            "# shown in spring\n",
            '# shown in spring\n\n[[issue]]\nname = "Noise"\nsensitive = true\n',
        ),
        (
            AddEntry("source", {"from": "planit"}),
            'bins.csv"\n',
            'bins.csv"\n\n[[source]]\nfrom = "planit"\n',
        ),
    ],
    ids=[
        "set", "switched-off", "yes-no", "day", "remove-key", "remove-first", "remove-second",
        "remove-last", "add-below-others", "add-at-end",
    ],
)  # fmt: skip
def test_only_what_was_meant_changes(change: TomlChange, old: str, new: str) -> None:
    assert ISSUES.count(old) == 1
    assert edited(ISSUES, change) == ISSUES.replace(old, new)
    windows = ISSUES.replace("\n", "\r\n")
    assert edited(windows, change) == windows.replace(
        old.replace("\n", "\r\n"), new.replace("\n", "\r\n")
    )


def test_an_entry_takes_its_comments_along_when_it_moves() -> None:
    moved = edited(ISSUES, MoveEntry("issue", 0))
    assert moved == (
        "# Our issues.\n\n"
        '[[issue]]\nname = "Trees"\n# shown in spring\n\n'
        "# The bins first: people ask for them.\n"
        '[[issue]]  # since 2020\nname = "Bins"\n# colour = "#123456"\nabout = "a"\n\n'
        "# Lists.\n\n"
        '[[dataset]]\nissue = "Bins"\nfile = "data/bins.csv"\n'
    )
    assert edited(moved, MoveEntry("issue", 0)) == ISSUES


def test_the_last_entry_of_a_file_without_a_last_line_end_moves() -> None:
    text = '[[site]]\nname = "a"\n\n[[site]]\nname = "b"'
    moved = '[[site]]\nname = "b"\n\n[[site]]\nname = "a"'
    assert edited(text, MoveEntry("site", 0)) == moved


def test_a_second_entry_gives_the_first_its_second_brackets() -> None:
    text = '[councillor] # us\nname = "a"\n[site]\n'
    assert edited(text, AddEntry("councillor", {"name": "b"})) == (
        '[[councillor]] # us\nname = "a"\n\n[[councillor]]\nname = "b"\n[site]\n'
    )


LIST = 'allow = [\n  "a",  # the office\n  "b"   # the hall\n]\n'


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        (LIST, ["a", "c"], LIST.replace('"b"', '"c"')),
        (LIST, ["a", "b", "c"], LIST.replace('"b"   # the hall', '"b",   # the hall\n  "c",')),
        (LIST, ["a"], LIST.replace('  "b"   # the hall\n', "")),
        (LIST, ["b"], LIST.replace('  "a",  # the office\n', "")),
        (LIST, ["z", "a", "b"], LIST.replace('  "a",', '  "z",\n  "a",')),
        ('allow = ["a", "b"] # x\n', ["a"], 'allow = ["a"] # x\n'),
        ('allow = ["a", "b"]\n', ["b"], 'allow = ["b"]\n'),
        ('allow = ["a"]\n', ["a", "b", "c"], 'allow = ["a", "b", "c"]\n'),
        ('allow = ["b",]\n', ["a", "b"], 'allow = ["a", "b",]\n'),
        ('allow = "a"\n', ["a", "b"], 'allow = ["a", "b"]\n'),
        ("allow = []\n", ["a"], 'allow = ["a"]\n'),
        ('allow = ["a"]\n', [], "allow = []\n"),
    ],
)
def test_a_list_changes_item_by_item(before: str, value: list[str], after: str) -> None:
    found = edited(f"[guard]\n{before}", SetValue("guard", "allow", value))
    assert found == f"[guard]\n{after}"
    assert tomllib.loads(found)["guard"]["allow"] == value


def test_words_on_several_lines_stay_readable() -> None:
    text = '[[councillor]]\r\nname = "a"\r\n'
    found = edited(text, SetValue("councillor", "about", "one\ntwo"))
    assert found == '[[councillor]]\r\nname = "a"\r\nabout = """\r\none\r\ntwo"""\r\n'
    assert edited(found, SetValue("councillor", "about", "three")).endswith('about = "three"\r\n')


def test_values_of_another_type_are_another_value() -> None:
    assert edited("[a]\nb = true\n", SetValue("a", "b", 1)) == "[a]\nb = 1\n"
    assert edited("[a]\nb = 1\n", SetValue("a", "b", 1)) == "[a]\nb = 1\n"


@pytest.mark.parametrize(
    "change",
    [
        AddEntry("site", {"name": "c"}),
        MoveEntry("site", 0),
        MoveEntry("site", 1),
        RemoveEntry("site", 0),
        RemoveEntry("site", 2),
        RemoveValue("site", "url", 0),
        SetValue("site", "url", "u", 2),
    ],
    ids=lambda change: type(change).__name__,
)
def test_what_cannot_be_done_is_refused(change: TomlChange) -> None:
    with pytest.raises(CommandError, match="only you can change"):
        edited('site = [{ name = "a" }, { name = "b" }]\n', change)


def test_a_value_in_a_list_of_inline_tables_changes() -> None:
    text = 'site = [{ name = "a" }, { name = "b", url = "x" }]\n'
    assert edited(text, SetValue("site", "name", "c", 1)) == text.replace('"b"', '"c"')
    assert edited(text, RemoveValue("site", "url", 1)) == text.replace(', url = "x"', "")
    assert edited(text, RemoveValue("site", "name", 1)) == text.replace('name = "b", ', "")


def test_the_files_of_the_sample_can_be_changed_and_changed_back() -> None:
    for name, table, count in (("ward", "councillor", 2), ("issues", "issue", 5)):
        data = (ROOT / "content" / f"{name}.toml").read_bytes()
        forth = with_changes(data, (MoveEntry(table, count - 2),), name)
        assert forth != data
        assert with_changes(forth, (MoveEntry(table, count - 2),), name) == data
        added = with_changes(data, (AddEntry(table, {"name": "New"}),), name)
        assert with_changes(added, (RemoveEntry(table, count),), name) == data


def test_a_comment_directly_above_an_entry_belongs_to_it_and_not_to_the_one_before() -> None:
    text = "[[a]]\nx = 1\n# the second\n[[a]]\nx = 2\n"
    moved = "# the second\n[[a]]\nx = 2\n[[a]]\nx = 1\n"
    assert edited(text, MoveEntry("a", 0)) == moved
    assert edited(text, RemoveEntry("a", 0)) == "# the second\n[[a]]\nx = 2\n"


def test_what_would_change_more_than_was_meant_is_refused() -> None:
    # Without the first entry, [issue.more] would make another.
    text = '[[issue]]\nname = "a"\n[site]\n[issue.more]\nx = 1\n'
    with pytest.raises(CommandError, match="only you can change"):
        edited(text, RemoveEntry("issue", 0))
