"""Nothing needs what Windows has not: here it is hidden, and everything must work without."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest

from support import EPOCH, POST, ROOT, files_of, picture, run_here, write_files, write_site
from wardblog.support import replacing

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


@pytest.mark.long
def test_the_sample_is_built_and_checked_as_anywhere_else(sample: Path, tmp_path: Path) -> None:
    arguments = ["--content", str(ROOT / "content"), "--output", "output"]
    code = (
        "from pathlib import Path\nfrom made_once import FOLDER, make_once\n"
        "make_once(setattr, Path(os.environ[FOLDER]))\n"
        "from wardblog.cli import main\n"
        f"print(main(['html', *{arguments!r}]), main(['check', *{arguments!r}]))"
    )
    assert without_posix(code, tmp_path).endswith("\n0 0\n")
    assert files_of(tmp_path / "output") == files_of(sample)


def test_a_site_is_built_checked_and_published_to_a_folder_without_links(tmp_path: Path) -> None:
    """Links need rights on Windows that people do not have."""
    lines = "Places: Eland Road | 51.46671, -0.15602\nImage: images/bin.png\n\n"
    post = POST.replace("grit bins\n\n", f"grit bins\n{lines}")
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        write_site(folder / "content", {"posts/fine.md": post, "images/bin.png": picture(400, 300)})
    arguments = ["--content", "content", "--output", "output"]
    assert run_here("html", *arguments, cwd=here).returncode == 0
    code = (
        "from pathlib import Path\nfrom made_once import FOLDER, make_once\n"
        "make_once(setattr, Path(os.environ[FOLDER]))\n"
        "for name in ('symlink', 'sync'):\n    delattr(os, name)\n"
        "from wardblog.publish import plain_folder\nplain_folder._HAS_LINKS = False\n"
        "from wardblog.cli import main\n"
        f"print(main(['html', *{arguments!r}]), main(['check', *{arguments!r}]))\n"
        "print(main(['publish']), main(['publish']))"
    )
    shown = without_posix(code, there)
    assert "\n0 0\n" in shown.removesuffix("0 0\n"), shown
    assert shown.endswith("\n0 0\n"), shown
    assert "Nothing to publish: the live site is up to date." in shown
    built = files_of(there / "output")
    assert built == files_of(here / "output")
    live = files_of(there / "public")
    own = {name for name in live if name.startswith(".wardblog/")}
    assert own == {".wardblog/manifest.json"}
    assert set(live) - own == set(built) - {".wardblog.json"}
    assert not (there / "public.releases").exists()


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


def test_work_that_takes_too_long_does_not_go_on(tmp_path: Path) -> None:
    """Else each text that somebody types would keep a processor busy until the program ends."""
    code = (
        "import threading, time\nfrom contextlib import suppress\n"
        "from wardblog.content import time_limit\n"
        "time_limit._WAITING = 0.5\n"
        "def forever():\n    while True:\n        with suppress(Exception):\n            len('a')\n"
        "for _ in range(5):\n"
        "    try:\n        time_limit.run_within(0.05, forever)\n"
        "    except time_limit.TimeLimitError:\n        pass\n"
        "while threading.active_count() > 1:\n    time.sleep(0.01)\n"
        "print(time_limit.run_within(2000, lambda: 'fine'))\n"
    )
    assert without_posix(code, tmp_path) == "fine\n"


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


def texts_that_have(pattern: str) -> list[tuple[str, str]]:
    """Every string in files of the software that match: the file, and the string.

    To parse all files takes seconds, and few match.
    """
    package = ROOT / "plugins" / "wardblog"
    files = {path: path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py"))}
    return [
        (path.relative_to(package).as_posix(), node.value)
        for path, code in files.items()
        if re.search(pattern, code)
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@cache
def calls() -> list[tuple[str, str, ast.Call]]:
    """Every call in the software: its file, the name of what is called, and the call."""
    package = ROOT / "plugins" / "wardblog"
    found = []
    for path in sorted(package.rglob("*.py")):
        file = path.relative_to(package).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else ""
                found.append((file, name or getattr(called, "id", ""), node))
    return found


def files_that_call(*names: str) -> set[str]:
    return {f"{file}: {name}" for file, name, _ in calls() if name in names}


def test_what_differs_on_windows_is_called_only_where_that_was_thought_of() -> None:
    """Each has other code for Windows beside it, is for a host by ssh, or does no harm there."""
    by_name = (
        "chmod", "fchmod", "chown", "lchmod", "symlink_to", "symlink", "hardlink_to", "kill",
        "killpg", "fork", "setsid", "getuid", "geteuid", "mkfifo", "sync", "sched_getaffinity",
        "setitimer", "setrlimit", "pthread_kill", "tcsetpgrp",
    )  # fmt: skip
    assert files_that_call(*by_name) == {
        "build/key.py: geteuid",  # if there is one
        "build/workers.py: sched_getaffinity",  # if there is one
        "build/workers.py: kill",  # a process of our own, by its object
        "content/replace_files.py: chmod",  # only removes the right to write, as before
        "content/tables/workbooks.py: setrlimit",  # if there is the module
        "content/time_limit.py: fork",  # if there is one, as for the three below
        "content/time_limit.py: kill",
        "content/time_limit.py: setitimer",
        "publish/folder.py: chmod",  # Windows has publish/plain_folder.py
        "publish/folder.py: sync",
        "publish/host.py: chmod",  # for ssh alone
        "publish/lock.py: kill",  # not on Windows
        "publish/processes.py: kill",  # the object of a process
        "publish/processes.py: killpg",  # not on Windows
        "publish/processes.py: tcsetpgrp",  # not on Windows, which has no /dev/tty
        "publish/releases_folder.py: chmod",  # for publish/folder.py
        "publish/releases_folder.py: symlink_to",
        "publish/staging.py: chmod",
        "support/exit_status.py: kill",  # not on Windows
        "support/private_files.py: chmod",
        "support/private_files.py: fchmod",  # if there is one
    }


def test_hard_links_are_made_only_where_a_copy_would_do() -> None:
    os_links = {
        f
        for f, name, call in calls()
        if name == "link" and ast.unparse(call.func) == "os.link"
    }  # fmt: skip
    assert os_links <= {
        "build/key.py", "content/write.py", "preview/editor/lists/trial.py", "publish/folder.py",
    }  # fmt: skip


def test_texts_are_read_and_written_in_a_named_encoding() -> None:
    """Windows would use another one, which lacks most letters."""
    unnamed = []
    for file, name, call in calls():
        keywords = {keyword.arg for keyword in call.keywords}
        words = [a.value for a in call.args if isinstance(a, ast.Constant)]
        is_text = {
            "read_text": not call.args,
            "write_text": len(call.args) == 1,
            "open": ast.unparse(call.func) in ("open", "Path.open", "path.open")
            and not any(isinstance(word, str) and "b" in word for word in words),
            "fdopen": not any(isinstance(word, str) and "b" in word for word in words),
            "TextIOWrapper": True,
            "run": bool(keywords & {"text", "universal_newlines"}),
            "Popen": bool(keywords & {"text", "universal_newlines"}),
        }
        if is_text.get(name, False) and "encoding" not in keywords:
            unnamed.append(f"{file}:{call.lineno}: {ast.unparse(call)[:60]}")
    assert unnamed == []


def test_files_are_replaced_by_the_one_function_that_waits_for_others() -> None:
    """`path.replace(target)` has one argument, unlike the replacement in a text."""
    found = {
        f"{file}: {ast.unparse(call)}"
        for file, name, call in calls()
        if name in ("replace", "rename")
        and not call.keywords
        and (len(call.args) == 1 or ast.unparse(call.func).startswith("os."))
    }
    assert found == {
        "publish/folder.py: beside.replace(target)",  # not on Windows, as the next two
        "publish/folder.py: incoming.rename(releases.folder(number))",
        "publish/releases_folder.py: beside.replace(link)",
        "scaffold/own_content.py: content.rename(aside)",  # a whole folder, once
        "support/replacing.py: source.replace(target)",
    }


def test_paths_of_one_system_are_named_only_for_it() -> None:
    roots = ("/dev/", "/tmp", "/proc", "/etc/", "/usr/", "/bin/", "/run/", "/.docker")  # noqa: S108
    texts = texts_that_have(f"[\"'](?:{'|'.join(map(re.escape, roots))})")
    found = {f"{file}: {text}" for file, text in texts if text.startswith(roots)}
    assert found == {
        "cli/write.py: /.dockerenv",  # asked whether they are there
        "cli/write.py: /run/.containerenv",
        "publish/host.py: /tmp",  # for ssh, whose sockets need a short path
        "publish/processes.py: /dev/tty",  # if it can be opened
        "support/exit_status.py: /proc/",  # if there is one
    }


def test_names_of_files_that_are_kept_have_slashes() -> None:
    """On Windows, `str` of a path has backslashes: what is written down would differ."""
    written = [
        f"{file}:{call.lineno}"
        for file, name, call in calls()
        if name == "str" and call.args and ".relative_to(" in ast.unparse(call.args[0])
    ]
    assert written == []


def test_dates_are_written_without_signs_that_only_some_systems_know() -> None:
    sign = "%[-#][a-zA-Z]"
    assert [text for text in texts_that_have(sign) if re.search(sign, text[1])] == []


@pytest.mark.parametrize("busy", [0, 3, 99])
def test_a_file_that_another_program_has_open_is_waited_for(
    busy: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows refuses it: the scanner or OneDrive has it for a moment, or for good."""
    tries = 0
    waited: list[float] = []
    really = Path.replace

    def refused(source: Path, target: Path) -> Path:
        nonlocal tries
        tries += 1
        if tries <= busy:
            raise PermissionError(13, "used by another process", str(target))
        return really(source, target)

    write_files(tmp_path, {"old": "old", "new": "new"})
    monkeypatch.setattr(Path, "replace", refused)
    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(sys, "platform", "win32")
    if busy == 99:
        with pytest.raises(PermissionError):
            replacing.put_in_place(tmp_path / "new", tmp_path / "old")
    else:
        replacing.put_in_place(tmp_path / "new", tmp_path / "old")
        assert (tmp_path / "old").read_text() == "new"
    assert sum(waited) <= 2
    assert (len(waited) > 0) == (busy > 0)
