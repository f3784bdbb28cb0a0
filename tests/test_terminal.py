"""No content controls the terminal, and problems with it are reported in one sentence each."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import started
from support import EPOCH, POST, ROOT, mostly_long, run, write_files, write_site
from wardblog.support.visible import escape_controls, escape_controls_in_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Café – “£5” ○ 日本 🙂 e\u0301", "Café – “£5” ○ 日本 🙂 e\u0301"),
        ("عربي and עברית", "عربي and עברית"),
        ("a\x1b[31mred\x1b[0m", "a\\x1b[31mred\\x1b[0m"),
        ("\x9b2J\x07\x00\x7f\x85", "\\x9b2J\\x07\\x00\\x7f\\x85"),
        ("photo\u202egpj.exe\u2066", "photo\\u202egpj.exe\\u2066"),
        (os.fsdecode(b"\xff\xfe.png"), "\\xff\\xfe.png"),
        ("\ud800", "\\ud800"),
        ("over\rwritten", "over\\rwritten"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
    ],
)
def test_control_characters_are_shown_as_escapes(text: str, shown: str) -> None:
    assert escape_controls(text) == shown
    assert escape_controls(escape_controls(text)) == escape_controls(text)


def test_a_file_name_stays_on_one_line() -> None:
    assert escape_controls_in_line("a\nb\tc") == "a\\nb\\tc"


@pytest.mark.long
@given(st.text())
def test_anything_can_be_shown_on_any_terminal(text: str) -> None:
    shown = escape_controls_in_line(text)
    shown.encode()
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in shown)


def test_a_file_name_that_is_not_utf8_is_one_sentence(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content")
    for name in (b"images/\xff\xfe.png", b"posts/\xff.md", b"data/\xfe/list.csv"):
        path = Path(os.fsdecode(name))
        write_files(content, {str(path): "x"})
    for command in ("check", "html", "publish"):
        done = run(command, cwd=tmp_path)
        assert done.returncode == 1
        assert done.stderr == (
            "content/data/\\xfe: the name of this file is not saved as UTF-8 text\n"
            "  Rename it, with letters, digits, hyphens and full stops only.\n"
            "content/images/\\xff\\xfe.png: the name of this file is not saved as UTF-8 text\n"
            "  Rename it, with letters, digits, hyphens and full stops only.\n"
            "content/posts/\\xff.md: the name of this file is not saved as UTF-8 text\n"
            "  Rename it, with letters, digits, hyphens and full stops only.\n\n"
            "3 problems. Nothing was written.\n"
        )


def test_file_names_with_control_characters_are_escaped(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content")
    write_files(content, {"posts/a\x1b[2J\nb.md": POST.replace("Title: A fine post\n", "")})
    done = run("check", cwd=tmp_path)
    assert done.returncode == 1
    assert "content/posts/a\\x1b[2J\\nb.md" in done.stderr
    assert "\x1b" not in done.stderr + done.stdout


def piped(command: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": EPOCH}
    program = f"{sys.executable} {started.__file__} wardblog"
    return subprocess.run(
        ["bash", "-c", command.replace("WARD", program)],
        cwd=cwd,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        check=False,
        errors="replace",
    )


def test_a_closed_pipe_does_not_stop_a_command(tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    done = piped("WARD publish | true; echo ${PIPESTATUS[0]}", tmp_path)
    assert (done.stdout, done.stderr) == ("0\n", "")
    assert (tmp_path / "public/index.html").is_file()
    write_files(tmp_path / "content", {"posts/bad.md": "x"})
    done = piped("WARD check 2>&1 | true; echo ${PIPESTATUS[0]}", tmp_path)
    assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.long
@pytest.mark.parametrize(
    "closed", mostly_long((">&-", "2>&-", "<&-", ">&- 2>&- <&-"), ">&- 2>&- <&-")
)
def test_closed_streams_do_not_crash_a_command(tmp_path: Path, closed: str) -> None:
    write_site(tmp_path / "content")
    for command in ("check", "html", "publish"):
        done = piped(f"WARD {command} {closed}; echo $? >> status", tmp_path)
        assert "Traceback" not in done.stderr
    assert (tmp_path / "status").read_text() == "0\n0\n0\n"


@pytest.mark.parametrize("encoding", mostly_long(("ascii", "latin-1", "cp1252"), "ascii"))
def test_a_terminal_with_a_small_character_set_gets_escapes(tmp_path: Path, encoding: str) -> None:
    write_site(tmp_path / "content", {"posts/môn.md": "Title: Ynys Môn ○ 🙂\n\nText."})
    done = piped("WARD check", tmp_path, PYTHONIOENCODING=encoding)
    assert (done.returncode, "fault" in done.stderr) == (1, False)
    done = piped("WARD check --format json", tmp_path, PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    assert "môn.md" in done.stdout


def test_a_full_disk_behind_the_output_is_one_sentence(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    write_site(tmp_path / "content")
    done = piped("WARD check > /dev/full", tmp_path)
    assert (done.returncode, done.stderr) == (
        1,
        "No space left on device. Nothing more was written.\n",
    )


@pytest.mark.parametrize("command", mostly_long(("check", "html", "publish"), "publish"))
def test_a_file_in_place_of_the_work_folder_is_no_crash(tmp_path: Path, command: str) -> None:
    write_site(tmp_path / "content")
    (tmp_path / ".wardblog").write_text("mine")
    done = run(command, cwd=tmp_path)
    assert done.returncode in (0, 1)
    assert "fault" not in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / ".wardblog").read_text() == "mine"


def test_a_folder_in_place_of_the_lock_file_is_one_sentence(tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    (tmp_path / ".wardblog/publish.lock").mkdir(parents=True)
    done = run("publish", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "publish.lock" in done.stderr


def test_publishing_works_without_a_home_folder(tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    done = piped("env -u HOME WARD publish", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
