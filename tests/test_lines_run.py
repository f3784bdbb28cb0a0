"""What is measured as run was run, and is measured without changing it."""

from __future__ import annotations

import ast
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from lines_run import marked, percent_run

MODULE = '''\
"""What it is for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import decimal


class Odd(Exception):
    """It has only a docstring."""


def half(number: int) -> int:
    """The half of an even number."""
    rest = number % 2
    if rest:
        half = number - 1
        raise Odd(number)
    elif number < 0:
        half = 0
    else:
        half = number // 2
    return half


def early(number: int) -> float:
    whole = half(number)
    root = math.sqrt(whole)
    return root


def many(numbers: list[int]) -> int:
    total = 0
    for number in numbers:
        try:
            total += half(number)
        except Odd:
            continue
        finally:
            total += 100
    match total:
        case 0:
            return -1
        case _:
            pass
    return total
'''
AT_IMPORT = {5, 6, 12, 16, 29, 35}
LINES = 28


@pytest.mark.parametrize(
    ("call", "lines"),
    [
        ("half(4)", {18, 19, 22, 25, 26}),
        ("half(-2)", {18, 19, 22, 23, 26}),
        ("half(1)", {18, 19, 20, 21}),
        ("early(-2)", {18, 19, 22, 23, 26, 30, 31, 32}),
        ("early(1)", {18, 19, 20, 21, 30}),
        ("many([])", {36, 37, 44, 46}),
        ("many([3])", {18, 19, 20, 21, 36, 37, 38, 39, 41, 43, 44, 48, 49}),
    ],
)
def test_a_line_counts_once_it_begins(call: str, lines: set[int]) -> None:
    assert _lines_of(call) == AT_IMPORT | lines


def test_what_was_run_is_compared_with_all_there_is(tmp_path: Path) -> None:
    files = [tmp_path / "numbers.py", tmp_path / "inside/others.py"]
    files[1].parent.mkdir()
    for file in files:
        file.write_text(MODULE)
    first, second = str(files[0]), str(files[1])

    def percent(*processes: dict[str, list[int]]) -> float:
        return percent_run(processes, tmp_path) * 2 * LINES / 100

    assert percent() == 0
    assert percent({first: [12]}) == pytest.approx(1)
    assert percent({first: [12, 19], second: [49]}) == pytest.approx(3)
    assert percent({first: [12, 19]}, {first: [19, 37]}) == pytest.approx(3)
    everything = list(range(1, MODULE.count("\n") + 1))
    assert percent({first: everything, second: everything}) == pytest.approx(2 * LINES)


def test_marked_code_has_its_docstrings_and_gives_the_same() -> None:
    names, plain = _run(marked(MODULE.encode())), _run(MODULE)
    for name in ("__doc__", "annotations"):
        assert names[name] == plain[name]
    for name in ("Odd", "half"):
        assert names[name].__doc__ == plain[name].__doc__
    assert names["half"].__annotations__ == {"number": "int", "return": "int"}
    for number in (-2, 4):
        assert names["half"](number) == plain["half"](number)
    assert names["many"]([3, 4]) == plain["many"]([3, 4]) == 202


def _lines_of(call: str) -> set[int]:
    names = _run(marked(MODULE.encode()))
    with suppress(names["Odd"]):
        eval(call, names)  # noqa: S307
    return {line for line, was_run in enumerate(names["__run__"]) if was_run}


def _run(module: str | ast.Module) -> dict[str, Any]:
    names: dict[str, Any] = {"__run__": [0] * 60, "__name__": "numbers"}
    exec(compile(module, "numbers.py", "exec"), names)  # noqa: S102
    return names
