"""What several tests share: the sample built once, and the folder of real data.

The process that only hands out the tests reads this file as well. So that the others can begin at
once, what takes seconds to import is imported in the functions that use it.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings

import lines_run

ROOT = Path(__file__).resolve().parents[1]
# What takes longest begins first, so that nobody waits at the end for one file: half a minute, down
# to eight seconds.
LONGEST = (
    "browser/test_every_kind.py", "office/test_canary.py", "build/test_law.py",
    "publish/test_targets.py", "office/test_listen_items.py", "test_cli.py", "browser/test_maps.py",
    "publish/test_refusals.py", "browser/test_search.py", "test_fuzz.py",
    "browser/test_editor_newcomer.py", "test_hostile.py", "content/test_inspection.py",
    "editor/test_publish_page.py", "browser/test_editor_post.py", "editor/test_newsletter_page.py",
    "test_guard.py", "editor/test_office_pages.py", "office/test_leaflet_pdf.py",
    "publish/test_expected.py", "test_docs.py", "office/test_listen_command.py", "test_house.py",
    "test_portable.py", "editor/test_jobs.py",
)  # fmt: skip

LINES_RUN = pytest.StashKey[list[dict[str, list[int]]]]()
PERCENT_RUN = pytest.StashKey[float]()

# Where Linux keeps files in memory, and how many bytes must be free there: the tests need a tenth.
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - all that pytest makes there is in a folder of its own
ROOM = 5_000_000_000

# NumPy, on which Shapely is built, starts threads when it is imported; nothing here uses them.
os.environ["OPENBLAS_NUM_THREADS"] = "1"


@pytest.fixture(scope="session", autouse=True)
def _a_state_of_ones_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The key of the caches of the tests is not that of the person who runs them."""
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session", autouse=True)
def _make_starts_afresh() -> None:
    """A test that runs make does not take part in the jobs of the make that runs the tests."""
    for name in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL"):
        os.environ.pop(name, None)


@pytest.fixture(scope="session", autouse=True)
def _signals_of_the_keyboard_are_heard() -> None:
    """Programs that a shell starts in the background ignore them; what we start must not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)


def _shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run of the tests, the same in all its processes."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session", autouse=True)
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """All processes that run tests share one folder, and so do the commands that they start."""
    from made_once import FOLDER, make_once

    folder = _shared_folder(tmp_path_factory) / "made-once"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER, str(folder))
        make_once(patch.setattr, folder)
        yield


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample content as built on a fixed day: once, for all processes that run tests."""
    from support import run

    output = _shared_folder(tmp_path_factory) / "sample/output"
    with FileLock(output.parent.with_suffix(".lock")):
        if not output.exists():
            done = run("html", "--content", str(ROOT / "content"), "--output", str(output))
            assert done.returncode == 0, done.stderr
            assert done.stderr == ""
    return output


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real council data, which is not part of the project."""
    folder = os.environ.get("WARD_REAL_DATA")
    if not folder:
        pytest.skip("WARD_REAL_DATA does not name the folder of real data")
    return Path(folder).resolve()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A process that ran tests says which lines they ran."""
    config = node.config
    if lines := getattr(node, "workeroutput", {}).get("lines_run"):
        config.stash.setdefault(LINES_RUN, []).append(lines)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With --coverage, too few lines are a failure."""
    config = session.config
    if not config.getoption("coverage"):
        return
    if (output := getattr(config, "workeroutput", None)) is not None:
        output["lines_run"] = lines_run.lines_run()
        return
    of_processes = config.stash.get(LINES_RUN, None) or [lines_run.lines_run()]
    percent = lines_run.percent_run(of_processes)
    config.stash[PERCENT_RUN] = percent
    if percent < lines_run.FLOOR and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if percent := config.stash.get(PERCENT_RUN, None):
        floor = lines_run.FLOOR
        terminalreporter.write_line(
            f"Coverage: {percent:.1f}% of the lines; at least {floor}% needed."
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two more than there are cores, because the tests often wait for other programs."""
    return (os.cpu_count() or 1) + 2


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files again")
    parser.addoption("--coverage", action="store_true", help="measure which lines are run")
    parser.addoption("--long", action="store_true", help="run the long tests as well")


def pytest_configure(config: pytest.Config) -> None:
    """Without --long, tests marked as long are left out and the others try fewer examples."""
    if config.getoption("coverage") and not config.getoption("numprocesses", None):
        lines_run.watch()
    settings.register_profile("short", max_examples=20, deadline=None)
    settings.register_profile("long", deadline=None)
    is_long = config.getoption("long")
    settings.load_profile("long" if is_long else "short")
    if not is_long and not config.option.markexpr:
        config.option.markexpr = "not long"
    # Memory would fill up if the files of tests that passed stayed.
    if config.getini("tmp_path_retention_policy") == "failed" and "TMPDIR" not in os.environ:
        _use_memory_instead_of_a_disk()


def _use_memory_instead_of_a_disk() -> None:
    """Temporary files are in memory where there is room: the tests write a hundred thousand."""
    if not os.access(IN_MEMORY, os.W_OK):
        return
    room = os.statvfs(IN_MEMORY)
    if room.f_bavail * room.f_frsize >= ROOM and not room.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)


def pytest_collection(session: pytest.Session) -> None:
    """Each process begins with other files, so that all do not compile the same ones at once."""
    config = session.config
    worker = getattr(config, "workerinput", None)
    if worker is None or [Path(one).resolve() for one in config.args] != [ROOT / "tests"]:
        return
    left_out = set(config.getini("norecursedirs"))
    files = sorted(
        file for file in (ROOT / "tests").rglob("test_*.py") if not left_out & set(file.parts)
    )
    first = int(worker["workerid"].removeprefix("gw"))
    for file in files[first :: worker["workercount"]]:
        folder, name = file.parent, file.stem
        while (folder / "__init__.py").exists():
            folder, name = folder.parent, f"{folder.name}.{name}"
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
        importlib.import_module(name)


def pytest_collection_finish() -> None:
    """What was collected stays to the end: Python need not look through it again and again.

    A build in a test puts an end to that, so Python is made to look for rubbish as seldom as there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {ROOT / "tests" / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(order)))
