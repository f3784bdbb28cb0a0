"""The README and the docs are true: commands run, and tables and links agree with the code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from started import environment_for_make
from support import EPOCH, NOT_COPIED, ROOT, run
from wardblog.check import RULES
from wardblog.content import settings
from wardblog.content.issues import read_issues
from wardblog.problems import Severity
from wardblog.report import Report

PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "docs").glob("*.md")),
    )
}
README, GUIDE = PAGES["README.md"], PAGES["docs/guide.md"]
# These wait for a browser or an answer.
NOT_RUN_HERE = {"make serve", "make write", "make start", "make community", "make listen"}
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line not in NOT_RUN_HERE
]
# The guide's table has more of them, and some that are patterns.
MORE_COMMANDS = [
    command
    for command in re.findall(r"^\| `(make \w[^`]*)` \|", GUIDE, re.MULTILINE)
    if command not in {*COMMANDS, *NOT_RUN_HERE} and "..." not in command
]


def test_every_command_of_the_makefile_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = re.findall(r"^\.PHONY: ([a-z -]+)$", makefile, re.MULTILINE)
    commands = set(" ".join(phony).split()) - {"help"}
    assert "publish" in commands
    explained = GUIDE + PAGES["CONTRIBUTING.md"] + PAGES["docs/figures.md"]
    assert {c for c in commands if not re.search(rf"\| `make {c}\b", explained)} == set()


def keys_named_in(report: Report) -> set[str]:
    """The keys that the settings know, from the hints to keys that they do not know."""
    hints = " ".join(p.hint for p in report.problems if "Its keys are" in p.hint)
    return set(re.findall(r"[a-z_]+", hints.replace("Its keys are", "")))


def test_every_setting_of_the_ward_is_explained() -> None:
    tables = ("[site]", "[ward]", "[map]", "[guard]", "[publish]", "[imprint]", "[election]",
              "[[councillor]]", "[[surgery]]", "[newsletter]", "[answers]", "[leaflet]",
              "[[source]]", "[casework]")  # fmt: skip
    report = Report("ward.toml")
    settings.read_settings("".join(f"{table}\nx = 1\n" for table in tables), report)
    keys = keys_named_in(report)
    assert {"banner", "planning_committee", "except", "branch", "every", "printer"} <= keys
    explained = GUIDE + PAGES["docs/publishing.md"] + PAGES["docs/reach.md"]
    explained += PAGES["docs/hearing.md"]
    assert {key for key in keys if f"`{key}`" not in explained} == set()


def test_every_setting_of_an_issue_and_a_list_is_explained() -> None:
    report = Report("issues.toml")
    text = "[[issue]]\nx = 1\n[[dataset]]\nx = 1\n"
    read_issues(text, report, ROOT / "content", frozenset(), None, in_ireland=False)
    keys = keys_named_in(report)
    assert {"aliases", "name_column"} <= keys
    assert {key for key in keys if f"`{key}`" not in GUIDE} == set()


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = [re.split(r"[<>=]", d)[0] for d in project["dependencies"]]
    table = PAGES["docs/architecture.md"].partition("\n## Dependencies\n")[2]
    listed = re.findall(r"^\| ([a-z0-9-]+) \|", table, re.MULTILINE)
    assert sorted(listed) == sorted(["dependency", *names])
    locked = (ROOT / "requirements.txt").read_text()
    assert [name for name in names if not re.search(rf"^{name}==", locked, re.MULTILINE)] == []


def test_the_example_of_allow_names_a_rule() -> None:
    named = re.findall(r"^Allow: ([a-z-]+) because", README + GUIDE, re.MULTILINE)
    assert named
    answerable = {rule.name for rule in RULES if rule.answerable}
    assert {"misspelt-issue", *named} <= answerable


BEGIN, END = (
    "<!-- This table is made from plugins/wardblog/check/rules.py. -->\n",
    "<!-- end of the table -->",
)


def table_of_rules() -> str:
    """The table of the checks: each with what it does, why, and where that can be read."""
    lines = ["| check | | why |", "|---|---|---|"]
    for rule in RULES:
        does = "stops" if rule.severity is Severity.STOP else "warns"
        does += ", can be answered" if rule.answerable else ""
        source = rule.source.removeprefix("docs/")
        lines.append(f"| [`{rule.name}`]({source}) | {does} | {rule.reason} |")
    return "\n".join(lines) + "\n"


def test_the_table_of_rules_is_that_of_the_code(request: pytest.FixtureRequest) -> None:
    before, rest = PAGES["docs/checks.md"].split(BEGIN)
    table, after = rest.split(END, 1)
    if request.config.getoption("--update-golden"):
        text = f"{before}{BEGIN}{table_of_rules()}{END}{after}"
        (ROOT / "docs/checks.md").write_text(text, encoding="utf-8")
        table = table_of_rules()
    assert table == table_of_rules()


def anchors_of(page: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", page, re.MULTILINE)
    return {re.sub(r"[^a-z0-9 _-]", "", h.lower()).replace(" ", "-") for h in headings}


def leads_somewhere(source: str, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (ROOT / source).parent / path if path else ROOT / source
    if not target.exists():
        return False
    return not anchor or anchor in anchors_of(target.read_text(encoding="utf-8"))


def links() -> Iterator[tuple[str, str]]:
    """The links between the pages; those in examples are not theirs."""
    for name, page in PAGES.items():
        text = re.sub(r"```.*?```|`[^`\n]*`", "", page, flags=re.DOTALL)
        for link in re.findall(r"\]\(([^)\s]+)\)", text):
            if "://" not in link:
                yield name, link


def test_every_link_between_the_documentation_pages_has_a_target() -> None:
    assert [(name, link) for name, link in links() if not leads_somewhere(name, link)] == []
    assert ("README.md", "docs/guide.md") in set(links())
    assert not leads_somewhere("README.md", "docs/guide.md#nothing")


def test_every_section_that_a_rule_names_is_there() -> None:
    named = {rule.source for rule in RULES if "://" not in rule.source}
    assert len(named) >= 2
    assert {source for source in named if not leads_somewhere("README.md", source)} == set()


def test_every_page_is_named_in_the_readme() -> None:
    assert [name for name in PAGES if name != "README.md" and f"({name})" not in README] == []


# What builds and tests make.
MADE = (".wardblog/", "map.js", "output/", "breaks/", "passes/")


def test_every_file_that_the_architecture_names_is_there() -> None:
    page = PAGES["docs/architecture.md"]
    named = set(re.findall(r"`([\w./-]+\.(?:py|md|html|toml|js)|[\w./-]+/)`", page))
    inside = ROOT / "plugins/wardblog"
    bases = (ROOT, inside, inside / "build", inside / "content", inside / "check",
             inside / "publish", inside / "sources", inside / "office")  # fmt: skip
    missing = {
        name
        for name in named
        if not name.startswith(".wardblog") and not any((b / name).exists() for b in bases)
    }
    assert missing <= set(MADE), missing - set(MADE)
    assert "content/keys.py" in named


def test_the_architecture_page_shows_the_layers_of_the_import_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    drawn = re.search(r"```\n( +cli\n.*?)```", PAGES["docs/architecture.md"], re.DOTALL)
    assert drawn
    rooms = [[room.strip() for room in line.split("·")] for line in drawn[1].splitlines()]
    assert layers[0] == "__main__"
    assert rooms == [layer.split(" | ") for layer in layers[1:]]


def test_the_site_of_the_readme_has_no_problems(tmp_path: Path) -> None:
    """Its settings, its issue, its list and its first post, with the files that they name."""
    ward, issue, dataset, guard, publish = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    post = re.search(r"```\n(Title: .*?)```", README, re.DOTALL)
    assert post
    content = tmp_path / "content"
    files = ("data/grit-bins.csv", "images/grit-bin.jpg", "posts/2025-11-08-winter-list.md")
    for file in files:
        (content / file).parent.mkdir(parents=True)
        shutil.copy(ROOT / "content" / file, content / file)
    (content / "ward.toml").write_text(ward + guard + publish, encoding="utf-8")
    (content / "issues.toml").write_text(issue + dataset, encoding="utf-8")
    (content / "posts/2026-11-20-bins-moved.md").write_text(post[1], encoding="utf-8")
    done = run("check", "--content", str(content), "--output", str(tmp_path / "output"))
    assert done.returncode == 0, done.stderr
    assert "No problems" in done.stdout


def run_one_after_the_other(commands: Sequence[str], folder: Path) -> Path:
    """Runs documented lines in a copy of the project, as a shell would; returns the copy."""
    copy = folder / "ward-blog"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    venv = environment_for_make(folder / "venv")
    for command in commands:
        done = subprocess.run(  # noqa: S602 - the documented lines
            f"{command} VENV={venv}",
            shell=True,
            cwd=copy,
            env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
    return copy


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_the_commands_of_the_readme_run_one_after_the_other(tmp_path: Path) -> None:
    assert COMMANDS[0] == "make publish"
    assert "make rollback" in COMMANDS
    copy = run_one_after_the_other(COMMANDS, tmp_path)
    assert (copy / "public/index.html").is_file()


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_the_commands_of_the_guide_run_one_after_the_other(tmp_path: Path) -> None:
    assert "make why PAGE=issues/grit-bins/" in MORE_COMMANDS
    run_one_after_the_other(["make html", *MORE_COMMANDS], tmp_path)


def test_the_pictures_are_small_and_each_is_explained() -> None:
    pictures = sorted((ROOT / "docs/pictures").iterdir())
    assert len(pictures) <= 10
    for path in pictures:
        assert any(f"(pictures/{path.name})" in page for page in PAGES.values()), path
        assert path.stat().st_size < 120_000, path
    assert sum(path.stat().st_size for path in pictures) < 700_000
    assert "© OpenStreetMap contributors" in PAGES["docs/maps.md"]
