"""Commands as they are typed: the words, the settings, and what is installed first."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

import pytest

from support import EPOCH, ROOT, write_files, write_site
from wardblog import cli
from wardblog.cli.launch import help_text
from wardblog.cli.typed import (
    SETTINGS,
    TYPED_COMMANDS,
    arguments_of,
    needed_extras,
    parsed,
)
from wardblog.support import extras

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def words_of(name: str) -> list[str]:
    """The words of a variable of the Makefile, which may go on in the next line."""
    found = re.search(rf"^{name} = ((?:.*\\\n)*.*)$", MAKEFILE, re.MULTILINE)
    assert found
    return found[1].replace("\\\n", " ").split()


def test_the_commands_of_make_are_those_of_the_program() -> None:
    assert set(TYPED_COMMANDS) == set(cli.COMMANDS) == {*words_of("COMMANDS")} - {"help"}


def test_the_settings_of_make_are_those_of_the_commands() -> None:
    named = {*words_of("SETTINGS"), *words_of("ONLY_TYPED")} - {"$(ONLY_TYPED)"}
    assert set(SETTINGS) == named


@pytest.mark.parametrize("command", TYPED_COMMANDS)
def test_each_setting_fills_an_argument_that_the_command_has(command: str) -> None:
    """Those that take a value get one, and the others none; else the program would stop here."""
    parser = ArgumentParser()
    parser.add_argument("--content")
    module = import_module(f"wardblog.cli.{cli.COMMANDS[command][0]}")
    getattr(module, "add_arguments", lambda _: None)(parser)
    values = dict.fromkeys(SETTINGS, "1") | {"CONTENT": "here"}
    read = parser.parse_args(arguments_of(command, values)[1:])
    assert read.content == "here"


def test_values_are_handed_over_as_typed() -> None:
    settings = {"CONTENT": "my site", "TITLE": '--force "x" $5; a, b', "TAGS": ""}
    assert arguments_of("new", settings) == [
        "new", "--content=my site", '--title=--force "x" $5; a, b', "--tags=", "--from=",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "is_on"), [("1", True), ("yes", True), ("0", False), ("", False)]
)
def test_a_switch_is_on_unless_it_is_nought(value: str, is_on: int) -> None:
    assert ("--dry-run" in arguments_of("publish", {"DRY_RUN": value})) == is_on


def test_an_equals_sign_in_a_value_is_part_of_it() -> None:
    assert parsed(["new", "TITLE=1 + 1 = 2", "TAGS="]) == (
        ["new"],
        {"TITLE": "1 + 1 = 2", "TAGS": ""},
    )


class TestExtras:
    def test_the_table_names_the_extras_of_the_project(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert set(extras.EXTRAS) == set(project["optional-dependencies"]) - {"dev"}
        for name in extras.EXTRAS:
            assert f"--extra {name} pyproject.toml -o requirements-{name}.txt" in MAKEFILE
            assert extras.requirements_of(name).is_file()

    def test_each_command_needs_extras_that_there_are(self) -> None:
        needed = {name for command in TYPED_COMMANDS.values() for name in command.extras}
        assert needed | {"sheets", "geodata"} == set(extras.EXTRAS)

    @pytest.mark.parametrize("name", extras.EXTRAS)
    def test_what_the_tests_have_installed_is_found(self, name: str) -> None:
        assert extras.is_installed(name)

    def test_a_module_that_is_not_there_is_not_installed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = extras.Extra("something", 1, ("segno", "no_such_module"))
        monkeypatch.setattr(extras, "EXTRAS", {"leaflet": broken})
        assert not extras.is_installed("leaflet")

    @pytest.mark.parametrize(
        ("command", "name", "is_needed"),
        [("check", "bins.csv", False), ("check", "Bins 2026.ODS", True),
         ("publish", "2026/bins.xlsx", True), ("rollback", "bins.xlsx", False)],
    )  # fmt: skip
    def test_what_reads_spreadsheets_is_needed_where_there_are_some(
        self, command: str, name: str, is_needed: bool, tmp_path: Path
    ) -> None:
        folder = tmp_path / "it's $HOME; touch x"
        write_files(folder, {f"data/{name}": b""})
        assert ("sheets" in needed_extras(command, {"CONTENT": str(folder)})) == is_needed

    @pytest.mark.parametrize(
        ("source", "is_needed"),
        [("ward.geojson", False), ("oproad_gb.zip", True), ("a b/roads.gpkg", True)],
    )
    def test_what_reads_maps_is_needed_for_some_files(self, source: str, is_needed: bool) -> None:
        assert ("geodata" in needed_extras("ward", {"FROM": source})) == is_needed


# In place of the installer: it notes what it was asked for, and fails if it is told to.
NOTING_PIP = """\
import os, sys
with open(os.environ["NOTES"], "a") as notes:
    notes.write(os.path.basename(sys.argv[-1]) + " " + str("--require-hashes" in sys.argv) + "\\n")
sys.exit("offline" in os.environ.get("PIP_IS", ""))
"""


class Computer:
    """An empty environment for Python in which the libraries of the tests can be imported."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv = [sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")]
        subprocess.run(venv, check=True)
        self.python = folder / "venv/bin/python"
        write_files(folder, {"pip/pip/__init__.py": "", "pip/pip/__main__.py": NOTING_PIP})
        write_site(folder / "content")
        self.notes = folder / "notes"

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        packages = next(p for p in sys.path if p.endswith("site-packages"))
        path = os.pathsep.join((str(self.folder / "pip"), str(ROOT / "plugins"), packages))
        kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        settled = {"PYTHONPATH": path, "NOTES": str(self.notes), "SOURCE_DATE_EPOCH": EPOCH}
        return subprocess.run(
            [str(self.python), "-m", "wardblog", "--launch", *words],
            cwd=self.folder, capture_output=True, text=True, check=False,
            env={**kept, **settled, **environment},
        )  # fmt: skip

    def asked(self) -> list[str]:
        """What the installer was asked for since the last time."""
        found = self.notes.read_text().splitlines() if self.notes.exists() else []
        self.notes.unlink(missing_ok=True)
        return found


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


@pytest.fixture(scope="class")
def same_computer(tmp_path_factory: pytest.TempPathFactory) -> Computer:
    """For tests that leave nothing behind."""
    return Computer(tmp_path_factory.mktemp("computer"))


class TestLaunching:
    def test_what_is_needed_is_installed_once(self, computer: Computer) -> None:
        first = computer.run("check")
        assert (first.returncode, first.stderr) == (0, "")
        assert first.stdout.startswith("Installing what every command needs.")
        assert computer.asked() == ["requirements.txt True"]
        second = computer.run("check")
        assert (second.returncode, second.stdout) == (0, "No problems.\n")
        assert computer.asked() == []

    @pytest.mark.long
    def test_an_extra_is_installed_for_the_command_that_needs_it(self, computer: Computer) -> None:
        computer.run("help")
        computer.asked()
        done = computer.run("cases")
        assert "Installing the calendar of bank holidays (9 MB), " in done.stdout
        assert computer.asked() == ["requirements-casework.txt True"]

    @pytest.mark.parametrize("change", ["other versions", "another Python"])
    def test_it_is_installed_again_after_a_change(self, change: str, computer: Computer) -> None:
        computer.run("help")
        computer.asked()
        stamp = computer.folder / "venv/site.stamp"
        digest, system, version = stamp.read_text().split()
        assert re.fullmatch(r"[0-9a-f]{64}", digest)
        digest = digest[::-1] if change == "other versions" else digest
        version = "3.10" if change == "another Python" else version
        stamp.write_text(f"{digest} {system} {version}\n")
        computer.run("help")
        assert computer.asked() == ["requirements.txt True"]

    def test_without_the_internet_nothing_runs(self, computer: Computer) -> None:
        for _ in range(2):
            done = computer.run("check", PIP_IS="offline")
            assert done.returncode == 1
            assert done.stderr == (
                "That could not be installed. Nothing else was changed.\n"
                "  Check that this computer is connected to the internet, and try again.\n"
            )
            assert "No problems" not in done.stdout
            assert computer.asked() == ["requirements.txt True"]

    def test_a_post_is_written_as_make_writes_it(self, computer: Computer) -> None:
        title = '--force "x" $5 & a, b; 100%'
        done = computer.run("new", f"TITLE={title}", "TAGS=grit bins, winter", TITLE="Not this")
        assert (done.returncode, done.stderr) == (0, "")
        (post,) = (computer.folder / "content/posts").glob("2026-11-22-*")
        assert post.read_text().startswith(f"Title: {title}\nDate: 2026-11-22 00:00\n")

    @pytest.mark.long
    def test_only_lasting_settings_are_taken_from_the_environment(self, computer: Computer) -> None:
        (computer.folder / "content").rename(computer.folder / "mine")
        assert computer.run("check", CONTENT="mine", FORMAT="nonsense").returncode == 0
        assert computer.run("check", "CONTENT=other", CONTENT="mine").returncode == 2

    @pytest.mark.long
    def test_commands_follow_one_another_until_one_fails(self, computer: Computer) -> None:
        done = computer.run("check", "html", "OUTPUT=site")
        assert done.returncode == 0, done.stderr
        assert (computer.folder / "site/index.html").is_file()
        write_files(computer.folder / "content", {"posts/bad.md": "Titel: Bad\n\nText.\n"})
        stopped = computer.run("check", "html", "OUTPUT=other")
        assert stopped.returncode == 1
        assert not (computer.folder / "other").exists()

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["publsh"], 'There is no command called "publsh". Did you mean "make publish"?'),
            (["serve", "prot=1"], 'There is no setting "prot=...". Did you mean "PORT=..."?'),
            (["new", "TITLE=Two", "grit", "bins"], 'Write: make new TITLE="Two grit bins"'),
            (["new", "check"], "Run make new by itself, without other commands."),
            (["check", "CONTENT=-x"], "There is no folder called -x."),
        ],
    )  # fmt: skip
    def test_unknown_words_get_the_messages_of_make(
        self, words: list[str], said: str, same_computer: Computer
    ) -> None:
        done = same_computer.run(*words)
        assert done.returncode == 2
        assert said in done.stderr
        assert not list((same_computer.folder / "content/posts").glob("2026-11-22-*"))

    def test_without_words_it_shows_the_help(self, same_computer: Computer) -> None:
        done = same_computer.run()
        assert done.returncode == 0
        assert "\n  ward publish                      build the site" in done.stdout


def test_the_help_names_every_command() -> None:
    text = help_text("ward")
    assert {name for name in TYPED_COMMANDS if f"  ward {name}" not in text} == set()
    assert "make " not in text
    assert "  make test, " in help_text("make")


def test_nothing_needs_to_be_installed_before_it_installs() -> None:
    """Neither the commands nor the installer import a library that is not Python's own."""
    code = (
        "import sys; import wardblog.cli.launch; "
        "print([n for n, m in sys.modules.items() if 'site-packages' in "
        "(getattr(m, '__file__', '') or '')])"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={"PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("[]\n", "")
