"""`ward.bat` under Wine, where a program of ours takes the place of Python for Windows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support import EPOCH, ROOT, write_site

BATCH_FILES = ("ward.bat", "make.bat", "Write.bat")
WINE = shutil.which("wine")
COMPILER = shutil.which("x86_64-w64-mingw32-gcc")

# What tests/windows_program.c starts in place of a program: {body} gets the program's words.
SCRIPT = """\
#!{real}
import os, pathlib, shutil, subprocess, sys

words = pathlib.Path({exe!r} + ".words").read_bytes().decode().split("\\0")[:-1]
with open({notes!r}, "a") as notes:
    notes.write(" ".join(words) + "\\n")
os.environ["SOURCE_DATE_EPOCH"] = {epoch!r}

def run(*words):
    return subprocess.run([sys.executable, *words]).returncode

def make_environment():
    shutil.rmtree(".venv", ignore_errors=True)
    shutil.copytree({python!r}, ".venv/Scripts")
    return 0

status = {body}
with open({exe!r} + ".new", "w") as file:
    file.write(str(status))
os.replace({exe!r} + ".new", {exe!r} + ".status")
"""
# The launcher of Python, which makes environments; Python itself; and what is there without it.
LAUNCHER = 'make_environment() if words[1:2] == ["-m"] or words[:1] == ["-m"] else run(*words[1:])'
PYTHON = "run(*words)"
STORE = "sys.stdout.write('Python was not found; run the Microsoft Store') and 41"


@pytest.mark.parametrize("name", BATCH_FILES)
def test_batch_files_are_as_windows_needs_them(name: str) -> None:
    """With other line endings, cmd loses its place; with other letters, it writes nonsense."""
    data = (ROOT / name).read_bytes()
    assert data.decode("ascii").count("\r\n") == data.count(b"\n") == len(data.splitlines())


def test_git_leaves_line_endings_as_they_are() -> None:
    shown = subprocess.run(
        ["git", "check-attr", "text", *BATCH_FILES, "Makefile", "content/ward.toml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if shown.returncode:
        pytest.skip("this is not a git repository")
    assert shown.stdout.count(": text: unset\n") == len(BATCH_FILES) + 2


def wine(home: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program of Windows; `home` has its C: drive."""
    settings = {"WINEPREFIX": str(home / "prefix"), "WINEDEBUG": "-all", "DISPLAY": ""}
    return subprocess.run(
        [str(WINE), *words], cwd=cwd, env={**os.environ, **settings}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


class WindowsComputer:
    """A folder whose name has what troubles cmd, with the batch files and a small site."""

    def __init__(self, place: Path, home: Path) -> None:
        self.home, self.program = home, home / "program.exe"
        self.folder = place / "My Ward & (mine)"
        self.programs, self.notes = place / "programs", place / "notes"
        self.scripts = self.folder / ".venv/Scripts"
        self.folder.mkdir()
        for name in BATCH_FILES:
            shutil.copy(ROOT / name, self.folder)
        for name in ("plugins", "theme"):
            (self.folder / name).symlink_to(ROOT / name)
        write_site(self.folder / "content")
        self.write(self.programs / "py.exe", LAUNCHER)
        self.write(place / "made/python.exe", PYTHON, self.scripts / "python.exe")

    def write(self, path: Path, body: str, runs_at: Path | None = None) -> None:
        """Put a program there that does this; it may be copied to where it runs."""
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.program, path)
        named = {"exe": str(runs_at or path), "notes": str(self.notes), "epoch": EPOCH}
        named |= {"python": str(self.folder.parent / "made"), "real": sys.executable, "body": body}
        script = path.with_name(f"{path.name}.sh")
        script.write_text(SCRIPT.format_map(named))
        script.chmod(0o755)

    def run(self, line: str, start: str = "") -> tuple[int, str]:
        """The exit status of a line, and what was shown, as in the Command Prompt.

        `start` is run before.
        """
        programs = f"Z:{self.programs}".replace("/", "\\")
        lines = ("@echo off", f"set PATH={programs};%PATH%", start, line)
        (self.folder / "driver.bat").write_text("\n".join(lines), newline="\r\n")
        done = wine(self.home, "cmd", "/c", "driver.bat", cwd=self.folder)
        return done.returncode, done.stdout + done.stderr

    def asked(self) -> list[str]:
        """What Python was started with since the last time."""
        found = self.notes.read_text().splitlines() if self.notes.exists() else []
        self.notes.unlink(missing_ok=True)
        return found

    def new_post(self) -> str:
        (post,) = (self.folder / "content/posts").glob("2026-11-22-*")
        return post.read_text()


# Each starts Wine several times.
slow = pytest.mark.long


@pytest.fixture(scope="module")
def wine_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not WINE or not COMPILER:
        pytest.skip("wine and x86_64-w64-mingw32-gcc are not installed")
    folder = tmp_path_factory.mktemp("wine")
    source = ROOT / "tests/windows_program.c"
    made = [COMPILER, "-municode", "-O1", "-o", str(folder / "program.exe"), str(source)]
    subprocess.run(made, check=True)
    wine(folder, "cmd", "/c", "ver", cwd=folder)
    return folder


@pytest.fixture
def computer(tmp_path: Path, wine_home: Path) -> WindowsComputer:
    return WindowsComputer(tmp_path, wine_home)


@slow
def test_a_post_is_written_with_its_words_as_typed(computer: WindowsComputer) -> None:
    line = 'ward new TITLE="Bins & trees, a=b; <x> | 5^2!" TAGS="grit bins, winter"'
    status, shown = computer.run(line)
    assert status == 0, shown
    assert "Setting up for the first time." in shown
    assert computer.new_post().startswith("Title: Bins & trees, a=b; <x> | 5^2!\n")
    assert "\nTags: Grit bins, winter\n" in computer.new_post()


@slow
def test_words_from_powershell_are_the_same(computer: WindowsComputer) -> None:
    """It puts the quotation marks around the whole word."""
    status, shown = computer.run('ward new "TITLE=Two bins, moved"')
    assert status == 0, shown
    assert computer.new_post().startswith("Title: Two bins, moved\n")


@slow
def test_it_is_set_up_once(computer: WindowsComputer) -> None:
    assert computer.run("ward check")[0] == 0
    assert computer.asked() == [
        "-3 -c import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))",
        "-3 -m venv --clear .venv",
        "-m wardblog --launch check",
    ]
    status, shown = computer.run("ward check")
    assert (status, "Setting up" in shown) == (0, False)
    assert computer.asked() == ["-m wardblog --launch check"]


@slow
def test_the_exit_status_is_that_of_the_command(computer: WindowsComputer) -> None:
    (computer.folder / "content/posts/bad.md").write_text("Titel: Bad\n\nText.\n")
    assert computer.run("ward check")[0] == 1
    status, shown = computer.run("ward publsh")
    assert status == 2
    assert 'Did you mean "make publish"?' in shown


@slow
def test_it_runs_from_any_folder_and_as_make(computer: WindowsComputer) -> None:
    place = f"Z:{computer.folder}".replace("/", "\\").replace("%", "%%")
    status, shown = computer.run(f'"{place}\\make.bat" check', start="cd \\")
    assert (status, "No problems.\n" in shown) == (0, True)


@slow
def test_without_python_it_says_where_to_get_it(computer: WindowsComputer) -> None:
    (computer.programs / "py.exe").unlink()
    computer.write(computer.programs / "python.exe", STORE)
    status, shown = computer.run("ward check")
    assert status == 2
    assert "Python 3.11 or newer is needed, and was not found." in shown
    assert "Microsoft Store" not in shown
    assert not (computer.folder / ".venv").exists()


@slow
def test_python_without_its_launcher_is_used(computer: WindowsComputer) -> None:
    (computer.programs / "py.exe").unlink()
    computer.write(computer.programs / "python.exe", LAUNCHER.replace("words[1:]", "words"))
    assert computer.run("ward check")[0] == 0


@slow
def test_an_environment_whose_python_is_gone_is_made_again(computer: WindowsComputer) -> None:
    computer.write(computer.scripts / "python.exe", "103")
    status, shown = computer.run("ward check")
    assert (status, "No problems.\n" in shown) == (0, True)


@slow
def test_one_that_stays_broken_is_not_made_for_ever(computer: WindowsComputer) -> None:
    computer.write(
        computer.folder.parent / "made/python.exe", "103", computer.scripts / "python.exe"
    )
    assert computer.run("ward check")[0] == 103


@slow
def test_inside_a_zip_it_says_what_to_do(computer: WindowsComputer) -> None:
    (computer.folder / "plugins").unlink()
    status, shown = computer.run("ward check")
    assert status == 2
    assert 'choose "Extract all" first' in shown


@slow
def test_a_double_click_on_write_starts_the_editor(computer: WindowsComputer) -> None:
    computer.write(computer.scripts / "python.exe", "0")
    assert computer.run("Write.bat")[0] == 0
    assert computer.asked() == ["-m wardblog --launch write"]
