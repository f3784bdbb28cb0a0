"""No text is given more than its time, whatever it contains and wherever it is read."""

from __future__ import annotations

import logging
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from support import POST, ROOT, WARD, read_all, write_site
from wardblog.build.workers import SharedWork
from wardblog.content import time_limit
from wardblog.content.time_limit import TimeLimitError, run_within, slowest_line
from wardblog.problems import Problem, Severity
from wardblog.report import ParseError

LIMIT = 0.3
SLOW = POST.replace("Some text.", "".join(f"[^{n}]: x\n" for n in range(8000)))
MESSAGE = "this text takes too long to read"


@pytest.fixture(autouse=True, scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is imported while a first text is read is not to count here."""
    read_all(write_site(tmp_path_factory.mktemp("first"), {"posts/a.md": POST + "\n<b>x</b>\n"}))


@pytest.fixture(autouse=True)
def short(imported: None, monkeypatch: pytest.MonkeyPatch) -> None:
    del imported
    monkeypatch.setattr(time_limit, "SECONDS", LIMIT)


def endless() -> None:
    while True:
        pass


def backtracking() -> object:
    return re.match(r"(a|a)*b", "a" * 60)


def swallowing() -> None:
    while True:
        with suppress(Exception):
            endless()


def cleaning_up() -> None:
    try:
        endless()
    finally:
        sum(range(1000))


def locking() -> None:
    while True:
        logging.getLogger("wardblog.test").isEnabledFor(logging.INFO)
        logging.getLogger("wardblog.test.other")
        sum(range(500))


def test_work_that_is_ended_leaves_nothing_locked() -> None:
    """Without the lock of the loggers, no other thread could start a process."""
    for _ in range(40):
        with pytest.raises(TimeLimitError):
            run_within(0.005, locking)
    other = threading.Thread(target=logging.getLogger, args=("wardblog.test.third",), daemon=True)
    other.start()
    other.join(60)
    assert not other.is_alive()


_ENDS_THREADS = """
import logging, os, threading
from contextlib import suppress
from content.test_time_limit import locking
from wardblog.content.time_limit import TimeLimitError, _in_thread
for _ in range(40):
    with suppress(TimeLimitError):
        _in_thread(0.0005, locking, ())
other = threading.Thread(target=logging.getLogger, args=("wardblog.test.third",), daemon=True)
other.start()
other.join(30)
print("locked" if other.is_alive() else "free", flush=True)
os._exit(0)
"""


def test_a_thread_that_is_ended_leaves_nothing_locked() -> None:
    """As on Windows, which has no such timer; in a process that could not go on otherwise."""
    done = subprocess.run(
        [sys.executable, "-c", _ENDS_THREADS],
        env={**os.environ, "PYTHONPATH": f"{ROOT}/plugins:{ROOT}/tests"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("free\n", "")


@pytest.mark.parametrize("work", [endless, backtracking, swallowing, cleaning_up])
@pytest.mark.parametrize("isolated", [False, True])
def test_work_without_an_end_is_ended(
    work: object, isolated: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_limit, "_WAITING", 1000)  # so that only the work's own time counts
    begun = os.times()
    with pytest.raises(TimeLimitError):
        run_within(LIMIT, work, isolated=isolated)  # type: ignore[arg-type]
    took = sum(now - then for now, then in zip(os.times()[:4], begun[:4], strict=True))
    assert LIMIT * 0.8 <= took < LIMIT * 5


def test_work_that_only_waits_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_limit, "_WAITING", 1)
    for isolated in (False, True):
        begun = time.monotonic()
        with pytest.raises(TimeLimitError):
            run_within(LIMIT, time.sleep, 60, isolated=isolated)
        assert time.monotonic() - begun < 30


def test_waiting_for_the_processor_does_not_count() -> None:
    assert run_within(0.05, time.sleep, 0.2) is None


@pytest.mark.parametrize("isolated", [False, True])
def test_what_the_work_gives_or_raises_comes_back(isolated: bool) -> None:
    def refuse() -> None:
        raise ParseError("a", "b", 3)

    assert run_within(LIMIT, sorted, [2, 1], isolated=isolated) == [1, 2]
    with pytest.raises(ParseError) as refused:
        run_within(LIMIT, refuse, isolated=isolated)
    raised = refused.value
    assert (type(raised), raised.message, raised.hint, raised.line) == (ParseError, "a", "b", 3)


def test_work_inside_other_work_has_no_more_time_than_that() -> None:
    ended: list[float] = []

    def inner(seconds: float) -> None:
        try:
            endless()
        finally:
            ended.append(seconds)

    def outer() -> None:
        for seconds in (LIMIT / 4, 60):
            with pytest.raises(TimeLimitError):  # or the time of both is up at this moment
                run_within(seconds, inner, seconds)
        endless()

    begun = time.process_time()
    with pytest.raises(TimeLimitError):
        run_within(LIMIT, outer)
    assert ended == [LIMIT / 4, 60]
    assert time.process_time() - begun < LIMIT * 5


def test_a_timer_of_somebody_elses_goes_on() -> None:
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _: rung.append(number))
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        assert run_within(LIMIT, len, "abc") == 3
        deadline = time.monotonic() + 10
        while not rung and time.monotonic() < deadline:
            time.sleep(0.01)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert rung == [signal.SIGALRM]


def children() -> set[str]:
    """The processes of this one; other tests may have left some running."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {pid for task in tasks for pid in task.read_text().split()}


def test_no_child_is_left_behind() -> None:
    before = children()
    with pytest.raises(TimeLimitError):
        run_within(LIMIT, endless, isolated=True)
    assert children() <= before


def in_a_thread(content: Path) -> list[Problem]:
    """What a preview that is not in the first thread is told."""
    found: list[Problem] = []
    thread = threading.Thread(target=lambda: found.extend(read_all(content)[1]))
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    return found


def test_a_slow_text_is_one_message_and_the_others_are_read(tmp_path: Path) -> None:
    content = write_site(
        tmp_path,
        {"posts/a.md": SLOW, "posts/b.md": POST.replace("Title: A fine post\n", "")},
    )
    found = [(p.file, p.line, p.message) for p in read_all(content)[1]]
    assert found == [("posts/a.md", 5, MESSAGE), ("posts/b.md", 1, "the title is missing")]
    assert [(p.file, p.line, p.message) for p in in_a_thread(content)] == found


def test_a_slow_draft_is_a_warning(tmp_path: Path) -> None:
    draft = SLOW.replace("\n\n", "\nStatus: draft\n\n", 1)
    _, problems = read_all(write_site(tmp_path, {"posts/a.md": draft}))
    assert [(p.file, p.severity, p.message) for p in problems] == [
        ("posts/a.md", Severity.WARN, MESSAGE)
    ]


def test_slow_settings_are_one_message(tmp_path: Path) -> None:
    ward = WARD + ".".join(["a"] * 50_000) + " = 1\n"
    _, problems = read_all(write_site(tmp_path, {"ward.toml": ward}))
    assert [(p.file, p.message, p.hint) for p in problems] == [
        ("ward.toml", MESSAGE, "Look for a very long line or value in it, and shorten it.")
    ]


def test_other_processes_have_the_same_limit() -> None:
    def work(number: int) -> str:
        try:
            run_within(LIMIT, endless if number == 1 else int)
        except TimeLimitError:
            return "too slow"
        return "done"

    assert SharedWork(work, range(3), few=1).results() == ["done", "too slow", "done"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n\n" + "b" * 50 + "\n\nc", 3),
        ("b" * 50 + "\n\nc", 1),
        ("a\n\n\n\n" + "b" * 50, 5),
        ("aaaa\n\nbbbb\n\ncccc", None),
    ],
)
def test_the_line_is_that_of_a_paragraph_that_most_of_the_text_is_in(
    text: str, line: int | None
) -> None:
    assert slowest_line(text) == line


def test_work_while_somebody_types_ends_soon_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_limit, "HURRIED_SECONDS", 0.05)

    def wait() -> None:
        while True:
            time.sleep(0.01)

    with time_limit.hurried():
        with pytest.raises(TimeLimitError, match="while you type"):
            run_within(1000.0, wait)
        with pytest.raises(TimeLimitError, match="while you type"):
            run_within(1000.0, wait, isolated=True)
        with pytest.raises(TimeLimitError, match="while you type"):
            run_within(1000.0, int)  # however quick it would be
        assert time_limit.is_hurried()
    assert not time_limit.is_hurried()
    assert run_within(1000.0, int) == 0
