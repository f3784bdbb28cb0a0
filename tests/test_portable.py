"""Nothing needs what Windows has not: here it is hidden, and everything must work without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support import EPOCH, ROOT, files_of, write_site

# The standard library and filelock, which have code for Windows, are imported by then.
HIDDEN = """\
import asyncio, http.server, multiprocessing, os, pkgutil, signal, subprocess, sys
import tempfile, threading, warnings
import filelock
for name in ("fcntl", "termios", "pwd", "grp", "resource", "pty", "tty", "syslog", "posix"):
    sys.modules[name] = None
for name in ("fork", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_DIRECTORY", "O_SYNC", "fchmod",
             "fchown", "chown", "getuid", "geteuid", "getgid", "getpgrp", "killpg", "setsid",
             "tcgetpgrp", "tcsetpgrp", "sched_getaffinity", "mkfifo", "statvfs"):
    delattr(os, name)
for name in ("SIGALRM", "SIGPROF", "SIGKILL", "SIGHUP", "SIGQUIT", "SIGTTOU", "SIGCONT",
             "setitimer", "getitimer", "alarm", "ITIMER_REAL", "ITIMER_PROF", "pthread_kill"):
    delattr(signal, name)
os.O_NONBLOCK = 0  # for filelock, which has other code on Windows
warnings.simplefilter("ignore")
"""


def without_posix(code: str, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", HIDDEN + code],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT / 'tests'}",
             "SOURCE_DATE_EPOCH": EPOCH},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )  # fmt: skip
    assert not done.stderr, done.stderr
    return done.stdout


def test_every_module_can_be_imported(tmp_path: Path) -> None:
    code = (
        "import wardblog\n"
        "names = [m.name for m in pkgutil.walk_packages(wardblog.__path__, 'wardblog.')]\n"
        "for name in names:\n"
        "    if not name.endswith('__main__'):\n        __import__(name)\n"
        "print(len(names) > 150)"
    )
    assert without_posix(code, tmp_path) == "True\n"


def test_a_site_is_built_and_checked_as_anywhere_else(sample: Path, tmp_path: Path) -> None:
    arguments = ["--content", str(ROOT / "content"), "--output", "output"]
    code = (
        "from pathlib import Path\nfrom made_once import FOLDER, make_once\n"
        "make_once(setattr, Path(os.environ[FOLDER]))\n"
        "from wardblog.cli import main\n"
        f"print(main(['html', *{arguments!r}]), main(['check', *{arguments!r}]))"
    )
    assert without_posix(code, tmp_path).endswith("\n0 0\n")
    assert files_of(tmp_path / "output") == files_of(sample)


def test_a_text_that_takes_too_long_is_reported(tmp_path: Path) -> None:
    code = (
        "import time\nfrom wardblog.content import posts, time_limit\n"
        "time_limit._WAITING = 0.01\n"
        "begun = time.monotonic()\n"
        "try:\n    time_limit.run_within(2, time.sleep, 60)\n"
        "except time_limit.TimeLimitError as slow:\n"
        "    print(slow.message, time.monotonic() - begun < 30)\n"
        "print(time_limit.run_within(2000, lambda: 'fine'))\n"
        "try:\n    time_limit.run_within(2000, int, 'x')\n"
        "except ValueError:\n    print('raised')\n"
    )
    assert without_posix(code, tmp_path) == "this text takes too long to read True\nfine\nraised\n"


@pytest.mark.parametrize("is_done", [False, True])
def test_the_lock_of_a_build_is_released(is_done: bool, tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    ending = "" if is_done else "os._exit(9)"
    code = (
        "from pathlib import Path\nfrom wardblog.build.site import _alone\n"
        f"with _alone(Path('cache')):\n    print('held', flush=True)\n    {ending or 'pass'}\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.stdout == b"held\n"
