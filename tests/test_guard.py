"""Every rule: a tiny site that breaks it, with its exact words, and one that must pass.

`tests/rules/<rule>/breaks` and `passes` lie over the base site; `expected.txt` is what
`make check` says of the first. What no content can break is broken in the theme, by `theme.toml`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from support import EPOCH, POST, ROOT, TODAY, write_site
from wardblog import build
from wardblog.build.pelican_settings import Choices
from wardblog.check import RULES, BuiltRule, check_site
from wardblog.content import read_site
from wardblog.problems import Problem, Severity, render
from wardblog.views import SiteAddresses

FOLDER = Path(__file__).parent / "rules"
NAMES = [rule.name for rule in RULES]
# One rule is about links in posts, and about those of the theme as well.
DEAD_LINK = "dead-link"
OF_PAGES = [rule.name for rule in RULES if isinstance(rule, BuiltRule) or rule.name == DEAD_LINK]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def checked(name: str, case: Path, folder: Path, theme: Path | None = None) -> list[Problem]:
    """What is told of the base site with a case's files over it.

    The pages are made only for the rules that look at them.
    """
    write_site(folder / "content")
    if case.is_dir():
        shutil.copytree(case, folder / "content", dirs_exist_ok=True)
    config = ROOT / "pelicanconf.py"
    if theme and theme.is_file():
        config = with_theme(tomllib.loads(theme.read_text(encoding="utf-8"))["replace"], folder)
    if name not in OF_PAGES:
        reading = read_site(folder / "content", TODAY, Choices.read(config).markdown)
        return [*reading.problems, *check_site(reading.site, SiteAddresses(reading.site))]
    return build.check(config, folder / "content", None)


def with_theme(changes: list[dict[str, str]], folder: Path) -> Path:
    """Settings with a theme in which some words are replaced, each of them there before."""
    shutil.copytree(ROOT / "theme", folder / "theme")
    for change in changes:
        file = folder / "theme" / change["file"]
        text = file.read_text(encoding="utf-8")
        assert change["old"] in text
        file.write_text(text.replace(change["old"], change["new"]), encoding="utf-8")
    config = folder / "pelicanconf.py"
    text = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    config.write_text(
        text.replace('str(Path(__file__).parent / "plugins")', repr(str(ROOT / "plugins")))
    )
    return config


def test_each_folder_belongs_to_a_rule() -> None:
    assert sorted(p.name for p in FOLDER.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_rule_gives_its_exact_message(
    name: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    problems = checked(name, FOLDER / name / "breaks", tmp_path, FOLDER / name / "theme.toml")
    told = render(problems, Path("content")) + "\n"
    expected = FOLDER / name / "expected.txt"
    if request.config.getoption("--update-golden"):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")
    rule = next(rule for rule in RULES if rule.name == name)
    assert {p.severity for p in problems if p.rule == name} == {rule.severity}


def test_a_broken_link_in_the_theme_gives_its_exact_message(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    case = FOLDER / DEAD_LINK / "in-theme"
    problems = checked(DEAD_LINK, case / "breaks", tmp_path, case / "theme.toml")
    told = render(problems, Path("content")) + "\n"
    expected = case / "expected.txt"
    if request.config.getoption("--update-golden"):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")
    assert {p.rule for p in problems} == {DEAD_LINK}


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_gives_no_false_alarm(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    problems = checked(name, FOLDER / name / "passes", tmp_path)
    assert render([p for p in problems if p.severity is not Severity.NOTE], Path("content")) == ""


def test_the_bench_without_the_guard_reports_nothing(tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    post = tmp_path / "content" / "posts" / "fine.md"
    post.write_text(POST + "\n[here](/nowhere/), write to jane.doe@example.com\n", encoding="utf-8")
    places = {"PYTHONPATH": os.pathsep.join((str(ROOT / "plugins"), str(ROOT / "tests")))}
    stopped = [
        subprocess.run(
            [sys.executable, "-m", module, "html", "--content", "content", "--output", "output"],
            cwd=tmp_path, env={**os.environ, **places}, check=False, capture_output=True,
        ).returncode
        for module in ("wardblog", "bench.unguarded")
    ]  # fmt: skip
    assert stopped == [1, 0]


def test_every_rule_has_a_reason_and_a_reference() -> None:
    assert len(set(NAMES)) == len(NAMES)
    for rule in RULES:
        assert rule.severity in (Severity.STOP, Severity.WARN)
        assert rule.reason
        assert "\n" not in rule.reason
        assert not rule.reason.endswith(".")
        assert rule.source.startswith(("https://", "docs/guide.md#", "docs/hearing.md#"))
