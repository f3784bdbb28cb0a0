"""No host can hold a publish up for ever, and no program is left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import started
from publish import driver
from publish.servers import S3_LOGIN
from support import ROOT, WARD, write_files, write_site
from wardblog.model import PublishSettings
from wardblog.publish import CommandError, bucket, processes, repository
from wardblog.publish.host import Host


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_files(tmp_path / "site", {"index.html": "<html>one</html>"})


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a host that accepts each connection, and never says a word."""
    held: list[socket.socket] = []
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(16)

        def accept() -> None:
            while True:
                try:
                    held.append(listening.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)
    for connection in held:
        connection.close()


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits, so short that a test can wait for them."""
    monkeypatch.setattr(processes, "ANSWER", 1)
    monkeypatch.setattr(processes, "WORK", 1)
    monkeypatch.setattr(repository, "_STALLED", 1)


def is_running(word: str) -> list[str]:
    """The command lines of living processes that have this word in them, but for ours."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if word in line and int(folder.name) != os.getpid():
            found.append(line)
    return found


def refused(settings: PublishSettings, site: Path) -> str:
    with pytest.raises(CommandError) as no:
        driver.publish(settings, site, site.with_name(".wardblog"))
    return str(no.value)


@pytest.mark.long
@pytest.mark.usefixtures("short")
def test_a_silent_git_host_times_out(
    site: Path, silent: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for scheme in ("git", "http"):
        remote = f"{scheme}://127.0.0.1:{silent}/ward.git"
        begun = time.monotonic()
        said = refused(PublishSettings(to="git", remote=remote), site)
        assert said == f"{remote} did not answer within 1 seconds"
        assert time.monotonic() - begun < 120
        assert is_running(f"127.0.0.1:{silent}") == []


@pytest.mark.long
@pytest.mark.usefixtures("short")
def test_a_silent_git_host_over_ssh_times_out(
    site: Path, silent: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    remote = f"ssh://ward@127.0.0.1:{silent}/ward.git"
    assert refused(PublishSettings(to="git", remote=remote), site).startswith(f"{remote} did not")
    assert is_running(f"-p {silent}") == []


@pytest.mark.usefixtures("short")
def test_a_silent_ssh_host_times_out(
    site: Path, silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RSYNC_RSH", "ssh -F /dev/null")
    settings = PublishSettings(to="ssh", path="www", host="127.0.0.1", port=silent)
    assert refused(settings, site) == "127.0.0.1 did not answer within 1 seconds"
    assert is_running(f"-p {silent}") == []


@pytest.mark.long
def test_a_silent_store_times_out(site: Path, silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in S3_LOGIN.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(bucket, "_SILENCE", 0.5)
    endpoint = f"http://127.0.0.1:{silent}"
    said = refused(PublishSettings(to="s3", endpoint=endpoint, bucket="ward-blog"), site)
    assert said.startswith(f"{endpoint} cannot be reached (")


@pytest.mark.long
def test_a_program_ends_with_everything_it_started() -> None:
    """Also one that does not want to, and its children."""
    name = f"sleep 98{os.getpid()}"
    script = f"trap '' TERM; {name} & {name}; wait"
    with pytest.raises(processes.ProgramTimeoutError):
        processes.run(["sh", "-c", script], "the host", silence=0.5)
    assert is_running(name) == []


def test_a_program_with_endless_output_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "MOST", 100_000)
    with pytest.raises(CommandError, match="sent more than 100,000 bytes"):
        processes.run(["yes"], "the host")


@pytest.mark.long
def test_slow_progress_does_not_time_out() -> None:
    script = "for n in 1 2 3 4 5 6; do echo $n >&2; sleep 0.3; done; echo done"
    done = processes.run(["sh", "-c", script], "the host", silence=1)
    assert (done.returncode, done.stdout) == (0, b"done\n")
    assert done.stderr == b"1\n2\n3\n4\n5\n6\n"


def test_an_exception_ends_the_program_as_well() -> None:
    name = f"sleep 97{os.getpid()}"

    def fail(line: str) -> None:
        raise RuntimeError(line)

    with pytest.raises(RuntimeError):
        processes.run(["sh", "-c", f"echo a; {name}"], "the host", on_line=fail)
    assert is_running(name) == []


def test_a_signal_while_a_program_starts_ends_it_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"sleep 96{os.getpid()}"
    start = subprocess.Popen
    started_programs: list[subprocess.Popen[bytes]] = []

    def start_and_be_stopped(*given: Any, **options: Any) -> subprocess.Popen[bytes]:
        process = start(*given, **options)
        started_programs.append(process)
        signal.raise_signal(signal.SIGTERM)
        return process

    monkeypatch.setattr(subprocess, "Popen", start_and_be_stopped)
    with processes.interrupted_by_signals(), pytest.raises(KeyboardInterrupt):
        processes.run(name.split(), "the host")
    monkeypatch.undo()
    assert is_running(name) == []
    for process in started_programs:
        process.communicate()


@pytest.mark.parametrize(
    "how", [signal.SIGINT, signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.long)]
)
def test_stopping_a_publish_leaves_nothing_behind(
    silent: int, tmp_path: Path, how: signal.Signals
) -> None:
    ward = f'{WARD}\n[publish]\nto = "git"\nremote = "git://127.0.0.1:{silent}/ward.git"\n'
    write_site(tmp_path / "content", {"ward.toml": ward})
    with subprocess.Popen(
        [sys.executable, started.__file__, "wardblog", "publish"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{ROOT}/plugins"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        until = time.monotonic() + 60
        while not is_running(f"ls-remote -- git://127.0.0.1:{silent}"):
            assert time.monotonic() < until
            time.sleep(0.05)
        process.send_signal(how)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.endswith("\nStopped.\n")
    assert is_running(f"127.0.0.1:{silent}") == []


@pytest.mark.parametrize("address", ["ext::sh -c touch% /tmp/x", "fd::17/x", "::x", "ext::sh"])
def test_an_address_that_would_run_a_program_is_refused_by_git_too(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Whatever git itself was told to put in the place of an innocent address."""
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q", "."], check=True)
    subprocess.run(["git", "remote", "add", "origin", "https://ward.invalid/x.git"], check=True)
    subprocess.run(["git", "config", "protocol.allow", "always"], check=True)
    rewrites = ["git", "config", f"url.{address}.insteadOf", "https://ward.invalid/x.git"]
    subprocess.run(rewrites, check=True)
    said = refused(PublishSettings(to="git"), site)
    assert said.startswith(("origin has an address of a kind", "There is no repository at"))
    assert not is_running("fd::17")


def test_a_git_remote_helper_named_by_the_project_is_refused(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q", "."], check=True)
    subprocess.run(["git", "config", "protocol.ext.allow", "always"], check=True)
    subprocess.run(["git", "config", "remote.origin.vcs", "ext"], check=True)
    subprocess.run(["git", "config", "remote.origin.url", "sh -c 'touch ran'"], check=True)
    assert refused(PublishSettings(to="git"), site).startswith("origin has an address of a kind")
    assert not (tmp_path / "ran").exists()


def test_a_host_shares_one_connection_and_closes_it(tmp_path: Path) -> None:
    host = Host(PublishSettings(to="ssh", path=str(tmp_path), host="127.0.0.1"))
    host.close()
    assert is_running(str(tmp_path)) == []
