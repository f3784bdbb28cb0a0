"""Tests of so many cases that each of them is not worth a test of its own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

Test = Callable[..., None]


def in_one_test(names: str, cases: Iterable[object]) -> Callable[[Test], Test]:
    """Like `pytest.mark.parametrize`, for a hundred cases and more that take a millisecond each.

    They are one test, since each test costs several milliseconds. All cases are tried, and those
    that fail are named.
    """
    keys, tried = [name.strip() for name in names.split(",")], list(cases)

    def of(test: Test) -> Test:
        def try_all(**fixtures: object) -> None:
            failed = []
            for case in tried:
                values: Any = case if len(keys) > 1 else (case,)
                try:
                    test(**dict(zip(keys, values, strict=True)), **fixtures)
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - told below
                    error.add_note(f"In the case {case!r}")
                    failed.append(error)
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(tried)} cases fail", failed)

        given = inspect.signature(test)
        left = [one for name, one in given.parameters.items() if name not in keys]
        try_all.__name__, try_all.__doc__ = test.__name__, test.__doc__
        try_all.__signature__ = given.replace(parameters=left)  # type: ignore[attr-defined]
        return try_all

    return of
