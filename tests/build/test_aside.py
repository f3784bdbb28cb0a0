"""A second process writes what needs no template, and its mistakes are not lost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from support import ROOT, files_of, run
from wardblog.build.aside import Aside, processors


def _fail() -> int:
    raise OSError(28, "No space left on device", "feeds/all.json")


def in_another_process(code: str) -> str:
    """What a fresh Python prints: here, other tests may have left threads behind."""
    done = subprocess.run(
        [sys.executable, "-c", f"import os\nfrom wardblog.build.aside import *\n{code}"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_the_work_is_done_by_another_process() -> None:
    told = in_another_process("print(Aside(os.getpid).result() == os.getpid())")
    assert told == f"{processors() < 2}\n"


def test_after_a_process_that_was_killed_the_work_is_done_here() -> None:
    code = "first = os.getpid()\nprint(Aside(lambda: os.getpid() == first or os._exit(9)).result())"
    assert in_another_process(code) == "True\n"


def test_what_cannot_be_sent_is_told_in_words() -> None:
    code = "class Odd(Exception):\n  def __init__(self): self.x = lambda: 0\ndef f(): raise Odd()\n"
    told = in_another_process(f"{code}Aside(f).result()")
    assert "Odd" in told.splitlines()[-1]


def test_what_the_work_raises_is_raised_again() -> None:
    with pytest.raises(OSError, match="No space left on device") as raised:
        Aside(_fail).result()
    assert raised.value.filename == "feeds/all.json"
    assert "No space left" in in_another_process(
        "def fail(): raise OSError(28, 'No space left on device')\nAside(fail).result()"
    )


def test_beside_other_threads_the_work_is_done_here() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert Aside(os.getpid).result() == os.getpid()
    finally:
        stop.set()
        thread.join()


def test_both_ways_give_the_same_bytes(tmp_path: Path, sample: Path) -> None:
    code = (
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "from wardblog.cli import main\n"
        f"main(['html', '--content', {str(ROOT / 'content')!r}, '--output', {str(tmp_path)!r}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "plugins"),
            "SOURCE_DATE_EPOCH": "1795305600",
        },
        check=False,
    )
    assert done.returncode == 0
    assert files_of(tmp_path) == files_of(sample)


def test_a_file_that_is_in_the_way_is_told_in_one_sentence(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "feeds").write_text("not a folder")
    done = run("html", "--content", str(ROOT / "content"), "--output", str(output))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "feeds" in done.stderr
