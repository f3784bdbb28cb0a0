"""However often sending is killed, nobody receives two copies, and nobody is left out in silence.

The server is real, and so is SIGKILL.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from random import Random

import pytest

from office.mail_servers import Outbox, outbox
from support import ROOT, write_site
from wardblog.office.subscribers.store import save_subscribers
from wardblog.office.subscribers.subscriber import Subscriber, SubscriberState

Run = Callable[[int], "dict[str, list[str]] | None"]
# More than the steps of any run with these recipients: such a run ends by itself.
STEPS_FOR_ONE = 40


def subscribers(number: int) -> list[str]:
    return [f"person{i}@example.org" for i in range(number)]


def prepare(private: Path, number: int) -> None:
    confirmed = [
        Subscriber(
            address=address,
            state=SubscriberState.CONFIRMED,
            date=date(2026, 11, 1),
            consent="Yes, please send me the newsletter.",
            token=f"token{i}",
        )
        for i, address in enumerate(subscribers(number))
    ]
    others = [
        Subscriber(address=f"{state.name.lower()}@example.org", state=state, date=date(2026, 11, 1))
        for state in (SubscriberState.ASKED, SubscriberState.STOPPED, SubscriberState.SET_ASIDE)
    ]
    save_subscribers(private, [*confirmed, *others])


@contextmanager
def driver(folder: Path, server: Outbox) -> Iterator[Run]:
    content = write_site(folder / "content")
    command = [sys.executable, str(ROOT / "tests/office/kill_driver.py"), str(folder / "private"),
               str(content), str(server.port)]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}/plugins:{ROOT}/tests"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdin
        assert process.stdout
        stdin, stdout = process.stdin, process.stdout

        def run(step: int) -> dict[str, list[str]] | None:
            stdin.write(f"{step}\n")
            stdin.flush()
            result: dict[str, list[str]] | None = json.loads(stdout.readline())
            assert result is None or "error" not in result, result
            return result

        yield run
        stdin.close()
        process.wait(60)


def unknown(private: Path) -> set[str]:
    """Those of whom the journal does not know whether they received it."""
    last: dict[str, str] = {}
    path = private / "newsletters" / "2026-12.journal"
    for line in path.read_text().splitlines() if path.exists() else ():
        try:
            step = json.loads(line)
        except ValueError:
            continue
        if "address" in step:
            last[step["address"]] = step["step"]
    return {address for address, step in last.items() if step == "trying"}


def named(result: dict[str, list[str]]) -> set[str]:
    return set(re.findall(r"Whether (\S+) received", "\n".join(result["lines"])))


def check_end(
    result: dict[str, list[str]], server: Outbox, private: Path, number: int, kills: int
) -> None:
    """Everybody got exactly one, but for those that are named; they got at most one."""
    unsure = named(result)
    assert unsure == unknown(private)
    assert len(unsure) <= kills
    counts = server.counts
    assert set(counts.values()) == {1}
    assert set(subscribers(number)) - set(counts) <= unsure
    assert set(counts) <= set(subscribers(number))
    assert result["marked"] == ["2026-12"]


@pytest.mark.long
def test_a_kill_at_each_step_of_a_run_leaves_at_most_one_unknown(tmp_path: Path) -> None:
    """Two recipients, and every step there is, each from the beginning."""
    number = 2
    private = tmp_path / "private"
    killed = 0
    with outbox() as server, driver(tmp_path, server) as run:
        for step in count(1):
            shutil.rmtree(private, ignore_errors=True)
            prepare(private, number)
            server.sent.clear()
            first = run(step)
            if first is not None:
                check_end(first, server, private, number, 0)
                break
            killed += 1
            assert len(unknown(private)) <= 1
            rest = run(0)
            assert rest is not None
            check_end(rest, server, private, number, 1)
            again = run(0)
            assert again is not None
            check_end(again, server, private, number, 1)
    # Before, in and after each line of the journal, and around each exchange with the server.
    assert killed > 50


def endure(folder: Path, number: int, steps: Iterator[int]) -> int:
    """Kill run after run of one journal until it is finished; returns how many were killed."""
    private = folder / "private"
    prepare(private, number)
    kills = 0
    with outbox() as server, driver(folder, server) as run:
        for step in steps:
            before = unknown(private)
            result = run(step)
            assert len(unknown(private) - before) <= 1
            assert max(server.counts.values(), default=0) <= 1
            if result is not None:
                check_end(result, server, private, number, kills)
                break
            kills += 1
    return kills


def test_many_kills_of_one_sending(tmp_path: Path) -> None:
    steps = (20 + i % STEPS_FOR_ONE for i in count())
    assert endure(tmp_path, 40, steps) > 10


@pytest.mark.long
def test_a_thousand_recipients_and_a_kill_at_each_kind_of_step(tmp_path: Path) -> None:
    random = Random(20261129)  # noqa: S311 - no secret
    steps = (random.randrange(1, 60) for _ in count())
    assert endure(tmp_path, 1000, steps) > 500
