"""The values of settings as forms show and send them: what nobody touched is what it was."""

from __future__ import annotations

import string
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import examples
from wardblog.content.setting_keys.setting_key import SettingKind, SettingTable
from wardblog.content.setting_keys.tables import SETTING_TABLES
from wardblog.content.toml.edit import values_of, with_changes
from wardblog.content.toml.values import written_value
from wardblog.preview.editor.settings.messages import fields_of_lines, form_hint, form_message
from wardblog.preview.editor.settings.values import FormEntry, changes_of, entries_of, shown, typed

_SCALARS = st.one_of(
    st.text(string.printable + "é”“", max_size=12),
    st.integers(-1000, 1000),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["", " ", "yes", "no", "2026-11-01", "tls", "ask"]),
)
_VALUES: st.SearchStrategy[Any] = _SCALARS | st.lists(_SCALARS, max_size=3)


@st.composite
def _files(draw: Any) -> tuple[SettingTable, bytes]:
    """A table of settings with values of any kind, also with some that the reader refuses."""
    table = draw(st.sampled_from([one for one in SETTING_TABLES if one.name]))
    lines: list[str] = []
    for _ in range(draw(st.integers(0, 3)) if table.repeats else 1):
        lines.append(f"[[{table.name}]]" if table.repeats else f"[{table.name}]")
        names = [key.name for key in table.keys]
        chosen = draw(st.lists(st.sampled_from([*names, "odd"]), unique=True, max_size=6))
        lines += [f"{name} = {written_value(draw(_VALUES))}  # x" for name in chosen]
    return table, "\n".join(lines).encode()


def entries(table: SettingTable, data: bytes) -> list[FormEntry]:
    """The entries as the page shows them."""
    return [
        FormEntry(number, {key.name: shown(key, entry.get(key.name)) for key in table.keys})
        for number, entry in enumerate(entries_of(values_of(data, "a"), table))
    ]


@settings(max_examples=examples(2000, 150))
@given(_files())
def test_a_form_that_nobody_touched_changes_nothing(file: tuple[SettingTable, bytes]) -> None:
    table, data = file
    old = entries_of(values_of(data, "a"), table)
    assert list(changes_of(table, old, entries(table, data))) == []


@settings(max_examples=examples(1000, 100))
@given(_files(), st.data())
def test_entries_end_up_in_the_order_of_the_form(
    file: tuple[SettingTable, bytes], data: st.DataObject
) -> None:
    table, before = file
    if not table.repeats:
        return
    shown_entries = entries(table, before)
    new = [FormEntry(None, {table.keys[0].name: f"new {n}"}) for n in range(2)]
    kept = data.draw(st.lists(st.sampled_from([*shown_entries, *new, FormEntry(None, {})]),
                              unique_by=id))  # fmt: skip
    old = entries_of(values_of(before, "a"), table)
    after = with_changes(before, changes_of(table, old, kept), "a")
    found = entries_of(values_of(after, "a"), table)
    wanted = [
        dict(old[one.before]) if one.before is not None else dict(one.values)
        for one in kept
        if not one.is_blank
    ]
    assert [dict(one) for one in found] == wanted


@pytest.mark.parametrize(
    ("kind", "given_value", "written"),
    [
        (SettingKind.WORDS, "  two \n words ", "two words"),
        (SettingKind.WORDS, " ", None),
        (SettingKind.YES_NO, "yes", True),
        (SettingKind.YES_NO, "no", False),
        (SettingKind.YES_NO, "perhaps", "perhaps"),
        (SettingKind.NUMBER, " 12 ", 12),
        (SettingKind.NUMBER, "twelve", "twelve"),
        (SettingKind.NUMBER, "9" * 30, "9" * 30),
        (SettingKind.DAY, "2026-11-01", date(2026, 11, 1)),
        (SettingKind.DAY, "1/11/2026", "1/11/2026"),
        (SettingKind.LIST, ["a ", "", "2026-11-01"], ["a", "2026-11-01"]),
        (SettingKind.DAYS, ["August", "2026-11-01"], ["August", date(2026, 11, 1)]),
        (SettingKind.LIST, [" "], None),
    ],
)
def test_what_is_typed_is_written_in_its_form(
    kind: SettingKind, given_value: Any, written: object
) -> None:
    key = next(key for table in SETTING_TABLES for key in table.keys if key.kind is kind)
    found = typed(key, given_value)
    assert (found, type(found)) == (written, type(written))


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        ('Add a line below [site], such as: title = "Our ward"', "For example: Our ward"),
        ("Write the date as year, month and day: notice = 2026-11-01.", "For example: 2026-11-01"),
        ('Add it: url = "https://a", or remove it', 'For example: "https://a", or remove it'),
        ('Did you mean "ask"? It is one of: none, ask, always.', None),
        ('Write tables = "x" somewhere', None),
    ],
)
def test_hints_speak_of_fields(hint: str, words: str | None) -> None:
    assert form_hint(hint, "ward.toml") == (words or hint)


def test_hints_with_several_lines_name_the_fields() -> None:
    hint = 'Add lines below its [[dataset]]: source = "A", and licence = "B"'
    assert form_hint(hint, "issues.toml") == 'Fill in "Who published it" and "Licence".'


def test_messages_speak_of_fields() -> None:
    said = '[imprint] has no "promoter"'
    assert form_message(said, "ward.toml", "imprint", "promoter") == '"Promoter" is missing'
    said = '"keep" cannot be 0'
    assert form_message(said, "ward.toml", "publish", "keep") == '"Releases to keep" cannot be 0'
    assert form_message(said, "ward.toml", "publish", "") == said


def test_each_line_belongs_to_its_field() -> None:
    text = (
        'hub = "x"\nward.name = "a"\n# c\n[[issue]]\nname = [\n  "a",\n]\n[[issue]]\nabout = ""\n'
    )
    assert fields_of_lines(text.encode(), "a") == {
        1: ("", 0, "hub"),
        2: ("ward", 0, "name"),
        4: ("issue", 0, ""),
        5: ("issue", 0, "name"),
        6: ("issue", 0, "name"),
        7: ("issue", 0, "name"),
        8: ("issue", 1, ""),
        9: ("issue", 1, "about"),
    }
    assert fields_of_lines(b"[a\n", "a") == {}
