"""What the tests rely on does what it says: a command in a fork, what is made once, and growth."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from inspect import signature
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli
import pytest
from PIL import ExifTags, Image

from growth import assert_grows_with_input
from made_once import make_once
from many_cases import in_one_test
from support import (
    EPOCH,
    ISSUES,
    POST,
    ROOT,
    files_of,
    forked,
    picture,
    run,
    write_site,
)
from wardblog.model import Fault
from wardblog.photos import inspect, make
from wardblog.photos.inspect import inspect_picture
from wardblog.publish import processes

MISSPELT = POST.replace("grit bins", "gritbinz")


@pytest.mark.parametrize(
    ("words", "post"),
    [
        (("html",), POST),
        pytest.param(("html",), MISSPELT, marks=pytest.mark.long),
        (("check", "--format", "json"), MISSPELT),
        pytest.param(("html", "--unknown"), POST, marks=pytest.mark.long),
    ],
)
def test_a_command_does_the_same_in_a_fork_as_in_a_process_of_its_own(
    tmp_path: Path, words: tuple[str, ...], post: str
) -> None:
    fork, own = tmp_path / "fork", tmp_path / "own"
    for folder in (fork, own):
        write_site(folder / "content", {"posts/fine.md": post})
    forked = run(*words, cwd=fork)
    alone = run(*words, cwd=own, PYTHONHASHSEED="0")  # read when Python starts
    assert (forked.returncode, forked.stdout, forked.stderr) == (
        alone.returncode,
        alone.stdout,
        alone.stderr,
    )
    assert built(fork) == built(own)


def test_a_command_that_is_followed_does_the_same_in_a_fork(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says "£" in the encoding that its environment asks for, and fails."""
    files = {
        "issues.toml": ISSUES.replace("Potholes", "£5"),
        "posts/fine.md": POST.replace("grit bins", "x"),
    }
    write_site(tmp_path / "content", files)
    monkeypatch.chdir(tmp_path)
    command = [sys.executable, "-m", "wardblog", "check"]
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": EPOCH,
        "PYTHONIOENCODING": "latin-1",
    }  # fmt: skip
    found = []
    for how in (forked, processes.running):
        with how(command, stdin=subprocess.PIPE, env=environment) as process:
            assert process.stdout
            assert process.stderr
            found.append((process.stdout.read(), process.stderr.read(), process.wait()))
            process.stdout.close()
            process.stderr.close()
    assert found[0] == found[1]
    assert b"Grit bins, \xa35" in b"".join(found[0][:2])
    assert found[0][2] == 1


def test_a_command_that_is_followed_ends_with_the_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "wardblog", "write", "--no-browser", f"--port={port}"]
    with forked(command, stdin=subprocess.PIPE, env=os.environ) as process:
        assert process.stdout
        assert process.stderr
        with process.stdout, process.stderr:
            line = process.stdout.readline()
            assert line.startswith(b"The editor is at "), process.stderr.read()
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def built(folder: Path) -> dict[str, bytes]:
    return {p: data for p, data in files_of(folder).items() if not p.startswith(".wardblog")}


def test_a_command_has_the_folder_and_the_variables_that_it_is_given(tmp_path: Path) -> None:
    for name, epoch in (("a", "1795305600"), ("b", "1784460000")):
        write_site(tmp_path / name / "content")
        run("new", "--title", "Bins", cwd=tmp_path / name, SOURCE_DATE_EPOCH=epoch)
    assert list((tmp_path / "a/content/posts").glob("2026-11-22-*.md"))
    assert list((tmp_path / "b/content/posts").glob("2026-07-19-*.md"))


def quadratic(size: int) -> Callable[[], object]:
    half = range(size // 2)
    return lambda: sum(1 for a in half for b in half if a == b)


def test_what_is_made_once_is_the_same_and_may_be_made_by_several_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    together = threading.Barrier(2)

    def compress(data: bytes, **_: int) -> bytes:
        asked.append(data)
        if data == b"both":
            together.wait(timeout=30)  # neither has kept it yet
        return data.upper()

    monkeypatch.setattr(brotli, "compress", compress)
    make_once(monkeypatch.setattr, tmp_path)
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(brotli.compress, [b"both", b"both"])) == [b"BOTH", b"BOTH"]
    assert [brotli.compress(b"one", quality=q) for q in (5, 5, 11)] == [b"ONE"] * 3
    assert asked == [b"both", b"both", b"one", b"one"]


def test_the_versions_of_a_photograph_are_made_once_for_each_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def make_versions(data: bytes, _: object, versions: tuple[int, ...]) -> tuple[bytes, ...]:
        asked.extend(versions)
        return tuple(data * version for version in versions)

    monkeypatch.setattr(make, "make_versions", make_versions)
    make_once(monkeypatch.setattr, tmp_path)
    once: Any = make.make_versions
    assert [once(b"x", None, sizes) for sizes in ((1, 2), (1, 2), (3,))] == [
        (b"x", b"xx"), (b"x", b"xx"), (b"xxx",),
    ]  # fmt: skip
    assert asked == [1, 2, 3]


def test_what_is_known_of_a_picture_is_the_same_when_it_was_inspected_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def noted(data: bytes) -> object:
        asked.append(data)
        return inspect_picture(data)

    monkeypatch.setattr(inspect, "inspect_picture", noted)
    make_once(monkeypatch.setattr, tmp_path)
    at_home = Image.Exif()
    at_home.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 27.0, 0.0)
    at_home[ExifTags.Base.Artist] = "Robin Sample"
    file = BytesIO()
    Image.new("RGB", (4, 3)).save(file, "JPEG", exif=at_home)
    pictures = [file.getvalue(), file.getvalue()[:-40], picture(), b"", b"no picture"]
    known = [inspect_picture(data) for data in pictures]
    assert (known[0].is_located, known[0].texts) == (True, ("Robin Sample",))
    assert [found.fault for found in known[1:4]] == [Fault.CUT_OFF, None, Fault.EMPTY]
    assert [inspect.inspect_picture(data) for data in pictures * 2] == known * 2
    assert asked == pictures


@pytest.mark.long
def test_work_that_grows_faster_than_its_input_is_noticed() -> None:
    with pytest.raises(AssertionError, match="for twice the input of 400"):
        assert_grows_with_input(quadratic, 400)


def test_work_that_grows_with_its_input_is_not() -> None:
    assert_grows_with_input(lambda size: lambda: sum(range(size)), 100_000)


def test_in_one_test_all_cases_are_tried_and_those_that_fail_are_named() -> None:
    tried: list[str] = []

    @in_one_test("number, word", [(1, "a"), (2, "b"), (3, "c"), (4, "d")])
    def odd(number: int, word: str, fixture: list[str]) -> None:
        fixture.append(word)
        assert number % 2 == 1
        if number == 3:
            pytest.fail("it is three")

    assert list(signature(odd).parameters) == ["fixture"]
    with pytest.raises(BaseExceptionGroup, match="3 of 4 cases fail") as failed:
        odd(fixture=tried)
    assert tried == ["a", "b", "c", "d"]
    notes = [note for error in failed.value.exceptions for note in error.__notes__]
    assert notes == [f"In the case {case}" for case in ("(2, 'b')", "(3, 'c')", "(4, 'd')")]


@in_one_test("number", range(3))
def test_in_one_test_fixtures_are_given_too(number: int, tmp_path: Path) -> None:
    assert number < 3
    assert tmp_path.is_dir()
