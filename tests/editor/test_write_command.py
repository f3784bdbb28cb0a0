"""The command that starts the editor."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support import ROOT, write_site
from wardblog.cli import main, write


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "plugins"), "BROWSER": f"echo %s >{folder}/opened",
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-m", "wardblog", "write", *arguments],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def test_it_says_where_the_editor_is_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    write_site(tmp_path / "content", {})
    port = free_port()
    with started(tmp_path, f"--port={port}", "--no-browser") as process:
        assert process.stdout
        line = process.stdout.readline()
        address = line.removeprefix("The editor is at ").strip()
        assert address.startswith(f"http://localhost:{port}/_write/")
        rest = [process.stdout.readline() for _ in range(2)]
        with urllib.request.urlopen(address) as page:  # noqa: S310 - an address of the loopback
            assert b"Posts" in page.read()
        process.send_signal(signal.SIGINT)
        said, errors = process.communicate(timeout=60)
    assert rest == [
        "Only this computer can open it. Keep the address to yourself: it is your key.\n",
        "Keep this window open while you write. Press Ctrl+C to stop.\n",
    ]
    assert (process.returncode, said, errors) == (0, "", "\nStopped.\n")
    assert not (tmp_path / "opened").exists()


def test_only_a_container_may_listen_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_site(tmp_path / "content", {})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(write, "CONTAINER_MARKS", (tmp_path / "none",))
    assert main(["write", "--no-browser", "--in-container"]) == 2
    assert capsys.readouterr().err == (
        "--in-container works only inside a container.\n  Leave it out.\n"
    )


@pytest.mark.long
def test_a_port_in_use_is_reported(tmp_path: Path) -> None:
    write_site(tmp_path / "content", {})
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with started(tmp_path, f"--port={port}", "--no-browser") as process:
            _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert errors.startswith(f"Port {port} cannot be used")
    assert errors.endswith("try make write PORT=8000\n") or "PORT=8001" in errors


@pytest.mark.parametrize("command", [["serve"], ["write", "--no-browser"]])
def test_files_that_cannot_be_watched_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:  # fmt: skip
    def refuse(*_: Path, **__: object) -> None:
        raise OSError('OS file watch limit reached. about ["/content"] (MaxFilesWatch)')

    write_site(tmp_path / "content", {})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("wardblog.preview.server.watch", refuse)
    assert main([*command, f"--port={free_port()}"]) == 1
    sentence, remedy = capsys.readouterr().err.splitlines()[-2:]
    assert sentence == (
        "This computer does not let your files be watched for changes "
        "(too many are watched already)."
    )
    assert remedy.startswith("  Close other programs that watch files, such as code editors, and")
    assert ("sysctl fs.inotify.max_user_watches=" in remedy) == (sys.platform == "linux")


def test_the_key_is_not_in_the_command_line_of_the_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_site(tmp_path / "content", {})
    monkeypatch.chdir(tmp_path)
    opened: list[str] = []

    def open_browser(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", open_browser)
    monkeypatch.setattr("wardblog.preview.serve", lambda server, *_, **__: server.server_close())
    assert main(["write", f"--port={free_port()}"]) == 0
    key = (tmp_path / "private/editor/key").read_text().strip()
    assert key in capsys.readouterr().out
    assert opened
    assert key not in opened[0]
