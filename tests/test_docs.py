"""The README names what there is, and its commands run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from support import EPOCH, NOT_COPIED, ROOT
from wardblog.check import RULES
from wardblog.content import settings
from wardblog.problems import Severity
from wardblog.report import Report

README = (ROOT / "README.md").read_text(encoding="utf-8")
# These wait for a browser, an answer, or minutes.
NOT_RUN_HERE = {"make serve", "make test"}
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line not in NOT_RUN_HERE
]


def test_every_command_of_the_makefile_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    commands = set(phony[1].split()) - {"help"}
    assert {c for c in commands if f"make {c}" not in README} == set()


def test_every_setting_is_explained() -> None:
    report = Report("ward.toml")
    settings.read_settings(
        "x = 1\n[site]\nx = 1\n[ward]\nx = 1\n[map]\nx = 1\n[guard]\nx = 1\n[publish]\nx = 1\n",
        report,
    )
    hints = " ".join(p.hint for p in report.problems if "Its keys are" in p.hint)
    keys = set(re.findall(r"[a-z_]+", hints.replace("Its keys are", "")))
    assert "tile_attribution" in keys
    assert {key for key in keys if f"`{key}`" not in README} == set()


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = [re.split(r"[<>=]", d)[0] for d in project["dependencies"]]
    assert [name for name in names if f"| {name} |" not in README] == []
    locked = (ROOT / "requirements.txt").read_text()
    assert [name for name in names if not re.search(rf"^{name}==", locked, re.MULTILINE)] == []


def test_the_example_of_allow_names_a_rule() -> None:
    assert any(rule.name == "misspelt-issue" and rule.answerable for rule in RULES)


BEGIN, END = (
    "<!-- The table of rules is made from plugins/wardblog/check/rules.py. -->\n",
    "<!-- -->",
)


def table_of_rules() -> str:
    """README's table: each rule with what it does, why, and where that can be read."""
    lines = ["| check | | why |", "|---|---|---|"]
    for rule in RULES:
        does = "stops" if rule.severity is Severity.STOP else "warns"
        does += ", can be answered" if rule.answerable else ""
        source = rule.source.removeprefix("README.md")
        lines.append(f"| [`{rule.name}`]({source}) | {does} | {rule.reason} |")
    return "\n".join(lines) + "\n"


def test_the_table_of_rules_is_that_of_the_code(request: pytest.FixtureRequest) -> None:
    before, rest = README.split(BEGIN)
    table, after = rest.split(END, 1)
    if request.config.getoption("--update-golden"):
        text = f"{before}{BEGIN}{table_of_rules()}{END}{after}"
        (ROOT / "README.md").write_text(text, encoding="utf-8")
    assert table == table_of_rules()


def test_every_section_that_a_rule_names_is_there() -> None:
    headings = re.findall(r"^#+ (.*)$", README, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", h.lower()).replace(" ", "-") for h in headings}
    named = {rule.source.removeprefix("README.md#") for rule in RULES if "://" not in rule.source}
    assert named <= anchors


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_the_commands_of_the_readme_run_one_after_the_other(tmp_path: Path) -> None:
    copy = tmp_path / "ward-blog"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    assert COMMANDS[0] == "make publish"
    assert "make rollback" in COMMANDS
    for command in COMMANDS:
        done = subprocess.run(  # noqa: S602 - the README's own lines, as a shell would run them
            f"{command} VENV={sys.prefix}",
            shell=True,
            cwd=copy,
            env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
    assert (copy / "public/index.html").is_file()
