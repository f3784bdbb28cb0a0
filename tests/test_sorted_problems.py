"""Problems are listed once each, by file and line, however many there are."""

from __future__ import annotations

from collections.abc import Callable

from growth import assert_grows_with_input
from wardblog.problems import Problem, sorted_unique


def test_each_is_listed_once() -> None:
    found = [Problem(file="a", line=n, message="b", hint=h) for h in "xyx" for n in (None, 2, 1)]
    listed = [(one.line, one.hint) for one in sorted_unique(found)]
    assert listed == [(n, hint) for n in (None, 1, 2) for hint in "xy"]


def test_the_same_message_on_twice_the_lines_takes_twice_the_work() -> None:
    def prepare(size: int) -> Callable[[], object]:
        found = [Problem(file="a", line=n, message="b", hint="c") for n in range(size)]
        return lambda: sorted_unique([*found, *found])

    assert_grows_with_input(prepare, 1000)
