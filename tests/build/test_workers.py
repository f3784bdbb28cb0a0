"""Work is shared among processes, and no result or exception is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from support import POST, ROOT, files_of, mostly_long, picture, run, write_files, write_site
from wardblog.build.workers import SharedWork, processors

HERE = "import os, time\nfrom wardblog.build.workers import *\nfirst = os.getpid()\n"


def _fail(_: int) -> int:
    raise OSError(28, "No space left on device", "feeds/all.json")


def in_another_process(code: str) -> str:
    """What a fresh Python prints: here, other tests may have left threads behind."""
    done = subprocess.run(
        [sys.executable, "-c", HERE + code],
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.long
def test_the_work_is_shared_and_the_results_are_in_order() -> None:
    told = in_another_process(
        "def work(n):\n  time.sleep(.001)\n  return n, os.getpid()\n"
        "found = SharedWork(work, range(1000)).results()\n"
        "print([n for n, _ in found] == list(range(1000)), len({p for _, p in found}))"
    )
    assert told == f"True {processors()}\n"


@pytest.mark.long
def test_the_workers_begin_before_this_process_joins_in() -> None:
    told = in_another_process(
        "work = SharedWork(lambda n: os.getpid() != first, range(200))\ntime.sleep(1)\n"
        "print(all(work.results()))"
    )
    assert told == f"{processors() > 1}\n"


def test_the_work_of_a_killed_worker_is_done_in_this_process() -> None:
    told = in_another_process(
        "def work(n):\n  return n if os.getpid() == first else os._exit(9)\n"
        "print(SharedWork(work, range(500)).results() == list(range(500)))"
    )
    assert told == "True\n"


def test_a_value_that_cannot_be_sent_gives_a_clear_message() -> None:
    told = in_another_process(
        "class Odd(Exception):\n  def __init__(self): self.x = lambda: 0\n"
        "def f(n):\n  if os.getpid() != first: raise Odd()\n"
        "work = SharedWork(f, range(200))\ntime.sleep(.5)\nwork.results()"
    )
    assert ("Odd" in told.splitlines()[-1]) is (processors() > 1)


def test_an_exception_in_a_worker_is_raised_again() -> None:
    with pytest.raises(OSError, match="No space left on device") as raised:
        SharedWork(_fail, range(100)).results()
    assert raised.value.filename == "feeds/all.json"
    assert "No space left" in in_another_process(
        "def fail(n):\n  if os.getpid() != first: raise OSError(28, 'No space left on device')\n"
        "work = SharedWork(fail, range(200))\ntime.sleep(.5)\nwork.results()"
    )


def test_with_other_threads_running_the_work_is_done_in_this_process() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert set(SharedWork(lambda _: os.getpid(), range(200)).results()) == {os.getpid()}
    finally:
        stop.set()
        thread.join()


def test_progress_is_reported() -> None:
    told: list[tuple[str, int, int]] = []
    SharedWork(abs, range(300), "Making pages", lambda *now: told.append(now)).results()
    assert {words for words, _, _ in told} == {"Making pages"}
    assert all(0 <= done <= total == 300 for _, done, total in told)


# More outputs than one process makes alone, with each kind of picture.
SMALL: dict[str, str | bytes] = {
    **{f"posts/{n}.md": POST.replace("fine", str(n)) for n in range(20)},
    "posts/map.md": POST.replace("fine", "map")
    .replace("Tags", "Places: A | 51.46, -0.16\nTags")
    .replace("Some text.", "![A bin](../images/bin.jpg)"),
    "images/bin.jpg": picture(500, 40, "JPEG"),
}


@pytest.mark.parametrize("site", mostly_long(("small", "sample"), "small"))
def test_both_ways_give_the_same_bytes(
    site: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """This build draws and encodes everything itself, and takes nothing that was made once."""
    if site == "sample":
        content, expected = ROOT / "content", request.getfixturevalue("sample")
    else:
        content, expected = write_site(tmp_path / "content", SMALL), tmp_path / "shared"
        done = run("html", "--content", str(content), "--output", str(expected))
        assert done.returncode == 0, done.stderr
    output = tmp_path / "output"
    code = (
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "from wardblog.cli import main\n"
        f"main(['html', '--content', {str(content)!r}, '--output', {str(output)!r}])"
    )
    process = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "plugins"),
            "SOURCE_DATE_EPOCH": "1795305600",
        },
        check=False,
    )
    assert process.returncode == 0
    assert len(files_of(output)) > 64
    assert files_of(output) == files_of(expected)


def test_a_file_in_the_way_is_reported_in_one_sentence(tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    write_files(tmp_path / "output", {"feeds": "not a folder"})
    done = run("html", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "feeds" in done.stderr
