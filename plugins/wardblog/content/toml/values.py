"""Writes values as TOML has them, and changes lists item by item."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, time

from wardblog.content.toml.statements import WrittenItem, WrittenValue

# A `datetime` is a `date`.
Scalar = str | bool | int | float | date | time
TomlValue = Scalar | Sequence[Scalar]

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
# A list that would make a longer line has a line for each of its items.
_LONGEST_LINE = 100


def written_value(value: TomlValue) -> str:
    """A value as TOML writes it (https://toml.io/en/v1.0.0)."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _decimal(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    items = [written_value(item) for item in value]
    line = f"[{', '.join(items)}]"
    if len(line) <= _LONGEST_LINE:
        return line
    return "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def _decimal(value: float) -> str:
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return repr(value)


def _quoted(value: str) -> str:
    """A string on one line, or on several if it has several."""
    if "\n" in value and "\r" not in value:
        lines = value.replace("\\", "\\\\").replace('"""', '""\\"').split("\n")
        words = "\n".join("".join(_shown(c) for c in line) for line in lines)
        if not words.endswith('"'):
            return f'"""\n{words}"""'
    return '"' + "".join(_ESCAPES.get(c) or _shown(c) for c in value) + '"'


def _shown(character: str) -> str:
    """A character that no editor shows, or that turns the direction of others, as its number."""
    code = ord(character)
    is_shown = unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp")
    return character if is_shown else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def same_value(one: object, other: object) -> bool:
    """Whether two values of TOML are the same, of the same type: 1 is neither `true` nor 1.0."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same_value(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same_value, one, other))
    if type(one) is not type(other):
        return False
    return one == other or (one != one and other != other)  # not a number


def with_items(
    text: str, array: WrittenValue, old: Sequence[object], new: Sequence[Scalar]
) -> str | None:
    """Return the text with another list; comments and items that stay are not touched.

    None where the array is empty or holds more than plain values.
    """
    items = array.items
    if not items or len(items) != len(old) or any(item.value.mark for item in items):
        return None
    above = _alike(old, new)
    below = min(_alike(old[::-1], new[::-1]), min(len(old), len(new)) - above)
    gone, added = items[above : len(items) - below], list(new[above : len(new) - below])
    shared = min(len(gone), len(added))
    for item in reversed(gone[shared:]):
        text = _without_item(text, item)
    if more := added[shared:]:
        text = _with_more(text, items, above + shared, more)
    for item, value in reversed(list(zip(gone[:shared], added[:shared], strict=True))):
        text = text[: item.start] + written_value(value) + text[item.value.end :]
    return text


def _alike(old: Sequence[object], new: Sequence[object]) -> int:
    count = 0
    while count < min(len(old), len(new)) and same_value(old[count], new[count]):
        count += 1
    return count


def _without_item(text: str, item: WrittenItem) -> str:
    """The text without an item, its comma, and its line if nothing else is on it."""
    begin = text.rfind("\n", 0, item.start) + 1
    after = item.value.end
    comma = len(text) - len(text[after:].lstrip())
    end = comma + 1 if text[comma : comma + 1] == "," else after
    finish = text.find("\n", end)
    rest = text[end:finish].lstrip(" \t")
    if not text[begin : item.start].strip() and (not rest or rest.startswith("#")) and finish >= 0:
        return text[:begin] + text[finish + 1 :]
    if end == after:  # the last one: the comma before it goes
        before = text[: item.start].rstrip()
        return before.removesuffix(",") + text[end:]
    return text[: item.start] + text[end:].lstrip(" ")


def _with_more(text: str, items: Sequence[WrittenItem], at: int, values: Sequence[Scalar]) -> str:
    """The text with further values before the item `at`, or after the last."""
    written = [written_value(value) for value in values]
    beside = items[max(at - 1, 0)]
    begin = text.rfind("\n", 0, beside.start) + 1
    indent = text[begin : beside.start]
    if at == 0:
        gap = ", " if indent.strip() else f",\n{indent}"
        return text[: beside.start] + "".join(one + gap for one in written) + text[beside.start :]
    end = beside.value.end
    line_end = text.find("\n", end)
    if indent.strip() or line_end < 0:
        return text[:end] + "".join(f", {one}" for one in written) + text[end:]
    rest = text[end:line_end]
    comma = "" if rest.lstrip().startswith(",") else ","
    added = "".join(f"\n{indent}{one}," for one in written)
    return text[:end] + comma + rest + added + text[line_end:]
