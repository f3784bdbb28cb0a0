"""The files that a maintainer expects: licence, version, and the checks before a commit."""

from __future__ import annotations

import hashlib
import re
import tomllib
from datetime import date
from itertools import pairwise

import yaml

from support import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
KINDS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")


def test_the_licence_is_the_unmodified_text_of_the_agpl() -> None:
    """The checksum is that of the copy which the Free Software Foundation publishes."""
    text = (ROOT / "LICENSE").read_bytes()
    assert hashlib.sha256(text).hexdigest() == (
        "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"
    )
    assert PROJECT["project"]["license"] == "AGPL-3.0-or-later"
    assert all((ROOT / file).is_file() for file in PROJECT["project"]["license-files"])


def test_the_notice_names_every_licence_of_others() -> None:
    tracked = [*(ROOT / "plugins").rglob("LICENSE*"), *(ROOT / "theme").rglob("LICENSE*")]
    assert len(tracked) == 3
    assert [p for p in tracked if p.relative_to(ROOT).as_posix() not in NOTICE] == []
    named = re.findall(r"\b((?:plugins|theme|tests)/[\w./-]+)", NOTICE)
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_version_is_the_newest_of_the_changelog() -> None:
    headings = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)
    assert headings[0] == "Unreleased"
    versions = [re.fullmatch(r"(\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)", h) for h in headings[1:]]
    assert all(versions)
    assert versions[0]
    assert versions[0][1] == PROJECT["project"]["version"]
    days = [date.fromisoformat(v[2]) for v in versions if v]
    assert all(newer >= older for newer, older in pairwise(days))


def test_the_changelog_has_only_its_kinds_and_none_is_empty() -> None:
    kinds = re.findall(r"^### (.*)$\n\n(.)", CHANGELOG, re.MULTILINE)
    assert {kind for kind, _ in kinds} <= set(KINDS)
    assert {first for _, first in kinds} == {"-"}


def test_what_runs_before_a_commit_is_what_make_lint_runs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe
    commands = [line.strip("\t@").replace("$(VENV)", ".venv") for line in recipe[1].splitlines()]
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert [hook["entry"].removeprefix("env ") for hook in hooks] == commands
    for hook in hooks:
        assert (hook["language"], hook["pass_filenames"]) == ("system", False)
        assert hook["always_run"]


def test_editors_are_configured_like_the_linter() -> None:
    text = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^\[(.+)\]\n((?:[^\[\n].*\n)*)", text, re.MULTILINE))
    assert f"max_line_length = {PROJECT['tool']['ruff']['line-length']}\n" in sections["*.py"]
    assert "end_of_line = lf\ninsert_final_newline = true\n" in sections["*"]
    assert sections["Makefile"] == "indent_style = tab\n"
    left_alone = {"tests/golden", "tests/problems", "tests/rules"}
    assert left_alone <= set(PROJECT["tool"]["ruff"]["extend-exclude"])
    assert "insert_final_newline = unset\n" in sections["tests/{golden,problems,rules}/**"]


def test_the_package_is_marked_as_typed() -> None:
    assert (ROOT / "plugins/wardblog/py.typed").is_file()
    assert "py.typed" in PROJECT["tool"]["setuptools"]["package-data"]["wardblog"]
