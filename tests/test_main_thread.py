"""Other threads hand work to the main thread, which alone can be interrupted by a timer."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from wardblog.content.time_limit import TimeLimitError, run_within
from wardblog.support.main_thread import in_main_thread, result_of


def _forever() -> None:
    while True:
        pass


def test_work_of_another_thread_is_done_in_the_main_thread() -> None:
    def call() -> tuple[int, bool]:
        return os.getpid(), threading.current_thread() is threading.main_thread()

    assert result_of(lambda: run_within(2, call)) == (os.getpid(), True)
    assert result_of(lambda: in_main_thread(call)) == ((os.getpid(), True),)


def test_work_that_takes_too_long_is_interrupted() -> None:
    with pytest.raises(TimeLimitError):
        result_of(lambda: run_within(0.05, _forever))
    assert result_of(lambda: run_within(2, lambda: 1)) == 1


def test_an_error_is_raised_where_the_work_came_from() -> None:
    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        result_of(lambda: run_within(2, fail))


def test_without_a_main_thread_that_works_a_child_process_does_it() -> None:
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(in_main_thread, os.getpid).result() is None
        child = threads.submit(run_within, 2, os.getpid).result()
    assert child != os.getpid()
    assert in_main_thread(os.getpid) is None
