"""Random TOML files as people write them: one change, and every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import examples
from wardblog.content.toml.edit import (
    AddEntry,
    MoveEntry,
    RemoveEntry,
    RemoveValue,
    SetValue,
    values_of,
    with_changes,
)
from wardblog.content.toml.values import TomlValue, same_value

_WORDS = st.text(st.characters(codec="utf-8", exclude_characters='\\"\r\n'), max_size=12).map(
    lambda text: "".join(c for c in text if c.isprintable() and c not in "'“”„‟‘’‚«»‹›")
)
_COMMENTS = st.sampled_from(["", "", " # ours", '\t# "no"', "#x", "   # [[issue]]", " # a = 1"])
_SPACES = st.sampled_from(["", " ", "  ", "\t"])
_OLD = st.one_of(
    _WORDS.map(lambda words: f'"{words}"'),
    _WORDS.map(lambda words: f"'{words}'"),
    _WORDS.filter(lambda words: words.strip() == words).map(lambda words: f"“{words}”"),
    st.sampled_from(
        ["true", "12", "-0x1F", "1e3", "2026-11-01", "07:30:00", "2026-11-01 10:00:00", "nan",
         '["a", "b"]', "['a',]", "[ ]", '[\n  "a", # x ] "\n\n  "b"\n]', '"""\na\n\nb"""',
         "'''a''b'''", '"""a\\"""""', "{ a = 1, b = [2, {c = 3}] }", '"a # b"', "'[x]'"]
    ),
)  # fmt: skip
_VALUES: st.SearchStrategy[TomlValue] = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\u2028\u2029"), max_size=12),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.lists(st.text(st.characters(codec="ascii"), max_size=5), max_size=3),
)


@dataclass(frozen=True)
class _File:
    """A file in parts, so that a test knows what each byte is."""

    parts: tuple[str, ...]
    # The index of each value among the parts, with its table, number and key.
    keys: tuple[tuple[int, str, int, str], ...]
    end: str
    mark: bytes

    def data(self, parts: tuple[str, ...] | None = None) -> bytes:
        text = "".join(parts or self.parts).replace("\n", self.end)
        return self.mark + text.encode()


@st.composite
def _files(draw: Callable[[st.SearchStrategy[object]], object]) -> _File:
    d: Callable[..., object] = draw
    parts: list[str] = []
    keys: list[tuple[int, str, int, str]] = []
    counts: dict[str, int] = {}

    def blank() -> str:
        return str(d(st.sampled_from(["", "", "\n", "# a comment\n", "\n\n#[site]\n", "  \n"])))

    parts.append(blank())
    tables = d(st.lists(st.sampled_from(["site", "ward", "issue", "issue", "dataset"]), max_size=6))
    assert isinstance(tables, list)
    dotted = d(st.booleans())
    if dotted:
        parts += ["map.tiles = ", str(d(_OLD)), f"{d(_COMMENTS)}\n"]
        keys.append((2, "map", 0, "tiles"))
    for table in tables:
        if table in ("site", "ward") and table in counts:
            continue
        number = counts.get(table, 0)
        counts[table] = number + 1
        a, b = ("[", "]") if table in ("site", "ward") else ("[[", "]]")
        name = d(st.sampled_from([table, f" {table} ", f'"{table}"']))
        parts.append(f"{d(_SPACES)}{a}{name}{b}{d(_COMMENTS)}\n{blank()}")
        names = d(st.lists(st.sampled_from(["name", "about", "url"]), unique=True, max_size=3))
        assert isinstance(names, list)
        for key in names:
            written = d(st.sampled_from([key, f'"{key}"', f"'{key}'"]))
            parts.append(f"{d(_SPACES)}{written}{d(_SPACES)}={d(_SPACES)}")
            keys.append((len(parts), table, number, key))
            parts += [str(d(_OLD)), f"{d(_COMMENTS)}\n{blank()}"]
    if d(st.booleans()) and parts[-1].endswith("\n"):
        parts[-1] = parts[-1][:-1]
    end = str(d(st.sampled_from(["\n", "\r\n"])))
    mark = d(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    assert isinstance(mark, bytes)
    return _File(tuple(parts), tuple(keys), end, mark)


def _readable(file: _File) -> bool:
    try:
        values_of(file.data(), "a")
    except Exception:  # noqa: BLE001  # typographic marks that leave a doubt
        return False
    return True


_READABLE = _files().filter(_readable)


@settings(max_examples=examples(2000, 60))
@given(file=_READABLE, value=_VALUES, data=st.data())
def test_one_value_changes_and_nothing_else(
    file: _File, value: TomlValue, data: st.DataObject
) -> None:
    before = values_of(file.data(), "a")
    if not file.keys:
        return
    at, table, number, key = data.draw(st.sampled_from(file.keys))
    new = with_changes(file.data(), (SetValue(table, key, value, number),), "a")
    after = values_of(new, "a")
    found = after[table]
    entry = found[number] if isinstance(found, list) else found
    assert isinstance(entry, dict)
    assert same_value(entry[key], value)
    # All before the value, and all behind it but the blanks before a comment, is still there.
    above, below = "".join(file.parts[:at]), "".join(file.parts[at + 1 :])
    start = file.mark + above.replace("\n", file.end).encode()
    rest = below.replace("\n", file.end).encode()
    assert new.startswith(start)
    tail = re.sub(rb"^[ \t]+(?=#)", b"", rest)
    assert new.endswith(tail)
    assert len(new) >= len(start) + len(tail)
    old = before[table]
    was = old[number] if isinstance(old, list) else old
    assert isinstance(was, dict)
    if same_value(was[key], value):
        assert new == file.data()


@settings(max_examples=examples(1000, 30))
@given(file=_READABLE, value=_VALUES, data=st.data())
def test_adding_and_removing_gives_the_same_file_again(
    file: _File, value: TomlValue, data: st.DataObject
) -> None:
    before = file.data()
    tables = [(table, number) for _, table, number, _ in file.keys] or [("ward", 0)]
    table, number = data.draw(st.sampled_from(tables))
    added = with_changes(before, (SetValue(table, "further", value, number),), "a")
    if (table, number) in {(t, n) for _, t, n, _ in file.keys} and before.endswith(b"\n"):
        assert with_changes(added, (RemoveValue(table, "further", number),), "a") == before
    entry = with_changes(before, (AddEntry("surgery", {"when": value}),), "a")
    assert values_of(entry, "a")["surgery"] == [{"when": value}]
    assert entry.startswith(before.rstrip(b" \t\r\n"))


@settings(max_examples=examples(1000, 30))
@given(file=_READABLE, data=st.data())
def test_moving_keeps_every_line(file: _File, data: st.DataObject) -> None:
    before = file.data()
    entries = values_of(before, "a").get("issue", [])
    assert isinstance(entries, list)
    if len(entries) < 2:
        return
    number = data.draw(st.integers(0, len(entries) - 2))
    moved = with_changes(before, (MoveEntry("issue", number),), "a")
    swapped = [*entries[:number], entries[number + 1], entries[number], *entries[number + 2 :]]
    assert same_value(values_of(moved, "a")["issue"], swapped)
    assert sorted(before.removeprefix(file.mark).splitlines()) == sorted(
        moved.removeprefix(file.mark).splitlines()
    )
    gone = with_changes(before, (RemoveEntry("issue", number),), "a")
    left = [*entries[:number], *entries[number + 1 :]]
    assert same_value(values_of(gone, "a").get("issue", []), left)


@pytest.mark.parametrize("text", ["", "\n", "# a\n", "\ufeff", "a = 1"])
def test_no_change_leaves_any_file_as_it_is(text: str) -> None:
    assert with_changes(text.encode(), (), "a") == text.encode()
    found = with_changes(text.encode(), (SetValue("site", "title", "t"),), "a")
    assert values_of(found, "a")["site"] == {"title": "t"}
    assert found.startswith(text.strip("\n").encode())
